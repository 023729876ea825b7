test_that("the report names versions, interpreter, devices and threads", {
  skip_if_no_torch()
  report <- xorlab_sitrep()
  expect_null(report$problem)
  expect_identical(report$R, as.character(getRversion()))
  expect_identical(report$reticulate, as.character(packageVersion("reticulate")))
  expect_identical(report$torch, reticulate::import("torch")$`__version__`)
  expect_true(file.exists(report$interpreter))
  expect_true(all(c("chosen", "python", "numpy", "cuda", "mps", "threads") %in% names(report)))
  expect_match(format(report), "^problem +none$", all = FALSE)
})

report_in <- function(env, code = character()) {
  run_r(c("library(xorlab)", code, "print(xorlab_sitrep())", "cat('still here\\n')"), env)
}

test_that("the report does not fail where the chosen Python does not exist", {
  skip_if_no_torch()
  lines <- report_in("RETICULATE_PYTHON=/no/such/python")
  expect_match(lines, "^chosen +/no/such/python, by RETICULATE_PYTHON$", all = FALSE)
  expect_match(lines, "^interpreter +none", all = FALSE)
  expect_identical(tail(lines, 1), "still here")
})

test_that("the report does not fail in a Python without torch, and says what is missing", {
  skip_if_no_torch()
  skip_on_os("windows")
  lines <- report_in(paste0("RETICULATE_PYTHON=", bare_python()))
  for (name in c("torch", "numpy", "threadpoolctl", "matplotlib", "tqdm")) {
    expect_match(lines, paste0("^", name, " +missing$"), all = FALSE)
  }
  expect_match(lines, "No module named", all = FALSE)
  expect_match(lines, "install_xorlab", all = FALSE)
  expect_identical(tail(lines, 1), "still here")
})

test_that("the report does not fail where the module does", {
  skip_if_no_torch()
  lines <- report_in(
    character(),
    "invisible(reticulate::py_config())
     assignInNamespace('xorlab_py', function(...) stop('no module today'), 'xorlab')"
  )
  expect_match(lines, "no module today", all = FALSE)
  expect_match(lines, "^torch +[0-9]", all = FALSE)
  expect_identical(tail(lines, 1), "still here")
})
