# Cross-validates R's classifiers. Prints lines of method|data set, accuracy in per cent and NA, with
# tabs between. Arguments: how many divisions, hidden units, and a folder with a csv for each data
# set: its measurements, `class`, and for each division a column with the fold of each row.
arguments <- commandArgs(TRUE)
divisions <- seq_len(as.integer(arguments[1]))
hidden <- as.integer(arguments[2])

# Each trains on a frame and gives back a function from a frame to classes.
methods <- list(
  "glm, multinom" = function(frame) {
    if (nlevels(frame$class) > 2) {
      fit <- nnet::multinom(class ~ ., frame, trace = FALSE)
      return(function(new) predict(fit, new))
    }
    # It warns where a line separates the classes, and its predictions are right all the same.
    fit <- suppressWarnings(stats::glm(class ~ ., stats::binomial(), frame))
    function(new) levels(frame$class)[1 + (predict(fit, new) > 0)]
  },
  nnet = function(frame) {
    fit <- nnet::nnet(class ~ ., frame, size = hidden, maxit = 1000, trace = FALSE)
    function(new) predict(fit, new, type = "class")
  }
)

standardised <- function(x, rows) {
  as.data.frame(scale(x, colMeans(x[rows, ]), apply(x[rows, ], 2, stats::sd)))
}

# How many rows of one fold are classified rightly by a net that has not seen them.
hits <- function(method, x, class, held_out) {
  frame <- cbind(standardised(x, !held_out), class = class)
  classify <- method(frame[!held_out, ])
  sum(classify(frame[held_out, ]) == class[held_out])
}

for (file in list.files(arguments[3], full.names = TRUE)) {
  data <- utils::read.csv(file)
  class <- factor(data$class)
  x <- data[setdiff(names(data), c("class", paste0("fold", divisions)))]
  for (division in divisions) for (name in names(methods)) {
    set.seed(division)
    fold <- data[[paste0("fold", division)]]
    right <- sum(vapply(unique(fold), function(i) hits(methods[[name]], x, class, fold == i), 0L))
    set <- tools::file_path_sans_ext(basename(file))
    cat(sprintf("%s|%s\t%.6f\tNA\n", name, set, 100 * right / length(class)))
  }
}
