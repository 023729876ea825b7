# Finds calls into Python that do not go through call_python(), so that their errors would come back
# as reticulate's. Python's are xorlab_py(), xorlab_r() and xorlab_module(), what a function
# *_to_python() gives, and the `x` of the functions in `from_python`. They may be used in an
# argument of call_python(), which is evaluated within it, and in another *_to_python(), which
# counts as Python's wherever it is used.

python_bypasses <- function(files) {
  unlist(lapply(files, function(file) {
    code <- parse(file, keep.source = TRUE)
    lines <- vapply(attr(code, "srcref"), `[`, 1L, 1)
    found <- Map(bypasses_of, as.list(code), basename(file))
    unlist(Map(function(what, line) {
      if (length(what)) sprintf("%s:%d: `%s` bypasses call_python()", file, line, what)
    }, found, lines))
  }))
}

# The offending expressions of one definition at the top of a file.
bypasses_of <- function(code, file) {
  name <- ""
  if (is.call(code) && identical(code[[1]], quote(`<-`))) {
    name <- as.character(code[[2]])[1]
    code <- code[[3]]
  }
  walk_code(code, name, file)
}

walk_code <- function(code, name, file) {
  if (rlang::is_missing(code)) return()
  bypass <- if (is.call(code)) is_bypass(code, name, file) else is_pythons(code, name)
  if (bypass) return(rlang::expr_deparse(code)[1])
  if (!is.recursive(code) || rlang::is_call(code, "call_python")) return()
  unlist(lapply(as.list(code), walk_code, name, file))
}

is_pythons <- function(code, name) {
  pythons <- "^xorlab_(py|r|module)$|_to_python$"
  is.symbol(code) && grepl(pythons, code) && !grepl("_to_python$", name)
}

is_bypass <- function(code, name, file) {
  if (rlang::is_call(code, "call_python")) {
    return(isFALSE(code$convert) && !grepl("^r_to_py[.]", name))
  }
  if (is.call(code[[1]]) && identical(code[[1]][[2]], quote(reticulate))) {
    return(file != "python.R")
  }
  rlang::is_call(code, c("$", "[[")) && identical(code[[2]], quote(x)) &&
    name == "from_python"
}
