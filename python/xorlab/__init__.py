"""xorlab: one lab bench for small neural classifiers, the same from Python and from R."""

from .data import TwoClassDataset, XORDataset, as_xor_data
from .device import get_device, module_device
from .evaluation import Boundary, Evaluation, boundary, eval_model
from .fit import Fit, Settings, load_xor
from .history import History
from .lessons import autograd_demo, benchmark_matmul
from .model import SimpleClassifier
from .plotting import plot_fit, plot_history, visualize_classification, visualize_samples
from .sitrep import info
from .training import NonFiniteLossError, train_model, train_xor
from .version import __version__

__all__ = [
    "Boundary",
    "Evaluation",
    "Fit",
    "History",
    "NonFiniteLossError",
    "Settings",
    "SimpleClassifier",
    "TwoClassDataset",
    "XORDataset",
    "__version__",
    "as_xor_data",
    "autograd_demo",
    "benchmark_matmul",
    "boundary",
    "eval_model",
    "get_device",
    "info",
    "load_xor",
    "module_device",
    "plot_fit",
    "plot_history",
    "train_model",
    "train_xor",
    "visualize_classification",
    "visualize_samples",
]
