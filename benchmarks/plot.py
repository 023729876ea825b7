"""The results as one picture."""

from __future__ import annotations

from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from .report import number
from .timing import Row

OURS, OTHERS, AUTOGRAD = "#1f5fa8", "#b9b9b9", "#7fb0df"
MARKS = ("o", "s", "^", "D")


def is_ours(name: str) -> bool:
    return name.startswith(("xorlab", "seed_study", "torchrun", "train_xor"))


def colour(name: str) -> str:
    if "autograd" in name:
        return AUTOGRAD
    return OURS if is_ours(name) else OTHERS


def plain_log(axes: Axes, which: str) -> None:
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(LogLocator(numticks=7))
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axis.set_minor_formatter(NullFormatter())


def draw_bars(axes: Axes, rows: list[Row]) -> None:
    """One fit: a bar for each peer, the quickest on top, with its spread and its accuracy."""
    rows = sorted(rows, key=lambda row: -row.value)
    spread = [[r.value - r.low for r in rows], [r.high - r.value for r in rows]]
    names = [row.name for row in rows]
    values = [row.value for row in rows]
    axes.barh(names, values, color=[colour(name) for name in names])
    axes.errorbar(values, names, xerr=spread, fmt="none", ecolor="#333333", capsize=3)
    axes.set(xscale="log", xlabel="seconds a fit (log scale)", title="One fit")
    axes.set_xlim(min(r.low for r in rows) / 2, max(r.high for r in rows) * 8)
    for i, row in enumerate(rows):
        text = f" {number(row.value)} s, {row.accuracy:.1%}"
        axes.text(row.high * 1.1, i, text, va="center", fontsize=8)
    plain_log(axes, "x")


def draw_lines(axes: Axes, rows: list[Row], word: str, title: str) -> None:
    """Cost against the number that the setting begins with; a lone value is a level line."""
    chosen = [row for row in rows if word in row.setting]
    for mark, name in zip(MARKS * 2, dict.fromkeys(row.name for row in chosen), strict=False):
        own = [row for row in chosen if row.name == name]
        x = [int(row.setting.split()[0].replace(",", "")) for row in own]
        y = [row.value for row in own]
        spread = [[r.value - r.low for r in own], [r.high - r.value for r in own]]
        axes.errorbar(
            x, y, yerr=spread, marker=mark, color=colour(name), label=name, capsize=3, zorder=3
        )
        if len(own) == 1 and len(chosen) > 1:
            axes.axhline(y[0], color=colour(name), linestyle="--", zorder=1)
    axes.set(xscale="log", yscale="log", xlabel=word, title=title)
    axes.set_ylabel(chosen[0].unit)
    plain_log(axes, "x")
    plain_log(axes, "y")
    axes.grid(color="#eeeeee")
    axes.legend(fontsize=8, frameon=False)


def draw_processes(axes: Axes, rows: list[Row]) -> None:
    chosen = [row for row in rows if "processes" in row.setting]
    names = [row.setting.split()[0] for row in chosen]
    values = [row.value for row in chosen]
    spread = [[r.value - r.low for r in chosen], [r.high - r.value for r in chosen]]
    axes.bar(names, values, yerr=spread, color=OURS, capsize=3)
    axes.set(xlabel="processes", ylabel="seconds in all", title="torchrun study")


def draw_memory(axes: Axes, rows: list[Row]) -> None:
    chosen = [row for row in rows if row.setting == "peak"]
    axes.bar([row.name for row in chosen], [row.value for row in chosen], color=OURS)
    axes.axhline(3, color="#333333", linestyle="--", label="the aim: 3 times")
    axes.set(ylabel="peak, times the points' bytes", title="Ten million points")
    axes.set_ylim(0, max(3.8, 1.2 * max(row.value for row in chosen)))
    axes.legend(fontsize=8, frameon=False)


def draw(path: Path, rows: list[Row], heading: str) -> None:
    """The panels for which there are rows."""
    of = {name: [r for r in rows if r.section == name] for name in {r.section for r in rows}}
    panels = []
    if "fit" in of:
        panels.append(lambda axes: draw_bars(axes, of["fit"]))
    if "study" in of:
        panels.append(lambda axes: draw_lines(axes, of["study"], "runs", "Many fits"))
        panels.append(lambda axes: draw_processes(axes, of["study"]))
    if "growth" in of:
        panels.append(lambda axes: draw_lines(axes, of["growth"], "points", "Growing data"))
        panels.append(lambda axes: draw_lines(axes, of["growth"], "hidden units", "Growing nets"))
    if "memory" in of:
        panels.append(lambda axes: draw_memory(axes, of["memory"]))
    if not panels:
        return
    columns = min(3, len(panels))
    lines = -(-len(panels) // columns)
    figure = Figure(figsize=(5.2 * columns, 4.0 * lines + 0.4), layout="constrained")
    figure.suptitle(heading)
    for i, panel in enumerate(panels):
        axes = figure.add_subplot(lines, columns, i + 1)
        axes.spines[["top", "right"]].set_visible(False)
        panel(axes)
    figure.savefig(path, dpi=110)
