"""What was learned from the training data about their columns: how points in the user's units
become the inputs of a net."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..checks.values import check_entries
from ..checks.words import show, warn
from ..device import one_thread
from .columns import left_out_line, nothing_varies
from .dataset import PointDataset
from .frames import check_frame
from .inputs import InputName, check_inputs, compute_inputs

# Whether columns are standardised; "auto": those of the user's own data.
Scale = bool | Literal["auto"]


@dataclass(frozen=True, eq=False)
class Preparation:
    """How points in the user's units become what a net takes.

    Named inputs are computed, constant columns left out, and the others standardised, in float64;
    the result is rounded to float32 once.

    Attributes
    ----------
    features
        Names of the columns in the user's units.
    inputs
        Named inputs that are computed from two columns; None for the columns themselves.
    columns
        Names of the net's inputs, among `inputs` or `features`.
    center, scale
        What is subtracted from each input, and what it is then divided by, float64; None where
        inputs are not scaled.
    encoding
        How a data frame becomes columns of numbers, as plain values: `{"frame": ..., "target":
        ...}` of a frame in Python, `{"formula": ...}` of a formula in R, which R alone can apply.
    """

    features: tuple[str, ...]
    inputs: tuple[InputName, ...] | None
    columns: tuple[str, ...]
    center: NDArray[np.float64] | None
    scale: NDArray[np.float64] | None
    encoding: Mapping[str, Any] | None = None

    def __call__(self, points: Tensor) -> Tensor:
        """Inputs of the net, float32 [n, len(columns)] on the CPU, for points [n, features]."""
        values = points.detach().cpu().double()
        if self.inputs is not None:
            values = compute_inputs(self.inputs, values)
        if self.left_out:
            values = values[:, self.places]
        if self.center is not None and self.scale is not None:
            values = (values - torch.from_numpy(self.center)) / torch.from_numpy(self.scale)
        return values.float()

    def __repr__(self) -> str:
        if self.center is None:
            return f"Preparation: {', '.join(self.columns)}, not scaled"
        return f"Preparation: {', '.join(self.columns)}, standardised by the training rows"

    @property
    def known(self) -> tuple[str, ...]:
        """Names of the columns, or of the named inputs, that the net's inputs are among."""
        return self.features if self.inputs is None else self.inputs

    @property
    def left_out(self) -> list[str]:
        """Columns that the net does not get, since they are constant in the training rows."""
        return [one for one in self.known if one not in self.columns]

    @property
    def places(self) -> list[int]:
        """The places of the net's inputs among all columns or named inputs."""
        return [self.known.index(one) for one in self.columns]

    @property
    def frame(self) -> Mapping[str, Any] | None:
        """How the columns of a frame become numbers; None where there was no frame."""
        return (self.encoding or {}).get("frame")

    @property
    def target(self) -> str | None:
        """The column of a frame that held the classes."""
        return (self.encoding or {}).get("target")

    def to_dict(self) -> dict[str, Any]:
        """Plain values and numpy arrays."""
        return {
            "inputs": None if self.inputs is None else list(self.inputs),
            "columns": list(self.columns),
            "center": self.center,
            "scale": self.scale,
            "encoding": None if self.encoding is None else dict(self.encoding),
        }

    @classmethod
    def from_dict(cls, content: Any, features: tuple[str, ...]) -> Preparation:
        """The preparation that `to_dict()` was made of, of data of these columns.

        Raises
        ------
        TypeError, ValueError
            If a part is missing or unknown, or is not one of such columns.
        """
        needed = ("inputs", "columns", "center", "scale", "encoding")
        content = check_entries("preparation", content, needed)
        inputs = check_inputs(content["inputs"] or None, len(features))
        columns = check_columns(content["columns"], features if inputs is None else inputs)
        center = check_figures("center", content["center"], len(columns))
        scale = check_figures("scale", content["scale"], len(columns))
        if (center is None) != (scale is None):
            raise ValueError("`center` and `scale` must both be there, or neither.")
        if scale is not None and not (scale > 0).all():
            raise ValueError(f"`scale` must be above 0, not {show(content['scale'])}.")
        encoding = check_encoding(content["encoding"], features)
        return cls(features, inputs, columns, center, scale, encoding)


def check_columns(columns: Any, known: tuple[str, ...]) -> tuple[str, ...]:
    """Some of the known columns, each once."""
    given = tuple(columns) if isinstance(columns, list | tuple) else ()
    if not given or any(given.count(one) > 1 or one not in known for one in given):
        raise ValueError(f"`columns` must be some of {show(known)}, not {show(columns)}.")
    return given


def check_figures(name: str, values: Any, count: int) -> NDArray[np.float64] | None:
    """One finite number for each column; None where there are none."""
    if values is None:
        return None
    try:
        figures = np.atleast_1d(np.asarray(values))
    except ValueError:  # rows of several lengths
        figures = np.array(["none"])
    good = figures.dtype.kind in "fiu" and figures.shape == (count,)
    if not good or not np.isfinite(figures).all():
        raise ValueError(f"`{name}` must be {count} finite numbers, not {show(values)}.")
    return np.array(figures, dtype=np.float64)


def check_encoding(encoding: Any, features: tuple[str, ...]) -> Mapping[str, Any] | None:
    """A frame's or a formula's; what R keeps of a formula, R looks at before it uses it."""
    if encoding is None:
        return None
    content = check_entries("encoding", encoding, (), ("frame", "target", "formula"))
    frame = content.get("frame")
    if (frame is None) == (content.get("formula") is None):
        raise ValueError("`encoding` must have a frame or a formula, and not both.")
    if frame is None:
        return content
    check_frame(frame, features)
    target = content.get("target")
    if target is not None and not isinstance(target, str):
        raise TypeError(f"`target` must be the name of a column or None, not {show(target)}.")
    return content


def check_scale(scale: Any) -> bool | None:
    """Whether columns are standardised; None where the data decide."""
    if isinstance(scale, bool | np.bool_):
        return bool(scale)
    if isinstance(scale, str) and scale == "auto":
        return None
    kind = ValueError if isinstance(scale, str) else TypeError
    raise kind(f"`scale` must be True, False or 'auto', not {show(scale)}.")


def learn_preparation(
    dataset: PointDataset,
    scale: Any,
    inputs: Any,
    encoding: Mapping[str, Any] | None = None,
    quiet: bool = False,
) -> Preparation | None:
    """What is to be done with the columns of training data; None where it is nothing.

    Raises
    ------
    TypeError, ValueError
        If `scale` or `inputs` is not what `train_xor()` takes, or every column is constant.

    Warns
    -----
    UserWarning
        If columns are constant, and therefore left out; not where it is to be quiet.
    """
    features, wanted = dataset.features, check_scale(scale)
    names = check_inputs(inputs, len(features))
    scaled = dataset.origin is None if wanted is None else wanted
    if not scaled:
        if names is None and encoding is None:
            return None
        return Preparation(features, names, names or features, None, None, encoding)
    values = dataset.points.double()
    if names is not None:
        values = compute_inputs(names, values)
    center, spread = moments(values)
    kept = [i for i, one in enumerate(spread) if one > 0]
    known = names or features
    if not kept:
        raise ValueError(nothing_varies(known))
    columns = tuple(known[i] for i in kept)
    left_out = [one for one in known if one not in columns]
    if left_out and not quiet:
        warn(left_out_line(left_out))
    return Preparation(features, names, columns, center[kept], spread[kept], encoding)


@one_thread()  # so that the last bits do not depend on how many there are
def moments(values: Tensor) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard deviation (by n, not n - 1) of each column, float64; 0 of a constant one,
    whose mean may be off by rounding."""
    center = values.mean(dim=0)
    spread = (values - center).square().mean(dim=0).sqrt()
    spread[values.amin(dim=0) == values.amax(dim=0)] = 0
    return center.numpy(), spread.numpy()
