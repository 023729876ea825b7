"""What the printed form says of validation and early stopping."""

import numpy as np
import pytest
import xorlab


def by_chance(seed, rows=120):
    """Labels that have nothing to do with the columns."""
    generator = np.random.default_rng(seed)
    return generator.normal(size=(rows, 8)), generator.permutation(np.arange(rows) % 2)


BY_HEART = {"hidden": 30, "optimizer": "adam", "validation": 0.3}


def lines(fit):
    return [line.strip() for line in repr(fit).splitlines()]


@pytest.mark.parametrize("seed", range(6))
def test_labels_by_chance_are_said_to_be_learned_by_heart(seed):
    fit = xorlab.train_xor(*by_chance(seed), **BY_HEART, epochs=200, seed=seed)
    loss, val_loss = fit.history.loss, fit.history.val_loss
    best = 1 + int(np.argmin(val_loss))
    assert loss[-1] < 0.1 < loss[best - 1]
    assert val_loss[-1] > val_loss[best - 1] + 0.2
    assert lines(fit)[-1] == (
        f"after epoch {best} the net learned its rows by heart: the validation loss rose while the "
        "training loss fell"
    )


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("options", [{}, {"optimizer": "adam"}, {"lr": 0.001}, {"epochs": 10}])
def test_healthy_and_slow_nets_are_not(seed, options):
    fit = xorlab.train_xor(seed=seed, validation=0.2, **options)
    assert "by heart" not in repr(fit)
    assert len(lines(fit)) == 5


def test_the_validation_loss_is_that_of_the_weights_that_the_fit_has():
    x, y = by_chance(1)
    fit = xorlab.train_xor(x, y, **BY_HEART, epochs=200, seed=1, patience=20)
    best, done = fit.best_epoch, len(fit.history)
    assert done == best + 20
    result = fit.evaluate(fit.validation)
    assert lines(fit)[4:] == [
        repr(fit.history),
        f"validation on 36 points held out: loss {result.loss:.4f}, accuracy {result.accuracy:.2%}",
        f"weights of epoch {best}, the best of {done}; training stopped, as patience is 20",
        *[f"after epoch {best} the net learned its rows by heart: the validation loss rose while "
          "the training loss fell"] * bool(fit.history.parted()),
    ]  # fmt: skip
    assert "more to go" not in repr(fit)
    assert "more to go" not in repr(fit.resume(epochs=done + 9))


def test_a_training_that_patience_did_not_end_is_not_said_to_be_stopped_by_it():
    options = {"validation": xorlab.XORDataset(100, seed=5), "patience": 7, "seed": 1}
    all_epochs = lines(xorlab.train_xor(epochs=4, **options))
    assert all_epochs[4].startswith("validation on 100 points of other data: loss 0.69")
    assert all_epochs[5:] == ["weights of epoch 4, the best of 4"]
    by_callback = xorlab.train_xor(epochs=40, **options, after_epoch=lambda epoch, _: epoch == 4)
    assert lines(by_callback)[5:] == all_epochs[5:]
    assert "more to go" not in repr(by_callback)


def test_an_interrupted_training_has_more_to_go_and_no_best_weights_yet():
    def press(epoch, _):
        if epoch == 12:
            raise KeyboardInterrupt

    with pytest.raises(xorlab.TrainingInterrupted) as caught:
        xorlab.train_xor(
            *by_chance(1), **BY_HEART, epochs=200, seed=1, patience=20, after_epoch=press
        )
    fit = caught.value.fit
    assert lines(fit)[4].endswith("; 188 more to go")
    loss = fit.history.val_loss[-1]
    assert lines(fit)[5].startswith(f"validation on 36 points held out: loss {loss:.4f}")
    assert "weights of epoch" not in repr(fit)


def test_a_fit_of_an_earlier_epoch_has_that_epochs_loss():
    fit = xorlab.train_xor(*by_chance(1), **BY_HEART, epochs=60, seed=1, snapshots=[0, 3])
    assert f"loss {fit.history.val_loss[2]:.4f}" in lines(fit.at(3))[5]
    assert "validation on" not in repr(fit.at(0))
