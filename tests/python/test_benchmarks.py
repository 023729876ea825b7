import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import config
from xorlab.device import one_thread
from xorlab.study.config import Net
from xorlab.study.nets import STACK, make_tasks, workers

from benchmarks.data_sets import FOLDS, data_sets, iris, mtcars, penguins_like
from benchmarks.fit import task_of
from benchmarks.job import Job, make_data
from benchmarks.limit import have_compiler, limit_task
from benchmarks.optimizers import JOBS
from benchmarks.own_data import accuracy, r_accuracies, table, write_csv
from benchmarks.peers.classifiers import METHODS
from benchmarks.peers.ours import engine
from benchmarks.peers.playground import have_node, train_playground
from benchmarks.peers.torch_loops import train_usual_loop
from benchmarks.report import against, read_rows, write_rows
from benchmarks.study import ABOUT as ABOUT_STUDIES
from benchmarks.study import CORES
from benchmarks.timing import Row, Sample, in_turn, summarise

RESULTS = Path("benchmarks/results/2-cores-amd-epyc.csv")
OWN_DATA = Path("benchmarks/results/own-data.csv")
needs_r = pytest.mark.skipif(not shutil.which("Rscript"), reason="there is no R here")
needs_node = pytest.mark.skipif(not have_node(), reason="there is no Node here")
PEERS = {
    "usual": train_usual_loop,
    "autograd": engine("autograd"),
    "fused": engine("fused"),
    "playground": pytest.param(train_playground, marks=needs_node),
}


@pytest.mark.parametrize("peer", PEERS.values(), ids=PEERS.keys())
def test_a_peer_learns_the_job(peer):
    with one_thread():
        sample = task_of(peer, Job(size=200, epochs=40, batch_size=10, lr=0.5))(1)
    assert sample.value > 0
    assert sample.accuracy > 0.97


@pytest.mark.skipif(not have_compiler(), reason="there is no C compiler here")
def test_c_learns_the_job_on_several_cores():
    sample = limit_task(30, cores=2)(1)
    assert sample.value > 0
    assert 0.97 < sample.accuracy < 1
    assert limit_task(30, cores=2)(1).accuracy == sample.accuracy
    assert limit_task(1, cores=3)(2).accuracy > 0.4  # of fewer nets than cores


@pytest.mark.parametrize("peer", [train_usual_loop, engine("fused")])
@pytest.mark.parametrize("job", [*JOBS.values()][1:], ids=[*JOBS][1:])
def test_every_optimizer_learns_the_job(peer, job):
    with one_thread():
        quick = dataclasses.replace(job, size=400, epochs=30, batch_size=10)
        assert task_of(peer, quick)(1).accuracy > 0.97


def test_the_fresh_points_are_not_those_trained_on():
    data = make_data(500, seed=1)
    assert not np.isin(data.test_x[:, 0], data.x[:, 0]).any()


def test_every_task_runs_once_in_each_round_and_every_other_round_backwards():
    order = []

    def task(name):
        return lambda number: order.append((number, name)) or Sample(1.0)

    samples = in_turn({"a": task("a"), "b": task("b")}, 2)
    assert order == [(0, "a"), (0, "b"), (1, "b"), (1, "a")]
    assert {name: len(measured) for name, measured in samples.items()} == {"a": 2, "b": 2}


def test_a_row_has_the_median_the_spread_and_the_lowest_accuracy():
    samples = [Sample(3.0, 0.9), Sample(1.0, 1.0), Sample(1.5, 0.99)]
    row = summarise("fit", "x", samples, unit="ms", scale=1e3)
    assert (row.value, row.low, row.high, row.repeats) == (1500, 1000, 3000, 3)
    assert (row.accuracy, row.accuracy_low) == (0.99, 0.9)


def test_rows_come_back_from_their_file(tmp_path):
    rows = [
        Row("fit", "xorlab, fused", "", 0.125, 0.1, 0.5, "s", 5, 1.0, 0.75, "a note"),
        Row("memory", "epoch", "peak", 2.5, 2.0, 3.0, "times", 3),
    ]
    write_rows(tmp_path / "rows.csv", rows)
    assert read_rows(tmp_path / "rows.csv") == rows


def test_speed_is_told_against_the_baseline_in_the_same_setting():
    slow = Row("growth", "usual", "4 points", 10.0, 9, 11, "s", 5)
    quick = dataclasses.replace(slow, name="ours", value=2.0)
    other = dataclasses.replace(slow, setting="8 points", value=40.0)
    assert against(quick, [slow, quick, other], "usual") == "5 times"


@pytest.fixture
def results(root):
    """The committed figures, each by what was measured in which setting."""
    rows = read_rows(root / RESULTS)
    return {(row.section, row.name, row.setting): row.value for row in rows}


def test_the_benchmark_says_that_a_study_takes_all_cores_and_the_loop_one(root):
    cell = config(4, "tanh", 0.1, 0.1, 2500, 100, 128)
    before = torch.get_num_threads()
    torch.set_num_threads(CORES)  # as for a study in the benchmark
    try:
        lengths = [len(seeds) for _, seeds in make_tasks(Net(cell, seed) for seed in range(1000))]
        assert workers() == CORES
    finally:
        torch.set_num_threads(before)
    assert len(lengths) > 1
    assert max(lengths) <= STACK
    assert f"stacks of up to {STACK} nets, on all cores" in ABOUT_STUDIES
    assert "by the usual loop, on one core" in ABOUT_STUDIES
    assert ABOUT_STUDIES in (root / RESULTS.with_suffix(".md")).read_text()


def test_the_help_says_how_much_faster_stacks_and_closed_forms_are(root, results):
    together = results["study", "seed_study", "1,000 runs"]
    alone = results["study", "seed_study", "1 runs"]
    assert 3 < alone / together < 10
    assert "several times faster than one after the other" in (root / "R/sweep.R").read_text()
    fused, autograd = (results["fit", f"xorlab, {name}", ""] for name in ("fused", "autograd"))
    assert autograd / fused > 10
    assert "closed-form gradients, many times faster" in (root / "R/training.R").read_text()


def test_every_optimizer_is_many_times_faster_by_closed_forms(results):
    for setting in JOBS:
        ours, loop = (
            results["optimizers", name, setting] for name in ("xorlab, fused", "DataLoader loop")
        )
        assert loop / ours > 10


def test_troubleshooting_says_how_long_a_training_takes(root, results):
    text = " ".join((root / "vignettes/troubleshooting.Rmd").read_text(encoding="utf-8").split())
    assert "After that `train_xor()` takes a twentieth of a second" in text
    assert 0.02 < results["startup", "train_xor() from R", ""] / 1000 <= 1 / 20


@needs_r
def test_every_fold_has_its_share_of_each_class():
    for data in data_sets():
        fold = data.folds(seed=1)
        counts = [np.bincount(data.y[fold == i + 1]) for i in range(FOLDS)]
        assert np.ptp(counts, axis=0).max() <= 1
        assert not np.array_equal(fold, data.folds(seed=2))


def test_r_reads_the_points_classes_and_folds_as_they_are(tmp_path):
    data = penguins_like()
    write_csv(tmp_path / "it.csv", data, range(1, 3))
    back = np.genfromtxt(tmp_path / "it.csv", delimiter=",", names=True)
    assert np.array_equal(back["x4"], data.x[:, 3])
    assert np.array_equal(back["class"], data.y)
    assert np.array_equal(back["fold2"], data.folds(2))


@needs_r
def test_r_and_python_judge_alike_on_the_same_folds():
    sets = [iris(), mtcars()]
    found = r_accuracies(sets, range(1, 3))
    logistic = next(m for m in METHODS if m.name == "LogisticRegression")
    for data in sets:
        by_r, nets = found[f"glm, multinom|{data.name}"], found[f"nnet|{data.name}"]
        assert len(by_r) == len(nets) == 2
        assert by_r[0] == pytest.approx(accuracy(logistic, data, 1), abs=10)
        assert min(nets) > 80


@pytest.mark.parametrize("method", [m for m in METHODS if m.classify], ids=lambda m: m.name)
def test_a_classifier_standardises_its_inputs(method):
    data = penguins_like()
    x = data.x * [1, 1, 1, 1000]
    called = method.classify(x[::2], data.y[::2], x[1::2], 1)
    assert np.mean(called == data.y[1::2]) > 0.9


def test_a_table_of_accuracies_has_methods_in_rows_and_sets_in_columns():
    first = Row("own_data", "ours", "iris", 95.25, 94, 96, "%", 10, note="epochs")
    other = dataclasses.replace(first, setting="moons", value=90.0)
    assert table([first, other])[0] == "|  | iris | moons | budget |"
    assert table([first, other])[2] == "| ours | 95.2 (94.0, 96.0) | 90.0 (94.0, 96.0) | epochs |"


def test_with_epochs_chosen_xorlab_is_at_most_2_points_behind_other_nets(root):
    rows = read_rows(root / OWN_DATA)
    value = {(row.name, row.setting): row.value for row in rows}
    sets = {row.setting for row in rows}
    assert {"iris", "mtcars", "penguins-like", "moons", "spirals", "circles"} == sets
    for name in sets:
        best = max(value["nnet", name], value["MLPClassifier", name])
        assert value["xorlab, epochs chosen", name] >= best - 2, name
    readme = (root / "benchmarks" / "README.md").read_text()
    assert "at most\n  2 points behind `nnet()` and `MLPClassifier` on each set" in readme
    for name in ("iris", "mtcars", "penguins-like"):
        nets = ("nnet", "MLPClassifier", "xorlab, epochs chosen")
        assert value["LogisticRegression", name] >= max(value[net, name] for net in nets) - 1
