"""What `train_xor()` takes as data, and every wrong way to hand it over."""

import random

import numpy as np
import pandas as pd
import pytest
import torch
import xorlab
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from torch.utils.data import Dataset, IterableDataset, TensorDataset

X = [[1.0, 2.0], [4.0, 5.0], [7.0, 9.5], [0.0, 1.0]]
Y = ["no", "yes", "yes", "no"]
FRAME = pd.DataFrame(X, columns=["a", "b"]).assign(am=Y)


def list_dataset(items):
    """A dataset of torch's, as people write them by hand."""

    class ListDataset(Dataset):
        def __len__(self):
            return len(items)

        def __getitem__(self, index):
            return items[index]

    return ListDataset()


class Stream(IterableDataset):
    def __iter__(self):
        return iter([(torch.zeros(2), 0)])


def states():
    numpy_state = np.random.get_state()[1]  # noqa: NPY002
    return random.getstate(), numpy_state.tolist(), torch.get_rng_state().tolist()


def weight_bits(fit):
    return [weights.tobytes() for weights in fit.weights().values()]


WAYS = {
    "x and y": lambda **more: xorlab.train_xor(X, Y, **more),
    "by name": lambda **more: xorlab.train_xor(x=X, y=Y, **more),
    "data and y": lambda **more: xorlab.train_xor(data=X, y=Y, **more),
    "a pair": lambda **more: xorlab.train_xor((X, Y), **more),
    "a pair as data": lambda **more: xorlab.train_xor(data=(X, Y), **more),
    "a dataset": lambda **more: xorlab.train_xor(xorlab.as_xor_data(X, Y), **more),
    "a dataset as data": lambda **more: xorlab.train_xor(data=xorlab.as_xor_data(X, Y), **more),
    "an array": lambda **more: xorlab.train_xor(np.array(X), np.array(Y), **more),
    "tensors": lambda **more: xorlab.train_xor(torch.tensor(X), torch.tensor([0, 1, 1, 0]), **more),
    "a frame": lambda **more: xorlab.train_xor(FRAME, "am", **more),
    "a frame as data": lambda **more: xorlab.train_xor(data=FRAME, y="am", **more),
    "a frame and a column": lambda **more: xorlab.train_xor(FRAME[["a", "b"]], FRAME["am"], **more),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_every_way_to_hand_data_over_trains_the_same_net(way):
    fit, expected = way(epochs=3, seed=1), WAYS["x and y"](epochs=3, seed=1)
    assert weight_bits(fit) == weight_bits(expected)
    assert len(fit.levels) == 2


def test_a_dataset_of_xor_is_data_or_x():
    data = xorlab.XORDataset(50, seed=1)
    one, other = xorlab.train_xor(data, seed=1), xorlab.train_xor(data=data, seed=1)
    assert weight_bits(one) == weight_bits(other)


HINT = r"All other arguments go by name, as in `hidden=8`"

WRONG = {
    "hidden in second place": (lambda: xorlab.train_xor(X, 8), HINT),
    "hidden of numpy": (lambda: xorlab.train_xor(X, np.int64(8)), HINT),
    "several hidden layers": (lambda: xorlab.train_xor(X, [8, 8]), HINT),
    "hidden after a dataset": (lambda: xorlab.train_xor(xorlab.XORDataset(9, seed=1), 8), HINT),
    "layers after a frame": (lambda: xorlab.train_xor(FRAME, [8, 8, 8]), HINT),
    "labels too short": (lambda: xorlab.train_xor(X, Y[:3]), f"one for each of its 4 rows.*{HINT}"),
    "labels too long": (lambda: xorlab.train_xor(X, [*Y, "no"]), f"its 4 rows.*{HINT}"),
    "labels in a column": (
        lambda: xorlab.train_xor(X, [[0], [1], [1], [0]]),
        r"one entry for each of the 4 rows of `x`, not shape \(4, 1\)",
    ),
    "an array too short": (lambda: xorlab.train_xor(np.array(X), np.zeros(3)), HINT),
    "hidden in third place": (lambda: xorlab.train_xor(X, Y, 8), "positional argument"),
    "x and data": (lambda: xorlab.train_xor(X, Y, data=X), "`x` and `data` must not both be given"),
    "y alone": (lambda: xorlab.train_xor(y=Y), "`x` must be given beside `y`"),
    "a dataset and y": (
        lambda: xorlab.train_xor(xorlab.as_xor_data(X, Y), Y),
        "`y` must be left out for a dataset, which has labels",
    ),
    "a name without a frame": (lambda: xorlab.train_xor(X, "am"), "only a data frame has"),
    "a matrix without y": (lambda: xorlab.train_xor(np.array(X)), "`y` must be given beside"),
    "a tensor without y": (lambda: xorlab.train_xor(torch.tensor(X)), "`y` must be given beside"),
    "lists without y": (lambda: xorlab.train_xor(X), "`y` must be given beside a matrix"),
    "a frame without y": (lambda: xorlab.train_xor(FRAME), "`y` must be given beside a data frame"),
    "a number": (lambda: xorlab.train_xor(5), "not 5"),
    "a number and y": (lambda: xorlab.train_xor(5, Y), "`x` must"),
    "text": (lambda: xorlab.train_xor("iris"), "not 'iris'"),
    "text and y": (lambda: xorlab.train_xor("iris", Y), "`x` must"),
    "measurements": (
        lambda: xorlab.train_xor(X, [1.5, 2.5, 3.0, 1.5]),
        r"1\.5, 2\.5, 3\.0 are measurements, which a classifier does not predict.*label > 1\.5",
    ),
    "numbers with gaps": (
        lambda: xorlab.train_xor(X, [3, 7, 7, 3]),
        "Numeric `label` counts as classes only where it is 0, 1, 2, .* without a gap, not 3, 7",
    ),
    "numbers from 1": (lambda: xorlab.train_xor(X, [1, 2, 3, 1]), "without a gap, not 1, 2, 3"),
    "a gap": (lambda: xorlab.train_xor(X, [0, 2, 2, 0]), "without a gap.*not 0, 2"),
    "negative": (lambda: xorlab.train_xor(X, [-1, 1, 1, -1]), "without a gap, not -1, 1"),
    "an infinite label": (lambda: xorlab.train_xor(X, [0, 1, np.inf, 0]), "without a gap"),
    "one row": (lambda: xorlab.train_xor([[1.0, 2.0]], [0]), "from 2 to 100 classes, not 1"),
    "one class": (lambda: xorlab.train_xor(X, ["a"] * 4), r"not 1: \['a'\]"),
    "too many classes": (
        lambda: xorlab.train_xor(np.eye(101), np.arange(101)),
        "from 2 to 100 classes, not 101",
    ),
    "fewer rows than classes": (
        lambda: xorlab.train_xor(xorlab.PointDataset(X[:2], [0, 1], ["a", "b", "c"])),
        "must hold all 3 classes, but none of the points is of 'c'",
    ),
    "no rows": (lambda: xorlab.train_xor(np.empty((0, 2)), []), "at least one row"),
    "mixed categories": (
        lambda: xorlab.train_xor(X, pd.Categorical(["a", 1, 1, "a"])),
        "whole numbers from 0 on, not a mixture",
    ),
    "masked labels": (
        lambda: xorlab.train_xor(X, np.ma.array([0, 1, 1, 0], mask=[0, 1, 0, 0])),
        "`label` must be complete, but 1 of 4 are missing",
    ),
    "whole numbers as floats": (lambda: xorlab.train_xor(X, [1.0, 2.0, 2.0, 1.0]), "not 1, 2"),
    "a dataset of three parts": (
        lambda: xorlab.train_xor(TensorDataset(*[torch.zeros(4, 2)] * 3)),
        "a dataset of pairs, the inputs and the label of a point, but an item is 3 parts",
    ),
    "a dataset without labels": (lambda: xorlab.train_xor(list_dataset([1, 2])), "an item is 1"),
    "a dataset without items": (
        lambda: xorlab.train_xor(TensorDataset(torch.zeros(0, 2), torch.zeros(0))),
        "at least one row",
    ),
    "a dataset without a length": (
        lambda: xorlab.train_xor(Stream()),
        "`data` must be a dataset with a length, whose items are taken by number, not Stream",
    ),
    "a sparse tensor": (
        lambda: xorlab.train_xor(torch.tensor(X).to_sparse(), Y),
        r"made dense first: pass `x.to_dense\(\)`",
    ),
    "a sparse matrix": (lambda: xorlab.train_xor(csr_matrix(X), Y), "`x` must be a matrix of num"),
    "a missing value in a frame": (
        lambda: xorlab.train_xor(FRAME.assign(a=[1, None, 2, 3], c=["u", "v", "w", None]), "am"),
        "in 2 of 4 rows, in 'a', 'c'",
    ),
    "a column of arrays": (
        lambda: xorlab.train_xor(FRAME.assign(c=[np.ones(2)] * 4), "am"),
        "the column 'c' holds values of type object",
    ),
    "a column of lists": (
        lambda: xorlab.train_xor(FRAME.assign(c=[[1, 2]] * 4), "am"),
        "the column 'c' holds values of type object",
    ),
    "mixed labels": (lambda: xorlab.train_xor(X, ["a", 1, "b", 1]), "not a mixture"),
    "missing labels": (lambda: xorlab.train_xor(X, ["a", None, "b", "a"]), "1 of 4 are missing"),
    "an infinite column": (
        lambda: xorlab.train_xor([[1.0, np.inf], *X[1:]], Y, scale=True),
        "`x` must be finite .* are in 1 of 4 rows",
    ),
    "a column beyond float32": (lambda: xorlab.train_xor([[1.0, 1e39], *X[1:]], Y), "too large"),
    "a missing value": (lambda: xorlab.train_xor([[1.0, np.nan], *X[1:]], Y), "in 1 of 4 rows"),
    "all constant": (lambda: xorlab.train_xor(np.ones((4, 2)), Y), "a column that varies"),
    "text columns": (lambda: xorlab.train_xor([["a", "b"]] * 4, Y), "`x` must hold numbers"),
    "ragged rows": (lambda: xorlab.train_xor([[1, 2], [3], [4], [5]], Y), "a matrix of numbers"),
    "one column flat": (lambda: xorlab.train_xor([1.0, 2, 3, 4], Y), "two dimensions"),
    "a dict": (lambda: xorlab.train_xor({"a": [1, 2]}, [0, 1]), "`x` must be a matrix"),
}


@pytest.mark.parametrize(("call", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_way_is_one_clear_error_and_changes_nothing(call, message):
    frame, before = FRAME.copy(), states()
    with pytest.raises((TypeError, ValueError), match=message) as caught:
        call()
    assert "\n" not in str(caught.value)
    assert states() == before
    assert frame.equals(FRAME)


@given(classes=st.integers(2, 12), seed=st.integers(0, 100))
def test_any_whole_numbers_from_0_on_are_classes(classes, seed):
    rng = np.random.default_rng(seed)
    label = rng.permutation(np.arange(40) % classes)
    data = xorlab.as_xor_data(rng.normal(size=(40, 2)), label)
    assert data.levels == tuple(range(classes))
    assert data.label.tolist() == label.tolist()
    assert data.class_sizes() == np.bincount(label).tolist()
    assert data.class_shares() == pytest.approx(np.bincount(label) / 40)


def test_text_labels_of_many_classes_are_in_their_sorted_order():
    label = np.array(["setosa", "virginica", "versicolor", "setosa"])
    data = xorlab.as_xor_data(X, label)
    assert data.levels == ("setosa", "versicolor", "virginica")
    assert data.label.tolist() == [0, 2, 1, 0]
    turned = xorlab.as_xor_data(X, label, levels=data.levels[::-1])
    assert turned.label.tolist() == [2, 0, 1, 2]


def test_collinear_columns_train():
    x = np.random.default_rng(0).normal(size=(80, 1)) @ [[1.0, 2.0, -3.0]] + [0, 5, 1]
    label = x[:, 0] > 0
    assert xorlab.train_xor(x, label, seed=1).evaluate((x, label)).accuracy > 0.95


def test_columns_in_millions_train():
    x = 1e6 * np.random.default_rng(0).normal(3, 1, size=(200, 2))
    label = x[:, 0] > x[:, 1]
    fit = xorlab.train_xor(x, label, seed=1)
    assert fit.evaluate((x, label)).accuracy > 0.95
    assert fit.boundary().x1.max() > 3e6


def test_three_hundred_columns_train():
    x = np.random.default_rng(0).normal(size=(120, 300))
    label = x[:, 7] > 0
    fit = xorlab.train_xor(x, label, seed=1)
    assert fit.evaluate((x, label)).accuracy > 0.95
    assert len(repr(fit).splitlines()) < 8


def test_two_rows_train():
    fit = xorlab.train_xor([[1.0, 5.0], [2.0, 7.0]], ["a", "b"], seed=1)
    assert fit.predict([[1.0, 5.0], [2.0, 7.0]]).tolist() == ["a", "b"]
    assert "all 2 points in one batch (batch_size 128)" in repr(fit)


def test_a_batch_beyond_the_rows_is_all_of_them():
    fits = [
        xorlab.train_xor(X, Y, epochs=5, batch_size=size, seed=1, engine=engine)
        for size in (4, 128)
        for engine in ("fused", "autograd")
    ]
    assert weight_bits(fits[0]) == weight_bits(fits[2])
    assert weight_bits(fits[1]) == weight_bits(fits[3])


def test_one_class_that_is_much_larger_is_said():
    x = np.arange(20.0)[:, None]
    fit = xorlab.train_xor(x, ["rare"] * 2 + ["usual"] * 18, epochs=1, seed=1)
    assert "always answering usual is right for 90.0% of these points" in repr(fit)
    even = xorlab.train_xor(x, ["rare"] * 10 + ["usual"] * 10, epochs=1, seed=1)
    assert "always answering" not in repr(even)


def test_a_dataset_by_hand_may_give_arrays_or_lists_and_classes_of_any_kind():
    expected = xorlab.train_xor(X, Y, epochs=1, seed=1)
    for kind in (np.array, list, torch.tensor):
        items = [(kind(x), y) for x, y in zip(X, Y, strict=True)]
        fit = xorlab.train_xor(list_dataset(items), epochs=1, seed=1)
        assert fit.levels == ("no", "yes")
        assert weight_bits(fit) == weight_bits(expected)


def test_numbers_of_a_kind_that_numpy_has_not_are_taken():
    fit = xorlab.train_xor(torch.tensor(X).bfloat16(), Y, epochs=1, seed=1)
    assert fit.data.data.tolist() == X
    assert fit.predict_proba(torch.tensor(X).bfloat16()).shape == (4, 2)
