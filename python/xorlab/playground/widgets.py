"""What the page is put together of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from htmltools import Tag, TagChild


def section(title: str, *children: TagChild, id: str) -> Tag:
    from shiny.ui import tags

    heading = tags.h2({"id": f"{id}_title"}, title)
    return tags.section({"id": id, "aria-labelledby": f"{id}_title"}, heading, *children)


def group(name: str, *children: TagChild) -> Tag:
    """Controls that a teacher may hide by this name."""
    from shiny.ui import tags

    return tags.div({"class": "group", "data-group": name}, *children)


def figure(name: str, label: str) -> Tag:
    """A number of the net, and below it that of the points held out."""
    from shiny.ui import tags

    value, held_out = tags.span({"id": f"value_{name}"}), tags.small({"id": f"held_{name}"})
    return tags.div({"id": f"figure_{name}"}, tags.dt(label), tags.dd(value, held_out))


def number(
    id: str, label: str, value: float, least: float, most: float | None = None, step: float = 1
) -> Tag:
    """A field of a number, with the step of its arrow keys; a number between two steps is as good.

    Its value is sent when it is done, and not with every key.
    """
    from htmltools import Tag
    from shiny import ui

    made = ui.input_numeric(id, label, value, min=least, max=most, update_on="blur")
    field = made.children[-1]
    assert isinstance(field, Tag)
    field.attrs.update({"step": "any", "data-step": str(step)})
    return made
