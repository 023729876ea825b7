#' Diagnose a fit: did it solve XOR, and if not, why not?
#'
#' A net has solved XOR only where all four corners have their own class and its accuracy on fresh
#' points is within 0.005 of the best possible ([bayes_xor()]). Else a corner is lost, or the line
#' between them is out of place. Data of your own have no corners; there the net is held against
#' guessing.
#'
#' A hidden unit is dead where it gives the same for every point (its output varies by no more than
#' 0.01), saturated where it is flat (its slope below 0.05 of the steepest) at nine points in ten,
#' and a duplicate where its output has a correlation of 0.99 or more, in absolute value, with that
#' of an earlier unit. A duplicate is nearly `a + b` times the other, so it can be folded into it:
#' add `b` times its outgoing weights to the other's, and `a` times them to the next bias.
#'
#' Whether more epochs, or a larger learning rate, would help is not guessed but tried: a copy of
#' the fit trains on for three times its epochs (from 300 to 1,000; fewer for wide nets and small
#' batches, and on at most 10,000 points). The fit itself stays as it is. The learning rate is too
#' high where the loss rose above its own start, or jumps up in one epoch of five or more; too low
#' where more epochs do not help and a larger rate does.
#'
#' Where there are validation data, a net has learned its rows by heart where the loss on these data
#' rose after its lowest by more than a tenth and 0.02, on average over the last fifth of the epochs
#' since (of five epochs or more), while that on the training rows fell. On other data than XOR, the
#' copy's loss counts on the validation data, too, and an accuracy is better than guessing where it
#' is higher by two standard errors or more.
#'
#' @param fit An `xor_fit`.
#' @param data Where to look at the net, as for [eval_xor()]; `NULL` takes the data it was trained
#'   on, but for the accuracy on other data than XOR those of the validation, where there are any;
#'   and for two inputs without data, continuous XOR with noise 0.1.
#' @param ... Must be empty.
#' @return A list of class `xor_diagnosis`, which prints in plain words: `solved` (`NA` for data of
#'   your own); `lost`, a matrix with a row for each lost corner; `accuracy`, on fresh points of
#'   XOR or on data of your own, those of the validation where there are any; `best`, the best
#'   possible accuracy (`NULL` for data of your own);
#'   `guessing`, the accuracy of always answering the larger class; `units`, a data frame with a
#'   row for each hidden unit: its `layer` and number, whether it is `dead` or `saturated`, the
#'   `twin` that it duplicates with their `correlation`, the `spread` of its output and the share
#'   of points where it is `flat`; `cause`, why the net is not better, the first that holds of
#'   `"weights not finite"`, `"solved"`, `"columns not standardised"`, `"linear net"`,
#'   `"learning rate too high"`, `"noise"` (nobody could do better), `"overfitting"`,
#'   `"too few units"`, `"duplicate units"`, `"not done yet"` (more epochs help),
#'   `"saturated units"`, `"learning rate too low"`, `"dead units"` and `"stuck"`, or `"none"` where
#'   no problem was found with data of your own, and `"unknown"` where bare weights do not tell;
#'   `rate`, the verdict on the learning rate:
#'   `"too high"`, `"too low"`, `"not done yet"`, `"no sign of trouble"` or `"unknown"`; `headline`,
#'   and `notes`, five lines at most, what the matter is and what to do first.
#' @seealso [seed_study()] for whether it happens to other seeds, [resume_xor()] for more epochs,
#'   [lr_find()] for the learning rate, `vignette("why", "xorlab")`.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' diagnose_xor(train_xor(seed = 1))
#' diagnose_xor(train_xor(epochs = 10, lr = 0.001, seed = 1))
diagnose_xor <- function(fit, data = NULL, ...) {
  check_dots(...)
  check_fit(fit)
  if (!is.null(data)) data <- evaluation_data(data, fit)
  found <- call_python(
    xorlab_py()$diagnose_xor(fit_to_python(fit), own_to_python(data))$to_dict()
  )
  lost <- matrix(as.integer(unlist(found$lost)), ncol = 2, byrow = TRUE,
                 dimnames = list(NULL, c("x1", "x2")))
  structure(
    list(
      solved = found$solved %||% NA, lost = lost, accuracy = found$accuracy, best = found$best,
      guessing = found$guessing, units = as_units(found$units), cause = found$cause,
      rate = found$rate, headline = found$headline, notes = as.character(unlist(found$notes))
    ),
    class = "xor_diagnosis"
  )
}

# Python's None has no place in a vector, NA has.
as_units <- function(columns) {
  filled <- lapply(columns, function(column) unlist(lapply(column, function(one) one %||% NA)))
  counts <- c("layer", "unit", "twin")
  numbers <- c("correlation", "spread", "flat")
  filled[counts] <- lapply(filled[counts], as.integer)
  filled[numbers] <- lapply(filled[numbers], as.double)
  flags <- c("dead", "saturated")
  filled[flags] <- lapply(filled[flags], as.logical)
  as.data.frame(filled)
}

#' @export
format.xor_diagnosis <- function(x, ...) {
  notes <- strwrap(x$notes, width = 0.9 * getOption("width"), indent = 2, exdent = 4)
  c(paste("Diagnosis:", x$headline), notes)
}

#' @export
print.xor_diagnosis <- function(x, ...) {
  writeLines(format(x))
  invisible(x)
}
