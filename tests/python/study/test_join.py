"""Two studies as one."""

import math
from dataclasses import replace

import numpy as np
import pytest
import xorlab
from xorlab.study.config import Run

SMALL = {"hidden": 4, "runs": 2, "epochs": 2, "size": 60, "seed": 1}


def own_data(drawn=1):
    points = np.random.default_rng(drawn).normal(size=(60, 2))
    return xorlab.as_xor_data(points, (points[:, 0] > 0).astype(int))


def own_study(data, seed=1):
    return xorlab.seed_study(runs=2, data=data, epochs=20, seed=seed)


def test_two_sweeps_joined_are_the_sweep_over_the_values_of_both():
    slow, fast = (xorlab.xor_sweep(lr=lr, **SMALL) for lr in ([0.01, 0.1], [0.1, 1]))
    whole = xorlab.xor_sweep(lr=[0.01, 0.1, 1], **SMALL)
    for joined in (slow + fast, fast + slow):
        assert set(joined.rows) == set(whole.rows)
        assert (len(joined), joined.planned) == (6, 6)
    assert (slow + fast).rows == whole.rows  # those of the first, then those of the second
    assert (fast + slow).rows == [*fast.rows, *slow.rows[:2]]
    assert repr(slow + fast) == repr(whole)
    adam = xorlab.xor_sweep(lr="auto", optimizer="adam", **SMALL)
    assert (slow + adam).rows == [*slow.rows, *adam.rows]


def test_a_study_joined_with_itself_or_with_none_is_the_same():
    study = xorlab.seed_study(**SMALL)
    for joined in (study + study, study + xorlab.Study([]), xorlab.Study([]) + study):
        assert (joined.rows, joined.planned) == (study.rows, 2)


def test_studies_that_were_joined_are_saved_and_read(tmp_path):
    joined = xorlab.seed_study(**SMALL) + xorlab.seed_study(**{**SMALL, "seed": 2, "epochs": 3})
    joined.save(tmp_path / "study.csv")
    assert xorlab.read_study(tmp_path / "study.csv").rows == joined.rows


def test_the_planned_nets_of_interrupted_studies_are_joined_and_trained(tmp_path):
    sweeps = [xorlab.xor_sweep(lr=lr, **SMALL) for lr in ([0.01, 0.1], [0.1, 1])]
    first, second = (xorlab.Study(one.rows[:1], plan=one.plan) for one in sweeps)
    joined = first + second
    assert joined.rows == [sweeps[0].rows[0], sweeps[1].rows[0]]
    assert (len(joined), joined.planned) == (2, 6)
    joined.save(tmp_path / "part.csv")
    for part in (joined, xorlab.read_study(tmp_path / "part.csv")):
        assert set(xorlab.resume_study(part).rows) == set((sweeps[0] + sweeps[1]).rows)
    # A net that the other study has trained is missing no more.
    assert (first + sweeps[0]).planned == len(first + sweeps[0]) == 4


def test_a_study_that_does_not_say_which_nets_are_missing_still_does_not_when_joined():
    study = xorlab.seed_study(**SMALL)
    joined = xorlab.Study(study.rows[:1], planned=5) + study
    assert (len(joined), joined.planned) == (2, 6)
    with pytest.raises(ValueError, match="must say which of its 6 nets are missing"):
        xorlab.resume_study(joined)


def test_a_net_whose_results_differ_is_named():
    study = xorlab.seed_study(**SMALL)
    config, run = study.rows[1]
    other = xorlab.Study([(config, replace(run, loss=run.loss * 1.1))])
    named = r"of seed 2 \(hidden 4, activation tanh, lr 0.1\) has a loss of [\d.]+ in one, and of"
    with pytest.raises(ValueError, match=named):
        study + other
    # Another machine rounds otherwise.
    rounded = xorlab.Study([(config, replace(run, loss=run.loss * 1.0001))])
    assert (study + rounded).rows == study.rows
    lost = xorlab.Study([(config, Run(2, math.nan, math.nan, False, ""))])
    assert len(lost + xorlab.Study(list(lost.rows))) == 1
    with pytest.raises(ValueError, match="must have the same results"):
        lost + study


def test_studies_of_the_same_own_data_are_joined_and_trained_again(tmp_path):
    first, second = own_study(own_data()), own_study(own_data(), seed=2)
    assert first.own is not second.own
    joined = first + second
    assert [run.seed for _, run in joined] == [1, 2, 3]
    assert len(joined.summary()) == 1
    assert joined.fit(2).history.loss[-1] == joined.rows[2][1].loss
    second.save(tmp_path / "study.csv")  # which does not hold the points
    read = xorlab.read_study(tmp_path / "study.csv")
    for one, other in ((first, read), (read, first)):
        assert (one + other).own is first.own
        assert {run.seed for _, run in one + other} == {1, 2, 3}
    assert (read + read).rows == read.rows
    assert (first + xorlab.seed_study(**SMALL)).own is first.own


def test_studies_of_other_own_data_are_not_joined(tmp_path):
    first, second = own_study(own_data()), own_study(own_data(drawn=2), seed=5)
    with pytest.raises(ValueError, match=r"same data of your own to be joined, .* different point"):
        first + second
    fewer = own_study(own_data().take(range(50)))
    with pytest.raises(ValueError, match="but these have 50 and 60 points"):
        first + fewer
    second.save(tmp_path / "study.csv")
    with pytest.raises(ValueError, match=r"to be joined: .* the net of seed 5 comes to a loss"):
        first + xorlab.read_study(tmp_path / "study.csv")


@pytest.mark.parametrize("other", [3, [1], None, {"loss": [1]}])
def test_what_is_no_study_is_not_joined(other):
    study = xorlab.seed_study(**SMALL)
    with pytest.raises(TypeError, match=r"`\+` joins a Study with another Study, not with"):
        study + other
    with pytest.raises(TypeError):
        other + study
