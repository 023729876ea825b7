import pytest
import torch
import xorlab
from hypothesis import given
from hypothesis import strategies as st
from xorlab.data.split import held_out

sizes = st.lists(st.integers(1, 30), min_size=2, max_size=5).filter(lambda n: max(n) > 1)


def of_sizes(counts):
    label = [number for number, count in enumerate(counts) for _ in range(count)]
    order = torch.randperm(len(label), generator=torch.Generator().manual_seed(1)).tolist()
    label = [label[i] for i in order]
    x = [[float(i)] for i in range(len(label))]
    return xorlab.PointDataset(x, label, levels=range(len(counts)))


@given(sizes, st.floats(0.01, 0.99), st.integers(0, 2**31 - 1))
def test_every_row_is_in_one_part_and_every_class_keeps_its_share(counts, share, seed):
    data = of_sizes(counts)
    train, test = held_out(data, share, seed)
    assert sorted(train + test) == list(range(len(data)))
    assert train == sorted(train)
    assert test == sorted(test)
    held = torch.bincount(data.label[test], minlength=len(counts)).tolist()
    for count, out in zip(counts, held, strict=True):
        assert out < count
        if count > 1:
            assert out >= 1
            assert abs(out - share * count) <= 0.5 or out in (1, count - 1)


def test_a_seed_fixes_the_rows_and_another_seed_takes_others():
    data = of_sizes([50, 50])
    assert held_out(data, 0.2, 7) == held_out(data, 0.2, 7)
    assert held_out(data, 0.2, 7) != held_out(data, 0.2, 8)


def test_rows_are_held_out_with_equal_chances():
    data = of_sizes([5, 10])
    counts = torch.zeros(15)
    for seed in range(1000):
        counts[held_out(data, 0.2, seed)[1]] += 1
    # Each row has a chance of 0.2: 200 times of 1,000, with a standard deviation of 12.6.
    assert (counts - 200).abs().max() < 5 * 12.6


def test_the_users_generator_is_not_drawn_from():
    before = torch.get_rng_state()
    held_out(of_sizes([5, 5]), 0.2, 1)
    assert torch.equal(torch.get_rng_state(), before)


def test_what_cannot_be_split_is_named():
    with pytest.raises(ValueError, match="`data` must have two points of a class"):
        held_out(of_sizes([1, 1]), 0.2, 1)
    with pytest.raises(ValueError, match="`share` must be a finite number above 0, not 0"):
        held_out(of_sizes([5, 5]), 0, 1)
    with pytest.raises(ValueError, match="`share` must be at most 1, not 2"):
        held_out(of_sizes([5, 5]), 2, 1)
