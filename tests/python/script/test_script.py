import ast
import os
import re
import subprocess
import sys
import warnings
from functools import partial
from itertools import product
from unicodedata import bidirectional

import numpy as np
import pytest
import torch
import xorlab

CASES = {
    "one layer": "train(hidden=4, activation='tanh', epochs=10, seed=1)",
    "two layers": "train(hidden=[5, 3], activation='relu', epochs=3, seed=2)",
    "other seeds and rates": (
        "train(hidden=2, activation='sigmoid', epochs=2, seed=2**31 - 1, lr=1e-05, batch_size=77)"
    ),
    "three layers, other noise": (
        "train(xorlab.XORDataset(301, 0.37, seed=9), hidden=[3, 3, 2], activation='identity', "
        "epochs=2, seed=0)"
    ),
    "large products": "train(hidden=[90, 64], batch_size=700, epochs=3, seed=1)",
    "own data": "train(own['x'], own['label'], epochs=4, seed=5)",
    "unscaled": "train(own['x'], own['label'], epochs=4, seed=5, scale=False)",
    "three classes and a constant column": "train(own['large'], own['three'], epochs=4, seed=5)",
    "named inputs": (
        "train(xorlab.XORDataset(99, seed=7), inputs=['x2', 'x1*x2', 'sin(x1)'], seed=2)"
    ),
    "scaled inputs": "train(own['x'][:, :2], own['label'], inputs=['x1^2', 'x2^2'], seed=2)",
    "scaled XOR": "train(scale=True, epochs=2, seed=3)",
    "no hidden layer": "train(hidden=0, epochs=3, seed=6)",
    "no hidden layer, three classes": "train(own['x'], own['three'], hidden=0, epochs=3, seed=6)",
    "xavier": "train(init='xavier', epochs=2, seed=3)",
    "kaiming": "train(init='kaiming', hidden=[5, 3], activation='relu', epochs=2, seed=3)",
    "normal": "train(own['x'], own['three'], init='normal', epochs=2, seed=3)",
    "zeros": "train(init='zeros', hidden=0, epochs=2, seed=3)",
    "no hidden layer, and all else": (
        "train(xorlab.XORDataset(99, seed=9), hidden=0, init='normal', optimizer='adam', l1=0.01, "
        "validation=0.2, patience=2, epochs=5, seed=6)"
    ),
    "blobs": "train(xorlab.toy_data('blobs', 90, seed=4), epochs=3, seed=4)",
    "points held out": "train(xorlab.XORDataset(301, 0.3, 7), validation=0.15, epochs=3, seed=7)",
    "hardly any held out": "train(xorlab.XORDataset(9, seed=3), validation=0.01, epochs=3, seed=3)",
    "nearly all held out": "train(xorlab.XORDataset(9, seed=3), validation=0.99, epochs=3, seed=3)",
    "points of another seed held out": (
        "train(xorlab.XORDataset(99, seed=9), validation=0.2, scale=True, epochs=3, seed=2)"
    ),
    "validation data beside XOR": (
        "train(xorlab.XORDataset(99, seed=9), validation=xorlab.XORDataset(50, 0.4, 8), "
        "patience=2, lr=1.5, epochs=20, seed=2)"
    ),
    "three classes stopped early": (
        "train(own['large'], own['three'], validation=0.25, patience=2, optimizer='adam', lr=0.1, "
        "epochs=30, seed=5)"
    ),
    "named inputs with validation data": (
        "train(own['x'][:90, :2], own['label'][:90], inputs=['x1^2', 'x2^2'], epochs=9, seed=2, "
        "validation=(own['x'][90:, :2], own['label'][90:]), optimizer='rmsprop', patience=1)"
    ),
}

# Every optimizer with each two of both penalties and early stopping, on labels that cannot be
# learned.
STEPS = {
    "sgd": "",
    "momentum": "momentum=0.9, ",
    "nesterov": "momentum=0.8, nesterov=True, ",
    "adam": "optimizer='adam', ",
    "rmsprop": "optimizer='rmsprop', ",
}
STOPPED = "validation=0.2, patience=3, "
OPTIMIZERS = {
    f"{step}, l1 {l1}, weight decay {decay}, {'patience' if patience else 'to the end'}": (
        f"train(own['x'], own['random'], {given}l1={l1}, weight_decay={decay}, {patience}"
        "batch_size=50, epochs=12, seed=5)"
    )
    for (step, given), (l1, decay, patience) in product(
        STEPS.items(),
        [(0, 0, ""), (0.002, 0.03, ""), (0.002, 0, STOPPED), (0, 0.03, STOPPED)],
    )
}
CASES |= OPTIMIZERS

THEIRS = """
import runpy, sys
for k, case in enumerate({cases!r}):
    made = runpy.run_path(f"{{k}}.py")["model"].state_dict()
    for name, weights in made.items():
        print("HEX", case, name, *(float(w).hex() for w in weights.flatten()), sep=";")
assert not any(name.startswith("xorlab") for name in sys.modules)
"""


def bits_of_a_process(folder, script):
    """Run a script in a Python of its own; the weights it prints, as hex, by case and name.

    On one thread of numpy's BLAS, as xorlab limits it: large products are others on more.
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=folder,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    rows = [line.split(";")[1:] for line in done.stdout.splitlines() if line.startswith("HEX")]
    bits = {case: {} for case in CASES}
    for case, name, *values in rows:
        bits[case][name] = values
    return bits


def hexes(weights):
    return [float(weight).hex() for weight in weights.flatten()]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The weights of `train_xor()`, and of the scripts in a process of their own, as hex."""
    folder = tmp_path_factory.mktemp("scripts")
    x = np.random.default_rng(3).normal(size=(150, 5))
    large = x * [1, 0, 1e3, 1e6, 1e-3] + [0, 7, 1e5, 1e9, 1]
    own = {"x": x, "label": x[:, 0] > 0.3, "large": large, "three": np.arange(150) % 3}
    own["random"] = np.random.default_rng(4).random(150) > 0.5
    np.savez(folder / "own.npz", **own)
    train = partial(xorlab.train_xor, engine="autograd")
    wanted = {}
    for k, (case, code) in enumerate(CASES.items()):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            fit = eval(code, {"xorlab": xorlab, "own": own, "train": train})
        wanted[case] = {name: hexes(weights) for name, weights in fit.weights().items()}
        fit.save(folder / f"my fit {k}.pt")  # read by the scripts on data of one's own
        (folder / f"{k}.py").write_text(xorlab.show_code(fit, path=f"my fit {k}.pt"))
    return wanted, bits_of_a_process(folder, THEIRS.format(cases=list(CASES)))


@pytest.mark.parametrize("case", CASES)
def test_the_script_gives_the_weights_to_the_last_bit(both, case):
    wanted, got = both
    assert len(wanted[case]) >= (2 if "hidden=0" in CASES[case] else 4)
    assert got[case] == wanted[case]


def test_the_script_says_where_it_looks_for_data_of_ones_own():
    x = np.random.default_rng(3).normal(size=(20, 3))
    code = xorlab.show_code(xorlab.train_xor((x, [0, 1] * 10), epochs=1, seed=5), path="my fit.pt")
    assert 'fit.save("my fit.pt")' in code
    assert 'torch.load("my fit.pt", weights_only=True)' in code


def test_points_that_their_seed_does_not_give_are_read_from_the_file():
    data = xorlab.XORDataset(100, seed=1)
    data.data[3, 0] += 0.5
    assert 'torch.load("fit.pt"' in xorlab.show_code(xorlab.train_xor(data, epochs=1, seed=1))
    whole = xorlab.show_code(xorlab.train_xor(xorlab.XORDataset(100, seed=1), epochs=1, seed=1))
    assert "torch.load" not in whole


def test_the_code_shows_itself_as_it_reads():
    code = xorlab.show_code(xorlab.train_xor(epochs=1, seed=1))
    assert repr(code) == str(code)
    assert isinstance(code, str)
    compile(code, "script", "exec")
    assert "xorlab" not in code.split("\n", 1)[1]
    assert max(map(len, code.splitlines())) <= 100


def test_no_line_of_a_script_is_longer_than_a_page_is_wide():
    x = np.random.default_rng(0).normal(size=(60, 2))
    inputs = ["x1", "x2", "x1^2", "x1*x2", "sin(x1)"]
    fit = xorlab.train_xor(x, np.arange(60) % 3, inputs=inputs, epochs=1, seed=1)
    for language in ("python", "r"):
        assert max(map(len, xorlab.show_code(fit, language).splitlines())) <= 100


def test_the_r_script_says_the_same_without_xorlab():
    code = xorlab.show_code(xorlab.train_xor(epochs=7, hidden=[3, 2], seed=1), "r")
    assert "library(reticulate)" in code
    assert "library(xorlab)" not in code
    assert "torch$nn$Linear(2L, 3L)" in code
    assert "for (epoch in seq_len(7))" in code


@pytest.mark.parametrize(
    ("classes", "name"), [(2, "logistic regression"), (3, "multinomial logistic regression")]
)
def test_a_script_of_a_net_without_a_hidden_layer_names_it_and_has_no_activation(classes, name):
    data = xorlab.PointDataset(torch.randn(30, 4), torch.arange(30) % classes, range(classes))
    fit = xorlab.train_xor(data, hidden=0, epochs=1, seed=1)
    python, r = (str(xorlab.show_code(fit, language)) for language in ("python", "r"))
    for code in (python, r):
        assert name in re.sub(r"\s+#? ?", " ", code)
        assert "one linear layer, as in logistic regression, which gives a logit" in code
        assert "tanh" not in code.lower()
        assert max(map(len, code.splitlines())) <= 100
    assert "    def forward(self, x):\n        return self.linear1(x)\n" in python
    assert r.count("torch$nn$Linear(") == 1


@pytest.mark.parametrize("init", ["xavier", "kaiming", "normal", "zeros"])
def test_a_script_spells_first_weights_out_where_they_are_not_torchs_own(init):
    fit = xorlab.train_xor(init=init, epochs=1, seed=1)
    usual = xorlab.train_xor(epochs=1, seed=1)
    for language in ("python", "r"):
        code = xorlab.show_code(fit, language)
        assert re.search(rf"nn[.$]init[.$]{init}(_uniform)?_", code)
        assert f"first weights: {init}, with biases of 0" in code
        assert "init" not in xorlab.show_code(usual, language).replace("__init__", "")


def test_a_fit_without_its_making_cannot_be_shown():
    fit = xorlab.train_xor(epochs=1, seed=1)
    with pytest.raises(ValueError, match="this one was read from bare weights"):
        xorlab.show_code(xorlab.Fit(fit.model))
    with pytest.raises(ValueError, match="`language` must be 'python' or 'r', not 'julia'"):
        xorlab.show_code(fit, "julia")
    with pytest.raises(TypeError, match="`fit` must be what train_xor"):
        xorlab.show_code("fit")
    untrained = xorlab.train_xor(epochs=1, seed=1, snapshots=0).at(0)
    with pytest.raises(ValueError, match="`fit` must have at least one epoch to be shown"):
        xorlab.show_code(untrained)


def test_the_five_steps_are_there_and_those_of_the_fused_engine_agree_to_rounding(capsys):
    codes = {}
    for engine in ("autograd", "fused"):
        fit = xorlab.train_xor(epochs=100, seed=1, engine=engine, device="cpu")
        code = codes[engine] = xorlab.show_code(fit)
        steps = ["loss_module(", "optimizer.zero_grad()", "loss.backward()", "optimizer.step()"]
        assert sorted(steps, key=code.index) == steps
    made = {}
    exec(codes["fused"], made)  # `fit` is the fused one
    for name, weights in fit.weights().items():
        np.testing.assert_allclose(weights, made["model"].state_dict()[name], atol=2e-5)
    assert "agree with these to rounding, about 1e-6" in codes["fused"]
    without = re.sub(r"# The engine 'fused'.*\n.*\n", "", codes["fused"])
    assert without == codes["autograd"]
    assert "agree with these" in xorlab.show_code(fit, "r")


ODD_PATHS = [
    "\u202etp.exe",
    "a\u2066b\u2069",
    'a"b\\n$path${x}',
    "a\nimport os",
    "\u05d0\u05d1",
    "\u2028",
]
ODD_PATHS += ["\U0001f600", "\U000e0001", "\x07\x7f\x85", "donn\u00e9es \u6f22.pt"]


def own_fit():
    return xorlab.train_xor(([[0.0, 1.0], [2.0, 3.0]] * 10, [0, 1] * 10), epochs=1, seed=5)


@pytest.mark.parametrize("path", [*ODD_PATHS, "\udcff"], ids=ascii)
def test_an_odd_path_is_a_script_that_reads_it_and_does_not_mislead(path):
    code = xorlab.show_code(own_fit(), path=path)
    text = {n.value for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Constant)}
    assert path in text
    code.encode()
    assert all(char.isprintable() or char == "\n" for char in code)
    assert not {"R", "AL", "AN"} & set(map(bidirectional, code))


@pytest.mark.parametrize("path", ODD_PATHS, ids=ascii)
def test_the_r_script_writes_a_path_as_the_python_script_does(path):
    python, r = (xorlab.show_code(own_fit(), language, path) for language in ("python", "r"))
    (written,) = re.findall(r"torch[.]load[(](.*), weights_only", python)
    assert f"torch$load({written}, weights_only" in r
    assert len(r.splitlines()) == len(xorlab.show_code(own_fit(), "r").splitlines())


def test_a_path_that_r_cannot_hold_is_refused_for_a_script_in_r():
    with pytest.raises(ValueError, match="`path` must be text that R can read, not"):
        xorlab.show_code(own_fit(), "r", "\udcff")


def test_usual_letters_of_a_path_stay_as_they_are():
    assert '"donn\u00e9es \u6f22.pt"' in xorlab.show_code(own_fit(), path="donn\u00e9es \u6f22.pt")


def test_a_fit_on_another_toy_problem_takes_its_points_from_its_file():
    fit = xorlab.train_xor(xorlab.toy_data("moons", 60, seed=1), epochs=2, seed=1)
    for language, load in (("python", "torch.load("), ("r", "torch$load(")):
        code = str(xorlab.show_code(fit, language))
        assert load in code
        assert "random bits" not in code
