"""A net and what its page shows of it."""

import sys

import pytest
import torch
import xorlab
from xorlab.data.training_data import training_data
from xorlab.playground.challenges import CHALLENGES
from xorlab.playground.desk import Desk, Start
from xorlab.playground.desks import MOST, Desks
from xorlab.playground.experiment import Experiment
from xorlab.playground.foreign import read_address
from xorlab.playground.source import Source, experiment_of, source_of


@pytest.fixture
def desk():
    return Desk(Start(Experiment(size=200)))


def test_only_what_is_shown_can_differ_without_a_new_start(desk):
    desk.run(3)
    desk.change(view="classes")
    assert (desk.net.epoch, desk.net.experiment.view) == (3, "classes")
    desk.change(lr=0.2)
    assert (desk.net.epoch, desk.net.settings.lr) == (0, 0.2)
    assert desk.setup()["values"]["lr"] == 0.2


def test_a_change_that_is_refused_leaves_the_net_as_it_was(desk):
    desk.run(2)
    before = desk.net.result().to_dict()
    for wrong in ({"lr": -1}, {"hidden": [99]}, {"problem": "own"}, {"batch_size": 0.5}):
        with pytest.raises((TypeError, ValueError)):
            desk.change(**wrong)
    assert repr(desk.net.result().to_dict()) == repr(before)


def test_a_net_that_is_lost_stops_playing_and_is_that_of_the_epoch_before(desk):
    desk.change(activation="relu", hidden=[16] * 6, lr=1e10)
    desk.playing = True
    with pytest.raises(ValueError, match="The loss is not finite in epoch 1: the learning rate"):
        desk.run(5)
    assert not desk.playing
    assert all(torch.isfinite(weight).all() for weight in desk.net.fit.model.parameters())


def test_points_of_ones_own_are_used_or_refused(desk):
    own = training_data([[0.0, 5.0], [1.0, 6.0], [2.0, 9.0]], ["a", "b", "a"], None)
    desk.use(Source(own))
    assert (desk.net.experiment.problem, desk.net.data.levels) == ("own", ("a", "b"))
    narrow = training_data([[0.0], [1.0], [2.0]], [0, 1, 1], None)
    with pytest.raises(ValueError, match="two columns of numbers"):
        desk.use(Source(narrow))
    assert desk.net.data.levels == ("a", "b")
    desk.change(problem="moons")
    assert desk.setup()["own"]
    desk.change(problem="own")
    assert desk.net.data.levels == ("a", "b")


def test_points_held_out_of_ones_own_are_split_anew_by_the_control():
    toy = xorlab.toy_data("moons", 100, seed=1)
    fit = xorlab.train_xor(toy.data, toy.label.numpy(), validation=0.2, epochs=2, seed=1)
    desk = Desk(Start(experiment_of(fit), source_of(fit), fit))
    assert (len(desk.net.data), len(desk.net.fit.validation)) == (80, 20)
    desk.change(lr=0.3)
    assert len(desk.net.fit.validation) == 20
    desk.change(validation=0.5)
    assert (len(desk.net.data), len(desk.net.fit.validation)) == (49, 51)  # half of each class
    desk.change(validation=0)
    assert (len(desk.net.data), desk.net.fit.validation) == (100, None)


def test_a_net_gets_no_more_epochs_than_there_may_be(desk, monkeypatch):
    monkeypatch.setattr(sys.modules[Desk.__module__], "MAX_EPOCHS", 3)
    desk.playing = True
    for _ in range(3):
        desk.train()
    with pytest.raises(ValueError, match=r"These are 3 epochs, and a net .* no more than 3"):
        desk.train()
    assert (desk.net.epoch, desk.playing) == (3, False)


def test_a_challenge_hides_what_it_does_without_and_is_checked():
    desk = Desk(Start(Experiment(hide=("code",), lr=0.2)))
    first = CHALLENGES[0]
    desk.choose(first.name)
    assert set(desk.net.experiment.hide) == {"code", *first.hide}
    assert desk.frame()["challenge"]["solved"] is False
    desk.run(40)
    assert desk.frame()["challenge"]["solved"] is True
    desk.choose("")
    assert desk.net.experiment == Experiment(hide=("code",), lr=0.2)  # as it was
    assert desk.frame()["challenge"] is None
    with pytest.raises(ValueError, match="`challenge` must be"):
        desk.choose("no such")


def test_an_address_leaves_a_challenge_and_the_controls_hidden_by_the_teacher_stay_so():
    desk = Desk(Start(Experiment(hide=("code",))))
    desk.choose(CHALLENGES[0].name)
    desk.open_address(read_address("hidden=3&hide=lr").experiment)
    assert desk.challenge is None
    assert desk.net.experiment.hide == ("lr", "code")
    desk.choose(CHALLENGES[1].name)
    desk.choose("")
    assert desk.net.experiment.hide == ("lr", "code")


def test_the_sentence_is_told_once(desk):
    assert desk.frame()["sentence"] == "Not trained yet."
    assert desk.frame()["sentence"] is None
    desk.run(1)
    assert desk.frame()["sentence"]


def test_the_code_trains_this_net(desk):
    desk.run(4)
    code = desk.code()
    call, script = code["python"].split("\n\n", 1)
    assert call == (
        '# fit = xorlab.train_xor(data=xorlab.toy_data("xor", size=200, seed=1), seed=1, epochs=4)'
    )
    assert script == xorlab.show_code(desk.net.result())
    assert code["r"].startswith("# fit <- train_xor(data = toy_data(")
    assert "reticulate" in code["r"]


def test_a_landscape_has_the_path_and_asks_for_one(desk):
    desk.run(1)
    assert "Train for a few epochs first" in desk.landscape()["text"]
    desk.run(5)
    found = desk.landscape()
    assert found["epochs"] == list(range(7))
    assert len(found["path"]) == 7
    assert len(found["loss"]) == len(found["x"])


def test_each_page_has_its_net_and_finds_it_again():
    desks = Desks(Start(Experiment(size=50)))
    one, first, how = desks.find("one")
    assert (one, how) == ("one", "new")
    _, second, _ = desks.find("two")
    assert first is not second
    key, third, how = desks.find("one")  # a copy of a page that is open
    assert (how, key != "one", third is not first) == ("second", True, True)
    first.run(2)
    desks.leave("one")
    assert desks.find("one")[1:] == (first, "back")
    assert desks.result().history.loss == first.net.fit.history.loss
    desks.leave(key)
    assert desks.find("one") == (key, third, "back")  # the copy knows no other name of itself


def test_a_page_that_was_only_opened_is_not_the_one_to_return():
    desks = Desks(Start(Experiment(size=50)))
    _, first, _ = desks.find("one")
    first.run(3)
    _, second, _ = desks.find("two")
    desks.leave("two")
    assert len(desks.result().history) == 3
    desks.use(second)
    assert len(desks.result().history) == 0


def test_nets_of_pages_that_are_gone_are_let_go():
    desks = Desks(Start(Experiment(size=50)))
    for number in range(3 * MOST):
        key, _, _ = desks.find(f"page {number}")
        desks.leave(key)
    assert len(desks.desks) == MOST
    assert "page 0" not in desks.desks


def test_the_first_fit_to_be_done_is_returned_and_the_end_comes_once():
    desks = Desks(Start(Experiment(size=50)))
    ends = []
    desks.on_end(lambda: ends.append(1))
    (_, one, _), (_, two, _) = desks.find("one"), desks.find("two")
    one.run(3)
    desks.end(one)
    desks.end(two)
    assert ends == [1]
    assert len(desks.result().history) == 3


def test_what_cannot_be_opened_is_refused_at_once():
    wide = xorlab.train_xor(hidden=3, epochs=1, seed=1)
    with pytest.raises(ValueError, match="`problem` must be a toy problem"):
        Desks(Start(Experiment("own")))
    assert Desks(Start(Experiment("own"), fit=wide)).result().model.hidden == (3,)
