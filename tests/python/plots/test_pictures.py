"""What holds of every picture."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
import xorlab
from canvas import new_axes
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text


@pytest.fixture
def points():
    return xorlab.XORDataset(200, seed=1)


@pytest.fixture
def draw(fit, points):
    """Each of the four pictures, as a function of `ax`."""
    return {
        "samples": lambda ax=None: xorlab.visualize_samples(points.data, points.label, ax=ax),
        "classification": lambda ax=None: xorlab.visualize_classification(
            fit.model, points.data, points.label, ax=ax
        ),
        "fit": lambda ax=None: xorlab.plot_fit(fit, ax=ax),
        "history": lambda ax=None: xorlab.plot_history(fit.history, ax=ax),
    }


def test_on_axes_that_are_given_pyplot_is_left_alone(draw):
    for function in draw.values():
        ax = new_axes()
        assert function(ax) is ax
        assert ax.has_data()
    assert plt.get_fignums() == []


def test_without_axes_a_pyplot_figure_is_made_and_not_shown(draw, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("shown"))
    for count, function in enumerate(draw.values(), 1):
        ax = function()
        assert np.ravel(ax)[0].figure is plt.gcf()
        assert len(plt.get_fignums()) == count


def test_a_plot_without_matplotlib_axes_is_refused(draw):
    for function in draw.values():
        with pytest.raises(TypeError, match="`ax` must be matplotlib axes or None, not 'a'"):
            function("a")
    assert plt.get_fignums() == []


def test_what_is_no_fit_and_no_history_is_named(fit, points):
    for draw in (xorlab.plot_fit, xorlab.plot_hidden, xorlab.plot_network):
        with pytest.raises(TypeError, match=r"`fit` must be what train_xor\(\) returned, not 3"):
            draw(3)
    with pytest.raises(TypeError, match=r"`history` must be what .* returned, not a list"):
        xorlab.plot_history([0.7])
    with pytest.raises(TypeError, match=r"must be a torch\.nn.Module, not a Fit"):
        xorlab.visualize_classification(fit, points.data, points.label)
    with pytest.raises(ValueError, match=r"`model` must take points of shape \[n, 2\]: mat1"):
        xorlab.visualize_classification(torch.nn.Linear(3, 1), points.data, points.label)
    with pytest.raises(TypeError, match=r"`bayes` must be what bayes_xor\(\) made, not 0.1"):
        xorlab.plot_bayes(0.1)
    with pytest.raises(ValueError, match="at least one epoch"):
        xorlab.plot_history(xorlab.History())
    with pytest.raises(ValueError, match="at least one epoch"):
        xorlab.plot_history(xorlab.Fit(fit.model))
    assert plt.get_fignums() == []


# Mathematics to matplotlib, and most of it such as cannot be drawn.
NAMES = (r"$\frac$", "a_{b $x_$")
LEVELS = ("$_$", r"\$5 & $\y$")
PICTURES = {
    "plot_fit": lambda fit: xorlab.plot_fit(fit).figure,
    "plot_hidden": lambda fit: xorlab.plot_hidden(fit)[0].figure,
    "plot_network": lambda fit: xorlab.plot_network(fit).figure,
    "draw_picture": lambda fit: moving_picture(fit),
}


def moving_picture(fit):
    """The figure of a moving picture's last frame."""
    figures = []
    with pytest.MonkeyPatch.context() as patch:
        savefig = Figure.savefig
        patch.setattr(
            Figure, "savefig", lambda self, *a, **b: (figures.append(self), savefig(self, *a, **b))
        )
        xorlab.plots.animation.gif_bytes(xorlab.animate_xor(fit))
    return figures[-1]


@pytest.fixture(scope="module")
def named_fit():
    x = np.random.default_rng(0).normal(size=(40, 2))
    data = xorlab.TwoClassDataset(x, [0, 1] * 20, LEVELS, NAMES)
    return xorlab.train_xor(data, epochs=1, seed=1, snapshots=0)


@pytest.mark.parametrize("name", PICTURES)
def test_dollars_in_names_and_labels_are_text_and_not_mathematics(named_fit, name):
    figure = PICTURES[name](named_fit)
    FigureCanvasAgg(figure).draw()
    shown = {text.get_text(): text for text in figure.findobj(Text) if text.get_text()}
    levels = {
        "plot_hidden": [],
        "plot_network": [f"class {LEVELS[1]}"],
    }.get(name, [f"Class {level}" for level in LEVELS])
    assert {*NAMES, *levels} <= set(shown)
    for text in shown.values():
        assert not (text.get_parse_math() and "$" in text.get_text())


def test_a_label_of_the_users_own_may_be_mathematics_afterwards(fit):
    ax = new_axes()
    xorlab.plot_fit(fit, ax=ax)
    ax.set_xlabel("$x_1$")
    assert ax.xaxis.label.get_parse_math()


def with_weights(fit, change):
    """The fit, after `change(weights by name)`."""
    changed = xorlab.Fit.from_dict(fit.to_dict())
    with torch.no_grad():
        change(dict(changed.model.named_parameters()))
    return changed


def overflow(weights):
    """From some points on every unit of a net with relu is infinite, and their sum is NaN."""
    weights["linear1.weight"][:] = 3e38
    weights["linear2.weight"][:] = torch.tensor([1.0, -1.0, 1.0, -1.0])


ALL_PICTURES = {
    **PICTURES,
    "visualize_classification": lambda fit: xorlab.visualize_classification(
        fit.model, fit.data.data, fit.data.label
    ),
    "animate_xor": xorlab.animate_xor,
}


@pytest.fixture(scope="module")
def kept_fit():
    return xorlab.train_xor(xorlab.XORDataset(50, seed=1), epochs=2, seed=1, snapshots=0)


@pytest.mark.parametrize("name", ALL_PICTURES)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_of_weights_that_are_not_finite_nothing_is_drawn(kept_fit, name, value):
    for parameter in ("linear1.weight", "linear2.bias"):
        bad = with_weights(kept_fit, lambda weights, at=parameter: weights[at][0].fill_(value))
        with pytest.raises(ValueError, match=r"nothing to draw: the weights .* \([12] of 17\)\.$"):
            ALL_PICTURES[name](bad)
    assert plt.get_fignums() == []


@pytest.mark.parametrize("name", ALL_PICTURES)
def test_of_outputs_that_are_not_finite_nothing_is_drawn(name):
    points = xorlab.XORDataset(50, seed=1)
    relu = xorlab.train_xor(points, activation="relu", epochs=1, seed=1, snapshots=0)
    bad = with_weights(relu, overflow)
    if name == "plot_network":
        assert isinstance(xorlab.plot_network(bad), Axes)  # which draws the weights alone
        return
    message = r"nothing to draw: the output .* not finite at [\d,]+ of [\d,]+ points .* 3e\+38\)\.$"
    with pytest.raises(ValueError, match=message):
        ALL_PICTURES[name](bad)
    assert plt.get_fignums() == []


def test_an_early_epoch_whose_weights_are_not_finite_is_not_animated(kept_fit):
    bad = with_weights(kept_fit, lambda weights: None)
    bad.snapshots[0]["linear1.bias"][0] = np.nan
    with pytest.raises(ValueError, match=r"the weights of the net are not finite \(1 of 17\)"):
        xorlab.animate_xor(bad)
    assert isinstance(xorlab.plot_fit(bad), Axes)


@pytest.fixture(scope="module")
def small_pictures():
    """Every picture, as a function of a figure."""
    fit = xorlab.train_xor(xorlab.XORDataset(200, seed=1), hidden=8, epochs=2, seed=1)
    study = xorlab.seed_study(runs=9, hidden=2, epochs=1, size=50, seed=1)
    sweep = xorlab.xor_sweep(lr=[0.1, 1], hidden=[2, 8], runs=1, epochs=1, size=50, seed=1)
    return {
        "samples": lambda figure: xorlab.visualize_samples(*fit.data[:], ax=figure.subplots()),
        "boundary": lambda figure: xorlab.plot_fit(fit, ax=figure.subplots()),
        "history": lambda figure: xorlab.plot_history(fit, ax=figure.subplots(2, 1)),
        "loss": lambda figure: xorlab.plot_history(fit, ax=figure.subplots()),
        "hidden": lambda figure: xorlab.plot_hidden(fit, figure.subplots(3, 3)),
        "network": lambda figure: xorlab.plot_network(fit, ax=figure.subplots()),
        "nets": lambda figure: xorlab.plot_study(study, ax=figure.subplots()),
        "sweep": lambda figure: xorlab.plot_study(sweep, ax=figure.subplots(1, 2)),
        "gallery": lambda figure: xorlab.plot_gallery(study, ax=figure.subplots(3, 3)),
        "difference": lambda figure: xorlab.plot_difference(fit, ax=figure.subplots()),
        "bayes": lambda figure: xorlab.plot_bayes(xorlab.bayes_xor(0.3), ax=figure.subplots()),
    }


@pytest.mark.parametrize("size", [(3, 3), (3, 5), (5, 3)])
def test_every_picture_is_drawn_at_every_size_from_3_by_3_inches_up(small_pictures, size):
    for draw in small_pictures.values():  # pytest makes errors of matplotlib's warnings
        for layout in ("constrained", None):
            figure = Figure(figsize=size, layout=layout)
            assert np.ravel(draw(figure))[0].figure is figure
            FigureCanvasAgg(figure).draw()


def test_at_3_by_3_inches_titles_and_units_do_not_overlap(small_pictures):
    figure = Figure(figsize=(3, 3), layout="constrained")
    small_pictures["hidden"](figure)
    FigureCanvasAgg(figure).draw()
    titles = [ax.title.get_window_extent() for ax in figure.axes[:9]]
    for row in (titles[:3], titles[6:]):
        assert all(one.x1 < other.x0 for one, other in pairwise(row))

    for hidden in (1, 4, 40):  # and what stands above them all is within the figure
        fit = xorlab.train_xor(xorlab.XORDataset(50, seed=1), hidden=hidden, epochs=1, seed=1)
        page = xorlab.plot_hidden(fit)[0].figure
        page.canvas.draw()
        title = page.texts[-1].get_window_extent()
        assert 0 < title.x0 < title.x1 < page.bbox.x1

    figure = Figure(figsize=(3, 3), layout="constrained")
    small_pictures["network"](figure)
    FigureCanvasAgg(figure).draw()
    (ax,) = figure.axes
    circles = ax.collections[-1]
    y = sorted(ax.transData.transform(circles.get_offsets()[2:10])[:, 1] * 72 / figure.dpi)
    assert np.diff(y).min() > circles.get_sizes()[0] ** 0.5
