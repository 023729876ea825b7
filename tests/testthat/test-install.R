# What install_xorlab() has pip install, with pip itself replaced by a note of what it is told.
asked_for <- function(...) {
  home <- withr::local_tempdir()
  call <- as.call(c(quote(install_xorlab), list(...)))
  run_r(
    c(
      "library(xorlab)",
      "note <- function(python, packages = NULL, pip_options = character(), ...) {",
      "  cat('PIP', dirname(dirname(python)), packages, pip_options, '\\n')",
      "}",
      "assignInNamespace('pip_install', note, 'reticulate')", deparse1(call)
    ),
    paste0("WORKON_HOME=", home)
  )
}

test_that("install_xorlab() makes r-xorlab, and takes torch from an index that is given", {
  skip_if_no_torch()
  python <- reticulate::py_config()$python
  said <- asked_for(python = python)
  told <- grep("^PIP .*torch", said, value = TRUE)
  expect_match(told, "/r-xorlab torch>=2.2 numpy>=1.26 threadpoolctl>=3.2 matplotlib tqdm *$")
  expect_match(said, "Restart R", all = FALSE)
  other <- asked_for("mine", python = python)
  expect_match(other, 'call `reticulate::use_virtualenv\\("mine"\\)` first', all = FALSE)
  told <- grep("^PIP .*torch", asked_for(python = python, index = "INDEX"), value = TRUE)
  expect_length(told, 2)
  expect_match(told[1], "/r-xorlab torch>=2.2 --index-url=INDEX *$")
  expect_match(told[2], "/r-xorlab torch>=2.2 numpy>=1.26 threadpoolctl>=3.2 matplotlib tqdm *$")
})

test_that("of environments nobody chose, r-xorlab wins over an old r-reticulate", {
  skip_if_no_torch()
  skip_on_os("windows")
  home <- withr::local_tempdir()
  python <- reticulate::py_config()$python
  for (name in c("r-reticulate", "r-xorlab")) {
    system2(python, c("-m", "venv", "--without-pip", file.path(home, name)))
    lines <- run_r(
      c("Sys.unsetenv(c('RETICULATE_PYTHON', 'VIRTUAL_ENV'))", "print(xorlab::xorlab_sitrep())"),
      paste0("WORKON_HOME=", home)
    )
    expect_match(lines, paste0("^interpreter .*/", name, "/bin/python"), all = FALSE)
    expect_match(lines, "^torch +missing", all = FALSE)
  }
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
