small_study <- function(...) seed_study(runs = 3, epochs = 2, size = 100, seed = 5, ...)

test_that("a study is the table that Python makes of the same seed, and reads Python's file", {
  skip_if_no_torch()
  path <- withr::local_tempfile(fileext = ".csv")
  script <- withr::local_tempfile(fileext = ".py", lines = c(
    "import sys, xorlab",
    "xorlab.seed_study(runs=3, hidden=(3, 2), epochs=2, size=100, seed=5).save(sys.argv[1])"
  ))
  withr::with_envvar(
    c(PYTHONPATH = system.file("python", package = "xorlab")),
    system2(reticulate::py_exe(), c(script, path))
  )
  study <- small_study(hidden = c(3, 2))
  expect_identical(read_study(path), study)
  table <- utils::read.csv(path)
  expect_identical(names(table), names(study))
  expect_equal(table$loss, study$loss)
  expect_identical(as.logical(table$solved), study$solved)
  expect_identical(study$hidden, rep("3-2", 3))
})

test_that("run k is the single fit with that seed", {
  skip_if_no_torch()
  study <- seed_study(runs = 4, hidden = 2, epochs = 60, lr = 0.5, size = 300, seed = 4)
  expect_identical(study$seed, 4:7)
  for (i in 1:4) {
    data <- xor_data(300, seed = study$seed[i])
    fit <- train_xor(data, hidden = 2, epochs = 60, lr = 0.5, seed = study$seed[i])
    expect_identical(study$loss[i], fit$history$loss[60])
    found <- diagnose_xor(fit)
    expect_equal(study$accuracy[i], found$accuracy)
    expect_identical(study$solved[i], found$solved)
    lost <- sprintf("(%d, %d)", found$lost[, "x1"], found$lost[, "x2"])
    lost <- if (length(lost)) paste(lost, collapse = " ") else NA_character_
    expect_identical(study$corner[i], lost)
  }
  expect_true(any(is.na(study$corner)) && !all(is.na(study$corner)))
})

test_that("set.seed() governs where no seed is given", {
  skip_if_no_torch()
  set.seed(3)
  first <- seed_study(runs = 2, epochs = 1, size = 50)
  set.seed(3)
  expect_identical(seed_study(runs = 2, epochs = 1, size = 50), first)
  expect_false(identical(seed_study(runs = 2, epochs = 1, size = 50), first))
})

test_that("a sweep has a cell for each combination, in order", {
  skip_if_no_torch()
  sweep <- xor_sweep(lr = c(0.1, 1), hidden = list(2, c(4, 3)), activation = c("tanh", "relu"),
                     runs = 2, epochs = 1, size = 50, seed = 1)
  cells <- summary(sweep)
  expect_identical(cells$lr, rep(c(0.1, 1), 4))
  expect_identical(cells$hidden, rep(c("2", "2", "4-3", "4-3"), 2))
  expect_identical(cells$activation, rep(c("tanh", "relu"), each = 4))
  expect_identical(sweep$seed, rep(1:2, 8))
  widths <- xor_sweep(lr = 0.1, hidden = c(2, 4), runs = 1, epochs = 1, size = 50, seed = 1)
  expect_identical(widths$hidden, c("2", "4"))
})

test_that("the summary is Python's", {
  skip_if_no_torch()
  sweep <- xor_sweep(lr = c(0.1, 1, 1e20), hidden = 2, runs = 7, epochs = 20, size = 200, seed = 1)
  sweep$loss[sweep$lr == 1e20] <- NaN
  there <- reticulate::r_to_py(sweep)$summary()
  mine <- summary(sweep)
  fields <- reticulate::py_to_r(there[0]$to_dict())
  expect_setequal(names(mine), names(fields))
  for (name in names(mine)) {
    theirs <- lapply(seq_len(3), function(i) reticulate::py_to_r(there[i - 1L][[name]]) %||% NA)
    expect_equal(mine[[name]], as.vector(unlist(theirs), typeof(mine[[name]])))
  }
  expect_identical(summary(sweep)$loss[3], Inf)
})

test_that("a study prints as its summary, and its rows as rows", {
  skip_if_no_torch()
  study <- small_study()
  study$solved <- c(TRUE, TRUE, FALSE)
  study$loss <- c(0.1, 0.2, NaN)
  expect_output(print(study), paste0(
    "^<xor_study> 3 nets\nhidden  activation   lr  std  solved  share   95 % interval    loss\n",
    "     4        tanh  0.1  0.1  2 of 3  66.7%  20.8% to 93.9%  0.2000$"
  ))
  expect_s3_class(head(study, 2), "data.frame", exact = TRUE)
  expect_identical(tail(study, 1)$seed, 7L)
  expect_match(format(study[1, ])[1], "^<xor_study> 1 net$")
  expect_output(print(study[c("seed", "lr")]), "seed  lr\n1    5 0.1")
  expect_identical(summary(study)$loss, 0.2)
})

test_that("what tells the cells apart is shown", {
  skip_if_no_torch()
  both <- rbind(small_study(), seed_study(runs = 3, epochs = 3, size = 100, seed = 5))
  expect_match(format(both)[2], "std +epochs +solved")
  expect_identical(summary(both)$epochs, 2:3)
})

test_that("a saved study comes back as it was", {
  skip_if_no_torch()
  sweep <- xor_sweep(lr = c(0.1, 1e20), hidden = 2, runs = 2, epochs = 2, size = 50, seed = 1)
  path <- withr::local_tempfile(fileext = ".csv")
  expect_identical(expect_invisible(save_study(sweep, path)), path)
  expect_identical(read_study(path), sweep)
  one <- sweep[2, ]
  save_study(one, path)
  expect_equal(read_study(path), one, ignore_attr = "row.names")
})

test_that("a study goes to Python and comes back", {
  skip_if_no_torch()
  study <- small_study()
  attr(study, "planned") <- 9L
  there <- reticulate::r_to_py(study)
  expect_match(reticulate::py_repr(there), "^Study of 3 nets \\(9 were planned")
  expect_identical(reticulate::py_to_r(there), study)
})

# In Python: from then on, stacks of one net meet Ctrl-C after so many, whichever is begun.
press_ctrl_c <- c(
  "def press_ctrl_c(finished):",
  "    from xorlab.study import nets",
  "    before, calls = (nets.STACK, nets.workers, nets.run_stack), []",
  "    def run_stack(*args):",
  "        calls.append(1)",
  "        if len(calls) > finished:",
  "            raise KeyboardInterrupt",
  "        return before[2](*args)",
  "    def undo():",
  "        nets.STACK, nets.workers, nets.run_stack = before",
  "    nets.STACK, nets.workers, nets.run_stack = 1, lambda: 1, run_stack",
  "    return undo"
)

local_ctrl_c <- function(finished, frame = parent.frame()) {
  python <- reticulate::py_run_string(paste(press_ctrl_c, collapse = "\n"), local = TRUE)
  undo <- python$press_ctrl_c(as.integer(finished))
  withr::defer(undo(), envir = frame)
}

test_that("Ctrl-C interrupts a study, and the nets that are finished can be had afterwards", {
  skip_if_no_torch()
  whole <- seed_study(runs = 5, epochs = 2, size = 100, seed = 5)
  interrupted <- function(call) {
    local_ctrl_c(2)
    tryCatch(eval(call), interrupt = function(cnd) class(cnd)[1])
  }
  for (call in c(
    quote(seed_study(runs = 5, epochs = 2, size = 100, seed = 5)),
    quote(xor_sweep(lr = 0.1, hidden = 4, runs = 5, epochs = 2, size = 100, seed = 5))
  )) {
    expect_message(
      expect_identical(interrupted(call), "interrupt"),
      "Interrupted: 2 of 5 nets were finished.*interrupted_study\\(\\)` returns.*resume_study"
    )
    study <- interrupted_study()
    expect_match(format(study)[1], "2 nets (5 were planned; it was interrupted)", fixed = TRUE)
    attr(study, "planned") <- attr(study, "plan") <- NULL
    expect_identical(study, whole[1:2, ])
    study <- interrupted_study()
    path <- withr::local_tempfile(fileext = ".csv")
    save_study(study, path)
    expect_identical(read_study(path), study)
    expect_identical(is.na(utils::read.csv(path)$loss), c(FALSE, FALSE, TRUE, TRUE, TRUE))
    for (one in list(study, read_study(path), path, NULL)) {
      expect_identical(resume_study(one), whole)
    }
    expect_input_error(resume_study(3), "`study` must be made by")
  }
  expect_error(resume_study(), "no study was interrupted here", class = "xorlab_error")
  # Rows that are none of the plan's: changed.
  study$lr <- 0.2
  expect_error(resume_study(study), "its rows were changed", class = "xorlab_error")
  attr(study, "plan") <- NULL
  expect_error(resume_study(study), "which of its 5 nets are missing", class = "xorlab_error")
})

test_that("before the first net is finished, Ctrl-C promises none", {
  skip_if_no_torch()
  local_ctrl_c(0)
  said <- NULL
  withCallingHandlers(
    tryCatch(seed_study(runs = 5, epochs = 1, seed = 1), interrupt = identity),
    message = function(cnd) {
      said <<- conditionMessage(cnd)
      invokeRestart("muffleMessage")
    }
  )
  expect_match(said, "Interrupted: 0 of 5 nets were finished")
  expect_no_match(said, "interrupted_study")
  expect_identical(nrow(interrupted_study()), 0L)
})

test_that("what follows an interrupted study in a script, a loop or a document does not run", {
  skip_if_no_torch()
  skip_if_not_installed("knitr")
  patch <- sprintf("reticulate::py_run_string('%s\\nundo = press_ctrl_c(1)')",
                   paste(press_ctrl_c, collapse = "\\n"))
  study <- "seed_study(runs = 3, epochs = 1, seed = 1)"
  script <- c(study, "cat('not', 'reached')")
  loop <- c(sprintf("for (i in 1:2) { %s; cat('not', 'reached') }", study), "cat('not', 'reached')")
  chunks <- c("```{r}", study, "cat('not', 'reached')", "```", "```{r}", "stop('not', ' reached')",
              "```")
  document <- withr::local_tempfile(lines = chunks, fileext = ".Rmd")
  knit <- c(sprintf("cat(knitr::knit('%s', tempfile(), quiet = TRUE))", document),
            "cat('not', 'reached')")
  for (lines in list(script, loop, knit)) {
    shown <- run_r(c("library(xorlab)", patch, lines))
    expect_match(shown, "Execution halted", all = FALSE)
    expect_no_match(paste(shown, collapse = "\n"), "not reached")
    # knitr puts messages into the document, which is not finished.
    if (!identical(lines, knit)) {
      expect_match(shown, "Interrupted: 1 of 3 nets were finished", all = FALSE)
    }
  }
})

test_that("a press of Ctrl-C reaches a study", {
  skip_if_no_torch()
  skip_on_os("windows")
  result <- withr::local_tempfile()
  shown <- interrupted_script(
    c(
      "library(xorlab)",
      "caught <- tryCatch(",
      "  seed_study(runs = 20000, epochs = 20, size = 500, seed = 1, verbose = TRUE),",
      "  interrupt = function(cnd) class(cnd)[1])",
      "again <- seed_study(runs = 2, epochs = 1, seed = 1)",
      sprintf("saveRDS(list(interrupted_study(), again, caught), '%s')", result)
    ),
    when = function(shown) any(grepl("[1-9][0-9]*/20000", shown, useBytes = TRUE))
  )
  studies <- readRDS(result)
  expect_identical(studies[[3]], "interrupt")
  said <- sprintf("! Interrupted: %d of 20000 nets were finished.", nrow(studies[[1]]))
  expect_match(shown, said, fixed = TRUE, all = FALSE)
  expect_gt(nrow(studies[[1]]), 0)
  expect_lt(nrow(studies[[1]]), 20000)
  expect_identical(studies[[2]]$seed, 1:2)
})

test_that("a study says what layers its nets have where there are several", {
  skip_if_no_torch()
  expect_match(format(small_study(hidden = c(2, 4)))[1],
               "^<xor_study> 3 nets with 2 hidden layers of 2 and 4 units$")
  wide <- xor_sweep(lr = 1, hidden = c(2, 4), runs = 1, epochs = 1, size = 50, seed = 1)
  expect_identical(format(wide)[1], "<xor_study> 2 nets")
  deep <- xor_sweep(lr = 1, hidden = list(c(8, 8, 1)), runs = 1, epochs = 1, size = 50, seed = 1)
  expect_identical(format(deep)[1], "<xor_study> 1 net with 3 hidden layers of 8, 8 and 1 units")
})

test_that("a sweep over the same value twice, or over too many nets, is refused", {
  skip_if_no_torch()
  expect_snapshot_output(refusals(list(
    quote(xor_sweep(hidden = c(8, 8))), quote(xor_sweep(hidden = list(c(8, 8), 8, c(8, 8)))),
    quote(xor_sweep(lr = c(1, 0.1, 1L))), quote(xor_sweep(std = c(0.1, 0.1))),
    quote(xor_sweep(activation = c("tanh", "tanh"))),
    quote(xor_sweep(lr = 1:1e8)), quote(seed_study(runs = 1e8)), quote(xor_sweep(runs = 1e5))
  )))
})

test_that("arguments that are none are named", {
  for (bad in list(0, -1, 1.5, NA, NaN, Inf, "a", NULL, c(1, 2), TRUE, 3e9)) {
    for (name in c("runs", "epochs", "batch_size", "size")) {
      arguments <- setNames(list(bad), name)
      must <- paste0("`", name, "` must be a whole number")
      expect_input_error(do.call(seed_study, arguments), must)
      several <- name != "runs" && length(bad) != 1
      if (!several) expect_input_error(do.call(xor_sweep, arguments), must)
    }
  }
  expect_input_error(xor_sweep(epochs = NULL), "`epochs` must be a whole number")
  expect_input_error(xor_sweep(size = NULL), "`size` must be one or more values")
  expect_input_error(xor_sweep(batch_size = c(1, 2.5)), "`batch_size` must be a whole number")
  for (bad in list(0, -1, NA, Inf, "a", NULL, c(0.1, 0), list())) {
    expect_input_error(xor_sweep(lr = bad), "`lr` must be")
    expect_input_error(seed_study(lr = bad), "`lr` must be")
  }
  none <- "`lr` must be one or more values, not numeric\\(0\\)"
  expect_input_error(xor_sweep(lr = numeric()), none)
  for (bad in list(-1, c(2, 1.5), list(2, "a"), list(), NULL, "a", TRUE)) {
    expect_input_error(xor_sweep(hidden = bad), "`hidden` must be")
    expect_input_error(seed_study(hidden = bad), "`hidden` must be")
  }
  negative <- "`std` must be a finite number of at least 0, not -1"
  expect_input_error(xor_sweep(std = c(0.1, -1)), negative)
  expect_input_error(xor_sweep(activation = c("tanh", "x")), "`activation` must be")
  expect_input_error(seed_study(activation = "x"), "`activation` must be")
  skip_if_no_torch()
  expect_error(seed_study(runs = 10, seed = 2^31 - 5), "`seed` must be at most 2147483638 for 10",
               class = "xorlab_error")
})

test_that("what is no study, or no file of one, is named", {
  expect_input_error(save_study(mtcars, "x.csv"), "`study` must be made by `seed_study\\(\\)`")
  skip_if_no_torch()
  study <- small_study()
  gone <- "`object` must have all columns of a study, but \"lr\" is gone"
  expect_input_error(summary(study[names(study) != "lr"]), gone)
  expect_input_error(plot(study[0, ]), "`x` must have at least one net")
  expect_error(read_study("none.csv"), "'none.csv' does not exist", class = "xorlab_error")
  expect_error(read_study(tempdir()), "is a folder, not a file", class = "xorlab_error")
  foreign <- withr::local_tempfile(lines = "a,b", fileext = ".csv")
  expect_error(read_study(foreign), "does not hold the table of a study", class = "xorlab_error")
  expect_error(save_study(study, "no/such/study.csv"), "does not exist", class = "xorlab_error")
})

test_that("rows of NA print as they are, and are refused with the way out elsewhere", {
  skip_if_no_torch()
  study <- small_study()
  study$corner <- c(NA, "(0, 0)", "(1, 1)")
  chosen <- study[study$corner == "(0, 0)", ]
  expect_output(print(chosen), "NA")
  expect_input_error(summary(chosen), "must have a net in every row, but 1 is NA")
  expect_input_error(save_study(chosen, tempfile()), "`which\\(\\)` takes the rows that are meant")
  expect_equal(nrow(summary(study[which(study$corner == "(0, 0)"), ])), 1)
})

test_that("pictures of several panels leave par() as it was", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  par(cex = 1.5)
  before <- par("cex", "mex", "mfrow", "mar", "pty")
  plot(small_study(), "gallery")
  expect_equal(par("cex", "mex", "mfrow", "mar", "pty"), before)
  plot(xor_sweep(lr = c(0.1, 1), hidden = 2, runs = 1, epochs = 1, size = 50, seed = 1))
  expect_equal(par("cex", "mex", "mfrow", "mar", "pty"), before)
})

test_that("a study of no finished net keeps in its file how many were planned", {
  skip_if_no_torch()
  study <- small_study()[0, ]
  attr(study, "planned") <- 3600L
  path <- withr::local_tempfile(fileext = ".csv")
  save_study(study, path)
  again <- read_study(path)
  expect_identical(nrow(again), 0L)
  expect_match(format(again), "0 nets (3600 were planned; it was interrupted)", fixed = TRUE)
})

test_that("a study whose trainings diverged warns in one line", {
  skip_if_no_torch()
  expect_warning(study <- small_study(lr = 1e30), "3 of 3 nets diverged", class = "xorlab_warning")
  expect_match(format(study)[3], "  [0-9](.[0-9]+)?e[+][0-9]{2}$") # not thirty digits
})

flowers <- function(rows = 1:150) as_xor_data(iris[rows, 1:4], droplevels(iris$Species[rows]))

test_that("without data a study is of XOR, with a noise of a tenth", {
  skip_if_no_torch()
  expect_identical(small_study(), small_study(data = "xor", std = 0.1))
  expect_identical(small_study()$data, rep("xor", 3))
})

test_that("a net on another toy problem is the single fit with its seed", {
  skip_if_no_torch()
  study <- seed_study(runs = 3, data = "blobs", epochs = 5, size = 200, seed = 4)
  for (i in 1:3) {
    fit <- train_xor(toy_data("blobs", 200, seed = study$seed[i]), epochs = 5, seed = study$seed[i])
    expect_identical(study$loss[i], fit$history$loss[5])
  }
  expect_identical(study$std, rep(0.3, 3))
  expect_identical(study$data, rep("blobs", 3))
  expect_identical(study$solved, rep(NA, 3))
  expect_identical(study$corner, rep(NA_character_, 3))
})

test_that("a study of own data is Python's, and comes back from Python and from a file", {
  skip_if_no_torch()
  study <- seed_study(runs = 4, data = flowers(), epochs = 5, seed = 1)
  expect_identical(study$data, rep("own data", 4))
  expect_identical(study$size, rep(150L, 4))
  expect_identical(study$std, rep(NA_real_, 4))
  expect_true(all(study$accuracy * 30 == round(study$accuracy * 30))) # of 30 that were held out
  there <- reticulate::r_to_py(study)
  expect_identical(reticulate::py_to_r(there), study)
  again <- reticulate::py_to_r(there$fit(2L))
  expect_identical(again$history$loss[5], study$loss[3])
  expect_equal(nrow(again$data$x), 120)
  path <- withr::local_tempfile(fileext = ".csv")
  save_study(study, path)
  expect_identical(read_study(path, data = flowers()), study)
  expect_equal(read_study(path), study, ignore_attr = "own")
  expect_identical(format(read_study(path)), format(study))
  expect_error(read_study(path, data = flowers(1:100)), "must be the 150 points",
               class = "xorlab_error")
  expect_error(plot(read_study(path), "gallery"), "`data` must be given", class = "xorlab_error")
})

test_that("a sweep over data has a configuration for each, and its summary is Python's", {
  skip_if_no_torch()
  sweep <- xor_sweep(lr = c(0.1, 1), hidden = 2, data = list("xor", "moons", flowers()), runs = 3,
                     epochs = 2, size = 100, seed = 1)
  mine <- summary(sweep)
  expect_identical(mine$data, rep(c("xor", "moons", "own data"), each = 2))
  expect_identical(is.na(mine$solved), rep(c(FALSE, TRUE, TRUE), each = 2))
  there <- reticulate::r_to_py(sweep)
  cells <- there$summary()
  fields <- reticulate::py_to_r(cells[0]$to_dict())
  expect_setequal(names(mine), names(fields))
  for (name in names(mine)) {
    theirs <- lapply(seq_len(6), function(i) {
      reticulate::py_to_r(cells[i - 1L][[name]]) %||% NA
    })
    expect_equal(mine[[name]], as.vector(unlist(theirs), typeof(mine[[name]])))
  }
  # Both print the same table.
  expect_identical(format(sweep)[-1], strsplit(reticulate::py_repr(there), "\n")[[1]][-1])
  two <- xor_sweep(lr = 0.1, hidden = 2, data = c("moons", "circles"), runs = 1, epochs = 1,
                   seed = 1)
  expect_identical(two$data, c("moons", "circles"))
})

test_that("other data print accuracy in place of how many solved", {
  skip_if_no_torch()
  study <- small_study(data = "moons")
  study$loss <- 0.25
  study$accuracy <- c(0.9, 0.9, NaN)
  expect_identical(format(study), c(
    "<xor_study> 3 nets",
    "hidden  activation   lr  std   data  nets  accuracy    5 % to 95 %    loss",
    "     4        tanh  0.1  0.1  moons     3     90.0%  9.0% to 90.0%  0.2500"
  ))
})

test_that("an interrupted study of own data is finished, from its file with the data", {
  skip_if_no_torch()
  study <- function() seed_study(runs = 4, data = flowers(), epochs = 2, seed = 5)
  whole <- study()
  path <- withr::local_tempfile(fileext = ".csv")
  local({
    local_ctrl_c(2)
    suppressMessages(tryCatch(study(), interrupt = function(cnd) NULL))
  })
  part <- interrupted_study()
  expect_identical(nrow(part), 2L)
  save_study(part, path)
  expect_error(resume_study(path), "`data` must be given", class = "xorlab_error")
  expect_identical(resume_study(path, data = flowers()), whole)
  expect_identical(resume_study(part), whole)
})

test_that("a study of an earlier version, without a column of the data, is of XOR", {
  skip_if_no_torch()
  study <- small_study()
  old <- study[names(study) != "data"]
  expect_identical(format(old), format(study))
  expect_identical(summary(old), summary(study))
  path <- withr::local_tempfile(fileext = ".csv")
  save_study(old, path)
  expect_identical(read_study(path), study)
})

test_that("data that are none are named", {
  expect_input_error(seed_study(data = "moon"), "`data` must be \"xor\", .*, not \"moon\"")
  expect_input_error(seed_study(data = mtcars), "`data` must be \"xor\", .* or your own data, not")
  expect_input_error(xor_sweep(data = c("xor", "moon")), "`data` must be \"xor\"")
  expect_input_error(xor_sweep(data = c("xor", "xor")), "`data` must hold each value once")
  expect_input_error(read_study("x.csv", data = 3), "`data` must be made by")
  expect_input_error(resume_study(data = 3), "`data` must be made by")
  skip_if_no_torch()
  expect_error(seed_study(data = flowers(), std = 0.1), "`std` must be left out for data of your",
               class = "xorlab_error")
})

test_that("inputs and scaling of a study are those of the single fit", {
  skip_if_no_torch()
  study <- seed_study(runs = 2, epochs = 3, size = 60, seed = 5, inputs = c("x1", "x1*x2"),
                      scale = TRUE)
  fit <- train_xor(xor_data(60, seed = 6), epochs = 3, seed = 6, inputs = c("x1", "x1*x2"),
                   scale = TRUE)
  expect_identical(study$loss[2], fit$history$loss[3])
  expect_identical(study$inputs, rep("x1 x1*x2", 2))
  path <- withr::local_tempfile(fileext = ".csv")
  save_study(study, path)
  expect_equal(as.data.frame(read_study(path)), as.data.frame(study))
  expect_error(seed_study(inputs = "x3"), "`inputs` must be", class = "xorlab_input_error")
})
