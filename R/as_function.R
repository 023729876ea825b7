#' Convert a fit to a function of R alone
#'
#' The function predicts to 1e-6 of the fit without Python, without this package or any other beside
#' R's own, for where no Python is: [saveRDS()] keeps it.
#'
#' @param x An `xor_fit`.
#' @param epoch One that `train_xor(snapshots = )` kept; `NULL` for the last.
#' @param ... Must be empty.
#' @return `function(newdata, type = c("prob", "class", "logit"))`, whose arguments and values are
#'   those of [predict()][predict.xor_fit]: `newdata` is a data frame or a numeric matrix in the
#'   units of the training data.
#' @seealso [save_xor()] for a file that can be trained on, [predict()][predict.xor_fit],
#'   [show_code()] for a script.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(seed = 1)
#' f <- as.function(fit)
#' f(rbind(c(0, 0), c(0, 1)))
#' f(data.frame(x1 = 0, x2 = 1), type = "class")
as.function.xor_fit <- function(x, epoch = NULL, ...) {
  check_dots(...)
  call <- rlang::current_env()
  fit <- fit_at(x, epoch)
  check_preparation(fit$preparation, call)
  standalone(plain_net(fit))
}

# The predictor, whose environment holds all that it needs beside base R.
standalone <- function(net) {
  helpers <- mget(standalone_functions, topenv())
  env <- list2env(c(helpers, list(
    net = net, known_functions = known_functions, formula_matrix = terms_matrix,
    refuse = function(text, hint = NULL, call = NULL) {
      stop(paste(c(text, hint), collapse = "\n"), call. = FALSE)
    },
    with_nearest = function(missing, given) sprintf("\"%s\"", missing)
  )), parent = baseenv())
  for (name in names(env)) {
    if (is.function(env[[name]])) environment(env[[name]]) <- env
  }
  predictor <- function(newdata, type = c("prob", "class", "logit")) {
    net_answer(net, net_outputs(net, prepared_columns(net, newdata)), match.arg(type))
  }
  environment(predictor) <- env
  predictor
}

# All that a predictor calls; base R does the rest.
standalone_functions <- c(
  "net_answer", "net_outputs", "prepared_columns", "named_inputs", "user_columns",
  "numeric_columns", "to_float32", "terms_matrix", "terms_frame", "raw_columns", "raw_column",
  "is_number_like", "as_levels", "some_of", "as_contrasts", "variable_names", "known_environment",
  "frame_matrix", "predicted_class", "encoded", "in_columns", "refuse_missing"
)

# What is run of a fit, which may come from a file: known functions and inputs alone.
check_preparation <- function(preparation, call) {
  terms <- preparation$encoding$formula
  if (!is.null(terms)) check_terms(terms, call)
  unknown <- setdiff(unlist(preparation$inputs), input_names)
  if (length(unknown)) {
    abort_input("The inputs of the fit must be among {.val {input_names}}, not {.val {unknown}}.",
                call = call)
  }
}

plain_net <- function(fit) {
  preparation <- fit$preparation
  levels <- fit_levels(fit)
  layers <- seq_len(length(widths(fit)) - 1)
  part <- function(kind) unname(fit$weights[sprintf("linear%d.%s", layers, kind)])
  list(
    weights = part("weight"), biases = part("bias"),
    activation = activations_in_r[[fit$activation]], features = colnames(fit$data$x),
    inputs = unlist(preparation$inputs), columns = unlist(preparation$columns),
    center = unlist(preparation$center), scale = unlist(preparation$scale),
    encoding = preparation$encoding, levels = levels,
    categories = if (is.character(levels)) fit$data$categories %||% levels
  )
}

# From the user's columns to those of the net, in float64, rounded once to float32.
prepared_columns <- function(net, newdata) {
  x <- user_columns(net, newdata)
  if (!is.null(net$inputs)) x <- named_inputs(net$inputs, x)
  if (!is.null(net$columns)) x <- x[, net$columns, drop = FALSE]
  if (!is.null(net$center)) {
    rows <- rep(1, nrow(x))
    x <- (x - outer(rows, net$center)) / outer(rows, net$scale)
  }
  to_float32(x)
}

user_columns <- function(net, newdata) {
  features <- net$features
  x <- numeric_columns(encoded(net$encoding, newdata, features, NULL), features)
  wanted <- if (is.null(features)) ncol(net$weights[[1]]) else length(features)
  if (ncol(x) != wanted) {
    refuse(sprintf("`newdata` must have %d columns, as the net has inputs, not %d.",
                   wanted, ncol(x)))
  }
  colnames(x) <- features
  x
}

# By name where any of the columns has one of the names, else by position.
numeric_columns <- function(newdata, features) {
  if (is.data.frame(newdata)) newdata <- as.data.frame(newdata) # of its own kinds, too
  newdata <- in_columns(newdata, features, NULL)
  if (is.data.frame(newdata)) newdata <- as.matrix(newdata)
  if (!is.matrix(newdata) || !(is.numeric(newdata) || is.logical(newdata))) {
    refuse("`newdata` must be a numeric matrix or data frame.")
  }
  newdata + 0
}

named_inputs <- function(inputs, x) {
  points <- list(x1 = x[, 1], x2 = x[, 2])
  columns <- lapply(inputs, function(input) eval(str2lang(input), points, baseenv()))
  matrix(unlist(columns), nrow(x), dimnames = list(NULL, inputs))
}

to_float32 <- function(x) {
  x[] <- readBin(writeBin(as.vector(x), raw(), size = 4), "double", length(x), size = 4)
  x
}

net_outputs <- function(net, x) {
  last <- length(net$weights)
  for (layer in seq_len(last)) {
    x <- x %*% t(net$weights[[layer]]) + outer(rep(1, nrow(x)), net$biases[[layer]])
    if (layer < last) x <- eval(str2lang(net$activation), list(x = x), baseenv())
  }
  x[is.na(x)] <- NA # not NaN
  x
}

net_answer <- function(net, outputs, type) {
  several <- ncol(outputs) > 1
  if (several) {
    dimnames(outputs) <- list(NULL, net$levels)
  } else {
    outputs <- outputs[, 1]
  }
  if (type == "logit") return(outputs)
  if (type == "class") {
    classes <- net$levels[predicted_class(outputs) + 1]
    return(if (is.null(net$categories)) classes else factor(classes, levels = net$categories))
  }
  if (!several) return(1 / (1 + exp(-outputs)))
  largest <- outputs[cbind(seq_len(nrow(outputs)), max.col(outputs, "first"))]
  shares <- exp(outputs - largest)
  shares / rowSums(shares)
}
