"""Lightning: a module and a trainer."""

from __future__ import annotations

import logging
import warnings

import lightning
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader

from ..job import Data, Job, Trained
from .torch_loops import Points, new_net, predict_with


class LightningNet(lightning.LightningModule):
    """The net with its step and its optimizer."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job
        self.net = new_net(job)
        self.loss_module = nn.BCEWithLogitsLoss()

    def training_step(self, batch: tuple[Tensor, Tensor], _: int) -> Tensor:
        inputs, labels = batch
        loss: Tensor = self.loss_module(self.net(inputs).squeeze(dim=1), labels.float())
        return loss

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return torch.optim.SGD(self.net.parameters(), lr=self.job.lr)


def train_lightning(job: Job, data: Data) -> Trained:
    """With everything switched off that the job does not ask for."""
    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    torch.manual_seed(data.seed)
    module = LightningNet(job)
    loader = DataLoader(Points(data.x, data.label), batch_size=job.batch_size, shuffle=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wants worker processes, which cost more here
        lightning.Trainer(
            max_epochs=job.epochs,
            accelerator="cpu",
            logger=False,
            enable_checkpointing=False,
            enable_progress_bar=False,
            enable_model_summary=False,
        ).fit(module, loader)
    return Trained(predict_with(module.net, data.test_x))
