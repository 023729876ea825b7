"""Documents move their tensors to the device where the net is: they run with one that is not the
CPU (see second_device.py). The R documents do in tests/testthat/test-lesson.R, and with them the
lesson, whose code is the notebook's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
INSTALL = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
import second_device
second_device.install()
"""
DOCTESTS = """
import doctest, importlib, pkgutil
import xorlab
names = [f"xorlab.{found.name}" for found in pkgutil.iter_modules(xorlab.__path__)]
for name in ["xorlab", *names]:
    doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
print(xorlab.get_device())
"""


@pytest.fixture(scope="module", autouse=True)
def torch_can_have_one(in_a_new_process: Any) -> None:
    tried = in_a_new_process("-c", INSTALL + "import torch; torch.ones(1).to('cuda:0')")
    if "HermeticPyObject" in tried.stderr:
        pytest.skip("torch 2.2 refuses a tensor that Python's kernel for a device makes")
    assert tried.stderr == ""


@pytest.fixture
def on_the_second_device(in_a_new_process: Any) -> Any:
    """Runs code where "auto" is not the CPU."""
    return lambda code, **options: in_a_new_process("-c", INSTALL + code, **options)


def test_the_second_device_refuses_what_a_graphics_card_refuses(on_the_second_device: Any) -> None:
    ran = on_the_second_device(
        """
import torch, xorlab
device = xorlab.get_device()
x, net = torch.ones(4, 2), torch.nn.Linear(2, 1).to(device)
def refused(call):
    try:
        call()
    except (RuntimeError, TypeError) as error:
        return str(error)
print(device, net.weight.device, x.to(device).device, x.device, net(x.to(device)).device)
print(refused(lambda: net(x)))
print(refused(lambda: torch.nn.Linear(2, 1)(x.to(device))))
print(refused(lambda: torch.equal(x.to(device), x)))
print(refused(lambda: net(x.to(device)).detach().numpy()))
print(refused(lambda: net(x.to(device)).detach().cpu().numpy()))
"""
    )
    assert ran.stderr == ""
    there, *refusals = ran.stdout.splitlines()
    assert there == "cuda:0 cuda:0 cuda:0 cpu cuda:0"
    mixed = "Expected all tensors to be on the same device"
    assert [line[: len(mixed)] for line in refusals[:3]] == [mixed] * 3
    assert refusals[3].startswith("can't convert cuda:0 device type tensor to numpy")
    assert refusals[4] == "None"


def test_a_net_learns_on_the_second_device_what_it_learns_on_the_cpu(
    on_the_second_device: Any,
) -> None:
    ran = on_the_second_device(
        """
import numpy, xorlab
for engine in ("autograd", "fused"):
    fits = [
        xorlab.train_xor(epochs=3, seed=1, engine=engine, device=device)
        for device in ("auto", "cpu")
    ]
    first, second = (fit.weights()["linear1.weight"] for fit in fits)
    print(fits[0].settings.device, numpy.allclose(first, second))
"""
    )
    assert (ran.stdout, ran.stderr) == ("cuda:0 True\ncuda:0 True\n", "")


def test_optimizers_and_early_stopping_come_to_the_same_on_the_second_device(
    on_the_second_device: Any, tmp_path: Path
) -> None:
    ran = on_the_second_device(
        """
import numpy, torch, xorlab
x = numpy.random.default_rng(2).normal(size=(60, 6))
y = x[:, 0] + x[:, 1] + numpy.random.default_rng(3).normal(size=60) > 0
for engine, optimizer in (
    ("fused", "adam"),
    ("autograd", "adam"),
    ("fused", "rmsprop"),
    ("auto", torch.optim.NAdam),
):
    terms = dict(optimizer=optimizer, engine=engine, hidden=8, validation=0.3, patience=3)
    own = optimizer if callable(optimizer) else None
    weights, best = [], []
    for device in ("auto", "cpu"):
        fit = xorlab.train_xor(x, y, seed=1, epochs=30, batch_size=16, device=device, **terms)
        assert str(fit.model.linear1.weight.device) == fit.settings.device
        assert fit.validation.points.device.type == "cpu"
        fit.save("fit.pt")
        longer = xorlab.resume_xor("fit.pt", fit.epoch + 4, optimizer=own)
        assert longer.settings.device == fit.settings.device
        weights.append([*fit.weights().values(), *longer.weights().values()])
        best.append((fit.best_epoch, fit.settings.device))
    print(*best, all(map(numpy.allclose, *weights)))
studies = [
    xorlab.seed_study(
        runs=3, data=(x, y), seed=1, epochs=30, optimizer="adam", lr=0.1, hidden=8, batch_size=16,
        validation=0.3, patience=3, device=device,
    ).to_dict()
    for device in ("auto", "cpu")
]
print(*(study["best_epoch"] for study in studies))
print(numpy.allclose(*(study["val_loss"] for study in studies)))
""",
        cwd=tmp_path,
    )
    assert ran.stderr == ""
    *fits, bests, same = ran.stdout.splitlines()
    assert len(fits) == 4
    for line in fits:
        found = re.fullmatch(r"\((\d+), 'cuda:0'\) \((\d+), 'cpu'\) True", line)
        assert found
        assert found[1] == found[2]
    assert len({*re.findall(r"\[.*?\]", bests)}) == 1
    assert same == "True"


def test_the_readme_runs_with_another_device_than_the_cpu(
    on_the_second_device: Any, root: Path, tmp_path: Path
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (root / "README.md").read_text(), re.DOTALL)
    assert blocks
    script = "\n".join(blocks)  # later ones go on with what the first imported
    ran = on_the_second_device(script, cwd=tmp_path, env={"MPLBACKEND": "Agg"})
    assert ran.stderr == ""
    assert "on cuda:0" in ran.stdout


def test_the_examples_of_every_docstring_run_with_another_device_than_the_cpu(
    on_the_second_device: Any, tmp_path: Path
) -> None:
    ran = on_the_second_device(DOCTESTS, cwd=tmp_path, env={"MPLBACKEND": "Agg"})
    assert (ran.stdout, ran.stderr) == ("cuda:0\n", "")
