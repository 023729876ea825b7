column_names <- function() names(c(config_columns, run_columns))

# `own` are the user's own points that nets were trained on: rows of a table do not hold them.
new_xor_study <- function(content, planned, plan, own = NULL) {
  study <- study_columns(content, c(config_columns, run_columns))
  study$corner[!nzchar(study$corner)] <- NA
  # Rows that the user takes out later are no interrupt: a whole study does not say how many it had,
  # nor which.
  if (planned > nrow(study)) {
    attr(study, "planned") <- planned
    plan <- study_columns(plan, c(config_columns, run_columns["seed"]))
    attr(study, "plan") <- if (nrow(plan) == planned) plan
  }
  attr(study, "own") <- own
  structure(study, class = c("xor_study", "data.frame"))
}

# Where Python has None, R has NA.
study_columns <- function(content, types) {
  filled <- function(column) {
    if (is.list(column)) column[lengths(column) == 0] <- NA
    unlist(column)
  }
  data.frame(Map(as.vector, lapply(content[names(types)], filled), types))
}

study_to_python <- function(study) {
  study <- check_study(study, empty = TRUE, name = "x", call = rlang::caller_env(2))
  columns <- as.list(study)[column_names()]
  columns$corner[is.na(columns$corner)] <- ""
  plan <- study_plan(study)
  own <- attr(study, "own", exact = TRUE)
  xorlab_py()$Study$from_dict(
    study_lists(columns), planned(study), if (!is.null(plan)) study_lists(plan),
    if (!is.null(own) && own_name %in% c(study$data, plan$data)) data_to_python(own)
  )
}

# Columns as lists of Python's values: what is NA, such as the noise of own data, is None; a loss
# that is not a number stays so.
study_lists <- function(columns) {
  as_list <- function(column, name) {
    values <- as.list(unname(column))
    optional <- name %in% c("std", "solved", names(later_columns))
    if (optional) values[is.na(column) & !is.nan(column)] <- list(NULL)
    values
  }
  as_py(Map(as_list, columns, names(columns)))
}

# What studies of earlier versions were, which have no columns that say so.
with_later_columns <- function(study) {
  for (name in setdiff(names(later_columns), names(study))) {
    study[[name]] <- rep(later_columns[[name]], NROW(study))
  }
  study
}

has_all_columns <- function(x) all(column_names() %in% c(names(x), names(later_columns)))

# Which nets there were to be, as long as the rows, which the user may have changed or bound to
# others, are still among them.
study_plan <- function(study) {
  plan <- attr(study, "plan", exact = TRUE)
  if (!is.null(plan)) plan <- with_later_columns(plan)
  nets <- function(x) do.call(paste, x[c(names(config_columns), "seed")])
  if (!is.null(plan) && all(nets(as.data.frame(study)) %in% nets(plan))) plan
}

# How many nets there were to be.
planned <- function(study, call = rlang::caller_env()) {
  planned <- attr(study, "planned") %||% nrow(study)
  as.integer(check_count(planned, min = 0, name = 'attr(x, "planned")', call = call))
}

check_study <- function(x, empty = FALSE, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  force(name) # before x is another
  check_class(x, "xor_study", name = name, call = call)
  x <- with_later_columns(x)
  gone <- setdiff(column_names(), names(x))
  if (length(gone)) {
    abort_input("{.arg {name}} must have all columns of a study, but {.val {gone}} {?is/are} gone.",
                call = call)
  }
  if (nrow(x) == 0 && !empty) {
    abort_input("{.arg {name}} must have at least one net.", call = call)
  }
  if (anyNA(x$seed)) {
    abort_input(
      "{.arg {name}} must have a net in every row, but {sum(is.na(x$seed))} {?is/are} NA.",
      i = "Where a column such as `corner` has NA, `which()` takes the rows that are meant.",
      call = call
    )
  }
  x
}

#' Save and load a study
#'
#' The file is the same in both languages: Python has it by `Study.save()` and
#' `xorlab.read_study()`.
#'
#' @param study An `xor_study`.
#' @param path The file, of comma-separated values; one of that name is replaced only when the new
#'   one is whole. `xorlab study --out` in a shell writes such files too. Where Ctrl-C ended the
#'   study, the rows of the nets that were not trained have no results;
#'   [resume_study()] trains them.
#' @param data The points, an `xor_data` object as in [seed_study()], where nets were trained on
#'   data of your own: a file holds the table alone. Without them the study can be looked at, and
#'   its nets cannot be trained again.
#' @param ... Must be empty.
#' @return `save_study()`: `path`, invisibly. `read_study()`: the `xor_study`.
#' @seealso [save_xor()] for fits, [resume_study()] for a study that was interrupted.
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
read_study <- function(path, data = NULL, ...) {
  check_dots(...)
  file <- check_path(path)
  if (!is.null(data)) check_class(data, "xor_data")
  call_python(xorlab_py()$read_study(file, own_to_python(data)))
}

#' Join studies
#'
#' @param ... Studies, `xor_study` objects; `NULL` is left out.
#' @param deparse.level Not used.
#' @return The `xor_study` of the nets of all of them, in their order. A net that is in several,
#'   with the same configuration and seed, counts once; it is an error if its losses differ by more
#'   than rounding, or if the studies are of different data of your own. Of studies that Ctrl-C
#'   ended, the planned nets are joined, too, so that [resume_study()] trains them. Columns that a
#'   study does not have by itself are left out.
#' @seealso [seed_study()], [summary()][summary.xor_study], [save_study()].
#' @export
#' @examplesIf xorlab::xorlab_available()
#' slow <- xor_sweep(lr = c(0.01, 0.1), hidden = 4, runs = 5, epochs = 30, seed = 1)
#' fast <- xor_sweep(lr = c(0.1, 1), hidden = 4, runs = 5, epochs = 30, seed = 1)
#' rbind(slow, fast)
rbind.xor_study <- function(..., deparse.level = 1) {
  studies <- Filter(Negate(is.null), list(...))
  # Some of the columns are a data frame's.
  if (!any(vapply(studies, has_all_columns, TRUE))) return(rbind.data.frame(...))
  for (one in studies) check_study(one, empty = TRUE, name = "...")
  join <- function(one, other) one$`__add__`(other)
  call_python(Reduce(join, lapply(studies, study_to_python)))
}

#' Summarize a study
#'
#' @param object An `xor_study`.
#' @param ... Must be empty.
#' @return A data frame with a row for each configuration: its hyperparameters, in the columns of
#'   the study; how many `runs` there are and how many of them `solved` XOR; their `share`, with
#'   `lower` and `upper`, the limits of Wilson's 95 % interval (`NA` for other data); the median
#'   `loss` (`Inf` where that of most is not finite); and the median `accuracy` of the nets, with
#'   `accuracy_low` and `accuracy_high`, its 5 % and 95 % quantiles (where weights are not finite,
#'   the accuracy counts as 0).
#' @seealso [plot()][plot.xor_study] of a study, [seed_study()], [stats::prop.test()], whose
#'   interval without correction it is, `vignette("seeds", "xorlab")`.
#' @references E. B. Wilson, Probable inference, the law of succession, and statistical inference,
#'   *Journal of the American Statistical Association* 22 (1927), 209-212.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' summary(seed_study(runs = 20, epochs = 30, seed = 1))
summary.xor_study <- function(object, ...) {
  check_dots(...)
  object <- check_study(object)
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
  solved <- if (nets$data[1] == "xor") sum(nets$solved) else NA_integer_
  # The interval of a test without continuity correction is Wilson's.
  limits <- c(NA_real_, NA_real_)
  if (!is.na(solved)) {
    limits <- suppressWarnings(stats::prop.test(solved, runs, correct = FALSE))$conf.int
  }
  loss <- stats::median(ifelse(is.finite(nets$loss), nets$loss, Inf))
  accuracy <- ifelse(is.finite(nets$accuracy), nets$accuracy, 0)
  spread <- stats::quantile(accuracy, c(0.5, 0.05, 0.95), names = FALSE)
  data.frame(
    nets[1, names(config_columns)], runs = runs, solved = solved,
    share = solved / runs, lower = limits[1], upper = limits[2], loss = loss,
    accuracy = spread[1], accuracy_low = spread[2], accuracy_high = spread[3]
  )
}

# What is always shown of a configuration; the other columns, where they differ, or are not what
# they were in studies of earlier versions, which have no such columns.
always_shown <- c("hidden", "activation", "lr", "std")

#' @export
format.xor_study <- function(x, ...) {
  x <- with_later_columns(x)
  n <- nrow(x)
  note <- sprintf(" (%d were planned; it was interrupted)", planned(x))
  head <- paste0("<xor_study> ", counted(n, "net"), layers_shown(x), if (planned(x) > n) note)
  if (n == 0) return(head)
  cells <- summary(x)
  xor <- all(cells$data == "xor")
  others <- setdiff(names(config_columns), always_shown)
  is_shown <- function(name) {
    values <- unique(cells[[name]])
    length(values) > 1 || !identical(values, later_columns[[name]] %||% values)
  }
  table <- c(
    lapply(cells[c(always_shown, Filter(is_shown, others))], shown_values),
    if (xor) solved_columns(cells) else accuracy_columns(cells),
    loss = list(sprintf(ifelse(cells$loss < 1e6, "%.4f", "%.3g"), cells$loss))
  )
  columns <- Map(function(name, column) format(c(name, column), justify = "right"),
                 names(table), table)
  c(head, do.call(paste, c(unname(columns), sep = "  ")))
}

# Values of a configuration as text; own data, for example, have no noise.
shown_values <- function(column) {
  text <- if (is.double(column)) sprintf("%g", column) else as.character(column)
  if (is.logical(column)) text <- ifelse(column, "yes", "no")
  ifelse(is.na(column) | text == "", "-", text)
}

shown_percent <- function(share) sprintf("%.1f%%", 100 * share)

solved_columns <- function(cells) {
  list(
    solved = paste(cells$solved, "of", cells$runs), share = shown_percent(cells$share),
    "95 % interval" = paste(shown_percent(cells$lower), "to", shown_percent(cells$upper))
  )
}

accuracy_columns <- function(cells) {
  list(
    nets = as.character(cells$runs), accuracy = shown_percent(cells$accuracy),
    "5 % to 95 %" = paste(shown_percent(cells$accuracy_low), "to",
                          shown_percent(cells$accuracy_high))
  )
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
  if (!has_all_columns(x) || anyNA(x$seed)) return(NextMethod())
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
