# How errors and warnings say things.

abort_input <- function(message, ..., call = rlang::caller_env(2), env = rlang::caller_env()) {
  cli::cli_abort(
    c(message, ...),
    class = c("xorlab_input_error", "xorlab_error"), call = call, .envir = env,
    trace = users_trace(call)
  )
}

warn_input <- function(message, ..., call = rlang::caller_env(2), env = rlang::caller_env()) {
  cli::cli_warn(c(message, ...), class = "xorlab_warning", call = call, .envir = env)
}

# The calls that led to the user's own, which would drown among those within.
users_trace <- function(call) {
  tryCatch(rlang::trace_back(bottom = call), error = function(cnd) NULL)
}

# A short printed form of any value, for error messages.
show_value <- function(x) {
  if (is.data.frame(x)) return("a data frame")
  if (is.function(x)) return("a function")
  if (is.matrix(x)) return(sprintf("a %s matrix of %d by %d", mode(x), nrow(x), ncol(x)))
  if (is.object(x)) return(sprintf("an object of class <%s>", class(x)[1]))
  text <- paste(deparse(x), collapse = " ")
  if (nchar(text) > 50) paste0(substr(text, 1, 47), "...") else text
}

# The choice that a name was probably meant to be: in other letters' case, by what other libraries
# call it, or as it may have been misspelt; NULL where none is near. A substitution counts as two
# edits, so that the share of edited letters is one less a similarity like that of Python's difflib.
nearest <- function(name, choices) {
  name <- tolower(name)
  lower <- tolower(choices)
  edits <- utils::adist(name, lower, list(insertions = 1, deletions = 1, substitutions = 2))
  share <- edits / (nchar(name) + nchar(lower))
  at <- c(
    which(lower == name), which(lower %in% synonyms[name]),
    which(lower %in% synonyms[synonyms[name]]),
    intersect(which.min(share), which(share <= 0.4))
  )
  if (length(at)) choices[[at[1]]]
}

# Names that are missing, each with that of those given which it may have been misspelt as.
with_nearest <- function(missing, given) {
  vapply(missing, function(one) {
    near <- nearest(one, given)
    paste0('"', one, '"', if (!is.null(near)) sprintf(' (misspelt as "%s"?)', near))
  }, "", USE.NAMES = FALSE)
}
