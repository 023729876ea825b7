# Whether the script, in an R process of its own, ends with the very weights of the fit. There it is
# on one thread of numpy's BLAS, as xorlab limits it: large products are others on more.
expect_same_bits <- function(fit, code, folder) {
  bits <- function(weights) sprintf("%a", unlist(lapply(weights, as.vector)))
  there <- withr::with_dir(folder, run_r(
    c(
      code, "stopifnot(!'xorlab' %in% loadedNamespaces())",
      sprintf("bits <- %s", paste(deparse(bits), collapse = "\n")),
      "cat(paste('HEX', bits(weights)), sep = '\\n')"
    ),
    "OPENBLAS_NUM_THREADS=1"
  ))
  expect_gt(length(unlist(coef(fit))), 2)
  expect_identical(grep("^HEX", there, value = TRUE), paste("HEX", bits(coef(fit))))
}

test_that("the R script gives the weights of train_xor() to the last bit", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(300, 0.2, seed = 3), hidden = c(3, 2), activation = "relu", epochs = 3,
                   seed = 7, engine = "autograd")
  expect_same_bits(fit, show_code(fit, "r"), withr::local_tempdir())
  code <- show_code(fit, "r")
  steps <- "optimizer$zero_grad()\n    loss$backward()\n    optimizer$step()"
  expect_match(code, steps, fixed = TRUE)
  # Large products
  fit <- train_xor(hidden = c(90, 64), batch_size = 700, epochs = 2, seed = 1, engine = "autograd")
  expect_same_bits(fit, show_code(fit, "r"), withr::local_tempdir())
})

test_that("the R script spells first weights out, and a net without a hidden layer", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(300, 0.2, seed = 3), hidden = c(3, 2), init = "normal", epochs = 2,
                   seed = 7, engine = "autograd")
  code <- show_code(fit, "r")
  expect_match(code, "torch$nn$init$normal_", fixed = TRUE)
  expect_same_bits(fit, code, withr::local_tempdir())
  folder <- withr::local_tempdir()
  flowers <- train_xor(Species ~ ., data = iris, hidden = 0, init = "xavier", epochs = 2, seed = 7,
                       engine = "autograd")
  save_xor(flowers, file.path(folder, "flowers.pt"))
  code <- show_code(flowers, "r", path = "flowers.pt")
  expect_match(code, "one linear layer, as in logistic regression", fixed = TRUE)
  expect_same_bits(flowers, code, folder)
})

test_that("the R script finds data of one's own in the saved fit", {
  skip_if_no_torch()
  folder <- withr::local_tempdir()
  own <- as_xor_data(scale(iris[1:4]), iris$Species == "setosa")
  fit <- train_xor(own, epochs = 3, seed = 7, engine = "autograd")
  save_xor(fit, file.path(folder, "own.pt"))
  code <- show_code(fit, "r", path = "own.pt")
  expect_match(code, 'save_xor(fit, "own.pt")', fixed = TRUE)
  home <- show_code(fit, path = "~/own.pt")
  expect_match(home, path.expand("~/own.pt"), fixed = TRUE)
  expect_no_match(home, "~/", fixed = TRUE)
  expect_same_bits(fit, code, folder)
})

test_that("the R script stops where the fit did, with the best epoch's weights", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(200, 1, seed = 1), hidden = 20, epochs = 40, seed = 1, lr = 0.05,
                   optimizer = "adam", l1 = 0.002, init = "xavier", validation = 0.3, patience = 4,
                   engine = "autograd")
  expect_lt(fit$best_epoch, nrow(fit$history))
  expect_lt(nrow(fit$history), 40)
  code <- show_code(fit, "r")
  expect_no_match(code, "torch$load", fixed = TRUE)
  expect_same_bits(fit, code, withr::local_tempdir())
})

test_that("the R script has every term of an optimizer, and finds validation data in the file", {
  skip_if_no_torch()
  folder <- withr::local_tempdir()
  rows <- seq(1, 150, 3)
  fit <- train_xor(Species ~ ., data = iris[-rows, ], validation = iris[rows, ], epochs = 4,
                   momentum = 0.9, nesterov = TRUE, weight_decay = 1e-04, l1 = 1e-05, seed = 7,
                   engine = "autograd")
  save_xor(fit, file.path(folder, "own.pt"))
  code <- show_code(fit, "r", path = "own.pt")
  expect_match(code, "nesterov = TRUE", fixed = TRUE)
  expect_match(code, "[[\"validation\"]]", fixed = TRUE)
  expect_same_bits(fit, code, folder)
})

test_that("a script prints as it reads", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 1, seed = 1)
  head <- '^"""What xorlab.train_xor\\(\\) did.*\nimport numpy as np\n'
  expect_output(print(show_code(fit)), head)
  expect_output(print(show_code(fit, "r")), "\nlibrary\\(reticulate\\)\n")
  expect_silent(str2expression(format(show_code(fit, "r"))))
})

test_that("what cannot be shown is named", {
  expect_input_error(show_code(1), "`fit` must be made by")
  skip_if_no_torch()
  fit <- train_xor(epochs = 1, seed = 1)
  expect_input_error(show_code(fit, "julia"), "`language` must be")
  fit["settings"] <- list(NULL)
  expect_error(show_code(fit), "read from bare weights", class = "xorlab_error")
})

all_strings <- function(code) {
  if (is.character(code)) code else if (is.call(code)) unlist(lapply(as.list(code), all_strings))
}

test_that("an odd path is a script that reads it and does not mislead", {
  skip_if_no_torch()
  fit <- train_xor(as_xor_data(iris[51:150, 1:2], iris$Species[51:150] == "virginica"), epochs = 1,
                   seed = 1)
  paths <- c("\u202etp.exe", "a\u2066b\u2069", "a\"b\\n$p${x}'", "a\nquit()", "\u05d0\u05d1",
             "\U0001f600", "\U000e0001", "\u2028\u0085", "donn\u00e9es.pt")
  for (path in paths) {
    for (language in c("r", "python")) {
      code <- show_code(fit, language, path = path)
      points <- utf8ToInt(enc2utf8(code))
      expect_false(any(points %in% c(0x85, 0x5d0, 0x202a:0x202e, 0x2028, 0x2066:0x2069, 0xe0001)))
      if (language == "python") {
        expect_error(reticulate::import_builtins()$compile(code, "script", "exec"), NA)
      } else {
        found <- unlist(lapply(parse(text = code, encoding = "UTF-8"), all_strings))
        expect_true(enc2utf8(path) %in% found)
      }
    }
  }
})
