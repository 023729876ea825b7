# A package index in a folder, with wheels of nothing under these names and versions.
local_index <- function(folder, versions) {
  make <- c(
    "import pathlib, sys, zipfile",
    "for given in sys.argv[2:]:",
    "    name, version = given.split('==')",
    "    place = pathlib.Path(sys.argv[1], name)",
    "    place.mkdir(parents=True)",
    "    wheel = f'{name}-{version}-py3-none-any.whl'",
    "    with zipfile.ZipFile(place / wheel, 'w') as file:",
    "        info = f'{name}-{version}.dist-info'",
    "        head = f'Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n'",
    "        file.writestr(f'{info}/METADATA', head)",
    "        file.writestr(f'{info}/WHEEL', 'Wheel-Version: 1.0\\nTag: py3-none-any\\n')",
    "        file.writestr(f'{info}/RECORD', '')",
    "    (place / 'index.html').write_text(f'<a href=\"{wheel}\">{wheel}</a>')"
  )
  script <- withr::local_tempfile(fileext = ".py", lines = make)
  stopifnot(system2(reticulate::py_config()$python, c(script, folder, versions)) == 0)
  paste0("file://", folder)
}

# What a fresh R session says of a call to install_xorlab(), with pip cut off from all but this
# index, and the environments in `home`.
installing <- function(call, home, index) {
  settings <- c(paste0("WORKON_HOME=", home), paste0("PIP_INDEX_URL=", index), "PIP_FIND_LINKS=",
                "PIP_EXTRA_INDEX_URL=", "PIP_CONFIG_FILE=/dev/null", "PIP_NO_CACHE_DIR=1")
  run_r(c("library(xorlab)", deparse1(call)), settings)
}

# The version of a package in an environment.
version_in <- function(envname, package) {
  found <- Sys.glob(file.path(envname, "lib", "python*", "site-packages",
                              paste0(package, "-*.dist-info")))
  sub(".dist-info", "", sub(paste0("^", package, "-"), "", basename(found)), fixed = TRUE)
}

test_that("install_xorlab() makes r-xorlab, and keeps the torch of an index that is given", {
  skip_if_no_torch()
  skip_on_os("windows")
  home <- withr::local_tempdir()
  others <- c("numpy==2.0", "threadpoolctl==3.5", "matplotlib==3.9", "tqdm==4.6")
  usual <- local_index(file.path(home, "usual"), c("torch==2.15.0", others))
  cpu <- local_index(file.path(home, "cpu"), "torch==2.13.0+cpu")
  python <- reticulate::py_config()$python
  said <- installing(bquote(install_xorlab(python = .(python))), home, usual)
  expect_match(said, "Restart R to use it", all = FALSE)
  expect_identical(version_in(file.path(home, "r-xorlab"), "torch"), "2.15.0")
  expect_identical(version_in(file.path(home, "r-xorlab"), "matplotlib"), "3.9")
  said <- installing(bquote(install_xorlab("mine", .(python), .(cpu))), home, usual)
  expect_match(said, 'call `reticulate::use_virtualenv\\("mine"\\)` first', all = FALSE)
  expect_identical(version_in(file.path(home, "mine"), "torch"), "2.13.0+cpu")
  expect_identical(version_in(file.path(home, "mine"), "numpy"), "2.0")
})

test_that("of an install_xorlab() that failed nothing is left, unless it was there before", {
  skip_if_no_torch()
  skip_on_os("windows")
  home <- withr::local_tempdir()
  python <- reticulate::py_config()$python
  empty <- local_index(file.path(home, "empty"), "tqdm==4.6")
  call <- bquote(
    tryCatch(install_xorlab(python = .(python)), xorlab_python_error = function(cnd) {
      cat("Error in", deparse(conditionCall(cnd)[[1]]), cli::ansi_strip(conditionMessage(cnd)))
    })
  )
  said <- installing(call, home, empty)
  expect_match(said, "Error in install_xorlab .*\"r-xorlab\" could not be made", all = FALSE)
  expect_match(said, "Nothing is left of it", all = FALSE)
  expect_identical(list.files(home), "empty")
  system2(python, c("-m", "venv", file.path(home, "r-xorlab")))
  said <- installing(call, home, empty)
  expect_match(said, "could not be made", all = FALSE)
  expect_no_match(said, "Nothing is left of it")
  expect_true(dir.exists(file.path(home, "r-xorlab")))
})

# A session that has chosen no Python, with a stand-in for uv that notes how it is called; `version`
# of NULL: with no uv at all. What it said, and how uv was called.
unchosen_session <- function(lines, reticulate, version, downloaded = FALSE) {
  home <- withr::local_tempdir()
  notes <- file.path(home, "notes")
  uv <- file.path(home, "uv")
  writeLines(c(
    "#!/bin/sh", sprintf("echo \"$*\" >>'%s'", notes),
    sprintf("if [ \"$1\" = --version ]; then echo 'uv %s'; else exit 2; fi", version)
  ), uv)
  Sys.chmod(uv, "755")
  cache <- file.path(home, "cache")
  if (downloaded) dir.create(file.path(cache, "R/reticulate/uv/cache/wheels-v5/pypi/torch"),
                             recursive = TRUE)
  said <- run_r(
    c(
      "Sys.unsetenv(c('RETICULATE_PYTHON', 'VIRTUAL_ENV'))", "library(xorlab)",
      sprintf("assignInNamespace('reticulate_version', \\() numeric_version('%s'), 'xorlab')",
              reticulate),
      lines
    ),
    c(paste0("HOME=", home), paste0("WORKON_HOME=", home), paste0("R_USER_CACHE_DIR=", cache),
      paste0("XDG_CACHE_HOME=", cache), "PATH=/usr/bin:/bin",
      paste0("RETICULATE_UV=", if (!is.null(version)) uv))
  )
  list(said = said, asked = if (file.exists(notes)) readLines(notes))
}

first_call <- c(
  "cnd <- tryCatch(train_xor(epochs = 1), xorlab_python_error = identity)",
  "cat(deparse(conditionCall(cnd)[[1]]), cli::ansi_strip(conditionMessage(cnd)), sep = '\\n')"
)

test_that("where reticulate and uv do not go together, nothing is downloaded", {
  skip_on_cran()
  skip_on_os("windows")
  for (reticulate in c("1.41.0.1", "1.42")) {
    session <- unchosen_session(first_call, reticulate, "0.8.0 (some build)")
    expect_identical(unique(session$asked), "--version")
    expect_identical(session$said[1], "train_xor")
  }
  expect_snapshot_output(writeLines(session$said))
  session <- unchosen_session(first_call, "1.42", version = NULL)
  expect_match(paste(session$said, collapse = " "), "with the +newest uv, which it would download")
  session <- unchosen_session("print(xorlab_sitrep())", "1.42", "0.13.9")
  expect_identical(unique(session$asked), "--version")
  expect_match(paste(session$said, collapse = " "), "cannot set it up with uv +0.13.9")
})

test_that("where they do, the first call tells how much it is going to download", {
  skip_on_cran()
  skip_on_os("windows")
  for (pair in list(c("1.41.0.1", "0.7.22"), c("1.43", "0.13.9"))) {
    session <- unchosen_session(first_call, pair[1], pair[2])
    expect_true(any(grepl("^run ", session$asked)) || any(grepl("^python ", session$asked)))
    expect_match(session$said[1], "Downloading Python with torch.* for xorlab, once: about [13] GB")
    session <- unchosen_session(first_call, pair[1], pair[2], downloaded = TRUE)
    expect_no_match(session$said, "Downloading")
  }
})

test_that("nothing is said of downloads where a Python was chosen", {
  skip_if_no_torch()
  lines <- run_r(c(
    "library(xorlab)", "assignInNamespace('reticulate_version', \\() '1.41', 'xorlab')",
    "fit <- train_xor(epochs = 1, seed = 1)", "cat(class(fit))"
  ))
  expect_identical(lines, "xor_fit")
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
