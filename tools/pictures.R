# Draws the pictures of the README, from the installed package.
library(xorlab)

dir.create("man/figures", showWarnings = FALSE)
# Most frames where most happens: the whole has to stay below a megabyte.
epochs <- c(0, 10, 15, 20, 24, 27, 30, 33, 36, 40, 45, 55, 70, 100)
fit <- train_xor(seed = 1, snapshots = epochs, verbose = FALSE)
invisible(animate_xor(fit, "man/figures/learning.gif"))

png("man/figures/boundary.png", width = 960, height = 480, res = 110)
par(mfrow = c(1, 2), mar = c(4, 4, 4, 2))
plot(fit)
plot(fit, "network")
invisible(dev.off())
