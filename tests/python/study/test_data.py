"""Studies of other data than XOR."""

import csv
import math
import pickle

import numpy as np
import pandas
import pytest
import torch
import xorlab
from conftest import config
from xorlab.data.origin import NOISES
from xorlab.data.split import held_out
from xorlab.data.toys import TOYS
from xorlab.seed import make_generator
from xorlab.study import nets, stack
from xorlab.study.config import OWN, Run
from xorlab.study.samples import FRESH_POINTS, draw_samples

OTHERS = [kind for kind in NOISES if kind != "xor"]


def flowers(count=150, classes=("a", "b", "c")):
    """Data in columns of very different units, in classes that overlap a little."""
    generator = np.random.default_rng(1)
    label = np.arange(count) % len(classes)
    x = generator.normal(size=(count, 3)) + label[:, None]
    return xorlab.as_xor_data(x * [1, 1000, 0.01], np.array(classes)[label])


def same_weights(one, other):
    return all(np.array_equal(one.weights()[name], other.weights()[name]) for name in one.weights())


def test_without_data_or_noise_a_study_is_of_xor_with_a_noise_of_a_tenth():
    study = xorlab.seed_study(runs=2, epochs=2, size=100, seed=1)
    told = xorlab.seed_study(runs=2, epochs=2, size=100, seed=1, std=0.1, data="xor")
    assert study.rows == told.rows
    assert study.to_dict()["data"] == ["xor"] * 2
    assert repr(study).splitlines()[1].split()[:5] == [
        "hidden",
        "activation",
        "lr",
        "std",
        "solved",
    ]


@pytest.mark.parametrize("kind", OTHERS)
def test_a_net_is_the_single_fit_on_the_toy_problem_of_its_seed(kind):
    study = xorlab.seed_study(runs=3, data=kind, epochs=10, size=200, lr=0.5, seed=4)
    for i, (_, run) in enumerate(study):
        data = xorlab.toy_data(kind, 200, seed=run.seed)
        alone = xorlab.train_xor(data, epochs=10, lr=0.5, seed=run.seed)
        assert run.loss == alone.history.loss[-1]
        assert same_weights(study.fit(i), alone)
        assert (run.solved, run.corner) == (None, "")


def test_the_noise_is_the_kinds_own_or_the_one_given():
    study = xorlab.xor_sweep(0.1, 4, data=["xor", "spirals"], runs=1, epochs=1, size=50, seed=1)
    assert [one.std for one in study.summary()] == [0.1, 0.05]
    loud = xorlab.seed_study(1, data="moons", std=0.4, epochs=3, size=90, seed=2)
    alone = xorlab.train_xor(xorlab.toy_data("moons", 90, 0.4, seed=2), epochs=3, seed=2)
    assert loud[0][1].loss == alone.history.loss[-1]


@pytest.mark.parametrize("kind", ["moons", "blobs"])
def test_accuracy_is_that_on_fresh_points_which_are_the_same_for_all_nets(kind):
    study = xorlab.seed_study(runs=2, data=kind, epochs=10, size=200, seed=4)
    origin = xorlab.toy_data(kind, 1, seed=1).origin
    made = TOYS[kind](FRESH_POINTS, origin.noise, origin.classes, make_generator(0, "test"))
    for i, (_, run) in enumerate(study):
        assert run.accuracy == study.fit(i).evaluate(made).accuracy
        more = xorlab.toy_data(kind, 50_000, seed=99)
        assert run.accuracy == pytest.approx(study.fit(i).evaluate(more).accuracy, abs=0.02)


@pytest.mark.parametrize("classes", [("a", "b"), ("a", "b", "c")])
def test_a_net_on_own_data_is_the_single_fit_on_the_rows_that_were_not_held_out(classes):
    data = flowers(150, classes)
    study = xorlab.seed_study(runs=4, data=data, epochs=20, batch_size=50, seed=3)
    for i, (cell, run) in enumerate(study):
        train, test = held_out(data, 0.2, run.seed)
        assert len(test) == 30
        alone = xorlab.train_xor(data.take(train), epochs=20, batch_size=50, seed=run.seed)
        assert run.loss == alone.history.loss[-1]
        assert run.accuracy == alone.evaluate(data.take(test)).accuracy
        called = alone.predict(data.points[test])
        assert run.accuracy == np.mean(called == np.array(data.levels)[data.label[test]])
        again = study.fit(i)
        assert same_weights(again, alone)
        np.testing.assert_array_equal(again.preparation.center, alone.preparation.center)
        assert (cell.data, cell.size, cell.std, run.solved) == (OWN, 150, None, None)
    assert len({run.accuracy for _, run in study}) > 1


def test_a_pair_of_points_and_labels_is_data_too():
    data = flowers(60)
    labels = np.array(data.levels)[data.label]
    pair = xorlab.seed_study(runs=2, data=(data.points.numpy(), labels), epochs=3, seed=1)
    whole = xorlab.seed_study(runs=2, data=data, epochs=3, seed=1)
    assert pair.to_dict() == whole.to_dict()


def test_points_of_a_toy_problem_that_are_given_are_held_out_too_and_not_scaled():
    data = xorlab.toy_data("moons", 100, seed=5)
    study = xorlab.seed_study(runs=1, data=data, epochs=3, seed=1)
    assert study.fit(0).preparation is None
    assert study[0][0].data == OWN


def test_a_study_of_own_data_is_the_same_however_it_is_cut_into_stacks(monkeypatch):
    whole = xorlab.seed_study(runs=7, data=flowers(), epochs=3, seed=1).to_dict()
    monkeypatch.setattr(nets, "STACK", 2)
    assert xorlab.seed_study(runs=7, data=flowers(), epochs=3, seed=1).to_dict() == whole


def test_a_column_that_is_constant_for_some_nets_is_left_out_by_those():
    base = flowers(40, ("a", "b"))
    rare = torch.zeros(40, 1, dtype=torch.float64)
    rare[3] = 1  # held out of one net in five
    points = torch.cat([base.points, rare], dim=1)
    data = xorlab.as_xor_data(points, np.array(base.levels)[base.label])
    study = xorlab.seed_study(runs=20, data=data, epochs=2, seed=1)
    widths = set()
    for seed in range(1, 21):
        train, _ = held_out(data, 0.2, seed)
        columns = 4 if 3 in train else 3
        assert len(study.fit(seed - 1).inputs) == columns
        widths.add(columns)
    assert widths == {3, 4}
    assert [run.seed for _, run in study] == list(range(1, 21))
    for i in (0, 7, 19):
        assert study[i][1].loss == study.fit(i).history.loss[-1]


def test_columns_that_never_vary_are_named_once():
    base = flowers(40)
    points = torch.cat([base.points, torch.ones(40, 1, dtype=torch.float64)], dim=1)
    data = xorlab.as_xor_data(points, base.label.numpy())
    with pytest.warns(UserWarning, match="do not vary are left out: 'x4'") as seen:
        xorlab.seed_study(runs=4, data=data, epochs=1, seed=1)
    assert len(seen) == 1
    assert seen[0].filename == __file__


def test_a_sweep_over_data_has_a_configuration_for_each():
    own = flowers(60)
    study = xorlab.xor_sweep(
        [0.1, 1], 2, data=["xor", "blobs", own], runs=2, epochs=2, size=80, seed=1
    )
    cells = study.summary()
    assert [(one.data, one.lr) for one in cells] == [
        *(("xor", 0.1), ("xor", 1)),
        *(("blobs", 0.1), ("blobs", 1)),
        *((OWN, 0.1), (OWN, 1)),
    ]
    assert [one.size for one in cells[::2]] == [80, 80, 60]
    assert [one.solved is None for one in cells[::2]] == [False, True, True]
    alone = xorlab.seed_study(runs=2, hidden=2, data=own, lr=1, epochs=2, seed=1)
    assert study.rows[-2:] == alone.rows
    assert study.failed() == [i for i in range(4) if not study[i][1].solved]


def test_the_summary_tells_quantiles_of_the_accuracy():
    cell = config((4,))
    runs = [Run(seed, 0.3, seed / 100, None, "") for seed in range(101)]
    moons = xorlab.seed_study(1, data="moons", epochs=1, size=50, seed=1)[0][0]
    (one,) = xorlab.Study([(moons, run) for run in runs]).summary()
    assert (one.accuracy, one.accuracy_low, one.accuracy_high) == pytest.approx((0.5, 0.05, 0.95))
    assert (one.solved, one.share, one.lower, one.upper) == (None,) * 4
    few = [Run(seed, 0.3, accuracy, True, "") for seed, accuracy in enumerate((0.9, math.nan, 0.4))]
    (one,) = xorlab.Study([(cell, run) for run in few]).summary()
    expected = np.quantile([0.9, 0, 0.4], [0.5, 0.05, 0.95])
    assert (one.accuracy, one.accuracy_low, one.accuracy_high) == pytest.approx(tuple(expected))
    assert one.solved == 3


def test_other_data_print_accuracy_in_place_of_how_many_solved():
    moons = xorlab.seed_study(1, data="moons", epochs=1, size=50, seed=1)[0][0]
    study = xorlab.Study([(moons, Run(seed, 0.25, 0.9, None, "")) for seed in range(4)])
    assert repr(study).splitlines() == [
        "Study of 4 nets",
        "hidden  activation   lr  std   data  nets  accuracy     5 % to 95 %    loss",
        "     4        tanh  0.1  0.1  moons     4     90.0%  90.0% to 90.0%  0.2500",
    ]
    mixed = xorlab.Study([*study, (config((4,)), Run(0, 0.1, 0.75, False, "(0, 1)"))])
    assert repr(mixed).splitlines()[1].split()[:6] == [
        *("hidden", "activation", "lr", "std", "data", "size")
    ]
    assert "75.0% to 75.0%" in repr(mixed).splitlines()[3]
    own = xorlab.seed_study(1, data=flowers(30), epochs=1, seed=1)
    assert repr(own).splitlines()[2].split()[3:6] == ["-", "own", "data"]


def test_nets_whose_weights_are_not_finite_have_no_accuracy():
    with pytest.warns(RuntimeWarning, match="2 of 2 nets diverged"):
        study = xorlab.seed_study(
            runs=2, data="moons", hidden=[8, 8], activation="identity", lr=1e6, seed=1
        )
    for _, run in study:
        assert math.isnan(run.loss)
        assert math.isnan(run.accuracy)
        assert run.solved is None


def test_a_study_is_a_sequence_of_its_rows():
    study = xorlab.seed_study(runs=4, epochs=1, size=50, seed=1)
    assert list(study) == study.rows
    assert [run.seed for _, run in study] == [1, 2, 3, 4]
    assert study[0] == study.rows[0]
    assert study[-1] == study[np.int64(3)] == study.rows[3]
    part = study[1:3]
    assert isinstance(part, xorlab.Study)
    assert (part.rows, part.planned) == (study.rows[1:3], 2)
    assert study[::-1][0] == study[3]
    with pytest.raises(IndexError):
        study[4]
    with pytest.raises(TypeError):
        study["lr"]


def test_the_file_of_a_study_of_a_toy_problem_brings_all_of_it_back(tmp_path):
    study = xorlab.xor_sweep(0.1, 2, data=["xor", "blobs"], runs=2, epochs=2, size=50, seed=1)
    study.save(tmp_path / "study.csv")
    again = xorlab.read_study(tmp_path / "study.csv")
    assert again.rows == study.rows
    with open(tmp_path / "study.csv", newline="") as file:
        records = list(csv.DictReader(file))
    assert [one["data"] for one in records] == ["xor", "xor", "blobs", "blobs"]
    assert [one["solved"] for one in records[2:]] == ["", ""]
    assert same_weights(again.fit(3), study.fit(3))


def test_a_file_without_a_column_of_the_data_is_of_xor(tmp_path):
    study = xorlab.seed_study(runs=2, epochs=1, size=50, seed=1)
    columns = {name: values for name, values in study.to_dict().items() if name != "data"}
    with open(tmp_path / "old.csv", "w", newline="") as file:
        csv.writer(file).writerows([columns, *zip(*columns.values(), strict=True)])
    assert xorlab.read_study(tmp_path / "old.csv").rows == study.rows


@pytest.mark.parametrize("values", [{"data": "moon"}, {"data": "xor"}, {"std": "-1"}])
def test_a_file_whose_data_are_none_is_refused(tmp_path, values):
    columns = xorlab.seed_study(runs=1, data="moons", epochs=1, size=50, seed=1).to_dict()
    columns |= {name: [value] for name, value in values.items()}
    with open(tmp_path / "bad.csv", "w", newline="") as file:
        csv.writer(file).writerows([columns, *zip(*columns.values(), strict=True)])
    with pytest.raises(ValueError, match=r"in row 1, `(data|solved|noise)` must be"):
        xorlab.read_study(tmp_path / "bad.csv")


def test_a_file_holds_the_table_of_own_data_and_asks_for_the_points(tmp_path):
    data, path = flowers(60), tmp_path / "own.csv"
    study = xorlab.seed_study(runs=3, data=data, epochs=2, seed=1)
    study.save(path)
    again = xorlab.read_study(path)
    assert again.to_dict() == study.to_dict()
    assert repr(again) == repr(study)
    assert again.own is None
    with pytest.raises(ValueError, match=r"`data` must be given, the points .* `read_study\(data="):
        again.fit(0)
    whole = xorlab.read_study(path, data=data)
    assert whole.rows == study.rows
    assert whole.own is data
    assert same_weights(whole.fit(2), study.fit(2))
    with pytest.raises(ValueError, match="`data` must be the 60 points of the study, not 30"):
        xorlab.read_study(path, data=flowers(30))
    xorlab.seed_study(runs=1, epochs=1, size=50, seed=1).save(path)
    with pytest.raises(ValueError, match="`data` must be left out for a study of toy problems"):
        xorlab.read_study(path, data=data)


def interrupt_after(monkeypatch, finished):
    """Stacks of one net, and Ctrl-C after so many."""
    real, calls = stack.run_stack, []

    def run_stack(*args):
        calls.append(args)
        if len(calls) > finished:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(nets, "STACK", 1)
    monkeypatch.setattr(nets, "workers", lambda: 1)
    monkeypatch.setattr(nets, "run_stack", run_stack)


def test_an_interrupted_study_of_own_data_is_finished_from_memory_and_from_a_file(
    monkeypatch, tmp_path
):
    data = flowers(60)
    call = {"data": ["moons", data], "lr": 0.1, "hidden": 2, "runs": 3, "epochs": 2, "size": 50}
    whole = xorlab.xor_sweep(**call, seed=1)
    interrupt_after(monkeypatch, 4)
    with pytest.raises(xorlab.StudyInterrupted) as caught:
        xorlab.xor_sweep(**call, seed=1)
    part = caught.value.study
    assert part.rows == whole.rows[:4]
    part.save(tmp_path / "part.csv")
    interrupt_after(monkeypatch, 99)
    with pytest.raises(ValueError, match=r"`data` must be given, .* `resume_study\(data=\)`"):
        xorlab.resume_study(tmp_path / "part.csv")
    assert xorlab.resume_study(tmp_path / "part.csv", data=data).rows == whole.rows
    assert xorlab.resume_study(part).rows == whole.rows


def test_an_interrupted_study_of_own_data_is_pickled(monkeypatch):
    interrupt_after(monkeypatch, 1)
    with pytest.raises(xorlab.StudyInterrupted) as caught:
        xorlab.seed_study(runs=3, data=flowers(60), epochs=2, seed=1)
    again = pickle.loads(pickle.dumps(caught.value.study))
    assert again.to_dict() == caught.value.study.to_dict()
    interrupt_after(monkeypatch, 99)
    whole = xorlab.seed_study(runs=3, data=flowers(60), epochs=2, seed=1)
    assert xorlab.resume_study(again).to_dict() == whole.to_dict()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"data": "moon"}, "`data` must be 'xor', 'circles', .*, not 'moon'. Did you mean 'moons'"),
        ({"data": "own data"}, "`data` must be 'xor', 'circles'"),
        ({"data": None}, "`data` must be the name of a toy problem or your own data, not None"),
        ({"data": 3}, "`data` must be an XORDataset, .*, not 3"),
        ({"data": ["xor", "moons", "xor"]}, "`data` must hold each value once, but xor is there"),
        ({"data": []}, "`data` must hold from 1 to 1,000,000 values, not none"),
        ({"data": [flowers(), flowers()]}, "`data` must hold at most one set of your own points"),
        ({"data": flowers(), "std": 0.1}, "`std` must be left out for data of your own, not 0.1"),
        ({"data": "moons", "std": [None, 0.1]}, "`std` must be None alone, or numbers"),
        ({"data": xorlab.as_xor_data([[1.0], [2.0]], [0, 1])}, "must have two points of a class"),
        ({"data": xorlab.as_xor_data([[1.0]] * 4, [0, 1] * 2)}, "`x` must have a column that var"),
    ],
)
def test_data_that_are_none_are_named(arguments, message):
    before = torch.get_rng_state()
    with pytest.raises((TypeError, ValueError), match=message):
        xorlab.xor_sweep(runs=1, **arguments)
    assert torch.equal(torch.get_rng_state(), before)  # no seed was drawn


def test_a_data_frame_needs_its_labels_beside_it():
    with pytest.raises(TypeError, match=r'such as .* for a data frame, `\(frame, "y"\)`, not'):
        xorlab.seed_study(1, data=pandas.DataFrame({"a": [1.0, 2.0]}))


def test_a_sample_without_a_class_is_refused_as_by_a_single_fit():
    with pytest.raises(ValueError, match=r"must hold both classes.*a larger `size` has both"):
        xorlab.seed_study(runs=30, data="moons", size=2, seed=0, epochs=1)


def test_own_data_are_the_same_only_if_they_are_one_object():
    one, other = (xorlab.seed_study(1, data=d, epochs=1, seed=1)[0][0] for d in [flowers(30)] * 2)
    assert one == other
    other = xorlab.seed_study(1, data=flowers(30), epochs=1, seed=1)[0][0]
    assert one != other
    with pytest.raises(ValueError, match="`own` must be 2 points of 'own data', not 30 of 'moons'"):
        xorlab.study.config.Config(one.settings, 2, None, "moons", one.own)


def test_samples_of_large_data_make_short_stacks():
    few, many = (draw_wide(columns) for columns in (2, 400))
    assert nets.numbers_held(many) > 20 * nets.numbers_held(few)


def draw_wide(columns):
    points = torch.randn(100, columns, generator=torch.Generator().manual_seed(1))
    data = xorlab.as_xor_data(points, [0, 1] * 50)
    cell = xorlab.seed_study(1, data=data, epochs=1, seed=1)[0][0]
    assert len(draw_samples(cell, 1).held_out) == 20
    return cell


@pytest.mark.parametrize("kind", ["xor", "moons"])
def test_named_inputs_and_scaling_are_those_of_the_single_fit(kind, tmp_path):
    how = {"scale": True, "inputs": ["x1", "x1*x2"]}
    study = xorlab.seed_study(runs=3, data=kind, epochs=10, size=200, lr=0.5, seed=4, **how)
    for i, (_, run) in enumerate(study):
        data = xorlab.toy_data(kind, 200, seed=run.seed)
        alone = xorlab.train_xor(data, epochs=10, lr=0.5, seed=run.seed, **how)
        assert run.loss == alone.history.loss[-1]
        assert same_weights(study.fit(i), alone)
        if kind == "xor":
            assert run.accuracy == pytest.approx(xorlab.diagnose_xor(alone).accuracy, abs=1e-3)
            assert run.solved == xorlab.diagnose_xor(alone).solved
        else:
            points, label = TOYS[kind](FRESH_POINTS, 0.1, 2, make_generator(0, "test"))
            assert run.accuracy == alone.evaluate((points, label)).accuracy
    study.save(tmp_path / "study.csv")
    assert xorlab.read_study(tmp_path / "study.csv").rows == study.rows
    assert study.to_dict()["inputs"] == ["x1 x1*x2"] * 3


def test_the_product_as_an_input_solves_xor_with_a_single_unit():
    study = xorlab.seed_study(20, hidden=1, seed=1, inputs=["x1", "x2", "x1*x2"], scale=True)
    assert study.summary()[0].solved >= 18
    assert xorlab.seed_study(20, hidden=1, seed=1).summary()[0].solved == 0


def test_own_data_are_left_unscaled_where_that_is_asked_for():
    data = flowers()
    _, run = xorlab.seed_study(1, data=data, epochs=5, seed=3, scale=False)[0]
    rows, _ = held_out(data, 0.2, 3)
    alone = xorlab.train_xor(data.take(rows), epochs=5, seed=3, scale=False)
    assert run.loss == alone.history.loss[-1]


def test_a_table_without_scaling_and_inputs_is_of_an_earlier_version():
    study = xorlab.seed_study(2, epochs=1, size=50, seed=1)
    columns = {name: c for name, c in study.to_dict().items() if name not in ("scale", "inputs")}
    assert xorlab.Study.from_dict(columns).rows == study.rows
    with pytest.raises(ValueError, match=r"`scale` must be 'auto', 'yes' or 'no', not 'maybe'"):
        xorlab.Study.from_dict({**columns, "scale": ["auto", "maybe"]})
    with pytest.raises(ValueError, match="`inputs` must be one or more of"):
        xorlab.seed_study(1, inputs=["x3"])


def test_a_pair_of_points_and_labels_is_among_the_kinds_of_a_sweep():
    own = flowers()
    pair = own.points.numpy(), np.asarray(own.levels)[own.label]
    for data in (["moons", pair], [pair, "moons"], ("moons", own)):
        study = xorlab.xor_sweep(0.1, 2, runs=1, epochs=1, size=20, seed=1, data=data)
        kinds = ["own data" if one is pair or one is own else one for one in data]
        assert study.to_dict()["data"] == kinds


def test_other_points_of_the_same_number_are_not_taken_for_those_of_a_study(tmp_path):
    data, other = flowers(), flowers(classes=("a", "c", "b"))
    other.label[:] = other.label.flip(0)
    study = xorlab.seed_study(3, data=data, epochs=20, seed=1)
    study.save(tmp_path / "study.csv")
    assert xorlab.read_study(tmp_path / "study.csv", data).rows == study.rows
    with pytest.raises(ValueError, match="`data` must be the points of the study, but on these"):
        xorlab.read_study(tmp_path / "study.csv", other)
    with pytest.raises(ValueError, match="the net of seed 1 comes to a loss of"):
        xorlab.resume_study(tmp_path / "study.csv", data=other)


def test_a_net_whose_training_rows_do_not_vary_is_named():
    x = np.zeros((50, 1))
    x[7] = 1
    data = xorlab.as_xor_data(x, np.arange(50) % 2)
    with pytest.raises(ValueError, match=r"In the net of seed \d+, `x` must have a column"):
        xorlab.seed_study(20, data=data, epochs=1, seed=1)
