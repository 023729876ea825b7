# Train a small net on continuous XOR, test it, and draw what it learned twice: by base R and, from
# the same fit, by matplotlib. Rscript demo.R [folder for the pictures]
library(xorlab)

folder <- c(commandArgs(trailingOnly = TRUE), "demo")[1]
dir.create(folder, showWarnings = FALSE)

fit <- train_xor(seed = 1, verbose = FALSE)
print(fit)
print(eval_xor(fit, xor_data(500, seed = 2)))

cat("\nWeights:\n")
print(coef(fit), digits = 3)

png(file.path(folder, "boundary-r.png"), width = 720, height = 720, res = 150)
plot(fit)
invisible(dev.off())

save_xor(fit, file.path(folder, "fit.pt"))
python <- xorlab_sitrep()$interpreter
module <- system.file("python", package = "xorlab")
Sys.setenv(PYTHONPATH = module)
status <- system2(python, c(
  "-m", "xorlab", "boundary", shQuote(file.path(folder, "fit.pt")),
  "--out", shQuote(file.path(folder, "boundary-python.png"))
), stdout = FALSE)
stopifnot(status == 0)

cat("\nTwo pictures of the same boundary, boundary-r.png and boundary-python.png, and the fit",
    "are in:", normalizePath(folder), sep = "\n")
