import csv
import math
import pickle
import re
import tracemalloc

import pytest
import torch
import xorlab
from conftest import config
from hypothesis import given
from hypothesis import strategies as st
from xorlab.evaluation.corners import CORNER_CLASSES, CORNERS, CornerJudge
from xorlab.fit.interrupted import Interrupted
from xorlab.study import nets, stack
from xorlab.study.config import COLUMNS, Net, Run
from xorlab.study.summary import wilson_interval

CPU = torch.device("cpu")


def test_a_study_has_a_row_for_each_seed_in_order():
    study = xorlab.seed_study(runs=5, epochs=2, seed=11)
    assert [run.seed for _, run in study.rows] == [11, 12, 13, 14, 15]
    assert len(study) == study.planned == 5


def test_run_k_is_the_single_fit_with_that_seed():
    study = xorlab.seed_study(runs=3, epochs=20, std=0.2, size=300, lr=0.5, batch_size=32, seed=4)
    for i, (_, run) in enumerate(study.rows):
        data = xorlab.XORDataset(300, 0.2, run.seed)
        alone = xorlab.train_xor(data, epochs=20, lr=0.5, batch_size=32, seed=run.seed)
        assert run.loss == alone.history.loss[-1]
        again = study.fit(i)
        for name, weights in alone.weights().items():
            assert (weights == again.weights()[name]).all()


def test_a_study_is_the_same_however_it_is_cut_into_stacks(monkeypatch):
    whole = xorlab.seed_study(runs=7, epochs=3, seed=1).to_dict()
    monkeypatch.setattr(nets, "STACK", 2)
    assert xorlab.seed_study(runs=7, epochs=3, seed=1).to_dict() == whole


def test_stacks_are_short_where_the_data_are_large():
    cells = [config((4,), "tanh", 0.1, 0.1, size, 1, 128) for size in (2500, 10**7)]
    lengths = [
        max(len(seeds) for _, seeds in nets.make_tasks(Net(c, seed) for seed in range(200)))
        for c in cells
    ]
    assert lengths[0] > 30
    assert lengths[1] == 1


def test_solved_and_the_lost_corner_are_what_the_net_does():
    study = xorlab.seed_study(runs=40, hidden=2, seed=1)
    assert 0 < len(study.failed()) < 40  # two units often get stuck
    lost = 0
    for i in study.failed():
        _, run = study.rows[i]
        called = study.fit(i).predict(CORNERS)
        wrong = [
            str(corner)
            for corner, was, is_ in zip(CORNERS, called, CORNER_CLASSES, strict=True)
            if was != is_
        ]
        assert run.corner == " ".join(wrong)
        lost += len(wrong)
    assert lost > 0
    for _, run in study.rows:
        assert run.solved == (run.corner == "" and run.accuracy >= 0.995)


def test_a_net_whose_loss_is_not_finite_is_a_row_that_says_so():
    with pytest.warns(RuntimeWarning, match="2 of 2 nets diverged"):
        study = xorlab.seed_study(runs=2, hidden=[8, 8], activation="identity", lr=1e6, seed=1)
    for _, run in study.rows:
        assert math.isnan(run.loss)
        assert not run.solved


def test_the_global_states_are_as_they_were():
    torch.manual_seed(3)
    before, threads = torch.get_rng_state(), torch.get_num_threads()
    xorlab.seed_study(runs=4, epochs=1, seed=1)
    assert torch.equal(torch.get_rng_state(), before)
    assert torch.get_num_threads() == threads


def test_a_sweep_has_a_cell_for_each_combination_with_the_same_seeds():
    study = xorlab.xor_sweep(lr=[0.1, 1], hidden=[2, (4, 3)], runs=3, epochs=2, seed=1)
    cells = study.summary()
    assert [(c.hidden, c.lr) for c in cells] == [("2", 0.1), ("2", 1), ("4-3", 0.1), ("4-3", 1)]
    assert all(c.runs == 3 for c in cells)
    alone = xorlab.seed_study(runs=3, hidden=(4, 3), lr=1, epochs=2, seed=1)
    assert alone.rows == study.rows[-3:]


def test_a_saved_study_comes_back_as_it_was(tmp_path):
    study = xorlab.xor_sweep(lr=[0.1, 1e20], hidden=[2], runs=2, epochs=2, size=50, seed=1)
    study.save(tmp_path / "study.csv")
    again = xorlab.read_study(tmp_path / "study.csv")
    assert repr(again.rows) == repr(study.rows)  # NaN is not equal to itself


def test_a_file_that_is_no_study_is_named(tmp_path):
    for content in (b"", b"a,b\n1,2\n", b"\x89PNG\r\n", b"seed\nx\n"):
        (tmp_path / "bad.csv").write_bytes(content)
        with pytest.raises(ValueError, match=r"bad.csv' does not hold the table of a study"):
            xorlab.read_study(tmp_path / "bad.csv")
    (tmp_path / "bad.csv").write_text("seed,loss\n1,2\n")
    with pytest.raises(ValueError, match=r"hidden, activation, lr, .*, solved, corner, too"):
        xorlab.read_study(tmp_path / "bad.csv")
    with pytest.raises(FileNotFoundError, match=r"none.csv' does not exist"):
        xorlab.read_study(tmp_path / "none.csv")
    with pytest.raises(IsADirectoryError, match="is a folder, not a file"):
        xorlab.read_study(tmp_path)


@pytest.mark.parametrize(
    ("column", "bad", "message"),
    [
        ("hidden", "2.0", "`hidden` must be a whole number, not '2.0'"),
        ("hidden", "4-0", "`hidden` must be a whole number from 1"),
        ("activation", "swish", "`activation` must be 'tanh'"),
        ("lr", "nan", "`lr` must be a finite number above 0, not nan"),
        ("std", "-1", "`std` must be a finite number of at least 0"),
        ("size", "many", "`size` must be a whole number, not 'many'"),
        ("seed", "-1", "`seed` must be a whole number from 0"),
        ("loss", "?", "`loss` must be a number, not '?'"),
        ("solved", "maybe", "`solved` must be 'true' or 'false'"),
        ("accuracy", "7", "`accuracy` must be from 0 to 1, not 7.0"),
        ("corner", "left", "`corner` must be corners such as '(0, 1)'"),
    ],
)
def test_a_value_that_no_study_holds_is_named_with_its_row(tmp_path, column, bad, message):
    columns = xorlab.seed_study(runs=3, epochs=1, size=50, seed=1).to_dict()
    columns[column][1] = bad
    with open(tmp_path / "bad.csv", "w", newline="") as file:
        csv.writer(file).writerows([columns, *zip(*columns.values(), strict=True)])
    with pytest.raises(ValueError, match=f"in row 2, {re.escape(message)}"):
        xorlab.read_study(tmp_path / "bad.csv")


def test_a_file_that_a_spreadsheet_marked_is_read(tmp_path):
    study = xorlab.seed_study(runs=2, epochs=1, size=50, seed=1)
    study.save(tmp_path / "study.csv")
    marked = "\ufeff" + (tmp_path / "study.csv").read_text().replace("\n", "\r\n")
    (tmp_path / "study.csv").write_text(marked, newline="")
    assert xorlab.read_study(tmp_path / "study.csv").rows == study.rows


def test_a_file_that_r_wrote_by_itself_is_read_and_a_short_row_is_named(tmp_path):
    study = xorlab.Study([(config("2", "tanh", 0.1, 0.1, 50, 1, 128), Run(1, 0.1, 1.0, True, ""))])
    study.save(tmp_path / "study.csv")
    text = (tmp_path / "study.csv").read_text()
    (tmp_path / "study.csv").write_text(text.replace("True,,,", "TRUE,NA,NA,NA") + "\n\n")
    assert xorlab.read_study(tmp_path / "study.csv").rows == study.rows
    (tmp_path / "study.csv").write_text(text + "2,tanh\n")
    with pytest.raises(ValueError, match=f"row 2 must have {len(COLUMNS)} values, not 2"):
        xorlab.read_study(tmp_path / "study.csv")


def test_a_second_ctrl_c_loses_nothing_either(monkeypatch):
    monkeypatch.setattr(nets, "STACK", 1)
    monkeypatch.setattr(nets, "workers", lambda: 1)
    real, calls, pressed = nets.run_stack, [], []

    def interrupted(cell, seeds, device, stop):
        calls.append(seeds)
        if len(calls) > 2:  # the worker may begin on the fourth before the pool is shut down
            raise KeyboardInterrupt
        return real(cell, seeds, device, stop)

    def impatient(pool, **options):
        if not pressed:
            pressed.append(True)
            raise KeyboardInterrupt
        return shutdown(pool, **options)

    shutdown = nets.ThreadPoolExecutor.shutdown
    monkeypatch.setattr(nets, "run_stack", interrupted)
    monkeypatch.setattr(nets.ThreadPoolExecutor, "shutdown", impatient)
    with pytest.raises(xorlab.StudyInterrupted) as caught:
        xorlab.seed_study(runs=6, epochs=1, seed=1)
    assert len(caught.value.study) == 2
    assert pressed


def test_data_of_one_class_are_refused_as_by_a_single_fit():
    with pytest.raises(ValueError, match=r"must hold both classes, .*; a larger `size` has both"):
        xorlab.seed_study(runs=1, size=2, seed=0, epochs=1)


def test_large_nets_make_short_stacks():
    cells = [config((width, width), "tanh", 0.1, 0.1, 50, 1, 1) for width in (4, 2000)]
    tasks = [nets.make_tasks(Net(cell, seed) for seed in range(100)) for cell in cells]
    assert len(tasks[1]) > len(tasks[0])
    assert sum(len(seeds) for _, seeds in tasks[1]) == 100


def test_the_edge_of_what_counts_as_solved_is_half_a_hundredth(monkeypatch):
    for below, solved in ((0.0049, True), (0.0051, False)):
        monkeypatch.setattr(CornerJudge, "expected_accuracy", lambda *_, b=below: 1 - b)
        study = xorlab.seed_study(runs=1, seed=1)
        assert study.rows[0][1].solved is solved


def test_a_row_that_is_not_there_cannot_be_trained_again():
    study = xorlab.seed_study(runs=2, epochs=1, size=50, seed=1)
    with pytest.raises(IndexError, match="`row` must be less than the number of nets, 2, not 2"):
        study.fit(2)
    for bad in (-1, 0.5, "a"):
        with pytest.raises((TypeError, ValueError), match="`row` must be a whole number"):
            study.fit(bad)


def test_what_tells_the_cells_apart_is_shown():
    short, long = (xorlab.seed_study(runs=2, epochs=n, size=50, seed=1) for n in (1, 2))
    names = repr(xorlab.Study([*short.rows, *long.rows])).splitlines()[1].split()
    assert names[:6] == ["hidden", "activation", "lr", "std", "epochs", "solved"]
    assert "epochs" not in repr(short)
    assert [cell.epochs for cell in xorlab.Study([*short.rows, *long.rows]).summary()] == [1, 2]


def test_a_refused_call_draws_no_seed():
    before = torch.get_rng_state()
    for wrong in ({"device": "toaster"}, {"verbose": "loud"}):
        for study in (xorlab.seed_study, xorlab.xor_sweep):
            with pytest.raises((TypeError, ValueError)):
                study(runs=2, **wrong)
    assert torch.equal(torch.get_rng_state(), before)


def test_the_columns_of_an_interrupted_study_bring_it_back():
    study = xorlab.seed_study(runs=2, epochs=1, size=50, seed=1)
    again = xorlab.Study.from_dict(study.to_dict(), planned=5)
    assert again.rows == study.rows
    assert (len(again), again.planned) == (2, 5)


@pytest.fixture
def ctrl_c_after(monkeypatch):
    """From then on, stacks of one net meet Ctrl-C, whichever of them is begun."""

    def press(finished):
        real, calls = stack.run_stack, []

        def run_stack(cell, seeds, device, stop):
            calls.append(seeds)
            if len(calls) > finished:
                raise KeyboardInterrupt
            return real(cell, seeds, device, stop)

        monkeypatch.setattr(nets, "STACK", 1)
        monkeypatch.setattr(nets, "workers", lambda: 1)
        monkeypatch.setattr(nets, "run_stack", run_stack)

    return press


def test_an_interrupt_keeps_the_nets_that_are_finished_and_goes_on_its_way(ctrl_c_after):
    whole = xorlab.seed_study(runs=6, epochs=1, seed=1)
    ctrl_c_after(2)
    said = r"Interrupted: 2 of 6 nets were finished\. .* `resume_study\(\)` trains the others"
    with pytest.raises(KeyboardInterrupt, match=said) as caught:
        xorlab.seed_study(runs=6, epochs=1, seed=1)
    study = caught.value.study
    assert study.rows == whole.rows[:2]
    assert study.planned == 6
    assert "6 were planned; it was interrupted" in repr(study)
    assert xorlab.interrupted_study() is study
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.study.rows) == (str(caught.value), study.rows)


def test_an_interrupted_sweep_is_kept_too_and_a_later_study_does_not_replace_it(ctrl_c_after):
    ctrl_c_after(3)
    with pytest.raises(xorlab.StudyInterrupted) as caught:
        xorlab.xor_sweep(lr=[0.1, 1], hidden=2, runs=2, epochs=1, seed=1)
    assert [(config.settings.lr, run.seed) for config, run in caught.value.study.rows] == [
        (0.1, 1),
        (0.1, 2),
        (1, 1),
    ]
    ctrl_c_after(99)
    assert len(xorlab.seed_study(runs=2, epochs=1, seed=1)) == 2
    assert xorlab.interrupted_study() is caught.value.study


def test_an_interrupt_before_the_first_net_leaves_a_study_of_none(ctrl_c_after):
    ctrl_c_after(0)
    with pytest.raises(KeyboardInterrupt):
        xorlab.seed_study(runs=2, epochs=1, seed=1)
    assert (len(xorlab.interrupted_study()), xorlab.interrupted_study().planned) == (0, 2)
    assert repr(xorlab.interrupted_study()).startswith("Study of 0 nets (2 were planned")


def test_the_file_of_a_study_of_no_finished_net_says_how_many_were_planned(tmp_path):
    path = tmp_path / "none.csv"
    xorlab.Study([], planned=3600).save(path)
    assert (len(xorlab.read_study(path)), xorlab.read_study(path).planned) == (0, 3600)
    assert path.read_text().splitlines() == [
        ",".join([*COLUMNS, "planned"]),
        "," * len(COLUMNS) + "3600",
    ]
    xorlab.Study([]).save(path)
    assert (len(xorlab.read_study(path)), xorlab.read_study(path).planned) == (0, 0)
    # A row of nothing is a study of no net only where it says so, and alone.
    names = ",".join(COLUMNS)
    blank = "," * len(COLUMNS)
    for text in (f"{names}\n{blank[1:]}", f"{names},planned\n" + f"{blank}9\n" * 2):
        path.write_text(text)
        with pytest.raises(ValueError, match="in row 1, `hidden` must be a whole number"):
            xorlab.read_study(path)


def test_a_study_whose_trainings_diverged_warns_in_one_line():
    few = {"runs": 2, "epochs": 2, "size": 200, "seed": 1}
    said = r"2 of 2 nets diverged: .* \(it was 1e\+30\)\.$"
    with pytest.warns(RuntimeWarning, match=said) as seen:
        study = xorlab.seed_study(lr=1e30, **few)
    assert re.search(r"  \d(\.\d+)?e\+\d\d$", repr(study))  # not thirty digits
    assert len(seen) == 1
    assert seen[0].filename == __file__
    xorlab.xor_sweep(lr=[0.1, 1e30], hidden=4, **few)  # what each rate does is the question


def test_without_an_interrupt_there_is_no_such_study(monkeypatch):
    monkeypatch.setattr("xorlab.study.interrupted.interrupted", Interrupted())
    with pytest.raises(LookupError, match="No study was interrupted here"):
        xorlab.interrupted_study()


def test_the_file_of_an_interrupted_study_says_how_many_were_planned(tmp_path):
    whole = xorlab.seed_study(runs=3, epochs=1, size=50, seed=1)
    xorlab.Study(whole.rows, planned=3600).save(tmp_path / "part.csv")
    again = xorlab.read_study(tmp_path / "part.csv")
    assert again.rows == whole.rows
    assert again.planned == 3600
    assert "3600 were planned; it was interrupted" in repr(again)
    with open(tmp_path / "part.csv", newline="") as file:  # any reader of tables has it
        assert [row["planned"] for row in csv.DictReader(file)] == ["3600"] * 3
    whole.save(tmp_path / "whole.csv")
    assert "planned" not in (tmp_path / "whole.csv").read_text()
    assert xorlab.read_study(tmp_path / "whole.csv").planned == 3


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (["9", "8"], "`planned` must be the same in every row, not '9', '8'"),
        (["9", ""], "`planned` must be the same in every row, not '9', ''"),
        (["many"] * 2, "`planned` must be a whole number, not 'many'"),
        (["0"] * 2, "`planned` must be a whole number from 1"),
    ],
)
def test_a_planned_number_that_is_none_is_named(tmp_path, values, message):
    study = xorlab.seed_study(runs=2, epochs=1, size=50, seed=1)
    columns = {**study.to_dict(), "planned": values}
    with open(tmp_path / "bad.csv", "w", newline="") as file:
        csv.writer(file).writerows([columns, *zip(*columns.values(), strict=True)])
    with pytest.raises(ValueError, match=message):
        xorlab.read_study(tmp_path / "bad.csv")


def test_a_study_says_what_layers_its_nets_have_where_there_are_several():
    deep = xorlab.seed_study(runs=2, hidden=[2, 4], epochs=1, size=50, seed=1)
    assert repr(deep).startswith("Study of 2 nets with 2 hidden layers of 2 and 4 units\n")
    three = xorlab.xor_sweep(hidden=[(8, 8, 1)], lr=1, runs=1, epochs=1, size=50, seed=1)
    assert repr(three).startswith("Study of 1 net with 3 hidden layers of 8, 8 and 1 units\n")
    wide = xorlab.xor_sweep(hidden=[2, 4], lr=1, runs=1, epochs=1, size=50, seed=1)
    assert repr(wide).startswith("Study of 2 nets\n")
    mixed = xorlab.Study([*deep.rows, *wide.rows], planned=9)
    assert repr(mixed).startswith("Study of 4 nets (9 were planned")


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("hidden", [8, 8], r"`hidden` must hold each value once, but 8 .* a tuple: \[\(8, 8\)\]\."),
        ("hidden", (2, 4, 2.0), r"but 2 is there more than once.* \[\(2, 4, 2\)\]\."),
        ("hidden", [(8, 8), [8, 8]], r"each value once, but 8-8 is there more than once\.$"),
        ("hidden", [8, (8,)], r"each value once, but 8 is there more than once\.$"),
        ("lr", [1, 0.1, 1.0], r"`lr` must hold each value once, but 1 is there more than once\.$"),
        ("std", [0.1, 0.1], r"`std` must hold each value once, but 0.1 is there"),
        ("activation", ["tanh", "relu", "relu"], r"`activation` .*, but relu is there"),
    ],
)
def test_a_sweep_over_the_same_value_twice_is_refused(name, values, message):
    with pytest.raises(ValueError, match=message):
        xorlab.xor_sweep(**{name: values}, runs=1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: xorlab.seed_study(runs=10**8), "`runs` must make at most 1,000,000 nets in all"),
        (
            lambda: xorlab.xor_sweep(runs=10**5),
            r"at most 1,000,000 nets in all, not 100,000 of each of 32 configurations",
        ),
        (lambda: xorlab.xor_sweep(lr=range(1, 10**9)), "`lr` must hold from 1 to 1,000,000 val"),
        (
            lambda: xorlab.xor_sweep(std=range(10**5), hidden=range(1, 10**5), runs=1),
            "`runs` must make at most 1,000,000 nets",
        ),
    ],
)
def test_a_study_that_no_memory_would_hold_is_refused_before_it_takes_any(call, message):
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=message):
            call()
        assert tracemalloc.get_traced_memory()[1] < 200e6
    finally:
        tracemalloc.stop()


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_solves_its_equation(case):
    hits, trials = case
    for limit in wilson_interval(hits, trials):
        assert 0 <= limit <= 1
        # The limits are the shares from which the observed one is 1.96 standard errors away.
        distance = (hits / trials - limit) ** 2
        assert distance == pytest.approx(
            1.959963984540054**2 * limit * (1 - limit) / trials, abs=1e-9
        )


def test_the_printed_form_tells_the_share_and_its_interval():
    cell = config("4", "tanh", 0.1, 0.1, 2500, 100, 128)
    rows = [(cell, Run(seed, 0.02, 1.0, seed < 97, "")) for seed in range(100)]
    text = repr(xorlab.Study(rows))
    assert text.startswith("Study of 100 nets\n")
    assert re.search(r"97 of 100 +97.0% +91.5% to 99.0% +0.0200$", text)


@pytest.mark.parametrize("bad", [0, -1, 1.5, math.nan, "a", None, True, 3e9])
def test_runs_that_are_none_are_named(bad):
    with pytest.raises((TypeError, ValueError), match="`runs` must"):
        xorlab.seed_study(runs=bad)
    with pytest.raises((TypeError, ValueError), match="`runs` must"):
        xorlab.xor_sweep(runs=bad)


def test_settings_that_are_none_are_named():
    for name, bad in {"lr": 0, "hidden": [-1], "std": -1, "activation": "x", "size": 1}.items():
        with pytest.raises((TypeError, ValueError), match=f"`{name}` must"):
            xorlab.xor_sweep(**{name: bad})
    for name in ("lr", "hidden", "std", "activation"):
        with pytest.raises(ValueError, match=f"`{name}` must hold from 1 to 1,000,000 values"):
            xorlab.xor_sweep(**{name: []})
    with pytest.raises(ValueError, match="`seed` must be at most"):
        xorlab.seed_study(runs=10, seed=2**31 - 5)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_a_study_on_cuda_agrees_with_the_cpu():
    on_cpu, on_cuda = (
        xorlab.seed_study(runs=20, seed=1, device=device) for device in ("cpu", "cuda")
    )
    for (_, one), (_, other) in zip(on_cpu.rows, on_cuda.rows, strict=True):
        assert one.loss == pytest.approx(other.loss, abs=1e-3)


def test_the_progress_bar_counts_nets(capsys):
    xorlab.seed_study(runs=3, epochs=1, seed=1, verbose=True)
    assert "3/3" in capsys.readouterr().err


@pytest.mark.parametrize("finished", [0, 2, 3])
def test_an_interrupted_study_is_finished_from_memory_and_from_a_file(
    ctrl_c_after, tmp_path, finished
):
    sweep = {"lr": [0.1, 1], "hidden": 2, "runs": 2, "epochs": 1, "size": 50, "seed": 1}
    whole = xorlab.xor_sweep(**sweep)
    ctrl_c_after(finished)
    with pytest.raises(xorlab.StudyInterrupted) as caught:
        xorlab.xor_sweep(**sweep)
    part = caught.value.study
    part.save(tmp_path / "part.csv")
    again = xorlab.read_study(tmp_path / "part.csv")
    assert (again.rows, again.plan, again.planned) == (part.rows, whole.plan, 4)
    with open(tmp_path / "part.csv", newline="") as file:  # any reader of tables has it
        assert [bool(row["loss"]) for row in csv.DictReader(file)].count(True) == finished
    ctrl_c_after(99)
    assert xorlab.resume_study(again).rows == whole.rows
    assert xorlab.resume_study(tmp_path / "part.csv").rows == whole.rows
    assert xorlab.interrupted_study() is part
    finished_now = xorlab.resume_study()
    assert finished_now.rows == whole.rows
    assert (len(finished_now), finished_now.planned) == (4, 4)
    with pytest.raises(
        ValueError, match="`study` must be a study or a file: no study was interrupted"
    ):
        xorlab.resume_study()


def test_a_study_that_is_resumed_and_interrupted_again_goes_on_from_there(ctrl_c_after):
    whole = xorlab.seed_study(runs=5, epochs=1, size=50, seed=1)
    ctrl_c_after(2)
    with pytest.raises(xorlab.StudyInterrupted):
        xorlab.seed_study(runs=5, epochs=1, size=50, seed=1)
    ctrl_c_after(1)
    with pytest.raises(xorlab.StudyInterrupted) as caught:
        xorlab.resume_study()
    assert caught.value.study.rows == whole.rows[:3]
    ctrl_c_after(99)
    assert xorlab.resume_study().rows == whole.rows


def test_a_study_that_does_not_say_which_nets_are_missing_is_not_resumed(tmp_path):
    study = xorlab.seed_study(runs=2, epochs=1, size=50, seed=1)
    assert xorlab.resume_study(study).rows == study.rows  # nothing is missing
    with pytest.raises(ValueError, match="must say which of its 9 nets are missing"):
        xorlab.resume_study(xorlab.Study(study.rows, planned=9))
    with pytest.raises(
        TypeError, match=r"`study` must be a Study, the file of one, or None .*, not 3"
    ):
        xorlab.resume_study(3)


def test_a_plan_holds_every_row():
    study = xorlab.seed_study(runs=3, epochs=1, size=50, seed=1)
    with pytest.raises(ValueError, match="`plan` must have the configuration and seed of every"):
        xorlab.Study(study.rows, plan=study.plan[:2])
