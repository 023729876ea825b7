test_that("a document with chunks of both languages knits, with every figure and no residue", {
  skip_if_no_torch()
  page <- knit_page(test_path("mixed.Rmd"))
  expect_identical(page$log, character())
  body <- page$body
  figures <- regmatches(body, gregexpr('<img[^>]*src="embedded"[^>]*>', body))[[1]]
  expect_length(figures, 3)
  expect_match(figures[1], 'alt="by matplotlib"')
  expect_match(figures[2], 'alt="by R"')
  expect_match(figures[3], 'alt="history"')
  expect_match(body, "from Python: xor_fit", fixed = TRUE)
  expect_match(body, "from R: Fit (3,)", fixed = TRUE)
  expect_no_match <- function(pattern) expect_false(grepl(pattern, body, fixed = TRUE))
  for (residue in c("Epochs:", "it/s", "Warning", "Error")) expect_no_match(residue)
})
