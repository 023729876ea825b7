test_that("library(xorlab) prints nothing and leaves Python unstarted", {
  skip_on_cran()
  lines <- run_r(c("library(xorlab)", "cat(reticulate::py_available(initialize = FALSE))"))
  expect_identical(lines, "FALSE")
})

test_that("library(xorlab) waits with loading reticulate until it is needed", {
  skip_on_cran()
  loaded <- "cat('reticulate' %in% loadedNamespaces(), '')"
  lines <- run_r(c("library(xorlab)", loaded, "invisible(xorlab_available())", loaded))
  expect_identical(trimws(lines), "FALSE TRUE")
})

test_that("loading xorlab where Python already runs makes `import xorlab` work", {
  skip_if_no_torch()
  lines <- run_r(c(
    "invisible(reticulate::py_config())", "reticulate::py_run_string('import sys')",
    "library(xorlab)", "reticulate::py_run_string('import xorlab; print(xorlab.__version__)')"
  ))
  expect_identical(tail(lines, 1), as.character(packageVersion("xorlab")))
})

test_that("without a usable Python the first and every later call give one and the same error", {
  skip_on_cran()
  lines <- run_r(c(
    "library(xorlab)",
    "caught <- lapply(expression(train_xor(), train_xor(verbose = TRUE), xor_data(5),",
    "                               autograd_demo(), xorlab_module()),",
    "                 function(e) tryCatch(eval(e), xorlab_python_error = identity))",
    "for (cnd in caught) cat(class(cnd)[1], deparse1(conditionCall(cnd)), '\\n')",
    "cat(length(unique(vapply(caught, conditionMessage, ''))), '\\n')",
    "cat(conditionMessage(caught[[4]]), xorlab_available(), sep = '\\n')"
  ), "RETICULATE_PYTHON=/no/such/python")
  expect_snapshot_output(writeLines(lines))
})

test_that("a kept fit names the missing Python in the user's own call", {
  skip_if_no_torch()
  file <- withr::local_tempfile(fileext = ".rds")
  saveRDS(train_xor(epochs = 1, seed = 1), file)
  lines <- run_r(c(
    "library(xorlab)", sprintf("fit <- readRDS('%s')", file),
    "calls <- expression(predict(fit, matrix(0, 1, 2)), xor_boundary(fit), save_xor(fit, 'a.pt'),",
    "                    plot(fit, 'hidden'))",
    "for (e in calls) cat(deparse(conditionCall(tryCatch(eval(e), error = identity))[[1]]), '\\n')"
  ), "RETICULATE_PYTHON=/no/such/python")
  expect_match(lines, "^(predict|xor_boundary|save_xor|plot) $")
})

test_that("R's torch in the same process is refused before it crashes", {
  skip_if_no_torch()
  lines <- run_r(c(
    "torch <- new.env(); torch$.__NAMESPACE__. <- new.env()",
    ".Internal(registerNamespace('torch', torch))", "library(xorlab)",
    "cnd <- tryCatch(train_xor(), xorlab_python_error = identity)",
    "cat(deparse(conditionCall(cnd)), conditionMessage(cnd), sep = '\\n')"
  ))
  expect_match(lines, "The R package torch is loaded", all = FALSE)
  expect_match(lines, "Restart R", all = FALSE)
})

test_that("what Python warns of and prints stays Python's, and is no R error", {
  skip_if_no_torch()
  lines <- run_r(c(
    "library(xorlab)",
    "reticulate::py_run_string('import warnings; warnings.warn(\"careful\"); print(\"said\")')",
    "fit <- train_xor(epochs = 1, seed = 1)", "cat(class(fit), '\\n')"
  ))
  expect_match(lines, "careful", all = FALSE)
  expect_match(lines, "said", all = FALSE)
  expect_identical(tail(lines, 1), "xor_fit ")
})

test_that("output is captured where a log writes to whatever the error stream is, as torch's do", {
  skip_if_no_torch()
  lines <- run_r(c(
    "invisible(xorlab::xorlab_available())", # as a document begins that has no R call before Python
    "reticulate::py_run_string(\"",
    "import logging, sys",
    "class Following(logging.Handler):", # as of torch 2.14
    "    stream = property(lambda self: sys.stderr)",
    "    def emit(self, record):",
    "        self.stream.write(self.format(record))",
    "logging.getLogger('follows').addHandler(Following())",
    "logging.getLogger('as usual').addHandler(logging.StreamHandler())\")",
    "said <- reticulate::py_capture_output(reticulate::py_run_string(\"",
    "print('said')",
    "logging.getLogger('follows').error('logged')",
    "logging.getLogger('as usual').error('too')\"))",
    "cat(said)",
    "reticulate::py_run_string(\"logging.getLogger('follows').error('afterwards')\")"
  ))
  expect_identical(lines, c("said", "loggedtoo", "afterwards"))
})

test_that("library(xorlab) starts no Python and loads no package that it only suggests", {
  lines <- run_r(c(
    "library(xorlab)", "cat(intersect(c('generics', 'ggplot2', 'nnet'), loadedNamespaces()))",
    "cat(reticulate::py_available())"
  ))
  expect_identical(lines, "FALSE")
})

test_that("the two languages have one version and one list of requirements", {
  skip_if_no_torch()
  expect_identical(xorlab_module()$`__version__`, as.character(packageVersion("xorlab")))
  file <- test_path("../../pyproject.toml")
  skip_if_not(file.exists(file), "the repository")
  text <- readLines(file)
  stated <- regmatches(grep("^dependencies", text, value = TRUE),
                       gregexpr('"[^"]+"', grep("^dependencies", text, value = TRUE)))[[1]]
  expect_identical(gsub('"', "", stated), xorlab:::python_packages)
  expect_match(text, paste0('requires-python = "', xorlab:::python_versions, '"'), fixed = TRUE,
               all = FALSE)
})

test_that("the package's own errors end where reticulate's advice begins", {
  expect_identical(
    xorlab:::python_message(simpleError("ValueError: no\nRun `reticulate::py_last_error()` for")),
    "no"
  )
})

test_that("every verb works in parallel::mclapply() after torch has used several threads", {
  skip_if_no_torch()
  skip_on_os("windows")
  lines <- run_r(c(
    "library(xorlab)",
    "torch <- reticulate::import('torch')",
    "torch$set_num_threads(2L)",
    "invisible(torch$zeros(1000000L)$add_(1L))", # on both of them
    "lab <- xorlab_module()",
    "reticulate::py_run_string('import xorlab')",
    "kept <- reticulate::py_eval('xorlab.train_xor(epochs=1)', convert = FALSE)",
    "points <- reticulate::py_eval('xorlab.XORDataset(50000)', convert = FALSE)",
    "fit <- train_xor(epochs = 2, seed = 1, snapshots = 0:2)",
    "many <- xor_data(50000, seed = 2)",
    "pdf(NULL)",
    "verbs <- list(",
    "  predict = function() predict(fit, many$x, type = 'prob'),",
    "  eval_xor = function() eval_xor(fit, many),",
    "  xor_boundary = function() xor_boundary(fit),",
    "  plot = function() plot(fit),",
    "  plot_hidden = function() plot(fit, 'hidden'),",
    "  diagnose_xor = function() diagnose_xor(fit),",
    "  fused = function() train_xor(many, epochs = 1, seed = 1),",
    "  autograd = function() {",
    "    train_xor(many, epochs = 1, seed = 1, engine = 'autograd', batch_size = 50000)",
    "  },",
    "  seed_study = function() seed_study(runs = 40, epochs = 1, seed = 1),",
    "  animate_xor = function() animate_xor(fit, tempfile(fileext = '.html')),",
    "  files = function() load_xor(save_xor(fit, tempfile(fileext = '.pt'))),",
    # What the parent keeps of Python's side is used without a call into the package.
    "  kept_module = function() lab$train_xor(lab$XORDataset(50000L), epochs = 1L),",
    "  kept_fit = function() kept$predict_proba(many$x),",
    "  kept_data = function() reticulate::py_str(points),",
    "  python_code = function() reticulate::py_run_string('xorlab.XORDataset(50000)[0:9]')",
    ")",
    "done <- function(verb) {",
    "  verb()",
    "  torch$zeros(1000000L)$add_(1L)",
    "  torch$get_num_threads()",
    "}",
    "for (name in names(verbs)) {",
    "  threads <- parallel::mclapply(1:2, function(i) done(verbs[[name]]), mc.cores = 2)",
    "  cat(name, unlist(threads), '\n')",
    "}",
    "cat('parent', torch$get_num_threads(), '\n')"
  ), timeout = 900)
  verbs <- c("predict", "eval_xor", "xor_boundary", "plot", "plot_hidden", "diagnose_xor", "fused",
             "autograd", "seed_study", "animate_xor", "files", "kept_module", "kept_fit",
             "kept_data", "python_code")
  expect_identical(lines, c(paste(verbs, "1 1 "), "parent 2 "))
})

test_that("every call into Python goes through call_python(), and the lint rule notices others", {
  rule <- test_path("../../tools/python_calls.R")
  skip_if_not(file.exists(rule), "the repository")
  source(rule, local = TRUE)
  expect_null(python_bypasses(list.files(test_path("../../R"), full.names = TRUE)))

  planted <- c(
    "f <- function() xorlab_py()$get_device('cpu')", "f <- function(fit) fit_to_python(fit)$save()",
    "f <- function(fits) call_python(g(lapply(fits, h)), call = i) + lapply(fits, fit_to_python)",
    "f <- function(std) { bayes <- xorlab_py()$bayes_xor(std); call_python(bayes$accuracy) }",
    "f <- function() xorlab_module()$get_device('cpu')",
    "f <- function(x) reticulate::py_to_r(x)", "f <- function(x) call_python(x, convert = FALSE)$a",
    "from_python <- list(Fit = function(x) new_xor_fit(x$to_dict()))"
  )
  good <- c(
    "f <- function(fit) call_python(fit_to_python(fit)$save(), call = rlang::current_env())",
    "fit_to_python <- function(fit) xorlab_py()$Fit$from_dict(data_to_python(fit$data))",
    "r_to_py.xor_fit <- function(x) call_python(fit_to_python(x), convert = FALSE)",
    "from_python <- list(Fit = function(x) new_xor_fit(call_python(x$to_dict())))",
    "f <- function(x, i) x[i, ]"
  )
  file <- withr::local_tempfile(lines = c(good, planted), fileext = ".R")
  found <- python_bypasses(file)
  expect_identical(sub(".*[.]R:([0-9]+): .*", "\\1", found),
                   as.character(length(good) + seq_along(planted)))
})

test_that("what Python refuses is an error of R's in every verb, in the user's own call", {
  skip_if_no_torch()
  bad <- train_xor(epochs = 1, seed = 1, snapshots = 0)
  bad$weights$linear1.weight <- matrix(0, 3, 2)
  calls <- expression(
    eval_xor(bad), predict(bad, matrix(0, 1, 2)), plot(bad), plot(bad, "hidden"),
    plot(bad, "network"), xor_boundary(bad), diagnose_xor(bad), animate_xor(bad), show_code(bad),
    resume_xor(bad, epochs = 5), save_xor(bad, tempfile()), reticulate::r_to_py(bad)
  )
  for (one in calls) {
    cnd <- expect_error(eval(one), "not those of a SimpleClassifier", class = "xorlab_error")
    expect_identical(sub(".*py.*", "r_to_py", deparse(conditionCall(cnd)[[1]])),
                     sub(".*py.*", "r_to_py", deparse(one[[1]])))
  }
})
