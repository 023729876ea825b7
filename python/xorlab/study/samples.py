"""Training and test points of each net of a study."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from torch import Tensor

from ..data.dataset import PointDataset
from ..data.origin import check_class_count, check_kind
from ..data.preparation import Preparation, learn_preparation
from ..data.split import held_out, split_validation
from ..data.toys import TOYS, toy_data
from ..fit.train import check_classes
from ..seed import make_generator
from ..settings import Settings
from .config import OWN, Config

# The share of the user's own points that a net is not trained on.
HELD_OUT = 0.2
# Fresh points of a toy problem other than XOR, the same for all nets, so that these differ by
# training alone. The accuracy of a single net is uncertain by at most 0.005 (one standard error).
FRESH_POINTS = 10_000


class Samples(NamedTuple):
    """Data of one net: its training points, their preparation, the held-out points of the user's
    own data, by which the net is judged, and the points for validation, which are none of those."""

    train: PointDataset
    preparation: Preparation | None = None
    held_out: PointDataset | None = None
    validation: PointDataset | None = None

    def shape(self) -> tuple[int, int, int]:
        """Inputs of the net, points that it is trained on, and points for validation."""
        columns = self.preparation.columns if self.preparation else self.train.features
        return len(columns), len(self.train), len(self.validation or ())

    def inputs(self, points: Tensor) -> Tensor:
        """Inputs of the net, float32, for points in the user's units."""
        return self.preparation(points) if self.preparation else points.float()


def draw_samples(config: Config, seed: int) -> Samples:
    """The samples of the net with this seed.

    Raises
    ------
    ValueError
        If a class has no points, or the user's own points are not there.
    """
    if config.data != OWN:
        points, others = toy_data(check_kind(config.data), config.size, config.std, seed), None
    else:
        own = need_own(config)
        rows, last = held_out(own, HELD_OUT, seed)
        points, others = own.take(rows), own.take(last)
    try:
        train, validation = check_classes(points), None
        share = config.settings.validation
        if share is not None:
            train, validation = split_validation(train, float(share), seed)
        quiet = others is not None
        preparation = learn_preparation(train, config.scale, config.inputs, quiet=quiet)
    except ValueError as error:
        if others is None:
            raise
        raise ValueError(f"In the net of seed {seed}, {error}") from None
    return Samples(train, preparation, others, validation)


def need_own(config: Config) -> PointDataset:
    if config.own is None:
        raise ValueError(
            "`data` must be given, the points that the nets are trained on: a file of a study has "
            "the table alone. Pass them to `resume_study(data=)` or `read_study(data=)`."
        )
    return config.own


def check_own(own: PointDataset) -> PointDataset:
    """The user's points, which nets can be trained on; a warning where columns do not vary."""
    held_out(check_classes(own), HELD_OUT, seed=0)
    learn_preparation(own, "auto", None)
    return own


def check_validation(own: PointDataset, settings: Settings) -> None:
    """Each class has points for training and for validation beside those that are held out, of
    which there are as many with every seed."""
    if settings.validation is not None:
        rest = own.take(held_out(own, HELD_OUT, seed=0)[0])
        split_validation(rest, float(settings.validation), seed=0)


@lru_cache(maxsize=64)
def fresh_points(kind: str, noise: float) -> tuple[Tensor, Tensor]:
    """Points of a toy problem that no seed of `toy_data()` gives, float32 [n, 2], and classes."""
    classes = check_class_count(kind)
    return TOYS[kind](FRESH_POINTS, noise, classes, make_generator(0, "test"))
