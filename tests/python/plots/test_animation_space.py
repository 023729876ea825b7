"""The hidden units in an animation: where the points are, epoch by epoch."""

import numpy as np
import pytest
import torch
import xorlab
from page import line, marks, pixels, told
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from xorlab import animate_xor

EPOCHS = (0, 3, 6)


def train(hidden, **options):
    data = xorlab.XORDataset(200, seed=1)
    given = {"batch_size": 8, "lr": 0.5, "seed": 1, "snapshots": EPOCHS, **options}
    return xorlab.train_xor(data, hidden=hidden, epochs=6, **given)


@pytest.fixture(scope="module")
def two():
    return train(2)


@pytest.fixture(scope="module")
def four():
    return train((5, 4), activation="relu")


def outputs_by_hand(fit, points):
    """Outputs of the last hidden layer of a net, its activation being tanh or ReLU."""
    act = {"tanh": np.tanh, "relu": lambda x: np.maximum(x, 0)}[fit.settings.activation]
    values = np.asarray(points, dtype=float)
    weights = [one.detach().double().numpy() for one in fit.model.parameters()]
    for weight, bias in zip(weights[:-2:2], weights[1:-2:2], strict=True):
        values = act(values @ weight.T + bias)
    return values, weights[-2][0], weights[-1][0]


def test_two_units_are_the_axes_and_the_points_are_where_a_pass_by_hand_has_them(two):
    space = animate_xor(two).space
    assert space.names == ["Unit 1", "Unit 2"]
    assert space.caption == ""
    for k, epoch in enumerate(EPOCHS):
        fit = two.at(epoch)
        samples, weight, bias = outputs_by_hand(fit, two.data.points)
        assert space.samples[k] == pytest.approx(samples, abs=1e-5)
        lines, _, _ = outputs_by_hand(fit, space.inputs)
        assert space.lines[k] == pytest.approx(lines, abs=1e-5)
        assert space.logits[k] == pytest.approx(np.array([[*weight, bias]]), abs=1e-5)
        right = np.mean((samples @ weight + bias >= 0) == two.data.label.numpy())
        assert space.notes[k] == f"the net's line: {right:.0%} correct"


def test_the_page_draws_them_there_with_a_straight_line_at_each_epoch(two, browser, tmp_path):
    animation = animate_xor(two, tmp_path / "a.html")
    space = animation.space
    browser.get((tmp_path / "a.html").as_uri())
    steps = np.array([space.x1[1] - space.x1[0], space.x2[1] - space.x2[0]])
    low, high = (np.array([space.x1[end], space.x2[end]]) for end in (0, -1))
    low, high = low - steps / 2, high + steps / 2  # a pixel reaches around its point
    browser.find_element(By.ID, "slider").send_keys(Keys.HOME)
    for k, epoch in enumerate(EPOCHS):
        assert told(browser, "epoch") == f"Epoch {epoch}"
        assert space.notes[k] in browser.find_element(By.ID, "space").text
        places = low + marks(browser, "space") * (high - low)
        assert np.abs((places - space.samples[k]) / (high - low)).max() < 1e-3
        ends = low + line(browser, "space") * (high - low)
        *weight, bias = space.logits[k, 0]
        size = np.linalg.norm(weight * (high - low))
        assert np.abs(ends @ weight + bias).max() < 2e-3 * size
        shades = 255 * xorlab.plots.palette.signed_colors()(space.surface(k).prob.T[::-1])
        assert np.abs(pixels(browser, "space") - shades[:, :, :3]).max() <= 3
        browser.find_element(By.ID, "slider").send_keys(Keys.ARROW_RIGHT)
    assert browser.get_log("browser") == []


def test_more_units_are_shown_in_the_last_epochs_main_directions_at_every_epoch(four):
    space = animate_xor(four).space
    assert space.names == ["Main direction", "Second direction"]
    assert space.caption.startswith("4 hidden units, in the plane that holds ")
    assert space.caption.endswith("% of their spread at the last epoch")
    last, _, _ = outputs_by_hand(four, four.data.points)
    center = last.mean(axis=0)
    directions = np.linalg.svd(last - center)[2][:2]
    for k, epoch in enumerate(EPOCHS):
        outputs, weight, bias = outputs_by_hand(four.at(epoch), four.data.points)
        places = (outputs - center) @ directions.T
        assert np.abs(space.samples[k]) == pytest.approx(np.abs(places), abs=1e-4)
        # The plane is through the mean, where the drawn logit is the net's own.
        drawn = space.logits[k, 0] @ [*space.samples[k].mean(axis=0), 1]
        assert drawn == pytest.approx(outputs.mean(axis=0) @ weight + bias, abs=1e-4)


def test_of_several_classes_the_drawn_plane_has_the_nets_own_lines(browser, tmp_path):
    generator = np.random.default_rng(1)
    x = generator.normal(size=(90, 2)) + np.repeat([[0, 0], [4, 0], [0, 4]], 30, axis=0)
    fit = xorlab.train_xor(
        (x, np.repeat([0, 1, 2], 30)), hidden=2, epochs=9, seed=1, batch_size=4, snapshots=0
    )
    space = animate_xor(fit, tmp_path / "a.html").space
    logits = space.samples[-1] @ space.logits[-1, :, :2].T + space.logits[-1, :, 2]
    prob = torch.softmax(torch.from_numpy(logits), dim=1).numpy()
    assert prob == pytest.approx(fit.predict_proba(fit.data.points), abs=1e-5)
    right = np.mean(logits.argmax(axis=1) == fit.data.label.numpy())
    assert space.notes[-1] == f"straight lines: {right:.0%} correct"
    browser.get((tmp_path / "a.html").as_uri())
    shades = 255 * xorlab.plots.palette.class_shades(space.surface(-1).prob).swapaxes(0, 1)[::-1]
    assert np.abs(pixels(browser, "space") - shades).max() <= 3
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("hidden", [0, 1])
def test_without_two_hidden_units_there_is_the_boundary_and_the_loss(hidden, browser, tmp_path):
    animation = animate_xor(train(hidden), tmp_path / "a.html")
    assert animation.space is None
    browser.get((tmp_path / "a.html").as_uri())
    assert not browser.find_element(By.ID, "space").is_displayed()
    boundary, curve = (browser.find_element(By.ID, name).rect for name in ("boundary", "curve"))
    assert boundary["y"] == curve["y"]
    assert browser.get_log("browser") == []
    animation.save(tmp_path / "a.gif")


def test_the_axes_of_the_moving_picture_stand_still(four, tmp_path):
    animate_xor(four, tmp_path / "a.gif")
    frames = []
    with Image.open(tmp_path / "a.gif") as gif:
        for k in range(gif.n_frames):
            gif.seek(k)
            frames.append(np.asarray(gif.convert("L")) < 60)
    # Rows and columns that are dark over a long way: the frames of the panels.
    for axis, length in ((1, 200), (0, 80)):
        edges = [{*np.flatnonzero(one.sum(axis=axis) > length).tolist()} for one in frames]
        assert len(edges[0]) >= 4
        assert edges[0] <= edges[1] | edges[2]


def test_a_page_of_many_epochs_stays_small(four):
    animation = animate_xor(four)
    numbers = 64 * 64 + animation.space.lines[0].size + animation.space.samples[0].size
    assert len(animation.to_html()) < 60_000 + len(EPOCHS) * (4 / 3 * 2 * numbers + 500)
