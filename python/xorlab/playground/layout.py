"""The playground's page: its controls, and the places where its scripts draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.origin import NOISES
from ..model.initial_weights import INIT_NAMES
from .bounds import MAX_CLASSES, MAX_NOISE, MAX_SIZE, MAX_VALIDATION, MIN_SIZE

if TYPE_CHECKING:
    from htmltools import Tag, TagChild

# The folder of scripts and styles, as the page asks for it.
FOLDER = "page"
STYLES = ("playground", "page", "pictures")

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 2'%3E"
    "%3Cpath fill='%230072b2' d='M0 1h1v1H0zM1 0h1v1H1z'/%3E"
    "%3Cpath fill='%23e69f00' d='M0 0h1v1H0zM1 1h1v1H1z'/%3E%3C/svg%3E"
)

PROBLEM_NAMES = {
    "xor": "XOR",
    "circles": "Circles",
    "moons": "Moons",
    "spirals": "Spirals",
    "blobs": "Blobs",
    "checkerboard": "Checkers",
    "linear": "Linear",
    "own": "Own data",
}
SPEEDS = {
    "1": "1 epoch/s",
    "5": "5 epochs/s",
    "20": "20 epochs/s",
    "frame": "1 epoch a frame",
    "fastest": "Fastest",
}
VIEW_NAMES = {
    "probability": "Probability",
    "classes": "Predicted class",
    "posterior": "True probability",
    "difference": "Predicted minus true",
}
PANEL_NAMES = {
    "none": "Net",
    "space": "Hidden space",
    "landscape": "Loss landscape",
    "code": "Code",
}
OPTIMIZER_NAMES = {"sgd": "SGD", "adam": "Adam", "rmsprop": "RMSprop"}
ACTIVATION_NAMES = {
    "tanh": "tanh",
    "relu": "ReLU",
    "sigmoid": "Sigmoid",
    "identity": "Linear",
    "elu": "ELU",
    "leaky_relu": "Leaky ReLU",
    "softplus": "Softplus",
}
INPUT_NAMES = {
    "x1": "x₁",
    "x2": "x₂",
    "x1^2": "x₁²",
    "x2^2": "x₂²",
    "x1*x2": "x₁x₂",
    "sin(x1)": "sin x₁",
    "sin(x2)": "sin x₂",
}


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
    from shiny.ui import tags

    return tags.header(
        tags.h1("xorlab", tags.span(" playground")),
        tags.div(
            {"class": "bar go", "role": "group", "aria-label": "Run"},
            button("play", "Play", class_="main"),
            button("one_batch", "+1 batch"),
            button("one_epoch", "+1 epoch"),
            button("reset", "Reset"),
            tags.dl(figure("epoch", "Epoch")),
        ),
        tags.div(
            {"class": "bar", "role": "group", "aria-label": "Speed and seed"},
            group("speed", select("speed", "Speed", SPEEDS, "frame")),
            group("seed", number("seed", "Seed", 1, 0, None, 1), button("new_seed", "New seed")),
        ),
        button("done", "Done", class_="main"),
    )


def training() -> Tag:
    from shiny.ui import tags

    return section(
        "Training",
        tags.div(
            {"class": "fields"},
            group("lr", number("lr", "Learning rate", 0.1, 0, None, "any")),
            group("batch_size", number("batch_size", "Batch size", 128, 1, None, 1)),
            group("activation", select("activation", "Activation", ACTIVATION_NAMES, "tanh")),
            group("init", select("init", "Initial weights", INIT_NAMES, "default")),
            group("optimizer", select("optimizer", "Optimizer", OPTIMIZER_NAMES, "sgd")),
            group(
                "momentum",
                number("momentum", "Momentum", 0, 0, 0.999, 0.1),
                checkbox("nesterov", "Nesterov"),
            ),
            group("weight_decay", number("weight_decay", "Weight decay", 0, 0, None, "any")),
            group("l1", number("l1", "L1 penalty", 0, 0, None, "any")),
        ),
        id="training",
    )


def data_section() -> Tag:
    from shiny.ui import tags

    return section(
        "Data",
        group("data", radios("problem", "Problem", PROBLEM_NAMES, "xor")),
        tags.div(
            {"class": "fields"},
            group("noise", number("noise", "Noise", NOISES["xor"], 0, MAX_NOISE, 0.05)),
            group("size", number("size", "Points", 2500, MIN_SIZE, MAX_SIZE, 10)),
            group("validation", number("validation", "Held out", 0, 0, MAX_VALIDATION, 0.1)),
            tags.div({"id": "classes_field"}, number("classes", "Classes", 3, 2, MAX_CLASSES, 1)),
        ),
        group("upload", upload("upload", "Your own data (CSV)")),
        id="data",
    )


def net_column() -> Tag:
    from shiny.ui import tags

    return section(
        "Net",
        radios("panel", "Show", PANEL_NAMES, "none"),
        tags.div(
            {"id": "diagram"},
            group("inputs", checkboxes("inputs", "Inputs", INPUT_NAMES, ["x1", "x2"])),
            group("net", tags.div({"id": "layers"})),
            tags.div({"id": "network"}),
            tags.p({"class": "hint", "id": "network_hint"}),
        ),
        tags.div({"id": "panel_picture", "hidden": ""}),
        tags.p({"class": "warning", "id": "parted", "hidden": ""}),
        tags.div({"id": "curves"}, group("compare", tags.div({"id": "compare"}))),
        id="net",
    )


def output_column() -> Tag:
    from shiny.ui import tags

    return section(
        "Output",
        group("view", select("view", "Picture", VIEW_NAMES, "probability")),
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
            button("undo", "Undo"),
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
            button("open_address", "Open"),
            tags.button(
                {"id": "copy_address", "type": "button", "class": "btn"}, "Copy this one's"
            ),
        ),
        tags.p(
            {"class": "hint"},
            "The address holds the data's problem, the net's settings and the seed; not your own "
            "data, and no edited weights or points.",
        ),
        id="way_out",
    )


def section(title: str, *children: TagChild, id: str) -> Tag:
    from shiny.ui import tags

    return tags.section(
        {"id": id, "aria-labelledby": f"{id}_title"},
        tags.h2({"id": f"{id}_title"}, title),
        *children,
    )


def group(name: str, *children: TagChild) -> Tag:
    """Controls that a teacher may hide by this name."""
    from shiny.ui import tags

    return tags.div({"class": "group", "data-group": name}, *children)


def figure(name: str, label: str) -> Tag:
    from shiny.ui import tags

    return tags.div(
        {"id": f"figure_{name}"},
        tags.dt(label),
        tags.dd(tags.span({"id": f"value_{name}"}), tags.small({"id": f"held_{name}"})),
    )


def button(id: str, label: str, class_: str = "") -> Tag:
    from shiny import ui

    return ui.input_action_button(id, label, class_=class_ or None)


def number(
    id: str, label: str, value: float, least: float, most: float | None, step: float | str
) -> Tag:
    from shiny import ui

    # The step is the arrows' alone: a value between two steps is as good.
    made = ui.input_numeric(id, label, value, min=least, max=most, update_on="blur")
    field = made.children[-1]
    field.attrs["data-step"] = str(step)  # type: ignore[union-attr]
    field.attrs["step"] = "any"  # type: ignore[union-attr]
    return made


def select(id: str, label: str, choices: object, selected: str) -> Tag:
    from shiny import ui

    names = choices if isinstance(choices, dict) else {name: name for name in choices}  # type: ignore[attr-defined]
    return ui.input_select(id, label, names, selected=selected)


def radios(id: str, label: str, choices: dict[str, str], selected: str) -> Tag:
    from shiny import ui

    return ui.input_radio_buttons(id, label, dict(choices), selected=selected)


def checkboxes(id: str, label: str, choices: dict[str, str], selected: list[str]) -> Tag:
    from shiny import ui

    return ui.input_checkbox_group(id, label, dict(choices), selected=selected)


def checkbox(id: str, label: str) -> Tag:
    from shiny import ui

    return ui.input_checkbox(id, label)


def upload(id: str, label: str) -> Tag:
    from shiny import ui

    return ui.input_file(id, label, accept=[".csv", "text/csv"])
