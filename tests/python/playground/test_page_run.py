"""The page plays the net of train_xor()."""

import numpy as np
from playground_page import comes
from trained import assert_same, trained


def assert_is_the_seeds(net):
    """Its last whole epoch is that of train_xor(), bit for bit."""
    fit = net.result()
    assert_same(fit, trained(net.experiment, len(fit.history)))


def test_it_plays_and_pauses_and_the_net_is_the_one_that_train_xor_makes(open_page):
    page = open_page(size=2500)
    assert page.text("play") == "Play"
    assert page.text("value_epoch") == "0"
    page.train(12)
    epochs = page.net.epoch
    assert page.number("value_epoch") == epochs >= 12
    assert page.text("value_loss") == f"{page.net.fit.history.loss[-1]:.4f}"
    assert page.text("value_accuracy") == f"{100 * page.net.fit.history.accuracy[-1]:.1f} %"
    assert page.text("value_ceiling") == f"{100 * page.net.data.origin.best_accuracy:.1f} %"
    assert np.corrcoef(page.orange().ravel(), page.probabilities().ravel())[0, 1] > 0.95
    assert_is_the_seeds(page.net)
    page.train(5)
    assert page.net.epoch >= epochs + 5
    assert_is_the_seeds(page.net)


def test_it_goes_by_a_batch_or_an_epoch_and_back_to_the_start(open_page):
    page = open_page()  # of two batches
    first = page.text("value_loss")
    page.press("one_batch")
    comes(lambda: page.text("value_epoch") == "0 + 1/2")
    assert (page.net.epoch, page.net.batch) == (0, 1)
    page.press("one_batch")
    comes(lambda: page.text("value_epoch") == "1")
    page.press("one_epoch")
    comes(lambda: page.text("value_epoch") == "2")
    assert page.text("value_loss") == f"{page.net.fit.history.loss[1]:.4f}" != first
    page.press("one_batch")
    comes(lambda: page.text("value_epoch") == "2 + 1/2")
    assert_is_the_seeds(page.net)  # of the last whole epoch
    page.press("reset")
    comes(lambda: page.text("value_epoch") == "0")
    assert page.text("value_loss") == first
    assert page.net.epoch == 0


def test_a_new_seed_is_another_net_and_can_be_typed_too(open_page):
    page = open_page()
    loss = page.text("value_loss")
    page.press("new_seed")
    comes(lambda: page.values["seed"] != 1)
    page.settled()
    comes(lambda: page.one("#seed").get_property("value") == str(page.values["seed"]))
    assert page.text("value_loss") != loss
    page.press("one_epoch")
    comes(lambda: page.text("value_epoch") == "1")
    page.set("seed", 1)
    assert page.text("value_epoch") == "0"
    assert page.text("value_loss") == loss


def test_the_speed_is_chosen(open_page):
    page = open_page()
    for speed in ("1", "fastest", "20", "5", "frame"):
        page.choose("speed", speed)
        comes(lambda speed=speed: page.desk.speed == speed)
        page.train(2)
    page.choose("speed", "fastest")
    comes(lambda: page.desk.speed == "fastest")
    frames = page.script("return wire.frames")
    page.train(100)
    assert page.script("return wire.frames") - frames < page.net.epoch - 10
    assert_is_the_seeds(page.net)


def test_a_loss_that_is_not_finite_is_told_and_the_net_is_as_before(open_page):
    page = open_page(activation="relu", hidden=[8, 8], lr=1e20)
    page.press("one_epoch")
    comes(lambda: "The loss is not finite" in page.text("notices"))
    comes(lambda: page.text("value_epoch") == "0")
    page.press("play")
    comes(lambda: not page.desk.playing)
    page.set("lr", 0.1)
    page.train(2)
    assert_is_the_seeds(page.net)
