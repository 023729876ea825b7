# Builds the pages for R. pkgdown 2.1 downloads the scripts of its pages when it builds them; here
# no build depends on the network, and tools/site/offline.py takes those scripts out again anyway.
no_dependency <- function(name, version, files) {
  htmltools::htmlDependency(name, version, src = tempdir())
}
if (exists("cached_dependency", asNamespace("pkgdown"))) {
  utils::assignInNamespace("cached_dependency", no_dependency, "pkgdown")
}

options(pkgdown.internet = FALSE)
pkgdown::build_site(
  override = list(destination = "site/r"), install = FALSE, preview = FALSE, new_process = FALSE
)
