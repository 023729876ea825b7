"""The page has a control for all that an experiment sets, and hides what it says it can."""

import re

import pytest
from xorlab.data.inputs import INPUTS
from xorlab.model.activations import ACTIVATIONS
from xorlab.model.initial_weights import INIT_NAMES
from xorlab.optimizers import OPTIMIZER_NAMES
from xorlab.playground.bounds import HIDEABLE, PROBLEMS, VIEWS
from xorlab.playground.desk import PANELS, SPEEDS
from xorlab.playground.experiment import NAMES, Experiment
from xorlab.playground.layout import page_ui

# The net's buttons are made by its script; a teacher's list is nobody's control.
WITHOUT = {"hidden", "hide"}
# Choices of one group, which the script tells apart.
OF_PANEL = {"pictures", "code"}


@pytest.fixture(scope="module")
def page():
    return str(page_ui())


def test_every_value_of_an_experiment_has_a_control_of_its_name(page):
    ids = re.findall(r' id="([^"]+)"', page)
    assert {*NAMES} - WITHOUT <= {*ids}
    assert len(ids) == len({*ids})


def test_every_group_that_can_be_hidden_is_on_the_page_and_no_other(page):
    assert {*re.findall(r'data-group="([^"]+)"', page)} == {*HIDEABLE} - OF_PANEL


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("problem", PROBLEMS),
        ("inputs", INPUTS),
        ("panel", PANELS),
    ],
)
def test_buttons_offer_every_choice_in_order(page, name, values):
    found = re.findall(rf'name="{name}" value="([^"]*)"', page)
    assert found == [*values]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("activation", ACTIVATIONS),
        ("init", INIT_NAMES),
        ("optimizer", OPTIMIZER_NAMES),
        ("view", VIEWS),
        ("speed", SPEEDS),
    ],
)
def test_lists_offer_every_choice_in_order(page, name, values):
    options = re.search(rf'<select[^>]*id="{name}".*?</select>', page, re.DOTALL)[0]
    assert re.findall(r'<option value="([^"]*)"', options) == [*values]


def test_controls_begin_with_the_usual_experiment(page):
    usual = Experiment().values()
    for name in ("noise", "size", "seed", "lr", "batch_size", "momentum", "weight_decay", "l1"):
        field = re.search(rf'<input id="{name}"[^>]*>', page)[0]
        assert float(re.search(r' value="([^"]*)"', field)[1]) == usual[name]


def test_nothing_comes_from_another_host_and_no_script_stands_in_an_attribute(page):
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert not re.search(r"<[^>]* on[a-z]+=", page)
