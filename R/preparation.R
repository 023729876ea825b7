# What a fit learned from its training rows about their columns: named inputs, the columns that the
# net takes, center and scale, and how a data frame becomes columns (`encoding`).

as_preparation <- function(content) {
  if (is.null(content)) return(NULL)
  list(
    inputs = unlist(content$inputs), columns = unlist(content$columns),
    center = as_numbers(content$center), scale = as_numbers(content$scale),
    encoding = as_encoding(content$encoding)
  )
}

as_numbers <- function(x) if (!is.null(x)) as.vector(x)

# Lists of values as vectors; matrices, of contrasts, as they are.
as_encoding <- function(x) {
  if (!is.list(x) || !length(x)) return(x)
  if (!is.null(names(x))) return(lapply(x, as_encoding))
  unlist(x)
}

preparation_to_python <- function(preparation) {
  if (is.null(preparation)) return(NULL)
  list(
    inputs = as.list(preparation$inputs), columns = as.list(preparation$columns),
    center = as_py_array(preparation$center, "float64"),
    scale = as_py_array(preparation$scale, "float64"),
    encoding = encoding_to_python(preparation$encoding)
  )
}

# Levels and other vectors as lists, whatever their length; single strings are names and formulas.
encoding_to_python <- function(encoding) {
  if (is.null(encoding)) return(NULL)
  if (is.null(encoding$formula)) {
    return(list(frame = lapply(encoding$frame, as.list), target = encoding$target))
  }
  terms <- encoding$formula
  for (part in c("levels", "range")) terms[[part]] <- lapply(terms[[part]], as.list)
  terms$variables <- lapply(terms$variables, function(one) {
    list(class = one$class, levels = as.list(one$levels))
  })
  list(formula = terms)
}

# The labels of a data frame: the formula's response, or the column that was named in Python.
encoded_labels <- function(data, fit, call = rlang::caller_env(), name = "data") {
  encoding <- fit$preparation$encoding
  response <- if (is.null(encoding$formula)) encoding$target
  if (is.null(encoding)) {
    abort_input(
      "{.arg {name}} must come from {.fn as_xor_data}, which gives columns their classes: the fit
       was trained without a formula.",
      call = call
    )
  }
  if (is.null(response)) return(formula_response(encoding$formula, data, call, name))
  if (!response %in% names(data)) {
    abort_input("{.arg {name}} must have the column {.val {response}}, which holds the classes.",
                call = call)
  }
  data[[response]]
}
