# What the border between R and Python costs. Prints lines of name, seconds and accuracy (NA), with
# tabs between. Argument: rounds.
library(xorlab)
rounds <- as.integer(commandArgs(TRUE)[1])

seconds <- function(work) {
  started <- Sys.time()
  force(work)
  as.numeric(Sys.time() - started, units = "secs")
}
report <- function(name, value) cat(sprintf("%s\t%.6f\tNA\n", name, value))

fit <- train_xor(seed = 1, verbose = FALSE)
reticulate::py_run_string("
import time
import numpy as np, torch, xorlab

def train(seed):
    started = time.perf_counter()
    xorlab.train_xor(seed=int(seed), verbose=False)
    return time.perf_counter() - started

net = xorlab.train_xor(seed=1, verbose=False).model

def forward(x):
    rows = torch.tensor(np.array(x, dtype=np.float32, order='C'))
    with torch.inference_mode():
        return net(rows).squeeze(1).sigmoid().numpy()
")
python <- reticulate::import_main(convert = TRUE)
set.seed(1)
x <- matrix(runif(2e6, -0.5, 1.5), ncol = 2)

once <- function(seed) {
  report("train_xor() in Python", python$train(seed))
  report("train_xor() from R", seconds(train_xor(seed = seed, verbose = FALSE)))
  report("torch and two copies, 1M rows", seconds(python$forward(x)))
  report("predict(type = 'prob') from R, 1M rows", seconds(predict(fit, x, type = "prob")))
  report("predict(type = 'class') from R, 1M rows", seconds(predict(fit, x, type = "class")))
}

invisible(capture.output(once(0)))
for (round in seq_len(rounds)) once(round)
