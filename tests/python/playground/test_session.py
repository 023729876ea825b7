"""What a page does, apart from Shiny."""

import asyncio

import pytest
from xorlab.playground.desk import Start
from xorlab.playground.desks import Desks
from xorlab.playground.experiment import Experiment
from xorlab.playground.session import Page


@pytest.fixture
def pages():
    """Two open pages with the nets of the same server."""
    desks = Desks(Start(Experiment(size=50)))
    both = [Page(None, None, desks) for _ in range(2)]
    for page, name in zip(both, ("one", "two"), strict=True):
        page.key, page.desk, _ = desks.find(name)
    return both


def test_a_changed_control_makes_a_page_the_one_that_was_used_last(pages):
    one, two = pages
    two.controls_changed({"seed": 1})  # as it is
    assert two.desks.last is one.desk
    two.controls_changed({"seed": 7})
    assert two.desks.last is two.desk


def test_an_empty_field_opens_no_experiment(pages):
    page, _ = pages
    page.desk.run(2)
    with pytest.raises(ValueError, match="Paste an address into the field first"):
        asyncio.run(page.open_given(""))
    assert page.desk.net.epoch == 2
    asyncio.run(page.open_given("#seed=4"))
    assert page.desk.net.experiment.seed == 4
