"""Write R/tables.R: what R must know of Python's tables before Python has started."""

from __future__ import annotations

import builtins
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from xorlab.checks.optional import SHINY
from xorlab.checks.synonyms import SYNONYMS
from xorlab.checks.values import MAX_COUNT, MAX_FLOAT32
from xorlab.data.inputs import INPUTS
from xorlab.data.origin import MAX_CLASSES, MAX_STD, NOISES
from xorlab.fit.lr_find import FEWEST_STEPS
from xorlab.fit.notes import UNEVEN
from xorlab.model.activations import ACTIVATIONS
from xorlab.model.classifier import MAX_LAYERS
from xorlab.model.initial_weights import INIT_NAMES
from xorlab.optimizers import OPTIMIZERS
from xorlab.playground.bounds import HIDEABLE, VIEWS
from xorlab.playground.experiment import NAMES
from xorlab.plots.palette import (
    CLASS_COLORS,
    DIFFERENCE_COLORS,
    FADED,
    FAILED_COLOR,
    GREY,
    HIGH_LOSS,
    INK,
    PALE,
    PATH_COLOR,
    SERIES_COLORS,
    SOLVED_COLOR,
    VALIDATION_COLOR,
)
from xorlab.settings import MAX_SNAPSHOTS
from xorlab.study.config import COLUMN_KINDS, LATER, OWN, Run
from xorlab.study.table import MAX_NETS
from xorlab.training.history import FEWEST_LATER, RISE, RISE_SHARE

PATH = Path(__file__).resolve().parents[1] / "R" / "tables.R"


def r_vector(name: str, entries: Mapping[str, str]) -> str:
    """A named character vector, one entry to a line. Neither side may need escaping."""
    lines = [f'  {key} = "{value}"' for key, value in entries.items()]
    if any(mark in text for pair in entries.items() for text in pair for mark in '"\\'):
        raise ValueError(f"`{name}` has an entry that R would read otherwise.")
    return "\n".join([f"{name} <- c(", ",\n".join(lines), ")"])


def r_strings(values: Iterable[str]) -> str:
    """A character vector."""
    quoted = (f'"{value}"' for value in values)
    return "\n".join(["c(", *textwrap.wrap(", ".join(quoted), 96, **INDENTED), ")"])


INDENTED: Any = {"initial_indent": "  ", "subsequent_indent": "  "}

# R's types, by Python's.
R_TYPES = {str: "character", int: "integer", float: "double", bool: "logical"}


def r_list(name: str, values: Mapping[str, Any], types: Mapping[str, str]) -> str:
    """A list of single values by their names, None as NA of its type."""
    entries = (f"  {key} = {r_value(value, types[key])}" for key, value in values.items())
    return "\n".join([f"{name} <- list(", ",\n".join(entries), ")"])


def r_value(value: Any, kind: str) -> str:
    if value is None:
        return "NA" if kind == "logical" else f"NA_{NA_TYPES.get(kind, kind)}_"
    if isinstance(value, bool):
        return str(value).upper()
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


NA_TYPES = {"double": "real"}


def tables() -> str:
    """The text of R/tables.R."""
    types = {one.name: str(one.type).removesuffix(" | None") for one in fields(Run)}
    results = {name: R_TYPES[getattr(builtins, kind)] for name, kind in types.items()}
    config = {name: R_TYPES[kind] for name, kind in COLUMN_KINDS.items()}
    expressions = {name: activation.expression for name, activation in ACTIVATIONS.items()}
    rates = (f"{name} = {one.lr}" for name, one in OPTIMIZERS.items())
    in_r = {name: one.in_r or one.expression for name, one in ACTIVATIONS.items()}
    return f"""\
# Written by tools/r_tables.py from Python's tables (run `make man`): do not edit.

max_count <- {MAX_COUNT}L
max_nets <- {MAX_NETS}L # of a study
max_layers <- {MAX_LAYERS}L # of a net
max_snapshots <- {MAX_SNAPSHOTS}L # of a fit
max_classes <- {MAX_CLASSES}L
fewest_steps <- {FEWEST_STEPS}L # of lr_find()
uneven <- {UNEVEN} # share of the largest class from which on it is said
# How far the validation loss rises where it parts from that of training, in nats and as a share,
# and after how many epochs at least.
parting_rise <- {RISE}
parting_share <- {RISE_SHARE}
parting_epochs <- {FEWEST_LATER}L
max_std <- {MAX_STD} # of larger noise, points would be beyond float32
max_float32 <- {MAX_FLOAT32}

# Toy problems.
toy_kinds <- {r_strings(NOISES)}

# Inputs that are computed from two columns.
input_names <- {r_strings(INPUTS)}

# Activations of hidden units, as formulas of x.
{r_vector("activations", expressions)}

# Their values at a vector x, as R works them out.
{r_vector("activations_in_r", in_r)}

# Optimizers, with the learning rates that "auto" takes, and first weights.
usual_rates <- c({", ".join(rates)})
optimizer_names <- names(usual_rates)
init_names <- {r_strings(INIT_NAMES)}

# Columns of a study, with their types: what a net was trained with, and the result of it.
{r_vector("config_columns", config)}
{r_vector("run_columns", results)}
# Those that tables of earlier versions lack, and what they were then.
{r_list("later_columns", LATER, {**config, **results})}
own_name <- "{OWN}" # of the user's own points in the column `data`

# The playground: the version of shiny that it needs; what it opens with, what its
# large picture shows, and the groups of controls that may be hidden.
needed_shiny <- "{SHINY}"
playground_settings <- {r_strings(name for name in NAMES if name != "hide")}
playground_views <- {r_strings(VIEWS)}
playground_groups <- {r_strings(HIDEABLE)}

# Colours: of the classes, and of what is no class; see R/palette.R.
class_colors <- {r_strings(CLASS_COLORS)}
series_colors <- {r_strings(SERIES_COLORS)}
validation_color <- "{VALIDATION_COLOR}"
difference_colors <- {r_strings(DIFFERENCE_COLORS)} # below and above 0
high_loss <- "{HIGH_LOSS}"
path_color <- "{PATH_COLOR}"
faded <- {FADED} # what is left of a colour where there are no data
solved_color <- "{SOLVED_COLOR}"
failed_color <- "{FAILED_COLOR}"
ink <- "{INK}"
grey <- "{GREY}"
pale <- "{PALE}"

# What arguments and their values are called elsewhere, for suggestions in error messages.
{r_vector("synonyms", SYNONYMS)}
"""


if __name__ == "__main__":
    PATH.write_text(tables(), encoding="utf-8")
