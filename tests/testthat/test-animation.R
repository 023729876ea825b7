kept_fit <- function() {
  train_xor(xor_data(60, seed = 1), epochs = 4, seed = 1, snapshots = c(0, 2))
}

# What the frame of a page shows in Chromium, before and after its slider is moved to the left.
slide_to_the_start <- function(page) {
  script <- withr::local_tempfile(fileext = ".py", lines = c(
    "import shutil, sys",
    "from selenium import webdriver",
    "from selenium.webdriver.common.by import By",
    "from selenium.webdriver.common.keys import Keys",
    "options = webdriver.ChromeOptions()",
    "for option in ('headless=new', 'no-sandbox', 'disable-gpu', 'window-size=900,600'):",
    "    options.add_argument('--' + option)",
    "options.binary_location = shutil.which('chromium') or shutil.which('google-chrome') or ''",
    "service = webdriver.ChromeService(shutil.which('chromedriver'))",
    "with webdriver.Chrome(options, service) as browser:",
    "    browser.get('file://' + sys.argv[1])",
    "    browser.switch_to.frame(browser.find_element(By.TAG_NAME, 'iframe'))",
    "    picture = browser.find_element(By.CSS_SELECTOR, '#boundary image')",
    "    before = picture.get_attribute('href')",
    "    print(browser.find_element(By.ID, 'epoch').text)",
    "    browser.find_element(By.ID, 'slider').send_keys(Keys.HOME)",
    "    print(browser.find_element(By.ID, 'epoch').text)",
    "    same = picture.get_attribute('href') == before",
    "    print('the same picture' if same else 'another picture')"
  ))
  withr::local_envvar(TMPDIR = withr::local_tempdir()) # where Chromium leaves things behind
  system2(reticulate::py_exe(), c(script, page), stdout = TRUE)
}

test_that("animate_xor() writes Python's page and moving picture", {
  skip_if_no_torch()
  fit <- kept_fit()
  page <- withr::local_tempfile(fileext = ".html")
  expect_invisible(animation <- animate_xor(fit, page))
  expect_identical(animation$epochs, c(0L, 2L, 4L))
  expect_identical(paste(readLines(page), collapse = "\n"), sub("\n$", "", animation$page))
  from_python <- xorlab_module()$animate_xor(fit)
  expect_identical(from_python, animation)
  gif <- withr::local_tempfile(fileext = ".gif")
  animate_xor(fit, gif)
  expect_identical(readBin(gif, "raw", 4), charToRaw("GIF8"))
})

test_that("it prints as one line, and is shown in the viewer of an interactive session", {
  skip_if_no_torch()
  animation <- animate_xor(kept_fit())
  expect_output(print(animation), "<xor_animation> 3 epochs: 0, 2, 4", fixed = TRUE)
  shown <- NULL
  withr::local_options(rlang_interactive = TRUE, viewer = function(url) shown <<- url)
  expect_output(print(animation), "3 epochs")
  expect_identical(paste(readLines(shown), collapse = "\n"), sub("\n$", "", animation$page))
})

test_that("classes of FALSE and TRUE are written as R writes them", {
  skip_if_no_torch()
  own <- as_xor_data(scale(iris[1:2]), iris$Species == "setosa")
  page <- animate_xor(train_xor(own, epochs = 1, seed = 1, snapshots = 0))$page
  expect_true(grepl('"levels": ["FALSE", "TRUE"]', page, fixed = TRUE))
})

test_that("in a knitted page it is there with its slider, in a frame of its own", {
  skip_if_no_torch()
  folder <- withr::local_tempdir()
  document <- file.path(folder, "page.Rmd")
  writeLines(c(
    "---", "title: Learning", "output: html_document", "---", "", "```{r}", "library(xorlab)",
    "fit <- train_xor(xor_data(60, seed = 1), epochs = 4, seed = 1, snapshots = c(0, 2))",
    "animate_xor(fit)", "```", "", "```{python}", "import xorlab",
    "xorlab.animate_xor(r.fit).epochs", "```"
  ), document)
  page <- rmarkdown::render(document, quiet = TRUE)
  lines <- readLines(page)
  expect_length(grep("<iframe srcdoc=\"&lt;!DOCTYPE html&gt;", lines), 1)
  expect_match(lines, "(0, 2, 4)", fixed = TRUE, all = FALSE)
  expect_identical(slide_to_the_start(page), c("Epoch 4", "Epoch 0", "another picture"))
})

test_that("what cannot be animated is named", {
  skip_if_no_torch()
  fit <- kept_fit()
  plain <- train_xor(xor_data(60, seed = 1), epochs = 1, seed = 1)
  expect_snapshot_output(refusals(list(
    quote(animate_xor(plain)), quote(animate_xor(fit, "a.mp4")), quote(animate_xor(fit, 3)),
    quote(animate_xor(3)), quote(animate_xor(fit, "no-such-folder/a.html"))
  )))
})

test_that("animations of a formula's variables, and of several classes, are in their units", {
  skip_if_no_torch()
  fit <- train_xor(Species ~ Sepal.Length * Petal.Length + Petal.Width, data = iris,
                   batch_size = 16, epochs = 20, seed = 1, snapshots = 0)
  vars <- xor_boundary(fit)$vars
  page <- animate_xor(fit)$page
  expect_match(page, sprintf('"features": ["%s", "%s"]', vars[1], vars[2]), fixed = TRUE)
  expect_match(page, "Most influential columns; ", fixed = TRUE)
  expect_match(page, '"names": ["setosa", "versicolor", "virginica"]', fixed = TRUE)
  file <- withr::local_tempfile(fileext = ".gif")
  animate_xor(fit, file)
  expect_gt(file.size(file), 1000)
})
