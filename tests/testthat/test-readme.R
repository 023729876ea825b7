skip_if_not_here <- function() {
  skip_if_not(file.exists(test_path("../../README.md")), "the repository")
}

test_that("the README's R code prints what the README shows", {
  skip_if_no_torch()
  skip_if_not_here()
  blocks <- readme_blocks("r")
  expect_gt(sum(startsWith(unlist(blocks), "#>")), 20)
  withr::local_dir(withr::local_tempdir())
  expect_identical(readme_run(blocks), lapply(blocks, without_seconds))
})

test_that("the README's Python code runs in a process of its own", {
  skip_if_no_torch()
  skip_if_not_here()
  blocks <- readme_blocks("python")
  expect_gt(length(blocks), 0)
  withr::local_dir(withr::local_tempdir())
  writeLines(c(unlist(blocks), "print('ran to the end')"), "readme.py")
  withr::local_envvar(PYTHONPATH = system.file("python", package = "xorlab"), MPLBACKEND = "Agg")
  lines <- system2(reticulate::py_exe(), "readme.py", stdout = TRUE)
  expect_identical(tail(lines, 1), "ran to the end")
})

test_that("the README's pictures are there, and small enough to be loaded on the way", {
  skip_if_not_here()
  text <- paste(readLines(test_path("../../README.md")), collapse = "\n")
  shown <- regmatches(text, gregexpr("(?<=[(])man/figures/[^)]+", text, perl = TRUE))[[1]]
  pictures <- c("learning.gif", "boundary.png", "playground.gif")
  expect_identical(shown, file.path("man/figures", pictures))
  expect_lt(max(file.size(test_path("../..", shown))), 1e6)
})

test_that("what the README has R install names functions, arguments and pages that are there", {
  skip_if_not_here()
  calls <- as.list(parse(text = unlist(readme_blocks("rconsole"))))
  ours <- Filter(function(call) grepl("^xorlab::", deparse1(call[[1]])), calls)
  expect_length(ours, 1)
  for (call in ours) expect_no_error(match.call(eval(call[[1]]), call))
  expect_identical(deparse1(calls[[length(calls) - 1]]), "`?`(xorlab::xorlab)")
  expect_true(file.exists(test_path("../../vignettes", paste0(calls[[3]][[2]], ".Rmd"))))
})

test_that("the README's make commands are targets", {
  skip_if_no_torch()
  skip_if_not_here()
  commands <- grep("^make ", unlist(readme_blocks("sh")), value = TRUE)
  targets <- sub("^make ([a-z-]+).*", "\\1", commands)
  expect_true(all(c("demo", "test") %in% targets))
  makefile <- readLines(test_path("../../Makefile"))
  for (target in targets) expect_match(makefile, paste0("^", target, ":"), all = FALSE)
})

test_that("`pip install .` puts the module where Python finds it", {
  skip_if_no_torch()
  skip_if_not_here()
  copy <- withr::local_tempdir()
  root <- normalizePath(test_path("../.."))
  needed <- c("pyproject.toml", "setup.py", "README.md", "LICENSE.md", "python")
  file.copy(file.path(root, needed), copy, recursive = TRUE)
  withr::local_dir(copy)
  python <- reticulate::py_exe()
  status <- system2(python, c(
    "-m", "pip", "install", ".", "--no-deps", "--no-build-isolation", "--no-index", "--quiet",
    "--disable-pip-version-check", "--target", "there", "--root-user-action", "ignore"
  ))
  expect_identical(status, 0L)
  withr::local_envvar(PYTHONPATH = file.path(copy, "there"))
  shown <- system2(python, c("-m", "xorlab", "--version"), stdout = TRUE)
  expect_identical(shown, paste("xorlab", packageVersion("xorlab")))
})
