import math
import re

import numpy as np
import pytest
import torch
import xorlab
from hypothesis import given, settings
from hypothesis import strategies as st
from xorlab.diagnosis import trial
from xorlab.diagnosis.rate import why_too_high
from xorlab.diagnosis.units import examine_units
from xorlab.evaluation.corners import CORNERS, expected_accuracy

from benchmarks import diagnosis as faults

RIGHT = [-1.0, 1.0, 1.0, -1.0]


def net(hidden, out, activation="tanh", out_bias=0.0):
    """A Fit without data or history; `hidden` has rows (weight 1, weight 2, bias)."""
    rows = np.array(hidden, dtype=np.float32)
    weights = {
        "linear1.weight": rows[:, :-1],
        "linear1.bias": rows[:, -1],
        "linear2.weight": np.array([out], dtype=np.float32),
        "linear2.bias": np.array([out_bias], dtype=np.float32),
    }
    return xorlab.Fit.from_dict({"weights": weights, "activation": activation})


# Class 1 between the lines x1 + x2 = 1/2 and x1 + x2 = 3/2.
SOLVED = ([[5, 5, -2.5], [5, 5, -7.5]], [5, -5], "tanh", -5)


def test_lost_corners_are_found_for_many_nets_at_once():
    runs = [RIGHT, [-1.0, -1.0, 1.0, -1.0], [1.0, -1.0, -1.0, 1.0], [math.nan] * 4]
    lost = xorlab.lost_corners(torch.tensor(runs))
    assert lost.tolist() == [
        [False] * 4,
        [False, True, False, False],
        [True] * 4,
        [True] * 4,
    ]


def test_a_logit_of_zero_is_called_class_1_as_in_an_evaluation():
    assert xorlab.lost_corners(torch.zeros(1, 4)).tolist() == [[True, False, False, True]]


def test_solved_takes_both_the_corners_and_the_accuracy():
    corners = torch.tensor([RIGHT, RIGHT, [1.0, 1.0, 1.0, -1.0]])
    accuracy = torch.tensor([0.996, 0.994, 1.0])
    assert xorlab.is_solved(corners, accuracy, best=1.0).tolist() == [True, False, False]


def test_where_noise_leaves_nothing_to_learn_nothing_is_solved():
    points = xorlab.XORDataset(2500, std=10, seed=1)
    found = xorlab.diagnose_xor(net(*SOLVED), points)
    assert found.solved is False
    assert "nobody could" in found.headline
    assert xorlab.is_solved(torch.tensor([RIGHT]), 0.5, best=0.5008).tolist() == [False]
    assert xorlab.diagnose_xor(net(*SOLVED), xorlab.XORDataset(2500, std=0.1, seed=1)).solved


@pytest.mark.parametrize("bad", [torch.zeros(4), torch.zeros(2, 3), [RIGHT]])
def test_corners_of_another_shape_are_named(bad):
    with pytest.raises((TypeError, ValueError), match="`corners` must be"):
        xorlab.lost_corners(bad)


def test_a_net_of_other_inputs_has_no_corners():
    with pytest.raises(ValueError, match=r"`model` must take points of shape \[n, 2\]"):
        xorlab.lost_corners(torch.nn.Linear(3, 1))


@pytest.mark.parametrize("std", [0.1, 0.4, 1.0])
def test_the_expected_accuracy_of_the_best_lines_is_the_best_possible(std):
    class Best(torch.nn.Module):
        def forward(self, x):
            return -(x[:, :1] - 0.5) * (x[:, 1:] - 0.5)

    assert expected_accuracy(Best(), std) == pytest.approx(xorlab.bayes_xor(std).accuracy, abs=1e-3)


def normal_cdf(z):
    return 0.5 * math.erfc(-z / math.sqrt(2))


class TiltedLines(torch.nn.Module):
    """Class 1 where a point is on different sides of two lines at right angles, which are tilted by
    an angle and shifted from the middle of the square."""

    def __init__(self, angle, shift):
        super().__init__()
        self.across = torch.tensor(
            [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
        )
        self.shift = shift

    def forward(self, x):
        sides = (x - 0.5) @ self.across - self.shift
        return -sides[:, :1] * sides[:, 1:]

    def accuracy(self, std):
        """Exact: the two sides of a noisy corner are independent of each other."""
        share = 0.0
        for corner, label in zip(CORNERS, (0, 1, 1, 0), strict=True):
            sides = (torch.tensor(corner) - 0.5) @ self.across - self.shift
            p, q = (normal_cdf(side / std) for side in sides.tolist())
            one = p * (1 - q) + q * (1 - p)
            share += (one if label else 1 - one) / 4
        return share


@given(angle=st.floats(0, 2 * math.pi), distance=st.floats(-1.5, 1.5), std=st.floats(0.05, 2))
@settings(max_examples=50)
def test_the_expected_accuracy_of_a_half_plane_is_the_exact_one(angle, distance, std):
    line = torch.nn.Linear(2, 1)
    with torch.no_grad():
        line.weight[:] = torch.tensor([math.cos(angle), math.sin(angle)])
        line.bias[:] = -distance - line.weight.sum() / 2
    exact = 0.0
    for corner, label in zip(CORNERS, (0, 1, 1, 0), strict=True):
        one = normal_cdf(line(torch.tensor([corner]).float()).item() / std)
        exact += (one if label else 1 - one) / 4
    assert expected_accuracy(line, std) == pytest.approx(exact, abs=2.5e-3)


@pytest.mark.parametrize("std", [0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 1.0])
@pytest.mark.parametrize("angle", [0.0, 0.04, 0.08])
def test_solved_is_decided_by_the_exact_accuracy(std, angle):
    best = xorlab.bayes_xor(std).accuracy
    for beyond in (-1.5e-4, 1.5e-4):
        low, high = 0.0, 0.5  # the further the lines are shifted, the lower is the accuracy
        for _ in range(40):
            shift = (low + high) / 2
            enough = TiltedLines(angle, shift).accuracy(std) >= best - 0.005 + beyond
            low, high = (shift, high) if enough else (low, shift)
        lines = TiltedLines(angle, low)
        assert low > 0
        accuracy = expected_accuracy(lines, std)
        assert accuracy == pytest.approx(lines.accuracy(std), abs=1e-4)
        assert xorlab.is_solved(lines, accuracy, best).item() is (beyond > 0)


def test_a_logit_that_is_not_a_number_is_wrong_at_every_corner(overflowing_model):
    assert xorlab.lost_corners(overflowing_model).tolist() == [[False, True, True, True]]
    assert expected_accuracy(overflowing_model, 0) == 0.25
    with torch.no_grad():
        overflowing_model.linear2.bias.fill_(float("nan"))
    assert expected_accuracy(overflowing_model, 0.1) == 0


def test_the_expected_accuracy_is_that_of_many_fresh_points():
    fit = xorlab.train_xor(epochs=10, seed=3)
    drawn = fit.evaluate(xorlab.XORDataset(100_000, std=0.4, seed=1)).accuracy
    assert expected_accuracy(fit.model, 0.4) == pytest.approx(drawn, abs=0.006)


def test_a_solved_net_is_called_solved_and_no_rate_is_judged_without_a_history():
    found = xorlab.diagnose_xor(net(*SOLVED))
    assert found.solved is True
    assert found.lost == ()
    assert found.rate == "unknown"
    assert repr(found).startswith("Diagnosis: solved, every corner has its own class\n")
    assert "Hidden units: all 2 at work." in found.notes
    assert found.notes[-1].startswith("It came without data; XOR with noise 0.1")


@pytest.mark.parametrize("corner", CORNERS)
def test_a_lost_corner_is_named_and_never_a_success(corner):
    # One line, which cuts off the corner opposite and so leaves the class of this one to no one.
    opposite = 1 - np.array(corner)
    outwards = 2.0 * opposite - 1
    hidden = [[*(20 * outwards), -20 * outwards @ (opposite - 0.25 * outwards)]]
    sign = 1 if sum(corner) == 1 else -1
    found = xorlab.diagnose_xor(net(hidden, [10 * sign]))
    assert found.lost == (corner,)
    assert found.solved is False
    assert f"corner {corner} is lost" in found.headline
    assert found.accuracy == pytest.approx(0.75, abs=0.01)
    assert "success" not in repr(found).lower()


def test_right_corners_with_a_line_out_of_place_are_not_solved():
    hidden, out, activation, bias = SOLVED
    hidden = [[5, 5, -0.5], hidden[1]]  # the first line now nearly through (0, 0)
    found = xorlab.diagnose_xor(net(hidden, out, activation, bias))
    assert found.lost == ()
    assert found.solved is False
    assert "the corners are right" in found.headline


def test_dead_saturated_and_duplicated_units_are_told_apart():
    hidden = [
        [5, 5, -2.5],  # at work
        [0, 0, 3],  # constant
        [-4, -4, 2],  # the first one, turned over and nearly as steep
        [900, 0, -450],  # flat but on its line
        [4, -4, 0],  # at work
    ]
    units = xorlab.diagnose_xor(net(hidden, [1] * 5)).units
    assert [unit.dead for unit in units] == [False, True, False, False, False]
    assert [unit.saturated for unit in units] == [False, False, False, True, False]
    assert [unit.twin for unit in units] == [None, None, 1, None, None]
    assert units[2].correlation < -0.99


def test_a_relu_unit_that_never_fires_is_dead_at_any_scale_of_the_inputs():
    data = xorlab.as_xor_data(1e-4 * xorlab.XORDataset(200, seed=1).data, [0, 1] * 100)
    fit = net([[-1, -1, -1], [1, 1, 0.0], [1, -1, 0.0]], [1, 1, 1], "relu")
    assert [unit.dead for unit in examine_units(fit.model, data.data)] == [True, False, False]


def test_a_folded_duplicate_leaves_the_net_as_it_was():
    x = xorlab.XORDataset(500, seed=1).data
    both = net([[3, 3, -1.5], [-3, -3, 1.5], [2, -2, 0]], [2, 5, 1])
    folded = net([[3, 3, -1.5], [2, -2, 0]], [2 - 5, 1])
    assert examine_units(both.model, x)[1].twin == 1
    np.testing.assert_allclose(both.predict_logits(x), folded.predict_logits(x), atol=1e-5)


@pytest.mark.parametrize(
    ("loss", "start", "why"),
    [
        ([0.70, 0.69, 0.60, 0.30, 0.10, 0.05, 0.03, 0.02], 0.71, None),
        ([0.70, 0.69, 0.69, 0.69, 0.69, 0.69, 0.69, 0.69], 0.70, None),
        ([0.85, 0.85, 0.85, 0.85, 0.85, 0.85, 0.85, 0.85], 0.85, None),  # high, as it began
        ([0.70, 0.50, 0.70, 0.40, 0.60, 0.35, 0.55, 0.30], 0.71, "jumped up in 3 of 8 epochs"),
        ([5.00, 5.00, 5.00, 5.00, 5.00, 5.00, 5.00, 5.00], 0.71, "rose from 0.71 to 5"),
        ([6e29], 0.71, "rose from 0.71 to 6e\\+29"),
        ([0.70, 0.10], 0.71, None),
    ],
)
def test_a_rate_is_too_high_where_the_loss_rose_above_its_start_or_jumps(loss, start, why):
    said = why_too_high(loss, start, math.log(2))
    assert said is None if why is None else re.search(why, said)


@pytest.mark.filterwarnings("ignore:The loss rose from")
@pytest.mark.parametrize(
    ("lr", "rate", "solved"),
    [(0.001, "too low", False), (0.2, "no sign of trouble", True), (30, "too high", False)],
)
def test_real_trainings_show_what_their_rates_did(lr, rate, solved):
    found = xorlab.diagnose_xor(xorlab.train_xor(lr=lr, epochs=50, seed=1))
    assert (found.rate, found.solved) == (rate, solved)
    assert any(note.startswith(f"Learning rate {lr:g}: {rate} (") for note in found.notes)


@pytest.mark.parametrize("seed", [40, *range(5)])
def test_a_tiny_rate_is_never_too_high_however_badly_the_net_begins(seed):
    lr = [1e-5, 1e-4, 1e-3][seed % 3]
    fit = xorlab.train_xor(seed=seed, lr=lr, epochs=10, hidden=8)
    found = xorlab.diagnose_xor(fit)
    assert (found.rate, found.cause) == ("too low", "learning rate too low")
    assert found.notes[0].startswith(f"Learning rate {lr:g}: too low (300 more epochs leave")


def test_that_more_epochs_solve_it_is_true():
    fit = xorlab.train_xor(seed=10, hidden=2)
    found = xorlab.diagnose_xor(fit)
    assert (found.solved, found.cause, found.rate) == (False, "not done yet", "not done yet")
    said = r"^Not done yet: about (\d+) more epochs solve XOR at the learning rate 0.1"
    more = int(re.search(said, found.notes[0])[1])
    longer = xorlab.resume_xor(fit, epochs=100 + more)
    assert xorlab.diagnose_xor(longer).solved


def test_slow_nets_and_stuck_ones_are_told_apart_as_a_thousand_epochs_do():
    for seed in range(20):
        fit = xorlab.train_xor(seed=seed, hidden=2)
        found = xorlab.diagnose_xor(fit)
        if not found.solved:
            longer = xorlab.resume_xor(fit, epochs=1000)
            slow = xorlab.diagnose_xor(longer).solved
            assert found.cause == ("not done yet" if slow else "stuck")


@pytest.mark.parametrize("seed", range(4))
def test_a_loss_at_the_best_possible_one_is_no_fault_of_the_rate(seed):
    fit = xorlab.train_xor(xorlab.XORDataset(2500, std=1.5, seed=seed), seed=seed)
    found = xorlab.diagnose_xor(fit)
    assert (found.cause, found.rate) == ("noise", "no sign of trouble")
    assert "the best possible one 0.688" in found.notes[0]


@pytest.mark.parametrize(
    ("settings", "epochs"),
    [({}, 300), ({"epochs": 150}, 450), ({"epochs": 400}, 1000), ({"batch_size": 1}, 60)],
)
def test_a_trial_takes_three_times_the_epochs_within_limits(settings, epochs):
    data = xorlab.XORDataset(500, seed=1)
    settings = {"epochs": 2, **settings}
    fit = xorlab.train_xor(data, lr=1e-6, seed=1, **settings)
    assert trial.try_longer(fit).epochs == epochs


def test_a_diagnosis_leaves_the_fit_and_the_users_generator_alone():
    fit = xorlab.train_xor(seed=5, hidden=2)
    weights, losses = fit.weights(), list(fit.history.loss)
    state = torch.get_rng_state()
    assert xorlab.diagnose_xor(fit).cause == "stuck"
    assert torch.equal(torch.get_rng_state(), state)
    assert fit.history.loss == losses
    for name, values in fit.weights().items():
        np.testing.assert_array_equal(values, weights[name])


@pytest.mark.parametrize("std", [0.6, 0.9])
@pytest.mark.parametrize("lr", [1e-5, 1e-4, 1e-3])
def test_a_tiny_rate_is_too_low_however_little_there_is_to_gain(std, lr):
    points = xorlab.XORDataset(2500, std, seed=1)
    found = xorlab.diagnose_xor(xorlab.train_xor(points, lr=lr, seed=1))
    assert (found.cause, found.rate) == ("learning rate too low", "too low")


@pytest.mark.parametrize("size", [100, 1000])
@pytest.mark.parametrize("lr", [1e-5, 1e-4])
def test_a_tiny_rate_is_too_low_on_classes_that_hardly_differ(size, lr):
    points = faults.two_clouds(3, size=size, gap=0.6)
    found = xorlab.diagnose_xor(xorlab.train_xor(points, lr=lr, seed=3))
    assert (found.cause, found.rate) == ("learning rate too low", "too low")


def test_too_few_epochs_on_few_points_are_no_fault_of_the_rate():
    points = faults.two_clouds(3, size=100)
    found = xorlab.diagnose_xor(xorlab.train_xor(points, epochs=10, seed=3))
    assert (found.cause, found.rate) == ("not done yet", "not done yet")


def test_a_loss_that_falls_as_noise_can_be_fitted_is_no_reason_to_go_on():
    fit = xorlab.train_xor(faults.two_clouds(1, size=100, gap=0), lr=0.3, epochs=300, seed=1)
    longer = trial.try_longer(fit)
    assert longer.helped
    assert not longer.beats_chance
    assert xorlab.diagnose_xor(fit).cause in ("none", "stuck")


@pytest.mark.filterwarnings("ignore:The loss rose from")
@pytest.mark.parametrize("fault", faults.FAULTS)
def test_the_cause_that_is_named_is_the_fault_that_was_made(fault):
    named = faults.judge(fault, range(20, 22))
    assert faults.wrong(fault, named) == 0, named


def test_the_committed_table_has_at_most_three_wrong_of_440_nets(root):
    text = (root / "benchmarks" / "results" / "diagnosis.md").read_text()
    nets, errors = map(int, re.search(r"(\d+) nets, .*; (\d+) judged wrongly", text).groups())
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]
    counts = [int(n) for row in rows for n in re.findall(r"\d+", row.rsplit("|", 2)[0])]
    assert [row.split("|")[1].strip() for row in rows] == list(faults.FAULTS)
    assert sum(counts) == nets == 440
    assert errors <= 3


@pytest.mark.filterwarnings("ignore:The loss rose from")
@pytest.mark.parametrize(
    "settings",
    [
        {"hidden": 64, "epochs": 2},
        {"hidden": [64, 64, 64], "epochs": 2},
        {"hidden": 64, "lr": 30, "epochs": 10},
        {"hidden": 64, "activation": "relu", "lr": 8, "epochs": 10},
    ],
)
def test_five_lines_say_it_all_for_any_net(settings):
    found = xorlab.diagnose_xor(
        xorlab.train_xor(xorlab.XORDataset(300, seed=1), seed=1, **settings)
    )
    assert len(found.notes) <= 5
    assert max(map(len, found.notes)) < 200


def test_of_a_dead_net_the_rate_is_unknown():
    found = xorlab.diagnose_xor(xorlab.train_xor(activation="relu", lr=5, seed=1))
    assert all(unit.dead for unit in found.units)
    assert (found.solved, found.rate, found.cause) == (False, "unknown", "dead units")
    assert "Of 4 hidden units, 4 are dead (1, 2, 3, 4)." in found.notes
    assert found.notes[0] == (
        "Too few hidden units are alive: try another seed or a smaller learning rate."
    )


def test_a_linear_net_is_not_blamed_on_its_rate():
    found = xorlab.diagnose_xor(xorlab.train_xor(activation="identity", epochs=8, seed=1))
    assert found.solved is False
    assert (found.rate, found.cause) == ("no sign of trouble", "linear net")
    assert "linear net" in found.notes[0]


def test_own_data_have_no_corners_and_are_measured_by_guessing():
    x = np.random.default_rng(1).normal(size=(200, 3))
    label = x[:, 0] > 0.5
    found = xorlab.diagnose_xor(xorlab.train_xor((x, label), epochs=60, seed=1))
    assert found.solved is found.best is None
    assert found.lost == ()
    assert found.guessing == pytest.approx(max(label.mean(), 1 - label.mean()))
    assert found.headline == "better than guessing on these data"
    short = xorlab.diagnose_xor(xorlab.train_xor((x, label), epochs=1, lr=1e-6, seed=1))
    assert short.headline == "no better than guessing on these data"


def test_weights_that_are_not_finite_are_said_to_be():
    hidden, out, activation, _ = SOLVED
    found = xorlab.diagnose_xor(net(hidden, out, activation, math.nan))
    assert found.solved is False
    assert "not finite" in found.headline
    assert found.units == ()


def test_the_diagnosis_as_plain_data_has_the_units_by_column():
    content = xorlab.diagnose_xor(net(*SOLVED)).to_dict()
    assert content["units"]["unit"] == [1, 2]
    assert content["units"]["twin"] == [None, None]
    assert content["lost"] == []


def test_a_net_without_the_data_it_needs_is_an_error():
    fit = net([[1, 1, 1, 0]], [1])
    with pytest.raises(ValueError, match="`data` must be given: the net has 3 inputs"):
        xorlab.diagnose_xor(fit)
    with pytest.raises(ValueError, match=r"`data` must have 3 columns.*not 2"):
        xorlab.diagnose_xor(fit, xorlab.XORDataset(10, seed=1))
    with pytest.raises(TypeError, match="`fit` must be what train_xor"):
        xorlab.diagnose_xor("fit")


def test_data_of_other_classes_are_refused():
    fit = xorlab.train_xor(epochs=1, seed=1)
    other = xorlab.as_xor_data([[0.0, 1.0], [1.0, 1.0]], ["a", "b"])
    with pytest.raises(ValueError, match=r"must have the classes \(0, 1\), .* not \('a', 'b'\)"):
        xorlab.diagnose_xor(fit, other)


@pytest.mark.parametrize("made", [{"hidden": 1}, {"activation": "identity"}])
def test_the_rate_is_not_to_blame_where_the_net_cannot_learn_xor(made):
    found = xorlab.diagnose_xor(xorlab.train_xor(xorlab.XORDataset(500, seed=1), seed=1, **made))
    assert not found.solved
    assert found.rate == "no sign of trouble"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda x: x * [1, 1000, 1], "far from 0 or large: x2"),
        (lambda x: x + np.array([0, 5, 0]), "far from 0 or large: x2"),
        (lambda x: x * [1, 0.2, 1], "on different scales, by a factor of"),
        (lambda x: x / 1e3, "very small: x1, x2, x3"),
        (lambda x: x, None),
        (lambda x: np.column_stack([x, x[:, 0] > 1.5]), None),  # a rare class of a factor
        (lambda x: np.column_stack([x, np.full(len(x), 0.5)]), None),  # does not vary
    ],
)
def test_columns_on_other_scales_are_to_be_standardised(change, what):
    x, label = faults.two_clouds(1)
    fit = xorlab.train_xor((change(x), label), epochs=5, seed=1, scale=False)
    found = xorlab.diagnose_xor(fit)
    if what is None:
        assert found.cause != "columns not standardised"
    else:
        assert found.cause == "columns not standardised"
        assert what in found.notes[0]
        assert "Standardise them" in found.notes[0]
        assert found.rate == "unknown"  # one advice at a time


def test_raw_petals_are_to_be_standardised_and_then_are_not():
    x, label = faults.petals(1)
    raw = xorlab.train_xor((x, label), seed=1, scale=False)
    assert xorlab.diagnose_xor(raw).rate == "unknown"
    found = xorlab.diagnose_xor(xorlab.train_xor((x, label), epochs=500, seed=1))
    assert found.cause in ("none", "not done yet")


def test_points_learned_by_heart_are_not_taken_for_noise():
    few = xorlab.XORDataset(50, std=1, seed=1)
    found = xorlab.diagnose_xor(xorlab.train_xor(few, hidden=100, epochs=2000, lr=1, seed=1))
    assert found.cause == "overfitting"
    assert "learned its points by heart" in found.notes[0]


@pytest.mark.parametrize("settings", [{"lr": 1e-6, "activation": "sigmoid"}, {"lr": 1e-3}])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_small_rate_of_any_activation_is_too_low(settings, seed):
    assert xorlab.diagnose_xor(xorlab.train_xor(seed=seed, **settings)).rate == "too low"


def test_units_that_were_dead_before_training_are_no_fault_of_the_rate():
    found = xorlab.diagnose_xor(xorlab.train_xor(hidden=[4] * 12, epochs=20, seed=1))
    assert found.cause == "dead units"
    assert "before training: use fewer layers" in found.notes[0]


def test_all_right_on_data_of_your_own_is_done():
    x = np.random.default_rng(1).normal(size=(12, 2)) + np.repeat([[-3], [3]], 6, axis=0)
    fit = xorlab.train_xor((x / x.std(axis=0), np.repeat([0, 1], 6)), seed=1)
    assert xorlab.diagnose_xor(fit).cause == "none"


def test_without_settings_there_is_no_trial_and_the_cause_is_unknown():
    hidden, out, activation, bias = SOLVED
    found = xorlab.diagnose_xor(net([[5, 5, -0.5], hidden[1]], out, activation, bias))
    assert (found.cause, found.rate) == ("unknown", "unknown")


def test_a_net_without_a_hidden_layer_is_logistic_regression_and_no_line_separates_xor():
    for fit in (
        xorlab.train_xor(hidden=0, seed=1),
        xorlab.train_xor(hidden=0, seed=1, init="zeros"),
        xorlab.train_xor(hidden=0, seed=1, inputs=["x1", "x2", "x1^2"]),
    ):
        found = xorlab.diagnose_xor(fit)
        assert found.cause == "linear net"
        assert found.units == ()
        assert found.notes[0] == (
            "Without a hidden layer the net is logistic regression, and no line separates XOR: use "
            "hidden units, or the input x1*x2."
        )
        assert not any("idden unit" in note for note in found.notes[1:])


def test_with_the_product_as_an_input_logistic_regression_learns_xor_and_more_epochs_do_it():
    inputs = {"hidden": 0, "inputs": ["x1", "x2", "x1*x2"], "seed": 1}
    assert xorlab.diagnose_xor(xorlab.train_xor(epochs=200, **inputs)).cause == "solved"
    assert xorlab.diagnose_xor(xorlab.train_xor(epochs=5, **inputs)).cause == "not done yet"
    product = {"inputs": ["x1", "x2", "x1*x2"], "activation": "identity", "epochs": 5, "seed": 1}
    assert xorlab.diagnose_xor(xorlab.train_xor(**product)).cause == "not done yet"


def test_weights_of_a_net_without_a_hidden_layer_that_are_not_finite_are_named_as_such():
    fit = xorlab.train_xor(hidden=0, epochs=1, seed=1)
    with torch.no_grad():
        fit.model.linear1.weight[0, 0] = math.nan
    assert xorlab.diagnose_xor(fit).cause == "weights not finite"


def test_logistic_regression_on_data_of_ones_own_is_held_against_guessing():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(300, 3))
    good = xorlab.diagnose_xor(xorlab.train_xor(x, x[:, 0] > 0, hidden=0, seed=1))
    assert good.cause == "none"
    assert good.headline == "better than guessing on these data"
    both = xorlab.train_xor(np.tile(x, (2, 1)), np.repeat([0, 1], 300), hidden=0, seed=1)
    found = xorlab.diagnose_xor(both)  # every point is of both classes
    assert found.cause == "stuck"
    assert "Hidden units may do better, or there is nothing to learn." in found.notes[0]
    assert "seed" not in found.notes[0]  # all starts lead to the same weights


@pytest.mark.parametrize(
    ("activation", "cause"),
    [("tanh", "dead units"), ("relu", "dead units"), ("softplus", "duplicate units")],
)
def test_a_start_from_zeros_is_named(activation, cause):
    found = xorlab.diagnose_xor(xorlab.train_xor(init="zeros", activation=activation, seed=1))
    assert found.cause == cause
    assert found.notes[0] == (
        "All first weights were 0: the hidden units get no gradient, or all of them the same one, "
        "and stay the same. Start from random weights (another `init`)."
    )


def test_a_start_from_zeros_is_named_on_data_of_ones_own():
    x = np.random.default_rng(1).normal(size=(200, 3))
    found = xorlab.diagnose_xor(xorlab.train_xor(x, x[:, 0] > 0, init="zeros", seed=1))
    assert found.cause == "dead units"
    assert found.notes[0].startswith("All first weights were 0: ")


def by_chance(rows=120):
    """Labels that have nothing to do with the columns."""
    generator = np.random.default_rng(1)
    return generator.normal(size=(rows, 8)), generator.permutation(np.arange(rows) % 2)


HEART = {"hidden": 30, "optimizer": "adam", "epochs": 150, "validation": 0.3, "seed": 1}


def test_a_net_that_learned_its_rows_by_heart_is_told_so_with_its_losses():
    fit = xorlab.train_xor(*by_chance(), **HEART)
    history, best = fit.history, int(np.argmin(fit.history.val_loss))
    found = xorlab.diagnose_xor(fit)
    assert found.cause == "overfitting"
    assert found.notes[0] == (
        f"The net has learned its rows by heart: after epoch {best + 1} the training loss fell "
        f"from {history.loss[best]:.3f} to {history.loss[-1]:.3f}, while the validation loss rose "
        f"from {history.val_loss[best]:.3f} to {history.val_loss[-1]:.3f}. Use `patience`, more "
        "rows, fewer hidden units or `weight_decay`."
    )
    assert found.headline == "no better than guessing on the validation data"
    assert len(found.notes) <= 5


def test_of_toy_data_it_is_told_too():
    circles = xorlab.toy_data("circles", 80, 0.3, 1)
    found = xorlab.diagnose_xor(xorlab.train_xor(circles, **{**HEART, "lr": 0.05}))
    assert found.cause == "overfitting"
    few = xorlab.XORDataset(80, std=0.5, seed=3)
    found = xorlab.diagnose_xor(xorlab.train_xor(few, **{**HEART, "lr": 0.05, "epochs": 300}))
    assert found.cause == "overfitting"
    assert "learned its points by heart: the loss on them is" in found.notes[0]


def test_the_best_epoch_of_such_a_training_is_not():
    fit = xorlab.train_xor(*by_chance(), **HEART, patience=60)
    assert fit.history.parted() == fit.best_epoch < len(fit.history)
    found = xorlab.diagnose_xor(fit)
    assert found.cause == "stuck"
    assert re.match(
        r"Stuck: 300 more epochs bring the loss on the rows from 0\.6\d\d to 0\.0\d\d, but the "
        r"validation loss no lower than 0\.[67]\d\d\. More rows or other columns may do better",
        found.notes[0],
    )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("patience", [None, 20])
def test_a_healthy_net_is_not_said_to_know_its_rows_by_heart(seed, patience):
    fit = xorlab.train_xor(seed=seed, validation=0.2, patience=patience)
    assert xorlab.diagnose_xor(fit).cause in ("solved", "not done yet")


def test_of_data_of_your_own_the_validation_data_are_judged():
    x = np.random.default_rng(2).normal(size=(300, 3))
    label = (x[:, 0] > 0.3).astype(int)
    fit = xorlab.train_xor(x, label, epochs=60, seed=1, validation=0.3)
    found = xorlab.diagnose_xor(fit)
    result = fit.evaluate(fit.validation)
    shares = fit.validation.class_shares()
    assert (found.accuracy, found.guessing) == (result.accuracy, max(shares))
    assert found.headline == "better than guessing on the validation data"
    assert (
        f"Accuracy {result.accuracy:.2%} on the validation data; always the larger class would "
        f"have {max(shares):.2%}."
    ) in found.notes
    on_rows = xorlab.diagnose_xor(fit, fit.data)
    assert on_rows.headline == "better than guessing on these data"
    assert on_rows.accuracy == fit.evaluate(fit.data).accuracy


@pytest.mark.parametrize(
    ("right", "said"), [(50, "no"), (51, "not clearly"), (59, "not clearly"), (61, "")]
)
def test_held_out_accuracy_is_better_than_guessing_by_two_standard_errors(right, said):
    """Of 100 rows, half of them of each class, of which a net by hand is right in some; two
    standard errors are 0.1."""
    label = np.arange(100) % 2
    x = np.where(np.arange(100) < right, label, 1 - label)[:, None] * 2.0 - 1
    fit = xorlab.train_xor([[-1.0], [1.0]] * 5, [0, 1] * 5, validation=(x, label), epochs=1)
    with torch.no_grad():
        fit.model.linear1.weight[:] = fit.model.linear2.weight[:] = 1.0
        fit.model.linear1.bias[:] = fit.model.linear2.bias[:] = 0.0
    found = xorlab.diagnose_xor(fit)
    assert found.accuracy == right / 100
    words = f"{said} better" if said else "better"
    assert found.headline == f"{words} than guessing on the validation data"


def test_a_trial_is_judged_by_the_lowest_validation_loss():
    fit = xorlab.train_xor(*by_chance(), **{**HEART, "epochs": 2})
    longer = trial.try_longer(fit)
    whole = fit.resume(epochs=302).history
    looks = [fit.evaluate(fit.validation).loss, *whole.val_loss[21::20]]
    assert longer.before == pytest.approx(looks[0], rel=1e-5)
    assert longer.after == pytest.approx(min(looks), rel=1e-5)
    assert longer.at == 20 * int(np.argmin(looks))
    assert longer.epochs == 300
    assert longer.by_heart
    # Without validation it is the loss on the rows after the last epoch.
    alone = trial.try_longer(
        xorlab.train_xor(fit.data, **{**HEART, "epochs": 2, "validation": None})
    )
    assert not alone.by_heart
    assert alone.after == alone.rows[1] < 0.1


@pytest.mark.parametrize(("optimizer", "tried"), [("sgd", [0.1, 1.0]), ("adam", [0.01, 0.1])])
def test_rates_that_are_tried_are_usual_for_the_optimizer(optimizer, tried, monkeypatch):
    rates = []
    try_longer = trial.try_longer
    monkeypatch.setattr(
        trial, "try_longer", lambda fit, rate: rates.append(rate) or try_longer(fit, rate)
    )
    fit = xorlab.train_xor(by_chance()[0], np.arange(120) % 2, lr=1e-6, optimizer=optimizer, seed=1)
    trial.try_higher(fit, try_longer(fit), xor=False)
    assert rates == tried[: len(rates)]
    assert rates


def test_logistic_regression_that_learned_its_rows_by_heart_is_told_to_take_fewer_inputs():
    rng = np.random.default_rng(1)
    x, label = rng.normal(size=(80, 30)), rng.random(80) < 0.5
    terms = {"optimizer": "adam", "epochs": 300, "validation": 0.4, "seed": 1}
    for hidden, advice in ((0, "fewer inputs or"), (8, "fewer hidden units or")):
        found = xorlab.diagnose_xor(xorlab.train_xor(x, label, hidden=hidden, **terms))
        assert found.cause == "overfitting"
        assert advice in found.notes[0]
