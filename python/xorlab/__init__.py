"""xorlab: one lab bench for small neural classifiers, the same from Python and from R."""

from .animation import Animation, animate_xor
from .bayes import BayesXor, bayes_xor, plot_bayes
from .corners import is_solved, lost_corners
from .data import TwoClassDataset, XORDataset
from .device import get_device, module_device
from .diagnosis import Diagnosis, diagnose_xor
from .evaluation import Evaluation, eval_model
from .fit import Fit, load_xor
from .gallery import plot_gallery
from .hidden import plot_hidden
from .history import History
from .lessons import autograd_demo, benchmark_matmul
from .loop import NonFiniteLossError, train_model
from .model import SimpleClassifier
from .network import plot_network
from .own_data import as_xor_data
from .plotting import plot_fit, plot_history, visualize_classification, visualize_samples
from .resume import TrainingInterrupted
from .script import Code, show_code
from .settings import Settings
from .sitrep import info
from .study import Study, StudyInterrupted, interrupted_study, read_study
from .study_plots import plot_study
from .surface import Boundary, boundary
from .sweep import seed_study, xor_sweep
from .training import train_xor
from .version import __version__

__all__ = [
    "Animation",
    "BayesXor",
    "Boundary",
    "Code",
    "Diagnosis",
    "Evaluation",
    "Fit",
    "History",
    "NonFiniteLossError",
    "Settings",
    "SimpleClassifier",
    "Study",
    "StudyInterrupted",
    "TrainingInterrupted",
    "TwoClassDataset",
    "XORDataset",
    "__version__",
    "animate_xor",
    "as_xor_data",
    "autograd_demo",
    "bayes_xor",
    "benchmark_matmul",
    "boundary",
    "diagnose_xor",
    "eval_model",
    "get_device",
    "info",
    "interrupted_study",
    "is_solved",
    "load_xor",
    "lost_corners",
    "module_device",
    "plot_bayes",
    "plot_fit",
    "plot_gallery",
    "plot_hidden",
    "plot_history",
    "plot_network",
    "plot_study",
    "read_study",
    "seed_study",
    "show_code",
    "train_model",
    "train_xor",
    "visualize_classification",
    "visualize_samples",
    "xor_sweep",
]
