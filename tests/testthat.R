library(testthat)
library(xorlab)

test_check("xorlab")
