# install_xorlab() with the making of the environment replaced by a note of what was asked for.
asked_for <- function(...) {
  code <- c(
    "library(xorlab)",
    "assignInNamespace('make_environment', function(...) dput(list(...)), 'xorlab')",
    deparse1(substitute(install_xorlab(...)))
  )
  run_r(code)
}

test_that("install_xorlab() makes r-xorlab, with one more package index where one is given", {
  skip_on_cran()
  expect_match(asked_for(), 'list\\("r-xorlab", NULL, character\\(0\\)\\)', all = FALSE)
  expect_match(asked_for(index = "INDEX"), "--extra-index-url=INDEX", all = FALSE)
  expect_match(asked_for(), "Restart R", all = FALSE)
})

test_that("install_xorlab() refuses what is no name", {
  expect_snapshot_output(refusals(list(
    quote(install_xorlab(1)), quote(install_xorlab("")), quote(install_xorlab(index = 1)),
    quote(install_xorlab(python = NA))
  )))
})

test_that("Python counts as absent where nobody chose one and nobody is there to ask", {
  skip_on_cran()
  lines <- run_r(
    "cat(xorlab::xorlab_available(), reticulate::py_available(initialize = FALSE))",
    c("RETICULATE_PYTHON=", "VIRTUAL_ENV=", paste0("WORKON_HOME=", tempdir()))
  )
  expect_identical(lines, "FALSE FALSE")
})
