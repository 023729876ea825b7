"""`xorlab playground`."""

import pytest
import xorlab
from xorlab.checks import optional
from xorlab.playground.opened import OpenPage


@pytest.fixture
def ended(monkeypatch):
    """Pages that are over as soon as they are there; what they opened with."""
    starts = []

    def run(page):
        starts.append(page.desks.start)
        page.server.close()
        return "interrupted"

    monkeypatch.setattr(OpenPage, "run", run)
    return starts


def test_it_opens_with_what_was_given_prints_the_fit_and_keeps_it(run, ended):
    options = ["--problem", "moons", "--hidden", "3", "2", "--noise", "0.2", "--nesterov"]
    more = ["--momentum", "0.5", "--lr", "auto", "--hide", "data", "lr", "--out", "fit.pt"]
    code, out, err = run("playground", *options, *more, "--no-browser")
    assert code == 0
    assert err.startswith("The playground is at http://127.0.0.1:")
    experiment = ended[0].experiment
    assert (experiment.problem, experiment.hidden, experiment.noise) == ("moons", (3, 2), 0.2)
    assert (experiment.momentum, experiment.nesterov) == (0.5, True)
    assert experiment.hide == ("data", "lr")
    assert "2-3-2-1 tanh net" in out
    assert out.endswith("Fit in fit.pt\n")
    assert xorlab.load_xor("fit.pt").settings.hidden == (3, 2)


def test_it_opens_an_address_and_goes_on_from_a_file(run, ended, fit):
    assert run("playground", "--state", "#hidden=5&problem=circles", "--no-browser")[0] == 0
    assert ended[0].experiment.fragment() == "problem=circles&hidden=5"
    fit.save("fit.pt")
    assert run("playground", "fit.pt", "--no-browser")[0] == 0
    assert len(ended[1].fit.history) == len(fit.history)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--noise", "5"], "--std must be at most 2, not 5"),
        (["--port", "70000"], "--port must be a whole number from 1 to 65535, not 70000"),
        (["--hide", "nett"], "--hide must be some of"),
        (["--host", "http://a"], "--host must be the name by which"),
        (["--state", "hidden=99"], "hidden"),
        (["--out", "none/fit.pt"], "The folder 'none'"),
        (["no.pt"], "no.pt"),
    ],
)
def test_what_it_cannot_open_is_refused(run, ended, options, message):
    code, out, err = run("playground", *options, "--no-browser")
    assert (code, out) == (2, "")
    assert err.startswith("xorlab playground: error: ")
    assert message in err


def test_without_shiny_it_says_so_in_one_line(run, monkeypatch):
    monkeypatch.setattr(optional, "missing_shiny", lambda: "it is not installed")
    code, _, err = run("playground", "--no-browser")
    assert code == 2
    assert err.count("\n") == 1
    assert 'pip install "shiny>=1.8"' in err
