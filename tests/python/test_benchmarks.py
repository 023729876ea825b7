import dataclasses

import numpy as np
import pytest
from xorlab.device import one_thread

from benchmarks.fit import task_of
from benchmarks.job import Job, make_data
from benchmarks.peers.ours import engine
from benchmarks.peers.playground import have_node, train_playground
from benchmarks.peers.torch_loops import train_usual_loop
from benchmarks.report import against, read_rows, write_rows
from benchmarks.timing import Row, Sample, in_turn, summarise

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
