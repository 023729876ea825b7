"""Trainings that stop early: whose weights are kept, and how they go on."""

import numpy as np
import pytest
import torch
import xorlab
from xorlab.fit.divergence import divergence

RNG = np.random.default_rng(2)
X = RNG.normal(size=(90, 6))
# Few points, and much noise: the validation loss falls, and then it rises.
NOISY = xorlab.as_xor_data(X, (X[:, 0] + X[:, 1] + RNG.normal(size=90) > 0).astype(int))
OPTIONS = {"hidden": 16, "validation": 0.3, "batch_size": 16, "seed": 1}
TERMS = [
    {"lr": 0.3},
    {"lr": 0.03, "momentum": 0.9},
    {"lr": 0.03, "momentum": 0.9, "nesterov": True, "l1": 0.001},
    {"optimizer": "adam"},
    {"optimizer": "rmsprop", "weight_decay": 0.01},
    {"optimizer": "adam", "engine": "autograd"},
    {"optimizer": lambda parameters: torch.optim.NAdam(parameters, lr=0.01)},
]
EVERY = pytest.mark.parametrize("terms", TERMS, ids=lambda terms: "-".join(map(str, terms)))


def train(epochs, **others):
    return xorlab.train_xor(NOISY, epochs=epochs, **{**OPTIONS, **others})


def own(terms):
    """The optimizer, where a fit that is gone on with has to be given it."""
    function = terms.get("optimizer")
    return {"optimizer": function} if callable(function) else {}


def same(one, other):
    """Whether two fits have the same weights and memory of the optimizer, and came to them by the
    same epochs."""
    mine, theirs = one.optimizer_state, other.optimizer_state
    assert mine.keys() == theirs.keys()
    histories = [fit.history.copy(fit.epoch).to_dict() for fit in (one, other)]
    for history in histories:
        del history["seconds"]
    return (
        histories[0] == histories[1]
        and all(np.array_equal(w, other.weights()[name]) for name, w in one.weights().items())
        and all(torch.equal(theirs[key][n], w) for key in mine for n, w in mine[key].items())
    )


def stop_after(epochs):
    """Presses Ctrl-C."""

    def press(epoch, _):
        if epoch == epochs:
            raise KeyboardInterrupt

    return press


@EVERY
def test_a_training_that_stops_early_has_the_weights_of_its_best_epoch(terms):
    fit = train(400, patience=6, **terms)
    losses = fit.history.val_loss
    assert fit.best_epoch == fit.epoch == 1 + int(np.argmin(losses))
    assert len(fit.history) == fit.best_epoch + 6 < 400
    assert len(losses) == len(fit.history.loss) == len(fit.history.seconds)
    assert fit.best_epoch > 1
    assert same(fit, train(fit.best_epoch, **terms))
    assert fit.history.loss == train(len(fit.history), **terms).history.loss


@EVERY
def test_one_that_stopped_goes_on_from_its_best_epoch_as_a_training_in_one_go(terms, tmp_path):
    fit = train(400, patience=6, **terms)
    weights, epochs = fit.weights(), len(fit.history) + 9
    whole = train(epochs, **terms)
    fit.save(tmp_path / "fit.pt")
    for start in (fit, tmp_path / "fit.pt"):
        longer = (xorlab.load_xor(start) if start is not fit else fit).resume(epochs, **own(terms))
        assert same(longer, whole)
        assert longer.best_epoch is None
        assert len(longer.history) == longer.epoch == epochs
    # What was given is as it was.
    assert all(np.array_equal(weights[name], one) for name, one in fit.weights().items())
    assert len(fit.history) == fit.best_epoch + 6


@EVERY
@pytest.mark.parametrize("done", [3, 12])
def test_one_that_came_to_its_last_epoch_goes_on_as_patiently(terms, done, tmp_path):
    part, whole = train(done, patience=20, **terms), train(400, patience=20, **terms)
    assert part.best_epoch == 1 + int(np.argmin(whole.history.val_loss[:done]))
    part.save(tmp_path / "fit.pt")
    for start in (part, xorlab.load_xor(tmp_path / "fit.pt")):
        longer = start.resume(400, **own(terms))
        assert same(longer, whole)
        assert longer.best_epoch == whole.best_epoch
        assert len(longer.history) == len(whole.history) < 400
    assert len(part.history) == done


@EVERY
def test_ctrl_c_and_a_file_leave_the_best_epoch_as_it_was(terms, tmp_path):
    whole = train(400, patience=6, **terms)
    path = tmp_path / "fit.pt"
    for done in (1, whole.best_epoch, whole.best_epoch + 3, whole.best_epoch + 5):
        with pytest.raises(xorlab.TrainingInterrupted) as caught:
            train(
                400, patience=6, checkpoint=path, every=100, after_epoch=stop_after(done), **terms
            )
        fit = caught.value.fit
        assert len(fit.history) == fit.epoch == done
        assert fit.best_epoch == min(done, whole.best_epoch)
        assert same(fit, train(done, **terms))
        for start in (fit, xorlab.load_xor(path)):
            longer = start.resume(**own(terms))
            assert same(longer, whole)
            assert longer.best_epoch == whole.best_epoch
            assert longer.history.val_loss == whole.history.val_loss


def test_ctrl_c_in_the_epoch_that_ends_the_training_leaves_the_finished_fit():
    whole = train(400, patience=6)
    fit = train(400, patience=6, after_epoch=stop_after(len(whole.history)))
    assert same(fit, whole)
    assert fit.epoch == whole.best_epoch


def test_a_checkpoint_on_the_way_is_no_finished_training(tmp_path):
    path, files = tmp_path / "fit.pt", []

    def keep(epoch, _):
        if path.exists():
            files.append(path.read_bytes())

    whole = train(400, patience=6, optimizer="adam", checkpoint=path, every=1, after_epoch=keep)
    assert len(files) == len(whole.history)
    for number, content in enumerate(files[-7:-1], len(files) - 6):
        path.write_bytes(content)
        fit = xorlab.load_xor(path)
        assert len(fit.history) == fit.epoch == number
        assert same(fit.resume(), whole)
    # In the last epoch the training ends: there is no file of it as if it went on.
    path.write_bytes(files[-1])
    fit = xorlab.load_xor(path)
    assert len(fit.history) == len(whole.history) - 1
    assert same(fit.resume(), whole)


def test_a_finished_fit_that_is_trained_again_stays_as_it_is(tmp_path):
    fit = train(400, patience=6, snapshots=range(0, 401))
    before, last = fit.to_dict(), len(fit.history)
    fit.train(checkpoint=tmp_path / "fit.pt")
    assert fit.weights().keys() == before["weights"].keys()
    for name, weights in fit.weights().items():
        assert np.array_equal(weights, before["weights"][name])
        assert np.array_equal(
            fit.snapshots[last][name].numpy(), before["snapshots"][f"{last}"][name]
        )
    assert fit.history.to_dict() == before["history"]
    assert same(xorlab.load_xor(tmp_path / "fit.pt"), fit)


def test_epochs_that_were_kept_are_taken_from_their_own_weights():
    fit = train(400, patience=6, optimizer="adam", snapshots=range(0, 401, 2))
    kept = [*range(0, len(fit.history) + 1, 2)]
    assert [*fit.snapshots] == kept
    for epoch in {*kept, fit.best_epoch} - {0}:
        there, alone = fit.at(epoch), train(epoch, optimizer="adam")
        assert all(np.array_equal(w, there.weights()[n]) for n, w in alone.weights().items())
        assert there.history.loss == alone.history.loss
        assert there.epoch == epoch
    assert same(fit.at(fit.best_epoch), fit)
    with pytest.raises(ValueError, match=rf"`epoch` must be one .*, not {kept[-1] + 1}\."):
        fit.at(kept[-1] + 1)


def test_an_epoch_without_the_optimizers_memory_is_not_gone_on_with():
    fit = train(400, patience=6, optimizer="adam", snapshots=range(401))
    for epoch in (0, fit.best_epoch):  # where all is known
        assert same(fit.at(epoch).resume(), fit)
    for epoch in (fit.best_epoch - 1, fit.best_epoch + 1):
        with pytest.raises(ValueError, match="`fit` must have the state of its optimizer to go on"):
            fit.at(epoch).resume()


def test_an_epoch_without_its_best_one_is_not_gone_on_with():
    losses = train(400, patience=6, lr=0.3).history.val_loss
    lowest = [1 + losses.index(min(losses[:epoch])) for epoch in range(1, len(losses) + 1)]
    epoch = next(n for n in range(1, lowest[-1]) if lowest[n - 1] < n)
    fit = train(400, patience=6, lr=0.3, snapshots=epoch)
    message = f"`fit` must have the weights of its best epoch, {lowest[epoch - 1]}, to go on"
    with pytest.raises(ValueError, match=message):
        fit.at(epoch).resume()
    whole = train(400, patience=6, lr=0.3, snapshots=[lowest[epoch - 1], epoch])
    assert same(whole.at(epoch).resume(), fit)


def test_plain_descent_remembers_nothing_and_goes_on_from_every_epoch_kept():
    fit = train(400, patience=6, lr=0.3, snapshots=range(401))
    for epoch in {0, fit.best_epoch - 1, fit.best_epoch, fit.best_epoch + 2, len(fit.history) - 1}:
        assert same(fit.at(epoch).resume(), fit)


def test_a_finished_training_asks_how_far_it_is_to_go_on():
    fit = train(400, patience=6)
    with pytest.raises(ValueError, match=rf"more than {fit.best_epoch}: the training has ended"):
        fit.resume()
    with pytest.raises(ValueError, match=f"`epochs` must be more than the {fit.best_epoch} that"):
        fit.resume(fit.best_epoch)
    assert len(fit.resume(fit.best_epoch + 1).history) == fit.best_epoch + 1


def test_a_validation_loss_that_only_falls_is_waited_for():
    fit = xorlab.train_xor(seed=1, epochs=40, validation=0.2, patience=1)
    assert fit.history.val_loss == sorted(fit.history.val_loss, reverse=True)
    assert fit.best_epoch == fit.epoch == len(fit.history) == 40


def test_equal_losses_are_no_fall_and_the_first_is_the_best():
    fit = train(400, patience=5, init="zeros", hidden=4, lr=1e-30)
    assert len({*fit.history.val_loss}) == 1
    assert (fit.best_epoch, len(fit.history)) == (1, 6)


def test_what_a_training_came_to_after_its_best_epoch_is_no_divergence():
    fit, whole = train(400, patience=6), train(30)
    for one in (fit, whole):
        one.history.loss[-1] = 1e6
    assert divergence(fit) is None
    assert "the training diverged" in divergence(whole)
