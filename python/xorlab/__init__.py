"""Train small neural classifiers, and look at what they learned: the same from Python and from R.

Quick start
-----------
Train a net on continuous XOR, and see how good it is on fresh points:

>>> import xorlab
>>> fit = xorlab.train_xor(seed=1)
>>> fit.evaluate().accuracy
1.0
>>> fit.predict_proba([[0, 0], [0, 1]]).round(2)
array([[1.  , 0.  ],
       [0.02, 0.98]])
>>> ax = xorlab.plot_fit(fit)

Why did another one fail, and how often does that happen?

>>> print(xorlab.diagnose_xor(xorlab.train_xor(hidden=2, seed=5)).headline)
not solved, corner (1, 1) is lost
>>> study = xorlab.seed_study(runs=20, hidden=2, seed=1)
>>> study.summary()[0].solved
9

Your own data is a matrix and labels, or a data frame and the name of a column:

>>> weight = [[2.6], [2.3], [3.4], [3.6], [1.9], [5.3]]
>>> gear_box = ["manual", "manual", "automatic", "automatic", "manual", "automatic"]
>>> cars = xorlab.train_xor(weight, gear_box, batch_size=2, seed=1)
>>> cars.predict([[2.0], [4.0]])
array(['manual', 'automatic'], dtype='<U9')

And the same training as a script in plain PyTorch, to take home:

>>> script = xorlab.show_code(fit)

`xorlab.playground()` opens a page in the browser, on which such a net trains while you watch and
change it, and returns its fit (with the extra `playground`: `pip install "xorlab[playground]"`).
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from .data.dataset import PointDataset
from .data.own import as_xor_data
from .data.toys import toy_data
from .data.xor import XORDataset
from .device import get_device, module_device
from .diagnosis.diagnosis import Diagnosis, diagnose_xor
from .evaluation.bayes import BayesXor, bayes_xor
from .evaluation.boundary import Boundary, boundary
from .evaluation.corners import is_solved, lost_corners
from .evaluation.evaluate import eval_model
from .evaluation.evaluation import Evaluation
from .fit.fit import Fit
from .fit.interrupted import TrainingInterrupted
from .fit.learning_rates import LearningRates
from .fit.load import load_xor
from .fit.lr_find import lr_find
from .fit.resume import resume_xor
from .fit.train import train_xor
from .info import info
from .lessons import autograd_demo, benchmark_matmul
from .model.classifier import SimpleClassifier
from .playground.playground import Playground, playground
from .plots.animation import Animation, animate_xor
from .plots.bayes import plot_bayes
from .plots.boundary import visualize_classification
from .plots.difference import plot_difference
from .plots.fit import plot_fit
from .plots.gallery import plot_gallery
from .plots.hidden import plot_hidden
from .plots.history import plot_history
from .plots.landscape import plot_landscape
from .plots.lr_find import plot_lr_find
from .plots.network import plot_network
from .plots.samples import visualize_samples
from .plots.space import plot_space
from .plots.study import plot_study
from .plots.tensorboard import TensorBoard
from .script.code import Code, show_code
from .settings import Settings
from .study.interrupted import StudyInterrupted, interrupted_study
from .study.read import read_study
from .study.resume import resume_study
from .study.study import Study
from .study.sweep import seed_study, xor_sweep
from .training.history import History
from .training.loop import NonFiniteLossError, train_model
from .version import __version__

if TYPE_CHECKING:
    from .estimator import XorClassifier

TwoClassDataset = PointDataset  # its name in 0.1.0

__all__ = [
    "Animation",
    "BayesXor",
    "Boundary",
    "Code",
    "Diagnosis",
    "Evaluation",
    "Fit",
    "History",
    "LearningRates",
    "NonFiniteLossError",
    "Playground",
    "PointDataset",
    "Settings",
    "SimpleClassifier",
    "Study",
    "StudyInterrupted",
    "TensorBoard",
    "TrainingInterrupted",
    "TwoClassDataset",
    "XORDataset",
    "XorClassifier",
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
    "lr_find",
    "module_device",
    "playground",
    "plot_bayes",
    "plot_difference",
    "plot_fit",
    "plot_gallery",
    "plot_hidden",
    "plot_history",
    "plot_landscape",
    "plot_lr_find",
    "plot_network",
    "plot_space",
    "plot_study",
    "read_study",
    "resume_study",
    "resume_xor",
    "seed_study",
    "show_code",
    "toy_data",
    "train_model",
    "train_xor",
    "visualize_classification",
    "visualize_samples",
    "xor_sweep",
]

if not TYPE_CHECKING:
    if find_spec("sklearn") is None:
        __all__.remove("XorClassifier")  # so that `from xorlab import *` works

    def __getattr__(name: str) -> Any:
        """`XorClassifier`, which alone needs scikit-learn, is imported where it is asked for."""
        if name != "XorClassifier":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from .estimator import XorClassifier

        return XorClassifier

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
