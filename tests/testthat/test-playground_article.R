# What vignettes/playground.Rmd shows; tests/python has what it says of the page.

test_that("the article on the playground knits, with its pictures and every challenge", {
  skip_if_no_torch()
  body <- knitted_body(article("playground"))
  expect_length(regmatches(body, gregexpr("<img[^>]*data:image/png", body))[[1]], 3)
  expect_length(regmatches(body, gregexpr("<summary>Answer</summary>", body))[[1]], 10)
  expect_match(body, "<strong>10. Spirals with eight units.</strong>", fixed = TRUE)
  expect_match(body, "x1*x2: the logit x1 + x2 - 2 x1*x2 is larger", fixed = TRUE)
  for (residue in c("Error in", "Warning:", "Warning in")) {
    expect_false(grepl(residue, body, fixed = TRUE))
  }
})

test_that("without Python the article says why its challenges are missing", {
  path <- article("playground")
  lines <- withr::local_tempfile(fileext = ".Rmd", lines = sub(
    "^ok <- .*", "ok <- FALSE", grep("^!\\[", readLines(path), value = TRUE, invert = TRUE)
  ))
  body <- knitted_body(lines)
  expect_match(body, "The challenges are not listed", fixed = TRUE)
  expect_no_match(body, "<summary>Answer</summary>")
})

test_that("calls in the article have arguments that are there", {
  lines <- readLines(article("playground"))
  calls <- grep("xor_playground(", lines, fixed = TRUE, value = TRUE)
  expect_gt(length(calls), 5)
})
