"""What a person does to the net and to the points, by mouse, by touch and by keyboard."""

import numpy as np
import pytest
import torch
from playground_page import comes
from selenium.webdriver.common.keys import Keys
from trained import assert_same, trained


def weights(page, layer):
    return page.net.fit.model.linears()[layer].weight


def test_a_weight_is_shown_by_hovering_and_edited_by_a_click_on_its_edge(open_page):
    page = open_page()
    page.train(2)
    edge = page.on_edge(3)  # from x2 to the second hidden unit
    page.hover(*edge)
    comes(lambda: page.text("network").count("→"))
    shown = float(page.one("#network .tip").text.rpartition(" ")[2])
    assert shown == pytest.approx(weights(page, 0)[1, 1].item(), rel=0.01)
    assert not page.one("#parted").is_displayed()
    before = page.orange()
    page.click_at(*edge)
    assert page.browser.switch_to.active_element == page.fields()["from x₂"]
    page.write(page.fields()["from x₂"], "-7.5")
    comes(lambda: weights(page, 0)[1, 1] == -7.5)
    comes(lambda: "A weight was edited by hand" in page.text("parted"))
    comes(lambda: not np.array_equal(page.orange(), before))
    assert np.corrcoef(page.orange().ravel(), page.probabilities().ravel())[0, 1] > 0.9
    page.press("reset")
    comes(lambda: page.net.epoch == 0)
    page.settled()
    assert not page.one("#parted").is_displayed()
    page.train(2)
    assert_same(page.net.result(), trained(page.net.experiment, page.net.epoch))


def test_a_bias_is_edited_by_keyboard_and_what_is_no_number_changes_nothing(open_page):
    page = open_page()
    page.unit(1, 0).send_keys(Keys.ENTER)
    bias = comes(lambda: page.fields().get("bias"))
    bias.send_keys(Keys.CONTROL, "a")
    bias.send_keys("much", Keys.ENTER)
    bias.send_keys(Keys.CONTROL, "a")
    bias.send_keys("2,5", Keys.ENTER)
    comes(lambda: page.net.fit.model.linears()[0].bias[0] == 2.5)
    comes(lambda: page.one("#parted").is_displayed())
    bias.send_keys(Keys.CONTROL, "a")
    bias.send_keys("5000", Keys.ENTER)
    comes(lambda: "`value` must be" in page.text("notices"))
    assert page.net.fit.model.linears()[0].bias[0] == 2.5
    bias.send_keys(Keys.ESCAPE)
    assert not page.one("#network .card").is_displayed()
    assert page.browser.switch_to.active_element == page.unit(1, 0)


def test_a_unit_is_switched_off_and_on(open_page):
    page = open_page()
    page.train(3)
    onward = weights(page, 1).detach().clone()
    page.click(page.unit(1, 2))
    page.click(page.one("#network .card input[type=checkbox]"))
    comes(lambda: (0, 2) in page.net.off)
    comes(lambda: "off" in page.unit(1, 2).get_attribute("class").split())
    assert page.unit(1, 2).get_attribute("aria-label") == "unit 3, switched off"
    assert weights(page, 1)[0, 2] == 0
    assert "A hidden unit was switched off" in page.text("parted")
    off = page.orange()
    assert np.corrcoef(off.ravel(), page.probabilities().ravel())[0, 1] > 0.9
    page.click(page.one("#network .card input[type=checkbox]"))
    comes(lambda: not page.net.off)
    comes(lambda: not np.array_equal(page.orange(), off))
    assert torch.equal(weights(page, 1), onward)
    page.train(2)


def test_points_are_added_moved_and_removed_by_mouse_and_each_is_undone(open_page):
    page = open_page(size=50)
    first = page.net.data
    assert not page.one("#undo").is_enabled()
    page.choose("tools", "add 1")
    page.click_at(*page.at(0.5, 0.4))
    comes(lambda: len(page.net.data) == len(page.all("#boundary .mark")) == 51)
    page.settled()
    assert page.net.data.points[0].tolist() == pytest.approx([0.5, 0.4], abs=0.03)
    assert page.net.data.label[0] == 1
    assert page.values["problem"] == "own"
    assert page.one("#problem input[value='own']").is_selected()

    page.choose("tools", "move")
    page.drag(page.at(0.5, 0.4), page.at(0.2, 0.7))
    comes(lambda: page.net.data.points[0, 1] > 0.6)
    page.settled()
    assert page.net.data.points[0].tolist() == pytest.approx([0.2, 0.7], abs=0.03)

    page.choose("tools", "remove")
    page.click_at(*page.at(*page.net.data.points[0].tolist()))
    comes(lambda: len(page.net.data) == len(page.all("#boundary .mark")) == 50)
    page.settled()
    assert torch.equal(page.net.data.data, first.data)
    for count in (51, 51, 50):
        page.press("undo")
        comes(lambda count=count: len(page.all("#boundary .mark")) == count)
        page.settled()
    comes(lambda: not page.one("#undo").is_enabled())
    assert page.values["problem"] == "xor"
    page.train(2)
    assert_same(page.net.result(), trained(page.net.experiment, page.net.epoch))


def test_points_moved_while_it_learns_part_the_net_from_its_seed(open_page):
    page = open_page(size=50)
    page.train(2)
    epoch = page.net.epoch
    page.choose("tools", "add 0")
    page.click_at(*page.at(0.5, 0.5))
    comes(lambda: len(page.net.data) == 51)
    page.settled()
    assert page.net.epoch == epoch
    comes(lambda: "Points were edited by hand" in page.text("parted"))
    page.train(2)


def test_points_are_added_moved_and_removed_by_touch(open_page):
    page = open_page(size=50)
    page.choose("tools", "add 0")
    page.touch(page.at(0.5, 0.5))
    comes(lambda: len(page.all("#boundary .mark")) == 51)
    page.settled()
    page.choose("tools", "move")
    page.touch(page.at(0.5, 0.5), page.at(0.6, 0.6), page.at(0.8, 0.45))
    comes(lambda: page.net.data.points[0, 0] > 0.7)
    page.settled()
    assert page.net.data.points[0].tolist() == pytest.approx([0.8, 0.45], abs=0.03)
    page.choose("tools", "remove")
    page.touch(page.at(0.8, 0.45))
    comes(lambda: len(page.net.data) == len(page.all("#boundary .mark")) == 50)


def test_points_are_added_moved_and_removed_by_keyboard(open_page):
    page = open_page(size=50)
    page.choose("tools", "add 1")
    picture = page.one("#boundary svg")
    picture.send_keys(Keys.ARROW_UP, Keys.ARROW_RIGHT, Keys.ENTER)
    comes(lambda: len(page.all("#boundary .mark")) == 51)
    page.settled()
    place = page.net.data.points[0].tolist()
    page.choose("tools", "move")
    picture.send_keys(Keys.ENTER, Keys.ARROW_UP, Keys.ARROW_UP, Keys.ENTER)
    comes(lambda: page.net.data.points[0, 1] > place[1])
    page.settled()
    assert page.net.data.points[0, 0] == pytest.approx(place[0], abs=1e-3)
    picture.send_keys(Keys.ENTER, Keys.ARROW_UP, Keys.ESCAPE)  # taken, and put back
    page.choose("tools", "remove")
    picture.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    comes(lambda: len(page.net.data) == len(page.all("#boundary .mark")) == 50)


def test_the_last_point_of_a_class_stays(open_page):
    page = open_page(size=10)
    page.choose("tools", "remove")
    while True:
        [one] = (page.net.data.label == 1).nonzero()[:1, 0].tolist()
        left = int((page.net.data.label == 1).sum())
        page.click_at(*page.at(*page.net.data.points[one].tolist()))
        if left == 1:
            break
        comes(lambda left=left: (page.net.data.label == 1).sum() == left - 1)
        page.settled()
    comes(lambda: page.all("#notices .error"))
    assert (page.net.data.label == 1).sum() == 1
