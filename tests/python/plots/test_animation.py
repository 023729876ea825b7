"""A net as it learns: the page in a real browser, and the moving picture."""

import json
import re

import numpy as np
import pytest
import torch
import xorlab
from page import marks, pixels, told
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from xorlab import animate_xor

EPOCHS = [0, 2, 4, 8]
# In the page, the line where the probability is one half.
LINE = "#boundary path[data-level='0.5']"


@pytest.fixture(scope="module")
def kept():
    data = xorlab.XORDataset(500, seed=1)
    return xorlab.train_xor(data, epochs=8, lr=1, batch_size=8, seed=1, snapshots=EPOCHS)


def requests(browser):
    """Addresses that were asked for, but for those within the page."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [m["params"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    urls = [params["request"]["url"] for params in sent]
    return [url for url in urls if not url.startswith("data:")]


def test_the_slider_moves_the_picture_and_the_page_needs_nothing_else(kept, browser, tmp_path):
    path = tmp_path / "a.html"
    animate_xor(kept, path)
    browser.get(path.as_uri())
    assert told(browser, "epoch") == "Epoch 8"
    assert told(browser, "figures").startswith(f"Loss {kept.history.loss[-1]:.4f}, accuracy")
    end = pixels(browser)
    slider = browser.find_element(By.ID, "slider")
    slider.send_keys(Keys.HOME)
    assert told(browser, "epoch") == "Epoch 0"
    assert told(browser, "figures") == "Before training: the initial weights"
    start = pixels(browser)
    assert not np.array_equal(start, end)
    slider.send_keys(Keys.ARROW_RIGHT)
    assert told(browser, "epoch") == "Epoch 2"
    assert not np.array_equal(pixels(browser), start)
    slider.send_keys(Keys.END)
    assert np.array_equal(pixels(browser), end)
    assert requests(browser) == [path.as_uri()]
    assert browser.get_log("browser") == []


def fit_of_x1():
    """A net for which x1 alone decides, at each of its epochs."""
    fit = xorlab.train_xor(xorlab.XORDataset(50, seed=1), epochs=1, seed=1, snapshots=0)
    for weights in (fit.model.state_dict(), fit.snapshots[0]):
        weights["linear1.weight"][:] = torch.tensor([1.0, 0.0])
        weights["linear1.bias"][:] = -0.5
        weights["linear2.weight"][:] = 5
        weights["linear2.bias"][:] = 0
    return fit


def test_the_picture_in_the_page_is_the_boundary_the_right_way_round(browser, tmp_path):
    fit = fit_of_x1()
    animate_xor(fit, tmp_path / "a.html")
    browser.get((tmp_path / "a.html").as_uri())
    shown = pixels(browser)
    prob = fit.boundary(*xorlab.evaluation.boundary.default_grid(fit.data.data, True, 64)).prob
    expected = 255 * xorlab.plots.palette.signed_colors()(np.flipud(prob.T))[:, :, :3]
    assert np.abs(shown - expected).max() <= 2
    assert shown[0, 0, 2] > shown[0, -1, 2] + 50  # blue on the left
    line = browser.find_element(By.CSS_SELECTOR, LINE).get_attribute("d")
    xs = {float(x) for x in re.findall(r"[ML]([\d.]+) ", line)}
    assert max(xs) - min(xs) < 1  # the line of one half is upright


def test_the_moving_picture_is_the_right_way_round_too(tmp_path):
    animate_xor(fit_of_x1(), tmp_path / "a.gif")
    with Image.open(tmp_path / "a.gif") as gif:
        gif.seek(1)
        shown = np.asarray(gif.convert("RGB")).astype(int)
    surface, loss = np.split(shown, [shown.shape[1] // 2], axis=1)
    surface = surface[:, :-90]  # without the key to the colours
    light = surface.min(axis=2) > 100  # the surface, not the samples
    more_blue = surface[:, :, 2] - surface[:, :, 0]
    blue, orange = (np.argwhere(light & (sign * more_blue > 60)) for sign in (1, -1))
    assert min(len(blue), len(orange)) > 1000
    assert blue[:, 1].max() < orange[:, 1].min() + 40  # samples' edges aside, blue is on the left
    assert (np.abs(loss - [0, 158, 115]).sum(axis=2) < 60).sum() > 20  # the loss of the epoch


def test_it_plays(kept, browser, tmp_path):
    animate_xor(kept, tmp_path / "a.html")
    browser.get((tmp_path / "a.html").as_uri())
    press = "document.getElementById('play').click(); "
    first = browser.execute_script(press + "return document.getElementById('epoch').textContent")
    assert first == "Epoch 0"  # from the beginning
    WebDriverWait(browser, 20).until(
        lambda _: told(browser, "epoch") == "Epoch 8" and told(browser, "play") == "Play"
    )


def test_in_a_document_it_is_a_frame_of_its_own(kept, browser, tmp_path):
    page = tmp_path / "document.html"
    shown = animate_xor(kept)._repr_html_()
    page.write_text(f"<!DOCTYPE html><p>before</p>{shown}<p>after</p>{shown}", encoding="utf-8")
    browser.get(page.as_uri())
    frames = browser.find_elements(By.TAG_NAME, "iframe")
    assert len(frames) == 2
    browser.switch_to.frame(frames[1])
    browser.find_element(By.ID, "slider").send_keys(Keys.HOME)
    assert told(browser, "epoch") == "Epoch 0"
    height = browser.execute_script("return document.documentElement.scrollHeight")
    browser.switch_to.default_content()
    assert frames[1].size["height"] == height  # no bar to scroll by within the page
    browser.switch_to.frame(frames[0])
    assert told(browser, "epoch") == "Epoch 8"
    browser.switch_to.default_content()


def test_words_of_the_users_cannot_break_the_page(browser, tmp_path):
    levels, features = ("</script><b>", "<!--<script>"), ("<b>&amp;", "$x_&$")
    data = xorlab.PointDataset([[0.0, 1.0], [1.0, 5.0]] * 5, [0, 1] * 5, levels, features)
    fit = xorlab.train_xor(data, epochs=2, seed=1, snapshots=0)
    animate_xor(fit, tmp_path / "a.html")
    browser.get((tmp_path / "a.html").as_uri())
    words = [text.text for text in browser.find_elements(By.CSS_SELECTOR, "#boundary text")]
    assert {*features, f"Probability of class {levels[1]}", "0", "1"} <= set(words)
    names = [entry.text for entry in browser.find_elements(By.CSS_SELECTOR, "#legend span")]
    assert names == [f"Class {level}" for level in levels]
    assert browser.get_log("browser") == []


def test_losses_that_are_not_finite_leave_a_gap(browser, tmp_path):
    fit = xorlab.train_xor(xorlab.XORDataset(50, seed=1), epochs=5, seed=1, snapshots=[0, 2])
    fit.history.loss[1:3] = [float("nan"), float("inf")]
    animate_xor(fit, tmp_path / "a.html")
    browser.get((tmp_path / "a.html").as_uri())
    line = browser.find_element(By.CSS_SELECTOR, "#curve path").get_attribute("d")
    assert re.fullmatch(r"(M[\d.]+ [\d.]+){2}L[\d.]+ [\d.]+", line)
    slider = browser.find_element(By.ID, "slider")
    slider.send_keys(Keys.ARROW_LEFT)
    assert told(browser, "figures").startswith("Loss not finite, accuracy")
    assert browser.find_element(By.CSS_SELECTOR, "#curve circle").get_attribute("visibility") == (
        "hidden"
    )
    assert browser.get_log("browser") == []
    animate_xor(fit, tmp_path / "a.gif")


def test_the_gif_has_a_picture_for_each_epoch_and_rests_at_the_last(kept, tmp_path):
    animate_xor(kept, tmp_path / "a.GIF")
    with Image.open(tmp_path / "a.GIF") as gif:
        assert gif.n_frames == len(EPOCHS)
        durations, frames = [], []
        for k in range(gif.n_frames):
            gif.seek(k)
            durations.append(gif.info["duration"])
            frames.append(np.asarray(gif.convert("RGB")))
    assert durations[-1] > 5 * durations[0]
    assert all(not np.array_equal(frames[k], frames[k + 1]) for k in range(3))


def test_the_frames_are_the_boundaries_of_the_epochs(kept):
    animation = animate_xor(kept)
    assert animation.epochs == tuple(EPOCHS)
    for k, epoch in enumerate(EPOCHS):
        surface = kept.at(epoch).boundary(animation.x1, animation.x2)
        assert np.array_equal(animation.prob[k], surface.prob)


def test_what_cannot_be_animated_is_named_and_nothing_written(kept, tmp_path):
    with pytest.raises(ValueError, match=r"two epochs or more.*`snapshots`"):
        animate_xor(xorlab.train_xor(epochs=1, seed=1), tmp_path / "a.html")
    with pytest.raises(ValueError, match=r"must be a file .*in \.html or \.gif, not 'a\.mp4'"):
        animate_xor(kept, "a.mp4")
    with pytest.raises(ValueError, match=r"ends in \.html or \.gif, not 3"):
        animate_xor(kept, 3)
    with pytest.raises(TypeError, match=r"`fit` must be what train_xor\(\) returned, not 3"):
        animate_xor(3)
    with pytest.raises(FileNotFoundError, match="nowhere"):
        animate_xor(kept, tmp_path / "nowhere" / "a.html")
    one = xorlab.as_xor_data(np.random.default_rng(1).normal(size=(9, 1)), [0, 1, 1] * 3)
    with pytest.raises(ValueError, match="needs two columns of numbers, and there is only one"):
        animate_xor(xorlab.train_xor(one, epochs=1, seed=1, snapshots=0))
    assert not list(tmp_path.iterdir())


def test_the_line_of_a_surface_that_is_nearly_flat_is_smooth(browser, tmp_path):
    fit = xorlab.train_xor(xorlab.XORDataset(50, seed=1), epochs=1, seed=1, snapshots=0)
    for weights in (fit.model.state_dict(), fit.snapshots[0]):  # from 0.498 to 0.502, askew
        weights["linear1.weight"][:] = torch.tensor([1.0, 0.3])
        weights["linear1.bias"][:] = -0.65
        weights["linear2.weight"][:] = 2e-3
        weights["linear2.bias"][:] = 0
    animate_xor(fit, tmp_path / "a.html")
    browser.get((tmp_path / "a.html").as_uri())
    line = browser.find_element(By.CSS_SELECTOR, LINE).get_attribute("d")
    ends = np.array([float(number) for number in re.findall(r"[\d.]+", line)]).reshape(-1, 2)
    x, y = ends.T
    slope, start = np.polyfit(y, x, 1)
    assert np.abs(x - slope * y - start).max() < 1.5  # of some 350 pixels


def test_points_of_any_scale_stand_where_they_are(browser, tmp_path):
    x = np.array([[1e-6, 2e5], [3e-6, 4e5]] * 5)
    fit = xorlab.train_xor((x, [0, 1] * 5), epochs=1, seed=1, snapshots=0)
    animate_xor(fit, tmp_path / "a.html")
    browser.get((tmp_path / "a.html").as_uri())
    first = marks(browser, "boundary")[0, 0]
    assert first == pytest.approx(0.1 / 1.2, abs=0.02)  # a tenth of the range from the edge


def test_the_printed_form_is_one_line(kept):
    assert repr(animate_xor(kept)) == "Animation of 4 epochs: 0, 2, 4, 8"


@pytest.fixture(scope="module")
def three():
    """A net of three classes and four columns, of which the second and the fourth matter."""
    x = np.random.default_rng(2).normal(size=(300, 4)) * [1, 1000, 1, 10]
    label = np.select([x[:, 1] > 400, x[:, 3] > 0], ["rich", "tall"], "other")
    data = xorlab.as_xor_data(x, label)
    return xorlab.train_xor(data, epochs=30, batch_size=16, seed=1, snapshots=[0, 10])


def test_of_several_classes_the_page_has_the_colour_of_the_most_probable(three, browser, tmp_path):
    animation = animate_xor(three, tmp_path / "a.html")
    assert animation.prob.shape == (3, 64, 64, 3)
    assert animation.prob.sum(axis=-1) == pytest.approx(1)
    browser.get((tmp_path / "a.html").as_uri())
    expected = 255 * xorlab.plots.palette.class_shades(animation.prob[-1]).swapaxes(0, 1)[::-1]
    assert np.abs(pixels(browser) - expected).max() <= 3
    assert told(browser, "caption") == animation.caption
    assert animation.caption.startswith("Most influential columns; others at their means. 4 hidden")
    shown = browser.find_element(By.ID, "boundary").text
    assert {"x2", "x4"} <= {*shown.split()}
    assert told(browser, "legend").split() == ["other", "rich", "tall"]
    lines = browser.find_elements(By.CSS_SELECTOR, "#boundary path[data-class]")
    assert [line.get_attribute("d") != "" for line in lines] == [True] * 3
    assert browser.get_log("browser") == []


def test_of_many_columns_the_same_two_are_shown_at_every_epoch(three, tmp_path):
    animation = animate_xor(three, tmp_path / "a.gif")
    assert animation.section.names == ("x2", "x4")
    points, label = animation.samples()
    assert torch.equal(points, three.data.points[:, [1, 3]])
    assert torch.equal(label, three.data.label)
    mean = three.data.points.mean(dim=0).numpy()
    at = np.array([mean[0], animation.x1[5], mean[2], animation.x2[9]])
    for k, epoch in enumerate(animation.epochs):
        expected = three.at(epoch).predict_proba([at])[0]
        assert animation.prob[k, 5, 9] == pytest.approx(expected, abs=1e-6)
    with Image.open(tmp_path / "a.gif") as gif:
        assert gif.n_frames == 3


@pytest.fixture(scope="module")
def validated():
    return xorlab.train_xor(seed=1, epochs=8, lr=1, validation=0.2, snapshots=EPOCHS)


def test_the_page_shows_the_validation_loss_too(validated, browser, tmp_path):
    animate_xor(validated, tmp_path / "a.html")
    browser.get((tmp_path / "a.html").as_uri())
    loss, val_loss = validated.history.loss, validated.history.val_loss
    figures = (
        f"Loss {loss[7]:.4f}, accuracy .* % during the epoch, validation loss {val_loss[7]:.4f}"
    )
    assert re.match(figures, told(browser, "figures"))
    names = [text.text for text in browser.find_elements(By.CSS_SELECTOR, "#curve text")]
    assert {"Training", "Validation"} <= {*names}
    slider = browser.find_element(By.ID, "slider")
    slider.send_keys(Keys.ARROW_LEFT)
    dots = browser.find_elements(By.CSS_SELECTOR, "#curve circle")
    height = [float(dot.get_attribute("cy")) for dot in dots]
    # Both on one scale, from 0 at the foot of the panel.
    box = browser.find_element(By.CSS_SELECTOR, "#curve rect")
    foot = float(box.get_attribute("y")) + float(box.get_attribute("height"))
    assert (foot - height[0]) / (foot - height[1]) == pytest.approx(loss[3] / val_loss[3], rel=1e-3)
    slider.send_keys(Keys.HOME)
    assert {dot.get_attribute("visibility") for dot in dots} == {"hidden"}
    assert browser.get_log("browser") == []


def test_without_validation_the_page_shows_one_curve_and_no_names(kept, browser, tmp_path):
    animate_xor(kept, tmp_path / "a.html")
    browser.get((tmp_path / "a.html").as_uri())
    assert len(browser.find_elements(By.CSS_SELECTOR, "#curve circle")) == 1
    assert len(browser.find_elements(By.CSS_SELECTOR, "#curve path")) == 2  # all of it, and past
    names = [text.text for text in browser.find_elements(By.CSS_SELECTOR, "#curve text")]
    assert not {"Training", "Validation"} & {*names}
    assert "validation" not in told(browser, "figures")


def test_the_moving_picture_shows_the_validation_loss_too(validated, kept, tmp_path):
    dark = []
    for fit in (validated, kept):
        animate_xor(fit, tmp_path / "a.gif")
        with Image.open(tmp_path / "a.gif") as gif:
            gif.seek(3)
            loss = np.asarray(gif.convert("RGB")).astype(int)[400:]
        dark.append((np.abs(loss - [0, 79, 58]).sum(axis=2) < 40).sum())
    assert dark[0] > 40
    assert dark[1] == 0


def test_of_a_training_that_stopped_early_the_last_frame_is_the_best_epoch(tmp_path):
    generator = np.random.default_rng(1)
    data = generator.normal(size=(60, 2)), generator.permutation(np.arange(60) % 2)
    options = {"hidden": 16, "optimizer": "adam", "validation": 0.3, "epochs": 99, "seed": 1}
    fit = xorlab.train_xor(*data, **options, patience=4, snapshots=0)
    animation = animate_xor(fit, tmp_path / "a.html")
    assert animation.epochs == (0, fit.best_epoch)
    assert fit.best_epoch < len(fit.history)
