#' @details
#' A first net: `fit <- train_xor(seed = 1)`, `plot(fit)`, `eval_xor(fit)`. The lesson that leads
#' through all of it is `vignette("lesson", "xorlab")`; when something is wrong,
#' `vignette("troubleshooting", "xorlab")` and [xorlab_sitrep()] help. On single questions there are
#' `vignette(package = "xorlab")`: your own data, optimizers, why a net fails, how many seeds, how
#' fast, the playground, and teaching.
#'
#' **Data**
#' * [xor_data()] draws points of continuous XOR, [toy_data()] those of other toy problems,
#'   [as_xor_data()] takes your own.
#'
#' **Training**
#' * [train_xor()] trains a net, [resume_xor()] goes on with one, [lr_find()] suggests a learning
#'   rate.
#' * [xor_playground()] opens a page on which a net trains while you watch, and change it.
#' * [seed_study()] trains many that differ in their seed, [xor_sweep()] in their settings, too;
#'   [interrupted_study()] gives what was finished before Ctrl-C, [resume_study()] trains the rest.
#'
#' **What a net learned**
#' * [`predict()`][predict.xor_fit], [`plot()`][plot.xor_fit], [`summary()`][summary.xor_fit] and
#'   [`coef()`][coef.xor_fit] work as for other models, and so do
#'   [`fitted()`, `residuals()`, `nobs()`][fitted.xor_fit], [`update()`][update.xor_fit] and
#'   [`tidy()`, `glance()`, `augment()`][tidy.xor_fit].
#' * [eval_xor()] tests a net, [xor_boundary()] gives its probability surface, [animate_xor()] shows
#'   it learning.
#' * [diagnose_xor()] says what went wrong and what to do, [bayes_xor()] what the best possible net
#'   reaches.
#' * [`as.data.frame()`][as.data.frame.xor_boundary] gives what ggplot2 needs to draw any of it.
#' * [`as.function()`][as.function.xor_fit] makes a function of a net that works without Python.
#'
#' **Files**
#' * [save_xor()] and [load_xor()] keep a net, [save_study()] and [read_study()] a study, for both
#'   languages.
#'
#' **The way to PyTorch**
#' * [autograd_demo()] shows gradients, [benchmark_matmul()] and [xor_device()] devices, and
#'   [show_code()] writes the PyTorch code behind a fit.
#'
#' **Python**
#' * [install_xorlab()] makes an environment, [xorlab_available()] and [xorlab_sitrep()] tell what
#'   is there, [xorlab_module()] is the module itself.
#'
#' @keywords internal
#' @importFrom graphics abline axis contour image legend lines mtext par points plot
#' @importFrom rlang %||%
#' @importFrom stats coef fitted nobs predict residuals update
#' @importFrom utils packageVersion
"_PACKAGE"
