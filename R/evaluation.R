#' Evaluate a fit
#'
#' @param fit An `xor_fit`.
#' @param data The result of [xor_data()], [toy_data()] or [as_xor_data()], in the classes of the
#'   fit; for a fit by a formula, a data frame with its variables and the response; or a list of
#'   two, points as [predict()][predict.xor_fit] takes them, and their classes. Columns are
#'   taken by name or by position, and data that are far from the training data are warned of, as
#'   by [predict()][predict.xor_fit]. `NULL` makes 500 fresh points of the toy problem that the
#'   fit was trained on, with its noise; of XOR where that is not known.
#' @param ... Must be empty.
#' @return A list of class `xor_eval`: `accuracy` (0 to 1), `loss` (mean cross-entropy, or log-loss,
#'   in nats), `n`, `confusion`, a matrix with a row for each class and a column for what it was
#'   predicted as; `auc`, the area under the ROC curve, which is the chance that a point of the
#'   second class gets a higher probability of it than one of the first (of more classes, the mean
#'   over each of them against all others); `precision` and `recall` of each class; and `best`, the
#'   accuracy that no classifier can expect to surpass on such data, where that is known (see
#'   [bayes_xor()]; luck may lift one sample above it). A point whose logit is not a number has no
#'   class: it counts as misclassified, is not in `confusion`, and the printed form counts such
#'   points.
#' @seealso [bayes_xor()] for the best possible accuracy, [predict()][predict.xor_fit],
#'   [diagnose_xor()] where it is too low.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' eval_xor(train_xor(seed = 1), xor_data(500, seed = 2))
#'
#' # Of your own data, rows that were put aside before the training
#' test <- seq(1, nrow(iris), by = 3)
#' flowers <- train_xor(Species ~ ., data = iris[-test, ], batch_size = 16, seed = 1)
#' eval_xor(flowers, iris[test, ])
eval_xor <- function(fit, data = NULL, ...) {
  check_dots(...)
  check_fit(fit)
  data <- if (!is.null(data)) evaluation_data(data, fit)
  result <- undo_draw_on_error(call_python(
    fit_to_python(fit_at(fit, NULL))$evaluate(data_to_python(data %||% fresh_points(fit)))$to_dict()
  ))
  levels <- as.character(unlist(result$levels))
  dimnames(result$confusion) <- list(class = levels, predicted = levels)
  by_class <- c("precision", "recall")
  result[by_class] <- lapply(result[by_class], function(x) stats::setNames(as_rate(x), levels))
  parts <- c("accuracy", "loss", "n", "confusion", "best", "auc", by_class)
  structure(result[intersect(parts, names(result))], class = "xor_eval")
}

as_rate <- function(x) {
  x <- as.vector(x)
  replace(x, is.nan(x), NA)
}

# Data in the classes and columns of the fit: an xor_data, a data frame with the response, or a list
# of points and labels.
evaluation_data <- function(data, fit, call = rlang::caller_env(), name = "data") {
  pair <- is.list(data) && !is.object(data) && length(data) == 2
  if (!is.data.frame(data) && !pair) return(check_same_classes(data, fit, call, name))
  points <- if (pair) data[[1]] else data
  labels <- if (pair) check_label(data[[2]], name, call) else encoded_labels(data, fit, call, name)
  label <- label_numbers(labels, fit, call, name)
  lost <- sum(is.na(label))
  if (lost) {
    abort_input("The classes in {.arg {name}} must be complete, but {lost} {?is/are} missing.",
                i = na_hint, call = call)
  }
  x <- of_newdata(check_newdata(points, fit, call), name)
  if (nrow(x) != length(label)) {
    abort_input(
      "{.arg {name}} must have one class for each of its {nrow(x)} row{?s}, not {length(label)}.",
      call = call
    )
  }
  colnames(x) <- colnames(fit$data$x)
  labelled_points(check_points(x, call, name, na_hint), label, fit_levels(fit))
}

# What is said of new data, by the name of the argument that they came as.
of_newdata <- function(expr, name) {
  tryCatch(expr, xorlab_input_error = function(cnd) {
    if (!grepl("newdata", cnd$message)) cnd$message <- sprintf("In `%s`, %s", name, cnd$message)
    parts <- c("message", "body")
    cnd[parts] <- lapply(cnd[parts], function(text) gsub("newdata", name, text, fixed = TRUE))
    rlang::cnd_signal(cnd)
  })
}

na_hint <- "{.fn na.omit} leaves rows with missing values out."

# Labels as numbers of the fit's classes, from 0; NA stays.
label_numbers <- function(labels, fit, call, name = "data") {
  levels <- fit_levels(fit)
  labels <- as.character(labels)
  new <- setdiff(labels, c(as.character(levels), NA))
  if (length(new)) {
    abort_input("{.arg {name}} must have the classes {.val {levels}} of the fit, not {.val {new}}.",
                call = call)
  }
  match(labels, as.character(levels)) - 1L
}

check_same_classes <- function(data, fit, call = rlang::caller_env(), name = "data") {
  check_class(data, "xor_data", name = name, call = call)
  wanted <- fit_levels(fit)
  came <- data$levels
  if (!identical(came, wanted)) {
    abort_input(
      "{.arg {name}} must have the classes {.val {wanted}} of the fit, not {.val {came}}.",
      call = call
    )
  }
  data
}

# Points like those that the fit was trained on.
fresh_points <- function(fit, call = rlang::caller_env()) {
  if (!is.null(fit$data) && is.null(toy_kind(fit$data))) {
    abort_input(
      "{.arg data} must be given, as in {.code eval_xor(fit, data)}: the fit was trained on data of
       your own, and more of them cannot be made.",
      call = call
    )
  }
  if (num_inputs(fit) != 2) {
    abort_input(
      "{.arg data} must be given, as in {.code eval_xor(fit, data)}: points of XOR have 2 columns,
       and the net has {num_inputs(fit)} input{?s}.",
      call = call
    )
  }
  if (is.null(fit$data)) return(xor_data(500))
  kind <- toy_kind(fit$data)
  toy_data(kind, 500, fit$data$std, classes = if (kind == "blobs") length(fit$data$levels))
}

#' @export
format.xor_eval <- function(x, ...) {
  lost <- x$n - sum(x$confusion)
  c(
    sprintf("Accuracy of the model: %.2f%%", 100 * x$accuracy),
    if (!is.null(x$best)) sprintf("Best possible: %.2f%%, with noise like this", 100 * x$best),
    sprintf("Loss: %.4f%s, over %s", x$loss,
            if (is.null(x$auc)) "" else sprintf(", AUC: %.4f", x$auc), counted(x$n, "point")),
    if (lost > 0) sprintf("No class: %s, where the logit is not a number", counted(lost, "point")),
    utils::capture.output(print(x$confusion)),
    if (!is.null(x$recall)) {
      utils::capture.output(print(rbind(recall = x$recall, precision = x$precision), digits = 3))
    }
  )
}

#' @export
print.xor_eval <- function(x, ...) {
  writeLines(format(x))
  invisible(x)
}

#' Probabilities on a grid
#'
#' @param fit An `xor_fit`.
#' @param x1,x2 Grid lines of the first and the second column, in their own units; by default around
#'   the data.
#' @param epoch One that `train_xor(snapshots = )` kept; `NULL` for the last.
#' @param vars Of data of more than two columns, the names of the two that vary: columns of numbers,
#'   or for a fit by a formula variables of its data frame. `NULL` takes the two that predictions
#'   depend on most: those by which the probabilities change most, on average over the training
#'   data, where the column's mean takes its place.
#' @param at A list of values of other columns by name, such as `list(qsec = 17, cyl = "4")`; those
#'   that it does not name are at the means of the training data, or their most frequent level.
#' @param ... Must be empty.
#' @return A list of `x1`, `x2` and the matrix `prob`: `prob[i, j]` is the probability of the
#'   second class at (`x1[i]`, `x2[j]`), as [image()] wants it. Of more than two classes, `prob` is
#'   an array, and `prob[i, j, k]` the probability of the class `k`. `vars` has the names of the two
#'   columns, unless they are `x1` and `x2`; where there are others, `caption` says what they are.
#' @seealso [plot()][plot.xor_fit], [as.data.frame()][as.data.frame.xor_boundary], [bayes_xor()]
#'   for the exact surface.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' boundary <- xor_boundary(train_xor(seed = 1))
#' image(boundary$x1, boundary$x2, boundary$prob)
#'
#' cars <- train_xor(am ~ wt + hp + factor(cyl), data = mtcars, seed = 1)
#' xor_boundary(cars, vars = c("wt", "hp"), at = list(cyl = 4))$caption
xor_boundary <- function(fit, x1 = NULL, x2 = NULL, epoch = NULL, vars = NULL, at = NULL, ...) {
  check_dots(...)
  check_fit(fit)
  fit <- fit_at(fit, epoch)
  content <- boundary_content(
    fit, vars, at, check_grid(x1), check_grid(x2), drawn = FALSE, call = rlang::current_env()
  )
  as_boundary(content, fit)
}

# What boundary_content() gave, for users: over one column, `prob` is a vector or [a, classes].
as_boundary <- function(content, fit) {
  prob <- content$prob
  over <- intersect(c("x1", "x2"), names(content))
  if (length(dim(prob)) > length(over)) {
    dimnames(prob) <- c(rep(list(NULL), length(over)), list(as.character(fit_levels(fit))))
  }
  if (length(dim(prob)) == 1) prob <- as.vector(prob)
  structure(
    c(
      content[over], list(prob = prob),
      if (!identical(content$names, over)) list(vars = content$names),
      if (nzchar(content$caption)) list(caption = content$caption)
    ),
    class = "xor_boundary"
  )
}

check_grid <- function(x, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  if (is.null(x)) return(NULL)
  if (!is.numeric(x) || length(x) == 0 || !all(is.finite(x))) {
    value <- show_value(x)
    abort_input("{.arg {name}} must be one or more finite numbers, not {value}.", call = call)
  }
  as.double(x)
}
