"""The sentences of the lesson that a figure could refute, against the figures."""

from __future__ import annotations

import contextlib
import io
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import xorlab
from test_lesson import ROOT
from torch import nn
from xorlab import SimpleClassifier, XORDataset
from xorlab.evaluation.corners import expected_accuracy
from xorlab.plots.gallery_panels import failed_boundaries

LESSON = ROOT / "vignettes" / "lesson.Rmd"
TEMPLATE = ROOT / "inst/rmarkdown/templates/xor-lab/skeleton/skeleton.Rmd"
NOISES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]


def chunk(name: str) -> str:
    """The code of a Python chunk of the lesson."""
    pattern = rf"```\{{python {name}\}}\n(.*?)```"
    (code,) = re.findall(pattern, LESSON.read_text(encoding="utf-8"), re.DOTALL)
    return str(code)


def prose(path: Path) -> str:
    return " ".join(path.read_text(encoding="utf-8").split())


def run(code: str, **given: Any) -> dict[str, Any]:
    """The variables that code leaves."""
    exec(code, given)
    return given


@pytest.fixture(scope="module")
def lesson() -> dict[str, dict[str, Any]]:
    """The variables that there are after each Python chunk of the first eight parts, by the
    chunk's name, without its pictures."""
    given: dict[str, Any] = {}
    after = {}
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
        patch.setenv("MPLBACKEND", "template")
        text = LESSON.read_text(encoding="utf-8")
        first = text[: text.index("# 9. Watch it")]
        for name, options, code in re.findall(
            r"```\{python ([\w-]+)([^\n]*)\}\n(.*?)```", first, re.DOTALL
        ):
            if "page_only" not in options:
                exec(code, given)
                after[name] = dict(given)
    return after


@pytest.fixture(scope="module")
def sweep() -> xorlab.Study:
    """The lesson's own, over learning rates."""
    found: xorlab.Study = run(chunk("rates-sweep"), xorlab=xorlab)["sweep"]
    return found


@pytest.fixture(scope="module")
def widths() -> xorlab.Study:
    """The lesson's own, over numbers of hidden units."""
    found: xorlab.Study = run(chunk("stuck"), xorlab=xorlab)["study"]
    return found


@pytest.fixture(scope="module")
def noisy_fits() -> list[xorlab.Fit]:
    """A net at each noise, as in the lesson."""
    return [xorlab.train_xor(XORDataset(2500, std, seed=1), seed=1) for std in NOISES]


def solved(study: xorlab.Study) -> dict[tuple[str, float], int]:
    return {(one.hidden, one.lr): one.solved for one in study.summary()}


def test_about_three_in_five_nets_of_two_units_solve_xor() -> None:
    (found,) = xorlab.seed_study(runs=650, hidden=2, seed=1, verbose=False).summary()
    for document in (LESSON, TEMPLATE):
        (told,) = re.findall(r"(\d+) of 650", prose(document))
        assert abs(found.solved - int(told)) <= 10
    ((low, high),) = re.findall(r"with a 95 % interval from (\d+) to (\d+) %", prose(LESSON))
    assert [found.lower, found.upper] == pytest.approx([int(low) / 100, int(high) / 100], abs=0.02)
    assert found.lower < 3 / 5 < found.upper
    assert found.lower > 1 / 2


def test_with_more_hidden_units_more_nets_solve_xor(widths: xorlab.Study) -> None:
    two, three, four, eight = (one.share for one in widths.summary())
    assert two + 0.2 < three < four == eight == 1


def test_a_net_that_is_right_for_three_quarters_has_lost_a_corner(widths: xorlab.Study) -> None:
    near = [one for _, one in widths.rows if abs(one.accuracy - 0.75) < 0.02]
    assert len(near) > 10
    assert all(one.corner.count("(") == 1 for one in near)


def test_each_net_of_the_gallery_has_lost_a_corner(widths: xorlab.Study) -> None:
    panels = failed_boundaries(widths)
    assert len(panels) == 9
    assert all(any(panel.lost) for panel in panels)


def test_of_the_templates_twenty_nets_the_failed_ones_have_lost_a_corner_or_two() -> None:
    study = xorlab.seed_study(runs=20, hidden=2, seed=1, verbose=False)
    failed = [study.rows[row][1] for row in study.failed()]
    assert len(failed) > 10  # fewer than half of them solve it
    assert {one.corner.count("(") for one in failed} == {1, 2}


def test_between_rates_too_small_and_too_large_lies_a_plateau(sweep: xorlab.Study) -> None:
    found = solved(sweep)
    four = {rate: count for (hidden, rate), count in found.items() if hidden == "4"}
    two = {rate: count for (hidden, rate), count in found.items() if hidden == "2"}
    assert [rate for rate, count in four.items() if count == 15] == [0.1, 0.3, 1, 3]
    assert max(two[rate] for rate in (0.003, 0.01, 0.03, 10, 30)) < min(
        two[rate] for rate in (0.1, 0.3, 1, 3)
    )
    columns = sweep.to_dict()
    accuracies = [
        accuracy
        for hidden, lr, accuracy in zip(
            columns["hidden"], columns["lr"], columns["accuracy"], strict=True
        )
        if hidden == "4" and 0.1 <= lr <= 3
    ]
    assert min(accuracies) > 0.995
    guessing = np.log(2)
    losses = {(one.hidden, one.lr): one.loss for one in sweep.summary()}
    for hidden in ("2", "4"):
        assert losses[hidden, 0.003] == pytest.approx(guessing, abs=0.01)
        assert guessing < losses[hidden, 10] < losses[hidden, 30]


def test_a_tenth_of_the_rate_takes_ten_times_as_many_epochs(sweep: xorlab.Study) -> None:
    longer = xorlab.xor_sweep(lr=0.01, hidden=[2, 4], runs=15, epochs=1000, seed=1, verbose=False)
    before, after = solved(sweep), solved(longer)
    for hidden in ("2", "4"):
        assert before[hidden, 0.01] <= 2
        assert abs(after[hidden, 0.01] - before[hidden, 0.1]) <= 1


def test_the_curve_stays_at_log_2_then_falls_and_is_nearly_level_at_the_end(
    lesson: dict[str, Any],
) -> None:
    loss = np.array(lesson["train-function"]["means"])
    fall = loss[0] - loss[-1]
    assert np.abs(loss[:9] - np.log(2)).max() < 0.05
    assert loss[9] - loss[34] > 0.5 * fall
    assert loss[-10] - loss[-1] < 0.01 * fall


def test_the_boundary_comes_first_and_the_clear_colours_later(lesson: dict[str, Any]) -> None:
    net = lesson["net"]["net"]
    flat = [epoch for epoch in (5, 10) if net.history.loss[epoch - 1] > 0.65]
    assert flat == [5, 10]
    for epoch in flat:
        prob = net.at(epoch).boundary().prob
        assert prob.min() < 0.5 < prob.max()
        assert expected_accuracy(net.at(epoch).model, 0.1) < 0.8
    early, late = net.at(30), net.at(100)
    assert expected_accuracy(early.model, 0.1) > 0.99
    assert np.ptp(early.boundary().prob) < 0.95 < 0.98 < np.ptp(late.boundary().prob)


def test_the_steps_of_an_epoch_are_a_rough_path(lesson: dict[str, Any]) -> None:
    losses = lesson["one-epoch"]["step_losses"]
    assert len(losses) == 20
    assert 4 <= (np.diff(losses) > 0).sum() <= 15


def test_hits_do_not_depend_on_the_batch_size_and_averages_do(lesson: dict[str, Any]) -> None:
    results = lesson["batch-sizes"]["results"]
    accuracies = {size: accuracy for size, accuracy, _, _ in results}
    averaged = {size: average for size, _, average, _ in results}
    assert len(set(accuracies.values())) == 1
    off = {size for size in accuracies if abs(averaged[size] - accuracies[size]) > 1e-6}
    assert off == {7, 128}


def test_dropout_follows_the_mode_and_gradients_follow_the_other_switch() -> None:
    cases = run(chunk("switches"), torch=torch, nn=nn)["cases"]
    assert len(set(cases)) == 4
    assert all(case[2:] == case[:2] for case in cases)


def test_without_zeroing_the_loss_is_ahead_at_first_and_does_not_come_to_rest(
    lesson: dict[str, Any],
) -> None:
    losses = lesson["unzeroed"]["losses"]
    assert losses.__defaults__[0] == 3
    for seed in (3, 1):  # the first one is the page's
        zeroed, adding_up = np.array(losses(True, seed)), np.array(losses(False, seed))
        assert adding_up[4] < zeroed[4] - 0.005
        assert (np.diff(zeroed) > 0.02).sum() == 0
        assert (np.diff(adding_up) > 0.02).sum() >= 8
        # Past the valley, and up the other side.
        assert (adding_up - np.minimum.accumulate(adding_up)).max() > 0.1


def test_not_to_zero_is_to_roll_without_friction() -> None:
    """A momentum of 1: all of the sum is kept, none of it fades."""
    data = XORDataset(100, seed=1)
    weights = []
    for zero, momentum in ((False, 0.0), (True, 1.0)):
        torch.manual_seed(1)
        model = SimpleClassifier(2, 4, 1)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=momentum)
        for _ in range(20):
            loss = nn.functional.binary_cross_entropy_with_logits(
                model(data.data).squeeze(dim=1), data.label.float()
            )
            if zero:
                optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        weights.append(model.linear1.weight.detach())
    assert torch.allclose(*weights, atol=1e-5)


def test_a_net_is_one_to_two_points_below_the_best_from_a_noise_of_02_on(
    noisy_fits: list[xorlab.Fit],
) -> None:
    for std, fit in zip(NOISES, noisy_fits, strict=True):
        best = xorlab.bayes_xor(std).accuracy
        below = [
            best - expected_accuracy(fit.model, std),
            best - fit.evaluate(XORDataset(100_000, std, seed=2)).accuracy,
        ]
        if std > 0.1:
            assert 0.01 <= min(below) <= max(below) <= 0.025
        else:
            assert max(below) < 0.001


def test_no_net_can_expect_to_beat_the_exact_rule_but_luck_may_lift_it(
    noisy_fits: list[xorlab.Fit],
) -> None:
    models = [fit.model for fit in noisy_fits]
    for std in NOISES[1:]:
        best = xorlab.bayes_xor(std).accuracy
        assert max(expected_accuracy(model, std) for model in models) < best
    exact = xorlab.bayes_xor(0.3)
    lucky = 0
    for seed in range(20):
        points = XORDataset(500, 0.3, seed=seed)
        right = (exact.prob(points.data) >= 0.5) == points.label.numpy()
        lucky += right.mean() > exact.accuracy
    assert 3 <= lucky <= 17


def test_the_net_is_near_the_true_surface_where_its_points_are_and_free_elsewhere(
    noisy_fits: list[xorlab.Fit],
) -> None:
    fit, exact = noisy_fits[2], xorlab.bayes_xor(0.3)
    assert fit.data is not None
    points = fit.data.data
    there = np.abs(fit.prob(points) - exact.prob(points)).mean()
    (told_near, told_far) = re.findall(
        r"the net is off by ([\d.]+) on average.* off by up to ([\d.]+),", prose(LESSON)
    )[0]
    assert there == pytest.approx(float(told_near), abs=0.015)
    surface = fit.boundary()
    truth = exact.boundary(surface.x1, surface.x2)
    nearest = np.abs(surface.prob - truth.prob)
    assert nearest.max() == pytest.approx(float(told_far), abs=0.05)
    i, j = np.unravel_index(nearest.argmax(), nearest.shape)
    place = torch.tensor([surface.x1[i], surface.x2[j]]).float()
    assert ((points - place).norm(dim=1) < 0.2).float().mean() < 0.005


def test_far_away_the_templates_net_is_sure_rightly_in_one_place_and_wrongly_in_another(
    fit: xorlab.Fit,
) -> None:
    assert "predict(fit, rbind(c(5, 5), c(-5, -5))" in prose(TEMPLATE)
    far = [[5, 5], [-5, -5]]
    right, wrong = fit.prob(far)
    assert right < 0.05
    assert wrong > 0.95
    assert xorlab.bayes_xor().prob(far).max() < 0.05


def test_the_templates_nets_need_100_epochs_and_a_rate_of_a_tenth() -> None:
    def accuracy(**settings: Any) -> float:
        return expected_accuracy(xorlab.train_xor(seed=1, **settings).model, 0.1)

    assert accuracy(epochs=20) < 0.8
    assert min(accuracy(epochs=100), accuracy(lr=1.0)) > 0.99
    slow = xorlab.train_xor(lr=0.001, seed=1)
    assert slow.history.loss[-1] == pytest.approx(np.log(2), abs=0.02)


def test_a_short_vector_goes_along_the_rows(lesson: dict[str, Any]) -> None:
    six = lesson["broadcasting"]["six"]
    added = six + torch.tensor([10, 20, 30])
    assert added.tolist() == [[10, 21, 32], [13, 24, 35]]


def test_from_numpy_shares_and_tensor_copies(lesson: dict[str, Any]) -> None:
    after = lesson["sharing"]
    assert (after["shared"][0], after["copied"][0]) == (7, 0)


def test_the_graphs_gradients_are_what_the_text_says(lesson: dict[str, Any]) -> None:
    after = lesson["graph"]
    assert after["slopes"][4] == [1]
    assert after["slopes"][3] == after["slopes"][2] == pytest.approx([1 / 3] * 3)
    assert after["slopes"][1] == after["slopes"][0] == pytest.approx([4 / 3, 2, 8 / 3])
    assert after["values"][4] == pytest.approx([38 / 3])


def test_a_step_too_small_gets_nowhere_and_one_too_large_ends_higher(
    lesson: dict[str, Any],
) -> None:
    small, right, large = ([abs(w - 2) for w in path] for path in lesson["descent"]["paths"])
    assert small[-1] > 1.5
    assert right[-1] < 0.01
    assert large[-1] > large[0]
    below, one, above = lesson["answer-rate"]["far"]
    assert below < 3
    assert one == pytest.approx(3)
    assert above > 3


def test_on_two_devices_a_net_refuses_its_input(lesson: dict[str, Any]) -> None:
    after = lesson["forgotten"]
    with pytest.raises(RuntimeError, match="device"):
        after["module"](after["x"])


def test_tanh_is_flat_far_from_zero_and_relu_has_a_slope_of_zero_or_one(
    lesson: dict[str, Any],
) -> None:
    curves = lesson["activations"]["curves"]
    assert curves["tanh"][1][0] < 0.01 > curves["tanh"][1][-1]
    assert set(curves["relu"][1]) == {0.0, 1.0}


def test_the_loss_is_log_2_at_a_logit_of_zero_and_the_logit_where_wrong_and_sure(
    lesson: dict[str, Any],
) -> None:
    each = lesson["cross-entropy"]["each"]
    z, one = torch.tensor([0.0, 6.0, -6.0]), torch.ones(3)
    assert each(z, one).tolist() == pytest.approx([np.log(2), 0, 6], abs=0.01)


def test_units_that_start_alike_stay_alike_and_one_line_gets_three_corners_at_best(
    lesson: dict[str, Any],
) -> None:
    names = ("Classifier", "train", "train_loader", "loss_module", "torch", "nn")
    given = {name: lesson["net"][name] for name in names}
    left = run(chunk("alike"), **given, device=torch.device("cpu"))
    weights = left["alike"].linear1.weight
    assert torch.equal(weights, weights[:1].expand(4, 2))
    assert expected_accuracy(left["alike"], 0.1) <= 0.76


def test_from_zeros_only_the_last_bias_moves() -> None:
    fit = xorlab.train_xor(init="zeros", seed=1)
    *others, bias = fit.weights().values()
    assert not any(one.any() for one in others)
    assert bias.any()


def test_peeking_squeezes_the_training_rows_together() -> None:
    given = run(chunk("scaling-by-hand"), torch=torch)
    peeked = run(chunk("answer-peeking"), **{k: given[k] for k in ("values", "is_train", "scaled")})
    train = given["is_train"]
    assert (peeked["peeked"][train].std(dim=0) < 0.4).all()
    assert given["scaled"][train].std(dim=0).tolist() == pytest.approx([1, 1])


def test_the_reader_can_solve_two_moons_and_a_straight_line_cannot() -> None:
    given = run(chunk("moons"))
    assert given["hits"] > 490
    train, test = given["Moons"](1000, seed=1), given["Moons"](500, seed=2)
    line = xorlab.train_xor(train.data, train.label, hidden=0, epochs=300, seed=1)
    assert 0.8 < line.evaluate((test.data, test.label)).accuracy < 0.9


def test_one_unit_of_the_net_can_go_and_far_away_it_is_sure_without_reason(
    lesson: dict[str, Any],
) -> None:
    net = lesson["net"]["net"]
    without = []
    for unit in range(4):
        changed = deepcopy(net.model)
        changed.linear2.weight.data[0, unit] = 0
        without.append(expected_accuracy(changed, 0.1))
    assert [share > 0.995 for share in without] == [False, False, True, False]
    far = net.prob([[5, 5], [-5, -5]])
    assert np.abs(far - 0.5).min() > 0.49


def test_types_shapes_and_copies_are_what_the_text_says() -> None:
    assert (torch.zeros(2).double() + torch.zeros(2)).dtype == torch.float64
    assert (torch.zeros(8, 1) == torch.zeros(8)).shape == (8, 8)
    x = torch.arange(3)
    x[x > 0].fill_(9)
    x[[0, 1]].fill_(9)
    assert x.tolist() == [0, 1, 2]
    wrong_and_sure = torch.nn.functional.binary_cross_entropy(
        torch.sigmoid(torch.tensor(100.0)), torch.tensor(0.0)
    )
    assert wrong_and_sure == 100  # torch's own bound for the logarithm of 0
    assert torch.log(1 - torch.sigmoid(torch.tensor(100.0))) == -torch.inf
    w = torch.tensor(1.0, requires_grad=True)
    with pytest.raises(RuntimeError, match="in-place operation"):
        w -= 0.1
