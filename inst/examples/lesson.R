# The lesson as a script: it prints what each step gives, and puts the pictures into a folder.
# Rscript lesson.R [folder for the pictures]
library(xorlab)

folder <- c(commandArgs(trailingOnly = TRUE), "lesson")[1]
dir.create(folder, showWarnings = FALSE)
picture <- function(name, draw, width = 720, height = 720) {
  png(file.path(folder, paste0(name, ".png")), width, height, res = 130)
  on.exit(dev.off())
  draw()
}
step <- function(text) cat("\n", text, "\n", sep = "")

step("What is here, and where it would compute:")
print(unlist(unclass(xorlab_sitrep())[c("R", "python", "torch")]))
print(xor_device())

step("mean((x + 2)^2 + 3) at (0, 1, 2), its gradient, and what two gradients add up to:")
demo <- autograd_demo()
print(round(demo$value, 4))
print(rbind(demo$gradient, demo$gradient_without_zeroing))

step("A matrix product of 300 x 300:")
print(benchmark_matmul(300))

step("200 points to look at:")
points <- xor_data(200, seed = 1)
print(points)
picture("samples", \() plot(points))

step("A net of 4 hidden units, trained on 2,500 points:")
fit <- train_xor(seed = 1, verbose = FALSE)
print(summary(fit))
picture("history", \() plot(fit, "history"), height = 480)
picture("boundary", \() plot(fit))
picture("hidden", \() plot(fit, "hidden"))

step("The net on 500 fresh points:")
print(eval_xor(fit, xor_data(500, seed = 2)))
print(diagnose_xor(fit))

step("The learning rate (five nets each):")
sweep <- xor_sweep(lr = c(0.01, 0.1, 1, 10), hidden = 4, runs = 5, seed = 1, verbose = FALSE)
print(sweep)
picture("rates", \() plot(sweep), width = 1000, height = 520)

step("How often a net gets stuck (twenty nets each):")
print(xor_sweep(lr = 0.1, hidden = c(2, 3, 4, 8), runs = 20, seed = 1, verbose = FALSE))

step("The best that any classifier could do with a noise of 0.3, and what a net does:")
print(bayes_xor(0.3))
noisy <- train_xor(xor_data(2500, std = 0.3, seed = 1), seed = 1, verbose = FALSE)
print(eval_xor(noisy, xor_data(10000, std = 0.3, seed = 2)))

step("Two kinds of iris, tested on every fifth flower, which is held back from net and scaling:")
flowers <- droplevels(iris[iris$Species != "setosa", c("Petal.Length", "Petal.Width", "Species")])
held_back <- seq_len(nrow(flowers)) %% 5 == 0
own_fit <- train_xor(
  Species ~ ., data = flowers[!held_back, ], epochs = 300, seed = 1, verbose = FALSE
)
fresh <- flowers[held_back, ]
print(eval_xor(own_fit, fresh))
picture("iris", \() plot(own_fit))

cat("\nThe pictures are in ", normalizePath(folder), "\n", sep = "")
