"""scikit-learn's MLPClassifier."""

from __future__ import annotations

import warnings

from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from ..job import Data, Job, Trained


def train_sklearn(job: Job, data: Data) -> Trained:
    """Plain descent: no momentum, no penalty, a constant rate, no stop before the last epoch."""
    net = MLPClassifier(
        (job.hidden,),
        activation="tanh",
        solver="sgd",
        alpha=0.0,
        batch_size=job.batch_size,
        learning_rate="constant",
        learning_rate_init=job.lr,
        momentum=0.0,
        nesterovs_momentum=False,
        max_iter=job.epochs,
        tol=0.0,
        n_iter_no_change=job.epochs + 1,
        random_state=data.seed,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        net.fit(data.x, data.label)
    if net.n_iter_ != job.epochs:
        raise RuntimeError(f"scikit-learn ran {net.n_iter_} epochs, not {job.epochs}.")
    return Trained(net.predict(data.test_x))
