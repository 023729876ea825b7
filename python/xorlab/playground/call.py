"""The call of `train_xor()` that trains a net, in both languages."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, NamedTuple

from ..data.origin import NOISES, SEVERAL
from .bounds import OWN
from .experiment import Experiment
from .source import Source


class Grammar(NamedTuple):
    """How a language writes a call."""

    assign: str
    prefix: str
    equals: str
    row: str
    true: str
    false: str
    part: str  # of a fit


R = Grammar("fit <- ", "", " = ", "c({})", "TRUE", "FALSE", "fit$")
PYTHON = Grammar("fit = ", "xorlab.", "=", "[{}]", "True", "False", "fit.")
_NOT_ARGUMENTS = ("problem", "size", "noise", "classes", "view", "hide", "validation", "seed")


def call_of(
    experiment: Experiment, epochs: int, grammar: Grammar, source: Source | None = None
) -> str:
    """The call, without what is as by default; own points are taken from the fit that it makes
    again."""
    usual = Experiment(problem=experiment.problem, optimizer=experiment.optimizer)
    given = {
        one.name: getattr(experiment, one.name)
        for one in fields(experiment)
        if one.name not in _NOT_ARGUMENTS
        and getattr(experiment, one.name) != getattr(usual, one.name)
    }
    if experiment.optimizer != Experiment.optimizer:
        given["optimizer"] = experiment.optimizer
    if experiment.validation and not (source and source.validation):
        given["validation"] = experiment.validation
    given |= {"seed": experiment.seed, "epochs": epochs}
    parts = [argument(name, value, grammar) for name, value in given.items()]
    inner = ", ".join([*data_of(experiment, grammar, source), *parts])
    return f"{grammar.assign}{grammar.prefix}train_xor({inner})"


def data_of(experiment: Experiment, grammar: Grammar, source: Source | None) -> list[str]:
    """The arguments for the points, where they are not those of a call without it."""
    kind, usual = experiment.problem, Experiment()
    if kind == OWN:
        names = ["data", *(["validation"] if source and source.validation else [])]
        parts = [f"{name}{grammar.equals}{grammar.part}{name}" for name in names]
        unscaled = source is not None and source.scale is False
        return [*parts, *([argument("scale", False, grammar)] if unscaled else [])]
    sample: dict[str, Any] = {}
    if experiment.size != usual.size:
        sample["size"] = experiment.size
    if experiment.noise != NOISES[kind]:
        sample["noise"] = experiment.noise
    if kind == usual.problem and not sample:
        return []
    if experiment.classes != SEVERAL.get(kind, 2):
        sample["classes"] = experiment.classes
    parts = [argument(name, value, grammar) for name, value in sample.items()]
    inner = ", ".join([f'"{kind}"', *parts, argument("seed", experiment.seed, grammar)])
    return [f"data{grammar.equals}{grammar.prefix}toy_data({inner})"]


def argument(name: str, value: Any, grammar: Grammar) -> str:
    return f"{name}{grammar.equals}{literal(value, grammar)}"


def literal(value: Any, grammar: Grammar) -> str:
    if isinstance(value, bool):
        return grammar.true if value else grammar.false
    if isinstance(value, tuple):
        items = [literal(one, grammar) for one in value]
        return grammar.row.format(", ".join(items)) if len(items) > 1 else (items or ["0"])[0]
    if isinstance(value, str):
        return f'"{value}"'
    short = f"{value:g}"
    return short if float(short) == value else repr(value)
