"""What vignettes/playground.Rmd and the README say and show of the playground's page."""

import importlib.util
import re
from pathlib import Path

import pytest
import torch
import xorlab
from PIL import Image
from xorlab.playground.bounds import HIDEABLE, PROBLEMS
from xorlab.playground.challenges import CHALLENGES
from xorlab.playground.experiment import Experiment
from xorlab.playground.foreign import read_address
from xorlab.playground.live import LiveNet
from xorlab.playground.serving import LEFT
from xorlab.playground.transfers import TARGETS


@pytest.fixture
def text(root):
    return (root / "vignettes" / "playground.Rmd").read_text(encoding="utf-8")


@pytest.fixture
def pictures(root):
    spec = importlib.util.spec_from_file_location("pictures", root / "tools/playground_pictures.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_each_number_in_the_picture_has_its_line(text, pictures):
    lines = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
    assert lines == [str(number) for number in range(1, len(pictures.TOUR) + 1)]
    assert f"with numbers from 1 to {len(pictures.TOUR)}" in text


def test_the_pictures_are_there_and_small(text, pictures):
    shown = re.findall(r"\]\((playground/.*?\.png)\)", text)
    stills = [Path(pictures.STILLS).parent / name for name in shown]
    assert {*stills, pictures.MOVING} == {*pictures.FILES}
    assert sum(path.stat().st_size for path in stills) < 250_000
    assert pictures.MOVING.stat().st_size < 1_000_000


def test_each_picture_says_what_it_was_drawn_of(pictures):
    kept = {pictures.kept_digest(path) for path in pictures.FILES}
    assert len(kept) == 1
    assert re.fullmatch("[0-9a-f]{64}", *kept)


def test_the_moving_picture_shows_xor_and_spirals_for_some_seconds(pictures):
    with Image.open(pictures.MOVING) as picture:
        times = []
        for frame in range(picture.n_frames):
            picture.seek(frame)
            times.append(picture.info["duration"])
        assert picture.size[0] == 960
    assert len(times) == 3 + len(pictures.XOR_EPOCHS) + len(pictures.SPIRAL_EPOCHS)
    assert 6000 < sum(times) < 12_000
    net = LiveNet(Experiment.from_fragment(pictures.SPIRALS))
    net.advance(pictures.SPIRAL_EPOCHS[-1])
    assert net.fit.history.accuracy[-1] > 0.95


def test_pictures_that_are_up_to_date_are_left_as_they_are(pictures, monkeypatch):
    monkeypatch.setattr(pictures, "kept_digest", lambda path: pictures.digest())
    monkeypatch.setattr(pictures, "chromium", lambda: pytest.fail("a browser was started"))
    pictures.main()


def test_the_net_on_the_page_is_that_of_the_call_in_the_article(text):
    assert "train_xor(seed = 1, epochs = 30)" in text
    net = LiveNet(Experiment(seed=1))
    for _ in range(100):
        net.advance(seconds=0)  # one batch
    net.finish_epoch()
    net.advance(30 - net.epoch)
    same = xorlab.train_xor(seed=1, epochs=30, verbose=False).model.state_dict()
    for name, weights in net.result().model.state_dict().items():
        assert torch.equal(weights, same[name])


def test_its_addresses_open_what_the_calls_beside_them_do(text):
    addresses = re.findall(r"#[a-z_]+=[^\s\"]+", text)
    assert len(addresses) >= 3
    assert read_address("#hidden=2&seed=5").experiment == Experiment(hidden=(2,), seed=5)
    hidden = re.search(r"hide = c\((.*?)\)", text)[1].replace('"', "").split(", ")
    address = f"#hidden=2&seed=5&hide={','.join(hidden)}"
    assert address in addresses
    assert {*read_address(address).experiment.hide} == {*hidden} <= {*HIDEABLE}
    theirs = next(one for one in addresses if "networkShape" in one)
    opened = read_address(theirs)
    assert opened.experiment.hidden == (8, 8)
    assert opened.notes


def test_what_it_calls_by_name_is_on_the_page(text, pictures):
    files = [*pictures.PLAYGROUND.glob("*.py"), *pictures.PLAYGROUND.glob("page/*.js")]
    page = "".join(path.read_text(encoding="utf-8") for path in files)
    for name in ("Done", "Reset", "Keep to compare", "Copy address", "Fastest"):
        assert f'"{name}"' in text
        assert f'"{name}"' in page


def test_its_numbers_are_those_of_the_code(text):
    assert len(PROBLEMS) - 1 == 7  # and data of one's own
    assert "seven problems" in text
    assert len(CHALLENGES) == 10
    assert "Ten challenges" in text
    columns = ", ".join(f"`{name}`" for name in TARGETS[:-1])
    assert f"in the column {columns} or `{TARGETS[-1]}`" in text
    assert LEFT == 5
    assert "It is over five seconds later" in text
