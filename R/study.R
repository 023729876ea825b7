column_names <- function() names(c(config_columns, run_columns))

new_xor_study <- function(content, planned, plan) {
  study <- study_columns(content, c(config_columns, run_columns))
  study$corner[!nzchar(study$corner)] <- NA
  # Rows that the user takes out later are no interrupt: a whole study does not say how many it had,
  # nor which.
  if (planned > nrow(study)) {
    attr(study, "planned") <- planned
    plan <- study_columns(plan, c(config_columns, run_columns["seed"]))
    attr(study, "plan") <- if (nrow(plan) == planned) plan
  }
  structure(study, class = c("xor_study", "data.frame"))
}

study_columns <- function(content, types) {
  data.frame(Map(as.vector, lapply(content[names(types)], unlist), types))
}

study_to_python <- function(study) {
  check_study(study, empty = TRUE, name = "x", call = rlang::caller_env(2))
  columns <- as.list(study)[column_names()]
  columns$corner[is.na(columns$corner)] <- ""
  lists <- function(columns) as_py(lapply(columns, function(column) as.list(unname(column))))
  plan <- study_plan(study)
  xorlab_py()$Study$from_dict(lists(columns), planned(study), if (!is.null(plan)) lists(plan))
}

# Which nets there were to be, as long as the rows, which the user may have changed or bound to
# others, are still among them.
study_plan <- function(study) {
  plan <- attr(study, "plan", exact = TRUE)
  nets <- function(x) do.call(paste, x[c(names(config_columns), "seed")])
  if (!is.null(plan) && all(nets(as.data.frame(study)) %in% nets(plan))) plan
}

# How many nets there were to be.
planned <- function(study, call = rlang::caller_env()) {
  planned <- attr(study, "planned") %||% nrow(study)
  as.integer(check_count(planned, min = 0, name = 'attr(x, "planned")', call = call))
}

check_study <- function(x, empty = FALSE, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  check_class(x, "xor_study", name = name, call = call)
  gone <- setdiff(column_names(), names(x))
  if (length(gone)) {
    abort_input("{.arg {name}} must have all columns of a study, but {.val {gone}} {?is/are} gone.",
                call = call)
  }
  if (nrow(x) == 0 && !empty) {
    abort_input("{.arg {name}} must have at least one net.", call = call)
  }
  if (anyNA(x$solved)) {
    abort_input(
      "{.arg {name}} must have a net in every row, but {sum(is.na(x$solved))} {?is/are} NA.",
      i = "Where a column such as `corner` has NA, `which()` takes the rows that are meant.",
      call = call
    )
  }
  x
}

#' Keep a study in a file that Python reads too
#'
#' @param study An `xor_study`.
#' @param path The file, of comma-separated values; one of that name is replaced only when the new
#'   one is whole. `xorlab study --out` in a shell writes such files too. Where Ctrl-C ended the
#'   study, the rows of the nets that were not trained have no results;
#'   [resume_study()] trains them.
#' @param ... Must be empty.
#' @return `save_study()`: `path`, invisibly. `read_study()`: the `xor_study`.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' path <- tempfile(fileext = ".csv")
#' save_study(seed_study(runs = 5, epochs = 5, seed = 1), path)
#' read_study(path)
save_study <- function(study, path, ...) {
  check_dots(...)
  check_study(study, empty = TRUE)
  file <- check_path(path)
  call_python(study_to_python(study)$save(file))
  invisible(path)
}

#' @rdname save_study
#' @export
read_study <- function(path, ...) {
  check_dots(...)
  file <- check_path(path)
  call_python(xorlab_py()$read_study(file))
}

#' Summarize a study
#'
#' @param object An `xor_study`.
#' @param ... Must be empty.
#' @return A data frame with a row for each configuration: `hidden`, `activation`, `lr`, `std`,
#'   `size`, `epochs`, `batch_size`; how many `runs` there are and how many of them `solved` the
#'   problem; their `share`, with `lower` and `upper`, the limits of Wilson's 95 % interval; and the
#'   median `loss` (`Inf` where that of most is not finite).
#' @references E. B. Wilson, Probable inference, the law of succession, and statistical inference,
#'   *Journal of the American Statistical Association* 22 (1927), 209-212.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' summary(seed_study(runs = 20, epochs = 30, seed = 1))
summary.xor_study <- function(object, ...) {
  check_dots(...)
  check_study(object)
  cells <- do.call(rbind, lapply(study_configs(object), summarize_config))
  rownames(cells) <- NULL
  cells
}

# The rows of each configuration as a data frame, in the order of their first nets.
study_configs <- function(study) {
  study <- as.data.frame(study)
  key <- do.call(paste, study[names(config_columns)])
  unname(split(study, factor(key, unique(key))))
}

summarize_config <- function(nets) {
  runs <- nrow(nets)
  solved <- sum(nets$solved)
  # The interval of a test without continuity correction is Wilson's.
  limits <- suppressWarnings(stats::prop.test(solved, runs, correct = FALSE))$conf.int
  loss <- stats::median(ifelse(is.finite(nets$loss), nets$loss, Inf))
  data.frame(
    nets[1, names(config_columns)], runs = runs, solved = solved,
    share = solved / runs, lower = limits[1], upper = limits[2], loss = loss
  )
}

# What is always shown of a configuration; the other columns, where they differ.
always_shown <- c("hidden", "activation", "lr", "std")

#' @export
format.xor_study <- function(x, ...) {
  n <- nrow(x)
  note <- sprintf(" (%d were planned; it was interrupted)", planned(x))
  head <- paste0("<xor_study> ", counted(n, "net"), layers_shown(x), if (planned(x) > n) note)
  if (n == 0) return(head)
  cells <- summary(x)
  percent <- function(share) sprintf("%.1f%%", 100 * share)
  others <- setdiff(names(config_columns), always_shown)
  varies <- Filter(function(name) length(unique(cells[[name]])) > 1, others)
  table <- data.frame(
    lapply(cells[c(always_shown, varies)], function(column) {
      if (is.double(column)) sprintf("%g", column) else as.character(column)
    }),
    solved = paste(cells$solved, "of", cells$runs), share = percent(cells$share),
    "95 % interval" = paste(percent(cells$lower), "to", percent(cells$upper)),
    loss = sprintf(ifelse(cells$loss < 1e6, "%.4f", "%.3g"), cells$loss), check.names = FALSE
  )
  columns <- Map(function(name, column) format(c(name, column), justify = "right"),
                 names(table), table)
  c(head, do.call(paste, c(unname(columns), sep = "  ")))
}

# The hidden layers, where all the nets have the same and there are several.
layers_shown <- function(study) {
  widths <- strsplit(unique(study$hidden), "-", fixed = TRUE)
  if (length(widths) != 1 || length(widths[[1]]) == 1) return("")
  k <- length(widths[[1]])
  first <- paste(widths[[1]][-k], collapse = ", ")
  sprintf(" with %d hidden layers of %s and %s units", k, first, widths[[1]][k])
}

#' @export
print.xor_study <- function(x, ...) {
  if (!all(column_names() %in% names(x)) || anyNA(x$solved)) return(NextMethod())
  writeLines(format(x))
  invisible(x)
}

# Rows are asked for to be looked at, and a study would print as its summary.
#' @importFrom utils head
#' @export
head.xor_study <- function(x, ...) head(as.data.frame(x), ...)

#' @importFrom utils tail
#' @export
tail.xor_study <- function(x, ...) tail(as.data.frame(x), ...)
