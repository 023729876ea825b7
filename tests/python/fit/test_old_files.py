"""Files that earlier versions wrote, with what those versions made of them."""

import json
from pathlib import Path

import numpy as np
import pytest
import xorlab
from xorlab.study.config import LATER

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
EXPECTED = {
    path.parent / name: content
    for path in FIXTURES.glob("*/expected.json")
    for name, content in json.loads(path.read_text()).items()
}


def files(*suffixes):
    return [
        pytest.param(path, content, id=f"{path.parent.name}/{path.name}")
        for path, content in EXPECTED.items()
        if path.suffix in suffixes
    ]


def test_every_file_is_read_by_a_test():
    there = {path for path in FIXTURES.glob("*/*") if path.suffix in (".pt", ".csv")}
    by_r = {path for path in there if path.stem.endswith("study-by-R")}
    assert there - by_r == {path for path in EXPECTED if path.suffix in (".pt", ".csv")}
    assert len(there) >= 13


@pytest.mark.parametrize(("path", "expected"), files(".pt"))
def test_a_fit_of_an_earlier_version_predicts_what_it_did(path, expected):
    fit = xorlab.load_xor(path)
    logits = fit.predict_logits(expected["points"])
    assert logits == pytest.approx(expected["logits"], rel=1e-5)
    assert [str(one) for one in fit.predict(expected["points"])] == expected["classes"]
    assert len(fit.history) == expected["epochs"]
    assert (fit.history.loss or [None])[-1] == pytest.approx(expected["loss"])
    assert (len(fit.data) if fit.data else 0) == expected["data"]


@pytest.mark.parametrize(("path", "expected"), files(".pt"))
def test_a_fit_of_an_earlier_version_can_be_saved_again(path, expected, tmp_path):
    xorlab.load_xor(path).save(tmp_path / "again.pt")
    again = xorlab.load_xor(tmp_path / "again.pt").predict_logits(expected["points"])
    assert again == pytest.approx(expected["logits"], rel=1e-5)


def test_a_checkpoint_of_an_earlier_version_is_gone_on_with():
    path = FIXTURES / "0.1.0" / "checkpoint.pt"
    expected = EXPECTED[path]
    fit = xorlab.resume_xor(path, verbose=False)
    assert (len(fit.history), list(fit.snapshots)) == (4, [1])
    logits = fit.predict_logits(expected["points"])
    assert logits == pytest.approx(expected["resumed"], rel=1e-4)


def test_what_the_first_version_did_not_say_is_what_it_did():
    fit = xorlab.load_xor(FIXTURES / "0.1.0" / "first-fit.pt")
    assert (fit.settings.engine, fit.settings.snapshots, fit.snapshots) == ("autograd", (), {})
    assert fit.data.categories is None


@pytest.mark.parametrize(("path", "expected"), files(".pt"))
def test_earlier_versions_trained_by_plain_descent_without_validation(path, expected):
    fit = xorlab.load_xor(path)
    assert (fit.validation, fit.best_epoch, fit.optimizer_state) == (None, None, {})
    assert fit.epoch == len(fit.history)
    assert fit.history.val_loss == []
    if fit.settings:
        s = fit.settings
        assert (s.optimizer, s.momentum, s.nesterov, s.init) == ("sgd", 0, False, "default")
        assert (s.weight_decay, s.l1, s.validation, s.patience) == (0, 0, None, None)
        epochs = len(fit.history) + 3
        assert len(xorlab.resume_xor(fit, epochs=epochs, verbose=False).history) == epochs


def test_own_classes_columns_and_categories_of_an_earlier_version_come_back():
    fit = xorlab.load_xor(FIXTURES / "0.1.0" / "fit-own-data.pt")
    assert fit.levels == ("same", "other")
    assert fit.features == ("width", "weight", "length")
    assert fit.data.categories == ("same", "other", "unused")


@pytest.mark.parametrize(("path", "expected"), files(".csv"))
def test_a_study_of_an_earlier_version_has_the_same_rows(path, expected):
    study = xorlab.read_study(path)
    columns = study.to_dict()
    for name, then in LATER.items():  # which had no column
        assert set(columns.pop(name)) <= {then}
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    assert study.planned == expected["planned"]
    assert len(rows) == len(expected["rows"])
    for row, old in zip(rows, expected["rows"], strict=True):
        assert [type(one)(other) for one, other in zip(row, old, strict=True)] == pytest.approx(row)


def test_a_table_that_r_wrote_of_a_study_has_the_same_rows():
    ours, theirs = (
        xorlab.read_study(FIXTURES / "0.1.0" / f"{name}.csv").to_dict()
        for name in ("study", "study-by-R")
    )
    assert ours.keys() == theirs.keys()
    for name, column in ours.items():
        assert np.array_equal(column, theirs[name]) or column == pytest.approx(theirs[name])
