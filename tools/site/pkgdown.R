# Builds the pages for R. pkgdown 2.1 downloads the scripts of its pages when it builds them; here
# no build depends on the network: the pages name where the scripts lie, as pkgdown 2.0 has them do.
linked_dependency <- function(name, version, files) {
  scripts <- vapply(files, function(file) sprintf("<script src=\"%s\"></script>", file$url), "")
  htmltools::htmlDependency(name, version, src = tempdir(), head = paste(scripts, collapse = "\n"))
}
if (exists("cached_dependency", asNamespace("pkgdown"))) {
  utils::assignInNamespace("cached_dependency", linked_dependency, "pkgdown")
}

options(pkgdown.internet = FALSE)
pkgdown::build_site(
  override = list(destination = "site/r"), install = FALSE, preview = FALSE, new_process = FALSE
)
