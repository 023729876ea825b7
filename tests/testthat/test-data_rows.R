four <- cbind(c(0, 1, 0, 1), c(0, 0, 1, 1))

flowers <- function() {
  label <- factor(rep(c("b", "a"), 5), levels = c("b", "a"))
  as_xor_data(data.frame(u = 1:10, v = 10:1), label)
}

test_that("data have the size of their points", {
  data <- flowers()
  expect_identical(dim(data), c(10L, 2L))
  expect_identical(nrow(data), 10L)
  expect_identical(ncol(data), 2L)
  expect_identical(as.matrix(data), data$x)
  expect_output(str(data), "List of 7")
  expect_false(is.matrix(data))
  expect_identical(apply(data, 2, max), c(u = 10, v = 10))
  expect_identical(scale(data), scale(data$x))
})

test_that("the first and last rows, and the summary, are those of the data frame", {
  data <- flowers()
  expect_identical(head(data, 3), head(as.data.frame(data), 3))
  expect_identical(tail(data, 2), tail(as.data.frame(data), 2))
  expect_identical(nrow(head(data)), 6L)
  expect_identical(summary(data), summary(as.data.frame(data)))
  # Numbers that are classes are counted.
  counts <- summary(as_xor_data(four, c(0, 1, 1, 1)))
  expect_identical(trimws(stats::na.omit(counts[, 3])), c("0:1", "1:3"), ignore_attr = TRUE)
})

test_that("rows and columns of data are data", {
  data <- flowers()
  frame <- as.data.frame(data)
  for (i in list(1:3, c(10, 10, 2), -1, c(TRUE, FALSE), 4)) {
    expect_identical(as.data.frame(data[i, ]), `row.names<-`(frame[i, ], NULL))
  }
  expect_identical(data[, ], data)
  expect_identical(data[1:3, , drop = FALSE], data[1:3, ])
  expect_identical(as.data.frame(data[2:3, "v"]), `row.names<-`(frame[2:3, c("v", "label")], NULL))
  expect_identical(colnames(data[, c("v", "u")]$x), c("v", "u"))
  expect_identical(colnames(data[, -1]$x), "v")
  expect_identical(data[2, ]$levels, c("b", "a"))
})

test_that("data of the same classes and columns are bound", {
  data <- flowers()
  again <- rbind(data[1:3, ], data[4:10, c("v", "u")])
  expect_identical(again, data)
  expect_identical(rbind(data), data)
  expect_identical(nrow(rbind(data, data, data)), 30L)
  categories <- suppressWarnings(as_xor_data(four, factor(c(1, 2, 2, 1), levels = 1:3)))
  expect_identical(rbind(categories, categories)$categories, c("1", "2", "3"))
})

test_that("rows of XOR are XOR of the same noise, which no seed gives", {
  skip_if_no_torch()
  data <- xor_data(100, std = 0.3, seed = 1)
  for (some in list(data[1:50, ], rbind(data, data[1:10, ]), rbind(data[3, ], data[4, ]))) {
    expect_identical(some$std, 0.3)
    expect_null(some$seed)
    expect_named(some, names(data))
  }
  fit <- train_xor(data[1:50, ], epochs = 2, seed = 1)
  expect_identical(fit$data, data[1:50, ])
  expect_identical(eval_xor(fit, data[51:100, ])$best, bayes_xor(0.3)$accuracy)
  expect_match(show_code(fit), "torch.load(\"fit.pt\"", fixed = TRUE)
  # Of one column, or of points of other noise, it is not that problem any more.
  expect_null(data[, 1]$std)
  expect_null(rbind(data, xor_data(5, std = 0.1, seed = 1))$std)
  expect_null(rbind(data, as_xor_data(data$x, data$label))$std)
})

test_that("rows that are not there, and data that do not belong together, are refused", {
  skip_if_no_torch()
  data <- flowers()
  other <- as_xor_data(four, c("a", "b", "b", "a"))
  expect_snapshot_output(refusals(list(
    quote(data[1]), quote(data["u"]), quote(data[11, ]), quote(data[integer(), ]),
    quote(data[NA, ]), quote(data[rep(TRUE, 11), ]), quote(data["a", ]), quote(data[, "w"]),
    quote(data[, 3]), quote(data[, c(1, 1)]), quote(data[list(1), ]), quote(rbind(data, other)),
    quote(rbind(as_xor_data(four, c("b", "a", "a", "b"), c("b", "a")), data)),
    quote(rbind(data, data[, 1])), quote(rbind(data, 1)),
    quote(train_xor(data[c(1, 3), ], epochs = 1, seed = 1))
  )))
})
