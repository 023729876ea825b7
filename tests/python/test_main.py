import re

import numpy as np
import pytest
import xorlab
from matplotlib.image import imread
from xorlab.__main__ import main, make_parser
from xorlab.commands import study, training
from xorlab.commands.options import as_options
from xorlab.settings import HYPERPARAMETERS

# Another value of each hyperparameter than the usual one, as options too.
SETTINGS = {
    "hidden": (8, 2),
    "activation": "relu",
    "init": "xavier",
    "epochs": 3,
    "optimizer": "sgd",
    "lr": 0.05,
    "momentum": 0.5,
    "nesterov": True,
    "weight_decay": 0.01,
    "l1": 0.001,
    "batch_size": 30,
    "validation": 0.2,
    "patience": 2,
}
NET = """--hidden 8 2 --activation relu --init xavier --epochs 3 --optimizer sgd --lr 0.05
    --momentum 0.5 --nesterov --weight-decay 0.01 --l1 0.001 --batch-size 30 --validation 0.2
    --patience 2"""
QUICK = ["train", "--epochs", "2", "--size", "100", "--quiet"]


@pytest.fixture
def kept(fit, tmp_path):
    fit.save(tmp_path / "fit.pt")
    return tmp_path / "fit.pt"


def test_train_writes_a_fit_and_a_picture_and_prints_the_accuracy(run, tmp_path):
    code, out, err = run("train", "--seed", 1, "--out", "fit.pt", "--plot", "boundary.png")
    assert (code, err) == (0, "")
    assert out.startswith("Fit: 2-4-1 tanh net, 17 weights\n")
    assert "\nAccuracy of the model: 100.00%\n" in out
    assert out.endswith("Fit in fit.pt\nBoundary in boundary.png\n")
    again = xorlab.load_xor("fit.pt")
    expected = xorlab.train_xor(seed=1)
    for name, weights in expected.weights().items():
        assert np.array_equal(again.weights()[name], weights)
    assert imread(tmp_path / "boundary.png").shape[:2] == (720, 720)


def test_every_option_of_train_reaches_the_settings(run):
    data = "--size 90 --std 0.2 --seed 3 --device cpu --out f"
    code, _, _ = run("train", *data.split(), *NET.split())
    assert code == 0
    again = xorlab.load_xor("f")
    assert again.settings == xorlab.Settings(**SETTINGS, seed=3)
    expected = xorlab.train_xor(xorlab.XORDataset(90, 0.2, 3), **SETTINGS, seed=3)
    assert again.history.loss == expected.history.loss


def test_no_hidden_layer_is_an_option(run, tmp_path):
    code, out, _ = run(*QUICK, "--hidden", "0", "--out", str(tmp_path / "fit.pt"))
    assert code == 0
    assert "2-1 net (logistic regression), 3 weights" in out
    assert xorlab.load_xor(tmp_path / "fit.pt").settings.hidden == ()
    study = ["study", "--runs", "2", "--epochs", "2", "--hidden", "0"]
    assert run(*study, "--out", str(tmp_path / "study.csv"))[0] == 0
    assert xorlab.read_study(tmp_path / "study.csv").to_dict()["hidden"] == ["0", "0"]


def test_every_option_of_study_reaches_the_settings_of_its_nets(run):
    code, _, _ = run(
        "study", "--runs", 2, "--size", 90, "--seed", 3, *NET.split(), "--out", "s.csv"
    )
    assert code == 0
    study = xorlab.read_study("s.csv")
    assert {config.settings for config, _ in study} == {xorlab.Settings(**SETTINGS)}
    assert study.rows == xorlab.seed_study(2, **SETTINGS, size=90, seed=3).rows


def test_options_for_all_hyperparameters_are_tested():
    assert set(SETTINGS) == set(HYPERPARAMETERS)


def test_a_seed_fixes_all_that_is_printed_but_the_time(run):
    first, second = (
        re.sub(r"[\d.]+ s\n", "", run(*QUICK, "--seed", 5, "--std", 0.3)[1]) for _ in range(2)
    )
    assert first == second
    assert "Accuracy of the model: " in first


def test_the_test_points_are_others_than_the_trainings(run, monkeypatch):
    made = []

    def watched(new):
        return lambda *args, **options: made.append(new(*args, **options)) or made[-1]

    for name in ("toy_data", "more_of"):
        monkeypatch.setattr(training, name, watched(getattr(training, name)))
    run(*QUICK, "--size", 500, "--seed", 5)
    first, test = made
    assert len(test) == len(first) == 500
    assert not (test.data == first.data).any()


def test_eval_tests_a_kept_fit(run, kept, fit):
    code, out, _ = run("eval", kept, "--size", 300, "--std", 0.3, "--seed", 9)
    assert code == 0
    assert out == f"{fit.evaluate(xorlab.XORDataset(300, 0.3, 9))}\n"


def test_boundary_writes_a_picture(run, kept, tmp_path):
    code, out, _ = run("boundary", kept)
    assert (code, out) == (0, "Boundary in boundary.png\n")
    assert imread(tmp_path / "boundary.png").shape[:2] == (720, 720)


@pytest.mark.parametrize("name", ["boundary.csv", "BOUNDARY.CSV"])
def test_boundary_writes_a_table_whose_rows_are_the_points(run, kept, fit, name):
    assert run("boundary", kept, "--out", name)[0] == 0
    with open(name) as file:
        assert file.readline() == "x1,x2,prob\n"
        table = np.loadtxt(file, delimiter=",")
    assert table.shape == (200 * 200, 3)
    some = table[:: 40_000 // 37]
    assert fit.prob(some[:, :2]) == pytest.approx(some[:, 2], abs=1e-4)
    assert len(np.unique(table[:, :2], axis=0)) == len(table)


def test_info_prints_the_situation(run):
    code, out, _ = run("info")
    assert code == 0
    assert out == f"{xorlab.info()}\n"


@pytest.mark.parametrize(
    ("argv", "taught"),
    [
        (["--help"], ["info", "train", "eval", "boundary", "--out fit.pt --plot boundary.png"]),
        (["train", "--help"], ["--hidden N", "tanh, relu, sigmoid", "(2500)", "--seed 1"]),
        (["eval", "--help"], ["fresh points", "(500)", "--std 0.3"]),
        (["boundary", "--help"], [".csv", "(boundary.png)"]),
        (["--version"], [xorlab.__version__]),
    ],
)
def test_help_teaches(run, argv, taught):
    code, out, err = run(*argv)
    assert (code, err) == (0, "")
    assert all(words in out for words in taught)


BAD = [
    (["train", "--epochs", "0"], "--epochs must be a whole number from 1"),
    (["train", "--epochs", "many"], "--epochs must be a whole number .* not 'many'"),
    (["train", "--size", "-1"], "--size must be a whole number"),
    (["train", "--size", "1.5"], "--size must be a whole number"),
    (["train", "--size", "1"], "`data` must hold both classes, .* a larger --size has both"),
    (["train", "--engine", "Fused"], "--engine must be .* Did you mean 'fused'"),
    (["train", "--std", "nan"], "--std must be a finite number of at least 0, not nan"),
    (["train", "--std", "-0.1"], "--std must be a finite number of at least 0"),
    (["train", "--lr", "0"], "--lr must be a finite number above 0"),
    (["train", "--lr", "1e300"], "--lr must be at most 3.40282e\\+38"),
    (["study", "--lr", "1e300"], "--lr must be at most 3.40282e\\+38"),
    (["train", "--lr", "inf"], "--lr must be a finite number above 0"),
    (["train", "--hidden", "-1"], "--hidden must be a whole number from 0 to"),
    (["train", "--hidden", "4", "0"], "--hidden must be a whole number"),
    (["train", "--hidden", "3000000000"], "--hidden must be a whole number"),
    (["train", "--batch-size", "x"], "--batch-size must be a whole number"),
    (["train", "--seed", "-1"], "--seed must be a whole number from 0"),
    (["study", "--data", "moon"], "--data must be 'xor', 'circles'.* Did you mean 'moons'"),
    (["study", "--data", "own data"], "--data must be 'xor', 'circles'"),
    (["study", "--data", "moons", "--noise", "x"], "--std must be a finite number"),
    (["study", "--runs", "100000000"], "--runs must make at most 1,000,000 nets in all"),
    (["train", "--activation", "gelu"], "--activation must be 'tanh', 'relu'"),
    (["train", "--device", "gpu"], "--device must be 'auto'"),
    (["train", "--device", "cuda:99"], "is not on this machine, which has"),
    (["train", "--lr", "1e30", "--activation", "identity", "--hidden", "8", "8"], "smaller --lr "),
    (["train", "--out", ""], "--out must be the name of a file, not ''"),
    (["train", "--plot", ""], "--plot must be the name of a file, not ''"),
    (["train", "--lr"], "--lr: expected one argument"),
    (["train", "--colour", "red"], "unrecognized arguments: --colour"),
    (["eval", "missing.pt"], "'missing.pt' does not exist"),
    (["eval", ""], "`fit` must be the name of a file, not ''"),
    (["eval", "."], "'.' is a folder"),
    (["eval", "foreign.txt"], "'foreign.txt' is not a saved fit"),
    (["eval", "fit.pt", "--size", "0"], "--size must be a whole number"),
    (["eval", "fit.pt", "--std", "nan"], "--std must be a finite number"),
    (["eval"], "the following arguments are required: fit"),
    (["boundary", "foreign.txt"], "'foreign.txt' is not a saved fit"),
    (["boundary", "fit.pt", "--out", "missing/b.png"], "The folder 'missing' for 'b.png' does not"),
    (["boundary", "fit.pt", "--out", "fit.pt"], r"must end in \.png, .* not 'fit\.pt'"),
    (["dance"], "invalid choice: 'dance'"),
    ([], "arguments are required: COMMAND"),
]


@pytest.mark.parametrize(("argv", "message"), BAD, ids=lambda x: " ".join(x) if x else "none")
def test_bad_input_is_one_line_and_code_2(run, kept, tmp_path, argv, message):
    (tmp_path / "foreign.txt").write_text("hello")
    whole = kept.read_bytes()
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert re.fullmatch(rf"xorlab( {argv[0] if argv else ''})?: error: .+\n", err)
    assert re.search(message, err)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fit.pt", "foreign.txt"]
    assert kept.read_bytes() == whole


def test_only_options_of_the_command_at_hand_are_written_as_options():
    args = make_parser().parse_args(["eval", "fit.pt"])
    assert as_options(args, "`std`, `epochs`, `fit` and `x`") == "--std, `epochs`, `fit` and `x`"
    args = make_parser().parse_args(["study"])
    assert as_options(args, "`batch_size` and `engine`") == "--batch-size and `engine`"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--out", "missing/fit.pt"], "The folder 'missing' for 'fit.pt' does not exist"),
        (["--out", "."], "'.' is a folder"),
        (["--plot", "missing/b.png"], "The folder 'missing' for 'b.png' does not exist"),
        (["--plot", "b.xyz"], r"must end in \.png, \.pdf, \.svg .* not 'b\.xyz'"),
        (["--plot", "b"], "must end in"),
        (["--out", "both.png", "--plot", "./both.png"], "cannot both be in 'both.png'"),
        (["--std", "nan"], "--std must"),
    ],
)
def test_what_cannot_be_written_is_known_before_training(run, monkeypatch, options, message):
    monkeypatch.setattr(xorlab.Fit, "train", lambda *_, **__: pytest.fail("trained"))
    code, _, err = run("train", *options)
    assert code == 2
    assert re.search(message, err)


@pytest.mark.parametrize("error", [RuntimeError("can't allocate\nmemory"), MemoryError()])
def test_too_little_memory_is_one_line_and_code_2(run, monkeypatch, error):
    def too_large(*_, **__):
        raise error

    monkeypatch.setattr(xorlab.Fit, "train", too_large)
    code, _, err = run("train")
    assert code == 2
    assert err in ("xorlab train: error: can't allocate\n", "xorlab train: error: out of memory\n")


def test_a_training_that_diverged_is_one_line_on_stderr_and_is_kept(run, tmp_path):
    code, out, err = run(*QUICK, "--lr", "1e30", "--seed", 1, "--out", "fit.pt")
    assert code == 0
    assert out.startswith("Fit: ")
    assert re.fullmatch(
        r"xorlab train: warning: The loss rose from .*: the .* diverged\. Try a smaller --lr .*\n",
        err,
    )
    assert (tmp_path / "fit.pt").exists()


def test_ctrl_c_ends_with_130_and_one_line(run, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(xorlab.Fit, "train", interrupted)
    assert run("train") == (130, "", "xorlab: interrupted\n")


def test_ctrl_c_in_a_study_keeps_the_nets_that_are_finished(run, monkeypatch, tmp_path):
    rows = xorlab.seed_study(runs=3, epochs=1, seed=1).rows
    monkeypatch.setattr(study, "study_split", lambda *_: xorlab.Study(rows[:2], 3))
    code, out, err = run("study", "--out", tmp_path / "a.csv")
    assert (code, err) == (130, "xorlab: interrupted after 2 of 3 nets\n")
    assert out.startswith("Study of 2 nets (3 were planned; it was interrupted)")
    kept = xorlab.read_study(tmp_path / "a.csv")
    assert (len(kept), kept.planned) == (2, 3)
    monkeypatch.setattr(study, "study_split", lambda *_: xorlab.Study([], 3))
    assert run("study", "--out", tmp_path / "a.csv")[0] == 130
    assert len(xorlab.read_study(tmp_path / "a.csv")) == 2  # not replaced by nothing


def test_eval_takes_the_noise_of_the_fit_where_none_is_said(run, tmp_path):
    fit = xorlab.train_xor(xorlab.XORDataset(99, 0.4, seed=1), epochs=1, seed=1)
    fit.save(tmp_path / "fit.pt")
    assert "Best possible: 81.10%" in run("eval", tmp_path / "fit.pt")[1]
    assert "Best possible: 100.00%" in run("eval", tmp_path / "fit.pt", "--std", 0.1)[1]


def test_a_picture_or_table_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    xorlab.train_xor(epochs=1, seed=1).save(tmp_path / "fit.pt")

    def fails(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("matplotlib.figure.Figure.savefig", fails)
    monkeypatch.setattr("numpy.savetxt", fails)
    for name in ("b.png", "b.csv"):
        (tmp_path / name).write_text("old")
        assert main(["boundary", str(tmp_path / "fit.pt"), "--out", str(tmp_path / name)]) == 2
        assert (tmp_path / name).read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"fit.pt", "b.png", "b.csv"}


def test_ctrl_c_before_the_first_net_keeps_the_plan_where_no_file_is(run, monkeypatch, tmp_path):
    plan = xorlab.seed_study(runs=3, epochs=1, seed=1).plan
    monkeypatch.setattr(study, "study_split", lambda *_: xorlab.Study([], plan=plan))
    assert run("study", "--out", tmp_path / "a.csv")[0] == 130
    assert xorlab.read_study(tmp_path / "a.csv").plan == plan


def test_a_fit_of_ones_own_data_and_a_job_of_no_number_are_named(run, monkeypatch, tmp_path):
    fit = xorlab.train_xor(([[0.0, 1.0], [1.0, 2.0]], [0, 1]), epochs=1, seed=1)
    fit.save(tmp_path / "fit.pt")
    assert "trained on its own data" in run("eval", tmp_path / "fit.pt")[2]
    monkeypatch.setenv("WORLD_SIZE", "x")
    assert "WORLD_SIZE, which torchrun sets, must be a number, not 'x'" in run("study")[2]


def test_a_study_takes_toy_problems_as_python_does(run):
    code, out, err = run(
        *("study", "--data", "moons", "--noise", 0.2, "--size", 100),
        *("--runs", 3, "--epochs", 2, "--seed", 1, "--out", "a.csv", "--quiet"),
    )
    study = xorlab.seed_study(3, data="moons", std=0.2, size=100, epochs=2, seed=1)
    assert (code, out, err) == (0, f"{study}\nTable in a.csv\n", "")
    assert xorlab.read_study("a.csv").to_dict() == study.to_dict()
