"""The progress bar that suits the place: tqdm's widget, or in a notebook without ipywidgets its bar
of text, which is no reason to warn."""

import warnings

from tqdm import TqdmWarning

with warnings.catch_warnings():
    warnings.simplefilter("ignore", TqdmWarning)
    from tqdm.auto import tqdm

__all__ = ["tqdm"]
