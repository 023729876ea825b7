"""Bad values, as the data functions meet them; training and the command line share the checks."""

import inspect
import math
import pickle

import numpy as np
import pytest
import torch
import xorlab
from xorlab.checks.synonyms import SYNONYMS
from xorlab.checks.words import nearest
from xorlab.data.toys import TOYS
from xorlab.model.activations import ACTIVATIONS
from xorlab.settings import ENGINES

NOT_A_COUNT = [0, -1, 1.5, math.nan, math.inf, -math.inf, "a", None, True, 3e9, [1, 2], 1j, 10**400]
X = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.5]]


@pytest.mark.parametrize("bad", NOT_A_COUNT)
def test_a_size_that_is_no_count_is_named_with_what_came(bad):
    with pytest.raises((TypeError, ValueError), match="`size` must be a whole number from 1") as e:
        xorlab.XORDataset(bad)
    assert repr(bad)[:50] in str(e.value)


@pytest.mark.parametrize("bad", [-0.1, math.nan, math.inf, -math.inf, "a", None, True, [0.1], 1j])
def test_noise_that_is_no_number_of_at_least_zero_is_named(bad):
    with pytest.raises((TypeError, ValueError), match="`std` must be a finite number of at least"):
        xorlab.XORDataset(10, std=bad)


def test_a_number_beyond_every_float_is_not_finite():
    with pytest.raises(ValueError, match="`std` must be a finite number"):
        xorlab.XORDataset(10, std=10**400)


@pytest.mark.parametrize("good", [100, np.int64(100), np.int32(100), 100.0, np.float64(100)])
def test_counts_of_every_number_type_are_taken(good):
    dataset = xorlab.XORDataset(good, seed=good)
    assert len(dataset) == 100
    assert torch.equal(dataset.data, xorlab.XORDataset(100, seed=100).data)


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([], "at least one row and one column, not shape"),
        (np.empty((3, 0)), r"not shape \(3, 0\)"),
        ([1.0, 2.0, 3.0], "must have two dimensions"),
        (np.zeros((3, 1, 1)), "must have two dimensions"),
        ([["a", "b"]] * 3, "must hold numbers, not values of type <U1"),
        (np.array([["1", 2]] * 3, dtype=object), "must be a matrix of numbers"),
        ([[1, 2], [3], [4, 5]], "must be a matrix of numbers"),
        ([[1j]] * 3, "must hold numbers, not values of type complex128"),
        (None, "must have two dimensions|must be a matrix"),
        ([[1.0], [math.nan], [math.inf]], "in 2 of 3 rows"),
        ([[1.0], [None], [2.0]], "in 1 of 3 rows"),
        ([[1.0], [1e300], [2.0]], "in 1 of 3 rows"),
    ],
)
def test_columns_that_are_not_complete_numbers_are_named(x, message):
    with pytest.raises((TypeError, ValueError), match=f"`x` must .*{message}|`x` {message}"):
        xorlab.as_xor_data(x, [0, 1, 1])


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ([0, 1], r"one entry for each of the 3 rows of `x`, not shape \(2,\)"),
        ([[0], [1], [1]], r"not shape \(3, 1\)"),
        ([1, 1, 1], "from 2 to 100 classes, not 1"),
        (["a", "a", "a"], r"from 2 to 100 classes, not 1: \['a'\]"),
        ([0, 1, math.nan], "must be complete, but 1 of 3 are missing"),
        (
            [1, 2, 2],
            "Numeric `label` counts as classes .* without a gap, not 1, 2",
        ),
        (["a", None, "b"], "must be complete, but 1 of 3 are missing"),
        (np.array(["a", 1, "b"], dtype=object), "not a mixture"),
        ([1j, 0, 0], "not complex128"),
    ],
)
def test_labels_that_are_not_two_classes_are_named(label, message):
    with pytest.raises((TypeError, ValueError), match=message):
        xorlab.as_xor_data(X, label)


@pytest.mark.parametrize("label", [[0.5, 1, 0], ["0", "1", "1"], [0, 1, 2], [-1, 1, 1]])
def test_a_dataset_made_by_hand_takes_nothing_but_zeros_and_ones(label):
    with pytest.raises(ValueError, match="`label` must hold 0 and 1 and nothing else"):
        xorlab.PointDataset(X, label)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"levels": ("a",)}, "`levels` must name from 2 to 100 different classes"),
        ({"features": ("a",)}, "`features` must name 3 columns"),
    ],
)
def test_names_that_are_too_few_are_refused(names, message):
    with pytest.raises(ValueError, match=message):
        xorlab.PointDataset(X, [0, 1, 1], **names)


@pytest.mark.parametrize(
    ("name", "choices", "expected"),
    [
        ("Petal.width", ["Species", "Petal.Width", "Petal.Length"], "Petal.Width"),
        ("X2", ["x1", "x2"], "x2"),
        ("Tanh", ["relu", "tanh"], "tanh"),
        ("Species", ["Petal.Width"], None),
        ("a", [], None),
    ],
)
def test_the_nearest_name_is_one_that_is_close_whatever_its_case(name, choices, expected):
    assert nearest(name, choices) == expected


MEANT = [
    ("learning_rate", "lr"),
    ("n_epochs", "epochs"),
    ("max_iter", "epochs"),
    ("epoch", "epochs"),
    ("hidden_layer_sizes", "hidden"),
    ("random_state", "seed"),
    ("batchsize", "batch_size"),
    ("Engine", "engine"),
    ("snapshot", "snapshots"),
    ("X", "x"),
    ("label", "y"),
    ("labels", "y"),
    ("target", "y"),
    ("df", "data"),
    ("standardize", "scale"),
    ("features", "inputs"),
]


@pytest.mark.parametrize(("name", "meant"), MEANT)
def test_an_unknown_argument_is_refused_with_the_one_that_was_meant(name, meant):
    message = rf"^train_xor\(\) has no argument `{name}`; did you mean `{meant}`\?$"
    with pytest.raises(TypeError, match=message):
        xorlab.train_xor(**{name: 1})


def test_what_a_name_means_depends_on_the_arguments_there_are():
    with pytest.raises(TypeError, match=r"XORDataset\(\) .* `noise`; did you mean `std`\?"):
        xorlab.XORDataset(100, noise=0.2)
    with pytest.raises(TypeError, match=r"toy_data\(\) .* `std`; did you mean `noise`\?"):
        xorlab.toy_data("moons", std=0.2)
    with pytest.raises(TypeError, match=r"toy_data\(\) .* `sd`; did you mean `noise`\?"):
        xorlab.toy_data("moons", sd=0.2)
    for name in ("y", "target"):
        with pytest.raises(TypeError, match=rf"as_xor_data\(\) .* `{name}`; .* `label`\?"):
            xorlab.as_xor_data(X, **{name: [0, 1, 1]})
    with pytest.raises(
        TypeError, match=r"train_xor\(\) has no argument `noise`; it has x, y, data, hid"
    ):
        xorlab.train_xor(noise=0.2)


FUNCTIONS = {
    name: [*inspect.signature(function).parameters]
    for name, function in vars(xorlab).items()
    if name in xorlab.__all__ and inspect.isfunction(function)
}


@pytest.mark.parametrize("name", [name for name, arguments in FUNCTIONS.items() if arguments])
def test_every_public_function_names_the_argument_that_was_meant(name):
    function, misspelt = getattr(xorlab, name), FUNCTIONS[name][0] + "s"
    message = rf"^{name}\(\) has no argument `{misspelt}`; did you mean"
    with pytest.raises(TypeError, match=message):
        function(**{misspelt: 1})
    assert pickle.loads(pickle.dumps(function)) is function


# Records hold values; their methods take no arguments that a user would name.
RECORDS = {"Code", "Diagnosis", "Evaluation", "History", "Settings"}
METHODS = [
    f"{kind}.{name}"
    for kind in sorted(set(xorlab.__all__) - RECORDS - {"TwoClassDataset"})
    if inspect.isclass(getattr(xorlab, kind)) and not issubclass(getattr(xorlab, kind), tuple)
    for name, method in vars(getattr(xorlab, kind)).items()
    if (callable(method) or isinstance(method, classmethod))
    and not name.startswith("_")
    and kind != "SimpleClassifier"  # its methods are torch's
]


@pytest.mark.parametrize("name", METHODS)
def test_every_method_refuses_unknown_arguments_by_name(name):
    kind, method = name.split(".")
    function = getattr(getattr(xorlab, kind), method)
    arguments = [one for one in inspect.signature(function).parameters if one != "self"]
    unknown = f"{arguments[0]}s" if arguments else "anything"
    meant = f"; did you mean `{arguments[0]}`" if arguments else "; it has none"
    with pytest.raises(TypeError, match=rf"^{name}\(\) has no argument `{unknown}`{meant}"):
        function(**{unknown: 1})


@pytest.mark.parametrize(
    ("call", "meant"),
    [
        (lambda: xorlab.train_xor(activation="Tanh"), "tanh"),
        (lambda: xorlab.train_xor(activation="logistic"), "sigmoid"),
        (lambda: xorlab.train_xor(activation="rleu"), "relu"),
        (lambda: xorlab.train_xor(engine="autogard"), "autograd"),
        (lambda: xorlab.train_xor(device="gpu"), "cuda"),
        (lambda: xorlab.xor_sweep(activation=["tanh", "linear"]), "identity"),
        (lambda: xorlab.show_code(xorlab.train_xor(epochs=1, seed=1), "Python"), "python"),
    ],
)
def test_an_unknown_choice_is_refused_with_the_one_that_was_meant(call, meant):
    with pytest.raises(ValueError, match=rf"[.] Did you mean '{meant}'\?$"):
        call()


def test_nothing_is_suggested_where_no_name_is_near():
    assert nearest("gelu", ("tanh", "sigmoid")) is None
    assert nearest("Petal.Widht", ["Petal.Length", "Petal.Width"]) == "Petal.Width"
    assert nearest("", ["a"]) is None
    assert nearest("a", []) is None
    with pytest.raises(ValueError, match=r"'softplus', not 'softmax'\.$"):
        xorlab.train_xor(activation="softmax")


def test_every_synonym_means_an_argument_or_a_choice_that_there_is():
    known = {argument for arguments in FUNCTIONS.values() for argument in arguments}
    known |= {"std", "size", *ACTIVATIONS, *ENGINES, *TOYS, "cuda", "python", "newdata"}
    known |= {"prob", "logit", "boundary", "history", "network", "gallery"}  # R's alone
    assert set(SYNONYMS.values()) <= known
    assert all(word == word.lower() and word != meant for word, meant in SYNONYMS.items())
