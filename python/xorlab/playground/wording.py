"""What the page calls the choices of its controls."""

PROBLEM_NAMES = {
    "xor": "XOR",
    "circles": "Circles",
    "moons": "Moons",
    "spirals": "Spirals",
    "blobs": "Blobs",
    "checkerboard": "Checkers",
    "linear": "Linear",
    "own": "Own data",
}
SPEED_NAMES = {
    "1": "1 epoch/s",
    "5": "5 epochs/s",
    "20": "20 epochs/s",
    "frame": "1 epoch a frame",
    "fastest": "Fastest",
}
VIEW_NAMES = {
    "probability": "Probability",
    "classes": "Predicted class",
    "posterior": "True probability",
    "difference": "Predicted minus true",
}
PANEL_NAMES = {
    "none": "Net",
    "space": "Hidden space",
    "landscape": "Loss landscape",
    "code": "Code",
}
OPTIMIZER_NAMES = {"sgd": "SGD", "adam": "Adam", "rmsprop": "RMSprop"}
ACTIVATION_NAMES = {
    "tanh": "tanh",
    "relu": "ReLU",
    "sigmoid": "Sigmoid",
    "identity": "Linear",
    "elu": "ELU",
    "leaky_relu": "Leaky ReLU",
    "softplus": "Softplus",
}
INPUT_NAMES = {
    "x1": "x₁",
    "x2": "x₂",
    "x1^2": "x₁²",
    "x2^2": "x₂²",
    "x1*x2": "x₁x₂",
    "sin(x1)": "sin x₁",
    "sin(x2)": "sin x₂",
}
INIT_NAMES = {
    "default": "Default",
    "xavier": "Xavier",
    "kaiming": "Kaiming",
    "normal": "Normal",
    "zeros": "Zeros",
}
