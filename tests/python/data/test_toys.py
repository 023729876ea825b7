import math
import random

import numpy as np
import pytest
import torch
import xorlab
from hypothesis import given, settings
from hypothesis import strategies as st
from xorlab.data.content import dataset_from_dict
from xorlab.data.origin import NOISES, Toy
from xorlab.data.toys import TOYS, more_of
from xorlab.data.xor import is_xor

KINDS = tuple(TOYS)
OTHERS = tuple(kind for kind in KINDS if kind != "xor")


def norms(data):
    return data.data.double().norm(dim=1)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    size=st.integers(1, 200),
    noise=st.floats(0, 100),
    seed=st.integers(0, 2**31 - 1),
)
def test_any_kind_size_noise_and_seed_give_finite_points_that_the_seed_repeats(
    kind, size, noise, seed
):
    first, second = (xorlab.toy_data(kind, size, noise, seed) for _ in range(2))
    assert (first.data.shape, first.data.dtype) == ((size, 2), torch.float32)
    assert (first.label.shape, first.label.dtype) == ((size,), torch.int64)
    assert torch.isfinite(first.data).all()
    assert set(first.label.tolist()) <= set(first.levels)
    assert torch.equal(first.data, second.data)
    assert torch.equal(first.label, second.label)
    assert first.origin == Toy(kind, noise, seed, len(first.levels))


@pytest.mark.parametrize("kind", KINDS)
def test_the_kinds_own_noise_gives_points_that_need_no_scaling_in_classes_of_one_size(kind):
    data = xorlab.toy_data(kind, 20_000, seed=5)
    assert data.origin.noise == NOISES[kind]
    assert data.data.abs().quantile(0.99) < 1.7
    classes = len(data.levels)
    counts = torch.bincount(data.label, minlength=classes)
    share = 1 / classes
    assert (counts - 20_000 * share).abs().max() < 5 * math.sqrt(20_000 * share * (1 - share))
    assert not torch.equal(data.data, xorlab.toy_data(kind, 20_000, seed=6).data)


def test_xor_by_its_kind_is_xor_by_its_class():
    by_kind, by_class = xorlab.toy_data("xor", 300, 0.2, 7), xorlab.XORDataset(300, 0.2, 7)
    assert type(by_kind) is xorlab.XORDataset
    assert torch.equal(by_kind.data, by_class.data)
    assert torch.equal(by_kind.label, by_class.label)
    assert by_kind.origin == by_class.origin
    assert (by_kind.size, by_kind.std, by_kind.seed) == (300, 0.2, 7)
    assert repr(xorlab.toy_data(size=5, seed=1)) == repr(xorlab.XORDataset(5, seed=1))


def test_circles_without_noise_have_radius_1_and_one_half():
    data = xorlab.toy_data("circles", 500, 0, seed=1)
    assert norms(data) == pytest.approx(np.where(data.label == 1, 0.5, 1.0), abs=1e-6)


def test_moons_without_noise_are_half_circles_that_reach_into_each_other():
    data = xorlab.toy_data("moons", 4000, 0, seed=1)
    upper, lower = (data.data[data.label == k].double().numpy() for k in (0, 1))
    for moon, center, side in ((upper, (-0.5, -0.25), 1), (lower, (0.5, 0.25), -1)):
        away = moon - center
        assert np.hypot(*away.T) == pytest.approx(1, abs=1e-6)
        assert (side * away[:, 1] >= -1e-6).all()
    assert upper[:, 1].min() < 0.2 < lower[:, 1].max() + 0.1  # each within the other's reach
    assert upper[:, 0].max() > lower[:, 0].min()


def test_the_arms_of_spirals_are_one_and_a_half_turns_and_each_the_other_turned_by_half():
    data = xorlab.toy_data("spirals", 4000, 0, seed=1)
    points, label = data.data.double().numpy(), data.label.numpy()
    along = (norms(data).numpy() - 0.15) / 0.85
    assert (along.min(), along.max()) == pytest.approx((0, 1), abs=0.01)
    angle = 3 * math.pi * along + math.pi * label
    expected = (0.15 + 0.85 * along)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    np.testing.assert_allclose(points, expected, atol=1e-5)


@pytest.mark.parametrize("classes", [2, 3, 7])
def test_blobs_are_gaussians_around_centers_evenly_spaced_on_a_circle(classes):
    data = xorlab.toy_data("blobs", 20_000, 0.2, seed=3, classes=classes)
    assert data.levels == tuple(range(classes))
    assert data.origin.classes == classes
    for k in range(classes):
        own = data.data[data.label == k].double()
        center = [math.cos(2 * math.pi * k / classes), math.sin(2 * math.pi * k / classes)]
        error = 5 * 0.2 / math.sqrt(len(own))
        assert own.mean(dim=0).tolist() == pytest.approx(center, abs=error)
        assert own.std(dim=0).tolist() == pytest.approx([0.2, 0.2], abs=error)


def test_cells_of_the_checkerboard_take_turns():
    data = xorlab.toy_data("checkerboard", 5000, 0, seed=1)
    assert data.data.abs().max() <= 1
    cells = torch.floor((data.data.double() + 1) * 2).long()
    assert set(map(tuple, cells.tolist())) == {(i, j) for i in range(4) for j in range(4)}
    assert torch.equal(cells.sum(dim=1) % 2, data.label)


def test_the_classes_of_the_linear_problem_have_the_probability_that_they_should():
    data = xorlab.toy_data("linear", 40_000, 0.5, seed=2)
    assert data.data.abs().max() <= 1
    total = data.data.double().sum(dim=1)
    prob = torch.sigmoid(total / 0.5)
    for low in np.arange(-2, 2, 0.5):
        inside = (total >= low) & (total < low + 0.5)
        expected, sd = prob[inside].sum(), (prob * (1 - prob))[inside].sum().sqrt()
        assert abs(data.label[inside].sum() - expected) < 5 * sd
    clear = xorlab.toy_data("linear", 1000, 0, seed=2)
    assert torch.equal(clear.data.double().sum(dim=1) > 0, clear.label == 1)


@pytest.mark.parametrize("kind", ["circles", "moons", "spirals", "blobs", "checkerboard"])
def test_noise_is_gaussian_of_the_asked_size_around_the_same_points(kind):
    noisy, clear = (xorlab.toy_data(kind, 20_000, noise, seed=4) for noise in (0.3, 0))
    assert torch.equal(noisy.label, clear.label)
    noise = (noisy.data - clear.data) / 0.3
    assert abs(noise.mean()) < 0.02
    assert noise.std() == pytest.approx(1, abs=0.02)
    assert (noise.abs() < 1.959964).float().mean() == pytest.approx(0.95, abs=0.01)


def test_a_seed_leaves_all_global_generators_alone_and_none_draws_once():
    def states():
        numpy_state = np.random.get_state()[1]  # noqa: NPY002
        return random.getstate(), numpy_state.tolist(), torch.get_rng_state().tolist()

    before = states()
    xorlab.toy_data("moons", 50, seed=1)
    assert states() == before
    torch.manual_seed(9)
    seed = int(torch.randint(2**31 - 1, ()))
    torch.manual_seed(9)
    assert xorlab.toy_data("moons", 50).origin.seed == seed


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        ("moon", "moons"),
        ("Two_Moons", "moons"),
        ("make_circles", "circles"),
        ("spiral", "spirals"),
        ("gaussians", "blobs"),
        ("chessboard", "checkerboard"),
        ("XOR", "xor"),
    ],
)
def test_an_unknown_kind_is_refused_with_the_nearest(kind, meant):
    with pytest.raises(ValueError, match=rf"`kind` must be 'xor', .*Did you mean '{meant}'\?"):
        xorlab.toy_data(kind)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kind": 3}, "`kind` must be 'xor', .* not 3"),
        ({"kind": "rings of Saturn"}, "`kind` must be 'xor', .* or 'linear', not 'rings of"),
        ({"kind": "moons", "noise": -0.1}, "`noise` must be a finite number of at least 0, not"),
        ({"kind": "xor", "noise": -0.1}, "`noise` must be a finite number of at least 0, not -0.1"),
        ({"kind": "moons", "noise": 1e31}, r"`noise` must be at most 1e\+30"),
        ({"kind": "moons", "size": 0}, "`size` must be a whole number from 1"),
        ({"kind": "moons", "seed": -1}, "`seed` must be a whole number from 0"),
        ({"kind": "moons", "classes": 3}, "`classes` must be 2 for 'moons', not 3: only 'blobs'"),
        ({"kind": "blobs", "classes": 1}, "`classes` must be a whole number from 2"),
        ({"kind": "blobs", "classes": 101}, "`classes` must be at most 100, not 101"),
    ],
)
def test_what_is_no_toy_problem_is_named(arguments, message):
    with pytest.raises((TypeError, ValueError), match=message):
        xorlab.toy_data(**arguments)


@pytest.mark.parametrize("kind", KINDS)
def test_a_dict_and_a_part_keep_the_problem(kind):
    data = xorlab.toy_data(kind, 60, 0.2, seed=3)
    content = data.to_dict()
    assert (content["kind"], content["std"], content["seed"]) == (kind, 0.2, 3)
    again = dataset_from_dict(content)
    assert type(again) is type(data)
    assert again.origin == data.origin
    assert torch.equal(again.data, data.data)
    part = data.take([0, 2, 4])
    assert part.origin == Toy(kind, 0.2, None, len(data.levels))
    assert is_xor(data) == is_xor(part) == (kind == "xor")


def test_a_dict_of_an_earlier_version_is_xor_where_it_has_noise():
    old = xorlab.XORDataset(20, 0.3, seed=4).to_dict()
    del old["kind"]
    assert dataset_from_dict(old).origin == Toy("xor", 0.3, 4)
    assert type(dataset_from_dict(old)) is xorlab.XORDataset
    own = xorlab.as_xor_data([[0, 1], [1, 0]], [0, 1]).to_dict()
    assert own["kind"] is None
    del own["kind"]
    assert dataset_from_dict(own).origin is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "moon"}, "`kind` must be .*Did you mean 'moons'"),
        ({"kind": None}, "`std` must be None for data that are not points of XOR or another toy"),
        ({"std": None}, "`noise` must be a finite number"),
        ({"levels": ["a", "b"]}, r"`levels` must be \(0, 1\) for points of a toy problem"),
    ],
)
def test_a_dict_that_contradicts_itself_is_refused(change, message):
    content = xorlab.toy_data("moons", 20, seed=4).to_dict()
    with pytest.raises((TypeError, ValueError), match=message):
        dataset_from_dict(content | change)


@pytest.mark.parametrize("kind", ["moons", "linear", "blobs"])
def test_an_evaluation_without_data_takes_fresh_points_of_the_fits_own_problem(kind):
    fit = xorlab.train_xor(xorlab.toy_data(kind, 300, 0.2, seed=1), epochs=2, seed=1)
    fresh = fit.fresh_points()
    assert len(fresh) == 500
    assert (fresh.origin.kind, fresh.origin.noise) == (kind, 0.2)
    assert fresh.levels == fit.data.levels
    assert fresh.origin.seed != 1
    result = fit.evaluate()
    assert result.n == 500
    assert result.best == fit.data.origin.best_accuracy
    assert (result.best is None) == (kind == "moons")


def test_more_of_a_problem_has_its_classes_and_its_noise_or_another():
    origin = xorlab.toy_data("blobs", 30, 0.1, seed=1, classes=4).origin
    assert more_of(origin, 20, seed=2).origin == Toy("blobs", 0.1, 2, 4)
    assert more_of(origin, 20, 0, seed=2).origin == Toy("blobs", 0.0, 2, 4)


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_about_xor_alone_leaves_other_problems_alone(kind):
    data = xorlab.toy_data(kind, 200, seed=1, classes=2)
    fit = xorlab.train_xor(data, epochs=3, seed=1)
    found = xorlab.diagnose_xor(fit)
    assert (found.solved, found.lost) == (None, ())
    x1, _, _ = fit.boundary()
    assert x1[0] != -0.5 or x1[-1] != 1.49  # not the lesson's square
