# What vignettes/playground.Rmd shows; tests/python has what it says of the page.

test_that("the article on the playground knits, with its pictures and every challenge", {
  skip_if_no_torch()
  page <- expect_article("playground", pictures = 3)
  expect_length(regmatches(page$body, gregexpr("<summary>", page$body))[[1]], 10)
  expect_match(page$text, "10. Spirals with eight units.", fixed = TRUE)
  expect_match(page$text, "x1*x2: the logit x1 + x2 - 2 x1*x2 is larger", fixed = TRUE)
})

test_that("without Python the article says why its challenges are missing", {
  lines <- grep("^!\\[", readLines(article("playground")), value = TRUE, invert = TRUE)
  lines <- sub("^ok <- .*", "ok <- FALSE", lines)
  page <- knit_page(withr::local_tempfile(fileext = ".Rmd", lines = lines))
  expect_identical(page$log, character())
  expect_match(page$text, "The challenges are not listed", fixed = TRUE)
  expect_no_match(page$body, "<summary>")
})

test_that("its calls name arguments and controls of xor_playground()", {
  lines <- readLines(article("playground"))
  chunks <- grep("(<- |^)xor_playground[(].*[)]( #.*)?$", lines, value = TRUE)
  calls <- as.list(parse(text = sub("^fit <- ", "", chunks)))
  expect_gt(length(calls), 6)
  known <- c(names(formals(xor_playground)), getNamespace("xorlab")$playground_settings)
  named <- unlist(lapply(calls, function(call) names(as.list(call)[-1])))
  expect_identical(setdiff(named, c(known, "")), character())
})
