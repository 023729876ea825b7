"""Files that are damaged, or were made to deceive: refused by name, and at no cost."""

import copy
import math
import os
import re
import signal
import subprocess
import sys
import threading
import zipfile

import numpy as np
import pytest
import torch
import xorlab
from xorlab.files import replacing


@pytest.fixture(scope="module")
def small():
    """A fit with everything in it that a file can hold."""
    data = xorlab.XORDataset(30, seed=1)
    return xorlab.train_xor(data, epochs=3, batch_size=10, seed=1, snapshots=[0, 2])


@pytest.fixture
def path(tmp_path):
    return tmp_path / "fit.pt"


def same(one, other):
    """Whether two contents of a file are the same."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other


def test_a_flipped_bit_is_found_or_changes_nothing(fit, path):
    fit.save(path)
    whole, content = path.read_bytes(), fit.to_dict()
    refused = 0
    for place in np.random.default_rng(1).choice(8 * len(whole), 400, replace=False).tolist():
        damaged = bytearray(whole)
        damaged[place // 8] ^= 1 << place % 8
        path.write_bytes(damaged)
        try:
            again = xorlab.load_xor(path)
        except ValueError as error:
            assert "fit.pt' is" in str(error)  # noqa: PT017  most are refused, and not all
            refused += 1
        else:
            assert same(again.to_dict(), content)
    assert refused > 380


def test_damage_is_told_from_another_kind_of_file(small, path):
    small.save(path)
    with zipfile.ZipFile(path) as archive:
        record = archive.getinfo("fit/data/0") if "fit/data/0" in archive.namelist() else None
        record = record or next(one for one in archive.infolist() if "/data/" in one.filename)
        start = archive.read(record)
    whole = path.read_bytes()
    assert whole.count(start) >= 1
    path.write_bytes(whole.replace(start, bytes([start[0] ^ 1]) + start[1:], 1))
    with pytest.raises(ValueError, match=r"fit\.pt' is damaged: .* does not match its checksums"):
        xorlab.load_xor(path)


@pytest.mark.skipif(not hasattr(torch.serialization, "set_crc32_options"), reason="torch 2.6")
def test_files_have_checksums_where_the_user_switched_them_off(small, path):
    torch.serialization.set_crc32_options(False)
    try:
        small.save(path)
        assert torch.serialization.get_crc32_options() is False
    finally:
        torch.serialization.set_crc32_options(True)
    assert same(xorlab.load_xor(path).to_dict(), small.to_dict())


def test_a_state_dict_of_the_old_format_is_read(small, path):
    torch.save(small.model.state_dict(), path, _use_new_zipfile_serialization=False)
    assert same(xorlab.load_xor(path).weights(), small.weights())


# --- files that would take more memory than they have bytes ---------------------------------

BOMBS = """
import warnings, zipfile
import torch, xorlab

warnings.simplefilter("ignore")
fit = xorlab.train_xor(epochs=1, seed=1)
content = fit.to_dict()
tensors = {name: torch.from_numpy(weight) for name, weight in content["weights"].items()}

def nested(levels):
    value = [0] * 10
    for _ in range(levels):
        value = [value] * 10
    return value

def saved(**changed):
    whole = {"kind": "xorlab fit", "format": 1, "version": "0.1.0", **content, **changed}
    plain = xorlab.fit.checkpoint.as_tensors(whole)
    torch.save(plain, "bomb.pt")

def expanded():
    wide = torch.zeros(1, 1).expand(10**6, 100)
    torch.save({**tensors, "linear1.weight": wide}, "bomb.pt")

def old_format():
    wide = torch.zeros(1, 1).expand(10**6, 100)
    torch.save({**tensors, "linear1.weight": wide}, "bomb.pt", _use_new_zipfile_serialization=False)

def sparse():
    wide = torch.sparse_coo_tensor([[0], [0]], [1.0], (10**5, 10**5))
    torch.save({**tensors, "linear1.weight": wide}, "bomb.pt")

def complex_numbers():
    torch.save({**tensors, "linear1.weight": torch.zeros(4, 2, dtype=torch.complex64)}, "bomb.pt")

def no_memory():
    torch.save({**tensors, "linear1.weight": torch.empty(10**6, 100, device="meta")}, "bomb.pt")

def shared():
    wide = {"linear1.weight": torch.zeros(10**5)}
    saved(snapshots={str(epoch): wide for epoch in range(10**4)})

def packed():
    torch.save({"linear1.weight": torch.zeros(3 * 10**7)}, "plain.pt")
    with zipfile.ZipFile("plain.pt") as old, zipfile.ZipFile(
        "bomb.pt", "w", zipfile.ZIP_DEFLATED
    ) as new:
        for record in old.infolist():
            new.writestr(record.filename, old.read(record))

def lists_within_lists():
    saved(settings={**content["settings"], "engine": nested(9)})

def names_within_lists():
    saved(data={**content["data"], "features": [nested(9), nested(9)]})

def version_within_lists():
    saved(format=99, version=nested(9))

def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

for bomb in (expanded, old_format, sparse, complex_numbers, no_memory, shared, packed,
             lists_within_lists, names_within_lists, version_within_lists):
    bomb()
    with open("/proc/self/clear_refs", "w") as refs:
        refs.write("5")  # the peak counts from here
    before = peak()
    try:
        xorlab.load_xor("bomb.pt")
    except ValueError as error:
        message = str(error)
    else:
        message = "loaded"
    print(bomb.__name__, (peak() - before) // 1024, message.replace("\\n", " "), sep="\\t")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells how much memory was taken")
def test_no_file_takes_more_memory_than_it_has_bytes(tmp_path, root):
    done = subprocess.run(
        [sys.executable, "-c", BOMBS],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root / "python")},
        capture_output=True,
        text=True,
        check=False,
    )
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(rows) == 10, done.stderr
    for name, megabytes, message in rows:
        assert message.startswith("'bomb.pt' "), name
        assert len(message) < 400, name
        assert int(megabytes) < 60, (name, megabytes)
    messages = {name: message for name, _, message in rows}
    for name in ("expanded", "old_format", "sparse", "complex_numbers", "no_memory"):
        assert "sparse, complex, quantized, or larger than what is stored of it" in messages[name]
    assert "more memory than it has bytes" in messages["shared"]
    assert "torch would not have packed it like this" in messages["packed"]
    assert "`engine` must be" in messages["lists_within_lists"]
    assert "newer xorlab (unknown" in messages["version_within_lists"]


# --- files whose entries are not what they should be ------------------------------------------


def write(path, content):
    whole = {"kind": "xorlab fit", "format": 1, "version": "0.1.0", **content}
    torch.save(xorlab.fit.checkpoint.as_tensors(whole), path)


def changed(content, where, value):
    """A copy of the content with one entry changed, or gone where the value is `changed` itself."""
    whole = copy.deepcopy(content)
    *way, last = where
    part = whole
    for name in way:
        part = part[name]
    if value is changed:
        del part[last]
    else:
        part[last] = value
    return whole


@pytest.mark.parametrize(
    ("where", "value", "message"),
    [
        (["weights"], changed, "'weights' is missing from `content`"),
        (["weights"], 3, "`weights` must be a dict of arrays, not 3"),
        (["weights", "linear1.bias"], "text", "`weights` must be numbers by name"),
        (["weights", "linear1.bias"], np.zeros(5), "weights are not those of a SimpleClassifier"),
        (["activation"], "swish", "`activation` must be 'tanh', "),
        (["activation"], "relu", "must be 'tanh', as `settings` say, not 'relu'"),
        (["history"], 7, "`history` must be a dict, not 7"),
        (["history", "loss"], -1, "must have in 'loss' a list of numbers from 0 to inf, not -1"),
        (["history", "loss"], [1.0, -1.0, 1.0], "from 0 to inf, not of -1.0"),
        (["history", "accuracy"], [0.5, 0.5, 1.5], "in 'accuracy' .* from 0 to 1, not of 1.5"),
        (["history", "seconds"], changed, "'seconds' is missing from `history`"),
        (["history", "loss"], [0.7], "must have columns of one length, not 1, 3, 3"),
        (["history", "lose"], [0.7], "unknown entry, 'lose'. Did you mean 'loss'?"),
        (["settings"], {}, "'hidden' is missing from `settings`"),
        (["settings", "lr"], changed, "'lr' is missing from `settings`"),
        (["settings", "lr"], "fast", "`lr` must be a finite number above 0, or 'auto', not 'fast'"),
        (["settings", "engine"], {}, "`engine` must be 'autograd' or 'fused'"),
        (["settings", "seed"], None, "`seed` must be a whole number"),
        (["settings", "device"], "toaster", "`device` must be the name of a device"),
        (["settings", "hidden"], [5], r"net of the hidden units \[5\], as `settings` say, not \[4"),
        (["settings", "epochs"], 2, "must have at most 2 epochs, as `settings` say, not 3"),
        (["settings", "snapshots"], [9], "`snapshots` must be epochs from 0"),
        (["settings", "dampening"], 0.9, "`settings` has an unknown entry, 'dampening'"),
        (["settings", "momentum"], 0.9, "`optimizer_state` must be that of .*'sgd'"),
        (["data"], {}, "'x' is missing from `data`"),
        (["data", "x"], np.zeros((30, 3)), "`features` must name 3 columns"),
        (["data", "label"], np.full(30, 2), "`label` must hold 0 and 1"),
        (["data", "label"], np.zeros(29), "one entry for each of the 30 rows"),
        (["data", "levels"], ["a", "a"], "`levels` must name from 2 to 100 different classes"),
        (["data", "features"], ["a", "a"], "must each have a name of its own"),
        (["data", "features"], [["a"], "b"], "`features` must name 2 columns"),
        (["data", "categories"], ["a", "b"], r"`categories` must hold the classes \(0, 1\)"),
        (["data", "std"], "wide", "`std` must be a finite number"),
        (["data", "seed"], -3, "`seed` must be a whole number"),
        (["snapshots"], [1], r"`snapshots` must be a dict, not \[1\]"),
        (["snapshots", "7"], {}, "`snapshots` must be of epochs from 0 to 3, not of '7'"),
        (["snapshots", "2"], {}, "weights of the shapes of the net's own, and those of epoch 2"),
        (["plan"], 1, "`content` has an unknown entry, 'plan'"),
    ],
)
def test_an_entry_that_is_not_what_it_should_be_is_named(small, path, where, value, message):
    write(path, changed(small.to_dict(), where, value))
    with pytest.raises(ValueError, match=rf"fit\.pt' does not hold a fit .*{message}"):
        xorlab.load_xor(path)
    with pytest.raises((TypeError, ValueError), match=message):
        xorlab.Fit.from_dict(changed(small.to_dict(), where, value))


@pytest.fixture(scope="module")
def patient():
    """An unfinished fit with a validation, an optimizer's memory and a best epoch before its last,
    and that fit after its end."""
    generator = np.random.default_rng(4)
    x = generator.normal(size=(40, 2))
    label = x[:, 0] * x[:, 1] + generator.normal(size=40) > 0
    data = xorlab.as_xor_data(x, label.astype(int))

    def press(epoch, _):
        if epoch == 9:
            raise KeyboardInterrupt

    terms = {"hidden": 20, "optimizer": "adam", "lr": 0.1, "validation": 0.4, "seed": 3}
    with pytest.raises(xorlab.TrainingInterrupted) as caught:
        xorlab.train_xor(data, epochs=12, patience=11, after_epoch=press, **terms)
    fit = caught.value.fit
    assert 1 < fit.best_epoch < 9 == len(fit.history)
    return fit, fit.resume()


STATE = ["optimizer_state", "exp_avg"]
WRONG = [
    (["optimizer_state"], 3, "`optimizer_state` must be a dict, not 3"),
    (["optimizer_state"], {}, "'adam', which has step, exp_avg, exp_avg_sq, not none"),
    (["optimizer_state"], {"a" * 200: {}}, "which has step, exp_avg, exp_avg_sq, not 'aaaa"),
    (STATE, changed, "which has step, exp_avg, exp_avg_sq, not 'step', 'exp_avg_sq'"),
    (["optimizer_state", "momentum_buffer"], {}, "exp_avg_sq, not 'step', 'exp_avg', "),
    (["optimizer_state", 7], {}, "exp_avg_sq, not 'step', 'exp_avg', 'exp_avg_sq', 7"),
    (STATE, 3, "`optimizer_state` must be a dict of arrays, not 3"),
    (STATE, {}, "`optimizer_state` must have in 'exp_avg' an array for each of"),
    (
        [*STATE, "linear1.bias"],
        np.zeros(3),
        "must have in 'exp_avg' an array for each .* its shape",
    ),
    ([*STATE, "linear1.bias"], np.zeros(10**6), "in 'exp_avg' an array for each .* its shape"),
    ([*STATE, "linear1.bias"], 0.5, "must have in 'exp_avg' an array for each .* its shape"),
    ([*STATE, "linear1.bias"], "text", "`optimizer_state` must be numbers by name"),
    ([*STATE, "linear1.bias"], changed, "must have in 'exp_avg' an array for each of"),
    ([*STATE, "linear9.bias"], np.zeros(20), "must have in 'exp_avg' an array for each of"),
    (["optimizer_state", "step", "linear1.bias"], 0.0, "`step` must be a whole number from 1 to"),
    (["optimizer_state", "step", "linear1.bias"], math.nan, "`step` must be a whole number from 1"),
    (["optimizer_state", "step", "linear1.bias"], 1e30, "`step` must be a whole number from 1 to"),
    (["optimizer_state", "step", "linear1.bias"], 2.5, "`step` must be a whole number from 1 to"),
    (["optimizer_state", "step", "linear1.bias"], 3.0, "in 'step' the same number for all"),
    (["optimizer_state", "step", "linear1.bias"], np.ones(2), "in 'step' an array for each of"),
    (["settings", "optimizer"], "sgd", "`optimizer_state` must be that of the optimizer 'sgd'"),
    (["settings", "optimizer"], "Adam", "`optimizer` must be 'sgd', 'adam' or 'rmsprop', not 'Ad"),
    (["settings", "optimizer"], "torch.optim.Adam", "`engine` must be 'autograd' or 'auto' for an"),
    (["settings", "optimizer"], 3, "`optimizer` must be 'sgd', 'adam' or 'rmsprop', not 3"),
    (["settings", "momentum"], 0.5, "`momentum` must be left out for the optimizer 'adam'"),
    (["settings", "nesterov"], 1, "`nesterov` must be True or False, not 1"),
    (["settings", "l1"], -1.0, "`l1` must be a finite number of at least 0, not -1.0"),
    (["settings", "weight_decay"], math.nan, "`weight_decay` must be a finite number of at least"),
    (["settings", "init"], "he", "`init` must be 'default', "),
    (["settings", "patience"], 0, "`patience` must be a whole number from 1"),
    (["settings", "patience"], None, "`best_epoch` must be that of the lowest validation loss"),
    (["settings", "validation"], 1.0, "`validation` must be a share of the rows, above 0"),
    (["settings", "validation"], None, "`validation` must be given for `patience`, which is 11"),
    (["settings", "validation"], "rows", "`validation` must be a share of the rows, above 0"),
    (["validation"], None, "`validation` must be there, as `settings` have 0.4"),
    (["validation"], 3, "In `validation`, `data` must be a dict, not 3"),
    (["validation", "x"], np.zeros((16, 3)), "In `validation`, `features` must name 3 columns"),
    (["validation", "label"], np.full(16, 2), "In `validation`, `label` must hold 0 and 1"),
    (["validation", "levels"], ["a", "b"], "`validation` must have the columns and the classes of"),
    (["validation", "features"], ["a", "b"], "`validation` must have the columns and the"),
    (["data"], None, "'data' is missing, which a fit with `preparation` has"),
    (["history", "val_loss"], changed, "`history` must have columns of one length"),
    (["history", "val_loss"], [0.5], r"`history` must have columns of one length, not .*, 1, "),
    (["history", "val_loss"], [math.nan] * 9, "in 'val_loss' a list of numbers from 0 to inf"),
    (["history", "val_accuracy"], [2.0] * 9, "in 'val_accuracy' a list of numbers from 0 to 1"),
    (["best_epoch"], 0, "`best_epoch` must be a whole number from 1"),
    (["best_epoch"], 9, r"`best_epoch` must be that of the lowest .* with `patience` \d, not 9"),
    (["best_epoch"], 10**6, "`best_epoch` must be that of the lowest .*, not 1000000"),
    (["best_epoch"], math.nan, "`best_epoch` must be a whole number from 1"),
    (["best_epoch"], "3", "`best_epoch` must be a whole number from 1"),
]
BEST = [
    (["best_epoch"], None, "`best_epoch` must be a whole number from 1 to .* not None"),
    (["best"], 3, "`best` must be a dict, not 3"),
    (["best"], {}, "'weights' is missing from `best`"),
    (["best", "optimizer_state"], changed, "'optimizer_state' is missing from `best`"),
    (["best", "history"], {}, "`best` has an unknown entry, 'history'"),
    (["best", "weights"], {}, "`snapshots` must have weights of the shapes of the net's own"),
    (["best", "optimizer_state"], {}, "'adam', which has step, exp_avg, exp_avg_sq, not none"),
]


@pytest.mark.parametrize(("where", "value", "message"), [*WRONG, *BEST])
def test_a_part_of_a_validation_or_an_optimizer_that_is_wrong_is_named(
    patient, path, where, value, message
):
    for fit in patient[: 1 if (where, value, message) in BEST else 2]:
        write(path, changed(fit.to_dict(), where, value))
        with pytest.raises(
            ValueError, match=rf"fit\.pt' does not hold a fit .*{message}"
        ) as caught:
            xorlab.load_xor(path)
        assert len(str(caught.value)) < 500
        with pytest.raises((TypeError, ValueError), match=message):
            xorlab.Fit.from_dict(changed(fit.to_dict(), where, value))


def test_validation_losses_without_validation_are_refused(small, path):
    content = small.to_dict()
    content["history"] |= {"val_loss": [0.5] * 3, "val_accuracy": [0.5] * 3}
    write(path, content)
    with pytest.raises(ValueError, match="'val_loss' only where there is `validation`, not of 3"):
        xorlab.load_xor(path)
    write(path, {**small.to_dict(), "validation": small.to_dict()["data"]})
    with pytest.raises(ValueError, match="`validation` must be left out, as `settings` have None"):
        xorlab.load_xor(path)
    write(path, {**validated_content(), "data": None})
    with pytest.raises(ValueError, match="'data' is missing, which a fit with `validation` has"):
        xorlab.load_xor(path)
    for lacking in ({"best_epoch": 2}, {"best": {"weights": {}, "optimizer_state": {}}}):
        write(path, {**small.to_dict(), **lacking})
        with pytest.raises(ValueError, match=r"fit\.pt' does not hold .*`best_epoch` must be"):
            xorlab.load_xor(path)


def validated_content():
    fit = xorlab.train_xor(seed=1, epochs=2, validation=0.2, patience=1)
    return fit.to_dict()


def test_the_memory_of_an_optimizer_of_ones_own_is_of_the_nets_weights(path):
    fit = xorlab.train_xor(seed=1, epochs=2, optimizer=torch.optim.Adagrad)
    content = fit.to_dict()
    for where, value, message in (
        (
            ["optimizer_state", "sum"],
            3,
            "must have in 'sum' entries for the net's weights, .* not 3",
        ),
        (["optimizer_state", "sum", "linear9.bias"], np.ones(2), "in 'sum' entries for the net's"),
        (["optimizer_state", "sum", "linear1.bias"], "x", "`optimizer_state` must be numbers by"),
        (["optimizer_state", "sum", "linear1.bias"], True, "`optimizer_state` must be numbers by"),
    ):
        write(path, changed(content, where, value))
        with pytest.raises(ValueError, match=rf"fit\.pt' does not hold a fit .*{message}"):
            xorlab.load_xor(path)
    for name in ("x." * 10**5, "a.\nb"):
        write(path, changed(content, ["settings", "optimizer"], name))
        with pytest.raises(ValueError, match="`optimizer` must be the name of a class") as caught:
            xorlab.load_xor(path)
        assert len(str(caught.value)) < 500


def test_noise_of_xor_is_no_part_of_other_data(path):
    data = xorlab.as_xor_data([[0, 1, 2], [1, 0, 1]], [0, 1])
    write(path, changed(xorlab.train_xor(data, epochs=1).to_dict(), ["data", "std"], 0.1))
    with pytest.raises(ValueError, match="`std` must be None for data that are not points of XOR"):
        xorlab.load_xor(path)


def leaves(content, way=()):
    """The way to every entry of a content, and to what holds several."""
    for name, value in content.items():
        yield [*way, name]
        if isinstance(value, dict):
            yield from leaves(value, [*way, name])


BAD = [None, changed, -1, 0, 2**70, math.nan, True, "", "x\n", [], {}, [1], {"a": 1}, np.zeros(3)]


LATER = ("validation", "optimizer_state", "best_epoch", "best")


@pytest.mark.filterwarnings("ignore:The loss rose:RuntimeWarning")  # at such a learning rate
@pytest.mark.parametrize("which", ["small", "interrupted", "ended"])
def test_what_a_file_lets_pass_can_be_used(small, patient, path, which):
    """Whatever stands in an entry: an error when it is read, or a fit with which all is well."""
    fit = {"small": small, "interrupted": patient[0], "ended": patient[1]}[which]
    content, refused, used = fit.to_dict(), 0, 0
    for where in leaves(content):
        if which != "small" and where[0] not in LATER:
            continue
        for value in BAD:
            write(path, changed(content, where, value))
            try:
                fit = xorlab.load_xor(path)
            except ValueError as error:
                assert "fit.pt'" in str(error)  # noqa: PT017  most are refused, and not all
                refused += 1
                continue
            use(fit, path)
            used += 1
    assert refused > {"small": 300, "interrupted": 250, "ended": 150}[which]
    assert used > {"small": 20, "interrupted": 5, "ended": 5}[which]


def use(fit, path):
    """Everything that is asked of a fit: answers, or an error in words of the package."""
    assert repr(fit).startswith("Fit: 2-")
    assert fit.predict([[0, 0], [1, 0]]).shape == (2,)
    assert fit.boundary([0, 1], [0, 1]).prob.shape == (2, 2)
    fit.save(path)
    for ask in (
        lambda: fit.evaluate(fit.data),
        lambda: xorlab.show_code(fit),
        lambda: fit.at(2),
        lambda: xorlab.resume_xor(fit, epochs=fit.epoch + 1, verbose=False),
    ):
        try:
            ask()
        except xorlab.NonFiniteLossError:
            pass
        except (TypeError, ValueError) as error:
            assert re.match(r"`\w+` must (be|hold|have)", str(error))  # noqa: PT017  some answer


# --- studies -------------------------------------------------------------------------------------


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "study.csv"
    xorlab.seed_study(runs=2, epochs=1, size=50, seed=1).save(path)
    return path


@pytest.mark.parametrize("column", ["hidden", "lr", "size", "loss", "solved", "corner"])
def test_a_bad_cell_is_quoted_at_most_in_part(table, column):
    study = xorlab.read_study(table)
    columns = study.to_dict()
    columns[column][1] = "9" * 5000 + "x"
    with open(table, "w") as file:
        for row in (columns, *zip(*columns.values(), strict=True)):
            cells = ("" if cell is None else cell for cell in row)
            file.write(",".join(f'"{cell}"' for cell in cells) + "\n")
    with pytest.raises(ValueError, match=f"in row 2, `{column}` must be") as caught:
        xorlab.read_study(table)
    assert len(str(caught.value)) < 500


def test_a_line_without_end_is_refused(table):
    table.write_text(table.read_text() + "9" * 100_000)
    with pytest.raises(ValueError, match="a line must have at most 10,000 characters"):
        xorlab.read_study(table)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no endless file")
def test_endless_files_end_with_an_error():
    with pytest.raises(ValueError, match="'/dev/zero' does not hold the table of a study"):
        xorlab.read_study("/dev/zero")
    with pytest.raises(ValueError, match="'/dev/zero' is not a saved fit"):
        xorlab.load_xor("/dev/zero")
    with pytest.raises(ValueError, match="'/dev/zero' is not a saved fit"):
        xorlab.resume_xor("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
@pytest.mark.parametrize("row", ["whole", "blank"])
def test_a_table_without_end_is_refused(table, tmp_path, monkeypatch, row):
    monkeypatch.setattr("xorlab.study.table.MAX_NETS", 1000)
    head, first, _ = table.read_text().splitlines(keepends=True)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def feed():
        try:
            with open(pipe, "w") as file:
                file.write(head)
                while True:
                    file.write(first if row == "whole" else "\n")
        except BrokenPipeError:
            pass

    feeder = threading.Thread(target=feed)
    feeder.start()
    with pytest.raises(ValueError, match="it has more than 1,000 rows"):
        xorlab.read_study(pipe)
    feeder.join()


def test_a_column_that_is_there_twice_is_named(table):
    head, *rows = table.read_text().splitlines()
    table.write_text("\n".join([f"{head},lr", *(f"{row},0.5" for row in rows)]))
    with pytest.raises(ValueError, match="`columns` must have lr once"):
        xorlab.read_study(table)


# --- writing ---------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from xorlab.files import replacing

with replacing(sys.argv[1]) as file:
    file.write(b"half of it")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_what_a_killed_save_left_goes_with_the_next(small, path, root):
    small.save(path)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, path],
        env={**os.environ, "PYTHONPATH": str(root / "python")},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    left = [one.name for one in path.parent.iterdir() if one != path]
    assert len(left) == 1
    assert left[0].startswith(".fit.pt.")
    assert same(xorlab.load_xor(path).to_dict(), small.to_dict())
    others = [path.parent / name for name in (".fit.pt.xorlab-settings.txt", ".fit.pt.settings")]
    for other in others:
        other.write_text("mine")
    small.save(path.parent / "another.pt")
    assert (path.parent / left[0]).exists()  # it belongs to fit.pt
    small.save(path)
    assert not (path.parent / left[0]).exists()
    assert all(other.exists() for other in others)


def test_a_save_does_not_take_what_another_is_writing(small, path):
    with replacing(path) as file:
        small.save(path)
        file.write(b"the later one")
    assert path.read_bytes() == b"the later one"
    assert list(path.parent.iterdir()) == [path]


def test_a_save_is_on_the_disk_before_it_replaces_the_old_file(small, path, monkeypatch):
    done = []
    flush, replace = os.fsync, type(path).replace
    monkeypatch.setattr("os.fsync", lambda n: (done.append(os.fstat(n).st_size), flush(n)))
    monkeypatch.setattr(
        type(path), "replace", lambda old, new: (done.append("replaced"), replace(old, new))
    )
    small.save(path)
    assert done == [path.stat().st_size, "replaced"]
