"""The probabilities of a trained net over two of the user's own columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from ..checks.public import public
from ..data.xor import is_xor
from ..evaluation.boundary import (
    GRID_LINES,
    Boundary,
    Grid,
    chosen_lines,
    default_grid,
    surface_of,
)
from ..evaluation.predict import surface_probabilities
from .predictor import Predictor
from .section import Section, find_section


class BoundaryPredictor(Predictor):
    """A predictor with probability surfaces over its columns."""

    @public
    def boundary(
        self,
        x1: ArrayLike | None = None,
        x2: ArrayLike | None = None,
        vars: Sequence[str] | None = None,
        at: Mapping[str, Any] | None = None,
    ) -> Boundary:
        """Probabilities on a grid of two columns, in their own units.

        Parameters
        ----------
        x1, x2
            Grid lines of the first and the second of the two, shapes [a] and [b]; None takes lines
            around the data.
        vars
            Names of the two columns, of numbers; None takes the only two, or else the two that
            predictions depend on most.
        at
            Values of other columns by name, a level for a column of categories; the others are at
            the means of the training data, or at their most frequent level.

        Returns
        -------
        A `Boundary`, whose `prob` is that of the second of two classes, shape [a, b], or has an
        entry for each of more classes, shape [a, b, K].

        Raises
        ------
        TypeError, ValueError
            If a grid is empty or not finite, `vars` or `at` name no such columns, or there are no
            two columns of numbers.

        Examples
        --------
        >>> import xorlab
        >>> fit = xorlab.train_xor([[0, 5, 1], [1, 6, 0], [0, 7, 2]], ["a", "b", "a"], seed=1)
        >>> fit.boundary([0, 1], [5, 6, 7], vars=("x1", "x2"), at={"x3": 1}).prob.shape
        (2, 3)
        """
        return self.boundary_in(self.section(vars, at), x1, x2)

    def boundary_in(
        self, section: Section, x1: ArrayLike | None = None, x2: ArrayLike | None = None
    ) -> Boundary:
        """The boundary in a section of two columns."""
        if len(section.names) != 2:
            raise ValueError(
                "A boundary needs two columns of numbers, and there is only "
                f"{section.names[0]!r}: `plot_fit()` draws the probability against it."
            )
        first, second = chosen_lines(self.grid_around(section), x1, x2)
        return surface_of(self.section_prob(section, first, second), first, second)

    def section(
        self, vars: Sequence[str] | None = None, at: Mapping[str, Any] | None = None
    ) -> Section:
        """The columns that a picture shows, and what the others are in it."""
        points = self.data.points if self.data else None
        found = find_section(self.features, self.frame, points, self.predictor(), vars, at)
        if not self.computed:
            return found
        # R draws such fits with all columns of a variable moving together.
        note = "columns of R's formula one by one"
        return found._replace(caption=f"{found.caption}; {note}" if found.caption else note)

    @property
    def computed(self) -> list[str]:
        """Columns that a formula of R's computed from others."""
        encoding = (self.preparation.encoding if self.preparation else None) or {}
        variables = (encoding.get("formula") or {}).get("variables")
        if not isinstance(variables, Mapping):
            return []
        return [one for one in self.features if one not in variables]

    def section_prob(self, section: Section, *lines: NDArray[np.float64]) -> Tensor:
        """Probabilities on a grid of a section: [n] of the second of two classes, or [n, K]."""
        return surface_probabilities(self.logits(section.points(*lines)))

    def grid_around(self, section: Section, lines: int = GRID_LINES) -> Grid:
        """Grid lines around the training data, for each column of a section."""
        points = self.data.points if self.data else torch.zeros(1, self.num_inputs)
        return default_grid(points[:, list(section.places)], is_xor(self.data), lines)
