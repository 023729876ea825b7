"""What the page draws is the net."""

import numpy as np
import torch
from page import numbers, pixels
from playground_page import comes
from xorlab.evaluation.bayes import BayesXor
from xorlab.playground.experiment import Experiment
from xorlab.playground.live import LiveNet
from xorlab.script.code import show_code

MARKS = (
    "return [...document.querySelectorAll(`${arguments[0]} .mark`)]"
    ".map(one => one.getAttribute('transform')).join()"
)


def places(path):
    """Those that a path leads through."""
    return {tuple(one) for one in numbers(path).tolist()}


def alike(picture, values):
    return np.corrcoef(picture.ravel(), np.asarray(values).ravel())[0, 1] > 0.95


def test_each_view_shows_its_numbers(open_page):
    page = open_page(lr=1)
    page.train(15)
    net, grid = page.probabilities(), page.desk.scene.grid
    exact = BayesXor(page.values["noise"]).boundary(*grid).prob
    assert alike(page.orange(), net)
    epoch = page.net.epoch
    page.choose("view", "classes")
    comes(lambda: alike(page.orange(), net > 0.5))
    assert len(np.unique(page.colors().reshape(-1, 3), axis=0)) == 2
    page.choose("view", "posterior")
    comes(lambda: alike(page.orange(), exact))
    page.choose("view", "difference")
    comes(lambda: not alike(page.orange(), exact))
    colors = page.colors()
    strength = 3 * 255 - colors.sum(axis=2)  # 0 where both are the same
    for sign in (net > exact + 0.05, net < exact - 0.05):  # each has a colour of its own
        assert sign.any()
        assert alike(strength[sign], np.abs(net - exact)[sign])
    assert "\N{MINUS SIGN}1" in page.text("legend")
    assert page.net.epoch == epoch  # a view changes no net
    page.choose("view", "probability")
    comes(lambda: alike(page.orange(), net))
    page.choose("problem", "spirals")  # of which the truth is not known
    known = {one.get_attribute("value"): one.is_enabled() for one in page.all("#view option")}
    assert known == {"probability": True, "classes": True, "posterior": False, "difference": False}


def test_of_several_classes_each_has_its_colour_and_its_unit(open_page):
    page = open_page(problem="blobs", lr=1)
    page.train(10)
    best = page.probabilities().argmax(axis=2)
    colors = page.colors()
    means = [colors[best == k].mean(axis=0) for k in range(3)]
    nearest = np.stack([np.abs(colors - one).sum(axis=2) for one in means]).argmin(axis=0)
    assert (nearest == best).mean() > 0.9
    assert len(page.all("#network .unit:not(.input)")) == 4 + 3
    page.choose("view", "classes")
    comes(lambda: len(np.unique(page.colors().reshape(-1, 3), axis=0)) <= 4)


def test_misclassified_points_are_marked(open_page):
    page = open_page(size=100)
    page.train(1)
    scene = page.desk.scene
    logits = page.net.fit.logits(page.net.data.points[: len(scene.label)])
    wrong = ((logits.ravel() > 0).long() != scene.label).tolist()
    shown = ["wrong" in one.get_attribute("class") for one in page.all("#boundary .mark")]
    assert shown == wrong
    assert "Misclassified" in page.text("legend")


def test_a_unit_that_is_pointed_at_is_drawn_large(open_page):
    page = open_page(lr=1)
    page.train(15)
    net = page.orange()
    page.hover(*page.center(page.unit(1, 1)))
    comes(lambda: not np.array_equal(page.orange(), net))
    assert page.text("boundary").endswith("unit 2")
    grid, linear = page.desk.scene.grid, page.net.fit.model.linears()[0]
    points = page.net.fit.section().points(*grid).float()
    values = torch.tanh(linear(points)[:, 1]).detach().reshape(len(grid[0]), -1)
    comes(lambda: alike(page.orange(), values))
    page.hover(*page.center(page.unit(0, 0)))
    comes(lambda: alike(page.orange(), points[:, 0].reshape(len(grid[0]), -1)))
    page.hover(5, 5)
    comes(lambda: alike(page.orange(), net))


def test_hidden_space_is_drawn_as_the_net_learns(open_page):
    page = open_page(hidden=[4, 2])
    page.choose("panel", "space")
    comes(lambda: len(page.all("#panel_picture .mark")) == 200)
    assert not page.one("#network").is_displayed()
    before = page.script(MARKS, "#panel_picture")
    page.train(5)
    comes(lambda: page.script(MARKS, "#panel_picture") != before)
    page.choose("panel", "none")
    comes(lambda: page.one("#network").is_displayed())
    page.choose("panel", "space")
    page.choose("problem", "moons")
    comes(lambda: len(page.all("#panel_picture .mark")) == 200)
    page.script("location.hash = 'size=200&hidden=0'")
    comes(lambda: "Hidden space needs two or more units" in page.text("panel_picture"))


def test_the_loss_landscape_is_drawn_along_the_path(open_page):
    page = open_page()
    page.choose("panel", "landscape")
    comes(lambda: "Train for a few epochs first" in page.text("panel_picture"))
    page.train(12)
    comes(lambda: page.all("#panel_picture path.way"))
    assert len(numbers(page.line("#panel_picture path.way"))) >= 3
    first = pixels(page.browser, "panel_picture")
    page.train(12)
    comes(lambda: not np.array_equal(pixels(page.browser, "panel_picture"), first))


def test_code_in_both_languages_trains_the_net_that_is_shown(open_page):
    page = open_page(lr=0.3, hidden=[3])
    page.train(3)
    page.choose("panel", "code")
    comes(lambda: len(page.all("#panel_picture code")) == 2)
    fit = page.net.result()
    r, python = (one.get_property("textContent") for one in page.all("#panel_picture code"))
    epochs = len(fit.history)
    assert python.endswith(f"hidden=3, lr=0.3, seed=1, epochs={epochs})\n\n{show_code(fit)}")
    assert r.endswith(f"lr = 0.3, seed = 1, epochs = {epochs})\n\n{show_code(fit, 'r')}")
    assert len(page.all("#panel_picture button")) == 2  # to copy them
    page.press("one_epoch")
    comes(lambda: page.all("#panel_picture code")[0].get_property("textContent") != r)


def test_a_net_is_kept_as_a_ghost_while_another_learns(open_page):
    page = open_page(lr=1)
    page.train(15)
    line = places(page.line("#boundary .line[data-level='0.5']"))
    curve = places(page.line("#curves .picture path.train"))
    assert not page.line("#boundary .ghost")
    page.press("keep")
    assert places(page.line("#boundary .ghost")) == line
    assert places(page.line("#curves .picture path.ghost")) == curve
    page.choose("problem", "moons")
    page.train(3)
    assert places(page.line("#boundary .ghost")) == line
    assert places(page.line("#boundary .line[data-level='0.5']")) != line
    assert page.line("#curves .picture path.ghost")
    assert page.line("#curves .picture path.train") != page.line("#curves .picture path.ghost")
    page.press("drop")
    assert not page.line("#boundary .ghost")
    assert not page.line("#curves .picture path.ghost")
    assert not page.one("#drop").is_displayed()


def test_the_loss_curves_have_an_entry_for_each_epoch(open_page):
    page = open_page(validation=0.2)
    assert not page.line("#curves .picture path.train")
    page.train(6)
    for path in ("train", "valid"):
        drawn = page.line(f"#curves .picture path.{path}")
        assert drawn.count("M") + drawn.count("L") == page.net.epoch
    page.press("reset")
    comes(lambda: page.net.epoch == 0)
    page.settled()
    assert not page.line("#curves .picture path.train")


def test_the_diagnosis_is_said_in_a_sentence_that_follows_the_net(open_page):
    page = open_page(activation="relu", hidden=[5], size=2500)
    page.train(40)
    comes(lambda: "unit 3" in page.text("sentence").lower())
    said = page.text("sentence")
    page.press("reset")
    comes(lambda: page.net.epoch == 0 and page.text("sentence") != said)


def test_an_experiment_of_the_address_is_opened_and_shown(open_page):
    page = open_page("problem=circles&noise=0.2&hidden=3,2&inputs=x1,x2,x1*x2&view=classes&seed=5")
    expected = Experiment(
        "circles", noise=0.2, hidden=[3, 2], inputs=["x1", "x2", "x1*x2"], view="classes", seed=5
    )
    assert page.net.experiment == expected
    comes(lambda: page.value("noise") == "0.2")
    assert page.value("seed") == "5"
    assert page.one("#problem input[value='circles']").is_selected()
    assert page.one("#inputs input[value='x1*x2']").is_selected()
    page.press("one_epoch")
    comes(lambda: page.text("value_epoch") == "1")
    other = LiveNet(expected)
    other.advance()
    assert page.text("value_loss") == f"{other.fit.history.loss[0]:.4f}"
