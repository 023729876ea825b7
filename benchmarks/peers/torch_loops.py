"""The usual loop in torch, over a DataLoader."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from ..job import Data, Job, Trained


class Points(Dataset[tuple[Tensor, Tensor]]):
    """A data set as tutorials write it: tensors, a length, and one item at a time."""

    def __init__(self, x: NDArray[np.float32], label: NDArray[np.int64]) -> None:
        self.data, self.label = torch.from_numpy(x), torch.from_numpy(label)

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        return self.data[index], self.label[index]


def new_net(job: Job) -> nn.Sequential:
    """The net as anybody writes it in torch."""
    return nn.Sequential(nn.Linear(2, job.hidden), nn.Tanh(), nn.Linear(job.hidden, 1))


def new_optimizer(net: nn.Module, job: Job) -> torch.optim.Optimizer:
    """torch's own, with its defaults."""
    if job.optimizer == "adam":
        return torch.optim.Adam(net.parameters(), lr=job.lr)
    if job.optimizer == "rmsprop":
        return torch.optim.RMSprop(net.parameters(), lr=job.lr)
    return torch.optim.SGD(net.parameters(), lr=job.lr, momentum=job.momentum)


def predict_with(net: nn.Module, x: NDArray[np.float32]) -> NDArray[np.int64]:
    """Classes [n] of points [n, 2]."""
    with torch.inference_mode():
        return (net(torch.from_numpy(x)).squeeze(1) >= 0).long().numpy()


def train_usual_loop(job: Job, data: Data) -> Trained:
    """Move, predict, loss, backpropagate, step: for each batch that a DataLoader collates."""
    torch.manual_seed(data.seed)
    net = new_net(job)
    loader = DataLoader(Points(data.x, data.label), batch_size=job.batch_size, shuffle=True)
    optimizer = new_optimizer(net, job)
    loss_module = nn.BCEWithLogitsLoss()
    net.train()
    for _ in range(job.epochs):
        for inputs, labels in loader:
            inputs, labels = inputs.to("cpu"), labels.to("cpu")
            preds = net(inputs).squeeze(dim=1)
            loss = loss_module(preds, labels.float())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return Trained(predict_with(net, data.test_x))
