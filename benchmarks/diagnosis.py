"""How often `diagnose_xor()` is right: nets with a known fault, and the cause that it names.

`python -m benchmarks.diagnosis` judges 20 nets of each fault, and writes the table of faults
against causes to `results/diagnosis.md`. The tests judge a few of each.
"""

from __future__ import annotations

import argparse
import warnings
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
import xorlab

RESULTS = Path(__file__).parent / "results" / "diagnosis.md"
EACH = 20


def choose(seed: int, *values: Any) -> Any:
    """One of the values, by the seed."""
    return values[np.random.default_rng([seed, len(values)]).integers(len(values))]


def rate_far_too_low(seed: int) -> xorlab.Fit:
    lr = choose(seed, 1e-5, 1e-4, 5e-4)
    return xorlab.train_xor(
        lr=lr, epochs=choose(seed, 10, 30, 100, 50), hidden=choose(seed, 4, 8), seed=seed
    )


def rate_far_too_low_in_noise(seed: int) -> xorlab.Fit:
    """Where even the best net's loss is not far below that of guessing."""
    std = choose(seed + 2, 0.4, 0.6, 0.8, 0.9)
    return xorlab.train_xor(xorlab.XORDataset(2500, std, seed), seed=seed, **tiny_rate(seed))


def rate_far_too_low_on_own(seed: int) -> xorlab.Fit:
    points = two_clouds(
        seed, gap=choose(seed + 2, 0.4, 0.6, 0.8), size=choose(seed, 100, 300, 1000)
    )
    return xorlab.train_xor(points, seed=seed, **tiny_rate(seed))


def tiny_rate(seed: int) -> dict[str, Any]:
    return {
        "lr": choose(seed, 1e-5, 1e-4, 1e-3),
        "epochs": choose(seed + 1, 30, 100),
        "hidden": choose(seed + 3, 4, 8),
    }


def rate_low(seed: int) -> xorlab.Fit:
    return xorlab.train_xor(lr=choose(seed, 0.003, 0.01), seed=seed)


def rate_right(seed: int) -> xorlab.Fit:
    lr = choose(seed, 0.1, 0.2, 0.5, 1, 2, 3)
    hidden = choose(seed + 1, 4, 8, (8, 8))
    return xorlab.train_xor(lr=lr, hidden=hidden, epochs=150, seed=seed)


def rate_high(seed: int) -> xorlab.Fit:
    return xorlab.train_xor(lr=choose(seed, 15, 20, 30, 50, 100), seed=seed)


def diverging(seed: int) -> xorlab.Fit:
    return xorlab.train_xor(lr=choose(seed, 1e3, 1e6, 1e20, 1e30), epochs=20, seed=seed)


def trained_from(
    seed: int, change: Callable[[dict[str, torch.Tensor]], None], **settings: Any
) -> xorlab.Fit:
    """A fit whose initial weights were changed."""
    before = xorlab.train_xor(epochs=1, seed=seed, snapshots=0, **settings).at(0)
    with torch.no_grad():
        change(dict(before.model.named_parameters()))
    before.snapshots = {0: before.model.state_dict()}
    return xorlab.resume_xor(before, epochs=choose(seed, 100, 200))


def dead_relu(seed: int) -> xorlab.Fit:
    def kill(weights: dict[str, torch.Tensor]) -> None:
        weights["linear1.bias"] -= 10

    if seed % 4 == 0:  # as it comes about by itself
        return xorlab.train_xor(activation="relu", lr=choose(seed, 5, 8), seed=seed)
    return trained_from(seed, kill, activation="relu", hidden=choose(seed, 4, 8))


def saturated(seed: int) -> xorlab.Fit:
    """Steep units whose lines all pass through the middle of the square: odd about it, as XOR is
    not, so that no output weights will do."""

    def saturate(weights: dict[str, torch.Tensor]) -> None:
        weights["linear1.weight"] *= 500 / weights["linear1.weight"].norm(dim=1, keepdim=True)
        weights["linear1.bias"][:] = -0.5 * weights["linear1.weight"].sum(dim=1)

    return trained_from(seed, saturate, activation=choose(seed, "tanh", "sigmoid"))


def duplicates(seed: int) -> xorlab.Fit:
    def copy(weights: dict[str, torch.Tensor]) -> None:
        for name in ("linear1.weight", "linear1.bias"):
            weights[name][:] = weights[name][:1].clone()
        weights["linear2.weight"][:] = weights["linear2.weight"][:, :1].clone()

    return trained_from(seed, copy, hidden=choose(seed, 2, 4, 8))


def too_few_epochs(seed: int) -> xorlab.Fit:
    return xorlab.train_xor(epochs=choose(seed, 5, 8, 12), lr=choose(seed, 0.1, 0.15), seed=seed)


def lost_corner(seed: int) -> xorlab.Fit:
    """The first net of two units, from a seed on, that neither 100, 300 nor 1,000 epochs solve."""
    for one in range(1000 * (seed + 1), 1000 * (seed + 2)):
        longest = xorlab.train_xor(hidden=2, epochs=1000, seed=one, snapshots=(100, 300))
        fits = [longest.at(100), longest.at(300), longest]
        if not any(xorlab.diagnose_xor(fit).solved for fit in fits):
            return fits[choose(seed, 0, 1)]
    raise AssertionError("nets of two units do not get stuck any more")


def noise_at_the_ceiling(seed: int) -> xorlab.Fit:
    data = xorlab.XORDataset(2500, std=choose(seed, 1.2, 1.5, 2.0, 3.0), seed=seed)
    return xorlab.train_xor(data, seed=seed)


def two_clouds(
    seed: int, scale: Any = 1.0, shift: Any = 0.0, size: int = 300, gap: float = 1.5
) -> Any:
    """Points of two overlapping classes: standardised, then scaled and shifted by column."""
    rng = np.random.default_rng(seed)
    label = rng.integers(2, size=size)
    x = rng.normal(size=(size, 3))
    x[:, :2] += gap * label[:, None]
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    return x * scale + shift, label


def different_scales(seed: int) -> xorlab.Fit:
    scale = choose(seed, [1, 5, 1], [1, 100, 1], [0.05, 1, 1], [1e4, 1, 1])
    return xorlab.train_xor(two_clouds(seed, scale), seed=seed, scale=False)


def petals(seed: int) -> Any:
    """Length and width of petals, drawn with the means and standard deviations of the two kinds of
    iris that overlap (Fisher 1936, Annals of Eugenics 7, 179-188)."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(100, 1))  # length and width go together
    x = 0.8 * common + 0.6 * rng.normal(size=(100, 2))
    label = np.repeat([0, 1], 50)
    mean, sd = np.array([[4.26, 1.33], [5.55, 2.03]]), np.array([[0.47, 0.20], [0.55, 0.27]])
    return mean[label] + sd[label] * x, label


def far_from_zero(seed: int) -> xorlab.Fit:
    if seed % 3 == 0:
        return xorlab.train_xor(petals(seed), seed=seed, scale=False)
    shift = choose(seed, [5, 0, 0], [0, -20, 0], [100, 100, 100], [0, 0, 1000])
    return xorlab.train_xor(two_clouds(seed, shift=shift), seed=seed, scale=False)


def own_data_well(seed: int) -> xorlab.Fit:
    return xorlab.train_xor(two_clouds(seed), epochs=choose(seed, 300, 500), seed=seed)


def nothing_to_learn(seed: int) -> xorlab.Fit:
    """Labels that have nothing to do with the points, at a usual rate."""
    points = two_clouds(seed, gap=0, size=choose(seed, 100, 300, 1000))
    lr, epochs = choose(seed, 0.1, 0.3), choose(seed + 1, 100, 300)
    return xorlab.train_xor(points, lr=lr, epochs=epochs, hidden=choose(seed + 3, 4, 8), seed=seed)


def by_heart(seed: int) -> xorlab.Fit:
    """Nets of many units on few rows, with others held out."""
    points = two_clouds(seed, gap=choose(seed, 0, 0.6, 1.5), size=choose(seed + 1, 80, 150))
    lr, hidden = choose(seed + 2, 0.02, 0.05), choose(seed + 3, 32, (16, 16))
    options = {"optimizer": "adam", "epochs": 500, "validation": 0.4}
    return xorlab.train_xor(points, hidden=hidden, lr=lr, seed=seed, **options)


def stopped_early(seed: int) -> xorlab.Fit:
    """The same, with patience, where there is something to learn."""
    points = two_clouds(seed, gap=choose(seed, 1.5, 2, 2.5), size=choose(seed + 1, 100, 300))
    options = {"optimizer": "adam", "epochs": 500, "validation": 0.4, "patience": 15}
    return xorlab.train_xor(points, hidden=choose(seed + 2, 16, 32), seed=seed, **options)


def stopped_by_chance(seed: int) -> xorlab.Fit:
    """With patience, where there is nothing to learn."""
    points = two_clouds(seed, gap=0, size=choose(seed, 100, 300))
    options = {"optimizer": "adam", "epochs": 500, "validation": 0.4, "patience": 5}
    return xorlab.train_xor(points, hidden=choose(seed + 1, 8, 32), seed=seed, **options)


def stopped_too_early(seed: int) -> xorlab.Fit:
    """The first net, from a seed on, that little patience stops on the plateau of XOR, as data of
    one's own."""
    options = {"validation": 0.2, "patience": 1, "epochs": 100, "lr": choose(seed, 0.05, 0.1)}
    for one in range(1000 * (seed + 1), 1000 * (seed + 2)):
        x = np.random.default_rng(one).uniform(-1, 1, size=(200, 2))
        label = (x[:, 0] * x[:, 1] > 0).astype(int)
        fit = xorlab.train_xor((x, label), hidden=choose(seed + 1, 8, 16), seed=one, **options)
        stopped = len(fit.history) < fit.settings.epochs
        if stopped and fit.history.val_loss[fit.epoch - 1] > PLATEAU:
            return fit
    raise AssertionError("nets do not stop on the plateau any more")


# The loss of guessing is 0.693.
PLATEAU = 0.65


def no_bend(seed: int) -> xorlab.Fit:
    kind = choose(seed, {"hidden": 1}, {"activation": "identity"})
    return xorlab.train_xor(seed=seed, **kind)


# Each fault with the causes that are right for it; a net that solved XOR all the same has no fault.
FAULTS: Mapping[str, tuple[Callable[[int], xorlab.Fit], set[str]]] = {
    "learning rate far too low": (rate_far_too_low, {"learning rate too low"}),
    "rate far too low, noisy XOR": (rate_far_too_low_in_noise, {"learning rate too low"}),
    "rate far too low, own data": (
        rate_far_too_low_on_own,
        {"learning rate too low", "not done yet"},
    ),
    "learning rate low": (rate_low, {"learning rate too low", "not done yet", "solved"}),
    "learning rate right": (rate_right, {"solved"}),
    "learning rate high": (rate_high, {"learning rate too high"}),
    "diverging": (diverging, {"learning rate too high", "weights not finite"}),
    "dead relu": (dead_relu, {"dead units", "learning rate too high"}),
    "saturated units": (saturated, {"saturated units"}),
    "duplicate units": (duplicates, {"duplicate units"}),
    "too few epochs": (too_few_epochs, {"not done yet", "solved"}),
    "lost corner": (lost_corner, {"stuck"}),
    "noise at the ceiling": (noise_at_the_ceiling, {"noise", "solved"}),
    "columns on different scales": (different_scales, {"columns not standardised"}),
    "columns far from 0": (far_from_zero, {"columns not standardised"}),
    "own data, trained well": (own_data_well, {"none"}),
    "own data, nothing to learn": (nothing_to_learn, {"none", "stuck"}),
    "learned by heart": (by_heart, {"overfitting"}),
    "stopped early": (stopped_early, {"none"}),
    "stopped early, nothing to learn": (stopped_by_chance, {"stuck"}),
    "stopped too early": (stopped_too_early, {"not done yet"}),
    "no line, or one": (no_bend, {"linear net", "too few units"}),
}


def judge(fault: str, seeds: range) -> Counter[str]:
    """How often each cause is named for nets of a fault."""
    make, _ = FAULTS[fault]
    return Counter(xorlab.diagnose_xor(make(seed)).cause for seed in seeds)


def wrong(fault: str, causes: Mapping[str, int]) -> int:
    """How many of these causes are not right for the fault."""
    return sum(n for cause, n in causes.items() if cause not in FAULTS[fault][1])


def table(found: Mapping[str, Counter[str]]) -> str:
    """The faults in rows, the causes in columns; those that are right for a fault in bold."""
    causes = sorted({cause for counts in found.values() for cause in counts})
    lines = [f"| fault | {' | '.join(causes)} | wrong |", "|---|" + "--:|" * (len(causes) + 1)]
    for fault, counts in found.items():
        cells = [
            f"**{counts[cause]}**"
            if cause in FAULTS[fault][1] and counts[cause]
            else str(counts[cause] or "")
            for cause in causes
        ]
        lines.append(f"| {fault} | {' | '.join(cells)} | {wrong(fault, counts) or ''} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.diagnosis", description=__doc__)
    parser.add_argument("--each", type=int, default=EACH, help="nets of each fault (%(default)s)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="the table")
    args = parser.parse_args()
    warnings.simplefilter("ignore", RuntimeWarning)  # of trainings that are meant to diverge
    found = {}
    for fault in FAULTS:
        found[fault] = judge(fault, range(args.each))
        print(f"{fault}: {dict(found[fault])}, {wrong(fault, found[fault])} wrong", flush=True)
    nets = args.each * len(FAULTS)
    errors = sum(wrong(fault, counts) for fault, counts in found.items())
    args.out.write_text(
        "# Faults that were made, and the causes that `diagnose_xor()` names\n\n"
        f"{nets} nets, {args.each} of each fault; {errors} judged wrongly. In bold, the causes "
        "that are right for a\nfault. Written by `python -m benchmarks.diagnosis`.\n\n"
        f"{table(found)}\n"
    )
    print(f"{errors} of {nets} judged wrongly")


if __name__ == "__main__":
    main()
