import math
import multiprocessing
import random

import numpy as np
import pytest
import torch
import xorlab
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.utils.data import DataLoader
from xorlab.data.batches import Batches
from xorlab.data.origin import Toy


def test_points_are_float32_in_two_columns_and_labels_int64():
    dataset = xorlab.XORDataset(200, seed=1)
    assert (dataset.data.shape, dataset.data.dtype) == ((200, 2), torch.float32)
    assert (dataset.label.shape, dataset.label.dtype) == ((200,), torch.int64)
    assert len(dataset) == 200
    point, label = dataset[0]
    assert (point.shape, label.shape) == ((2,), ())
    assert torch.equal(point, dataset.data[0])
    assert label == dataset.label[0]


def test_a_data_loader_yields_batches_of_eight_points_and_eight_labels():
    loader = DataLoader(xorlab.XORDataset(200, seed=1), batch_size=8, shuffle=True)
    data_inputs, data_labels = next(iter(loader))
    assert (data_inputs.shape, data_labels.shape) == ((8, 2), (8,))
    assert (data_inputs.dtype, data_labels.dtype) == (torch.float32, torch.int64)
    assert len(loader) == 25


@pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="processes do not fork here"
)
def test_worker_processes_load_the_same_points():
    dataset = xorlab.XORDataset(20, seed=1)
    loader = DataLoader(dataset, batch_size=6, num_workers=1, multiprocessing_context="fork")
    assert torch.equal(torch.cat([x for x, _ in loader]), dataset.data)


def test_going_through_a_dataset_ends_after_its_last_point():
    assert len(list(xorlab.XORDataset(5, seed=1))) == 5


@settings(max_examples=40)
@given(size=st.integers(1, 300), std=st.floats(0, 100), seed=st.integers(0, 2**31 - 1))
def test_any_size_noise_and_seed_give_finite_points_that_the_seed_repeats(size, std, seed):
    first, second = (xorlab.XORDataset(size, std, seed) for _ in range(2))
    assert first.data.shape == (size, 2)
    assert torch.isfinite(first.data).all()
    assert set(first.label.tolist()) <= {0, 1}
    assert torch.equal(first.data, second.data)
    assert torch.equal(first.label, second.label)


@settings(max_examples=40)
@given(size=st.integers(1, 300), seed=st.integers(0, 2**31 - 1))
def test_without_noise_points_are_bits_and_the_label_is_their_xor(size, seed):
    dataset = xorlab.XORDataset(size, std=0, seed=seed)
    bits = dataset.data.int()
    assert torch.equal(bits.float(), dataset.data)
    assert torch.equal(bits[:, 0] ^ bits[:, 1], dataset.label.int())


def test_noise_is_gaussian_of_the_asked_size_around_the_same_bits():
    noisy, bits = (xorlab.XORDataset(20_000, std, seed=4) for std in (0.3, 0))
    noise = (noisy.data - bits.data) / 0.3
    assert abs(noise.mean()) < 0.02
    assert noise.std() == pytest.approx(1, abs=0.02)
    assert (noise.abs() < 1.959964).float().mean() == pytest.approx(0.95, abs=0.01)


def test_the_four_corners_are_drawn_equally_often():
    bits = xorlab.XORDataset(40_000, std=0, seed=3).data.int()
    counts = torch.bincount(2 * bits[:, 0] + bits[:, 1], minlength=4)
    assert (counts - 10_000).abs().max() < 5 * math.sqrt(40_000 * 0.25 * 0.75)


def test_one_point_is_a_dataset():
    assert xorlab.XORDataset(1, seed=1).data.shape == (1, 2)


def test_a_seed_leaves_all_global_generators_alone():
    def states():
        numpy_state = np.random.get_state()[1]  # noqa: NPY002
        return random.getstate(), numpy_state.tolist(), torch.get_rng_state().tolist()

    before = states()
    xorlab.XORDataset(50, seed=1)
    assert states() == before


def test_without_a_seed_torchs_generator_is_drawn_from_once():
    torch.manual_seed(9)
    torch.randint(2**31 - 1, ())
    after_one_draw = torch.get_rng_state()
    torch.manual_seed(9)
    first = xorlab.XORDataset(50)
    assert torch.equal(torch.get_rng_state(), after_one_draw)
    assert not torch.equal(first.data, xorlab.XORDataset(50).data)


def test_the_printed_form_counts_points_and_classes():
    assert repr(xorlab.PointDataset(np.eye(3), [0, 1, 1], ("no", "yes"))) == (
        "PointDataset: 3 points, 3 columns; class no: 1, class yes: 2"
    )


@settings(max_examples=40)
@given(n=st.integers(1, 60), batch_size=st.integers(1, 70), seed=st.integers(0, 1000))
def test_the_batches_of_an_epoch_hold_every_point_once_and_keep_the_last(n, batch_size, seed):
    batches = Batches(torch.arange(n)[:, None].float(), torch.arange(n), batch_size, seed)
    points, labels = zip(*batches, strict=True)
    assert [len(batch) for batch in points] == [batch_size] * (n // batch_size) + (
        [n % batch_size] if n % batch_size else []
    )
    assert len(batches) == len(points)
    assert sorted(torch.cat(labels).tolist()) == list(range(n))
    assert torch.equal(torch.cat(points)[:, 0].long(), torch.cat(labels))


def test_the_lessons_2500_points_make_20_batches_in_another_order_each_epoch():
    dataset = xorlab.XORDataset(2500, seed=1)
    batches = Batches(dataset.data, dataset.label, 128, seed=1)
    first, second = list(batches), list(batches)
    assert len(first) == 20
    assert not torch.equal(first[0][0], second[0][0])


def test_the_old_name_of_the_dataset_is_the_same_class():
    assert xorlab.TwoClassDataset is xorlab.PointDataset


def test_points_of_xor_keep_what_every_dataset_promises():
    data = xorlab.XORDataset(20, 0.3, seed=4)
    assert isinstance(data, xorlab.PointDataset)
    assert data.origin == Toy("xor", 0.3, 4)
    assert (data.size, data.std, data.seed) == (20, 0.3, 4)
    part = data.take([0, 2])
    assert (type(part), len(part), part.size) == (xorlab.XORDataset, 2, 2)
    assert part.origin == Toy("xor", 0.3, None)
    with pytest.raises(ValueError, match="`rows` must be at least one, not none"):
        data.take([])
    assert xorlab.PointDataset([[1.0]], [1]).origin is None  # one class; training asks for both
    with pytest.raises(ValueError, match="`data` must hold both classes"):
        xorlab.train_xor(xorlab.PointDataset([[1.0], [2.0]], [1, 1]))


def test_a_class_of_a_learners_own_may_set_what_it_was_made_of():
    class Mine(xorlab.XORDataset):
        def __init__(self, size, std):
            super().__init__(size, std, seed=1)
            self.size, self.std = size, std

    mine = Mine(30, 0.2)
    assert (mine.size, mine.std, mine.seed, len(mine)) == (30, 0.2, 1, 30)
    assert xorlab.train_xor(mine, epochs=1, seed=1).data is mine
