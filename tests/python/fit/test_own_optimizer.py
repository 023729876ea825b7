"""Optimizers of the user's own, which a function makes."""

import numpy as np
import pytest
import torch
import xorlab

POINTS = xorlab.XORDataset(60, seed=3)
OPTIONS = {"seed": 1, "batch_size": 16, "validation": 0.2}


class Mine(torch.optim.SGD):
    """One of torch's under another name."""


class ByHand(torch.optim.Optimizer):
    """A mean of the gradients, corrected for its start by numbers of Python's, as users write it;
    what it remembers may be of every kind."""

    def __init__(self, parameters, memory=None):
        super().__init__(parameters, {"lr": 0.01})
        self.memory = memory

    @torch.no_grad()
    def step(self, closure=None):
        for weights in self.param_groups[0]["params"]:
            state = self.state[weights]
            if not state:
                state.update(step=0, kept=1.0, mean=torch.zeros_like(weights), memory=self.memory)
            state["step"] += 1
            state["kept"] *= 0.9
            state["mean"].mul_(0.9).add_(weights.grad, alpha=0.1)
            weights -= 0.01 * state["mean"] / (1 - 0.9 ** state["step"]) / (1 - state["kept"])


OPTIMIZERS = {
    "Adagrad": lambda p: torch.optim.Adagrad(p, lr=0.1),
    "AdamW": lambda p: torch.optim.AdamW(p, lr=0.01),
    "NAdam": lambda p: torch.optim.NAdam(p, lr=0.01),
    "Adadelta": torch.optim.Adadelta,
    "ASGD": lambda p: torch.optim.ASGD(p, lr=0.1),
    "Rprop": torch.optim.Rprop,
    "Adam with amsgrad": lambda p: torch.optim.Adam(p, amsgrad=True),
    "RMSprop with all": lambda p: torch.optim.RMSprop(p, momentum=0.9, centered=True),
    # Its memory has not the shapes of the weights.
    "Adafactor": lambda p: torch.optim.Adafactor(p),
    # Its memory is of some weights alone.
    "groups": lambda p: torch.optim.SGD(
        [{"params": p[:2], "momentum": 0.9}, {"params": p[2:]}], lr=0.1
    ),
    "subclass": lambda p: Mine(p, lr=0.1, momentum=0.9),
    "by hand": ByHand,
}
OPTIMIZERS = {
    name: function
    for name, function in OPTIMIZERS.items()
    if name != "Adafactor" or hasattr(torch.optim, "Adafactor")  # torch 2.5
}


def same(one, other):
    mine, theirs = one.optimizer_state, other.optimizer_state
    assert {key: {*entries} for key, entries in mine.items()} == {
        key: {*entries} for key, entries in theirs.items()
    }
    pairs = [(w, theirs[key][name]) for key in mine for name, w in mine[key].items()]
    return all(
        np.array_equal(w, other.weights()[name]) for name, w in one.weights().items()
    ) and all(torch.equal(torch.as_tensor(a), torch.as_tensor(b)) for a, b in pairs)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("done", [1, 4])
def test_it_goes_on_from_a_file_as_in_one_go(name, done, tmp_path):
    function = OPTIMIZERS[name]
    whole = xorlab.train_xor(POINTS, epochs=9, optimizer=function, **OPTIONS)
    part = xorlab.train_xor(POINTS, epochs=done, optimizer=function, **OPTIONS)
    assert not np.array_equal(whole.weights()["linear1.weight"], part.weights()["linear1.weight"])
    part.save(tmp_path / "fit.pt")
    again = xorlab.load_xor(tmp_path / "fit.pt")
    assert again.settings == part.settings
    assert same(again, part)
    for start in (part, again):
        assert same(start.resume(9, optimizer=function), whole)


@pytest.mark.parametrize("name", ["NAdam", "by hand"])
def test_it_goes_on_after_ctrl_c(name, tmp_path):
    function, path = OPTIMIZERS[name], tmp_path / "fit.pt"

    def press(epoch, _):
        if epoch == 5:
            raise KeyboardInterrupt

    options = {**OPTIONS, "epochs": 9, "optimizer": function}
    with pytest.raises(xorlab.TrainingInterrupted) as caught:
        xorlab.train_xor(POINTS, checkpoint=path, after_epoch=press, **options)
    whole = xorlab.train_xor(POINTS, **options)
    assert same(caught.value.fit.resume(optimizer=function), whole)
    assert same(xorlab.load_xor(path).resume(optimizer=function), whole)


def test_it_trains_as_torchs_own_does_in_the_visible_loop():
    given = xorlab.XORDataset(100, seed=2)
    fit = xorlab.train_xor(given, optimizer=OPTIMIZERS["Adagrad"], epochs=5, **OPTIONS)
    assert fit.settings.optimizer == "torch.optim.adagrad.Adagrad"
    assert (fit.settings.engine, fit.settings.lr) == ("autograd", 0.1)
    adam = lambda p: torch.optim.Adam(p, lr=0.01)  # noqa: E731
    mine = xorlab.train_xor(given, optimizer=adam, epochs=5, **OPTIONS)
    by_name = xorlab.train_xor(given, optimizer="adam", epochs=5, engine="autograd", **OPTIONS)
    assert same(mine, by_name)
    assert not same(mine, xorlab.train_xor(given, optimizer=adam, epochs=6, **OPTIONS))


def test_the_penalty_on_absolute_values_is_for_it_too():
    x = torch.randn(40, 2, generator=torch.Generator().manual_seed(1))
    terms = {"hidden": 0, "scale": False, "epochs": 1, "batch_size": 40, "seed": 1}
    plain, penalized = (
        xorlab.train_xor(x, [0, 1] * 20, optimizer=lambda p: Mine(p, lr=0.1), l1=l1, **terms)
        for l1 in (0.0, 0.5)
    )
    first = xorlab.train_xor(x, [0, 1] * 20, snapshots=0, **terms).at(0).model
    moved = plain.model.linear1.weight - penalized.model.linear1.weight
    assert torch.allclose(moved, 0.1 * 0.5 * first.linear1.weight.sign(), atol=1e-6)
    assert torch.equal(plain.model.linear1.bias, penalized.model.linear1.bias)


def test_a_memory_that_cannot_be_kept_is_known_on_going_on(tmp_path):
    function = lambda p: ByHand(p, memory=["a list"])  # noqa: E731
    fit = xorlab.train_xor(POINTS, epochs=2, optimizer=function, **OPTIONS)
    assert fit.optimizer_state is None
    fit.save(tmp_path / "fit.pt")
    for start in (fit, xorlab.load_xor(tmp_path / "fit.pt")):
        with pytest.raises(ValueError, match="`fit` must have the state of its optimizer to go on"):
            start.resume(3, optimizer=function)


def test_a_fit_is_gone_on_with_by_what_it_was_trained_by(tmp_path):
    fit = xorlab.train_xor(POINTS, epochs=2, optimizer=OPTIMIZERS["Adagrad"], **OPTIONS)
    before = fit.to_dict()
    with pytest.raises(
        ValueError, match=r"must be the function that made the torch\.optim\.adagrad"
    ):
        fit.resume(3)
    with pytest.raises(
        ValueError, match=r"must be 'torch\.optim\.adagrad\.Adagrad', .*, not 'torch\.optim\.adamw"
    ):
        fit.resume(3, optimizer=OPTIMIZERS["AdamW"])
    with pytest.raises(ValueError, match="must be the function that made"):
        fit.resume(3, optimizer="adam")
    by_name = xorlab.train_xor(POINTS, epochs=2, optimizer="adam", **OPTIONS)
    with pytest.raises(ValueError, match=r"left out, or be 'adam', by which .*, not 'sgd'"):
        by_name.resume(3, optimizer="sgd")
    with pytest.raises(
        ValueError, match=r"must be 'adam', by which .*, not 'torch\.optim\.adam\.Ad"
    ):
        by_name.resume(3, optimizer=torch.optim.Adam)
    with pytest.raises(ValueError, match=r"`optimizer` must be 'sgd', 'adam' or 'rmsprop'"):
        by_name.resume(3, optimizer="Adagrad")
    assert same(by_name.resume(3, optimizer="adam"), by_name.resume(3))
    assert str(fit.to_dict()) == str(before)


WRONG = {
    "no optimizer": (lambda p: 3, TypeError, r"that returns one of torch's .*it returned 3\."),
    "nothing": (lambda p: None, TypeError, "it returned None"),
    "a class": (
        lambda p: torch.optim.Adam,
        TypeError,
        "it returned <class 'torch.optim.adam.Adam'>",
    ),
    "LBFGS": (torch.optim.LBFGS, TypeError, "one step for each batch, as all but LBFGS do"),
    "others' weights": (
        lambda p: torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1),
        ValueError,
        "hold the parameters that the function is given",
    ),
    "some weights": (
        lambda p: torch.optim.SGD(p[:2], lr=0.1),
        ValueError,
        "hold the parameters that the function is given",
    ),
}


@pytest.mark.parametrize(("function", "error", "message"), WRONG.values(), ids=WRONG)
def test_a_function_that_gives_no_optimizer_is_refused(function, error, message):
    fit = xorlab.train_xor(POINTS, epochs=2, optimizer=OPTIMIZERS["AdamW"], **OPTIONS)
    before, state = fit.weights(), torch.get_rng_state()
    with pytest.raises(error, match=rf"^`optimizer` must .*{message}"):
        xorlab.train_xor(POINTS, optimizer=function)
    with pytest.raises(error, match=rf"^`optimizer` must .*{message}"):
        fit.resume(3, optimizer=function)
    assert torch.equal(torch.get_rng_state(), state)
    assert all(np.array_equal(w, before[name]) for name, w in fit.weights().items())


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"lr": 0.1}, r"`lr` must be left out where `optimizer` is a function, .*, not 0\.1"),
        (
            {"momentum": 0.9},
            r"`momentum` must be left out for an optimizer of your own, .* not 0\.9",
        ),
        ({"weight_decay": 0.1}, "`weight_decay` must be left out for an optimizer of your own"),
        ({"nesterov": True}, "`nesterov` must be left out for an optimizer of your own"),
        ({"engine": "fused"}, "`engine` must be 'autograd' or 'auto' for an optimizer of your own"),
    ],
)
def test_terms_of_its_own_are_the_functions(others, message):
    state = torch.get_rng_state()
    with pytest.raises(ValueError, match=message):
        xorlab.train_xor(POINTS, optimizer=torch.optim.Adagrad, **others)
    assert torch.equal(torch.get_rng_state(), state)
