# What is said of a fit's data where it is printed.

# The optimizer, but for plain SGD, and its terms, where they are no defaults.
terms_shown <- function(fit) {
  settings <- fit$settings
  usual <- formals(train_xor)[c("momentum", "nesterov", "weight_decay", "l1", "init")]
  others <- Filter(function(name) !identical(settings[[name]] %||% usual[[name]], usual[[name]]),
                   names(usual))
  terms <- vapply(others, function(name) {
    value <- settings[[name]]
    if (isTRUE(value)) name else paste(name, if (is.numeric(value)) sprintf("%g", value) else value)
  }, "")
  optimizer <- settings$optimizer %||% "sgd"
  toString(c(
    if (optimizer != "sgd" || length(terms)) optimizer,
    sprintf("lr %g", settings$lr), terms, batches_shown(fit)
  ))
}

# The size of the batches; of one that all points fit in, their number.
batches_shown <- function(fit) {
  size <- fit$settings$batch_size
  if (is.null(fit$data) || size <= nrow(fit$data$x)) return(sprintf("batches of %d", size))
  sprintf("all %s in one batch (batch_size %d)", counted(nrow(fit$data$x), "point"), size)
}

# What is done with the columns before the net gets them.
preparation_notes <- function(fit) {
  preparation <- fit$preparation
  known <- preparation$inputs %||% colnames(fit$data$x)
  left_out <- setdiff(known, preparation$columns)
  c(
    if (!is.null(preparation$inputs)) paste("inputs", toString(preparation$inputs)),
    if (!is.null(preparation$scale)) {
      paste(counted(length(preparation$columns), "column"), "standardised by the training rows")
    },
    if (!is.null(preparation) && length(left_out)) {
      paste("constant, left out:", shortened_names(left_out))
    },
    dropped_note(preparation$encoding$formula$dropped)
  )
}

dropped_note <- function(rows) {
  if (isTRUE(rows > 0)) paste(counted(rows, "row"), "left out, with missing values")
}

shortened_names <- function(names, most = 5) {
  toString(c(utils::head(names, most), if (length(names) > most) "..."))
}

# How well one answer for all would do, where one class is much larger than the others.
class_notes <- function(data) {
  if (is.null(data)) return(NULL)
  shares <- tabulate(data$label + 1L, length(data$levels)) / length(data$label)
  if (max(shares) < uneven) return(NULL)
  sprintf("always answering %s is right for %.1f%% of these points",
          data$levels[which.max(shares)], 100 * max(shares))
}
