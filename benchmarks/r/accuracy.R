# Prints lines of name|setting, seconds and accuracy, with tabs between. Argument: rounds.
library(xorlab)
rounds <- as.integer(commandArgs(TRUE)[1])
target <- 0.99

seconds <- function(work) {
  started <- Sys.time()
  force(work)
  as.numeric(Sys.time() - started, units = "secs")
}

# Each learner trains for a number of steps and gives back a function from points to classes.
learners <- list(
  nnet = function(data, steps, seed) {
    set.seed(seed)
    net <- nnet::nnet(
      data$x, data$label,
      size = 4, entropy = TRUE, maxit = steps, trace = FALSE
    )
    function(x) as.integer(predict(net, x) >= 0.5)
  },
  train_xor = function(data, steps, seed) {
    fit <- train_xor(data, epochs = steps, seed = seed, verbose = FALSE)
    function(x) predict(fit, x)
  }
)
series <- list(
  nnet = c(5, 10, 15, 20, 30, 50, 70, 100, 200),
  train_xor = c(5, 10, 15, 20, 30, 50, 70, 100, 200)
)
defaults <- c(nnet = "100 iterations", train_xor = "100 epochs")

measure <- function(name, data, test, steps, seed) {
  time <- seconds(classify <- learners[[name]](data, steps, seed))
  c(time, mean(classify(test$x) == test$label))
}

report <- function(name, setting, measured) {
  cat(sprintf("%s|%s\t%.6f\t%.4f\n", name, setting, measured[1], measured[2]))
}

# The first use of each is not measured: Python starts, functions are compiled.
warm <- xor_data(500, seed = 0)
for (name in names(learners)) for (i in 1:3) measure(name, warm, warm, 5, 0)

for (round in seq_len(rounds)) {
  data <- xor_data(2500, seed = round)
  test <- xor_data(500, seed = 1e6 + round)
  for (name in names(learners)) {
    report(name, defaults[[name]], measure(name, data, test, 100, round))
    for (steps in series[[name]]) {
      measured <- measure(name, data, test, steps, round)
      if (measured[2] >= target) break
    }
    report(name, sprintf("to %g %%", 100 * target), measured)
  }
}
