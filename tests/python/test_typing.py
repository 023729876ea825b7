"""What an editor completes and mypy refuses: the types of the public names."""

import inspect
import re
import subprocess
import sys
from typing import get_args

import pytest
import xorlab
from xorlab import device, settings
from xorlab.data.inputs import INPUTS, InputName
from xorlab.data.origin import NOISES, ToyKind
from xorlab.data.preparation import Scale, check_scale
from xorlab.data.toys import TOYS
from xorlab.evaluation.bayes import KINDS, BayesKind
from xorlab.model.activations import ACTIVATIONS, ActivationName
from xorlab.plots.fit import _KINDS, Picture
from xorlab.progress import Verbose, check_verbose
from xorlab.script.recipe import Language

# What a user may write. mypy must refuse the lines that end in "# refused", and no other.
CALLS = """
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader
import xorlab
from xorlab import Fit, XorClassifier

fit: Fit = xorlab.train_xor(activation="relu", engine="autograd", device="cuda:1", scale=False)
xorlab.train_xor(activation="tahn")  # refused
xorlab.train_xor(engine="slow")  # refused
xorlab.train_xor(scale="always")  # refused
xorlab.train_xor(verbose="loud")  # refused
xorlab.train_xor(hidden=4.5)  # refused
xorlab.train_xor(hidden=[8, 8], inputs=["x1", "sin(x1)"], snapshots=range(10), verbose=print)
xorlab.train_xor(inputs=["cos(x1)"])  # refused
xorlab.train_xor(5)  # allowed: numpy takes a number for an array
xorlab.train_xor(np.eye(2), [0, 1], device=torch.device("cpu"))
xorlab.train_xor([[0.0, 1.0]], ["a", "b"], verbose=True)
xorlab.train_xor(data=(torch.eye(2), torch.tensor([0, 1])))
xorlab.train_xor(xorlab.toy_data("moons"))
xorlab.toy_data("moon")  # refused
xorlab.bayes_xor(kind="moons")  # refused
xorlab.train_xor(learning_rate=0.1)  # refused
xorlab.seed_study(hidden=(4, 4), activation="elu")
xorlab.seed_study(activation="tahn")  # refused
xorlab.xor_sweep(lr=[0.1, 1], hidden=[2, (2, 2)], activation=["tanh", "relu"], std=0.1)
xorlab.xor_sweep(activation=["tanh", "tahn"])  # refused
xorlab.xor_sweep(data=["xor", "moons"])
xorlab.seed_study(data=xorlab.XORDataset(9))
xorlab.seed_study(data="moon")  # refused
xorlab.show_code(fit, "r")
xorlab.show_code(fit, "R")  # refused
xorlab.plot_fit(fit, "network")
xorlab.plot_fit(fit, "boundry")  # refused
xorlab.Settings(activation="tahn")  # refused
xorlab.SimpleClassifier(2, 4, 1, "tahn")  # refused
loader = DataLoader(xorlab.XORDataset(9), batch_size=3)
xorlab.eval_model(fit.model, loader, nn.BCEWithLogitsLoss()).accuracy + 1
xorlab.eval_model(fit.model, loader, 3)  # refused
xorlab.eval_model(fit.model, loader).acuracy  # refused
fit.evaluate(np.eye(2), [0, 1]).to_frame()
xorlab.resume_xor(fit, snapshots=[1], device="cpu").predict_proba([[0.0, 1.0]]).shape
XorClassifier(hidden=(3, 2), activation="relu").fit([[0.0], [1.0]], ["a", "b"]).fit_.levels
XorClassifier(activation="tahn")  # refused
xorlab.tarin_xor()  # refused
"""


def test_mypy_refuses_what_is_no_choice_and_nothing_else(root, tmp_path):
    file = tmp_path / "calls.py"
    file.write_text(CALLS)
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", str(file)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    refused = {int(line) for line in re.findall(r"calls\.py:(\d+): error", done.stdout)}
    lines = enumerate(CALLS.splitlines(), 1)
    assert refused == {number for number, line in lines if line.endswith("# refused")}, done.stdout


@pytest.mark.parametrize(
    ("choices", "table"),
    [
        (ActivationName, ACTIVATIONS),
        (InputName, INPUTS),
        (ToyKind, NOISES),
        (ToyKind, TOYS),
        (BayesKind, KINDS),
        (Picture, _KINDS),
        (settings.UsedEngine, settings.ENGINES[1:]),
        (settings.Engine, settings.ENGINES),
        (device.DeviceKind, device._KINDS),
    ],
)
def test_each_choice_is_an_entry_of_its_table(choices, table):
    assert get_args(choices) == tuple(table)


def test_what_is_no_word_is_taken_by_the_check_of_the_same_argument():
    assert get_args(Language) == ("python", "r")
    for words, check in ((Scale, check_scale), (Verbose, check_verbose)):
        (auto,) = (get_args(one) for one in get_args(words) if get_args(one) == ("auto",))
        check(*auto)
        check(True)


PUBLIC = [getattr(xorlab, name) for name in xorlab.__all__ if name != "__version__"]
FUNCTIONS = [one for one in PUBLIC if inspect.isfunction(one)]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.__name__)
def test_a_signature_shows_every_argument_and_no_any(function):
    for parameter in inspect.signature(function).parameters.values():
        assert parameter.kind not in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL)
        assert parameter.annotation != "Any", parameter
