# What is said of a fit's data where it is printed.

# The optimizer, but for plain SGD, and its terms, where they are no defaults.
terms_shown <- function(fit) {
  settings <- fit$settings
  elsewhere <- c("hidden", "activation", "epochs", "optimizer", "lr", "batch_size", "validation",
                 "patience")
  usual <- formals(train_xor)[setdiff(names(hyperparameter_checks), elsewhere)]
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

# What the epochs came to: the losses, those on the validation data after the epoch whose weights
# the fit has, which epoch that is, where patience chose it, and where the two losses part.
history_notes <- function(fit) {
  history <- fit$history
  done <- nrow(history)
  if (!done) return(NULL)
  planned <- if (has_ended(fit)) done else fit$settings$epochs %||% done
  last <- history[done, ]
  parting <- parted(history)
  c(
    sprintf("%s%s: loss %.4f to %.4f, accuracy %.2f%%, %.2f s", counted(done, "epoch"),
            if (done < planned) paste(" of", planned) else "",
            history$loss[1], last$loss, 100 * last$accuracy, sum(history$seconds)),
    validation_note(fit, history[fit_epoch(fit), ]),
    best_note(fit, done),
    if (!is.null(parting)) {
      paste("after epoch", parting, "the net learned its rows by heart: the validation loss rose",
            "while the training loss fell")
    }
  )
}

validation_note <- function(fit, now) {
  if (is.null(fit$validation) || is.null(now$val_loss)) return(NULL)
  other <- if (identical(fit$settings$validation, "data")) "of other data" else "held out"
  sprintf("validation on %s %s: loss %.4f, accuracy %.2f%%",
          counted(length(fit$validation$label), "point"), other, now$val_loss,
          100 * now$val_accuracy)
}

best_note <- function(fit, done) {
  patience <- fit$settings$patience
  if (is.null(patience) || !has_ended(fit)) return(NULL)
  best <- fit_epoch(fit)
  sprintf("weights of epoch %d, the best of %d%s", best, done,
          if (done - best >= patience) {
            sprintf("; training stopped, as patience is %d", patience)
          } else {
            ""
          })
}

# The epoch from which on the validation loss rose while the training loss fell, as History.parted()
# in Python has it; NULL where they did not part.
parted <- function(history) {
  val_loss <- history$val_loss
  if (!length(val_loss)) return(NULL)
  best <- which.min(val_loss)
  later <- length(val_loss) - best
  if (later < parting_epochs || !is.finite(val_loss[best])) return(NULL)
  last <- utils::tail(seq_along(val_loss), later %/% 5)
  rise <- mean(val_loss[last]) - val_loss[best]
  fell <- mean(history$loss[last]) < history$loss[best]
  if (fell && rise > max(parting_rise, parting_share * val_loss[best])) best
}
