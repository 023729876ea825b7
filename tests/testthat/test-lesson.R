# Headings and figures in their order: of a page, and as the source of a document announces them.
outline_of_page <- function(body) {
  pattern <- '(?s)<h[12][^>]*>.*?</h[12]>|<img[^>]*alt="[^"]*"'
  found <- regmatches(body, gregexpr(pattern, body, perl = TRUE))[[1]]
  found <- sub('^<img.*alt="([^"]*)"$', "\\1", found)
  trimws(gsub("\\s+", " ", gsub("<[^>]*>", "", found)))
}

figure_pattern <- '^.*fig\\.alt(:| =) "([^"]*)".*$'

outline_of_source <- function(input) {
  lines <- readLines(input)
  figures <- grepl(figure_pattern, lines)
  in_chunk <- cumsum(grepl("^```", lines)) %% 2 == 1
  headings <- !in_chunk & grepl("^##? ", lines)
  gsub("`", "", sub("^##? ", "", sub(figure_pattern, "\\2", lines[figures | headings])))
}

expect_in_page <- function(page, parts) {
  for (part in parts) {
    expect_true(grepl(part, page$text, fixed = TRUE), label = paste0("'", part, "' in the page"))
  }
}

# The sections of a page, by their headings.
sections_of <- function(body) {
  parts <- strsplit(body, "<h[12][^>]*>", perl = TRUE)[[1]][-1]
  stats::setNames(sub(".*?</h[12]>", "", parts), gsub("<[^>]*>", "", sub("</h[12]>.*", "", parts)))
}

# That no picture of a page is blank, and none is there in another's place.
expect_pictures <- function(html, twice = 0) {
  found <- regmatches(html, gregexpr('<img[^>]*src="data:image/png;base64,[^"]*"', html))[[1]]
  found <- sub('.*base64,([^"]*)"$', "\\1", found)
  expect_equal(sum(duplicated(found)), twice)
  for (one in found) expect_gt(stats::sd(png::readPNG(jsonlite::base64_dec(one))[, , 1:3]), 0.02)
}

# The lesson's open questions, and something that the answer to each must show.
questions <- list(
  "One epoch, step by step" = c("20 batches in an epoch, 2,000 steps in 100 epochs", "<img"),
  "What if the gradients are not zeroed?" = "<img",
  "Does the batch size matter for the test?" = c("batch_size", "averaged", " 128 ", " 500 "),
  "Do eval() and no_grad() do the same?" = c("dropout_acts", "train()", "eval()"),
  "What did it learn?" = "<img", "A learning rate of 0.1. Why?" = "<img",
  "How often does a net get stuck?" = c("<img", "is lost"), "11. How good could it be?" = "<img"
)

expect_clean <- function(page) {
  expect_identical(page$log, character())
  places <- c(tempdir(), R.home(), path.expand("~"), dirname(reticulate::py_exe()), "/tmp/",
              file.path(normalizePath(test_path("../..")), ".dev"))
  bars <- c("Epochs:", "Nets:", "it/s", "\u25a0")
  for (residue in c(places, bars, "Warning:", "Warning in", "Traceback", "Error:", "Error in")) {
    expect_false(grepl(residue, page$text, fixed = TRUE),
                 label = paste0("'", residue, "' in the page"))
  }
}

test_that("the lesson knits, with every figure once and in its place, its numbers and no residue", {
  skip_if_no_torch()
  source <- article("lesson")
  page <- vignette_page("lesson")
  expect_clean(page)
  outline <- outline_of_source(source)
  expect_gt(length(outline), 80)
  expect_identical(outline_of_page(page$body)[-1], outline)
  embedded <- lengths(regmatches(page$body, gregexpr('src="embedded"', page$body, fixed = TRUE)))
  expect_identical(embedded, sum(grepl(figure_pattern, readLines(source))))
  expect_pictures(page$html)
  expect_lt(nchar(page$html), 2e6) # its pictures have few colours
  sections <- sections_of(page$body)
  for (question in names(questions)) {
    expect_true(question %in% names(sections), label = question)
    for (part in questions[[question]]) {
      expect_true(grepl(part, sections[[question]], fixed = TRUE), label = paste(question, part))
    }
  }
  expect_true(grepl("<iframe srcdoc=", page$body, fixed = TRUE))
  expect_in_page(page, c(
    "[1] 0.3716", "12.6667", "17 parameters", "[8, 2]", "All keys matched", "is lost",
    "versicolor&#39;, &#39;virginica", "events"
  ))
  evaluations <- gregexpr("Accuracy of the model: 100.00%", page$text, fixed = TRUE)[[1]]
  expect_length(evaluations, 2)
})

test_that("each part of the lesson has its exercises, whose answers are folded away", {
  skip_if_no_torch()
  lines <- readLines(article("lesson"))
  parts <- split(lines, cumsum(grepl("^# [0-9]+[.]", lines)))[-1]
  expect_length(parts, 13)
  for (part in parts) {
    exercises <- grep("^## (Exercises?|Two moons, by yourself)$", part)
    expect_length(exercises, 1)
    folded <- grep("^<details><summary>(Answers?|Solution)<", part)
    expect_length(folded, 1)
    expect_gt(folded, exercises)
  }
})

test_that("Quarto renders the lesson, where it is there", {
  skip_if_no_torch()
  folder <- withr::local_tempdir()
  file.copy(article("lesson"), folder)
  withr::local_dir(folder)
  quarto <- Filter(nzchar, Sys.which("quarto"))
  status <- vapply(quarto, system2, 0L, args = c("render", "lesson.Rmd"), stdout = FALSE)
  expect_identical(unname(status), rep(0L, length(quarto)))
  expect_length(dir(pattern = "lesson[.]html"), length(quarto))
})

test_that("without Python the lesson knits, says so, and shows its code", {
  page <- knit_page(
    article("lesson"), before = "Sys.unsetenv(c('RETICULATE_PYTHON', 'VIRTUAL_ENV'))"
  )
  expect_identical(page$log, character())
  expect_in_page(page, c("The chunks below were not run.", "class Classifier(nn.Module):"))
  expect_false(grepl("<img", page$body, fixed = TRUE))
})

# The lesson itself runs on the CPU, when R CMD build knits it. Its script and the template run
# where the device is another one: code that forgets to move a tensor fails there alone. Beside a
# package that is being checked there is no such device, and they run on what there is.
another_device <- function() {
  if (file.exists(test_path("..", "python", "second_device.py"))) {
    c(second_device(), "stopifnot(xor_device() == 'cuda:0')")
  }
}

test_that("the template gives a document that knits as it comes, on whatever device", {
  skip_if_no_torch()
  folder <- withr::local_tempdir()
  draft <- rmarkdown::draft(file.path(folder, "lab.Rmd"), "xor-lab", "xorlab", edit = FALSE)
  page <- knit_page(draft, before = another_device())
  expect_clean(page)
  outline <- outline_of_source(draft)
  expect_length(grep("^Exercise|^Solution", outline), 7)
  expect_identical(outline_of_page(page$body)[-1], outline)
  folded <- strsplit(page$body, "<details>", fixed = TRUE)[[1]][-1]
  expect_length(folded, 5)
  expect_true(all(grepl("<summary>", folded, fixed = TRUE)))
  expect_true(grepl("Accuracy of the model: 100.00%", folded[4], fixed = TRUE))
})

test_that("the script prints the figures of the lesson and leaves its pictures, on any device", {
  skip_if_no_torch()
  folder <- withr::local_tempdir()
  script <- system.file("examples", "lesson.R", package = "xorlab")
  profile <- withr::local_tempfile(lines = as.character(another_device()))
  withr::local_envvar(
    R_LIBS = paste(.libPaths(), collapse = .Platform$path.sep), R_PROFILE_USER = profile
  )
  rscript <- file.path(R.home("bin"), "Rscript")
  out <- system2(rscript, shQuote(c(script, folder)), stdout = TRUE, stderr = TRUE)
  for (figure in c("12.6667", "17 parameters", "Accuracy of the model: 100.00%", "versicolor",
                   if (length(another_device())) "we compute on: cuda")) {
    expect_match(out, figure, fixed = TRUE, all = FALSE)
  }
  expect_false(any(grepl("^(Error|Warning)", out)))
  drawn <- sum(grepl("^par\\(usual\\)$", readLines(script)))
  expect_gt(drawn, 15)
  expect_length(dir(folder, "[.]png$"), drawn)
  expect_true(all(file.size(dir(folder, full.names = TRUE)) > 3000))
})

test_that("the demo runs where the device is not the CPU", {
  skip_if_no_torch()
  demo <- system.file("examples", "demo.R", package = "xorlab")
  shown <- run_r(c(
    second_device(), sprintf("commandArgs <- function(...) '%s'", withr::local_tempdir()),
    sprintf("source('%s')", demo)
  ))
  expect_false(any(grepl("^(Error|Warning)", shown)))
  for (part in c("on cuda:0", "Accuracy of the model: 100.00%")) {
    expect_match(shown, part, fixed = TRUE, all = FALSE)
  }
})

test_that("the README and the help's examples run where the device is not the CPU", {
  skip_if_no_torch()
  pages <- list.files(test_path("../../man"), "[.]Rd$", full.names = TRUE)
  skip_if_not(length(pages) > 0, "the repository")
  examples <- unlist(lapply(pages, function(page) {
    code <- withr::local_tempfile(lines = character())
    tools::Rd2ex(page, code)
    readLines(code)
  }))
  expect_gt(sum(grepl("^### [*][*] Examples", examples)), 20)
  readme <- unlist(readme_blocks("r"))
  start <- second_device()
  withr::local_dir(withr::local_tempdir())
  shown <- run_r(c(start, readme, "cat('and now the help\\n')", examples, "cat('ran to the end')"))
  help <- seq_along(shown) > match("and now the help", shown)
  for (one in list(shown[!help], shown[help])) {
    expect_match(one, "on cuda:0", fixed = TRUE, all = FALSE)
  }
  expect_identical(tail(shown, 1), "ran to the end")
})

# The R code of a chunk of the lesson.
chunk <- function(label) {
  lines <- readLines(article("lesson"))
  start <- grep(paste0("^```\\{r ", label, "[,}]"), lines)
  stopifnot(length(start) == 1)
  parse(text = lines[seq(start + 1, start + match("```", lines[-seq_len(start)]) - 1)])
}

# Runs code on these flowers, without its pictures and prints, and gives its variables.
on_flowers <- function(code, flowers) {
  env <- new.env(parent = globalenv())
  env$iris <- flowers
  env$plot <- env$print <- env$table <- function(...) NULL
  for (one in code) eval(one, env)
  env
}

test_that("the flowers held back have no say in the scaling of the others", {
  skip_if_no_torch()
  known <- which(iris$Species != "setosa")
  held_back <- known[seq_along(known) %% 5 == 0]
  others <- iris
  others[held_back[-1], 3:4] <- 100
  code <- c(chunk("own-data"), chunk("own-glm"))
  first <- on_flowers(code, iris)
  second <- on_flowers(code, others)
  expect_identical(second$own_fit$data$x, first$own_fit$data$x)
  expect_identical(second$own_fit$weights, first$own_fit$weights)
  expect_identical(second$own_fit$preparation, first$own_fit$preparation)
  prob <- function(env) predict(env$own_fit, env$fresh[1, ], type = "prob")
  expect_identical(prob(second), prob(first)) # nor in that of each other
  expect_equal(first$own_fit$preparation$center, unname(colMeans(first$own_fit$data$x)))
  expect_gt(max(abs(colMeans(first$fresh[1:2]) - first$own_fit$preparation$center)), 0.01)
  predicted <- as.character(predict(first$own_fit, first$fresh))
  expect_gt(mean(predicted == iris$Species[held_back]), 0.8)
})

test_that("without scaling, a net learns the flowers worse", {
  skip_if_no_torch()
  flowers <- on_flowers(chunk("own-data"), iris)
  raw <- with(flowers, as_xor_data(flowers[!held_back, 1:2], flowers$Species[!held_back]))
  accuracy <- function(scale) {
    fits <- lapply(1:5, function(seed) train_xor(raw, epochs = 300, seed = seed, scale = scale))
    vapply(fits, function(fit) eval_xor(fit, raw)$accuracy, 0)
  }
  expect_gt(min(accuracy(TRUE)), 0.92)
  expect_lt(mean(accuracy(FALSE)), 0.85)
  expect_lt(max(abs(scale(raw$x))), 2.5) # about where tanh is at home
  kinds <- split(flowers$flowers[1:2], flowers$flowers$Species)
  overlap <- Map(function(first, second) max(first) > min(second), kinds[[1]], kinds[[2]])
  expect_true(all(unlist(overlap)))
})
