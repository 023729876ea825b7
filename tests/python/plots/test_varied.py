"""What is on the axis of the picture of a sweep."""

import math

import numpy as np
import pytest
import xorlab
from matplotlib.figure import Figure
from xorlab.model.activations import ACTIVATIONS
from xorlab.plots.palette import SERIES_COLORS
from xorlab.plots.study import make_picture
from xorlab.plots.varied import as_asked, kind_of
from xorlab.study.config import Config, Run


def study_of(*rows, **same):
    """Two nets of each configuration, none of them trained."""
    configs = []
    for row in rows:
        given = {**same, **row}
        others = {k: given.pop(k) for k in ("std", "data", "scale", "inputs") if k in given}
        size = given.pop("size", 100)
        configs.append(Config(xorlab.Settings(**given), size, **others))
    return xorlab.Study(
        [
            (one, Run(seed, 0.1 * (k + 1), 0.9, seed < 1 if one.is_xor else None, ""))
            for k, one in enumerate(configs)
            for seed in range(2)
        ]
    )


def over(name, values, **same):
    return study_of(*({name: value} for value in values), **same)


def axis_of(study):
    return make_picture(study).losses.x


@pytest.mark.parametrize(
    ("name", "values", "title", "labels"),
    [
        ("momentum", [0.9, 0, 0.5], "Momentum", ["0", "0.5", "0.9"]),
        ("l1", [0, 0.1], "L1 penalty", ["0", "0.1"]),
        ("epochs", [10, 20], "Epochs", ["10", "20"]),
        ("batch_size", [16, 32, 64], "Batch size", ["16", "32", "64"]),
        ("std", [0.1, 0.3], "Noise", ["0.1", "0.3"]),
        ("hidden", [4, 0, 2], "Hidden units", ["0", "2", "4"]),
        ("validation", [0.1, 0.2], "Share held out for validation", ["0.1", "0.2"]),
    ],
)
def test_numbers_have_their_places_on_a_linear_axis(name, values, title, labels):
    x = axis_of(over(name, values))
    assert x.name == f"{title}, at a learning rate of 0.1"
    assert (x.ticks, x.labels, x.log) == (sorted(map(float, values)), labels, False)
    (line,) = make_picture(over(name, values)).lines
    assert line.x == sorted(values)
    assert make_picture(over(name, values)).joined


@pytest.mark.parametrize("name", ["size", "weight_decay", "epochs", "hidden"])
def test_numbers_that_span_a_power_of_ten_have_an_axis_of_powers(name):
    values = [10, 30, 300] if name != "weight_decay" else [0.001, 0.01, 0.1]
    x = axis_of(over(name, values))
    assert x.log
    assert x.ticks == values


def test_zero_beside_small_numbers_stands_beside_them():
    values = [0, 0.0001, 0.001, 0.01]
    study = over("weight_decay", values)
    x = axis_of(study)
    assert (x.ticks, x.log) == ([0, 1, 2, 3], False)
    assert x.labels == ["0", "0.0001", "0.001", "0.01"]
    assert make_picture(study).lines[0].x == [0, 1, 2, 3]
    assert make_picture(study).joined


def test_none_is_a_place_of_its_own_before_the_numbers():
    study = over("patience", [5, None, 20], validation=0.2)
    x = axis_of(study)
    assert x.labels == ["none", "5", "20"]
    assert make_picture(study).lines[0].loss == pytest.approx([0.2, 0.1, 0.3])


@pytest.mark.parametrize(
    ("name", "values", "title", "labels"),
    [
        ("optimizer", ["sgd", "adam"], "Optimizer, each at its usual", ["sgd", "adam"]),
        ("activation", ["tanh", "relu"], "Activation, at a", ["tanh", "relu"]),
        ("init", ["zeros", "default"], "First weights, at a", ["zeros", "default"]),
        ("nesterov", [True, False], "Nesterov's momentum, at a", ["yes", "no"]),
        ("hidden", [(4, 4), 8, 0], "Hidden layers, at a", ["4-4", "8", "none"]),
        ("data", ["xor", "spirals"], "Data, at a", ["xor", "spirals"]),
        ("scale", ["auto", True], "Columns standardised, at a", ["auto", "yes"]),
        ("inputs", [None, ("x1", "x1^2")], "Inputs, at a", ["the columns", "x1 x1^2"]),
    ],
)
def test_names_stand_side_by_side_and_no_line_joins_them(name, values, title, labels):
    same = {"momentum": 0.9} if name == "nesterov" else {}
    study = over(name, values, **same)
    x = axis_of(study)
    assert x.name.startswith(f"{title}")
    assert x.labels == labels
    assert x.ticks == [float(k) for k in range(len(values))]
    axes = Figure().subplots(1, 2)
    xorlab.plot_study(study, ax=axes)
    points = next(line for line in axes[1].get_lines() if line.get_color() == SERIES_COLORS[0])
    assert points.get_linestyle() == "None"
    assert points.get_marker() != "None"
    np.testing.assert_allclose(points.get_ydata(), 0.1 * np.arange(1, len(values) + 1))


def test_the_rate_is_the_axis_where_it_varies_and_what_else_varies_makes_lines():
    rows = [
        {"lr": lr, "momentum": momentum, "optimizer": "sgd"}
        for lr in (0.1, 1)
        for momentum in (0, 0.5, 0.9)
    ]
    study = study_of(*rows, *({"lr": lr, "optimizer": "adam"} for lr in (0.1, 1)))
    picture = make_picture(study)
    assert picture.losses.x.name == "Learning rate"
    labels = [line.label for line in picture.lines]
    assert labels == [
        "sgd, momentum 0",
        "sgd, momentum 0.5",
        "sgd, momentum 0.9",
        "adam, momentum 0",
    ]
    assert picture.usual_rate is None  # which is another of each optimizer
    assert make_picture(over("lr", [0.001, 0.1], optimizer="adam")).usual_rate == 0.01


def test_of_several_numbers_the_one_with_the_most_values_is_the_axis_and_names_are_lines():
    rows = [
        {"epochs": epochs, "batch_size": batch_size, "init": init}
        for epochs in (10, 20)
        for batch_size in (8, 16, 32)
        for init in ("default", "xavier", "normal", "zeros")
    ]
    picture = make_picture(study_of(*rows))
    assert picture.losses.x.name == "Batch size, at a learning rate of 0.1"
    assert len(picture.lines) == 8
    assert picture.lines[0].label == "10 epochs, init default"
    assert picture.named


def test_what_follows_from_another_column_is_not_what_varies():
    rows = [{"optimizer": "sgd"}, {"optimizer": "sgd", "momentum": 0.9}, {"optimizer": "adam"}]
    picture = make_picture(study_of(*rows))
    assert picture.losses.x.name == "Momentum"
    assert [line.label for line in picture.lines] == [
        "learning rate 0.1, sgd",
        "learning rate 0.01, adam",
    ]
    assert [line.x for line in picture.lines] == [[0, 0.9], [0]]
    configs = [one.config for one in study_of(*rows).summary()]
    assert {one["lr"] for one in as_asked(configs)} == {None}
    given = study_of({"optimizer": "sgd", "lr": 0.3}, {"optimizer": "adam", "lr": 0.01})
    assert {one["lr"] for one in as_asked([s.config for s in given.summary()])} == {0.3, 0.01}


def test_configurations_that_differ_in_several_ways_at_once_are_named_in_the_key():
    picture = make_picture(
        study_of({"hidden": 2, "epochs": 10}, {"hidden": 4, "epochs": 20, "momentum": 0.9})
    )
    assert picture.losses.x.name == "Nets, at a learning rate of 0.1"
    assert set(picture.losses.x.labels) == {""}
    labels = [line.label for line in picture.lines]
    assert labels == ["2 hidden, 10 epochs, momentum 0", "4 hidden, 20 epochs, momentum 0.9"]
    assert picture.named


def test_names_too_long_for_an_axis_are_in_the_key():
    shapes = [(16,) * 12, (4,)]
    picture = make_picture(over("hidden", shapes))
    assert picture.losses.x.name.startswith("Nets")
    assert picture.lines[1].label == "4 hidden"


def test_lines_say_what_is_not_a_plain_number_in_words():
    rows = [
        {
            "validation": validation,
            "nesterov": nesterov,
            "hidden": hidden,
            "momentum": 0.9,
            "lr": lr,
        }
        for validation in (None, 0.2)
        for nesterov in (False, True)
        for hidden in (0, 2)
        for lr in (0.1, 1)
    ]
    labels = [line.label for line in make_picture(study_of(*rows)).lines]
    assert "no hidden layer, no nesterov, no validation" in labels
    assert "2 hidden, nesterov, validation 0.2" in labels


def test_many_numbers_have_round_ticks():
    x = axis_of(over("momentum", [k / 20 for k in range(20)]))
    assert x.labels == ["0", "0.2", "0.4", "0.6", "0.8"]
    low, high = x.limits
    assert low < 0
    assert high > 0.95
    crowded = axis_of(over("weight_decay", [0, *(10.0**-k for k in range(12))]))
    assert len(crowded.ticks) == 13
    assert 6 <= sum(bool(label) for label in crowded.labels) <= 10


def test_every_point_is_within_the_axis_though_lines_are_moved_apart():
    rows = [{"optimizer": "sgd", "momentum": m} for m in (0, 0.9)] + [{"optimizer": "adam"}]
    picture = make_picture(study_of(*rows))
    low, high = picture.losses.x.limits
    for line in picture.lines:
        assert all(low < place < high for place in (*line.x, *line.beside))
    assert picture.lines[0].beside[0] < 0 < picture.lines[1].beside[0]


@pytest.mark.parametrize("column", ["lr", "hidden", "momentum"])
@pytest.mark.parametrize("lines", [2, 4, 7])
def test_lines_are_moved_apart_by_a_few_percent_of_the_axis(column, lines):
    values = {"lr": [0.01, 0.1, 1.0], "hidden": [2, 3, 16], "momentum": [0, 0.5, 0.9]}[column]
    names = [*ACTIVATIONS][:lines]
    rows = [{column: value, "activation": name} for name in names for value in values]
    picture = make_picture(study_of(*rows))
    assert len(picture.lines) == lines
    along = np.log if picture.shares.x.log else np.asarray
    places = along([line.x for line in picture.lines])
    moved = along([line.beside for line in picture.lines])
    length = np.ptp(places)
    shift = (moved - places) / length
    assert np.ptp(shift, axis=1).max() == pytest.approx(0, abs=1e-9)  # of each line the same
    assert (np.diff(shift[:, 0]) > 0.003).all()
    assert shift.max() == pytest.approx(-shift.min())
    assert shift.max() <= 0.03 + 1e-9


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([0.1, 0.5, 0.9], "linear"),
        ([0, 0.9, 0.99, 0.999], "even"),
        ([1, 10], "log"),
        ([1, 9], "linear"),
        ([None, 1], "even"),
        ([k / 20 for k in range(20)], "linear"),
    ],
)
def test_the_kind_of_axis_is_one_on_which_the_labels_have_room(values, kind):
    assert kind_of(values) == kind


def test_a_picture_without_a_key_has_no_empty_one():
    study = over("data", ["moons", "blobs"])
    assert make_picture(study).guessing is None
    axes = Figure().subplots(1, 2)
    xorlab.plot_study(study, ax=axes)
    assert axes[1].get_legend() is None


def test_names_that_stand_close_are_aslant():
    kinds = ["xor", "circles", "moons", "spirals", "blobs", "checkerboard", "linear"]
    for values, rotation in ((kinds, 30), (kinds[:3], 0)):
        axes = Figure(figsize=(9.6, 4.2)).subplots(1, 2)
        xorlab.plot_study(over("data", values), ax=axes)
        assert {label.get_rotation() for label in axes[0].get_xticklabels()} == {rotation}
    assert math.isfinite(axes[0].get_xlim()[1])
