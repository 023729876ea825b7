"""Classifiers for data of one's own, each with its budget in the words of its library."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import xorlab
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

Points = NDArray[np.float64]
Classes = NDArray[np.int64]

HIDDEN = 16
MAX_EPOCHS = 3000
EPOCHS = (10, 30, 100, 300, 1000, MAX_EPOCHS)
BATCH = 16
HELD_OUT = 0.2


@dataclass(frozen=True)
class Method:
    """A name, a budget, and what trains on points and classes and then classifies other points.

    `classify` is None where R does it, in r/own_data.R.
    """

    name: str
    budget: str
    classify: Callable[[Points, Classes, Points, int], Classes] | None = None


def logistic(x: Points, y: Classes, new: Points, seed: int) -> Classes:
    return make_pipeline(StandardScaler(), LogisticRegression()).fit(x, y).predict(new)


def perceptron(x: Points, y: Classes, new: Points, seed: int) -> Classes:
    """Without its early stop, which takes the plateau at the start of spirals for the end."""
    net = MLPClassifier(
        (HIDDEN,),
        max_iter=MAX_EPOCHS,
        tol=0,
        n_iter_no_change=MAX_EPOCHS,
        random_state=seed,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # all epochs are run
        return make_pipeline(StandardScaler(), net).fit(x, y).predict(new)


def ours(x: Points, y: Classes, new: Points, seed: int, **settings: Any) -> Classes:
    fit = xorlab.train_xor(x, y, hidden=HIDDEN, seed=seed, verbose=False, **settings)
    return fit.predict(new)


def ours_chosen(x: Points, y: Classes, new: Points, seed: int) -> Classes:
    """The number of epochs is that with the lowest loss on rows held out of one training."""
    learn_x, held_x, learn_y, held_y = train_test_split(
        x, y, test_size=HELD_OUT, stratify=y, random_state=seed
    )
    settings: dict[str, Any] = {"hidden": HIDDEN, "batch_size": BATCH, "seed": seed}
    fit = xorlab.train_xor(
        learn_x, learn_y, epochs=MAX_EPOCHS, snapshots=EPOCHS, verbose=False, **settings
    )
    epochs = min(EPOCHS, key=lambda epoch: fit.at(epoch).evaluate((held_x, held_y)).loss)
    return ours(x, y, new, seed, epochs=epochs, batch_size=BATCH)


METHODS = (
    Method("glm, multinom", "glm: maxit = 25; multinom for three classes: maxit = 100"),
    Method("nnet", f"size = {HIDDEN}, maxit = 1000 (BFGS, without a rate), decay = 0"),
    Method("LogisticRegression", "max_iter = 100 (L-BFGS), C = 1", logistic),
    Method(
        "MLPClassifier",
        f"hidden_layer_sizes = ({HIDDEN},), max_iter = {MAX_EPOCHS} (epochs, all of them), "
        "learning_rate_init = 0.001 (Adam), batch_size = 200 or all rows",
        perceptron,
    ),
    Method(
        "xorlab, epochs chosen",
        f"hidden = {HIDDEN}, epochs = {', '.join(map(str, EPOCHS[:-1]))} or {MAX_EPOCHS}, "
        f"lr = 0.1, batch_size = {BATCH}",
        ours_chosen,
    ),
    Method(
        "xorlab, defaults",
        f"hidden = {HIDDEN}, epochs = 100, lr = 0.1, batch_size = 128 or all rows",
        ours,
    ),
)
