"""A browser playground's engine, run by Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from ..job import Data, Job, Trained

_SCRIPT = Path(__file__).with_name("playground.js")


def have_node() -> bool:
    return shutil.which("node") is not None


def train_playground(job: Job, data: Data) -> Trained:
    """Node's start and the reading of the data are not counted."""
    task = {
        "x": data.x.tolist(),
        "label": data.label.tolist(),
        "testX": data.test_x.tolist(),
        "hidden": job.hidden,
        "epochs": job.epochs,
        "batchSize": job.batch_size,
        "lr": job.lr,
        "seed": data.seed,
    }
    done = subprocess.run(
        ["node", str(_SCRIPT)], input=json.dumps(task), capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout)
    return Trained(answer["called"], answer["seconds"])
