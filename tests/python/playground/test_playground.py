"""`playground()`, from the call to the fit."""

import stat
import sys
import threading
import webbrowser

import pytest
import torch
import xorlab
from playground_page import LIMIT, Page, comes
from served import ask
from xorlab.checks import optional
from xorlab.playground import opening, serving
from xorlab.playground.opened import OpenPage
from xorlab.playground.playground import Playground
from xorlab.playground.start import make_start


@pytest.fixture
def opened():
    """Opens a page that does not block, without a browser, and stops it afterwards."""
    pages = []

    def open(*args, **options):
        page = xorlab.playground(*args, block=False, open_page=False, **options)
        pages.append(page)
        return page

    yield open
    for page in pages:
        page.stop()


def same_weights(fit, other):
    ours, theirs = fit.model.state_dict(), other.model.state_dict()
    return ours.keys() == theirs.keys() and all(torch.equal(ours[k], theirs[k]) for k in ours)


def experiment(state=None, hide=(), **settings):
    return make_start(None, None, state, hide, settings).experiment


# --- what it opens with ---------------------------------------------------------------------------


def test_it_opens_with_the_settings_given():
    found = experiment(hidden=[3, 2], problem="moons", optimizer="adam", seed=7)
    assert (found.hidden, found.problem, found.optimizer, found.seed) == (
        (3, 2),
        "moons",
        "adam",
        7,
    )
    assert found.noise == 0.1
    assert found.lr == xorlab.train_xor(optimizer="adam", epochs=1, seed=1).settings.lr


def test_it_opens_with_an_address_and_other_settings_beside_it():
    address = "http://127.0.0.1:9/token/#problem=moons&hidden=4,2"
    found = experiment(address, seed=3)
    assert (found.problem, found.hidden, found.seed) == ("moons", (4, 2), 3)


def test_it_says_what_it_did_not_take_of_another_address():
    state = "https://playground.tensorflow.org/#dataset=xor&problem=regression"
    assert make_start(None, None, state, (), {}).notes


def test_it_hides_controls():
    assert experiment(hide=["lr", "data"]).hide == ("data", "lr")
    with pytest.raises(ValueError, match=r"`hide` must be some of .* Did you mean 'net'"):
        experiment(hide=["nett"])


def test_it_goes_on_from_a_fit(opened):
    fit = xorlab.train_xor(epochs=3, hidden=3, seed=5, device="cpu")
    page = opened(fit, view="classes")
    assert same_weights(page.fit, fit)
    assert len(page.fit.history) == 3


def test_with_other_settings_than_those_of_the_fit_it_begins_anew(opened):
    fit = xorlab.train_xor(epochs=3, hidden=3, seed=5, device="cpu")
    page = opened(fit, lr=0.5)
    assert (page.fit.settings.lr, len(page.fit.history)) == (0.5, 0)


def test_it_learns_data_of_ones_own(opened):
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(40, 2, generator=generator)
    page = opened(data=xorlab.as_xor_data(x, (x[:, 0] > 0).long()), hidden=2)
    assert page.fit.settings.hidden == (2,)
    assert torch.equal(page.fit.data.data, x.float())


@pytest.mark.parametrize("other", ["data", "state"])
def test_a_fit_has_its_own_data_and_settings(fit, other):
    given = {"data": fit.data, "state": "#hidden=3"}[other]
    with pytest.raises(ValueError, match=f"`{other}` must be left out beside `fit`"):
        xorlab.playground(fit, **{other: given})


def test_other_arguments_are_refused():
    with pytest.raises(TypeError, match=r"playground\(\) has no argument `hiden`; did you mean `h"):
        xorlab.playground(hiden=3)
    with pytest.raises(TypeError, match="`block` must be True, False or None, not 1"):
        xorlab.playground(block=1)
    with pytest.raises(ValueError, match="`lr` must"):
        xorlab.playground(lr=-1)


@pytest.mark.parametrize(
    ("installed", "missing"), [(None, "it is not installed"), ("1.2.1", "1.2.1 is installed")]
)
def test_without_shiny_it_says_how_to_get_it(monkeypatch, installed, missing):
    def version(name):
        if installed is None:
            raise optional.PackageNotFoundError(name)
        return installed

    monkeypatch.setattr(optional, "version", version)
    command = r'Install it with `pip install "shiny>=1.8"`'
    with pytest.raises(ImportError, match=f"needs the package shiny.*{missing}. {command}"):
        xorlab.playground()


def test_a_newer_shiny_will_do(monkeypatch):
    for newer in ("1.8", "1.10.0", "2.0.dev1"):
        monkeypatch.setattr(optional, "version", lambda name, newer=newer: newer)
        assert optional.missing_shiny() == ""


# --- the page beside other work -------------------------------------------------------------------


def test_it_does_not_wait_where_it_is_not_to(opened, capsys):
    page = opened(seed=4)
    assert isinstance(page, Playground)
    assert capsys.readouterr().err == f"The playground is at {page.address}\n"
    assert "playground" in ask(page._page.server).text
    assert repr(page) == f"<Playground at {page.address}>"
    page.stop()
    page.stop()
    assert (page.reason, repr(page)) == ("stopped", "<Playground, over>")
    assert page.fit.settings.seed == 4


def test_a_notebook_shows_it_and_does_not_wait(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ipykernel", object())
    monkeypatch.setattr(webbrowser, "open", None)
    monkeypatch.setenv("BROWSER", "firefox")
    page = xorlab.playground()
    try:
        assert f'<iframe src="{page.address}"' in page._repr_html_()
        assert capsys.readouterr() == ("", "")
    finally:
        page.stop()
    assert page._repr_html_() == "<p>&lt;Playground, over&gt;</p>"


def test_behind_a_proxy_a_notebook_shows_it_by_the_proxys_address(monkeypatch, opened):
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/ann/")
    page = opened(host="lab.example.org")
    token = page.address.split("/")[3]
    address = f"/user/ann/proxy/{page._page.server.port}/{token}/"
    assert f'src="{address}"' in page._repr_html_()


def test_there_is_one_at_a_time(opened):
    first = opened(seed=1)
    second = opened(seed=2)
    assert first.reason == "stopped"
    assert second.reason is None
    assert ask(second._page.server).status == 200
    assert (first.fit.settings.seed, second.fit.settings.seed) == (1, 2)


# --- the browser ----------------------------------------------------------------------------------


def test_a_browser_is_opened_by_a_file_that_nobody_else_can_read(monkeypatch, opened):
    seen = []
    monkeypatch.setattr(webbrowser, "open", seen.append)
    monkeypatch.setenv("DISPLAY", ":9")
    page = xorlab.playground(block=False)
    try:
        path = page._page._file.path
        comes(lambda: seen)
        assert seen == [path.as_uri()]
        assert page.address in path.read_text()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    finally:
        page.stop()
    assert not path.parent.exists()


def test_where_there_is_no_display_no_browser_takes_over_the_terminal(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not opening.has_browser()
    monkeypatch.setenv("BROWSER", "firefox")
    assert opening.has_browser()


def test_browsers_that_see_no_hidden_folders_find_the_file(monkeypatch, tmp_path):
    monkeypatch.setattr(opening.Path, "home", lambda: tmp_path)
    (tmp_path / "snap").mkdir()
    file = opening.LeadingFile("http://127.0.0.1:1/a/")
    assert file.path.parent.parent == tmp_path
    file.remove()
    assert [*tmp_path.iterdir()] == [tmp_path / "snap"]


@pytest.fixture
def blocking(screen, monkeypatch):
    """Runs a page on this thread, and on another what is done with it in a browser."""
    monkeypatch.setattr(serving, "LEFT", LIMIT)

    def block(visit, **settings):
        page, errors = OpenPage(make_start(None, None, None, (), settings), None, None, True), []

        def drive():
            try:
                screen.get(f"file://{page.file()}")
                comes(lambda: screen.current_url.startswith(page.address))
                view = Page(screen, page.desks, page.server)
                view.ready()
                visit(view)
            except BaseException as error:
                errors.append(error)
                page.server.stop()

        driver = threading.Thread(target=drive)
        driver.start()
        page.run()
        driver.join(LIMIT)
        assert not errors, errors
        screen.get("about:blank")
        return page

    return block


def test_done_returns_the_fit_of_train_xor(blocking):
    def visit(page):
        page.press("one_epoch")
        comes(lambda: page.net.epoch == 1)
        page.press("one_epoch")
        comes(lambda: page.net.epoch == 2)
        page.browser.execute_script(
            "const done = document.getElementById('done'); done.click(); done.click();"
        )

    page = blocking(visit, hidden=3, size=100, seed=2)
    assert page.reason == "stopped"
    fit = page.fit
    data = xorlab.XORDataset(100, seed=2)
    assert same_weights(fit, xorlab.train_xor(data, hidden=3, epochs=2, seed=2, device="cpu"))
    assert len(fit.history) == 2


def test_a_reload_does_not_end_it_and_a_closed_page_does(blocking, monkeypatch):
    def visit(page):
        page.press("one_epoch")
        comes(lambda: page.net.epoch == 1)
        page.browser.refresh()
        page.ready()
        monkeypatch.setattr(serving, "LEFT", 0.0)
        page.browser.get("about:blank")

    page = blocking(visit, hidden=3, size=100, seed=2)
    assert (page.reason, len(page.fit.history)) == ("closed", 1)
