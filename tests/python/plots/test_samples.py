"""Samples as points of the plane."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
import xorlab
from canvas import new_axes
from matplotlib.colors import to_rgb
from xorlab.plots.palette import CLASS_COLORS


@pytest.fixture
def points():
    return xorlab.XORDataset(200, seed=1)


def test_each_class_has_its_points_its_colour_and_its_shape(points):
    ax = new_axes()
    xorlab.visualize_samples(points.data, points.label, ax=ax)
    zeros, ones = ax.collections
    for k, drawn in enumerate((zeros, ones)):
        assert np.allclose(drawn.get_offsets(), points.data[points.label == k])
        assert tuple(drawn.get_facecolor()[0][:3]) == to_rgb(CLASS_COLORS[k])
        assert drawn.get_label() == f"Class {k}"
    assert len(zeros.get_paths()[0].vertices) != len(ones.get_paths()[0].vertices)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Class 0", "Class 1"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x1", "x2")
    assert ax.get_aspect() == 1


@pytest.mark.parametrize("kind", ["tensor", "array", "lists", "bool"])
def test_samples_of_every_kind_are_drawn_and_left_as_they_were(kind):
    data, label = torch.rand(6, 2), torch.tensor([0, 1, 1, 0, 1, 0])
    if kind == "array":
        data, label = data.numpy(), label.numpy()
    elif kind == "lists":
        data, label = data.tolist(), label.tolist()
    elif kind == "bool":
        label = label.bool()
    ax = new_axes()
    xorlab.visualize_samples(data, label, ax=ax)
    assert [len(drawn.get_offsets()) for drawn in ax.collections] == [3, 3]


def test_points_far_from_xor_have_a_scale_for_each_column(first_input):
    data = torch.randn(50, 2, generator=torch.manual_seed(1)) * torch.tensor([1, 30.0]) + 50
    label = torch.tensor([0, 1] * 25)
    for draw in (
        xorlab.visualize_samples,
        lambda *samples, ax: xorlab.visualize_classification(first_input, *samples, ax=ax),
    ):
        ax = new_axes()
        draw(data, label, ax=ax)
        assert ax.get_aspect() == "auto"
        assert ax.get_xlim()[0] > 40


@pytest.mark.parametrize(
    ("data", "label", "message"),
    [
        ([[0.0, 1.0, 2.0]], [0], "`data` must have 2 columns, not 3"),
        ([[0.0, np.nan], [1.0, 1.0]], [0, 1], "in 1 of 2 rows"),
        ([["a", "b"]], [0], "`data` must hold numbers"),
        ([], [], "`data` must have two dimensions"),
        ([[0.0, 1.0]], [0, 1], r"`label` must have one entry for each of the 1 row,.*\(2,\)"),
        ([[0.0, 1.0]], [-1], "`label` must hold 0 and 1 and nothing else"),
        ([[0.0, 1.0]], [2.5], "`label` must hold whole numbers from 0 to 2"),
        ([[0.0, 1.0]], ["a"], "`label` must hold 0 and 1 and nothing else"),
    ],
)
def test_samples_that_cannot_be_drawn_are_named_and_leave_no_figure(fit, data, label, message):
    for draw in (
        xorlab.visualize_samples,
        lambda *samples: xorlab.visualize_classification(fit.model, *samples),
    ):
        with pytest.raises((TypeError, ValueError), match=message):
            draw(data, label)
    assert plt.get_fignums() == []
