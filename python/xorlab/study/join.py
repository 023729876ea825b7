"""Two studies as one."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..data.dataset import PointDataset
from .config import OWN, Config, Net, Run

# Losses of one training on two machines differ by less than this share.
SAME_LOSS = 0.01
SAME_POINTS = "Studies must be of the same data of your own to be joined"


def joined_rows(
    first: Sequence[tuple[Config, Run]], second: Sequence[tuple[Config, Run]]
) -> list[tuple[Config, Run]]:
    """The rows of both in their order; a net that is in both counts once.

    Raises
    ------
    ValueError
        If the results of such a net differ by more than rounding.
    """
    rows: dict[Net, tuple[Config, Run]] = {}
    for config, run in [*first, *second]:
        _, known = rows.setdefault(Net(config, run.seed), (config, run))
        if not same_loss(known.loss, run.loss):
            columns = config.columns()
            told = ", ".join(f"{name} {columns[name]}" for name in ("hidden", "activation", "lr"))
            raise ValueError(
                "A net that is in both studies must have the same results, but that of seed "
                f"{run.seed} ({told}) has a loss of {known.loss:.4g} in one, and of {run.loss:.4g} "
                "in the other."
            )
    return list(rows.values())


def same_loss(one: float, other: float) -> bool:
    """Whether they are the same but for rounding."""
    nothing = math.isnan(one) and math.isnan(other)
    return nothing or math.isclose(one, other, rel_tol=SAME_LOSS)


def check_same_points(plans: Sequence[Sequence[Net]]) -> None:
    """The user's own points are the same in all studies, as far as they are known.

    Raises
    ------
    ValueError
        If they are not.
    """
    configs = {config for plan in plans for config, _ in plan if config.data == OWN}
    sizes = sorted({config.size for config in configs})
    points = [config.own for config in configs if config.own is not None]
    if len(sizes) > 1 or not all(same_points(points[0], one) for one in points[1:]):
        came = f"{sizes[0]:,} and {sizes[1]:,} points" if len(sizes) > 1 else "different points"
        raise ValueError(f"{SAME_POINTS}, but these have {came}.")


def same_points(one: PointDataset, other: PointDataset) -> bool:
    """Whether they hold the same points, with the same labels and names."""
    if (one.levels, one.features, len(one)) != (other.levels, other.features, len(other)):
        return False
    return bool((one.points == other.points).all() and (one.label == other.label).all())
