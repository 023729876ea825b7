"""skorch: the scikit-learn way of holding a torch net."""

from __future__ import annotations

import numpy as np
import torch
from skorch import NeuralNetBinaryClassifier

from ..job import Data, Job, Trained
from .torch_loops import new_net


def train_skorch(job: Job, data: Data) -> Trained:
    """Without its printed log and its split for validation, which the others do not have."""
    torch.manual_seed(data.seed)
    net = NeuralNetBinaryClassifier(
        new_net(job),
        max_epochs=job.epochs,
        batch_size=job.batch_size,
        optimizer=torch.optim.SGD,
        lr=job.lr,
        iterator_train__shuffle=True,
        train_split=None,
        callbacks__print_log=None,
        verbose=0,
    )
    net.fit(data.x, data.label.astype(np.float32))
    return Trained(net.predict(data.test_x))
