"""Whatever happens to the page, the net is not lost; and the page is never flooded."""

import gc
import sys
import time

import pytest
from playground_page import WATCH, comes
from trained import assert_same, trained
from xorlab.playground import serving
from xorlab.playground.desk import Desk, Start
from xorlab.playground.experiment import Experiment


@pytest.fixture
def another_tab(screen):
    """Opens further tabs, and closes them at the end."""
    first = screen.current_window_handle

    def open():
        screen.switch_to.new_window("tab")
        screen.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})

    yield open
    for handle in screen.window_handles:
        if handle != first:
            screen.switch_to.window(handle)
            screen.close()
    screen.switch_to.window(first)


def test_a_page_that_is_reloaded_has_its_net_again(open_page):
    page = open_page()
    page.choose("problem", "moons")
    page.train(3)
    net, curve = page.net, page.line("#curves .picture path.train")
    page.browser.refresh()
    page.ready()
    assert page.net is net
    assert page.number("value_epoch") == net.epoch >= 3
    assert page.line("#curves .picture path.train") == curve
    assert page.one("#problem input[value='moons']").is_selected()
    page.train(2)
    assert_same(page.net.result(), trained(page.net.experiment, page.net.epoch))


def test_a_page_that_is_reloaded_has_the_speed_and_the_picture_that_it_shows(open_page):
    page = open_page()
    page.choose("speed", "1")
    page.choose("panel", "code")
    comes(lambda: (page.desk.speed, page.desk.panel) == ("1", "code"))
    page.browser.refresh()
    page.ready()
    shown = page.script(
        "return [document.getElementById('speed').value, "
        "document.querySelector('#panel input:checked').value]"
    )
    comes(lambda: [page.desk.speed, page.desk.panel] == shown)


def test_a_page_that_has_lost_its_connection_finds_its_net_again(open_page):
    page = open_page()
    page.train(3)
    net = page.net
    page.script("wire.lost = true; wire.socket.close()")
    comes(lambda: page.script("return !wire.lost && wire.frames > 0"), "a page anew")
    page.ready()
    assert page.net is net
    assert page.number("value_epoch") == net.epoch >= 3
    page.train(2)
    assert_same(page.net.result(), trained(page.net.experiment, page.net.epoch))


def test_a_second_tab_has_a_net_of_its_own(open_page, another_tab):
    page = open_page()
    page.train(2)
    first, handle = page.net, page.browser.current_window_handle
    another_tab()
    page.open()
    second = page.net
    assert second is not first
    assert page.number("value_epoch") == second.epoch == 0
    page.set("lr", 0.5)
    page.train(2)
    assert first.settings.lr == 0.1
    assert_same(page.desks.result(), trained(second.experiment, second.epoch))
    page.browser.switch_to.window(handle)
    epoch = first.epoch
    page.press("one_epoch")
    comes(lambda: page.text("value_epoch") == str(epoch + 1))
    assert page.desks.last.net is first  # the one that was used last is returned


def test_a_copied_tab_is_told_that_it_has_a_net_of_its_own(open_page, another_tab):
    page = open_page()
    first = page.net
    key = page.script("return sessionStorage.xorlab")
    another_tab()
    page.browser.get(page.server.address + "page/playground.css")
    page.script("sessionStorage.xorlab = arguments[0]", key)
    page.browser.get_log("browser")  # that file brings no icon
    page.open()
    comes(lambda: "is open in another tab" in page.text("notices"))
    assert page.net is not first


def test_a_hidden_page_is_sent_no_frames_and_shows_the_net_when_it_is_back(open_page):
    page = open_page()
    page.play()
    comes(lambda: page.net.epoch > 3)
    hidden = (
        "Object.defineProperty(document, 'visibilityState', {value: arguments[0],"
        " configurable: true}); document.dispatchEvent(new Event('visibilitychange'))"
    )
    page.script(hidden, "hidden")
    comes(lambda: rests(lambda: page.script("return wire.frames")))
    epoch = page.net.epoch
    frames = page.script("return wire.frames")
    time.sleep(0.5)
    assert page.script("return wire.frames") == frames
    assert page.net.epoch == epoch
    page.script(hidden, "visible")
    comes(lambda: page.script("return wire.frames") > frames)
    page.pause()


def rests(value, seconds=0.3):
    before = value()
    time.sleep(seconds)
    return value() == before


def test_a_slow_browser_slows_the_frames_and_none_piles_up(open_page):
    page = open_page()
    page.play()
    page.script("wire.held = true")  # it draws, but is too busy to say so
    comes(lambda: page.script("return wire.waiting.length"))
    frames, epoch = page.script("return wire.frames"), page.net.epoch
    time.sleep(0.3)
    assert page.script("return wire.frames") == frames
    assert page.net.epoch == epoch
    page.script("wire.held = false; for (const one of wire.waiting.splice(0)) one()")
    comes(lambda: page.script("return wire.frames") > frames + 3)
    page.browser.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.choose("speed", "fastest")
    comes(lambda: page.net.epoch > epoch + 200)
    page.browser.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": 1})
    page.pause()
    assert page.script("return wire.most") == 1


def test_an_error_of_ours_is_told_and_printed_and_the_net_is_not_lost(
    open_page, monkeypatch, capfd
):
    page = open_page()
    page.train(2)
    net, epoch = page.net, page.net.epoch

    def fail(self):
        raise RuntimeError("this is meant to fail")

    monkeypatch.setattr(Desk, "reset", fail)
    page.press("reset")
    comes(lambda: "RuntimeError: this is meant to fail" in page.text("notices"))
    assert "RuntimeError: this is meant to fail" in capfd.readouterr().err
    monkeypatch.undo()
    monkeypatch.setattr(Desk, "frame", fail)
    page.press("play")
    comes(lambda: net.epoch > epoch and not page.desk.playing)
    epoch = net.epoch
    assert capfd.readouterr().err.count("this is meant to fail") <= 2
    monkeypatch.undo()
    page.press("one_epoch")
    comes(lambda: page.text("value_epoch") == str(epoch + 1))
    assert_same(page.desks.result(), trained(net.experiment, epoch + 1))
    page.press("reset")
    comes(lambda: page.text("value_epoch") == "0")


def test_the_fit_is_there_when_the_page_was_closed(open_page, monkeypatch):
    monkeypatch.setattr(serving, "LEFT", 0.2)
    page = open_page()
    page.train(2)
    page.is_clean()
    page.browser.get("about:blank")
    assert page.server.wait(60)
    assert page.server.reason == "closed"
    fit = page.desks.result()
    assert_same(fit, trained(page.net.experiment, len(fit.history)))


def test_a_page_without_its_server_says_so(open_page, monkeypatch):
    page = open_page()
    page.server.stop()
    assert page.server.wait(60)
    comes(lambda: "The connection was lost" in page.text("ended"))
    page.browser.get("about:blank")  # the console has its attempts to find it again
    page.browser.get_log("browser")


def test_memory_is_flat_over_twenty_thousand_epochs():
    """What grows is the history: five numbers an epoch, and nothing else by more than a little."""
    desk = Desk(Start(Experiment(size=10, validation=0.2)))

    def train(epochs):
        while desk.net.epoch < epochs:
            desk.run(1000)
            desk.setup(), desk.frame()
        gc.collect()
        return sys.getallocatedblocks()

    start, half, end = (train(epochs) for epochs in (4000, 12_000, 20_000))
    assert len(desk.net.fit.history) == 20_000
    assert end - half < 8000 * 5 + 4000
    assert end - half < half - start + 4000
