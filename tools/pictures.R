# Draws the pictures of the README, from the installed package.
library(xorlab)

dir.create("man/figures", showWarnings = FALSE)
fit <- train_xor(seed = 1, verbose = FALSE)
png("man/figures/boundary.png", width = 960, height = 480, res = 110)
par(mfrow = c(1, 2), mar = c(4, 4, 4, 2))
plot(fit)
plot(fit, "network")
invisible(dev.off())
