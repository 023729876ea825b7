# Terms of a formula, kept as plain data by R/formula_plain.R, applied to new data. They may come
# from a file that nobody trusts: only known functions are called, and nothing else can be found.

# A numeric matrix with the columns `features`; rows with missing values are NA.
formula_matrix <- function(terms, newdata, features, call = rlang::caller_env()) {
  check_terms(terms, call)
  tryCatch(terms_matrix(terms, newdata, features, call), error = function(cnd) {
    if (inherits(cnd, "xorlab_error")) rlang::cnd_signal(cnd)
    msg <- conditionMessage(cnd)
    abort_input("{.arg newdata} must be data that the formula can be worked out on: {msg}.",
                call = call)
  })
}

known_functions <- c(
  "+", "-", "*", "/", "^", ":", "%in%", "(", "%%", "%/%", "==", "!=", "<", "<=", ">", ">=",
  "!", "&", "|", "xor", "c", "list", "I", "abs", "sqrt", "exp", "expm1", "log", "log2", "log10",
  "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh",
  "acosh", "atanh", "sinpi", "cospi", "tanpi", "sign", "floor", "ceiling", "round", "signif",
  "trunc", "gamma", "lgamma", "beta", "lbeta", "factorial", "choose", "plogis", "qlogis", "pnorm",
  "qnorm", "dnorm", "ifelse", "is.na", "is.finite", "pmin", "pmax", "factor", "as.factor",
  "ordered", "as.ordered", "relevel", "interaction", "cut", "findInterval", "as.numeric",
  "as.double", "as.integer", "as.logical", "as.character", "nchar", "tolower", "toupper",
  "startsWith", "endsWith", "substr", "poly", "scale", "ns", "bs"
)
known_contrasts <- paste0("contr.", c("treatment", "sum", "helmert", "poly", "SAS"))

# The known functions as they are in R, whatever else has their names.
known_environment <- function(parent = emptyenv(), except = character()) {
  env <- new.env(parent = parent)
  for (package in c("base", "stats", "splines")) {
    if (!requireNamespace(package, quietly = TRUE)) next
    for (name in setdiff(known_functions, except)) {
      value <- get0(name, asNamespace(package), mode = "function", inherits = FALSE)
      if (!is.null(value)) assign(name, value, env)
    }
  }
  env
}

# What an expression calls beside known functions, as text: calls of anything but a name, too, and
# objects that no text gives.
unknown_calls <- function(expr) {
  unique(unlist(lapply(parts_within(expr), function(part) {
    if (!is.call(part)) return(if (!is.atomic(part) || is.object(part)) show_value(part))
    head <- part[[1]]
    found <- if (is.name(head)) setdiff(as.character(head), known_functions) else deparse1(head)
    if (length(found)) paste0(found, "()")
  })))
}

# Calls and constants within an expression, outer ones first. Not by recursion: a sum of hundreds of
# columns is nested too deep for that.
parts_within <- function(expr) {
  found <- list()
  left <- list(expr)
  while (length(left)) {
    names <- vapply(left, is.name, TRUE)
    if (all(names)) break
    at <- which.min(names)
    part <- left[[at]]
    if (is.call(part)) attributes(part) <- NULL # those of terms would make `[` work them out anew
    found <- c(found, list(part))
    left <- c(if (is.call(part)) as.list(part)[-1], left[-seq_len(at)])
  }
  found
}

variable_names <- function(object) {
  vapply(as.list(attr(object, "variables"))[-1], function(one) {
    paste(deparse(one, width.cutoff = 500L, backtick = !is.name(one)), collapse = " ")
  }, "")
}

# Whether terms from a file are such as formula_data() makes, before anything of them is worked out.
check_terms <- function(terms, call) {
  wrong <- tryCatch(wrong_terms(terms), error = function(cnd) conditionMessage(cnd))
  if (length(wrong)) {
    abort_input("The formula kept in the fit must be one of R's terms as plain data, but {wrong}.",
                call = call)
  }
}

wrong_terms <- function(terms) {
  lists <- c("classes", "levels", "contrasts", "variables")
  if (!is.list(terms) || !all(vapply(terms[lists], is.list, TRUE))) return("parts are missing")
  formula <- str2lang(terms$formula)
  predvars <- str2lang(terms$predvars)
  if (!is.call(formula) || !identical(formula[[1]], quote(`~`)) || length(formula) != 3) {
    return("it is no formula with a response")
  }
  unknown <- unlist(lapply(c(formula[[2]], formula[[3]], predvars), unknown_calls))
  if (length(unknown)) return(sprintf("it calls `%s`", unknown[1]))
  if (!is.call(predvars) || !identical(predvars[[1]], quote(list))) return("it lists no variables")
  free <- setdiff(all.vars(predvars), names(terms$variables))
  if (length(free)) return(sprintf("`%s` is not among its variables", free[1]))
  if (!all(vapply(terms$contrasts, is_contrast, TRUE))) "its contrasts are unknown ones"
}

is_contrast <- function(one) {
  if (is.character(one)) length(one) == 1 && one %in% known_contrasts else is.numeric(unlist(one))
}

# Terms in which every variable is in use: `. - x` asks for no x.
model_terms <- function(formula, data, call) {
  object <- in_formula_words(stats::terms(formula, data = data), call)
  labels <- attr(object, "term.labels")
  if (length(labels) == 0) {
    abort_input("The formula must have at least one predictor.", call = call)
  }
  response <- variable_names(object)[1]
  if (response %in% labels) {
    abort_input("The response {.code {response}} must not be a predictor, too.", call = call)
  }
  used <- rowSums(attr(object, "factors")) > 0
  if (all(used[-1])) return(object)
  formula[[3]] <- used_predictors(object)
  stats::terms(formula)
}

# The right side of a formula of these terms, from their variables: the text of a term does not
# tell a:(b > 2) from (a:b) > 2.
used_predictors <- function(object) {
  variables <- lapply(as.list(attr(object, "variables"))[-1], function(one) {
    infix <- is.call(one) && make.names(one[[1]]) != as.character(one[[1]])
    if (infix) call("(", one) else one
  })
  factors <- attr(object, "factors")
  terms <- lapply(seq_len(ncol(factors)), function(term) {
    Reduce(function(left, right) call(":", left, right), variables[factors[, term] > 0])
  })
  sum <- Reduce(function(left, right) call("+", left, right), terms)
  if (attr(object, "intercept") == 1) sum else call("-", sum, 1)
}
