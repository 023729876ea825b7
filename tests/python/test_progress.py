"""Progress: a bar of tqdm's, or a function of the caller's that is told."""

import pytest
import xorlab

POINTS = xorlab.XORDataset(40, seed=1)


def test_a_function_is_told_how_many_are_done_and_of_how_many(monkeypatch, capfd):
    monkeypatch.setattr("xorlab.progress.PAUSE", 0)
    told = []
    xorlab.train_xor(POINTS, epochs=3, seed=1, verbose=lambda *counts: told.append(counts))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert capfd.readouterr() == ("", "")


def test_it_is_told_ten_times_a_second_at_most_and_always_of_the_end():
    told = []
    xorlab.train_xor(POINTS, epochs=500, seed=1, verbose=lambda *counts: told.append(counts))
    assert told[-1] == (500, 500)
    assert len(told) < 100


def test_a_study_tells_of_its_nets():
    told = []
    xorlab.seed_study(runs=3, epochs=1, seed=1, verbose=lambda *counts: told.append(counts))
    assert told[0] == (0, 3)
    assert told[-1] == (3, 3)


def test_what_the_function_raises_comes_through():
    def broken(done, total):
        raise RuntimeError("of the caller's")

    with pytest.raises(RuntimeError, match="of the caller's"):
        xorlab.train_xor(POINTS, epochs=3, seed=1, verbose=broken)


@pytest.mark.parametrize("bad", [1, None, "on"])
def test_what_is_no_answer_is_named(bad):
    with pytest.raises(TypeError, match="`verbose` must be True, False, 'auto' or a function, not"):
        xorlab.train_xor(POINTS, epochs=1, verbose=bad)
