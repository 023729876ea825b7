"""Trainings that go on: after an interrupt, from a file, or for more epochs."""

import inspect
import pickle
from dataclasses import replace

import numpy as np
import pytest
import torch
import xorlab
from xorlab import _r
from xorlab.fit.interrupted import Interrupted, interrupted_training
from xorlab.settings import HYPERPARAMETERS
from xorlab.training.fused import FusedNets

POINTS = xorlab.XORDataset(60, seed=1)
ENGINES = pytest.mark.parametrize("engine", ["fused", "autograd"])


EVERY = pytest.mark.parametrize(
    "terms",
    [
        {},
        {"momentum": 0.9},
        {"momentum": 0.9, "nesterov": True, "l1": 0.001},
        {"optimizer": "adam", "weight_decay": 0.01},
        {"optimizer": "rmsprop", "l1": 0.001, "validation": 0.3},
    ],
    ids=str,
)


def same(one, other):
    """Whether two fits have the same weights and memory of the optimizer."""
    mine, theirs = one.optimizer_state, other.optimizer_state
    assert mine.keys() == theirs.keys()
    return all(
        np.array_equal(weights, other.weights()[name]) for name, weights in one.weights().items()
    ) and all(
        torch.equal(theirs[key][name], one) for key in mine for name, one in mine[key].items()
    )


def stop_after(epochs):
    """A bar that presses Ctrl-C: called at the start, too."""

    def tell(done, total):
        if done >= epochs:
            raise KeyboardInterrupt

    return tell


@pytest.fixture(autouse=True)
def every_epoch_is_told(monkeypatch):
    monkeypatch.setattr("xorlab.progress.PAUSE", 0)


@ENGINES
@EVERY
def test_more_epochs_give_what_a_training_in_one_go_gives(engine, terms):
    options = {"batch_size": 16, "seed": 1, "engine": engine, **terms}
    whole = xorlab.train_xor(POINTS, epochs=9, **options)
    part = xorlab.train_xor(POINTS, epochs=4, **options)
    before = part.weights()
    longer = xorlab.resume_xor(part, epochs=9)
    assert same(longer, whole)
    assert longer.history.loss == whole.history.loss
    assert longer.settings == whole.settings
    assert len(part.history) == 4  # what the caller holds is as it was
    assert all(np.array_equal(before[name], part.weights()[name]) for name in before)


@ENGINES
@EVERY
def test_ctrl_c_leaves_the_fit_of_the_latest_whole_epoch_which_goes_on(engine, terms, tmp_path):
    options = {"epochs": 9, "batch_size": 16, "seed": 1, "engine": engine, "snapshots": [2, 8]}
    options |= terms
    whole, path = xorlab.train_xor(POINTS, **options), tmp_path / "fit.pt"
    with pytest.raises(KeyboardInterrupt, match=r"Interrupted after 5 of 9 epochs\.") as caught:
        xorlab.train_xor(POINTS, **options, verbose=stop_after(5), checkpoint=path)
    fit = caught.value.fit
    assert len(fit.history) == 5
    assert same(fit, xorlab.train_xor(POINTS, **{**options, "epochs": 5, "snapshots": []}))
    assert "4 more to go" in repr(fit)
    for part in (None, path, fit):
        rest = xorlab.resume_xor(part)
        assert same(rest, whole)
        assert rest.history.loss == whole.history.loss
        assert rest.history.val_loss == whole.history.val_loss
        assert rest.settings == whole.settings
        for epoch in (2, 8):
            for name, weights in whole.at(epoch).weights().items():
                assert np.array_equal(weights, rest.at(epoch).weights()[name])


@ENGINES
def test_ctrl_c_within_an_epoch_goes_back_to_its_beginning(engine, monkeypatch):
    whole = xorlab.train_xor(POINTS, epochs=6, batch_size=16, seed=1, engine=engine)
    steps = []

    def count_step():
        steps.append(1)
        if len(steps) == 4 * 3 + 2:  # 4 batches an epoch: in the middle of the fourth
            raise KeyboardInterrupt

    def counted_step(optimizer, *args, step=torch.optim.SGD.step):
        count_step()
        return step(optimizer, *args)

    def counted_plan(nets, plan, *args, step=FusedNets.step):
        step(nets, plan, *args)
        plan.calls.append(count_step)

    monkeypatch.setattr(torch.optim.SGD, "step", counted_step)
    monkeypatch.setattr(FusedNets, "step", counted_plan)
    with pytest.raises(xorlab.TrainingInterrupted) as caught:
        xorlab.train_xor(POINTS, epochs=6, batch_size=16, seed=1, engine=engine)
    assert len(caught.value.fit.history) == 3
    assert same(xorlab.resume_xor(), whole)


def test_without_a_fit_the_training_that_was_interrupted_last_goes_on_whatever_came_since():
    with pytest.raises(KeyboardInterrupt):
        xorlab.train_xor(POINTS, epochs=9, seed=1, verbose=stop_after(2))
    xorlab.train_xor(POINTS, epochs=1)
    with pytest.raises(TypeError):
        xorlab.resume_xor(verbose="loud")
    assert same(xorlab.resume_xor(), xorlab.train_xor(POINTS, epochs=9, seed=1))
    with pytest.raises(ValueError, match="no training was interrupted here"):
        xorlab.resume_xor()


def test_ctrl_c_after_the_last_epoch_gives_the_whole_fit():
    fit = xorlab.train_xor(POINTS, epochs=4, seed=1, verbose=stop_after(4))
    assert same(fit, xorlab.train_xor(POINTS, epochs=4, seed=1))


def test_what_is_interrupted_is_said_once():
    interrupted = Interrupted()
    assert interrupted.news() == []
    interrupted.keep("the fit", 3, 9)
    assert interrupted.news() == [3, 9]
    assert interrupted.news() == []


@ENGINES
def test_a_checkpoint_that_cannot_be_written_loses_nothing(engine, tmp_path, monkeypatch):
    whole = xorlab.train_xor(POINTS, epochs=6, seed=1, engine=engine)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(xorlab.Fit, "save", full)
    with pytest.raises(OSError, match="No space left"):
        xorlab.train_xor(
            POINTS, epochs=6, seed=1, engine=engine, checkpoint=tmp_path / "f.pt", every=4
        )
    assert len(interrupted_training.kept.history) == 4
    assert same(xorlab.resume_xor(), whole)
    with pytest.raises(xorlab.TrainingInterrupted) as caught:
        xorlab.train_xor(
            POINTS,
            epochs=6,
            seed=1,
            engine=engine,
            checkpoint=tmp_path / "f.pt",
            verbose=stop_after(2),
        )
    assert len(caught.value.fit.history) == 2


def fail_after(epochs):
    def fail(epoch, history):
        assert len(history) == epoch
        if epoch == epochs:
            raise ZeroDivisionError("mine")

    return fail


@ENGINES
def test_a_training_whose_callback_fails_is_kept(engine):
    options = {"epochs": 9, "batch_size": 16, "seed": 1, "engine": engine, "optimizer": "adam"}
    options |= {"validation": 0.2, "patience": 8}
    whole = xorlab.train_xor(POINTS, **options)
    with pytest.raises(ZeroDivisionError, match="mine"):
        xorlab.train_xor(POINTS, **options, after_epoch=fail_after(4))
    assert len(interrupted_training.kept.history) == 4
    with pytest.raises(ZeroDivisionError, match="mine"):
        xorlab.resume_xor(after_epoch=[lambda epoch, history: None, fail_after(6)])
    rest = xorlab.resume_xor()
    assert same(rest, whole)
    assert rest.history.val_loss == whole.history.val_loss
    with pytest.raises(ValueError, match="no training was interrupted here"):
        xorlab.resume_xor()


def test_a_training_that_diverged_is_not_kept():
    with pytest.raises(xorlab.NonFiniteLossError):
        xorlab.train_xor(POINTS, hidden=[8, 8], activation="identity", lr=1e30, seed=1)
    with pytest.raises(ValueError, match="no training was interrupted here"):
        xorlab.resume_xor()


def test_resume_xor_takes_callbacks_and_the_function_that_made_the_optimizer():
    def adagrad(parameters):
        return torch.optim.Adagrad(parameters, lr=0.1)

    part = xorlab.train_xor(POINTS, epochs=3, seed=1, optimizer=adagrad)
    seen = []
    longer = xorlab.resume_xor(
        part, 6, optimizer=adagrad, after_epoch=lambda epoch, history: seen.append(epoch)
    )
    assert seen == [4, 5, 6]
    assert same(longer, xorlab.train_xor(POINTS, epochs=6, seed=1, optimizer=adagrad))
    stopped = xorlab.resume_xor(longer, 9, optimizer=adagrad, after_epoch=lambda epoch, _: True)
    assert len(stopped.history) == 7


def test_the_answers_of_a_function_of_rs_are_raised_in_python():
    answers = {1: None, 2: False, 3: "failed"}
    calls = []

    def function(epoch, history):
        calls.append(history["loss"])
        return answers[epoch]

    with pytest.raises(RuntimeError, match="`after_epoch` failed"):
        xorlab.train_xor(POINTS, epochs=9, seed=1, after_epoch=_r.after_epoch(function))
    answers[4] = "interrupted"
    with pytest.raises(xorlab.TrainingInterrupted) as caught:
        xorlab.resume_xor(after_epoch=_r.after_epoch(function))
    answers[5] = True
    fit = xorlab.resume_xor(caught.value.fit, after_epoch=_r.after_epoch(function))
    assert len(fit.history) == 5
    assert calls[-1] == fit.history.loss


def test_rows_that_were_held_out_before_are_held_out_again():
    fit = xorlab.train_xor(POINTS, epochs=3, seed=1, validation=0.2)
    again = xorlab.train_xor(
        _r.encoded(fit.data, None, fit.validation), epochs=3, seed=1, validation=0.2
    )
    assert same(again, fit)
    assert again.settings == fit.settings
    assert again.history.val_loss == fit.history.val_loss


def test_the_errors_of_a_training_can_be_sent_to_another_process():
    with pytest.raises(KeyboardInterrupt) as caught:
        xorlab.train_xor(POINTS, epochs=9, seed=1, verbose=stop_after(2))
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert same(again.fit, caught.value.fit)
    with pytest.raises(xorlab.NonFiniteLossError) as caught:
        xorlab.train_xor(POINTS, hidden=[8, 8], activation="identity", lr=1e30, seed=1)
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert again.history == caught.value.history


def test_a_checkpoint_has_the_latest_whole_epoch_after_ctrl_c_and_goes_on(tmp_path):
    path = tmp_path / "fit.pt"
    with pytest.raises(KeyboardInterrupt):
        xorlab.train_xor(POINTS, epochs=9, seed=1, checkpoint=path, every=4, verbose=stop_after(6))
    assert len(xorlab.load_xor(path).history) == 6
    whole = xorlab.train_xor(POINTS, epochs=9, seed=1)
    assert same(xorlab.resume_xor(path), whole)
    assert same(xorlab.resume_xor(str(path), epochs=9), whole)


def test_a_script_of_a_part_trains_that_part():
    with pytest.raises(KeyboardInterrupt) as caught:
        xorlab.train_xor(POINTS, epochs=9, seed=1, verbose=stop_after(2))
    assert "for epoch in range(2):" in xorlab.show_code(caught.value.fit)


def test_what_made_the_fit_stays_what_it_was():
    made = {"lr": 0.5, "hidden": [8], "activation": "relu", "batch_size": 7, "engine": "autograd"}
    fit = xorlab.train_xor(POINTS, epochs=1, seed=1, **made)
    longer = xorlab.resume_xor(fit, epochs=2)
    assert longer.settings == replace(fit.settings, epochs=2)
    assert longer.data is fit.data
    assert same(longer, fit.resume(epochs=2))
    with pytest.raises(TypeError, match=r"resume_xor\(\) has no argument `lr`"):
        xorlab.resume_xor(fit, epochs=2, lr=0.1)
    with pytest.raises(TypeError, match=r"train_xor\(\) has no argument `resume`"):
        xorlab.train_xor(POINTS, resume=fit)


def test_snapshots_of_a_longer_or_shorter_training_are_those_it_can_keep():
    fit = xorlab.train_xor(POINTS, epochs=4, seed=1, snapshots=[0, 2])
    longer = xorlab.resume_xor(fit, epochs=8, snapshots=range(0, 9, 2))
    assert list(longer.snapshots) == [0, 2, 4, 6, 8]
    longer.snapshots[0]["linear1.bias"].zero_()
    assert fit.snapshots[0]["linear1.bias"].any()  # each has weights of its own
    with pytest.raises(ValueError, match=r"`snapshots` must be epochs from 4 on.*, not 3\."):
        xorlab.resume_xor(fit, epochs=8, snapshots=[3, 7])
    with pytest.raises(KeyboardInterrupt):
        xorlab.train_xor(POINTS, epochs=9, seed=1, snapshots=range(10), verbose=stop_after(2))
    assert xorlab.resume_xor(epochs=5).settings.snapshots == (0, 1, 2, 3, 4, 5)


def test_a_training_that_is_done_or_cannot_go_on_is_named(tmp_path):
    fit = xorlab.train_xor(POINTS, epochs=3, seed=1)
    for epochs in (3, 2):
        with pytest.raises(ValueError, match=f"`epochs` must be more than the 3 .* not {epochs}"):
            xorlab.resume_xor(fit, epochs=epochs)
    with pytest.raises(
        ValueError, match=r"`epochs` must be given, more than 3: all that were planned are done\."
    ):
        xorlab.resume_xor(fit)
    with pytest.raises(ValueError, match="not bare weights"):
        xorlab.resume_xor(xorlab.Fit(fit.model), epochs=9)
    with pytest.raises(TypeError, match="`fit` must be a Fit, the file of one, or None"):
        xorlab.resume_xor(3)
    with pytest.raises(FileNotFoundError):
        xorlab.resume_xor(tmp_path / "none.pt")


def test_the_defaults_of_the_signatures_are_those_of_the_settings():
    verbs = (xorlab.train_xor, xorlab.seed_study, xorlab.xor_sweep)
    given = {name: one.default for name, one in HYPERPARAMETERS.items()} | {"hidden": 4}
    varied = {"lr", "hidden"}  # of a sweep, whose defaults are grids
    for verb in verbs:
        parameters = inspect.signature(verb).parameters
        for name in given.keys() - (varied if verb is xorlab.xor_sweep else set()):
            assert parameters[name].default == given[name]
    assert xorlab.train_xor(POINTS, seed=0, device="cpu").settings == xorlab.Settings()
