"""Studies over every hyperparameter, and their tables."""

import csv
import re

import numpy as np
import pytest
import torch
import xorlab
from xorlab.settings import HYPERPARAMETERS
from xorlab.study.config import LATER, Config, Run
from xorlab.study.plan import warn_if_diverged

SMALL = {"runs": 2, "epochs": 2, "size": 60, "seed": 1}
# Two values of each argument, with what the second one asks for.
VALUES = {
    "hidden": [2, (3, 2)],
    "activation": ["tanh", "relu"],
    "init": ["default", "xavier"],
    "epochs": [2, 3],
    "optimizer": ["sgd", "adam"],
    "lr": ["auto", 0.3],
    "momentum": [0, 0.9],
    "nesterov": [False, True],
    "weight_decay": [0, 0.1],
    "l1": [0, 0.1],
    "batch_size": [16, 128],
    "validation": [None, 0.2],
    "patience": [None, 1],
    "size": [60, 90],
    "std": [0.1, 0.3],
    "data": ["xor", "moons"],
    "scale": ["auto", True],
    "inputs": [None, ["x1", "x1*x2"]],
}
ASKED = {"nesterov": {"momentum": 0.5}, "patience": {"validation": 0.2}}


def test_every_hyperparameter_is_among_the_values_of_these_tests():
    assert set(HYPERPARAMETERS) < set(VALUES)


@pytest.mark.parametrize("name", VALUES)
def test_a_sweep_over_an_argument_is_the_studies_of_its_values(name):
    base = {"hidden": 4, "lr": "auto", **SMALL, **ASKED.get(name, {})}
    sweep = xorlab.xor_sweep(**{**base, name: VALUES[name]})
    studies = [xorlab.seed_study(**{**base, name: value}) for value in VALUES[name]]
    assert sweep.rows == [row for study in studies for row in study.rows]
    assert len(sweep.summary()) == 2
    assert name in repr(sweep).splitlines()[1].split()
    assert studies[0].rows[0] != studies[1].rows[0]


@pytest.mark.parametrize(
    "terms",
    [
        {"optimizer": "adam", "weight_decay": 0.01, "init": "xavier"},
        {"optimizer": "rmsprop", "l1": 0.01, "lr": 0.02},
        {"momentum": 0.9, "nesterov": True, "hidden": 0},
        {"validation": 0.25, "patience": 2, "lr": 2},
        {"validation": 0.25},
    ],
)
def test_run_k_is_the_single_fit_with_the_same_hyperparameters(terms):
    study = xorlab.seed_study(runs=3, epochs=12, size=200, seed=4, **terms)
    for i, (_, run) in enumerate(study):
        data = xorlab.XORDataset(200, seed=run.seed)
        alone = xorlab.train_xor(data, epochs=12, seed=run.seed, **terms)
        last = (alone.best_epoch or len(alone.history)) - 1
        assert run.loss == alone.history.loss[last]
        assert run.val_loss == (alone.history.val_loss[last] if "validation" in terms else None)
        assert run.best_epoch == (alone.best_epoch if "patience" in terms else None)
        again = study.fit(i)
        for name, weights in alone.weights().items():
            assert (weights == again.weights()[name]).all()


def test_combinations_that_do_not_go_together_are_left_out():
    terms = {"optimizer": ["sgd", "adam"], "momentum": [0, 0.9], "nesterov": [False, True]}
    sweep = xorlab.xor_sweep(lr="auto", hidden=4, **SMALL, **terms)
    found = [(one.optimizer, one.momentum, one.nesterov, one.lr) for one in sweep.summary()]
    assert found == [
        ("sgd", 0, False, 0.1),
        ("sgd", 0.9, False, 0.1),
        ("sgd", 0.9, True, 0.1),
        ("adam", 0, False, 0.01),
    ]
    stopping = {"validation": [None, 0.2], "patience": [None, 1]}
    sweep = xorlab.xor_sweep(lr=0.1, hidden=4, **SMALL, **stopping)
    found = [(one.validation, one.patience) for one in sweep.summary()]
    assert found == [(None, None), (0.2, None), (0.2, 1)]


def test_a_rate_that_is_the_usual_one_of_an_optimizer_counts_once():
    sweep = xorlab.xor_sweep(lr=["auto", 0.1], hidden=4, optimizer=["sgd", "adam"], **SMALL)
    found = [(one.optimizer, one.lr) for one in sweep.summary()]
    assert found == [("sgd", 0.1), ("adam", 0.01), ("adam", 0.1)]


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        (
            {"optimizer": ["sgd", "adam"], "momentum": 0.9},
            r"for the optimizer 'adam', not 0.9: .* So no net of the sweep has `optimizer` 'adam'",
        ),
        (
            {"optimizer": "adam", "momentum": [0, 0.9]},
            r"for the optimizer 'adam', not 0.9: .* So no net of the sweep has `momentum` 0.9",
        ),
        ({"optimizer": "adam", "momentum": 0.9}, r"for the optimizer 'adam', .* has it\.$"),
        ({"nesterov": [False, True]}, "above 0 for `nesterov`, .* has `nesterov` True"),
        ({"patience": [None, 3]}, "given for `patience`, .* has `patience` 3"),
        ({"lr": ["auto", 0.1]}, "`lr` .*, but 0.1 is there .* It is what 'auto' is for 'sgd'"),
        ({"lr": "fast"}, "`lr` must be a finite number above 0, or 'auto', not 'fast'"),
        ({"momentum": [0.5, 0.5]}, "`momentum` must hold each value once, but 0.5 is there more"),
        ({"nesterov": [False, False]}, "`nesterov` must hold each value once, but False is"),
        ({"validation": [None, None]}, "`validation` must hold each value once, but None is"),
        ({"momentum": []}, "`momentum` must hold from 1 to 1,000,000 values, not none"),
        ({"size": [50, 60], "data": xorlab.XORDataset(90, seed=1)}, "`size` must be left out"),
        ({"inputs": [["x1"], ["x3"]]}, "`inputs` must be one or more of"),
        ({"optimizer": lambda parameters: None}, "`optimizer` must be 'sgd', 'adam' or 'rmsprop'"),
        ({"optimizer": "torch.optim.Adagrad"}, "`optimizer` must be 'sgd', 'adam' or 'rmsprop'"),
    ],
)
def test_a_value_that_goes_with_none_of_the_others_is_named(terms, message):
    before = torch.get_rng_state()
    with pytest.raises((TypeError, ValueError), match=message):
        xorlab.xor_sweep(**{"hidden": 4, "lr": "auto", "runs": 1, "epochs": 1, **terms})
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("data", ["data", xorlab.XORDataset(9, seed=1), np.ones((3, 2)), True])
def test_a_study_takes_no_data_for_validation(data):
    for study in (xorlab.seed_study, xorlab.xor_sweep):
        with pytest.raises(TypeError, match="`validation` must be a share of the rows"):
            study(runs=1, validation=data)
    with pytest.raises(ValueError, match=r"`validation` must be a share .* not 1\.5"):
        xorlab.seed_study(runs=1, validation=1.5)


def test_own_data_are_held_out_for_validation_from_the_training_rows_of_each_net():
    points = np.random.default_rng(1).normal(size=(100, 3))
    data = xorlab.as_xor_data(points, (points[:, 0] > 0).astype(int))
    study = xorlab.seed_study(runs=2, data=data, validation=0.25, patience=3, epochs=5, seed=1)
    for i, (_, run) in enumerate(study):
        fit = study.fit(i)
        assert (len(fit.data), len(fit.validation)) == (60, 20)
        assert run.val_loss == min(fit.history.val_loss)
        assert run.best_epoch == fit.best_epoch


def test_values_of_every_type_come_back_from_the_file(tmp_path):
    study = xorlab.xor_sweep(
        lr="auto",
        hidden=[0, 4],
        momentum=[0, 0.9],
        nesterov=[False, True],
        validation=[None, 0.25],
        patience=[None, 3],
        **SMALL,
    )
    study.save(tmp_path / "study.csv")
    again = xorlab.read_study(tmp_path / "study.csv")
    assert again.rows == study.rows
    assert [type(value) for column in again.to_dict().values() for value in column] == [
        type(value) for column in study.to_dict().values() for value in column
    ]
    with open(tmp_path / "study.csv", newline="") as file:
        records = list(csv.DictReader(file))
    told = {name: {record[name] for record in records} for name in records[0]}
    assert told["nesterov"] == {"False", "True"}
    assert told["validation"] == {"", "0.25"}
    assert told["patience"] == {"", "3"}
    assert told["hidden"] == {"0", "4"}
    # As R's write.csv() would write them.
    text = (tmp_path / "study.csv").read_text().replace("False", "FALSE").replace("True", "TRUE")
    text = re.sub(",(?=[,\n])", ",NA", text)
    (tmp_path / "study.csv").write_text(text)
    assert xorlab.read_study(tmp_path / "study.csv").rows == study.rows


@pytest.mark.parametrize(
    ("column", "bad", "message"),
    [
        ("nesterov", "maybe", "`nesterov` must be 'true' or 'false', not 'maybe'"),
        ("momentum", "", "`momentum` must be a number, not ''"),
        ("validation", "data", "`validation` must be a number, not 'data'"),
        ("validation", "2", "`validation` must be a share of the rows"),
        ("patience", "3", "`validation` must be given for `patience`"),
        ("patience", "1.5", "`patience` must be a whole number, not '1.5'"),
        ("optimizer", "torch.optim.Adam", "`engine` must be 'autograd'"),
        ("init", "large", "`init` must be 'default'"),
        ("best_epoch", "0", "`best_epoch` must be a whole number from 1"),
        ("val_loss", "?", "`val_loss` must be a number"),
    ],
)
def test_a_value_that_no_column_holds_is_named(tmp_path, column, bad, message):
    columns = xorlab.seed_study(**SMALL).to_dict()
    columns[column][1] = bad
    with open(tmp_path / "bad.csv", "w", newline="") as file:
        csv.writer(file).writerows([columns, *zip(*columns.values(), strict=True)])
    with pytest.raises(ValueError, match=f"in row 2, {re.escape(message)}"):
        xorlab.read_study(tmp_path / "bad.csv")


def test_a_table_without_later_columns_is_of_what_was_in_use_then(tmp_path):
    study = xorlab.seed_study(**SMALL)
    columns = {name: column for name, column in study.to_dict().items() if name not in LATER}
    with open(tmp_path / "old.csv", "w", newline="") as file:
        csv.writer(file).writerows([columns, *zip(*columns.values(), strict=True)])
    assert xorlab.read_study(tmp_path / "old.csv").rows == study.rows
    assert LATER.items() >= {"optimizer": "sgd", "momentum": 0.0, "patience": None}.items()


def test_the_printed_table_says_what_is_not_as_it_was_before_there_was_a_choice():
    row = xorlab.seed_study(optimizer="adam", validation=0.2, **SMALL)
    assert repr(row).splitlines()[1].split()[:6] == [
        *("hidden", "activation", "lr", "std", "optimizer", "validation")
    ]
    sweep = xorlab.xor_sweep(
        lr=0.1, hidden=4, momentum=0.9, nesterov=[False, True], validation=[None, 0.2], **SMALL
    )
    shown = [line.split()[4:7] for line in repr(sweep).splitlines()[1:]]
    assert shown == [
        ["momentum", "nesterov", "validation"],
        ["0.9", "no", "-"],
        ["0.9", "no", "0.2"],
        ["0.9", "yes", "-"],
        ["0.9", "yes", "0.2"],
    ]
    plain = xorlab.seed_study(**SMALL)
    assert repr(plain).splitlines()[1].split()[:5] == [
        "hidden",
        "activation",
        "lr",
        "std",
        "solved",
    ]


def test_trainings_of_several_optimizers_that_diverged_are_warned_of_with_the_rate_of_each():
    def study(*rows):
        terms = (dict(zip(("optimizer", "lr"), row, strict=True)) for row in rows)
        settings = [xorlab.Settings(**one) for one in terms]
        run = Run(1, 50.0, 0.5, False, "(0, 1)")
        return xorlab.Study([(Config(one, 100), run) for one in settings])

    with pytest.warns(RuntimeWarning, match=r"2 of 2 nets .* \(it was 0.01 and 0.1\)"):
        warn_if_diverged(study(("sgd", 0.1), ("adam", 0.01)))
    warn_if_diverged(study(("sgd", 0.1), ("adam", 0.01), ("adam", 0.1)))  # several rates of one
