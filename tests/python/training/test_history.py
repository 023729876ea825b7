import numpy as np
import pytest
import xorlab
from xorlab.training.history import FEWEST_LATER, RISE, RISE_SHARE


def test_the_printed_form_is_one_line():
    history = xorlab.History([0.7, 0.0213], [0.5, 0.996], [0.25, 0.5])
    assert repr(history) == "History: 2 epochs, loss 0.7000 to 0.0213, accuracy 99.60%, 0.75 s"


def test_one_epoch_is_not_plural():
    assert repr(xorlab.History([0.7], [0.5], [0.25])).startswith("History: 1 epoch, loss")


def test_an_empty_history_says_so():
    assert repr(xorlab.History()) == "History: no epoch completed"
    assert len(xorlab.History()) == 0


def test_epochs_are_added_and_given_as_plain_columns():
    history = xorlab.History()
    history.add(0.7, 0.5, 0.1)
    history.add(0.6, 0.75, 0.2)
    assert len(history) == 2
    assert history.to_dict() == {
        "loss": [0.7, 0.6],
        "accuracy": [0.5, 0.75],
        "seconds": [0.1, 0.2],
    }


def test_two_histories_share_nothing():
    first, second = xorlab.History(), xorlab.History()
    first.add(1, 1, 1)
    assert len(second) == 0


def history(loss, val_loss):
    """One with these losses."""
    n = len(loss)
    return xorlab.History([*loss], [0.5] * n, [0.1] * n, [*val_loss], [0.5] * len(val_loss))


FALLING = np.linspace(0.7, 0.1, 40)


def test_losses_part_at_the_lowest_validation_loss():
    val_loss = 0.5 + 0.01 * np.abs(np.arange(40) - 11)
    assert history(FALLING, val_loss).parted() == 12
    assert history(FALLING, val_loss[::-1]).parted() == 29


def test_losses_part_only_where_that_of_training_falls_and_the_other_rises_enough():
    rising = np.linspace(0.5, 0.7, 40)
    assert history(FALLING, rising).parted() == 1
    assert history(FALLING[::-1], rising).parted() is None
    assert history(FALLING, rising[::-1]).parted() is None
    assert history(FALLING, []).parted() is None
    assert xorlab.History().parted() is None
    assert history(FALLING, [float("inf")] * 40).parted() is None
    assert history(FALLING, [0.5, *[float("inf")] * 39]).parted() == 1


@pytest.mark.parametrize("lowest", [0.01, 0.1, 0.5, 2.0])
def test_a_rise_has_to_be_larger_than_both_thresholds(lowest):
    least = max(RISE, RISE_SHARE * lowest)
    for rise, parts in ((0.99 * least, None), (1.01 * least, 1)):
        assert history(FALLING, [lowest, *[lowest + rise] * 39]).parted() == parts


def test_a_rise_of_few_epochs_is_chance():
    for later in range(1, 12):
        val_loss = [*np.linspace(0.7, 0.3, 40 - later), *[0.6] * later]
        parted = history(FALLING, val_loss).parted()
        assert parted == (40 - later if later >= FEWEST_LATER else None)


def test_a_plateau_with_noise_is_no_parting():
    for seed in range(200):
        noise = np.random.default_rng(seed).normal(scale=0.01, size=40)
        assert history(FALLING, 0.5 + noise).parted() is None
