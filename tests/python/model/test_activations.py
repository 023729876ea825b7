"""The table of activations is held to torch's modules, and the rest of the package to the table."""

import math
from dataclasses import asdict

import numpy as np
import pytest
import torch
import xorlab
from torch import nn
from xorlab.__main__ import main
from xorlab.diagnosis.units import examine_units
from xorlab.model.activations import ACTIVATIONS, Activation
from xorlab.plots.hidden_surface import hidden_surface
from xorlab.training import arrays
from xorlab.training.arrays import Library, Recorder

from tools.r_tables import PATH, tables

X = torch.linspace(-15, 15, 3002, dtype=torch.float64)  # without 0, where some have a kink
every_activation = pytest.mark.parametrize("name", ACTIVATIONS)


def by_numpy(one, x):
    value, slope = np.empty_like(x), np.empty_like(x)
    one.value(np, x.copy(), value)
    one.slope(np, value, slope)
    return value, slope


def by_torch(one, x):
    """As the engine does on devices other than the CPU."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "by_numpy", lambda device: False)
        library = Library(torch.device("cpu"), x.dtype)
    plan, value, slope = Recorder(library), torch.empty_like(x), torch.empty_like(x)
    one.value(plan, x.clone(), value)
    one.slope(plan, value, slope)
    for call in plan.calls:
        call()
    return value, slope


@every_activation
@pytest.mark.parametrize(("dtype", "within"), [(torch.float32, 1e-6), (torch.float64, 1e-12)])
def test_value_and_slope_are_those_of_the_module(name, dtype, within):
    one, x = ACTIVATIONS[name], X.to(dtype, copy=True).requires_grad_()
    out = one.module()(x)
    (grad,) = torch.autograd.grad(out.sum(), x)
    for value, slope in (by_numpy(one, x.detach().numpy()), by_torch(one, x.detach())):
        assert torch.allclose(torch.as_tensor(value), out, rtol=within, atol=within)
        assert torch.allclose(torch.as_tensor(slope), grad, rtol=within, atol=within)


@every_activation
def test_the_formula_gives_the_value(name):
    known = {"tanh": math.tanh, "exp": math.exp, "log": math.log, "max": max}
    one = ACTIVATIONS[name]
    for x in (-3.0, -0.5, 0.0, 0.25, 4.0):
        value = one.module()(torch.tensor(x, dtype=torch.float64)).item()
        assert eval(one.expression, known, {"x": x}) == pytest.approx(value, abs=1e-12)


@every_activation
def test_range_value_at_0_and_steepest_slope_hold(name):
    one = ACTIVATIONS[name]
    value, slope = by_numpy(one, X.numpy())
    assert one.low <= value.min()
    assert value.max() <= one.high
    for end, reached in ((one.low, value.min()), (one.high, value.max())):
        assert reached == pytest.approx(end, abs=1e-5) if math.isfinite(end) else abs(reached) > 0.1
    assert by_numpy(one, np.zeros(1))[0][0] == pytest.approx(one.at_zero)
    assert slope.max() == pytest.approx(one.steepest, abs=1e-4)
    assert one.linear == (np.ptp(slope) == 0)


@every_activation
def test_nothing_overflows(name):
    with np.errstate(all="raise", under="ignore"):
        value, slope = by_numpy(ACTIVATIONS[name], np.array([-1e30, -1e3, 1e3, 1e30], "float32"))
    assert np.isfinite(value).all()
    assert np.isfinite(slope).all()


def test_docstrings_list_the_activations():
    quoted = [f'"{name}"' for name in ACTIVATIONS]
    listed = f"{', '.join(quoted[:-1])} or {quoted[-1]}."
    assert listed in xorlab.train_xor.__doc__
    assert listed in xorlab.SimpleClassifier.__doc__


def test_r_has_pythons_tables():
    assert PATH.read_text(encoding="utf-8") == tables()  # else: make man


def softsign(xp, x, out):
    xp.abs(x, out=out)
    xp.add(out, 1, out=out)
    xp.divide(x, out, out=out)


def softsign_slope(xp, a, out):
    xp.abs(a, out=out)
    xp.subtract(1, out, out=out)
    xp.multiply(out, out, out=out)


@pytest.fixture
def made_up(monkeypatch):
    one = Activation(nn.Softsign, "x / (1 + abs(x))", softsign, softsign_slope, low=-1, high=1)
    monkeypatch.setitem(ACTIVATIONS, "softsign", one)
    return "softsign"


def test_both_engines_train_an_activation_of_the_table(made_up):
    data = xorlab.XORDataset(300, seed=1)
    fits = [
        xorlab.train_xor(data, activation=made_up, lr=0.5, epochs=60, seed=1, engine=engine)
        for engine in ("autograd", "fused")
    ]
    assert fits[0].history.loss == pytest.approx(fits[1].history.loss, abs=1e-4)
    assert fits[0].history.loss[-1] < 0.9 * fits[0].history.loss[0]
    again = xorlab.Fit.from_dict(fits[1].to_dict())
    assert again.model.activation == made_up
    for code in (xorlab.show_code(again), xorlab.show_code(again, "r")):
        assert "Softsign()" in code


def test_diagnosis_and_pictures_take_an_activation_of_the_table(made_up):
    fit = xorlab.train_xor(activation=made_up, epochs=5, seed=1)
    with torch.no_grad():
        fit.model.linear1.weight[0], fit.model.linear1.bias[0] = 1e4, -5e3  # flat on both sides
        fit.model.linear1.weight[1], fit.model.linear1.bias[1] = 0, 1  # constant
    first, second, *others = examine_units(fit.model, fit.data.data)
    assert (first.dead, first.saturated) == (False, True)
    assert (second.dead, second.saturated) == (True, False)
    assert not any(unit.dead or unit.saturated for unit in others)
    assert len(xorlab.diagnose_xor(fit).units) == 4
    surface = hidden_surface(fit)
    assert (surface.low, surface.high, surface.key_low, surface.key_high) == (-1, 1, -1, 1)
    key = xorlab.plot_hidden(fit)[0].figure.axes[-1]
    assert key.get_ylabel() == "softsign output"


def test_studies_and_the_command_line_take_an_activation_of_the_table(made_up, tmp_path, capsys):
    sweep = xorlab.xor_sweep(
        lr=0.1, hidden=2, activation=["tanh", made_up], runs=2, epochs=1, size=50, seed=1
    )
    assert sweep.to_dict()["activation"] == ["tanh"] * 2 + [made_up] * 2
    assert sweep.fit(3).model.activation == made_up
    path = tmp_path / "fit.pt"
    command = ["train", "--activation", made_up, "--epochs", "1", "--seed", "1", "--quiet"]
    assert main([*command, "--out", str(path)]) == 0
    assert xorlab.load_xor(path).settings.activation == made_up
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    assert made_up in capsys.readouterr().out
    assert f'  {made_up} = "x / (1 + abs(x))"' in tables()


def test_an_activation_that_is_not_in_the_table_is_refused_by_name():
    told = asdict(xorlab.train_xor(epochs=1, seed=1).settings) | {"activation": "softsign"}
    for call in (
        lambda: xorlab.Settings(**told),
        lambda: xorlab.train_xor(activation="softsign"),
        lambda: xorlab.SimpleClassifier(2, 4, 1, activation="softsign"),
        lambda: xorlab.xor_sweep(activation=["tanh", "softsign"]),
    ):
        with pytest.raises(ValueError, match=r"`activation` must be 'tanh', .*, not 'softsign'"):
            call()


def test_a_unit_on_one_side_of_its_line_alone_is_dead_where_that_side_is_flat():
    x = xorlab.XORDataset(200, seed=1).data
    for name in ("relu", "elu", "leaky_relu", "softplus"):
        model = xorlab.SimpleClassifier(2, 2, 1, activation=name)
        with torch.no_grad():
            model.linear1.weight[:] = 2.0
            model.linear1.bias[:] = torch.tensor([-20.0, 20.0])
        flat, steep = examine_units(model, x)
        assert (flat.dead, flat.saturated, flat.flat) == (True, False, 1)
        assert (steep.dead, steep.saturated, steep.flat) == (False, False, 0)
