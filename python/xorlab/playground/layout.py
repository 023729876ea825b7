"""The playground's page: its controls, and the places where its scripts draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.origin import NOISES
from .bounds import MAX_CLASSES, MAX_NOISE, MAX_SIZE, MAX_VALIDATION, MIN_SIZE
from .widgets import figure, group, number, section
from .wording import (
    ACTIVATION_NAMES,
    INIT_NAMES,
    INPUT_NAMES,
    OPTIMIZER_NAMES,
    PANEL_NAMES,
    PROBLEM_NAMES,
    SPEED_NAMES,
    VIEW_NAMES,
)

if TYPE_CHECKING:
    from htmltools import Tag

# The folder of scripts and styles, as the page asks for it.
FOLDER = "page"
STYLES = ("playground", "page", "pictures")

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 2'%3E"
    "%3Cpath fill='%230072b2' d='M0 1h1v1H0zM1 0h1v1H1z'/%3E"
    "%3Cpath fill='%23e69f00' d='M0 0h1v1H0zM1 1h1v1H1z'/%3E%3C/svg%3E"
)


ADDRESS_HINT = (
    "The address holds the problem, the settings and the seed. It doesn't hold your own data, or "
    "weights and points that were edited."
)
NET_HINT = "Blue weights are negative, orange ones positive. Click a unit or an edge to edit them."


def page_ui() -> Tag:
    from shiny import ui
    from shiny.ui import tags

    return tags.html(
        ui.head_content(  # Shiny makes the head, and would leave ours within its body
            tags.meta(name="viewport", content="width=device-width, initial-scale=1"),
            tags.title("xorlab playground"),
            *(tags.link(rel="stylesheet", href=f"{FOLDER}/{one}.css") for one in STYLES),
            tags.link(rel="icon", href=ICON),
            tags.script(type="module", src=f"{FOLDER}/main.js"),
        ),
        tags.body(
            ui.busy_indicators.use(spinners=False, pulse=False),
            header(),
            tags.div({"id": "notices", "role": "status"}),
            tags.section({"id": "task", "aria-label": "Challenge", "hidden": ""}),
            tags.main(
                training(),
                tags.div({"id": "left"}, data_section(), tasks()),
                net_column(),
                output_column(),
                way_out(),
            ),
            tags.div({"id": "spoken", "class": "unseen", "role": "status", "aria-live": "polite"}),
            tags.div({"id": "ended", "role": "alertdialog", "aria-label": "The end", "hidden": ""}),
        ),
        lang="en",
    )


def header() -> Tag:
    from shiny import ui
    from shiny.ui import tags

    return tags.header(
        tags.h1("xorlab", tags.span(" playground")),
        tags.div(
            {"class": "bar go", "role": "group", "aria-label": "Run"},
            ui.input_action_button("play", "Play", class_="main", title="Play or pause (space)"),
            ui.input_action_button("one_batch", "+1 batch", title="Train on one batch"),
            ui.input_action_button("one_epoch", "+1 epoch", title="Train for one epoch"),
            ui.input_action_button("reset", "Reset", title="Start again from the seed"),
            tags.dl(figure("epoch", "Epoch")),
        ),
        tags.div(
            {"class": "bar", "role": "group", "aria-label": "Speed and seed"},
            group("speed", ui.input_select("speed", "Speed", SPEED_NAMES, selected="frame")),
            group(
                "seed", number("seed", "Seed", 1, 0), ui.input_action_button("new_seed", "New seed")
            ),
        ),
        ui.input_action_button("done", "Done", class_="main"),
    )


def training() -> Tag:
    from shiny import ui
    from shiny.ui import tags

    return section(
        "Training",
        tags.div(
            {"class": "fields"},
            group("lr", number("lr", "Learning rate", 0.1, 0)),
            group("batch_size", number("batch_size", "Batch size", 128, 1)),
            group("activation", ui.input_select("activation", "Activation", ACTIVATION_NAMES)),
            group("init", ui.input_select("init", "Initial weights", INIT_NAMES)),
            group("optimizer", ui.input_select("optimizer", "Optimizer", OPTIMIZER_NAMES)),
            group(
                "momentum",
                number("momentum", "Momentum", 0, 0, 0.999, 0.1),
                ui.input_checkbox("nesterov", "Nesterov"),
            ),
            group("weight_decay", number("weight_decay", "Weight decay", 0, 0)),
            group("l1", number("l1", "L1 penalty", 0, 0)),
        ),
        id="training",
    )


def data_section() -> Tag:
    from shiny import ui
    from shiny.ui import tags

    return section(
        "Data",
        group("data", ui.input_radio_buttons("problem", "Problem", PROBLEM_NAMES)),
        tags.div(
            {"class": "fields"},
            group("noise", number("noise", "Noise", NOISES["xor"], 0, MAX_NOISE, 0.05)),
            group("size", number("size", "Points", 2500, MIN_SIZE, MAX_SIZE, 10)),
            group("validation", number("validation", "Held out", 0, 0, MAX_VALIDATION, 0.1)),
            tags.div({"id": "classes_field"}, number("classes", "Classes", 3, 2, MAX_CLASSES, 1)),
        ),
        group(
            "upload", ui.input_file("upload", "Your own data (CSV)", accept=[".csv", "text/csv"])
        ),
        id="data",
    )


def net_column() -> Tag:
    from shiny import ui
    from shiny.ui import tags

    return section(
        "Net",
        ui.input_radio_buttons("panel", "Show", PANEL_NAMES),
        tags.div(
            {"id": "diagram"},
            group(
                "inputs",
                ui.input_checkbox_group("inputs", "Inputs", INPUT_NAMES, selected=["x1", "x2"]),
            ),
            group("net", tags.div({"id": "layers"})),
            tags.div({"id": "network"}),
            tags.p({"class": "hint"}, NET_HINT),
        ),
        tags.div({"id": "panel_picture", "hidden": ""}),
        tags.p({"class": "warning", "id": "parted", "hidden": ""}),
        tags.div({"id": "curves"}, group("compare", tags.div({"id": "compare"}))),
        id="net",
    )


def output_column() -> Tag:
    from shiny import ui
    from shiny.ui import tags

    return section(
        "Output",
        group("view", ui.input_select("view", "Picture", VIEW_NAMES)),
        tags.dl(
            {"id": "figures"},
            figure("loss", "Loss"),
            figure("accuracy", "Accuracy"),
            figure("ceiling", "Best possible"),
        ),
        tags.div({"id": "legend"}),
        tags.div({"id": "boundary"}),
        tags.p({"id": "sentence"}),
        group(
            "points",
            tags.div({"id": "tools", "role": "radiogroup", "aria-label": "A click in the picture"}),
            ui.input_action_button("undo", "Undo"),
            tags.p({"class": "hint", "id": "points_hint"}),
        ),
        id="output",
    )


def tasks() -> Tag:
    from shiny.ui import tags

    return section("Challenges", group("challenges", tags.div({"id": "challenges"})), id="tasks")


def way_out() -> Tag:
    from shiny import ui
    from shiny.ui import tags

    return section(
        "Take it with you",
        group(
            "downloads",
            ui.download_button("download_fit", "Fit"),
            ui.download_button("download_picture", "Picture"),
            ui.download_button("download_animation", "Animation"),
        ),
        tags.div(
            {"class": "address"},
            ui.input_text("address", "Open an experiment by its address", update_on="blur"),
            ui.input_action_button("open_address", "Open"),
            tags.button({"id": "copy_address", "type": "button", "class": "btn"}, "Copy address"),
        ),
        tags.p({"class": "hint"}, ADDRESS_HINT),
        id="way_out",
    )
