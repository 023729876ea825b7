"""Each control of the page has its effect, seen in the page and in the net."""

import pytest
from playground_page import comes
from selenium.webdriver.common.keys import Keys
from trained import assert_same, trained


def test_each_hyperparameter_is_the_nets_and_begins_again_from_the_seed(open_page):
    page = open_page()
    page.train(2)
    for name, value in [
        ("lr", 0.3),
        ("batch_size", 32),
        ("activation", "relu"),
        ("init", "zeros"),
        ("momentum", 0.9),
        ("nesterov", True),
        ("weight_decay", 0.001),
        ("l1", 0.003),
    ]:
        assert page.net.epoch > 0
        if isinstance(value, str):
            page.choose(name, value)
        elif value is True:
            page.press(name)
            page.has(name, value)
        else:
            page.set(name, value)
        assert page.text("value_epoch") == "0"
        assert getattr(page.net.settings, name) == value
        assert f"{name}={str(value).lower()}" in page.browser.current_url
        page.press("one_epoch")
        comes(lambda: page.text("value_epoch") == "1")
    assert_same(page.net.result(), trained(page.net.experiment, 1))


def test_an_optimizer_brings_its_rate_and_shows_its_own_terms(open_page):
    page = open_page(momentum=0.9, nesterov=True)
    assert page.one("#nesterov").is_displayed()
    page.choose("optimizer", "adam")
    assert not page.one("#momentum").is_displayed()
    assert not page.one("#nesterov").is_displayed()
    assert (page.net.settings.lr, page.net.settings.momentum) == (0.01, 0)
    comes(lambda: page.value("lr") == "0.01")
    page.choose("optimizer", "rmsprop")
    assert page.one("#momentum").is_displayed()
    assert not page.one("#nesterov").is_displayed()
    page.train(2)
    assert_same(page.net.result(), trained(page.net.experiment, page.net.epoch))


def test_a_setting_changed_while_it_plays_begins_again_and_plays_on(open_page):
    page = open_page()
    page.play()
    comes(lambda: page.net.epoch >= 3)
    page.type("lr", 0.5)
    comes(lambda: page.values["lr"] == 0.5)
    comes(lambda: page.net.epoch >= 3)
    assert page.text("play") == "Pause"
    page.pause()
    assert page.net.settings.lr == 0.5
    assert_same(page.net.result(), trained(page.net.experiment, page.net.epoch))


def test_arrows_and_buttons_of_a_field_go_by_round_numbers(open_page):
    page = open_page()
    page.one("#lr").send_keys(Keys.ARROW_UP)
    page.has("lr", 0.3)
    page.one("#lr").send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    page.has("lr", 0.03)
    page.click(page.one("button[aria-label='Raise Points']"))
    page.has("size", 500)
    page.click(page.one("button[aria-label='Lower Seed']"))
    page.has("seed", 0)
    page.click(page.one("button[aria-label='Lower Seed']"))
    page.click(page.one("button[aria-label='Raise Held out']"))
    page.has("validation", 0.1)
    assert page.values["seed"] == 0


def test_a_wrong_number_is_told_and_the_field_is_as_before_as_is_an_empty_one(open_page):
    page = open_page()
    page.train(1)
    epoch = page.net.epoch
    for name, value, message in [
        ("lr", -1, "`lr` must be a finite number above 0, not -1"),
        ("size", 5, "`size` must be a whole number from 10 to 20000, not 5"),
        ("noise", 3, "`noise` must be at most 2, not 3"),
        ("batch_size", 1.5, "`batch_size` must be a whole number"),
    ]:
        before = page.value(name)
        page.type(name, value)
        comes(lambda message=message: message in page.text("notices"), message)
        comes(lambda name=name, before=before: page.value(name) == before)
    assert page.net.epoch == epoch
    for one in page.all("#notices .close"):
        page.click(one)
    assert not page.text("notices")
    page.type("lr", Keys.DELETE)
    comes(lambda: page.value("lr") == "0.1")
    page.train(1)
    assert page.net.epoch > epoch


# --- data -----------------------------------------------------------------------------------------


def test_each_problem_has_its_thumbnail_and_its_points(open_page):
    page = open_page()
    for name in ("circles", "moons", "spirals", "checkerboard", "linear", "blobs", "xor"):
        assert page.all(
            f"#problem input[value='{name}'] ~ svg.thumbnail circle, label:has("
            f"input[value='{name}']) svg.thumbnail circle"
        )
        page.choose("problem", name)
        assert page.net.data.origin.kind == name
        assert page.one("#classes_field").is_displayed() == (name == "blobs")
        assert len(page.all("#boundary .mark")) == 200
        assert len(page.net.data) == 200
    assert not page.one("#problem input[value='own']").is_displayed()  # there are none


def test_size_noise_classes_and_what_is_held_out_are_the_datas(open_page):
    page = open_page(problem="blobs")
    page.set("classes", 5)
    assert len(page.net.data.levels) == page.net.fit.model.widths[-1] == 5
    assert len(page.all("#legend .sample")) >= 5
    assert len(page.all("#network .unit:not(.input)")) == sum(page.net.fit.model.widths[1:])
    page.set("noise", 1.5)
    assert page.net.data.origin.noise == 1.5
    page.set("size", 100)
    assert len(page.net.data) == len(page.all("#boundary .mark")) == 100
    page.set("validation", 0.3)
    parts = [len(page.net.data), len(page.net.fit.validation)]
    assert sum(parts) == 100
    assert len(page.all("#boundary .mark.held")) == parts[1] == pytest.approx(30, abs=2)
    assert "Held out" in page.text("legend")
    page.train(2)
    assert page.text("held_loss") == f"{page.net.fit.history.val_loss[-1]:.4f} held out"
    assert page.text("held_accuracy").endswith(" % held out")
    assert_same(page.net.result(), trained(page.net.experiment, page.net.epoch))


# --- the net --------------------------------------------------------------------------------------


def test_inputs_are_switched_on_and_off(open_page):
    page = open_page()
    page.choose("inputs", "x1*x2", ["x1", "x2", "x1*x2"])
    assert page.net.fit.model.widths[0] == len(page.all("#network .unit.input")) == 3
    page.choose("inputs", "x1", ["x2", "x1*x2"])
    assert [one.text for one in page.all("#network .unit.input .name")] == ["x₂", "x₁x₂"]
    page.train(2)
    assert_same(page.net.result(), trained(page.net.experiment, page.net.epoch))
    page.choose("inputs", "x2", ["x1*x2"])
    page.click(page.one("#inputs input[value='x1*x2']"))
    comes(lambda: page.text("notices"))  # it takes one, at least
    assert page.values["inputs"] == ["x1*x2"]
    comes(lambda: page.one("#inputs input[value='x1*x2']").is_selected())


def test_layers_and_units_are_added_and_taken_away(open_page):
    page = open_page()
    for button, hidden in [
        ("more0", [5]),
        ("layer_more", [5, 5]),
        ("fewer1", [5, 4]),
        ("more1", [5, 5]),
        ("layer_fewer", [5]),
        ("fewer0", [4]),
        ("layer_fewer", []),
        ("layer_more", [4]),
    ]:
        page.press(button)
        page.has("hidden", hidden)
        assert list(page.net.fit.model.widths) == [2, *hidden, 1]
        assert len(page.all("#network .unit")) == 3 + sum(hidden)
    page.train(2)
    assert_same(page.net.result(), trained(page.net.experiment, page.net.epoch))


def test_there_is_room_for_six_layers_of_sixteen_units(open_page):
    page = open_page(hidden=[16] * 5)
    page.press("layer_more")
    page.has("hidden", [16] * 6)
    comes(lambda: page.one("#layer_more").get_attribute("aria-disabled") == "true")
    assert page.one("#more5").get_attribute("aria-disabled") == "true"
    assert page.one("#fewer5").get_attribute("aria-disabled") != "true"
    page.press("layer_more")
    page.press("more5")
    page.press("one_epoch")
    comes(lambda: page.text("value_epoch") == "1")
    assert page.values["hidden"] == [16] * 6
