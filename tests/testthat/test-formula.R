formula_data <- xorlab:::formula_data
formula_matrix <- xorlab:::formula_matrix

set.seed(1)
n <- 60
sample_frame <- data.frame(
  y = rep(c("no", "yes"), length.out = n), a = rnorm(n), b = runif(n, 1, 9),
  `two words` = rnorm(n), g = sample(c("u", "v", "w"), n, TRUE),
  f = factor(sample(c("low", "mid", "high"), n, TRUE), levels = c("low", "mid", "high")),
  o = factor(sample(1:4, n, TRUE), ordered = TRUE), l = rep(c(TRUE, FALSE, FALSE), length.out = n),
  k = sample(c(4, 6, 8), n, TRUE), check.names = FALSE
)
seen <- 1:40
columns_alone <- c("dimnames", "assign", "contrasts")

# What glm() would make of new data: predict.glm()'s own steps.
glm_matrix <- function(formula, train, newdata) {
  formula <- formula(terms(formula, data = train))
  formula[[2]] <- quote(l2)
  train$l2 <- as.numeric(train$y == "yes")
  fit <- suppressWarnings(glm(formula, binomial, train, control = list(maxit = 1)))
  object <- delete.response(terms(fit))
  frame <- model.frame(object, newdata, na.action = na.pass, xlev = fit$xlevels)
  x <- model.matrix(object, frame, contrasts.arg = fit$contrasts)
  unclass(x)[, attr(x, "assign") > 0, drop = FALSE]
}

expect_as_glm <- function(formula, train = sample_frame[seen, ], newdata = sample_frame[-seen, ]) {
  got <- formula_data(formula, train)
  written <- deparse1(formula)
  expect_equal(got$x, glm_matrix(formula, train, train), ignore_attr = columns_alone,
               info = written)
  expect_identical(colnames(got$x), colnames(glm_matrix(formula, train, train)))
  expect_equal(formula_matrix(got$terms, train, colnames(got$x)), got$x, tolerance = 1e-12)
  new <- formula_matrix(got$terms, newdata, colnames(got$x))
  expect_equal(new, glm_matrix(formula, train, newdata), ignore_attr = columns_alone,
               info = written)
  one <- formula_matrix(got$terms, newdata[3, ], colnames(got$x))
  expect_equal(one[1, ], new[3, ])
}

test_that("a formula gives the columns that glm() makes of it, of new data as of the old", {
  formulas <- list(
    y ~ a + b, y ~ ., y ~ a * b, y ~ a * g, y ~ g, y ~ f, y ~ o, y ~ l, y ~ factor(k) + a,
    y ~ a - 1, y ~ f + g - 1, y ~ 0 + g + o, y ~ f:a, y ~ f:g, y ~ (a + b + f)^2, y ~ a %in% f,
    y ~ I(a^2) + log(b) + sqrt(b) + exp(-a), y ~ poly(a, 3), y ~ poly(a, 2, raw = TRUE),
    y ~ poly(a, b, degree = 2), y ~ scale(a) + scale(b, scale = FALSE), y ~ poly(a, 2) * f,
    y ~ `two words` + a, y ~ log(`two words`^2) * g, y ~ I(a > 0), y ~ l * a,
    y ~ cut(b, c(0, 3, 6, 10)), y ~ ifelse(g == "u", a, b), y ~ pmin(a, b) + pmax(a, 0),
    y ~ interaction(g, l), y ~ ordered(k) + relevel(f, "mid"), y ~ as.numeric(f) + (o > 2),
    y ~ nchar(g) + a, y ~ I(g %in% c("u", "v")), y ~ a / f, y ~ a + b + a:b - b
  )
  for (one in formulas) expect_as_glm(one)
})

test_that("splines have the knots of the training data", {
  library(splines)
  withr::defer(detach("package:splines"))
  for (one in list(y ~ ns(a, 3), y ~ bs(a, df = 5) + g, y ~ ns(a, 2):f)) {
    expect_as_glm(one, newdata = sample_frame[41:50, ])
  }
})

test_that("functions of stats and splines are found without their package, and with its name", {
  bare <- formula_data(y ~ ns(a, 3), sample_frame)
  expect_equal(bare$x, splines::ns(sample_frame$a, 3), ignore_attr = TRUE)
  expect_identical(formula_data(y ~ splines::ns(a, 3), sample_frame)$x, bare$x)
  expect_identical(formula_data(y ~ stats::poly(a, 2), sample_frame)$x,
                   formula_data(y ~ poly(a, 2), sample_frame)$x)
})

test_that("contrasts are kept: those of the session, of a column, and those of one's own", {
  withr::local_options(contrasts = c("contr.sum", "contr.helmert"))
  got <- formula_data(y ~ f + o, sample_frame)
  expected <- glm_matrix(y ~ f + o, sample_frame, sample_frame)
  withr::local_options(contrasts = c("contr.treatment", "contr.poly"))
  new <- formula_matrix(got$terms, sample_frame, colnames(got$x))
  expect_equal(new, expected, ignore_attr = columns_alone)
  own <- sample_frame
  contrasts(own$f, 1) <- cbind(edge = c(1, 0, 1))
  got <- formula_data(y ~ f, own)
  expect_identical(colnames(got$x), "fedge")
  expect_identical(got$terms$contrasts, list(f = cbind(c(1, 0, 1))))
  # The new column has no contrasts of its own.
  expect_identical(formula_matrix(got$terms, sample_frame, "fedge"), got$x)
})

test_that("the terms are plain data, which text can carry", {
  got <- formula_data(y ~ poly(a, 3) * f + `two words` + ns(b, 3), sample_frame)
  plain <- function(x) {
    if (is.list(x)) return(all(vapply(x, plain, TRUE)))
    is.null(x) || is.null(attributes(x)) || identical(names(attributes(x)), "dim")
  }
  expect_true(plain(got$terms))
  expect_identical(got$terms$formula, "y ~ poly(a, 3) * f + `two words` + ns(b, 3)")
  expect_equal(formula_matrix(got$terms, sample_frame, colnames(got$x)), got$x, tolerance = 1e-12)
})

test_that("rows are taken as lm() takes them, and those left out are counted", {
  holes <- sample_frame
  holes$a[c(2, 5)] <- NA
  holes$y[9] <- NA
  low <- 4
  got <- formula_data(y ~ a + g, holes, subset = quote(b > low & l))
  frame <- model.frame(y ~ a + g, holes, subset = b > low & l)
  expect_identical(got$x[, "a"], frame$a)
  expect_identical(got$label, frame$y)
  expect_identical(got$dropped, length(na.action(frame)))
  expect_identical(formula_data(y ~ a, holes)$dropped, 3L)
  expect_identical(formula_data(y ~ a, holes, subset = c(1:5, 8))$dropped, 2L)
  expect_identical(formula_data(y ~ a, holes, subset = holes$l)$x[, "a"],
                   model.frame(y ~ a, holes, subset = l)$a)
  kept <- formula_data(y ~ a, holes, na_action = na.pass)
  expect_identical(kept$dropped, 0L)
  expect_identical(which(is.na(kept$x[, "a"])), c(2L, 5L))
  expect_identical(formula_data(y ~ a, holes, na_action = "na.exclude")$dropped, 3L)
})

test_that("the response is given as it is", {
  expect_identical(formula_data(y ~ a, sample_frame)$label, sample_frame$y)
  expect_identical(formula_data(f ~ a, sample_frame[sample_frame$f != "mid", ])$label,
                   sample_frame$f[sample_frame$f != "mid"])
  expect_identical(formula_data(l ~ a, sample_frame)$label, sample_frame$l)
  expect_identical(formula_data(k ~ a, sample_frame)$label, sample_frame$k)
  expect_identical(formula_data(I(b > 5) ~ a, sample_frame)$label, sample_frame$b > 5)
  own <- function(x) rev(x)
  got <- formula_data(own(y) ~ a, sample_frame)
  expect_identical(got$label, rev(sample_frame$y))
  expect_identical(got$terms$formula, "`own(y)` ~ a")
  expect_identical(formula_matrix(got$terms, sample_frame["a"], "a"), got$x)
})

test_that("the response of new data is worked out as that of the training rows was", {
  cars <- mtcars
  few <- cars[cars$cyl > 4 & cars$am == 1, ]
  k <- 20
  same <- list(
    factor(cyl, labels = c("four", "six", "eight")) ~ wt, as.integer(factor(cyl)) - 1 ~ wt,
    as.integer(as.factor(cyl)) - 1L ~ wt, relevel(factor(am), "1") ~ wt, factor(cyl) ~ wt,
    cut(mpg, c(0, 18, 40)) ~ wt, mpg > k ~ wt, ifelse(am == 1, "m", "a") ~ wt
  )
  for (formula in same) {
    got <- formula_data(formula, cars)
    all <- as.character(got$label)
    expect_identical(as.character(formula_response(got$terms, cars)), all)
    expect_identical(as.character(formula_response(got$terms, few)),
                     all[cars$cyl > 4 & cars$am == 1], label = deparse1(formula))
  }
})

test_that("a response that depends on all rows is asked for by name", {
  for (formula in list(cut(mpg, 3) ~ wt, scale(mpg) > 0 ~ wt,
                       cut(mpg, 3, labels = c("low", "mid", "high")) ~ wt)) {
    got <- formula_data(formula, mtcars)
    expect_input_error(formula_response(got$terms, mtcars), "not among its columns")
    frame <- mtcars
    frame[[deparse1(formula[[2]])]] <- got$label
    expect_identical(formula_response(got$terms, frame), got$label)
  }
})

test_that("a response of objects that no text gives is asked for by name", {
  frame <- data.frame(x = 1:20, day = as.Date("2024-01-01") + 0:19)
  middle <- as.Date("2024-01-11")
  many <- as.numeric(1:2000)
  for (formula in list(day < middle ~ x, x %in% many ~ x, as.integer(factor(day)) > 9 ~ x)) {
    got <- formula_data(formula, frame)
    expect_identical(formula_matrix(got$terms, frame["x"], "x"), got$x)
    expect_input_error(formula_response(got$terms, frame), "not among its columns")
  }
})

test_that("columns may have the names that a model frame uses", {
  frame <- stats::setNames(sample_frame[c("y", "a", "b")], c("y", "(row)", "(weights)"))
  got <- formula_data(y ~ ., frame)
  expect_equal(unname(got$x), unname(as.matrix(frame[2:3])))
  expect_identical(formula_matrix(got$terms, frame, colnames(got$x)), got$x)
})

test_that("variables may stand where the formula was written", {
  a <- rnorm(8)
  label <- rep(0:1, 4)
  half <- 0.1 + 0.2
  degree <- 2
  got <- formula_data(label ~ I(a / half) + poly(a, degree))
  expect_identical(got$x[, 1], a / half)
  half <- 7
  new <- data.frame(a = c(1, 2))
  expect_equal(formula_matrix(got$terms, new, colnames(got$x))[, 1], new$a / 0.3)
  expect_named(got$terms$variables, "a")
})

test_that("a variable that the formula leaves out again is not asked for", {
  got <- formula_data(y ~ . - g, sample_frame)
  expect_equal(got$x, glm_matrix(y ~ . - g, sample_frame, sample_frame),
               ignore_attr = columns_alone)
  new <- sample_frame[setdiff(names(sample_frame), c("y", "g"))]
  expect_identical(formula_matrix(got$terms, new, colnames(got$x)), got$x)
  without <- list(
    y ~ a * (b > 2) + g - g, y ~ a:(b > 2) + f - 1 + l - l, y ~ (a + f + l)^2 - l - l:f - a:l
  )
  for (one in without) {
    expect_as_glm(one)
    left <- formula_data(one, sample_frame)$terms$variables
    expect_false(any(c("g", "l") %in% names(left)))
  }
})

test_that("levels that no row has make no column", {
  some <- sample_frame[sample_frame$f != "mid", ]
  got <- formula_data(y ~ f + as.numeric(f), some)
  expect_identical(colnames(got$x), c("fhigh", "as.numeric(f)"))
  expect_identical(sort(unique(got$x[, 2])), c(1, 3))
  # Text in place of a factor has the factor's levels.
  text <- data.frame(f = c("low", "high"))
  expect_identical(formula_matrix(got$terms, text, colnames(got$x))[, 2], c(1, 3))
})

test_that("one's own function of a known name is not taken for it", {
  log <- function(x) x * 100
  gamma <- sample_frame$b
  got <- formula_data(y ~ log(b) + gamma, sample_frame)
  expect_equal(got$x, cbind(base::log(sample_frame$b), gamma), ignore_attr = TRUE)
})

test_that("new data may be in other columns' company, of other kinds, or incomplete", {
  got <- formula_data(y ~ a + f + l + factor(k), sample_frame)
  new <- sample_frame[c(1, 2, 3, 4), 9:1]
  new$f <- as.character(new$f)
  new$k <- as.integer(new$k)
  expect_identical(formula_matrix(got$terms, new, colnames(got$x)), got$x[1:4, ])
  for (name in c("a", "f", "l", "k")) {
    holes <- new
    holes[[name]][2] <- NA
    x <- formula_matrix(got$terms, holes, colnames(got$x))
    expect_true(all(is.na(x[2, ])))
    expect_identical(x[-2, ], got$x[c(1, 3, 4), ])
    holes[[name]] <- NA
    expect_true(all(is.na(formula_matrix(got$terms, holes, colnames(got$x)))))
  }
  expect_identical(dim(formula_matrix(got$terms, new[0, ], colnames(got$x))), c(0L, 6L))
  own <- formula_data(y ~ ifelse(is.na(a), 0, a), sample_frame)
  expect_identical(formula_matrix(own$terms, data.frame(a = c(NA, 2)), "a")[, 1], c(0, 2))
})

test_that("a matrix of one column, such as scale() gives, is a column", {
  frame <- sample_frame
  frame$a <- scale(frame$a)
  got <- formula_data(y ~ a, frame)
  expect_identical(colnames(got$x), "a")
  expect_identical(formula_matrix(got$terms, data.frame(a = 1.5), "a")[[1]], 1.5)
  expect_identical(formula_matrix(got$terms, frame, "a"), got$x)
})

test_that("dates are numbers", {
  frame <- data.frame(y = rep(0:1, 5), day = as.Date("2020-01-01") + 0:9)
  got <- formula_data(y ~ day, frame)
  expect_identical(got$x[, "day"], as.numeric(frame$day))
  expect_identical(formula_matrix(got$terms, frame[2, ], "day")[[1]], as.numeric(frame$day[2]))
})

test_that("of each variable its kind, its typical value and its range are kept", {
  got <- formula_data(y ~ log(b) + f + g + l + factor(k), sample_frame, subset = seen)
  most <- function(x) names(which.max(table(x)))
  some <- sample_frame[seen, ]
  expect_identical(got$terms$typical, list(
    b = mean(some$b), f = most(some$f), g = most(some$g), l = FALSE, k = as.numeric(most(some$k))
  ))
  expect_identical(got$terms$range, list(b = range(some$b), k = range(some$k)))
  expect_identical(lapply(got$terms$variables, variable_levels), list(
    b = NULL, f = levels(some$f), g = c("u", "v", "w"), l = c(FALSE, TRUE), k = c(4, 6, 8)
  ))
  typical <- formula_matrix(got$terms, as.data.frame(got$terms$typical), colnames(got$x))
  expect_false(anyNA(typical))
})

test_that("every refusal of a formula says what must hold and what came", {
  d <- sample_frame
  d$pair <- cbind(1:n, n:1)
  d$frame <- data.frame(u = 1:n)
  d$list <- as.list(1:n)
  d$one <- "same"
  d$none <- factor(c("a", NA)[1 + d$l], exclude = NULL)
  outside <- 1:3
  own <- function(x) x
  fd <- formula_data
  expect_snapshot_output(refusals(list(
    quote(fd(~a, d)), quote(fd(y ~ a + offset(b), d)), quote(fd(y ~ pair, d)),
    quote(fd(y ~ log(pair), d)), quote(fd(y ~ frame, d)), quote(fd(y ~ list, d)),
    quote(fd(y ~ 1, d)), quote(fd(y ~ a - a, d)), quote(fd(y ~ 0, d)), quote(fd(y ~ ., d["y"])),
    quote(fd(cbind(a, b) ~ g, d)), quote(fd(y ~ outside, d)), quote(fd(y ~ a + outside, d)),
    quote(fd(y ~ a, d, subset = quote(a > 100))), quote(fd(y ~ a, d, subset = quote(nowhere))),
    quote(fd(y ~ .)), quote(fd(y ~ aa + Two_words, d)), quote(fd(nowhere_at_all ~ a)),
    quote(fd(y ~ a, as.matrix(d["a"]))), quote(fd(y ~ own(a), d)), quote(fd(y ~ d$a + d[["a"]])),
    quote(fd(y ~ system("ls") + base::system("ls"), d)), quote(fd(y ~ (function(x) x)(a), d)),
    quote(fd(y ~ I(a - mean(a)), d)), quote(fd(y ~ cut(a, 3), d)), quote(fd(y ~ I(scale(a)^2), d)),
    quote(fd(y ~ as.numeric(factor(g)), d)), quote(fd(y ~ y + a, d)), quote(fd(y ~ one + a, d)),
    quote(fd(y ~ none, d)), quote(fd(y ~ a^b, d)), quote(fd(y ~ poly(a, 99), d)),
    quote(fd(y ~ a, d, na_action = "nothing")), quote(fd(y ~ mean, d)), quote(fd(y ~ cut(a), d))
  )))
})

test_that("every refusal of new data says what must hold and what came", {
  got <- formula_data(y ~ log(b) + f + l + g + factor(k), sample_frame)
  fm <- function(newdata) formula_matrix(got$terms, newdata, colnames(got$x))
  new <- function(...) utils::modifyList(sample_frame[1:2, ], list(...))
  expect_snapshot_output(refusals(list(
    quote(fm(new(f = "top"))), quote(fm(new(f = c("mid", "best")))), quote(fm(new(k = c(5, 7)))),
    quote(fm(new(g = c("x", NA)))), quote(fm(new(b = "3"))), quote(fm(new(l = 1))),
    quote(fm(new(b = cbind(1:2, 1:2)))), quote(fm(new(f = I(list(1, 2))))),
    quote(fm(sample_frame["a"])), quote(fm(data.frame(B = 1, f = "low", l = TRUE, g = "u", k = 4))),
    quote(fm(1:3)), quote(fm(NULL)), quote(fm(diag(5)))
  )))
})

test_that("terms that call anything unknown are refused, and nothing is run", {
  got <- formula_data(y ~ log(b) + f, sample_frame)
  mark <- withr::local_tempfile()
  code <- sprintf("file.create('%s')", mark)
  crafted <- c(
    code, sprintf("base::%s", code), sprintf("(function() %s)()", code),
    sprintf("eval(quote(%s))", code), sprintf("I(%s)", code), sprintf("x <- %s", code),
    sprintf("do.call('file.create', list('%s'))", mark), sprintf("'file.create'('%s')", mark),
    sprintf("{%s}", code), sprintf("ifelse(%s, 1, 2)", code), sprintf("b[%s]", code),
    sprintf("\\(x) %s", code), sprintf("if (%s) 1", code), sprintf("log(b, base = %s)", code)
  )
  refused <- function(...) {
    expect_input_error(
      formula_matrix(utils::modifyList(got$terms, list(...)), sample_frame, colnames(got$x)),
      "formula"
    )
  }
  for (one in crafted) {
    refused(predvars = sprintf("list(%s, f)", one))
    refused(predvars = one)
    refused(formula = sprintf("y ~ log(b) + f + %s", one))
    refused(formula = sprintf("%s ~ log(b) + f", one))
    refused(formula = one)
  }
  refused(contrasts = list(f = "file.create"))
  refused(contrasts = list(f = "function(...) 1"))
  refused(predvars = "list(secret, f)")
  refused(predvars = "list(log, f)")
  refused(predvars = "list(log(b)")
  refused(predvars = "list(log(b))")
  refused(predvars = character())
  refused(formula = 3)
  refused(variables = "b")
  refused(contrasts = list(f = diag(7)))
  expect_false(file.exists(mark))
})

test_that("what terms call is R's own, whatever the session has by that name", {
  got <- formula_data(y ~ log(b), sample_frame)
  assign("log", function(...) stop("not this one"), globalenv())
  withr::defer(rm("log", envir = globalenv()))
  expect_identical(formula_matrix(got$terms, sample_frame, "log(b)"), got$x)
})

test_that("columns that Python encoded are made again by name", {
  frame <- list(a = list(), g = c("u", "v", "w"), l = character(), one = list("x", "z"))
  new <- cbind(sample_frame[1:3, ], one = c("z", NA, "x"))
  features <- c("a", "g_v", "g_w", "l", "one_z")
  x <- xorlab:::frame_matrix(frame, new, features)
  expected <- cbind(new$a, new$g == "v", new$g == "w", new$l, new$one == "z")
  expected[2, ] <- NA
  expect_identical(x, structure(expected + 0, dimnames = list(NULL, features)))
  expect_identical(dim(xorlab:::frame_matrix(frame, new[1, ], features)), c(1L, 5L))
  fx <- function(newdata) xorlab:::frame_matrix(frame, newdata, features)
  expect_snapshot_output(refusals(list(
    quote(fx(new[-2])), quote(fx(cbind(new[c("a", "l", "one")], G = "u"))),
    quote(fx(utils::modifyList(new, list(g = "t")))),
    quote(fx(utils::modifyList(new, list(a = "t"))))
  )))
})
