# Checks of what a caller passes in. Each error says what must hold and what came.

check_count <- function(x, min = 1, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  good <- is.numeric(x) && is.null(dim(x)) && length(x) == 1 && is.finite(x) &&
    x == trunc(x) && x >= min && x <= max_count
  if (!good) {
    value <- show_value(x)
    abort_input(
      "{.arg {name}} must be a whole number from {min} to {max_count}, not {value}.",
      call = call
    )
  }
  as.integer(x)
}

# One count or several, always as a list, which Python takes as a list whatever its length.
check_counts <- function(x, min = 1, most = max_layers, name = rlang::caller_arg(x),
                         call = rlang::caller_env()) {
  if (!(is.numeric(x) || is.list(x)) || length(x) == 0) {
    value <- show_value(x)
    abort_input("{.arg {name}} must be one or more whole numbers, not {value}.", call = call)
  }
  if (length(x) > most) {
    abort_input("{.arg {name}} must hold at most {most} whole numbers, not {length(x)}.",
                call = call)
  }
  unname(lapply(x, check_count, min = min, name = name, call = call))
}

check_number <- function(x, min = -Inf, above = -Inf, max = Inf,
                         name = rlang::caller_arg(x), call = rlang::caller_env()) {
  good <- is.numeric(x) && length(x) == 1 && is.finite(x) && x >= min && x > above
  if (!good) {
    value <- show_value(x)
    range <- if (above > -Inf) {
      paste(" above", above)
    } else if (min > -Inf) {
      paste(" of at least", min)
    } else {
      ""
    }
    abort_input("{.arg {name}} must be a finite number{range}, not {value}.", call = call)
  }
  if (x > max) abort_input("{.arg {name}} must be at most {signif(max, 6)}, not {x}.", call = call)
  as.double(x)
}

# One value or several different ones, as a list, each of them checked as `check` does.
check_several <- function(x, check, ..., name = rlang::caller_arg(x), call = rlang::caller_env()) {
  if (!(is.atomic(x) || is.list(x)) || length(x) == 0) {
    value <- show_value(x)
    abort_input("{.arg {name}} must be one or more values, not {value}.", call = call)
  }
  if (length(x) > max_nets) {
    abort_input("{.arg {name}} must hold at most {max_nets} values, not {length(x)}.", call = call)
  }
  values <- unname(lapply(x, check, ..., name = name, call = call))
  twice <- values[duplicated(values)]
  if (length(twice)) {
    value <- paste(unlist(twice[[1]]) %||% "NULL", collapse = "-")
    layers <- paste(unlist(values), collapse = ", ")
    abort_input(
      "{.arg {name}} must hold each value once, but {value} is there more than once.",
      i = if (name == "hidden" && !is.list(x)) {
        "In a sweep, a net of several hidden layers is an entry of a list: `list(c({layers}))`."
      },
      call = call
    )
  }
  values
}

# The epochs whose weights a training keeps, as a list. They may be given as a long sequence, of
# which no list is made before it is known to be one of epochs.
check_snapshots <- function(snapshots, epochs, call = rlang::caller_env()) {
  if (is.null(snapshots)) return(list())
  last <- if (is.numeric(snapshots) && length(snapshots)) max(snapshots)
  if (!is.null(last) && isTRUE(last > epochs)) {
    abort_input(
      "{.arg snapshots} must be epochs from 0 (before the first) to {epochs}, not {last}.",
      call = call
    )
  }
  check_counts(snapshots, min = 0, most = max_snapshots, name = "snapshots", call = call)
}

check_string <- function(x, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  rlang::check_required(x, arg = name, call = call)
  if (!rlang::is_string(x) || !nzchar(x)) {
    value <- show_value(x)
    abort_input("{.arg {name}} must be one string, not {value}.", call = call)
  }
  x
}

# A file's name, with the home folder for `~`, which Python does not know.
check_path <- function(x, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  path.expand(check_string(x, name = name, call = call))
}

check_choice <- function(x, choices, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  if (!rlang::is_string(x) || !x %in% choices) {
    value <- show_value(x)
    near <- if (rlang::is_string(x)) nearest(x, choices)
    abort_input(
      "{.arg {name}} must be {.or {.val {choices}}}, not {value}.",
      i = if (!is.null(near)) "Did you mean {.val {near}}?",
      call = call
    )
  }
  x
}

# The dots of a function that takes none, so that an unknown argument is refused in our words.
check_dots <- function(..., call = rlang::caller_env(), fn = rlang::caller_fn()) {
  if (...length() == 0) return(invisible())
  name <- rlang::names2(substitute(list(...)))[2]
  known <- setdiff(names(formals(fn)), "...")
  if (!nzchar(name)) abort_nameless(substitute(list(...))[[2]], names(formals(fn)), call)
  near <- nearest(name, known)
  abort_input(
    "There is no argument {.arg {name}}.",
    i = if (is.null(near)) {
      "{cli::qty(known)}The argument{?s} {?is/are} {.arg {known}}."
    } else {
      "Did you mean {.arg {near}}?"
    },
    call = call
  )
}

abort_nameless <- function(expr, arguments, call) {
  value <- show_value(expr)
  by_place <- arguments[seq_len(match("...", arguments) - 1)]
  known <- setdiff(arguments, "...")
  if (length(by_place) < length(known)) {
    abort_input("All arguments but {.arg {by_place}} must go by name, and {value} has none.",
                call = call)
  }
  abort_input(
    "At most {length(known)} argument{?s} {?is/are} taken, and {value} is one more.", call = call
  )
}

check_class <- function(x, class, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  rlang::check_required(x, arg = name, call = call)
  if (!inherits(x, class)) {
    value <- show_value(x)
    made_by <- switch(class,
      xor_fit = "train_xor", xor_study = c("seed_study", "xor_sweep"),
      xor_data = c("xor_data", "as_xor_data")
    )
    abort_input("{.arg {name}} must be made by {.or {.fn {made_by}}}, not {value}.", call = call)
  }
  x
}

# Numbers in rows and columns, as a double matrix; a missing value may stay.
check_matrix <- function(x, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  force(name) # before x is another
  rlang::check_required(x, arg = name, call = call)
  if (inherits(x, "xor_data")) x <- x$x
  if (is.data.frame(x)) {
    text <- names(x)[!vapply(x, function(column) is.numeric(column) || is.logical(column), TRUE)]
    if (length(text)) {
      abort_input("{.arg {name}} must be numeric, but {.val {text}} {?is/are} not.", call = call)
    }
    x <- as.matrix(x)
  }
  if (!is.matrix(x) || !(is.numeric(x) || is.logical(x))) {
    value <- show_value(x)
    abort_input("{.arg {name}} must be a numeric matrix or data frame, not {value}.", call = call)
  }
  if (length(x) == 0) {
    abort_input(
      "{.arg {name}} must have at least one row and one column, not {nrow(x)} and {ncol(x)}.",
      call = call
    )
  }
  if (!is.double(x)) storage.mode(x) <- "double"
  x
}

resolve_verbose <- function(verbose, call = rlang::caller_env()) {
  if (rlang::is_bool(verbose)) return(verbose)
  if (!identical(verbose, "auto")) {
    value <- show_value(verbose)
    abort_input(
      "{.arg verbose} must be `TRUE`, `FALSE` or {.val auto}, not {value}.", call = call
    )
  }
  (interactive() || isatty(stderr())) && !isTRUE(getOption("knitr.in.progress")) &&
    !identical(Sys.getenv("TESTTHAT"), "true")
}
