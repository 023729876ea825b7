"""What one takes along from the page, and what one brings."""

import pytest
import torch
import xorlab
from PIL import Image
from playground_page import comes
from selenium.webdriver.support.ui import Select
from trained import assert_same, trained
from xorlab.data.csv_frame import read_csv
from xorlab.playground.bounds import HIDEABLE
from xorlab.playground.challenges import CHALLENGES
from xorlab.playground.experiment import Experiment


@pytest.fixture
def downloaded(screen, tmp_path):
    """Downloads what a button gives: its content."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    where = {"behavior": "allow", "downloadPath": str(folder)}
    screen.execute_cdp_cmd("Browser.setDownloadBehavior", where)

    def download(page, what, name):
        page.press(f"download_{what}")
        path = folder / name
        comes(lambda: path.exists() and path.stat().st_size, name)
        return path

    yield download
    screen.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "default"})


def test_fit_picture_and_animation_are_downloaded(open_page, downloaded):
    page = open_page(validation=0.2)
    page.train(4)
    fit = xorlab.load_xor(downloaded(page, "fit", "fit.pt"))
    assert_same(fit, page.net.result())
    with Image.open(downloaded(page, "picture", "picture.png")) as picture:
        assert (picture.format, picture.size) == ("PNG", (900, 750))
        assert len(picture.convert("RGB").getcolors(900 * 750)) > 100
    animation = downloaded(page, "animation", "animation.html")
    assert "<html" in animation.read_text(encoding="utf-8")
    page.train(2)  # it goes on
    page.browser.get(animation.as_uri())
    comes(lambda: page.all("#boundary image"))


def test_done_ends_the_page_and_gives_the_fit_and_so_it_does_when_pressed_twice(open_page):
    page = open_page()
    page.play()
    comes(lambda: page.net.epoch >= 3)
    page.script("const done = document.getElementById('done'); done.click(); done.click();")
    comes(lambda: page.one("#ended").is_displayed())
    assert "You can close this page" in page.text("ended")
    assert page.server.wait(60)
    fit = page.desks.result()
    assert len(fit.history) >= 3
    assert_same(fit, trained(page.net.experiment, len(fit.history)))
    assert page.server.reason == "stopped"


def test_points_of_a_file_are_trained_on(open_page, tmp_path):
    page = open_page()
    path = tmp_path / "own.csv"
    lines = [f"{150 + k % 7},{50 + k % 11},{'ab'[k % 7 > 3]}" for k in range(60)]
    path.write_text("\n".join(["height,weight,class", *lines]), encoding="utf-8")
    page.one("#upload").send_keys(str(path))
    comes(lambda: page.values["problem"] == "own")
    page.settled()
    assert "height" in page.text("boundary")
    assert page.text("legend").startswith("Class a")
    assert len(page.all("#boundary .mark")) == 60
    assert page.one("#problem input[value='own']").is_selected()
    assert not page.one("#noise").is_displayed()
    page.train(5)
    table = read_csv(path, name="data")
    expected = xorlab.train_xor(table, "class", epochs=page.net.epoch, seed=1, device="cpu")
    assert_same(page.net.result(), expected)
    page.choose("problem", "moons")
    page.choose("problem", "own")
    assert torch.equal(page.net.data.data, expected.data.data)


def test_a_useless_file_is_refused_and_nothing_changes(open_page, tmp_path):
    page = open_page()
    page.train(1)
    before = page.net.epoch
    for name, text, message in [
        ("one.csv", "a,b\n1,x\n2,y\n", "two columns of numbers, and there are none"),
        ("empty.csv", "", "'empty.csv' is empty"),
        ("alike.csv", "x1,x2,class\n1,2,a\n3,4,a\n", "must hold from 2 to 100 classes, not 1"),
    ]:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        page.one("#upload").send_keys(str(path))
        comes(lambda message=message: message in page.text("notices"), message)
    page.press("one_epoch")
    comes(lambda: page.text("value_epoch") == str(before + 1))
    assert page.values["problem"] == "xor"
    assert_same(page.net.result(), trained(page.net.experiment, before + 1))


def test_an_address_is_pasted_ours_or_the_well_known_playgrounds(open_page):
    page = open_page()
    experiment = Experiment("moons", 300, hidden=[3, 2], optimizer="adam", seed=9)
    page.type("address", f"http://127.0.0.1:1/token/#{experiment.fragment()}")
    page.press("open_address")
    comes(lambda: page.net.experiment == experiment)
    page.settled()
    page.train(2)
    assert_same(page.net.result(), trained(experiment, page.net.epoch))
    page.type(
        "address",
        "https://playground.tensorflow.org/#activation=tanh&networkShape=5,2&dataset=circle",
    )
    page.press("open_address")
    comes(lambda: page.values["hidden"] == [5, 2] and page.values["problem"] == "circles")
    comes(lambda: "circles here, and a disc within a ring there" in page.text("notices"))
    page.type("address", "nonsense")
    page.press("open_address")
    comes(lambda: "`state` must be an address" in page.text("notices"))
    assert page.values["problem"] == "circles"
    page.type("address", "#seed=-3")
    page.press("open_address")
    comes(lambda: "`seed`" in page.text("notices"))


def test_the_address_bar_has_the_experiment_and_opens_another(open_page):
    page = open_page()
    page.choose("problem", "circles")
    assert page.browser.current_url.endswith("#problem=circles&size=200")
    page.script("location.hash = 'problem=moons&size=100'")
    comes(lambda: page.values["problem"] == "moons")
    page.settled()
    assert page.values["size"] == 100
    page.press("copy_address")
    copied = "problem=moons&size=100"
    comes(lambda: page.text("copy_address") == "Copied" or copied in page.value("address"))


def test_a_challenge_is_taken_up_solved_and_left(open_page):
    page = open_page()
    by_name = {one.name: one for one in CHALLENGES}
    choice = Select(page.one("#challenge_choice"))
    assert len(choice.options) == len(CHALLENGES) + 1
    choice.select_by_value("input")
    comes(lambda: page.net.experiment.hidden == ())
    page.settled()
    assert page.values["hide"] == list(by_name["input"].hide)
    assert by_name["input"].text in page.text("task")
    assert not page.one("#lr").is_displayed()
    assert page.one("#inputs").is_displayed()
    page.click(page.one("#task summary"))
    assert by_name["input"].hint in page.text("task")
    page.train(2)
    comes(lambda: "of fresh points are right" in page.text("task"))
    assert "solved" not in page.one("#task").get_attribute("class").split()
    page.choose("inputs", "x1*x2", ["x1", "x2", "x1*x2"])
    page.choose("speed", "fastest")
    page.play()
    comes(lambda: "Solved" in page.text("task"))
    page.pause()
    assert "solved" in page.one("#task").get_attribute("class").split()
    page.click(page.one("#task .btn"))
    comes(lambda: not page.one("#task").is_displayed())
    assert page.one("#lr").is_displayed()
    assert page.values["hidden"] == [4]  # as before the challenge


def test_controls_that_a_teacher_hides_are_not_there(open_page):
    page = open_page("hide=lr,noise,net,downloads,challenges")
    for id in ("lr", "noise", "layer_more", "more0", "download_fit", "challenge_choice"):
        assert not page.one(f"#{id}").is_displayed(), id
    for id in ("batch_size", "size", "inputs", "play", "seed"):
        assert page.one(f"#{id}").is_displayed(), id
    page.script("location.hash = arguments[0]", "hide=" + ",".join(HIDEABLE))
    comes(lambda: page.values["hide"] == list(HIDEABLE))
    page.settled()
    for name in HIDEABLE:
        assert not any(
            one.is_displayed() for one in page.all(f"[data-group='{name}'] :is(input, select)")
        ), name
    page.train(2)
