import dataclasses
import inspect
import json
import re

import pytest
import torch
import xorlab
from hypothesis import given, settings
from hypothesis import strategies as st
from xorlab.data.inputs import INPUTS
from xorlab.data.origin import NOISES
from xorlab.model.activations import ACTIVATIONS
from xorlab.model.initial_weights import INIT_NAMES
from xorlab.optimizers import OPTIMIZERS
from xorlab.playground.bounds import HIDEABLE, PROBLEMS, VIEWS
from xorlab.playground.experiment import Experiment

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@st.composite
def experiments(draw):
    problem = draw(st.sampled_from(PROBLEMS))
    optimizer = draw(st.sampled_from([*OPTIMIZERS]))
    momentum = draw(st.floats(0, 1, exclude_max=True)) if optimizer == "sgd" else 0
    return Experiment(
        problem=problem,
        size=draw(st.integers(10, 20_000)),
        noise=draw(st.none() | st.floats(0, 2)),
        classes=draw(st.integers(2, 8)) if problem == "blobs" else None,
        inputs=draw(st.lists(st.sampled_from([*INPUTS]), min_size=1, unique=True)),
        hidden=draw(st.lists(st.integers(1, 16), max_size=6)),
        activation=draw(st.sampled_from([*ACTIVATIONS])),
        init=draw(st.sampled_from(INIT_NAMES)),
        optimizer=optimizer,
        lr=draw(st.none() | st.floats(0, 1e30, exclude_min=True)),
        batch_size=draw(st.integers(1, 2**31 - 1)),
        momentum=momentum,
        nesterov=draw(st.booleans()) if momentum else False,
        weight_decay=draw(st.floats(0, 1e30)),
        l1=draw(st.floats(0, 1e30)),
        validation=draw(st.floats(0, 0.9)),
        seed=draw(st.integers(0, 2**31 - 1)),
        view=draw(st.sampled_from(VIEWS)),
        hide=draw(st.lists(st.sampled_from(HIDEABLE))),
    )


@settings(max_examples=150, deadline=None)
@given(experiments())
def test_an_experiment_comes_back_from_its_address_and_from_its_values(experiment):
    fragment = experiment.fragment()
    assert re.fullmatch(r"[A-Za-z0-9_.,=&%+-]*", fragment)  # what no program that sends it changes
    assert Experiment.from_fragment(fragment) == experiment
    assert Experiment.from_fragment(f" http://127.0.0.1:1/a?b=c#{fragment}\n") == experiment
    assert Experiment.from_values(json.loads(json.dumps(experiment.values()))) == experiment
    assert experiment.changed() == experiment
    assert [*experiment.values()] == [one.name for one in dataclasses.fields(Experiment)]


def test_the_defaults_are_those_of_train_xor_but_for_the_seed():
    arguments = Experiment().arguments()
    parameters = inspect.signature(xorlab.train_xor).parameters
    usual = {name: parameters[name].default for name in arguments}
    usual |= {"seed": 1, "lr": OPTIMIZERS["sgd"].lr, "hidden": (4,), "device": "cpu"}
    assert arguments == usual
    assert Experiment().fragment() == ""


def test_a_fragment_has_what_differs_from_the_defaults_in_a_fixed_order():
    experiment = Experiment(
        inputs=("x1^2", "sin(x2)"), hidden=(4, 2), problem="moons", optimizer="adam", lr=0.1
    )
    expected = "problem=moons&inputs=x1%5E2,sin%28x2%29&hidden=4,2&optimizer=adam&lr=0.1"
    assert experiment.fragment() == expected
    assert Experiment(optimizer="adam", hidden=()).fragment() == "hidden=0&optimizer=adam"


@pytest.mark.parametrize(
    "fragment",
    [
        "size=300&problem=blobs&classes=4&validation=0.25&hidden=5,3",
        "size=300&hidden=0&optimizer=adam&inputs=x1,x2,x1*x2",
        "size=300&momentum=0.9&nesterov=true&l1=0.001&seed=7",
    ],
)
def test_the_net_of_an_experiment_is_that_of_train_xor(fragment):
    experiment = Experiment.from_fragment(fragment)
    fit = xorlab.train_xor(data=experiment.data(), epochs=2, **experiment.arguments())
    assert fit.settings == experiment.settings(epochs=2)
    kind, seed, classes = experiment.problem, experiment.seed, experiment.classes
    same = xorlab.toy_data(kind, 300, seed=seed, classes=classes)
    assert torch.equal(experiment.data().data, same.data)
    assert len(fit.levels) == experiment.classes


def test_neither_making_nor_sampling_one_draws_from_a_generator():
    before = torch.get_rng_state()
    Experiment(problem="circles", size=20).data()
    assert torch.equal(torch.get_rng_state(), before)


def test_own_data_are_the_callers():
    with pytest.raises(ValueError, match="`problem` must be a toy problem to sample points"):
        Experiment(problem="own").data()


def test_another_problem_takes_its_own_noise_and_classes():
    blobs = Experiment(noise=0.7).changed(problem="blobs")
    assert (blobs.noise, blobs.classes) == (NOISES["blobs"], 3)
    assert blobs.changed(classes=5).changed(problem="blobs").classes == 5
    moons = blobs.changed(problem="moons", noise=0.4)
    assert (moons.noise, moons.classes) == (0.4, 2)
    assert blobs.changed(problem="own").changed(problem="xor").noise == NOISES["xor"]


def test_another_optimizer_takes_its_own_rate_and_drops_the_terms_that_it_lacks():
    nesterov = Experiment(momentum=0.9, nesterov=True, weight_decay=0.01)
    adam = nesterov.changed(optimizer="adam")
    assert (adam.lr, adam.momentum, adam.nesterov, adam.weight_decay) == (0.01, 0, False, 0.01)
    assert adam.changed(optimizer="sgd").lr == 0.1
    assert nesterov.changed(lr=0.3).changed(optimizer="adam").lr == 0.3
    assert nesterov.changed(optimizer="adam", lr=0.2).lr == 0.2
    assert not nesterov.changed(momentum=0).nesterov


def test_hidden_controls_are_in_the_order_of_the_page_each_once():
    assert Experiment(hide=["lr", "data", "lr"]).hide == ("data", "lr")
    assert Experiment(hide="lr").hide == ("lr",)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("problem", "xo", "`problem` must be 'xor', .* Did you mean 'xor'"),
        ("size", 9, "`size` must be a whole number from 10 to 20000, not 9"),
        ("noise", 2.5, "`noise` must be at most 2, not 2.5"),
        ("classes", 3, "`classes` must be 2 for 'xor', not 3"),
        ("inputs", [], "`inputs` must be one or more of"),
        ("hidden", [17], "`hidden` must be a whole number from 1 to 16, not 17"),
        ("hidden", [1] * 7, "`hidden` must hold at most 6 whole numbers"),
        ("activation", "tan", "`activation` must be"),
        ("init", "ones", "`init` must be"),
        ("optimizer", "torch.optim.Adagrad", "`optimizer` must be 'sgd', 'adam' or 'rmsprop'"),
        ("lr", 0, "`lr` must be a finite number above 0"),
        ("batch_size", 0, "`batch_size` must be a whole number"),
        ("momentum", 1, "`momentum` must be from 0 to below 1"),
        ("nesterov", True, "`momentum` must be above 0 for `nesterov`"),
        ("weight_decay", -1, "`weight_decay` must be a finite number of at least 0"),
        ("l1", -1, "`l1` must be a finite number of at least 0"),
        ("validation", 0.95, "`validation` must be at most 0.9"),
        ("seed", -1, "`seed` must be a whole number"),
        ("view", "logit", "`view` must be 'probability', 'classes', 'posterior' or 'difference'"),
        ("hide", ["rate"], "`hide` must be some of .* not 'rate'. Did you mean 'lr'"),
        ("epochs", 3, "`values` has an unknown entry, 'epochs'"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name, value, message):
    for make in (Experiment.from_values, lambda values: Experiment().changed(**values)):
        with pytest.raises(ValueError, match=message):
            make({name: value})


@pytest.mark.parametrize("name", [one.name for one in dataclasses.fields(Experiment)])
def test_a_value_of_no_sensible_type_is_refused_by_name(name):
    with pytest.raises(TypeError, match=f"`{name}` must be"):
        Experiment.from_values({name: object()})


def test_classes_and_hidden_controls_have_bounds_too():
    with pytest.raises(ValueError, match="`classes` must be a whole number from 2 to 8, not 9"):
        Experiment(problem="blobs", classes=9)
    with pytest.raises(TypeError, match=r"`hide` must be some of .* not 3"):
        Experiment(hide=[3])


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("https://example.org/", "`state` must be an address, .* without '='"),
        ("lr=1&lr=2", "`state` must have each entry once, but it has 'lr' twice"),
        ("learning_rate=1", "`state` has an unknown entry, 'learning_rate'. Did you mean 'lr'"),
        ("lr=fast", "`lr` must be a number, not 'fast'"),
        ("lr=1e999", "`lr` must be a finite number above 0, not inf"),
        ("lr=nan", "`lr` must be a number, not 'nan'"),
        (f"seed={'9' * 4900}", "`seed` must be a whole number"),
        ("seed=1_0", "`seed` must be a number, not '1_0'"),
        ("hidden=4,,2", "`hidden` must be a number, not ''"),
        ("nesterov=1", "`nesterov` must be true or false, not '1'"),
        ("problem=%ff%00", "`problem` must be"),
        ("a=" * 3000, "`state` must be an address of at most 5,000 characters, not 6,000"),
    ],
)
def test_a_broken_address_is_refused(state, message):
    with pytest.raises(ValueError, match=message):
        Experiment.from_fragment(state)


def test_what_is_no_text_is_no_address():
    with pytest.raises(TypeError, match="`state` must be the text of an address, not 3"):
        Experiment.from_fragment(3)


def mangled(names):
    """Entries of an address, right, doubled, or with any text for a value."""
    entry = st.tuples(st.sampled_from(names) | ANY_TEXT, ANY_TEXT | st.from_regex(r"[-0-9.e,]{9}"))
    return st.lists(entry.map("=".join)).map("&".join) | ANY_TEXT


def outcome(read, text):
    """What is read, or the message of its ValueError."""
    try:
        return read(text)
    except ValueError as error:
        return str(error)


@settings(max_examples=300, deadline=None)
@given(mangled([one.name for one in dataclasses.fields(Experiment)]))
def test_any_text_is_an_experiment_or_a_value_error(state):
    result = outcome(Experiment.from_fragment, state)
    assert isinstance(result, Experiment) or re.search("`.*` (must|has)", result, re.DOTALL)
