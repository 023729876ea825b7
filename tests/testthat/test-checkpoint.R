test_that("a saved fit comes back as it was", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 2, seed = 1)
  path <- withr::local_tempfile(fileext = ".pt")
  expect_identical(save_xor(fit, path), path)
  expect_equal(load_xor(path), fit)
})

test_that("`~` stands for the home folder", {
  skip_if_no_torch()
  name <- basename(tempfile("~/xorlab-", fileext = ".pt"))
  path <- file.path("~", name)
  withr::defer(unlink(path.expand(path)))
  fit <- train_xor(epochs = 1, seed = 1)
  save_xor(fit, path)
  expect_true(file.exists(path.expand(path)))
  expect_equal(load_xor(path), fit)
})

test_that("own classes and column names survive the file", {
  skip_if_no_torch()
  own <- as_xor_data(data.frame(u = c(0, 1), v = c(1, 0)), c("no", "yes"))
  path <- withr::local_tempfile(fileext = ".pt")
  fit <- train_xor(own, epochs = 1, seed = 1)
  save_xor(fit, path)
  expect_equal(load_xor(path)$data, own)
})

test_that("files that hold no fit are refused by name", {
  skip_if_no_torch()
  withr::local_dir(withr::local_tempdir())
  fit <- train_xor(epochs = 1, seed = 1)
  save_xor(fit, "whole.pt")
  whole <- readBin("whole.pt", "raw", 1e6)
  writeBin(whole[seq_len(length(whole) / 2)], "truncated.pt")
  file.create("empty.pt")
  writeLines("x,y", "table.csv")
  dir.create("folder")
  torch <- reticulate::import("torch")
  newer <- torch$load("whole.pt", weights_only = TRUE)
  newer$format <- 99L
  newer$version <- "9.0.0"
  torch$save(newer, "newer.pt")
  expect_snapshot_output(refusals(list(
    quote(load_xor("missing.pt")), quote(load_xor("empty.pt")), quote(load_xor("truncated.pt")),
    quote(load_xor("table.csv")), quote(load_xor("folder")), quote(load_xor("newer.pt")),
    quote(load_xor(1)), quote(load_xor("")), quote(save_xor(fit, "no/such/folder.pt")),
    quote(save_xor(fit, "folder")), quote(save_xor(fit, NULL))
  )))
})

test_that("code hidden in a file is refused, not run", {
  skip_if_no_torch()
  withr::local_dir(withr::local_tempdir())
  reticulate::py_run_string("
import torch
class Trap:
    def __reduce__(self):
        return (open, ('sprung', 'w'))
torch.save({'kind': Trap()}, 'trap.pt')
del Trap", local = TRUE)
  expect_snapshot_output(refusals(list(quote(load_xor("trap.pt")))))
  expect_false(file.exists("sprung"))
})

test_that("a bare state dict is read, with its shape inferred", {
  skip_if_no_torch()
  path <- withr::local_tempfile(fileext = ".pt")
  fit <- train_xor(epochs = 1, hidden = 3, seed = 1)
  reticulate::import("torch")$save(reticulate::r_to_py(fit)$model$state_dict(), path)
  bare <- load_xor(path)
  expect_identical(bare$weights, fit$weights)
  expect_null(bare$data)
  expect_snapshot_output(print(bare))
  expect_snapshot_output(refusals(list(quote(plot(bare, "history")))))
})

test_that("the activation of a bare state dict is said", {
  skip_if_no_torch()
  path <- withr::local_tempfile(fileext = ".pt")
  fit <- train_xor(activation = "relu", epochs = 1, seed = 1)
  reticulate::import("torch")$save(reticulate::r_to_py(fit)$model$state_dict(), path)
  x <- cbind(0:1, 1:0)
  expect_identical(predict(load_xor(path, activation = "relu"), x, "logit"),
                   predict(fit, x, "logit"))
  expect_input_error(load_xor(path, activation = "swish"), "`activation` must be")
  save_xor(fit, path)
  expect_error(load_xor(path, activation = "tanh"), "must be left out", class = "xorlab_error")
})

test_that("a state dict of a parallel module is read", {
  skip_if_no_torch()
  path <- withr::local_tempfile(fileext = ".pt")
  fit <- train_xor(epochs = 1, seed = 1)
  torch <- reticulate::import("torch")
  parallel <- torch$nn$DataParallel(reticulate::r_to_py(fit)$model)
  torch$save(parallel$state_dict(), path)
  expect_identical(load_xor(path)$weights, fit$weights)
})

test_that("a file of R's own is told apart by its content, and the error names what reads it", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 1, seed = 1)
  file <- withr::local_tempfile(fileext = ".pt")
  written <- list(
    quote(saveRDS(fit, file)), quote(saveRDS(fit, file, compress = FALSE)),
    quote(saveRDS(fit, file, compress = "bzip2")), quote(saveRDS(fit, file, compress = "xz")),
    quote(saveRDS(fit, file, ascii = TRUE)), quote(saveRDS(fit, file, version = 2)),
    quote(saveRDS(fit, file, ascii = TRUE, compress = FALSE))
  )
  for (one in written) {
    eval(one)
    for (read in list(load_xor, read_study, function(path) resume_xor(path))) {
      expect_error(read(file), "was written by R's saveRDS\\(\\): use readRDS\\(\\) in R",
                   class = "xorlab_error", label = deparse1(one))
    }
  }
  for (compress in c(TRUE, FALSE)) {
    save(fit, file = file, compress = compress)
    expect_error(load_xor(file), "was written by R's save\\(\\): use load\\(\\) in R",
                 class = "xorlab_error")
  }
})
