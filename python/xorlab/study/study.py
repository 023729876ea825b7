"""Results of many training runs, as a table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from operator import index
from os import PathLike
from typing import TYPE_CHECKING, Any, overload

from ..checks.optional import data_frame
from ..checks.public import public
from ..checks.values import check_count
from ..checks.words import counted, show
from ..data.dataset import PointDataset
from ..files import replacing
from ..fit.fit import Fit
from ..fit.train import new_fit
from ..settings import make_settings
from .config import COLUMNS, CONFIG_COLUMNS, OWN, Config, Net, Run, read_run
from .join import SAME_POINTS, check_same_points, joined_rows, same_loss
from .samples import draw_samples
from .summary import Summary, summarize, table_lines
from .table import MAX_NETS, check_columns, read_nets, records_of, table_text, with_later

if TYPE_CHECKING:
    from pandas import DataFrame


class Study:
    """A row for each net: its configuration and its result.

    `len(study)` is the number of rows, `study[i]` is one of them, `study[:10]` the study of some,
    and a loop goes through them. `study + other` is the study of the rows of both.

    Attributes
    ----------
    rows
        Pairs of a `Config` (`settings`, the `Settings` of the training, whose seeds differ; `data`,
        `size` and `std` of each net's points; `own`, the user's own points) and a `Run` (`seed`;
        `loss`, the mean over the last epoch, or the best one with `patience`, NaN where it was not
        finite; `accuracy` on fresh
        points, or on those that were held out, 0 to 1; `solved`, if that is within 0.005 of the
        best possible and no corner is misclassified (see `is_solved()`), and None for other data
        than XOR; `corner`, those that are misclassified, such as "(0, 1)", or ""; `val_loss`, the
        loss on the rows that were held out for validation after that epoch, None without; and
        `best_epoch`, the number of the best one, whose weights the net has, None without).
    planned
        How many nets there were to be; more than there are rows after Ctrl-C.
    """

    @public
    def __init__(
        self,
        rows: Sequence[tuple[Config, Run]],
        planned: int | None = None,
        plan: Sequence[tuple[Config, int]] | None = None,
    ) -> None:
        self.rows = list(rows)
        self._plan = None if plan is None else [Net(*net) for net in plan]
        if self._plan is not None:
            planned_nets = set(self._plan)
            if not all(Net(config, run.seed) in planned_nets for config, run in self.rows):
                raise ValueError("`plan` must have the configuration and seed of every row.")
        # 0.1.0 kept how many there were to be, and not which.
        self.planned = max(len(self.plan), planned or 0)
        if self.planned > MAX_NETS:
            raise ValueError(f"`rows` must be at most {MAX_NETS:,} nets, not {self.planned:,}.")

    @property
    def plan(self) -> list[Net]:
        """All nets that there were to be, in order."""
        return self._plan or [Net(config, run.seed) for config, run in self.rows]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Config, Run]]:
        return iter(self.rows)

    @overload
    def __getitem__(self, row: slice) -> Study: ...

    @overload
    def __getitem__(self, row: int) -> tuple[Config, Run]: ...

    def __getitem__(self, row: int | slice) -> Study | tuple[Config, Run]:
        return Study(self.rows[row]) if isinstance(row, slice) else self.rows[index(row)]

    def __add__(self, other: Study) -> Study:
        """The nets of both studies, those trained and those planned, in their order; one that is in
        both counts once.

        Raises
        ------
        TypeError
            If the other one is no study.
        ValueError
            If the results of a net that is in both differ by more than rounding, or the studies are
            of different data of your own.
        """
        if not isinstance(other, Study):
            raise TypeError(f"`+` joins a Study with another Study, not with {show(other)}.")
        check_same_points([self.plan, other.plan])
        own = self.own or other.own
        first, second = self._sharing(own), other._sharing(own)
        plan = [*dict.fromkeys([*first.plan, *second.plan])]
        unknown = sum(study.planned - len(study.plan) for study in (self, other))
        return Study(joined_rows(first.rows, second.rows), len(plan) + unknown, plan)

    def _sharing(self, own: PointDataset | None) -> Study:
        """The same study with the user's own points, where it has such; they are looked at where
        its file has not held them."""
        if own is None or not any(config.data == OWN for config, _ in self.plan):
            return self
        try:
            return self.given(own) if self.own else self.given(own).checked()
        except ValueError as error:
            raise ValueError(f"{SAME_POINTS}: {error}") from None

    def __repr__(self) -> str:
        head = f"Study of {counted(len(self), 'net')}{self.layers_shown()}"
        if self.planned > len(self):
            head += f" ({self.planned} were planned; it was interrupted)"
        return "\n".join([head, *table_lines(self.summary())])

    @public
    def layers_shown(self) -> str:
        """The hidden layers, where all the nets have the same and there are several."""
        kinds = {config.settings.hidden for config, _ in self.rows}
        if len(kinds) != 1 or len(*kinds) < 2:
            return ""
        *first, last = map(str, *kinds)
        return f" with {len(first) + 1} hidden layers of {', '.join(first)} and {last} units"

    @public
    def summary(self) -> list[Summary]:
        """For each configuration how many nets solved XOR, how accurate they are, and their median
        loss."""
        runs: dict[Config, list[Run]] = {}
        for config, run in self.rows:
            runs.setdefault(config, []).append(run)
        return [summarize(config, mine) for config, mine in runs.items()]

    @public
    def failed(self) -> list[int]:
        """Numbers of the rows, from 0, of the nets that did not solve XOR."""
        return [i for i, (_, run) in enumerate(self.rows) if run.solved is False]

    @public
    def fit(self, row: int) -> Fit:
        """Train the net of one row, from 0, once more: a study keeps the results of its nets, and
        the seed brings them back.

        Raises
        ------
        TypeError, ValueError, IndexError
            If there is no such row, or the study is of data of your own and came from a file
            without them (see `read_study()`).
        """
        row = check_count("row", row, minimum=0)
        if row >= len(self):
            raise IndexError(f"`row` must be less than the number of nets, {len(self)}, not {row}.")
        config, run = self.rows[row]
        chosen = {"device": "auto", "seed": run.seed}
        settings = make_settings(**{**asdict(config.settings), **chosen})
        samples = draw_samples(config, run.seed)
        return new_fit(samples.train, settings, samples.preparation, samples.validation).train()

    @public
    def given(self, own: PointDataset) -> Study:
        """The same study with the user's own points, which files do not hold."""
        configs = {config: config.given(own) for config, _ in self.plan}
        if all(config is other for config, other in configs.items()):
            raise ValueError("`data` must be left out for a study of toy problems alone.")
        study = Study([(configs[config], run) for config, run in self.rows], self.planned)
        if self._plan is not None:
            study._plan = [Net(configs[config], seed) for config, seed in self._plan]
        return study

    @public
    def checked(self) -> Study:
        """The same study, where one of its nets that is trained again on the points comes to the
        same loss: they might be others, of the same number."""
        for row, (config, run) in enumerate(self.rows):
            if config.own is None or not math.isfinite(run.loss):
                continue
            loss = self.fit(row).history.loss[(run.best_epoch or 0) - 1]
            if not same_loss(loss, run.loss):
                raise ValueError(
                    "`data` must be the points of the study, but on these the net of seed "
                    f"{run.seed} comes to a loss of {loss:.4g}, and not {run.loss:.4g}."
                )
            break
        return self

    @property
    def own(self) -> PointDataset | None:
        """The user's own points; None where there are none, or a file has told of the study."""
        return next((config.own for config, _ in self.plan if config.own is not None), None)

    @public
    def to_dict(self) -> dict[str, list[Any]]:
        """The columns by name."""
        records = [{**config.columns(), **asdict(run)} for config, run in self.rows]
        return {name: [record[name] for record in records] for name in COLUMNS}

    @public
    def plan_to_dict(self) -> dict[str, list[Any]]:
        """The columns of all nets that there were to be: their configurations and seeds."""
        records = [{**config.columns(), "seed": seed} for config, seed in self.plan]
        return {name: [record[name] for record in records] for name in (*CONFIG_COLUMNS, "seed")}

    @classmethod
    @public
    def from_dict(
        cls,
        columns: Mapping[str, Sequence[Any]],
        planned: int | None = None,
        plan: Mapping[str, Sequence[Any]] | None = None,
        own: PointDataset | None = None,
    ) -> Study:
        """The study of these columns.

        Parameters
        ----------
        columns
            As `to_dict()` gives them.
        planned
            How many nets there were to be; None: those there.
        plan
            Which nets there were to be, as `plan_to_dict()` gives them; None: those there.
        own
            The user's own points, where nets were trained on such.

        Raises
        ------
        ValueError
            If a column is missing, or a value in it is not what such a column holds.
        """
        check_columns(columns)
        columns = with_later(columns)
        nets = list(read_nets(columns))
        rows: list[tuple[Config, Run]] = []
        for net, record in zip(nets, records_of(columns, COLUMNS), strict=True):
            try:
                rows.append((net.config, read_run(net.config, record, net.seed)))
            except (TypeError, ValueError) as error:
                raise ValueError(f"in row {len(rows) + 1}, {error}") from None
        study = cls(rows, planned, None if plan is None else list(read_nets(with_later(plan))))
        return study if own is None else study.given(own)

    @public
    def save(self, path: str | PathLike[str]) -> None:
        """Write the table to a file of comma-separated values, whole or not at all.

        Where Ctrl-C ended the study, the rows of the nets that were not trained have no results.

        Raises
        ------
        OSError
            If the file cannot be written; an older one is unharmed.
        """
        text = table_text(self.to_dict(), self.plan_to_dict(), self.planned)
        with replacing(path) as file:
            file.write(text.encode())

    @public
    def to_frame(self) -> DataFrame:
        """The table as a data frame of pandas, a row for each net, with the columns of
        `to_dict()`.

        Raises
        ------
        ImportError
            If pandas is not installed.

        Examples
        --------
        >>> import xorlab
        >>> study = xorlab.xor_sweep(lr=[0.1, 1], hidden=2, runs=3, epochs=2, seed=1)
        >>> study.to_frame().groupby("lr")["loss"].count().tolist()
        [3, 3]
        """
        return data_frame(self.to_dict())
