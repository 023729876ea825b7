# Written by tools/r_tables.py from Python's tables (run `make man`): do not edit.

max_count <- 2147483647L
max_nets <- 1000000L # of a study
max_layers <- 100L # of a net
max_snapshots <- 100000L # of a fit
max_classes <- 100L
fewest_steps <- 100L # of lr_find()
uneven <- 0.8 # share of the largest class from which on it is said
# How far the validation loss rises where it parts from that of training, in nats and as a share,
# and after how many epochs at least.
parting_rise <- 0.02
parting_share <- 0.1
parting_epochs <- 5L
max_std <- 1e+30 # of larger noise, points would be beyond float32
max_float32 <- 3.4028234663852886e+38

# Toy problems.
toy_kinds <- c(
  "xor", "circles", "moons", "spirals", "blobs", "checkerboard", "linear"
)

# Inputs that are computed from two columns.
input_names <- c(
  "x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"
)

# Activations of hidden units, as formulas of x.
activations <- c(
  tanh = "tanh(x)",
  relu = "max(x, 0)",
  sigmoid = "1 / (1 + exp(-x))",
  identity = "x",
  elu = "x if x > 0 else exp(x) - 1",
  leaky_relu = "max(x, 0.01 * x)",
  softplus = "log(1 + exp(x))"
)

# Their values at a vector x, as R works them out.
activations_in_r <- c(
  tanh = "tanh(x)",
  relu = "pmax(x, 0)",
  sigmoid = "1 / (1 + exp(-x))",
  identity = "x",
  elu = "pmax(x, expm1(pmin(x, 0)))",
  leaky_relu = "pmax(x, 0.01 * x)",
  softplus = "pmax(x, 0) + log1p(exp(-abs(x)))"
)

# Optimizers, with the learning rates that "auto" takes, and first weights.
usual_rates <- c(sgd = 0.1, adam = 0.01, rmsprop = 0.01)
optimizer_names <- names(usual_rates)
init_names <- c(
  "default", "xavier", "kaiming", "normal", "zeros"
)

# Columns of a study, with their types: what a net was trained with, and the result of it.
config_columns <- c(
  hidden = "character",
  activation = "character",
  lr = "double",
  std = "double",
  data = "character",
  size = "integer",
  epochs = "integer",
  batch_size = "integer",
  optimizer = "character",
  momentum = "double",
  nesterov = "logical",
  weight_decay = "double",
  l1 = "double",
  init = "character",
  validation = "double",
  patience = "integer",
  scale = "character",
  inputs = "character"
)
run_columns <- c(
  seed = "integer",
  loss = "double",
  accuracy = "double",
  solved = "logical",
  corner = "character",
  val_loss = "double",
  best_epoch = "integer"
)
# Those that tables of earlier versions lack, and what they were then.
later_columns <- list(
  data = "xor",
  optimizer = "sgd",
  momentum = 0,
  nesterov = FALSE,
  weight_decay = 0,
  l1 = 0,
  init = "default",
  validation = NA_real_,
  patience = NA_integer_,
  scale = "auto",
  inputs = "",
  val_loss = NA_real_,
  best_epoch = NA_integer_
)
own_name <- "own data" # of the user's own points in the column `data`

# The playground: the version of shiny that it needs; what it opens with, what its
# large picture shows, and the groups of controls that may be hidden.
needed_shiny <- "1.8"
playground_settings <- c(
  "problem", "size", "noise", "classes", "inputs", "hidden", "activation", "init", "optimizer",
  "lr", "batch_size", "momentum", "nesterov", "weight_decay", "l1", "validation", "seed", "view"
)
playground_views <- c(
  "probability", "classes", "posterior", "difference"
)
playground_groups <- c(
  "data", "noise", "size", "validation", "points", "inputs", "net", "activation", "init", "lr",
  "batch_size", "optimizer", "momentum", "weight_decay", "l1", "speed", "seed", "pictures",
  "view", "challenges", "compare", "code", "upload", "downloads"
)

# Colours: of the classes, and of what is no class; see R/palette.R.
class_colors <- c(
  "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#000000", "#F0E442", "#56B4E9"
)
series_colors <- c(
  "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000"
)
validation_color <- "#004F3A"
difference_colors <- c(
  "#762A83", "#1B7837"
) # below and above 0
high_loss <- "#8A8A8A"
path_color <- "#009E73"
faded <- 0.3 # what is left of a colour where there are no data
solved_color <- "#009E73"
failed_color <- "#D55E00"
ink <- "#333333"
grey <- "#777777"
pale <- "#E0E0E0"

# What arguments and their values are called elsewhere, for suggestions in error messages.
synonyms <- c(
  learning_rate = "lr",
  learning_rate_init = "lr",
  learningrate = "lr",
  eta = "lr",
  rate = "lr",
  step_size = "lr",
  n_epochs = "epochs",
  num_epochs = "epochs",
  max_iter = "epochs",
  maxit = "epochs",
  n_iter = "epochs",
  iterations = "epochs",
  hidden_layer_sizes = "hidden",
  n_hidden = "hidden",
  num_hidden = "hidden",
  neurons = "hidden",
  units = "hidden",
  noise = "std",
  std = "noise",
  sd = "std",
  sigma = "std",
  n = "size",
  n_samples = "size",
  num_samples = "size",
  n_classes = "classes",
  centers = "classes",
  random_state = "seed",
  solver = "optimizer",
  optim = "optimizer",
  optimiser = "optimizer",
  decay = "weight_decay",
  alpha = "weight_decay",
  l2 = "weight_decay",
  initializer = "init",
  initialization = "init",
  validation_fraction = "validation",
  validation_split = "validation",
  validation_data = "validation",
  early_stopping = "patience",
  n_iter_no_change = "patience",
  callback = "after_epoch",
  callbacks = "after_epoch",
  replicates = "runs",
  repeats = "runs",
  progress = "verbose",
  object = "fit",
  model = "fit",
  x = "data",
  data = "x",
  df = "data",
  frame = "data",
  dataset = "data",
  train = "data",
  y = "label",
  label = "y",
  labels = "label",
  target = "label",
  standardize = "scale",
  standardise = "scale",
  normalize = "scale",
  features = "inputs",
  new_data = "newdata",
  file = "path",
  filename = "path",
  lang = "language",
  logistic = "sigmoid",
  linear = "identity",
  none = "identity",
  rectifier = "relu",
  response = "prob",
  probability = "prob",
  raw = "logit",
  link = "logit",
  gpu = "cuda",
  torch = "autograd",
  loop = "autograd",
  decision = "boundary",
  surface = "boundary",
  loss = "history",
  curve = "history",
  weights = "network",
  graph = "network",
  failed = "gallery",
  py = "python",
  two_moons = "moons",
  make_moons = "moons",
  half_moons = "moons",
  make_circles = "circles",
  rings = "circles",
  make_blobs = "blobs",
  gauss = "blobs",
  gaussians = "blobs",
  clusters = "blobs",
  chessboard = "checkerboard"
)
