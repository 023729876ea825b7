# A progress bar by cli, in R's own stream: the console's of RStudio, where tqdm's would be garbled,
# as of any other.

# What Python takes for `verbose`: FALSE, or a function of the numbers done and
# planned. The bar goes when the caller does (for which an argument to another call is no place).
start_bar <- function(what, verbose, frame = rlang::caller_env()) {
  if (!verbose) return(FALSE)
  need_python(frame) # without Python the error is of the user's call
  rlang::local_options(cli.progress_show_after = 0, .frame = frame)
  bar <- cli::cli_progress_bar(
    what, total = 1, .envir = frame,
    format = "{cli::pb_name}{cli::pb_bar} {cli::pb_current}/{cli::pb_total} {cli::pb_eta_str}"
  )
  as_py_function(function(done, total) {
    cli::cli_progress_update(set = done, total = total, id = bar, .envir = frame)
    NULL
  })
}
