# The site's plan stands beside the tests in the repository alone.
test_that("the site's reference has every help page once, in groups with a line of description", {
  plan <- test_path("../../pkgdown/_pkgdown.yml")
  skip_if_not(file.exists(plan), "the repository")
  skip_if_not_installed("rmarkdown")
  front <- withr::local_tempfile(lines = c("---", readLines(plan), "---"))
  groups <- rmarkdown::yaml_front_matter(front)$reference
  expect_true(all(vapply(groups, function(group) nzchar(group$desc), NA)))
  listed <- unlist(lapply(groups, `[[`, "contents"))
  expect_identical(anyDuplicated(listed), 0L)
  pages <- list.files(test_path("../../man"), "\\.Rd$", full.names = TRUE)
  texts <- lapply(pages, readLines)
  public <- !vapply(texts, function(text) "\\keyword{internal}" %in% text, NA)
  for (text in texts[public]) {
    aliases <- sub("^\\\\alias\\{(.*)\\}$", "\\1", grep("^\\\\alias", text, value = TRUE))
    expect_true(any(aliases %in% listed), label = aliases[1])
  }
  expect_setequal(setdiff(listed, sub("^\\\\alias\\{(.*)\\}$", "\\1", unlist(
    lapply(texts, grep, pattern = "^\\\\alias", value = TRUE)
  ))), character())
})

test_that("?xorlab lists every exported function, and the vignettes", {
  page <- tools::Rd_db("xorlab")[["xorlab-package.Rd"]]
  text <- paste(as.character(page), collapse = "")
  for (name in getNamespaceExports("xorlab")) {
    expect_match(text, paste0(name, "()"), fixed = TRUE, label = name)
  }
  expect_match(text, "vignette(\"lesson\", \"xorlab\")", fixed = TRUE)
})

test_that("each help page leads on to others, and the articles that it names are there", {
  pages <- tools::Rd_db("xorlab")
  pages <- pages[names(pages) != "xorlab-package.Rd"]
  articles <- c("lesson", "own-data", "optimizers", "why", "seeds", "speed", "playground",
                "teaching", "troubleshooting")
  named <- lapply(names(pages), function(name) {
    tags <- vapply(pages[[name]], attr, "", "Rd_tag")
    see <- paste(unlist(pages[[name]][tags == "\\seealso"]), collapse = "")
    expect_true(nzchar(see), label = name)
    regmatches(see, gregexpr("(?<=vignette\\(\")[a-z-]+", see, perl = TRUE))[[1]]
  })
  expect_true("own-data" %in% unlist(named))
  expect_identical(setdiff(unlist(named), articles), character())
})
