import io
import os
import pickle
import stat
import zipfile
from contextlib import nullcontext

import numpy as np
import pytest
import torch
import xorlab
from xorlab.fit.checkpoint import FORMAT, read_checkpoint, write_checkpoint

X = [[0.0, 0.0], [0.1, 1.1], [1.0, -0.2], [1.2, 1.0]]


class RunsCode:
    """What an attacker puts into a pickle: reading it leaves a file behind."""

    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return os.mkdir, (str(self.marker),)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "fit.pt"


def test_a_loaded_fit_is_the_saved_one(fit, path):
    fit.save(path)
    again = xorlab.load_xor(path)
    for name, weights in fit.weights().items():
        assert np.array_equal(again.weights()[name], weights)
    assert np.array_equal(again.predict_logits(X), fit.predict_logits(X))
    assert again.settings == fit.settings
    assert again.history == fit.history
    assert torch.equal(again.data.data, fit.data.data)
    assert torch.equal(again.data.label, fit.data.label)
    assert repr(again) == repr(fit)


def test_own_classes_and_column_names_come_back(path):
    data = xorlab.as_xor_data(X, ["no", "yes", "yes", "no"])
    data.features = ("width", "weight")
    xorlab.train_xor(data, hidden=[3, 2], activation="relu", epochs=1, seed=1).save(path)
    again = xorlab.load_xor(path)
    assert type(again.data) is xorlab.PointDataset
    assert (again.levels, again.data.features) == (("no", "yes"), ("width", "weight"))
    assert (again.model.hidden, again.model.activation) == ((3, 2), "relu")


@pytest.mark.parametrize("kind", [str, os.fspath, lambda path: path])
def test_paths_are_strings_or_path_objects(fit, path, kind):
    fit.save(kind(path))
    assert xorlab.load_xor(kind(path)).settings == fit.settings


def test_the_content_is_plain_data_that_torch_reads_safely(fit, path):
    fit.save(path)
    content = torch.load(path, weights_only=True)
    assert (content["kind"], content["format"]) == ("xorlab fit", FORMAT)
    assert content["version"] == xorlab.__version__
    assert content["settings"]["hidden"] == [4]
    assert len(content["history"]["loss"]) == 100
    assert torch.equal(content["weights"]["linear1.weight"], fit.model.linear1.weight)


def test_a_bare_state_dict_becomes_a_fit_without_a_past(fit, path):
    torch.save(fit.model.state_dict(), path)
    again = xorlab.load_xor(path)
    assert np.array_equal(again.predict_logits(X), fit.predict_logits(X))
    assert (again.settings, again.data, len(again.history)) == (None, None, 0)
    assert repr(again) == "Fit: 2-4-1 tanh net, 17 weights"
    assert again.boundary().prob.shape == (200, 200)


def test_the_activation_of_a_bare_state_dict_is_said(path):
    relu = xorlab.train_xor(activation="relu", epochs=2, seed=1)
    torch.save(relu.model.state_dict(), path)
    again = xorlab.load_xor(path, activation="relu")
    x = xorlab.XORDataset(50, seed=2).data
    assert (again.predict_logits(x) == relu.predict_logits(x)).all()
    with pytest.raises(ValueError, match="`activation` must be 'tanh', "):
        xorlab.load_xor(path, activation="swish")
    relu.save(path)
    assert xorlab.load_xor(path, activation="relu").model.activation == "relu"
    with pytest.raises(ValueError, match=r"must be left out, or be 'relu', .* not 'tanh'"):
        xorlab.load_xor(path, activation="tanh")


def test_loading_draws_nothing_from_the_users_generator(fit, path):
    fit.save(path)
    before = torch.get_rng_state()
    xorlab.load_xor(path)
    assert torch.equal(torch.get_rng_state(), before)


def test_files_and_folders_that_are_not_there_are_named(fit, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.pt' does not exist"):
        xorlab.load_xor(tmp_path / "nowhere.pt")
    with pytest.raises(IsADirectoryError, match="is a folder, not a file"):
        xorlab.load_xor(tmp_path)
    with pytest.raises(IsADirectoryError, match="is a folder; give the name of a file in it"):
        fit.save(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"The folder '.*missing' for 'fit.pt' does not"):
        fit.save(tmp_path / "missing" / "fit.pt")
    assert list(tmp_path.iterdir()) == []


def zip_bytes(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    return path.read_bytes()


@pytest.mark.parametrize(
    "content",
    [b"", b"x1,x2,label\n0,1,1\n", b"\x89PNG\r\n\x1a\n" + bytes(60), bytes(1000), b"\x80\x02]."],
    ids=["empty", "text", "png", "zeros", "pickled list"],
)
def test_a_foreign_file_is_one_clear_error_with_its_name(path, content):
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"fit\.pt' is not a saved fit"):
        xorlab.load_xor(path)
    assert path.read_bytes() == content


def test_a_foreign_zip_is_named(path):
    zip_bytes(path)
    with pytest.raises(ValueError, match=r"fit\.pt' is not a saved fit"):
        xorlab.load_xor(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_named(fit, path, share):
    fit.save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(ValueError, match=r"fit\.pt' is not a saved fit, or is damaged"):
        xorlab.load_xor(path)


def test_code_in_a_pickle_is_refused_and_not_run(path, tmp_path):
    marker = tmp_path / "marker"
    for protocol in (2, 4):
        path.write_bytes(pickle.dumps({"weights": RunsCode(marker)}, protocol))
        with pytest.raises(ValueError, match="more than plain data; nothing in it was run"):
            xorlab.load_xor(path)
    torch.save({"kind": "xorlab fit", "format": 1, "weights": RunsCode(marker)}, path)
    with pytest.raises(ValueError, match="more than plain data; nothing in it was run"):
        xorlab.load_xor(path)
    assert not marker.exists()
    pickle.loads(pickle.dumps(RunsCode(marker)))  # it would have been seen
    assert marker.exists()


def test_a_whole_module_in_a_file_is_refused(fit, path):
    torch.save(fit.model, path)
    with pytest.raises(ValueError, match="more than plain data"):
        xorlab.load_xor(path)


def test_a_newer_format_says_what_this_one_reads(fit, path, monkeypatch):
    monkeypatch.setattr("xorlab.fit.checkpoint.FORMAT", FORMAT + 1)
    fit.save(path)
    monkeypatch.undo()
    with pytest.raises(ValueError, match=rf"newer xorlab .*reads up to format {FORMAT}. Update"):
        xorlab.load_xor(path)


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"a": 1},
        [1, 2],
        torch.zeros(3),
        {"weight": torch.zeros(1, 2), "bias": torch.zeros(1)},
        {"kind": "xorlab fit"},
        {"kind": "xorlab fit", "format": "new"},
        {"kind": "xorlab fit", "format": 1},
        {"kind": "xorlab fit", "format": 1, "weights": {}},
        {"kind": "xorlab fit", "format": 1, "weights": 3},
        xorlab.SimpleClassifier(2, 4, 2).state_dict(),
    ],
)
def test_plain_data_of_another_kind_are_no_fit(path, content):
    torch.save(content, path)
    with pytest.raises(ValueError, match=r"fit\.pt' (is not a saved fit|does not hold a fit)"):
        xorlab.load_xor(path)


@pytest.mark.parametrize("error", [OSError("No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_half_way_leaves_the_old_file_and_nothing_else(
    fit, path, monkeypatch, error
):
    fit.save(path)
    whole = path.read_bytes()

    def half_way(content, file):
        file.write(b"half of it")
        raise error

    monkeypatch.setattr(torch, "save", half_way)
    with pytest.raises(type(error)):
        fit.save(path)
    assert path.read_bytes() == whole
    assert list(path.parent.iterdir()) == [path]


class Failing(io.BytesIO):
    """A file whose n-th write is stopped."""

    def __init__(self, error, at):
        super().__init__()
        self.error, self.left = error, at

    def write(self, content):
        self.left -= 1
        if self.left == 0:
            raise self.error
        return super().write(content)


@pytest.mark.parametrize("error", [OSError("No space left on device"), KeyboardInterrupt()])
def test_what_stops_a_write_is_raised_wherever_it_comes(fit, path, monkeypatch, error):
    for at in range(1, 40):
        file = Failing(error, at)
        monkeypatch.setattr(
            "xorlab.fit.checkpoint.replacing", lambda _, file=file: nullcontext(file)
        )
        with pytest.raises(type(error)):
            fit.save(path)


def test_a_new_file_has_the_usual_permissions_and_an_old_one_keeps_its_own(fit, path):
    usual = path.with_name("usual")
    usual.touch()
    fit.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)
    path.chmod(0o600)
    fit.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_written_is_read_back(path):
    write_checkpoint(path, {"a": {"b": np.arange(3)}, "c": [1, "two", None]})
    content = read_checkpoint(path)
    assert content["a"]["b"].tolist() == [0, 1, 2]
    assert content["c"] == [1, "two", None]


def test_a_link_stays_one_and_leads_to_the_new_file(fit, path):
    real = path.with_name("real.pt")
    path.symlink_to(real)
    fit.save(path)
    assert path.is_symlink()
    assert xorlab.load_xor(real).settings == fit.settings


@pytest.mark.parametrize("bad", [5, None, b"fit.pt", "", "a\0b"])
def test_what_is_no_name_of_a_file_is_named(fit, bad):
    for use in (xorlab.load_xor, fit.save, xorlab.read_study):
        with pytest.raises((TypeError, ValueError), match="`path` must be the name of a file, not"):
            use(bad)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_is_no_file_is_not_replaced(fit, path):
    os.mkfifo(path)
    with pytest.raises(OSError, match="is no file that could be replaced"):
        fit.save(path)
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_a_folder_that_cannot_be_written_to_is_named_before_the_training(path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match=r"The folder .* cannot be written to"):
        xorlab.train_xor(epochs=1, checkpoint=path)


def test_an_error_of_the_system_names_the_file_that_was_asked_for(fit, path, monkeypatch):
    def refused(**_):
        raise OSError(13, "Permission denied", "a name that nobody gave")

    monkeypatch.setattr("xorlab.files.tempfile.mkstemp", refused)
    with pytest.raises(OSError, match=r"Permission denied: '.*fit\.pt'$"):
        fit.save(path)


def test_torchs_default_type_does_not_change_what_is_made_and_read(path):
    usual = xorlab.train_xor(xorlab.XORDataset(40, seed=1), epochs=3, seed=1)
    torch.set_default_dtype(torch.float64)
    try:
        for engine in ("fused", "autograd"):
            other = xorlab.train_xor(xorlab.XORDataset(40, seed=1), epochs=3, seed=1, engine=engine)
            assert other.model.linear1.weight.dtype == torch.float32
            for name, weights in usual.weights().items():
                assert np.allclose(other.weights()[name], weights, atol=1e-6)
        other.save(path)
        assert np.array_equal(xorlab.load_xor(path).predict([[0, 0]]), other.predict([[0, 0]]))
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize("prefix", ["_orig_mod.", "module."])
def test_a_state_dict_of_a_wrapped_module_is_read(fit, tmp_path, prefix):
    weights = {f"{prefix}{name}": w for name, w in fit.model.state_dict().items()}
    torch.save(weights, tmp_path / "wrapped.pt")
    again = xorlab.load_xor(tmp_path / "wrapped.pt").weights()
    assert again.keys() == fit.weights().keys()
    assert all(np.array_equal(again[name], w) for name, w in fit.weights().items())


@pytest.mark.parametrize("content", [None, [1, 2], {}, {"a": 1}, torch.zeros(2)])
def test_a_file_of_something_else_is_told_apart_without_pythons_names_for_it(tmp_path, content):
    torch.save(content, tmp_path / "other.pt")
    with pytest.raises(ValueError, match="not a saved fit: it has none of the entries that make"):
        xorlab.load_xor(tmp_path / "other.pt")


def test_a_file_that_lacks_an_entry_says_which(tmp_path):
    torch.save({"kind": "xorlab fit", "format": 1}, tmp_path / "fit.pt")
    with pytest.raises(ValueError, match=r"can be used: 'weights' is missing"):
        xorlab.load_xor(tmp_path / "fit.pt")


def test_settings_without_a_history_are_no_fit_to_go_on_with(tmp_path):
    xorlab.train_xor(epochs=2, seed=1).save(tmp_path / "fit.pt")
    content = torch.load(tmp_path / "fit.pt", weights_only=True)
    del content["history"]
    torch.save(content, tmp_path / "fit.pt")
    with pytest.raises(ValueError, match="'history' is missing, which a fit with `settings` has"):
        xorlab.load_xor(tmp_path / "fit.pt")
