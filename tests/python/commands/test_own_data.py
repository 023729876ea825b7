import csv
import re

import numpy as np
import pandas as pd
import pytest
import xorlab
from xorlab.data.csv_frame import read_csv

NET = ["--epochs", "20", "--seed", "1", "--quiet"]


@pytest.fixture
def table(run, tmp_path):
    """Measurements of three kinds of flowers, with a color each, as iris.csv; the rows."""
    generator = np.random.default_rng(1)
    kinds = np.repeat(["setosa", "versicolor", "virginica"], 20)
    length = np.repeat([1.5, 4.3, 5.5], 20) + generator.normal(0, 0.3, 60)
    width = 0.4 * length + generator.normal(0, 0.1, 60)
    color = generator.choice(["blue", "white, red", "violet"], 60)
    rows = [list(row) for row in zip(length, width, color, kinds, strict=True)]
    write(tmp_path / "iris.csv", rows)
    return rows


def write(path, rows, names=("Petal.Length", "Petal.Width", "Color", "Species")):
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([names, *rows])


@pytest.fixture
def fit(run, table):
    assert run("train", "iris.csv", "--target", "Species", "--out", "fit.pt", *NET)[0] == 0
    return xorlab.load_xor("fit.pt")


def read(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))


def test_train_gives_the_fit_of_python(fit, table):
    expected = xorlab.train_xor(read_csv("iris.csv"), "Species", epochs=20, seed=1)
    assert fit.levels == ("setosa", "versicolor", "virginica")
    assert fit.features == ("Petal.Length", "Petal.Width", "Color_violet", "Color_white, red")
    for name, weights in expected.weights().items():
        assert np.array_equal(fit.weights()[name], weights)


def test_train_prints_the_accuracy_on_the_training_data_and_says_so(run, table):
    code, out, err = run("train", "iris.csv", "--target", "Species", *NET)
    fit = xorlab.train_xor(read_csv("iris.csv"), "Species", epochs=20, seed=1)
    assert (code, err) == (0, "")
    assert (
        f"\nOn the data it was trained on (`xorlab eval` takes others):\n{fit.evaluate(fit.data)}"
        in out
    )


def test_rows_held_out_are_what_the_accuracy_is_printed_of(run, table):
    stopping = ["--validation", "0.3", "--patience", "1", "--optimizer", "adam", "--lr", "1"]
    options = [*stopping, "--epochs", "500", "--seed", "1", "--quiet"]
    code, out, err = run("train", "iris.csv", "--target", "Species", *options, "--out", "f.pt")
    given = {"validation": 0.3, "patience": 1, "optimizer": "adam", "lr": 1}
    fit = xorlab.train_xor(read_csv("iris.csv"), "Species", epochs=500, seed=1, **given)
    assert (code, err) == (0, "")
    assert fit.best_epoch < len(fit.history) < 500
    printed = (
        f"On the validation data, which it was not trained on:\n{fit.evaluate(fit.validation)}"
    )
    assert f"\n{printed}\n" in out
    kept = xorlab.load_xor("f.pt")
    assert kept.best_epoch == fit.best_epoch
    assert np.array_equal(kept.predict_proba(fit.data), fit.predict_proba(fit.data))


def test_a_training_that_has_ended_early_goes_on_where_the_epochs_are_said(run, table):
    stopping = ["--validation", "0.3", "--patience", "1", "--optimizer", "adam", "--lr", "1"]
    options = [*stopping, "--epochs", "200", "--seed", "1", "--quiet"]
    run("train", "iris.csv", "--target", "Species", *options, "--out", "f.pt")
    fit = xorlab.load_xor("f.pt")
    best, done = fit.best_epoch, len(fit.history)
    assert best < done < 200
    code, out, err = run("resume", "f.pt", "--quiet")
    assert (code, out) == (2, "")
    assert err == (
        f"xorlab resume: error: --epochs must be given, more than {best}: the training has ended, "
        f"after {done} epochs, and goes on from the best one, {best}.\n"
    )
    assert run("resume", "f.pt", "--epochs", done + 5, "--out", "g.pt", "--quiet")[0] == 0
    assert len(xorlab.load_xor("g.pt").history) == done + 5


def test_validation_data_may_come_from_a_file_with_the_columns_in_any_order(run, table, tmp_path):
    others = [[row[3], "x", *row[:3]] for row in table[1::3]]
    names = ("Species", "note", "Petal.Length", "Petal.Width", "Color")
    write(tmp_path / "others.csv", others, names)
    options = ["--validation", "others.csv", "--patience", "50", *NET, "--out", "f.pt"]
    assert run("train", "iris.csv", "--target", "Species", *options)[0] == 0
    fit = xorlab.load_xor("f.pt")
    expected = xorlab.train_xor(
        *(read_csv("iris.csv"), "Species"), validation=read_csv("others.csv"), epochs=20, seed=1
    )
    assert fit.history.val_loss == expected.history.val_loss
    assert len(fit.validation) == len(others)
    assert fit.settings.validation == "data"


def test_numbers_taken_as_text_are_text_in_a_file_for_validation_too(run, table, tmp_path):
    rows = [[row[0], i % 3, 1 + i % 2] for i, row in enumerate(table)]
    write(tmp_path / "n.csv", rows, ("a", "b", "y"))
    options = ["--text", "b", "y", "--validation", "n.csv", "--out", "f.pt", *NET]
    assert run("train", "n.csv", "--target", "y", *options)[0] == 0
    fit = xorlab.load_xor("f.pt")
    assert fit.evaluate(fit.data).accuracy == fit.history.val_accuracy[-1]


@pytest.mark.parametrize(
    ("rows", "names", "message"),
    [
        ([[1, 2, "blue", "rose"]], None, r"--validation must have the classes .* not \['rose'\]"),
        ([[1, 2, "black", "setosa"]], None, "--validation has new levels in the column 'Color'"),
        ([[1, "NA", "blue", "setosa"]], None, "'v.csv' must be complete, .* --drop-missing leaves"),
        ([[1, 2, "blue"]], ("Petal.Length", "Petal.Width", "Color"), "no column 'Species'"),
        ([], None, "'v.csv' has names of columns, but no rows"),
    ],
)
def test_a_file_for_validation_that_does_not_fit_is_named(
    run, table, tmp_path, rows, names, message
):
    write(tmp_path / "v.csv", rows, *([names] if names else []))
    code, out, err = run("train", "iris.csv", "--target", "Species", "--validation", "v.csv", *NET)
    assert (code, out) == (2, "")
    assert re.search(message, err)


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["train", "--validation", "v.csv"], "--validation must be a share of the points of a toy"),
        (["train", "--validation", "1"], "--validation must be a share of the rows, .* not 1"),
        (["train", "--patience", "3"], "--validation must be given for --patience, which is 3"),
        (["study", "--validation", "data"], "--validation must be a share of the rows in a study"),
        (["train", "--nesterov"], "--momentum must be above 0 for --nesterov, not 0"),
        (
            ["train", "--optimizer", "adam", "--momentum", "0.5"],
            "--momentum must be left out for the optimizer 'adam', not 0.5: only 'sgd' has it",
        ),
    ],
)
def test_hyperparameters_that_do_not_go_together_are_named_as_options(run, argv, message):
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert re.search(message, err)


def test_predict_writes_classes_and_probabilities_of_python(run, fit, tmp_path):
    code, out, err = run("predict", "fit.pt", "iris.csv", "--out", "p.csv")
    assert (code, out, err) == (0, "Predictions in p.csv\n", "")
    header, *rows = read("p.csv")
    assert header == ["class", "prob_setosa", "prob_versicolor", "prob_virginica"]
    frame = read_csv("iris.csv")
    assert [row[0] for row in rows] == fit.predict(frame).tolist()
    assert np.array_equal(np.array(rows)[:, 1:].astype(float), fit.predict_proba(frame))
    assert run("predict", "fit.pt", "iris.csv")[1] == (tmp_path / "p.csv").read_text()


def test_predict_takes_columns_in_any_order_and_leaves_rows_with_missing_values_empty(
    run, fit, table, tmp_path
):
    rows = [[i, row[2], row[1], row[0]] for i, row in enumerate(table)]
    rows[3][1], rows[5][2] = "", "NA"
    write(tmp_path / "new.csv", rows, ("id", "Color", "Petal.Width", "Petal.Length"))
    run("predict", "fit.pt", "iris.csv", "--out", "p.csv")
    run("predict", "fit.pt", "new.csv", "--out", "new-p.csv")
    old, new = read("p.csv"), read("new-p.csv")
    assert new[4] == new[6] == ["", "", "", ""]
    assert [row for i, row in enumerate(new) if i not in (4, 6)] == [
        row for i, row in enumerate(old) if i not in (4, 6)
    ]


def test_eval_prints_the_evaluation_of_python_on_other_rows(run, fit, table, tmp_path):
    write(tmp_path / "new.csv", table[:35])
    frame = read_csv(tmp_path / "new.csv")
    expected = f"{fit.evaluate(frame)}\n"
    assert run("eval", "fit.pt", "new.csv") == (0, expected, "")
    assert run("eval", "fit.pt", "--target", "Species", "new.csv") == (0, expected, "")
    assert "over 35 points" in expected


def test_diagnose_prints_the_diagnosis_of_python(run, fit, table, tmp_path):
    assert run("diagnose", "fit.pt") == (0, f"{xorlab.diagnose_xor(fit)}\n", "")
    write(tmp_path / "new.csv", table[10:50])
    on_others = xorlab.diagnose_xor(fit, read_csv("new.csv"))
    assert run("diagnose", "fit.pt", "new.csv") == (0, f"{on_others}\n", "")


def test_diagnose_of_xor_says_what_python_says(run, tmp_path):
    xor = xorlab.train_xor(seed=1)
    xor.save("xor.pt")
    assert run("diagnose", "xor.pt") == (0, f"{xorlab.diagnose_xor(xor)}\n", "")


def test_resume_gives_the_weights_of_one_training(run, fit, table):
    code, out, _ = run("resume", "fit.pt", "--epochs", 30, "--out", "longer.pt", "--quiet")
    assert code == 0
    assert out.endswith("Fit in longer.pt\n")
    longer, whole = (
        xorlab.load_xor("longer.pt"),
        xorlab.train_xor(read_csv("iris.csv"), "Species", epochs=30, seed=1),
    )
    for name, weights in whole.weights().items():
        assert np.array_equal(longer.weights()[name], weights)


def test_train_takes_toy_problems(run):
    options = ["--toy", "blobs", "--classes", "4", "--noise", "0.2", "--size", "90"]
    code, out, err = run("train", *options, "--out", "b.pt", *NET)
    assert (code, err) == (0, "")
    assert "over 500 points" in out
    data = xorlab.load_xor("b.pt").data
    expected = xorlab.toy_data("blobs", 90, 0.2, seed=1, classes=4)
    assert np.array_equal(data.data, expected.data)
    assert (data.origin, len(data.levels)) == (expected.origin, 4)
    assert "over 80 points" in run("eval", "b.pt", "--size", 80)[1]


def test_columns_text_scale_and_inputs_reach_the_training(run, table, tmp_path):
    rows = [[row[0], row[1], 1 + i % 2, i % 3 + 1] for i, row in enumerate(table)]
    write(tmp_path / "n.csv", rows, ("a", "b", "c", "y"))
    run("train", "n.csv", "--target", "y", "--text", "y", "c", "--out", "f.pt", *NET)
    fit = xorlab.load_xor("f.pt")
    assert (fit.levels, fit.features) == (("1", "2", "3"), ("a", "b", "c_2"))
    assert run("eval", "f.pt", "n.csv")[0] == 0  # whose numbers are text again
    options = ["--columns", "b", "a", "--scale", "False", "--inputs", "x1*x2", "x1"]
    assert (
        run("train", "n.csv", "--target", "y", "--text", "y", "--out", "f.pt", *NET, *options)[0]
        == 0
    )
    fit = xorlab.load_xor("f.pt")
    assert (fit.features, fit.inputs) == (("b", "a"), ("x1*x2", "x1"))
    assert fit.preparation.scale is None


def test_rows_with_missing_values_are_counted_or_left_out(run, fit, table, tmp_path):
    table[2][1], table[7][3], table[9][0] = "", "NA", ""
    write(tmp_path / "gaps.csv", table)
    code, out, err = run("train", "gaps.csv", "--target", "Species", *NET)
    assert (code, out) == (2, "")
    assert err == (
        "xorlab train: error: 'gaps.csv' must be complete, but values are missing in 3 of 60 rows "
        "(the first in line 4). --drop-missing leaves such rows out.\n"
    )
    options = ["--drop-missing", "--out", "g.pt", *NET]
    code, _, err = run("train", "gaps.csv", "--target", "Species", *options)
    assert (code, err) == (
        0,
        "xorlab train: warning: 3 of 60 rows of 'gaps.csv' with missing values are left out.\n",
    )
    assert len(xorlab.load_xor("g.pt").data) == 57
    assert run("eval", "fit.pt", "gaps.csv")[0] == 2
    assert "over 57 points" in run("eval", "fit.pt", "gaps.csv", "--drop-missing")[1]


def test_columns_that_nobody_asked_for_may_have_gaps_when_a_net_is_tested(run, fit, table):
    write("more.csv", [[*row, ""] for row in table], (*read("iris.csv")[0], "note"))
    assert run("eval", "fit.pt", "more.csv")[1] == run("eval", "fit.pt", "iris.csv")[1]


def test_boundary_takes_the_data_s_own_units_and_names(run, fit):
    assert run("boundary", "fit.pt", "--out", "b.csv")[0] == 0
    header, *rows = read("b.csv")
    assert header == [
        "Petal.Length",
        "Petal.Width",
        "prob_setosa",
        "prob_versicolor",
        "prob_virginica",
    ]
    surface = fit.boundary()
    table = np.array(rows[:: 40_000 // 37], dtype=float)
    assert table[:, 2:].sum(axis=1) == pytest.approx(1, abs=1e-5)
    at = [np.abs(surface.x1 - one).argmin() for one in table[:, 0]]
    to = [np.abs(surface.x2 - one).argmin() for one in table[:, 1]]
    assert surface.prob[at, to] == pytest.approx(table[:, 2:], abs=1e-5)
    lengths = [float(row[0]) for row in rows]
    assert min(lengths) < 2 < 5 < max(lengths)
    assert run("boundary", "fit.pt", "--vars", "Petal.Width", "Petal.Length")[0] == 0


BAD = [
    (["train", "iris.csv"], "--target must name the column of 'iris.csv' that holds the classes; "),
    (["train", "--target", "Species"], "--target is about a file of data, which must be named"),
    (["train", "--drop-missing"], "--drop-missing is about a file of data"),
    (["train", "iris.csv", "--target", "species"], "no column 'species'. Did you mean 'Species'?"),
    (["train", "iris.csv", "--target", "y"], "'iris.csv' has no column 'y'. It has 'Petal.Length'"),
    (["train", "iris.csv", "--target", "Petal.Width"], "--target must name classes, and 0."),
    (["train", "iris.csv", "--target", "Species", "--columns", "a"], "has no column 'a'"),
    (["train", "iris.csv", "--target", "Species", "--toy", "xor"], "--toy must be left out beside"),
    (["train", "iris.csv", "--target", "Species", "--std", "0"], "--std must be left out beside a"),
    (
        ["train", "iris.csv", "--target", "Species", "--scale", "x"],
        "--scale must be True, False or",
    ),
    (["train", "iris.csv", "--target", "Species", "--inputs", "x1"], "--inputs must be left out"),
    (["train", "no.csv", "--target", "Species"], "'no.csv' does not exist."),
    (["train", ".", "--target", "Species"], "'.' is a folder, not a file."),
    (["train", "fit.pt", "--target", "Species"], "'fit.pt' must be text in UTF-8."),
    (["train", "names.csv", "--target", "y"], "'names.csv' must have at most 100 levels"),
    (["train", "one.csv", "--target", "y"], "--target must hold from 2 to 100 classes, not 1"),
    (["train", "--toy", "moon"], "--toy must be 'xor', 'circles', 'moons'"),
    (["train", "--toy", "moons", "--noise", "-1"], "--std must be a finite number of at least 0"),
    (["train", "--toy", "moons", "--classes", "3"], "--classes must be 2 for 'moons', not 3"),
    (["eval", "fit.pt"], "of which `eval` can make no more: name a file"),
    (["eval", "fit.pt", "names.csv"], "'names.csv' has no column 'Species'."),
    (["eval", "fit.pt", "names.csv", "--target", "y"], "'names.csv' must have all columns of the"),
    (["eval", "fit.pt", "other.csv"], "'other.csv' must have the classes ('setosa', 'versicolor'"),
    (["eval", "fit.pt", "iris.csv", "--size", "9"], "--size must be left out beside a file"),
    (["eval", "fit.pt", "iris.csv", "--seed", "9"], "--seed must be left out beside a file"),
    (["eval", "fit.pt", "a", "b"], "unrecognized arguments: b"),
    (["predict", "fit.pt"], "the following arguments are required: data.csv"),
    (
        ["predict", "fit.pt", "color.csv"],
        "'color.csv' has new levels in the column 'Color', 1 level",
    ),
    (["predict", "fit.pt", "names.csv"], "'names.csv' must have all columns of the training data"),
    (
        ["predict", "fit.pt", "iris.csv", "--out", "no/p.csv"],
        "The folder 'no' for 'p.csv' does not",
    ),
    (["predict", "no.pt", "iris.csv"], "'no.pt' does not exist."),
    (["diagnose", "fit.pt", "no.csv"], "'no.csv' does not exist."),
    (["resume", "fit.pt"], "--epochs must be given, more than 20: all that were planned are done."),
    (["resume", "fit.pt", "--epochs", "20"], "--epochs must be more than the 20 that the fit has"),
    (["resume", "no.pt", "--epochs", "20"], "'no.pt' does not exist."),
    (["boundary", "fit.pt", "--vars", "a", "Petal.Width"], "--vars must name columns of the data"),
]


@pytest.mark.parametrize(("argv", "message"), BAD, ids=lambda one: " ".join(one))
def test_bad_input_is_one_line_and_code_2_and_writes_nothing(
    run, fit, table, tmp_path, argv, message
):
    write(tmp_path / "names.csv", [[f"row {i}", i % 2] for i in range(150)], ("name", "y"))
    write(tmp_path / "one.csv", [[i, "a"] for i in range(9)], ("x", "y"))
    write(tmp_path / "other.csv", [[*row[:3], "rose"] for row in table])
    write(tmp_path / "color.csv", [[*row[:2], "green", row[3]] for row in table])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert re.fullmatch(rf"xorlab( {argv[0]})?: error: .+\n", err)
    assert message in err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_ctrl_c_keeps_the_fit_so_far_and_resume_goes_on_with_it(run, table, monkeypatch):
    train = xorlab.Fit.train

    def interrupted(self, *args, **options):
        self.settings, planned = xorlab.Settings(epochs=8, seed=1), self.settings
        train(self)
        self.settings = planned
        raise xorlab.TrainingInterrupted(self, planned.epochs)

    with monkeypatch.context() as patched:
        patched.setattr(xorlab.Fit, "train", interrupted)
        code, out, err = run("train", "iris.csv", "--target", "Species", "--out", "f.pt", *NET)
    assert (code, out) == (130, "")
    assert err == "xorlab: interrupted after 8 of 20 epochs; the fit so far is in f.pt\n"
    assert run("resume", "f.pt", "--out", "f.pt", "--quiet")[0] == 0
    whole = xorlab.train_xor(read_csv("iris.csv"), "Species", epochs=20, seed=1)
    for name, weights in whole.weights().items():
        assert np.array_equal(xorlab.load_xor("f.pt").weights()[name], weights)


@pytest.mark.parametrize(
    ("command", "taught"),
    [
        ("train", ["data.csv", "--target NAME", "your own data:", "a toy problem instead:"]),
        ("resume", ["fit.pt", "--epochs 200 --out longer.pt"]),
        ("predict", ["fit.pt data.csv", "predictions.csv"]),
        ("diagnose", ["fit.pt [data.csv]", "--target NAME"]),
    ],
)
def test_help_teaches(run, command, taught):
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    assert all(words in out for words in taught)
    assert max(map(len, out.split("\n"))) <= 80


def test_the_readme_s_commands_run(run, table, root):
    blocks = re.findall(r"```console\n(.+?)```", (root / "README.md").read_text(), re.DOTALL)
    commands = [
        line for block in blocks for line in block.split("\n") if line.startswith("xorlab ")
    ]
    assert {line.split()[1] for line in commands} >= {"train", "eval", "predict", "resume", "study"}
    write("new.csv", table[:10])
    for line in commands:
        words = line.removeprefix("xorlab ").split()
        code, out, err = run(
            *words, *(["--quiet"] if words[0] in ("train", "resume", "study") else [])
        )
        assert (code, err) == (0, ""), line
        assert out


def test_a_fit_of_a_frame_takes_its_truth_values_and_numeric_categories_from_a_file(run, tmp_path):
    frame = pd.DataFrame(
        {
            "a": np.arange(12.0),
            "yes": [True, False, False] * 4,
            "gears": pd.Categorical([3, 4, 5, 5] * 3),
            "both": pd.Categorical([True, False] * 6),
            "late": [True] * 5 + [False] * 7,
        }
    )
    fit = xorlab.train_xor(frame, "late", epochs=5, seed=1)
    fit.save("frame.pt")
    for written in (frame, frame.astype(str).replace({"True": "TRUE", "False": "FALSE"})):
        written.to_csv("frame.csv", index=False)
        code, out, err = run("eval", "frame.pt", "frame.csv")
        assert (code, err) == (0, "")
        assert out == f"{fit.evaluate(frame)}\n"
        code, _, err = run("predict", "frame.pt", "frame.csv", "--out", "p.csv")
        assert (code, err) == (0, "")
        assert [row[0] for row in read("p.csv")[1:]] == [str(one) for one in fit.predict(frame)]


def test_labels_that_are_other_numbers_lead_to_the_option_that_takes_them_as_text(run, tmp_path):
    (tmp_path / "n.csv").write_text("a,y\n" + "".join(f"{i},{1 + i % 2}\n" for i in range(8)))
    code, _, err = run("train", "n.csv", "--target", "y")
    assert code == 2
    assert "not 1, 2. Other numbers can name classes as text (--text)." in err
