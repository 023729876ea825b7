# What a person does on the page in Chromium: another process opens it, as another browser would.
# It trains for two epochs, says so in the file `seen`, and presses "Done" or closes it, or stays
# until it is ended.
visitor <- function(then, seen = nullfile(), frame = parent.frame()) {
  script <- withr::local_tempfile(fileext = ".py", .local_envir = frame, lines = c(
    "import shutil, sys, time",
    "from selenium import webdriver",
    "options = webdriver.ChromeOptions()",
    "for option in ('headless=new', 'no-sandbox', 'disable-gpu', 'window-size=1300,900'):",
    "    options.add_argument('--' + option)",
    "options.binary_location = shutil.which('chromium') or shutil.which('google-chrome') or ''",
    "service = webdriver.ChromeService(shutil.which('chromedriver'))",
    "with webdriver.Chrome(options, service) as browser:",
    "    browser.get(sys.argv[1])",
    "    def epoch():",
    "        return ''.join(one.text for one in browser.find_elements('id', 'value_epoch'))",
    "    def wait(wanted):",
    "        while not wanted(): time.sleep(0.05)",
    "    wait(epoch)",
    "    for count in ('1', '2'):",
    "        browser.find_element('id', 'one_epoch').click()",
    "        wait(lambda: epoch() == count)",
    "    print('two epochs', flush=True)",
    "    if sys.argv[2] == 'done':",
    "        browser.find_element('id', 'done').click()",
    "    if sys.argv[2] == 'stay':",
    "        while browser.find_elements('id', 'done'): time.sleep(0.1)",
    "        time.sleep(30)"
  ))
  sprintf(
    "function(url) system2('%s', c('%s', url, '%s'), wait = FALSE, stdout = '%s')",
    reticulate::py_exe(), script, then, seen
  )
}

# A page that is over as soon as it is there.
ended_page <- function(...) {
  pages <- reticulate::import("xorlab.playground.opened", convert = FALSE)
  withr::local_options(rlang_interactive = TRUE, viewer = function(url) {
    pages$opened[0]$server$stop()
  })
  suppressMessages(xor_playground(...))
}

# A page that is not yet served, with its address.
unserved_page <- function(frame = parent.frame()) {
  page <- call_python(
    xorlab_r()$open_playground(NULL, NULL, NULL, list(), as_py(list()), NULL, NULL),
    convert = FALSE
  )
  withr::defer(page$server$close(), frame)
  page
}

r_state <- function() {
  list(generator_state(), RNGkind(), Sys.getlocale(), getwd(), options(), search())
}

test_that("it returns a fit, and leaves R as it was", {
  skip_if_no_torch()
  withr::local_options(rlang_interactive = TRUE, viewer = eval(parse(text = visitor("done"))))
  set.seed(1)
  before <- r_state()
  suppressMessages(fit <- xor_playground(hidden = 3, size = 100, seed = 2))
  expect_identical(r_state(), before)
  expect_s3_class(fit, "xor_fit")
  trained <- train_xor(xor_data(100, seed = 2), hidden = 3, epochs = 2, seed = 2, device = "cpu")
  expect_identical(fit$weights, trained$weights)
  expect_identical(nrow(as.data.frame(fit)), 2L)
  expect_identical(predict(fit), predict(trained))
})

test_that("it ends when the page is closed", {
  skip_if_no_torch()
  serving <- reticulate::import("xorlab.playground.serving", convert = FALSE)
  before <- serving$LEFT
  reticulate::py_set_attr(serving, "LEFT", 0)
  withr::defer(reticulate::py_set_attr(serving, "LEFT", before))
  withr::local_options(rlang_interactive = TRUE, viewer = eval(parse(text = visitor("close"))))
  suppressMessages(fit <- xor_playground(hidden = 3, size = 100, seed = 2))
  expect_identical(nrow(as.data.frame(fit)), 2L)
})

test_that("Ctrl-C gives R back, with the fit so far", {
  skip_if_no_torch()
  seen <- withr::local_tempfile(lines = character())
  shown <- interrupted_script(c(
    "library(xorlab)",
    sprintf("visit <- %s", visitor("stay", seen)),
    "options(rlang_interactive = TRUE, viewer = visit)",
    "fit <- xor_playground(hidden = 3, size = 100, seed = 2)",
    "cat(nrow(as.data.frame(fit)), 'epochs in R\\n')",
    "cat(tryCatch({Sys.sleep(1); 'slept'}, interrupt = function(cnd) 'interrupted again'), '\\n')",
    "cat(nrow(as.data.frame(train_xor(epochs = 3, seed = 1))), 'more\\n')"
  ), when = function(lines) "two epochs" %in% readLines(seen, warn = FALSE))
  shown <- cli::ansi_strip(trimws(shown))
  expect_match(shown, "Interrupted: this is the fit after 2 epochs.", fixed = TRUE, all = FALSE)
  expect_identical(tail(shown, 3), c("2 epochs in R", "slept", "3 more"))
})

test_that("it prints its address, and where there is nobody, opens nothing", {
  skip_if_no_torch()
  page <- unserved_page()
  withr::local_options(rlang_interactive = FALSE, viewer = function(url) stop("opened"))
  said <- capture.output(show_playground(page, rlang::current_env()), type = "message")
  expect_match(paste(said, collapse = " "), call_python(page$address), fixed = TRUE)
  expect_match(said, "Ctrl-C ends it and returns the fit so far", all = FALSE)
})

test_that("a browser gets a file that leads to the address, and the viewer the address", {
  skip_if_no_torch()
  page <- unserved_page()
  address <- call_python(page$address)
  opened <- NULL
  withr::local_options(
    rlang_interactive = TRUE, viewer = NULL, browser = function(url) opened <<- url
  )
  suppressMessages(show_playground(page, rlang::current_env()))
  file <- sub("^file://", "", opened)
  expect_match(paste(readLines(file), collapse = ""), address, fixed = TRUE)
  expect_identical(format(file.mode(file)), "600")
  withr::local_options(viewer = function(url) opened <<- url)
  suppressMessages(show_playground(page, rlang::current_env()))
  expect_identical(opened, address)
})

test_that("it opens with a fit, data, settings or an address", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 3, hidden = 3, seed = 5, device = "cpu")
  expect_identical(ended_page()$settings$seed, 1L)
  expect_identical(ended_page(fit)$weights, fit$weights)
  own <- as_xor_data(scale(iris[1:2]), iris$Species)
  again <- ended_page(data = own, hidden = c(3, 2), lr = 0.5)
  expect_identical(as.integer(unlist(again$settings$hidden)), c(3L, 2L))
  expect_identical(again$data$levels, levels(iris$Species))
  there <- ended_page(state = "http://127.0.0.1:1/secret/#problem=moons&hidden=5", seed = 9)
  expect_identical(there$data$kind, "moons")
  expect_identical(as.integer(there$settings$seed), 9L)
  expect_identical(as.integer(unlist(there$settings$hidden)), 5L)
})

test_that("what it does not take is refused", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 1, seed = 1)
  expect_snapshot(refusals(expression(
    xor_playground(1),
    xor_playground(data = iris),
    xor_playground(hiden = 3),
    xor_playground(qqqq = 3),
    xor_playground(NULL, NULL, 3),
    xor_playground(epochs = 3),
    xor_playground(hidden = -1),
    xor_playground(hidden = 17),
    xor_playground(noise = 3),
    xor_playground(problem = "moon"),
    xor_playground(view = "class"),
    xor_playground(hide = "nett"),
    xor_playground(hide = 1),
    xor_playground(state = "hiden=3"),
    xor_playground(state = 3),
    xor_playground(fit, state = "hidden=3"),
    xor_playground(host = "http://lab.example.org"),
    xor_playground(port = 0),
    xor_playground(port = 1e5)
  )))
})

test_that("in a document that is knitted it does not wait for anybody", {
  skip_if_no_torch()
  withr::local_options(knitr.in.progress = TRUE)
  expect_snapshot(refusals(expression(xor_playground())))
})

test_that("without shiny it says how to get it", {
  skip_if_no_torch()
  optional <- reticulate::import("xorlab._r", convert = FALSE)
  before <- optional$missing_shiny
  lacking <- reticulate::py_eval("lambda: 'it is not installed'", convert = FALSE)
  reticulate::py_set_attr(optional, "missing_shiny", lacking)
  withr::defer(reticulate::py_set_attr(optional, "missing_shiny", before))
  expect_snapshot(refusals(expression(xor_playground()), hide = "(?<=interpreter is ).*"))
})

test_that("a net that was edited by hand says so wherever it goes", {
  skip_if_no_torch()
  live <- reticulate::import("xorlab.playground.live", convert = FALSE)
  edits <- reticulate::import("xorlab.playground.edits", convert = FALSE)
  net <- live$LiveNet$of(fit_to_python(train_xor(epochs = 2, seed = 1)))
  edits$Editor(net)$edit(list(kind = "switch", layer = 0L, unit = 1L))
  fit <- new_xor_fit(plain_values(net$result()))
  note <- "no longer the net of its seed: A hidden unit was switched off on the way."
  expect_true(note %in% format(fit))
  file <- withr::local_tempfile(fileext = ".pt")
  save_xor(fit, file)
  expect_true(note %in% format(load_xor(file)))
  expect_true(note %in% format(resume_xor(fit, epochs = 3)))
  expect_match(show_code(fit), "^# A hidden unit was switched off on the way. This trains")
  expect_null(train_xor(epochs = 2, seed = 1)$parted)
})
