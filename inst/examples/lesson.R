# The lesson as a script, both languages, with the pictures in a folder.
# Rscript lesson.R [folder for the pictures]
# tools/lesson.py wrote this from vignettes/lesson.Rmd, where it is to be changed.
# nolint start
folder <- c(commandArgs(trailingOnly = TRUE), "lesson")[1]
if (!interactive()) {
  dir.create(folder, showWarnings = FALSE)
  png(file.path(folder, "%02d.png"), 960, 720, res = 120)
}
usual <- par("mfrow", "mar", "pty", "las") # each picture starts from these

library(xorlab)
library(reticulate)

## 1. A line cannot do it ----
## The problem ----
par(usual)
points <- xor_data(2500, std = 0.1, seed = 1)
d <- as.data.frame(points)
head(d, 3)
plot(points)

## `glm()` tries ----
share_right <- function(model) {
  mean((predict(model, d, type = "response") > 0.5) == d$label)
}
line <- glm(label ~ x1 + x2, family = binomial, data = d)
share_right(line)

c(loss = deviance(line) / (2 * nrow(d)), guessing = log(2))
round(coef(line), 3)

## Somebody has to invent the product ----
product <- suppressWarnings(glm(label ~ x1 * x2, family = binomial, data = d))
share_right(product)

## A net invents its own columns ----
loss_and_share <- function(activation) {
  fit <- train_xor(points, hidden = 4, activation = activation, seed = 1)
  unlist(eval_xor(fit, points)[c("loss", "accuracy")])
}
rbind("with a bend (tanh)" = loss_and_share("tanh"),
      "without (identity)" = loss_and_share("identity"))

sapply(1:6, function(seed) {
  fit <- train_xor(points, activation = "identity", seed = seed)
  round(unlist(eval_xor(fit, points)[c("loss", "accuracy")]), 4)
})

## Exercises ----
share_right(suppressWarnings(glm(label ~ abs(x1 - x2), family = binomial, data = d)))

## 2. Tensors, for people who have arrays ----
## Python, as much of it as this page needs ----
## Making them ----
py_run_string(r"---(
import torch

x = torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
print(x)
print(x.shape, x.dtype)
print(torch.zeros(2, 3), torch.arange(4), torch.linspace(0, 1, 3), sep="\n")
torch.manual_seed(1)
print(torch.rand(2))
)---")

py$x$shape
py$x$numpy()

## Types ----
py_run_string(r"---(
import numpy as np

print(torch.tensor([1, 2]).dtype, torch.tensor([1.0, 2.0]).dtype, torch.tensor([True]).dtype)
double = torch.from_numpy(np.ones((3, 2)))
try:
    double @ torch.ones(2, 1)
except RuntimeError as problem:
    print(problem)
print(double.float().dtype)
)---")

tensor <- py$torch$tensor
tensor(matrix(c(1, 2), 1))$dtype
sprintf("%.10f", tensor(0.1)$item()) # what 32 bits make of 0.1

py$torch$zeros(2L, 3L)$shape
tryCatch(py$torch$zeros(2, 3), error = function(problem) "refused: 2 and 3 are not whole numbers")

## Operations ----
py_run_string(r"---(
w = torch.tensor([[1.0], [10.0]])
print(x * x)
print(x @ w)
print(x.sum(), x.sum(dim=0), x.mean(dim=1))
)---")

m <- matrix(c(0, 2, 4, 1, 3, 5), 3)
m %*% c(1, 10)
colSums(m)

py_run_string(r"---(
a, b = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])
print(torch.stack([a, b], dim=1))  # cbind(a, b)
print(torch.cat([a, b]))           # c(a, b)
print(torch.where(a > 1.5, a, b))  # ifelse(a > 1.5, a, b)
print(torch.cos(a))                # cos(a)
print(a[:, None])                  # as.matrix(a): a column, [2, 1]
)---")

matrix(0:5, 2) + c(10, 20)

py_run_string(r"---(
six = torch.arange(6).reshape(2, 3)
print(six)
print(six + torch.tensor([10, 20, 30]))
)---")

## Indexing ----
py_run_string(r"---(
print(x[0])        # the first row: counting starts at 0
print(x[:, 1])     # the second column
print(x[0:2])      # rows 0 and 1: the end is left out
print(x[-1])       # the last row
print(x[x > 2.5])  # by a condition, as in R
)---")

m[-1, ] # in R: all but the first

## Views ----
py_run_string(r"---(
first = x[:, 0]
first.fill_(9.0)
print(x)
)---")

py_run_string(r"---(
mine = x.clone()
mine.zero_()
print(x[0], mine[0])
)---")

## Sharing with numpy and R ----
py_run_string(r"---(
a = np.zeros(3)
shared, copied = torch.from_numpy(a), torch.tensor(a)
a[0] = 7
print(shared, copied)
)---")

py_run_string(r"---(
mine = torch.tensor(r.m)
mine.zero_()
print(r.m.flags.writeable, mine.dtype)
)---")

m[1, ] # still what it was

## What bites ----
## Exercises ----
py_run_string(r"---(
by_column = torch.arange(6).reshape(2, 3).T
print(by_column)
)---")

all(py$by_column$numpy() == matrix(0:5, 3))

py_run_string(r"---(
a = torch.zeros(2)
b = a
b += 1
print(a)
b = b + 1
print(a, b)
)---")

py_run_string(r"---(
m = torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
scaled = (m - m.mean(dim=0)) / m.std(dim=0)
print(scaled)
)---")

all.equal(py$scaled$numpy(), scale(m), check.attributes = FALSE)

## 3. Gradients ----
## A tensor that remembers ----
py_run_string(r"---(
x = torch.ones(3)
print(x.requires_grad)
x.requires_grad_(True)
print(x.requires_grad)
)---")

py$x$requires_grad

## Going backward ----
py_run_string(r"---(
x = torch.arange(3, dtype=torch.float32, requires_grad=True)
y = ((x + 2) ** 2 + 3).mean()
y.backward()
print(y)
print(x.grad)
)---")

round(py$y$item(), 4)
rbind(by_backward = as.vector(py$x$grad$numpy()), by_hand = 2 * (0:2 + 2) / 3)

py_run_string(r"---(
x = torch.arange(3, dtype=torch.float32, requires_grad=True)
steps = {"x": x}
steps["x + 2"] = steps["x"] + 2
steps["squared"] = steps["x + 2"] ** 2
steps["plus 3"] = steps["squared"] + 3
steps["mean"] = steps["plus 3"].mean()
for step in steps.values():
    step.retain_grad()
steps["mean"].backward()
values = [step.detach().reshape(-1).tolist() for step in steps.values()]
slopes = [step.grad.reshape(-1).tolist() for step in steps.values()]
print([type(step.grad_fn).__name__ for step in steps.values()])
)---")

par(usual)
stacked <- function(numbers) paste(round(unlist(numbers), 2), collapse = "\n")
par(mar = c(1, 1, 1, 1))
plot.new()
plot.window(c(0.3, 5.7), c(0, 1))
for (i in 1:5) {
  rect(i - 0.35, 0.42, i + 0.35, 0.58, col = "grey95")
  text(i, 0.5, names(py$steps)[i])
  text(i, 0.78, stacked(py$values[[i]]))
  text(i, 0.22, stacked(py$slopes[[i]]), col = "#009E73")
}
arrows(1:4 + 0.37, 0.53, 2:5 - 0.37, 0.53, length = 0.07)
arrows(2:5 - 0.37, 0.47, 1:4 + 0.37, 0.47, length = 0.07, col = "#009E73")
text(0.3, c(0.97, 0.03), c("values, forward", "gradients, backward"), adj = 0,
     col = c("black", "#009E73"))

py_run_string(r"---(
import matplotlib.pyplot as plt

def stacked(numbers):
    return "\n".join(f"{number:.3g}" for number in numbers)

figure, ax = plt.subplots(figsize=(8, 3))
frame = ax.axis("off")
for i, name in enumerate(steps):
    box = ax.text(i, 0, name, ha="center", va="center", bbox={"fc": "0.95", "pad": 8})
    above = ax.text(i, 0.5, stacked(values[i]), ha="center", va="center")
    below = ax.text(i, -0.5, stacked(slopes[i]), ha="center", va="center", color="#009E73")
for i in range(4):
    there = ax.annotate("", (i + 0.62, 0.05), (i + 0.38, 0.05), arrowprops={"arrowstyle": "->"})
    back = ax.annotate("", (i + 0.38, -0.05), (i + 0.62, -0.05),
                       arrowprops={"arrowstyle": "->", "color": "#009E73"})
limits = ax.set(xlim=(-0.5, 4.5), ylim=(-0.8, 0.8))
plt.show()
)---")

## Gradients add up ----
py_run_string(r"---(
x = torch.arange(3, dtype=torch.float32, requires_grad=True)
sums = []
for times in range(3):
    ((x + 2) ** 2 + 3).mean().backward()
    sums.append(x.grad.tolist())
)---")

gradients <- do.call(rbind, py$sums)
dimnames(gradients) <- list(paste("after", 1:3), paste0("x", 1:3))
gradients

## Going downhill ----
py_run_string(r"---(
def descend(lr, start=-1.0, steps=12):
    w = torch.tensor(start, requires_grad=True)
    path = [w.item()]
    for step in range(steps):
        loss = (w - 2) ** 2
        loss.backward()
        with torch.no_grad():  # a step within the graph would be refused
            w -= lr * w.grad
        w.grad.zero_()
        path.append(w.item())
    return path

rates = [0.02, 0.2, 1.02]
paths = [descend(lr) for lr in rates]
print([round(path[-1], 3) for path in paths])
)---")

par(usual)
par(mfrow = c(1, 3), mar = c(4, 4, 2, 1))
for (i in 1:3) {
  curve((x - 2)^2, -2, 6, col = "grey60", xlab = "w", ylab = "Loss", las = 1,
        main = paste("Learning rate", py$rates[[i]]))
  w <- unlist(py$paths[[i]])
  lines(w, (w - 2)^2, type = "b", pch = 19, col = "#009E73")
}

py_run_string(r"---(
figure, panels = plt.subplots(1, 3, figsize=(8, 3), sharey=True)
line = np.linspace(-2, 6, 101)
for ax, lr, path in zip(panels, rates, paths):
    w = np.array(path)
    curve = ax.plot(line, (line - 2) ** 2, color="0.6")
    walk = ax.plot(w, (w - 2) ** 2, "o-", color="#009E73")
    names = ax.set(title=f"Learning rate {lr}", xlabel="w")
plt.show()
)---")

## Exercises ----
py_run_string(r"---(
x = torch.tensor([1.0, 2.0], requires_grad=True)
(x ** 3).sum().backward()
print(x.grad)
)---")

py_run_string(r"---(
far = [abs(descend(lr)[-1] - 2) for lr in [0.99, 1.0, 1.01]]
print([round(distance, 2) for distance in far])
)---")

## 4. Devices ----
## Where the numbers are ----
py_run_string(r"---(
print(torch.__version__, torch.cuda.is_available())
print(torch.device("cuda" if torch.cuda.is_available() else "cpu"))
)---")

str(unclass(xorlab_sitrep())[c("R", "python", "torch", "cuda", "devices")])

py_run_string(r"---(
import xorlab

device = xorlab.get_device()  # the same, and it knows a Mac's graphics processor, too
print("we compute on:", device.type)
)---")

py_run_string(r"---(
from torch import nn

x, module = torch.zeros(3), nn.Linear(3, 1)
moved_x, moved_module = x.to("meta"), module.to("meta")
print("x.to() is x:          ", moved_x is x, "      x is still on", x.device)
print("module.to() is module:", moved_module is module, "       its weight is now on", module.weight.device)
print("nothing to move:      ", x.to("cpu") is x)
)---")

py_run_string(r"---(
try:
    module(x)
except RuntimeError as problem:
    print(str(problem)[:80])
)---")

py_run_string(r"---(
print(next(module.parameters()).device)
)---")

c(x = py$x$device$type, moved = py$moved_x$device$type, module = py$module$weight$device$type)

## What a device is worth ----
py_run_string(r"---(
print(xorlab.benchmark_matmul(600))
)---")

timing <- benchmark_matmul(600)
names(timing)
timing$device

## Exercise ----
## 5. The net ----
## A module, written out ----
py_run_string(r"---(
class Classifier(nn.Module):
    def __init__(self, num_inputs, num_hidden, num_outputs):
        super().__init__()
        self.linear1 = nn.Linear(num_inputs, num_hidden)
        self.act_fn = nn.Tanh()
        self.linear2 = nn.Linear(num_hidden, num_outputs)

    def forward(self, x):
        return self.linear2(self.act_fn(self.linear1(x)))

torch.manual_seed(42)
model = Classifier(2, 4, 1)
print(model)
)---")

## Its parameters ----
py_run_string(r"---(
for name, parameter in model.named_parameters():
    print(f"{name:15} {list(parameter.shape)}")
print(sum(p.numel() for p in model.parameters()), "parameters")
)---")

w <- lapply(iterate(py$model$parameters()), function(p) p$detach()$cpu()$numpy())
corners <- as.matrix(expand.grid(x1 = 0:1, x2 = 0:1))
hidden <- tanh(corners %*% t(w[[1]]) + rep(w[[2]], each = 4))
by_hand <- drop(hidden %*% t(w[[3]]) + c(w[[4]]))
by_torch <- py$model(py$torch$tensor(corners, dtype = py$torch$float32))$detach()$numpy()
all.equal(by_hand, drop(by_torch), tolerance = 1e-6)

## Layers in a list ----
py_run_string(r"---(
class Forgetful(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(2, 4), nn.Linear(4, 1)]

class Mindful(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, 4), nn.Linear(4, 1)])

print(len(list(Forgetful().parameters())), len(list(Mindful().parameters())))
)---")

## The bend ----
py_run_string(r"---(
z = torch.linspace(-4, 4, 201, requires_grad=True)
curves = {}
figure, panels = plt.subplots(1, 2, figsize=(6, 3))
for ax, bend in zip(panels, [torch.tanh, torch.relu]):
    z.grad = None
    bend(z).sum().backward()
    both = bend(z).tolist(), z.grad.tolist()
    value = ax.plot(z.tolist(), both[0], color="#009E73")
    slope = ax.plot(z.tolist(), both[1], "--",
                    color="#CC79A7")
    title = ax.set_title(bend.__name__)
    curves[bend.__name__] = both
plt.show()
)---")

par(usual)
z <- py$z$detach()$numpy()
par(mfrow = c(1, 2), mar = c(2, 3, 2, 1), las = 1)
for (name in names(py$curves)) {
  matplot(z, sapply(py$curves[[name]], unlist),
          type = "l", lty = 1:2, lwd = 2, ylab = "",
          col = c("#009E73", "#CC79A7"), main = name)
}

## xorlab has the same ----
py_run_string(r"---(
from xorlab import SimpleClassifier

theirs = SimpleClassifier(2, 4, 1)
print(theirs.load_state_dict(model.state_dict()))
points = torch.rand(5, 2)
print(torch.equal(theirs(points), model(points)))
)---")

## Exercises ----
py_run_string(r"---(
class Deeper(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear1, self.linear2, self.linear3 = nn.Linear(2, 4), nn.Linear(4, 4), nn.Linear(4, 1)

    def forward(self, x):
        return self.linear3(torch.tanh(self.linear2(torch.tanh(self.linear1(x)))))

print(sum(p.numel() for p in Deeper().parameters()))
)---")

py_run_string(r"---(
class Hasty(nn.Module):
    def __init__(self):
        self.linear1 = nn.Linear(2, 4)

try:
    Hasty()
except AttributeError as problem:
    print(problem)
)---")

## 6. The data ----
## A dataset, written out ----
py_run_string(r"---(
from torch.utils.data import DataLoader, Dataset

class Xor(Dataset):
    def __init__(self, size, std=0.1, seed=0):
        generator = torch.Generator().manual_seed(seed)
        bits = torch.randint(2, (size, 2), generator=generator, dtype=torch.float32)
        self.label = (bits[:, 0] != bits[:, 1]).long()
        self.data = bits + std * torch.randn(size, 2, generator=generator)

    def __len__(self):
        return len(self.label)

    def __getitem__(self, i):
        return self.data[i], self.label[i]

dataset = Xor(200, seed=1)
print(len(dataset), dataset.data.dtype, dataset.label.dtype)
print(dataset[0])
)---")

## xorlab has the same ----
py_run_string(r"---(
from xorlab import XORDataset

number = int(np.random.SeedSequence([1, 0]).generate_state(1)[0])
ours, theirs = Xor(2500, seed=number), XORDataset(2500, seed=1)
print(torch.allclose(ours.data, theirs.data), torch.equal(ours.label, theirs.label))
)---")

identical(py$theirs$x, points$x)

py_run_string(r"---(
from xorlab import visualize_samples

few = XORDataset(200, seed=1)
ax = visualize_samples(few.data, few.label)
plt.show()
)---")

par(usual)
few <- xor_data(200, seed = 1)
plot(few)

## Batches ----
py_run_string(r"---(
numbers = [3, 1, 4]
items = [dataset[i] for i in numbers]
inputs = torch.stack([point for point, _ in items])
labels = torch.stack([label for _, label in items])
loader = DataLoader(dataset, batch_size=3, sampler=numbers)
from_loader, _ = next(iter(loader))
print(inputs.shape, labels.shape, torch.equal(from_loader, inputs))
)---")

py_run_string(r"---(
loader = DataLoader(dataset, batch_size=8, shuffle=True)
inputs, labels = next(iter(loader))
print(list(inputs.shape), list(labels.shape))
)---")

## Exercises ----
py_run_string(r"---(
sizes = [len(label) for _, label in DataLoader(theirs, batch_size=128)]
print(len(sizes), sizes[-1])
)---")

py_run_string(r"---(
class Sides(Xor):
    def __init__(self, size, seed=0):
        generator = torch.Generator().manual_seed(seed)
        self.data = torch.rand(size, 2, generator=generator)
        self.label = (self.data.sum(dim=1) > 1).long()

print(len(Sides(50)), Sides(50)[0])
)---")

## 7. Training ----
## A loss ----
py_run_string(r"---(
loss_module = nn.BCEWithLogitsLoss()
inputs, labels = inputs.to(device), labels.to(device)
model = model.to(device)
logits = model(inputs).squeeze(dim=1)
print(loss_module(logits, labels.float()))
)---")

z <- py$logits$detach()$cpu()$numpy()
y <- py$labels$cpu()$numpy()
mean(log1p(exp(z)) - y * z)

py_run_string(r"---(
import math

z = torch.linspace(-6, 6, 121)
each = nn.BCEWithLogitsLoss(reduction="none")
figure, ax = plt.subplots(figsize=(4.5, 4.2))
for y, style in [(1.0, "-"), (0.0, "--")]:
    curve = each(z, torch.full_like(z, y))
    artists = ax.plot(z, curve, style, color="black")
names = ax.set(xlabel="Logit",
               ylabel="Loss of one point")
level = ax.axhline(math.log(2), color="grey", ls=":")
plt.show()
)---")

par(usual)
curve(log1p(exp(x)) - x, -6, 6, lwd = 2, las = 1,
      xlab = "Logit", ylab = "Loss of one point")
curve(log1p(exp(x)), -6, 6, lwd = 2, lty = 2,
      add = TRUE)
abline(h = log(2), col = "grey60", lty = 3)

## One epoch, step by step ----
py_run_string(r"---(
train_data = XORDataset(2500, seed=1)
train_loader = DataLoader(train_data, batch_size=128, shuffle=True)
torch.manual_seed(42)
model = Classifier(2, 4, 1).to(device)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
step_losses = []

for inputs, labels in train_loader:
    # 1. Move the batch to the device where the net is.
    inputs, labels = inputs.to(device), labels.to(device)
    # 2. Predict.
    logits = model(inputs).squeeze(dim=1)
    # 3. Compute the loss.
    loss = loss_module(logits, labels.float())
    # 4. Set the gradients to zero, and backpropagate.
    optimizer.zero_grad()
    loss.backward()
    # 5. Take a step.
    optimizer.step()
    step_losses.append(loss.item())

print(f"{len(step_losses)} batches in an epoch, {100 * len(step_losses):,} steps in 100 epochs")
)---")

par(usual)
plot(py$step_losses, type = "b", pch = 19, las = 1, col = "#009E73", xlab = "Step",
     ylab = "Loss of the batch", main = "The first epoch, step by step")

## The training loop ----
py_run_string(r"---(
def train(model, optimizer, loader, loss_module, num_epochs):
    device = next(model.parameters()).device
    means = []
    model.train()
    for epoch in range(num_epochs):
        total = 0.0
        for inputs, labels in loader:
            inputs, labels = inputs.to(device), labels.to(device)
            logits = model(inputs).squeeze(dim=1)
            loss = loss_module(logits, labels.float())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        means.append(total / len(loader.dataset))
    return means

torch.manual_seed(42)
model = Classifier(2, 4, 1).to(device)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
means = train(model, optimizer, train_loader, loss_module, num_epochs=100)
print(f"loss {means[0]:.3f} in the first epoch, {means[-1]:.3f} in the last")
)---")

## xorlab has the same ----
py_run_string(r"---(
from xorlab import train_model

torch.manual_seed(42)
twin = SimpleClassifier(2, 4, 1).to(device)
optimizer = torch.optim.SGD(twin.parameters(), lr=0.1)
kept = {0: {name: weights.cpu().clone() for name, weights in twin.state_dict().items()}}

def keep(epoch, history):
    if epoch % 5 == 0:
        kept[epoch] = {name: weights.cpu().clone() for name, weights in twin.state_dict().items()}

history = train_model(
    twin, optimizer, train_loader, loss_module, num_epochs=100, after_epoch=keep)
print(all(torch.equal(a, b) for a, b in zip(model.parameters(), twin.parameters())))
print(history.loss == means)
)---")

py_run_string(r"---(
net = xorlab.Fit(twin, history=history, data=train_data, snapshots=kept)
print(net)
)---")

par(usual)
net <- py$net
plot(net, "history")

## In one call ----
fit <- train_xor(seed = 1)
fit

code <- strsplit(show_code(fit), "\n")[[1]]
writeLines(code[seq(grep("^optimizer", code)[1], length(code))])

## What if the gradients are not zeroed? ----
py_run_string(r"---(
noisy_data = XORDataset(2500, std=0.3, seed=1)

def losses(zero, seed=3, epochs=60):
    torch.manual_seed(seed)
    net = SimpleClassifier(2, 4, 1)
    sgd = torch.optim.SGD(net.parameters(), lr=0.1)
    means = []
    for epoch in range(epochs):
        total = 0.0
        for inputs, labels in DataLoader(noisy_data, batch_size=128, shuffle=True):
            loss = loss_module(net(inputs).squeeze(dim=1), labels.float())
            if zero:
                sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(labels) / len(noisy_data)
        means.append(total)
    return means

zeroed, adding_up = losses(zero=True), losses(zero=False)
)---")

par(usual)
curves <- cbind(zeroed = py$zeroed, "adding up" = py$adding_up)
matplot(curves, type = "l", lty = 1:2, lwd = 2, col = c("#009E73", "#CC79A7"), las = 1,
        xlab = "Epoch", ylab = "Loss", main = "With and without zeroing")
legend("bottomleft", colnames(curves), lty = 1:2, lwd = 2, col = c("#009E73", "#CC79A7"), bty = "n")

## Exercises ----
py_run_string(r"---(
from copy import deepcopy

longer = deepcopy(model)
optimizer = torch.optim.SGD(longer.parameters(), lr=0.1)
more = train(longer, optimizer, train_loader, loss_module, num_epochs=10)
print(f"{means[-1]:.4f} to {more[-1]:.4f}")
)---")

py_run_string(r"---(
try:
    loss_module(model(inputs), labels.float())
except ValueError as problem:
    print(problem)
)---")

## 8. How good is it? ----
## The evaluation, written out ----
py_run_string(r"---(
def evaluate(model, loader):
    device = next(model.parameters()).device
    hits = count = 0
    model.eval()
    with torch.no_grad():
        for inputs, labels in loader:
            inputs, labels = inputs.to(device), labels.to(device)
            predicted = (model(inputs).squeeze(dim=1) >= 0).long()
            hits += (predicted == labels).sum().item()
            count += len(labels)
    return hits / count

test_data = XORDataset(500, seed=2)
test_loader = DataLoader(test_data, batch_size=128)
print(evaluate(model, test_loader))
)---")

## xorlab has the same ----
py_run_string(r"---(
from xorlab import eval_model

found = eval_model(model, test_loader)
print(found.accuracy == evaluate(model, test_loader))
print(found)
)---")

eval_xor(net, xor_data(500, seed = 2))

## Does the batch size matter for the test? ----
py_run_string(r"---(
import time

harder = XORDataset(500, std=0.4, seed=2)  # or every batch would be right in all its points
results = []
for batch_size in [1, 7, 128, 500]:
    loader = DataLoader(harder, batch_size=batch_size)
    averaged = sum(evaluate(model, [batch]) for batch in loader) / len(loader)
    started = time.perf_counter()
    share = evaluate(model, loader)
    results.append((batch_size, share, averaged, time.perf_counter() - started))
)---")

results <- as.data.frame(do.call(rbind, lapply(py$results, unlist)))
names(results) <- c("batch_size", "accuracy", "averaged", "seconds")
print(results, digits = 4)

## Do `eval()` and `no_grad()` do the same? ----
py_run_string(r"---(
torch.manual_seed(1)
dropping = nn.Sequential(nn.Linear(2, 50), nn.Dropout(0.5), nn.Linear(50, 1))
point = torch.tensor([[0.0, 1.0]])
cases = []
for training in [True, False]:
    for gradients in [True, False]:
        dropping = dropping.train(training)
        with torch.set_grad_enabled(gradients):
            first, second = dropping(point), dropping(point)
        cases.append((training, gradients, not torch.equal(first, second), first.requires_grad))
)---")

cases <- as.data.frame(do.call(rbind, lapply(py$cases, unlist)))
cases[1:2] <- list(ifelse(cases[[1]], "train()", "eval()"), ifelse(cases[[2]], "on", "off"))
setNames(cases, c("mode", "gradients", "dropout_acts", "output_remembers"))

## What did it learn? ----
py_run_string(r"---(
grid = torch.arange(200) / 100 - 0.5
x1, x2 = torch.meshgrid(grid, grid, indexing="ij")
places = torch.stack([x1.flatten(), x2.flatten()], dim=1)
with torch.no_grad():
    prob = torch.sigmoid(model(places.to(device))).reshape(200, 200).cpu().numpy()
)---")

py_run_string(r"---(
from matplotlib.colors import LinearSegmentedColormap

shades = LinearSegmentedColormap.from_list(
    "classes", ["#4095C5", "white", "#ECB740"])
figure, ax = plt.subplots(figsize=(5, 5))
image = ax.imshow(prob.T, cmap=shades, origin="lower",
                  vmin=0, vmax=1,
                  extent=(-0.505, 1.495, -0.505, 1.495))
ink = np.array(["#0072B2", "#E69F00"])
x, y = test_data.data.T
dots = ax.scatter(x, y, s=16, c=ink[test_data.label],
                  edgecolors="black", linewidths=0.5)
plt.show()
)---")

par(usual)
grid <- as.vector(py$grid$numpy())
ink <- c("#0072B2", "#E69F00")
par(pty = "s", las = 1)
image(grid, grid, py$prob, zlim = 0:1,
      col = colorRampPalette(c(
        "#4095C5", "white",
        "#ECB740"))(255),
      xlab = "x1", ylab = "x2")
contour(grid, grid, py$prob, add = TRUE,
        levels = 0.5, drawlabels = FALSE)
points(py$test_data$x, pch = 21, cex = 0.8,
       bg = ink[py$test_data$label + 1])

py_run_string(r"---(
again = xorlab.boundary(model, grid, grid)
print(np.allclose(again.prob, prob, atol=1e-6))
)---")

par(usual)
plot(net)

## Keeping it ----
py_run_string(r"---(
import os, tempfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "xor.pt")
    torch.save(model.state_dict(), path)
    state = torch.load(path, weights_only=True)

print(state["linear1.weight"])
new_model = Classifier(2, 4, 1).to(device)
print(new_model.load_state_dict(state))
places = train_data.data.to(device)
print(torch.equal(new_model(places), model(places)))
)---")

coef(net)$linear1.weight
path <- tempfile(fileext = ".pt")
save_xor(net, path)
identical(predict(load_xor(path), corners, "prob"), predict(net, corners, "prob"))
unlink(path)

## Exercises ----
py_run_string(r"---(
def evaluate_loss(model, loader):
    device, total, count = next(model.parameters()).device, 0.0, 0
    model.eval()
    with torch.no_grad():
        for inputs, labels in loader:
            inputs, labels = inputs.to(device), labels.to(device)
            loss = loss_module(model(inputs).squeeze(dim=1), labels.float())
            total += loss.item() * len(labels)
            count += len(labels)
    return total / count

print(abs(evaluate_loss(model, test_loader) - found.loss) < 1e-6)
)---")

round(predict(net, rbind(c(5, 5), c(-5, -5)), type = "prob"), 3)

## 9. Watch it ----
## Epoch by epoch ----
animate_xor(net)

## Unit by unit ----
par(usual)
plot(net, "hidden")

par(usual)
plot(net, "network")

## As the last layer sees it ----
par(usual)
plot(net, "space")

## As a walk downhill ----
par(usual)
plot(net, "landscape")

## Exercise ----
without <- sapply(1:4, function(unit) {
  changed <- net
  changed$weights$linear2.weight[1, unit] <- 0
  eval_xor(changed, xor_data(500, seed = 2))$accuracy
})
names(without) <- paste("without unit", 1:4)
without

## 10. Break it ----
## A learning rate of 0.1. Why? ----
py_run_string(r"---(
rates = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30]
sweep = xorlab.xor_sweep(lr=rates, hidden=[2, 4], runs=15, seed=1)
print(len(sweep), "nets")
)---")

par(usual)
plot(py$sweep)

## How often does a net get stuck? ----
py_run_string(r"---(
study = xorlab.xor_sweep(lr=0.1, hidden=[2, 3, 4, 8], runs=100, seed=1)
stuck = study.fit(study.failed()[0])
print(study)
)---")

par(usual)
shares <- summary(py$study)
at <- barplot(shares$share, names.arg = shares$hidden, ylim = 0:1, las = 1, col = "#99D8C7",
              border = NA, xlab = "Hidden units", ylab = "Share of nets that solve XOR")
segments(at, shares$lower, at, shares$upper, lwd = 2)

sapply(c(100, 300, 1000), function(epochs) {
  sum(seed_study(runs = 50, hidden = 2, epochs = epochs, seed = 1)$solved)
})

par(usual)
plot(py$study, "gallery")

diagnose_xor(py$stuck)

## Identical starting weights ----
py_run_string(r"---(
alike = Classifier(2, 4, 1).to(device)
start = [nn.init.constant_(parameter, 0.5) for parameter in alike.parameters()]
optimizer = torch.optim.SGD(alike.parameters(), lr=0.1)
means_alike = train(alike, optimizer, train_loader, loss_module, num_epochs=50)
print(f"loss {means_alike[-1]:.3f}")
print(alike.linear1.weight)
)---")

## Other optimizers ----
par(usual)
nets <- list(SGD = train_xor(seed = 1), momentum = train_xor(momentum = 0.9, seed = 1),
             Adam = train_xor(optimizer = "adam", seed = 1))
matplot(sapply(nets, function(one) one$history$loss), type = "l", lty = 1:3, lwd = 2, las = 1,
        col = c("#777777", "#009E73", "#CC79A7"), xlab = "Epoch", ylab = "Loss", ylim = c(0, 0.75))
legend("topright", names(nets), lty = 1:3, lwd = 2, col = c("#777777", "#009E73", "#CC79A7"), bty = "n")

## Learned by heart ----
par(usual)
set.seed(1)
chance <- data.frame(a = rnorm(80), b = rnorm(80), y = rbinom(80, 1, 0.5))
heart <- train_xor(y ~ a + b, data = chance, hidden = 64, optimizer = "adam", epochs = 300,
                   batch_size = 16, validation = 0.25, seed = 1)
plot(heart, "history")

## Exercises ----
failed <- subset(as.data.frame(seed_study(runs = 10, hidden = 2, seed = 1)), !solved)
diagnose_xor(train_xor(hidden = 2, seed = failed$seed[1]))

last_loss <- function(lr) suppressWarnings(train_xor(lr = lr, seed = 1))$history$loss[100]
round(sapply(c(0.0001, 0.1, 30), last_loss), 3)

## 11. How good could it be? ----
py_run_string(r"---(
noises = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
best = [xorlab.bayes_xor(std).accuracy for std in noises]
fits = [xorlab.train_xor(XORDataset(2500, std, seed=1), seed=1) for std in noises]
reached = [
    fit.evaluate(XORDataset(100_000, std, seed=2)).accuracy
    for fit, std in zip(fits, noises)
]
)---")

par(usual)
plot(py$noises, py$best, type = "l", lwd = 2, las = 1, ylim = c(0.5, 1), col = "#333333",
     xlab = "Standard deviation of the noise", ylab = "Accuracy")
points(py$noises, py$reached, pch = 21, cex = 1.4, bg = "#009E73")
legend("topright", c("best possible", "the net"), lty = c(1, NA), pch = c(NA, 21), lwd = c(2, 1),
       pt.bg = "#009E73", bty = "n")

par(usual)
noisy <- py$fits[[3]]
plot(noisy, "difference")

## Exercise ----
hard <- xor_data(2500, std = 0.5, seed = 1)
many <- xor_data(1e5, std = 0.5, seed = 2)
reached <- sapply(c(4, 16), function(n) {
  eval_xor(train_xor(hard, hidden = n, seed = 1), many)$accuracy
})
round(c("4 units" = reached[1], "16 units" = reached[2], best = bayes_xor(0.5)$accuracy), 3)

## 12. Your own data ----
## Where `glm()` ties ----
par(usual)
flowers <- droplevels(iris[iris$Species != "setosa", c("Petal.Length", "Petal.Width", "Species")])
held_back <- seq_len(nrow(flowers)) %% 5 == 0
own_fit <- train_xor(Species ~ ., data = flowers[!held_back, ], epochs = 300, seed = 1)
plot(own_fit)

fresh <- flowers[held_back, ]
straight <- glm(Species ~ ., family = binomial, data = flowers[!held_back, ])
by_glm <- levels(fresh$Species)[1 + (predict(straight, fresh, type = "response") > 0.5)]
c(net = mean(predict(own_fit, fresh) == fresh$Species), glm = mean(by_glm == fresh$Species))

## Where it cannot follow ----
par(usual)
toys <- c("moons", "circles")
shares <- sapply(toys, function(kind) {
  seen <- as.data.frame(toy_data(kind, 1000, seed = 1))
  new <- as.data.frame(toy_data(kind, 1000, seed = 2))
  line <- glm(label ~ x1 + x2, family = binomial, data = seen)
  fit <- train_xor(label ~ x1 + x2, data = seen, hidden = 8, optimizer = "adam", seed = 1)
  c(glm = mean((predict(line, new) > 0) == new$label), net = eval_xor(fit, new)$accuracy)
})
round(shares, 3)
par(mfrow = c(1, 2))
for (kind in toys) {
  plot(train_xor(toy_data(kind, 1000, seed = 1), hidden = 8, optimizer = "adam", seed = 1))
}

## Scaling by the training rows ----
summary(own_fit)$columns

table(truth = fresh$Species, predicted = predict(own_fit, fresh))

py_run_string(r"---(
values = torch.tensor([[3.0, 10.0], [5.0, 30.0], [4.0, 20.0], [9.0, 90.0]])
is_train = torch.tensor([True, True, True, False])
center, spread = values[is_train].mean(dim=0), values[is_train].std(dim=0)
scaled = (values - center) / spread  # the test row, too, by the training rows' numbers
print(scaled)
)---")

## Three classes and more ----
par(usual)
three <- train_xor(Species ~ Petal.Length + Petal.Width, data = iris, batch_size = 16, seed = 1)
plot(three)

py_run_string(r"---(
print(r.own_fit.levels)
print(r.own_fit.predict([[5.5, 2.0]]))
)---")

## Exercises ----
py_run_string(r"---(
peeked = (values - values.mean(dim=0)) / values.std(dim=0)
print(peeked[is_train].std(dim=0), scaled[is_train].std(dim=0))
)---")

## 13. On your own ----
## Following a training in TensorBoard ----
py_run_string(r"---(
with tempfile.TemporaryDirectory() as folder:
    watched = SimpleClassifier(2, 4, 1).to(device)
    optimizer = torch.optim.SGD(watched.parameters(), lr=0.1)
    board = xorlab.TensorBoard(folder, watched, train_data)
    history = train_model(
        watched, optimizer, train_loader, loss_module, num_epochs=10, after_epoch=board)
    print([name.split(".")[0] for name in os.listdir(folder)])
)---")

## Two moons, by yourself ----
py_run_string(r"---(
import math
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

class Moons(Dataset):
    def __init__(self, size, seed):
        generator = torch.Generator().manual_seed(seed)
        t = math.pi * torch.rand(size, generator=generator)
        self.label = torch.randint(2, (size,), generator=generator)
        upper = torch.stack([torch.cos(t), torch.sin(t)], dim=1)
        lower = torch.stack([1 - torch.cos(t), 0.5 - torch.sin(t)], dim=1)
        points = torch.where(self.label[:, None] == 1, lower, upper)
        self.data = points + 0.1 * torch.randn(size, 2, generator=generator)

    def __len__(self):
        return len(self.label)

    def __getitem__(self, i):
        return self.data[i], self.label[i]

class MoonNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 16)
        self.output = nn.Linear(16, 1)

    def forward(self, x):
        return self.output(torch.tanh(self.hidden(x)))

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.manual_seed(1)
model = MoonNet().to(device)
loss_module = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

train_loader = DataLoader(Moons(1000, seed=1), batch_size=32, shuffle=True)
test_loader = DataLoader(Moons(500, seed=2), batch_size=128)

model.train()
for epoch in range(30):
    for inputs, labels in train_loader:
        inputs, labels = inputs.to(device), labels.to(device)
        loss = loss_module(model(inputs).squeeze(dim=1), labels.float())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

hits = 0
model.eval()
with torch.no_grad():
    for inputs, labels in test_loader:
        inputs, labels = inputs.to(device), labels.to(device)
        predicted = (model(inputs).squeeze(dim=1) >= 0).long()
        hits += (predicted == labels).sum().item()
print(f"{hits} of 500 right")
)---")

## Where to go from here ----
if (!interactive()) invisible(dev.off())
cat("\nThe pictures are in ", normalizePath(folder), "\n", sep = "")
# nolint end
