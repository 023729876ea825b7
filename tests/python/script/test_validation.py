"""Scripts of trainings that had validation data or ended early, and of one's own optimizers."""

import re

import numpy as np
import pytest
import torch
import xorlab

X = np.random.default_rng(3).normal(size=(80, 4))
Y = np.random.default_rng(4).random(80) > 0.5  # nothing to be learned
PATIENT = {"validation": 0.25, "patience": 3, "optimizer": "adam", "seed": 1, "engine": "autograd"}


def interrupted(epoch, **given):
    """The fit of a training that Ctrl-C ended after so many epochs."""

    def press(now, _):
        if now == epoch:
            raise KeyboardInterrupt

    with pytest.raises(xorlab.TrainingInterrupted) as caught:
        xorlab.train_xor(X, Y, after_epoch=press, **given)
    return caught.value.fit


def run(fit, path):
    """What the script has when it has ended."""
    fit.save(path)
    made = {}
    exec(xorlab.show_code(fit, path=str(path)), made)
    return made


def assert_same(fit, made):
    state = made["model"].state_dict()
    assert all(
        torch.equal(weights, state[name]) for name, weights in fit.model.state_dict().items()
    )


def test_a_script_stops_where_the_fit_did_with_the_best_epochs_weights(tmp_path, capsys):
    fit = xorlab.train_xor(X, Y, epochs=60, hidden=20, lr=0.03, **PATIENT)
    made = run(fit, tmp_path / "fit.pt")
    assert 1 < fit.best_epoch < made["epoch"] == len(fit.history) < 60
    assert (made["best_epoch"], made["best_loss"]) == (fit.best_epoch, min(fit.history.val_loss))
    assert_same(fit, made)
    line = f"Best epoch: {fit.best_epoch}, validation loss {min(fit.history.val_loss):.4f}\n"
    assert capsys.readouterr().out.startswith(line)


def test_without_patience_the_script_has_the_validation_losses_of_the_history(tmp_path, capsys):
    given = {**PATIENT, "patience": None}
    fit = xorlab.train_xor(X, Y, epochs=5, **given)
    made = run(fit, tmp_path / "fit.pt")
    assert made["val_losses"] == fit.history.val_loss
    assert_same(fit, made)
    first, last = fit.history.val_loss[0], fit.history.val_loss[-1]
    assert f"Validation loss: {first:.4f} to {last:.4f}\n" in capsys.readouterr().out


def test_a_script_holds_out_the_points_of_xor_that_the_fit_did(tmp_path):
    data = xorlab.XORDataset(90, 0.4, seed=1)
    fit = xorlab.train_xor(data, epochs=1, seed=1, validation=0.3)
    code = xorlab.show_code(fit)
    assert "torch.load" not in code
    made = {}
    exec(code, made)
    assert torch.equal(made["data"], fit.data.data)
    assert torch.equal(made["val_data"], fit.validation.data)
    assert torch.equal(made["val_label"], fit.validation.label)
    fit.validation.data[0] += 1  # other points than the seed gives are the file's
    assert xorlab.show_code(fit).count("torch.load") == 2


def test_a_training_that_was_ended_is_shown_as_far_as_it_came(tmp_path):
    snapshots = range(31)
    ended = xorlab.train_xor(
        X, Y, epochs=30, snapshots=snapshots, after_epoch=lambda epoch, _: epoch == 4, seed=1
    )
    assert "for epoch in range(4):" in xorlab.show_code(ended)
    fit = interrupted(3, epochs=30, snapshots=snapshots, seed=1, engine="autograd", momentum=0.9)
    assert_same(fit, run(fit, tmp_path / "fit.pt"))


def test_after_ctrl_c_the_weights_are_the_last_ones_and_after_a_callback_the_best(tmp_path):
    given = {**PATIENT, "patience": 20, "epochs": 60, "hidden": 20, "lr": 0.1}
    fit = interrupted(15, **given)
    assert fit.best_epoch < fit.epoch == 15
    made = run(fit, tmp_path / "fit.pt")
    assert "best_weights" not in made
    assert_same(fit, made)
    ended = xorlab.train_xor(X, Y, after_epoch=lambda epoch, _: epoch == 15, **given)
    made = run(ended, tmp_path / "fit.pt")
    assert made["epoch"] == 15
    assert_same(ended, made)
    assert_same(fit.resume(), run(fit.resume(), tmp_path / "fit.pt"))
    assert_same(ended.resume(epochs=20), run(ended.resume(epochs=20), tmp_path / "fit.pt"))


def test_an_earlier_epoch_of_a_patient_training_is_shown_as_such(tmp_path):
    fit = xorlab.train_xor(X, Y, epochs=40, hidden=20, lr=0.03, snapshots=[1], **PATIENT)
    assert_same(fit.at(1), run(fit.at(1), tmp_path / "fit.pt"))
    assert_same(fit.at(fit.best_epoch), run(fit.at(fit.best_epoch), tmp_path / "fit.pt"))


def test_the_script_of_a_fused_fit_names_its_best_epoch():
    fit = xorlab.train_xor(X, Y, epochs=40, hidden=20, **{**PATIENT, "engine": "fused"})
    for language in ("python", "r"):
        assert f"# Its best epoch was {fit.best_epoch}; rounding" in xorlab.show_code(fit, language)


def test_a_best_epoch_without_its_validation_data_is_refused():
    fit = xorlab.train_xor(X, Y, epochs=4, **PATIENT)
    fit.validation = None
    with pytest.raises(ValueError, match="`fit` must hold its validation data, by which"):
        xorlab.show_code(fit)


def test_an_optimizer_of_ones_own_has_its_class_and_the_place_of_its_other_terms(tmp_path):
    fit = xorlab.train_xor(
        X, Y, epochs=3, seed=1, optimizer=lambda parameters: torch.optim.Adagrad(parameters, 0.2)
    )
    code = xorlab.show_code(fit)
    assert "\noptimizer = torch.optim.Adagrad(model.parameters(), lr=0.2)\n" in code
    assert "# A function of your own made the optimizer, torch.optim.adagrad.Adagrad,\n" in code
    assert_same(fit, run(fit, tmp_path / "fit.pt"))
    line = "\noptimizer <- torch$optim$Adagrad(model$parameters(), lr = 0.2)\n"
    assert line in xorlab.show_code(fit, "r")


class Mine(torch.optim.SGD):
    pass


def test_a_class_that_is_not_torchs_stands_there_by_its_name():
    fit = xorlab.train_xor(X, Y, epochs=1, seed=1, optimizer=lambda given: Mine(given, lr=0.2))
    code = xorlab.show_code(fit)
    assert "\noptimizer = Mine(model.parameters(), lr=0.2)\n" in code
    assert re.search(r"made the optimizer, [\w.]*test_validation[.]Mine,\n", code)
    assert "put its class above, its\n# other terms here" in code


@pytest.mark.parametrize("name", ["a.b;import os", "a.b()", "os.system('x');", "a.\u05d0", "a..b"])
def test_a_class_whose_name_is_code_is_not_written(name):
    fit = xorlab.train_xor(X, Y, epochs=1, seed=1, optimizer=lambda given: Mine(given, lr=0.2))
    object.__setattr__(fit.settings, "optimizer", name)
    with pytest.raises(ValueError, match="by an optimizer whose class has a plain name, not "):
        xorlab.show_code(fit)


def test_an_optimizer_of_many_terms_has_a_line_for_each():
    fit = xorlab.train_xor(
        X, Y, epochs=1, seed=1, momentum=0.9, nesterov=True, weight_decay=0.0001, l1=1e-05
    )
    for language, term in (("python", "    nesterov=True,\n"), ("r", "  nesterov = TRUE,\n")):
        code = xorlab.show_code(fit, language)
        assert term in code
        assert max(map(len, code.splitlines())) <= 100
