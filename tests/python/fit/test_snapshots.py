"""Weights of chosen epochs, and the file that a training keeps on its way."""

import itertools
import tracemalloc

import numpy as np
import pytest
import torch
import xorlab
from xorlab.checks.words import shortened


@pytest.fixture(scope="module")
def data():
    return xorlab.XORDataset(60, seed=1)


@pytest.fixture(scope="module", params=["fused", "autograd"])
def kept(request, data):
    """A fit of 12 epochs that kept some on its way."""
    options = {"epochs": 12, "batch_size": 16, "seed": 1, "engine": request.param}
    return xorlab.train_xor(data, **options, snapshots=range(0, 13, 4)), options


def same(one, other):
    mine, theirs = one.weights(), other.weights()
    return all(np.array_equal(mine[name], theirs[name]) for name in mine | theirs)


def test_an_epoch_kept_is_the_fit_of_a_training_that_ended_there(data, kept):
    fit, options = kept
    for epoch in (4, 8, 12):
        alone = xorlab.train_xor(data, **{**options, "epochs": epoch})
        there = fit.at(epoch)
        assert same(there, alone)
        assert there.history.loss == alone.history.loss
        points = [[0, 0], [0, 1]]
        assert np.array_equal(there.predict_proba(points), alone.predict_proba(points))


def test_epoch_0_has_the_first_weights_and_no_history(data, kept):
    fit, _ = kept
    first = xorlab.fit.train.new_fit(data, fit.settings)
    assert same(fit.at(0), first)
    assert len(fit.at(0).history) == 0


def test_the_last_epoch_is_always_there_and_leaves_the_fit_alone(data):
    fit = xorlab.train_xor(data, epochs=3, seed=1)
    assert fit.snapshots == {}
    last = fit.at(3)
    last.model.linear1.weight.data.zero_()
    assert not same(last, fit)


def test_an_epoch_that_was_not_kept_is_named_with_those_that_were(kept):
    fit, _ = kept
    with pytest.raises(ValueError, match=r"`epoch` must be one .*\(0, 4, 8, 12\), not 5"):
        fit.at(5)
    with pytest.raises(TypeError, match="`epoch` must be a whole number"):
        fit.at("last")


@pytest.mark.parametrize("bad", [-1, 1.5, "a", None, True, [0, 9]])
def test_snapshots_that_are_no_epochs_are_named(data, bad):
    with pytest.raises((TypeError, ValueError), match="`snapshots` must be"):
        xorlab.train_xor(data, epochs=8, snapshots=bad)


@pytest.mark.parametrize("given", [4, [4, 4], np.array([4]), (4.0,)])
def test_snapshots_may_be_one_or_several_of_every_kind(data, given):
    fit = xorlab.train_xor(data, epochs=4, seed=1, snapshots=given)
    assert fit.settings.snapshots == (4,)
    assert list(fit.snapshots) == [4]


def test_snapshots_survive_a_file_and_are_told_in_the_printed_form(kept, tmp_path):
    fit, _ = kept
    fit.save(tmp_path / "fit.pt")
    again = xorlab.load_xor(tmp_path / "fit.pt")
    assert again.settings == fit.settings
    assert same(again.at(8), fit.at(8))
    assert "weights kept of epochs 0, 4, 8, 12" in repr(again)


def test_many_numbers_are_shown_by_their_ends():
    assert shortened(range(101)) == "0, 1, 2, 3, ..., 99, 100"
    assert shortened([3, 1]) == "1, 3"


def test_the_checkpoint_is_written_every_so_many_epochs_and_after_the_last(
    data, tmp_path, monkeypatch
):
    written = []
    save = xorlab.Fit.save

    def noted_save(fit, path):
        written.append(len(fit.history))
        save(fit, path)

    monkeypatch.setattr(xorlab.Fit, "save", noted_save)
    path = tmp_path / "fit.pt"
    fit = xorlab.train_xor(data, epochs=7, seed=1, checkpoint=path, every=3)
    assert written == [3, 6, 7]
    assert same(xorlab.load_xor(path), fit)


def test_a_place_that_cannot_be_written_to_is_known_before_training(data, tmp_path):
    state = torch.get_rng_state()
    with pytest.raises(FileNotFoundError, match=r"The folder .*nowhere"):
        xorlab.train_xor(data, checkpoint=tmp_path / "nowhere" / "fit.pt")
    with pytest.raises(ValueError, match="`every` must be a whole number"):
        xorlab.train_xor(data, checkpoint=tmp_path / "fit.pt", every=0)
    assert torch.equal(torch.get_rng_state(), state)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("given", [range(10**9), itertools.count()], ids=str)
def test_more_epochs_than_there_are_is_known_at_the_first_that_is_too_late(data, given):
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=r"from 0 \(before the first\) to 100, not 101\."):
            xorlab.train_xor(data, snapshots=given)
        assert tracemalloc.get_traced_memory()[1] < 10e6
    finally:
        tracemalloc.stop()


def test_more_snapshots_than_fit_in_memory_are_refused():
    with pytest.raises(ValueError, match=r"^`snapshots` must be at most 100,000 epochs, not more"):
        xorlab.train_xor(epochs=10**9, snapshots=range(10**9))
