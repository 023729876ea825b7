"""pdoc's command, with the names of long types in signatures, not all that they stand for."""

import importlib

import numpy.typing
from pdoc.__main__ import cli


class ArrayLike:
    pass


class Data:
    pass


ArrayLike.__module__ = "numpy.typing"
numpy.typing.ArrayLike = ArrayLike  # before xorlab is imported
Data.__module__ = "builtins"  # shown without a module: it is no public name
for name in ("fit.train", "fit.predictor", "diagnosis.diagnosis"):
    importlib.import_module(f"xorlab.{name}").Data = Data
xorlab = importlib.import_module("xorlab")
xorlab.XorClassifier = xorlab.XorClassifier  # pdoc asks the module's dict, which has it from now on
cli()
