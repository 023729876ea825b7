# The vignette stands beside the tests in the repository alone.
vignette_messages <- function() {
  text <- readLines(test_path("../../vignettes/troubleshooting.Rmd"))
  text[which(text == "```text") + 1]
}

# Whether one of the messages shown in the vignette is this one, "..." standing for anything.
is_shown <- function(message) {
  patterns <- gsub("...", "\uFFFF", vignette_messages(), fixed = TRUE)
  patterns <- gsub("\uFFFF", ".*", gsub("([][{}()+*^$|\\\\?.])", "\\\\\\1", patterns))
  message <- gsub("\\s+", " ", message)
  any(vapply(patterns, grepl, NA, x = message))
}

said_in_a_new_session <- function(lines, env = character()) {
  run_r(c(
    "library(xorlab)", lines[-length(lines)],
    sprintf("cnd <- tryCatch(%s, error = identity)", lines[length(lines)]),
    "cat(cli::ansi_strip(rlang::cnd_message(cnd)))"
  ), env) |> paste(collapse = " ")
}

test_that("the messages that the vignette explains are those that people see", {
  skip_if_no_torch()
  skip_if_not(file.exists(test_path("../../vignettes/troubleshooting.Rmd")), "the repository")
  expect_false(is_shown("something else"))
  for (python in c("/no/such/python", bare_python())) {
    said <- said_in_a_new_session("train_xor()", paste0("RETICULATE_PYTHON=", python))
    expect_true(is_shown(said), label = said)
  }
  loaded <- c(
    "torch <- new.env()", "torch$.__NAMESPACE__. <- new.env()",
    "invisible(.Internal(registerNamespace('torch', torch)))", "train_xor()"
  )
  expect_true(is_shown(said_in_a_new_session(loaded)))
  without_shiny <- c(
    "reticulate::py_run_string(\"import importlib.metadata as packages",
    "def version(name, usual=packages.version):",
    "    if name == 'shiny': raise packages.PackageNotFoundError(name)",
    "    return usual(name)",
    "packages.version = version\")", "xor_playground()"
  )
  expect_true(is_shown(said_in_a_new_session(without_shiny)))
  file <- withr::local_tempfile(lines = character())
  expect_true(is_shown(tryCatch(load_xor(file), error = conditionMessage)))
  saveRDS(train_xor(epochs = 1, seed = 1), file)
  expect_true(is_shown(tryCatch(load_xor(file), error = conditionMessage)))
  absent <- setdiff(c("cuda", "mps"), sub(":.*", "", xor_device()))[1]
  message <- tryCatch(train_xor(device = absent), error = conditionMessage)
  expect_true(is_shown(sub(absent, "cuda", sub("which has .*", "which has cpu.", message))))
})
