import numpy as np
import pytest
import torch
import xorlab
from conftest import Frame

X = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.5]]


@pytest.mark.parametrize(
    "x",
    [
        X,
        tuple(map(tuple, X)),
        np.array(X),
        np.array(X, dtype=np.float32),
        np.asfortranarray(X),
        np.repeat(X, 2, axis=0)[::2],
        np.array(X, dtype=object),
        torch.tensor(X, requires_grad=True),
        Frame(dict(zip("abc", np.transpose(X), strict=True))),
    ],
    ids=[
        "lists",
        "tuples",
        "float64",
        "float32",
        "columns",
        "strided",
        "object",
        "tensor",
        "frame",
    ],
)
def test_own_data_of_every_kind_become_the_same_points(x):
    dataset = xorlab.as_xor_data(x, [0, 1, 1])
    assert torch.equal(dataset.data, torch.tensor(X))
    assert dataset.data.is_contiguous()
    assert dataset.features == (("a", "b", "c") if isinstance(x, Frame) else ("x1", "x2", "x3"))


def test_own_data_are_copied_even_where_they_cannot_be_written_to():
    x, label = np.array(X, dtype=np.float32), np.array([0, 1, 1])
    x.flags.writeable = label.flags.writeable = False
    dataset = xorlab.as_xor_data(x, label)
    dataset.data.zero_()
    dataset.label.zero_()
    assert x.tolist() == X
    assert label.tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    ("label", "levels"),
    [
        ([0, 1, 0], (0, 1)),
        ([0.0, 1.0, 0.0], (0, 1)),
        (torch.tensor([0.0, 1.0, 0.0]), (0, 1)),
        ([False, True, False], (False, True)),
        (["no", "yes", "no"], ("no", "yes")),
        (np.array(["no", "yes", "no"], dtype=object), ("no", "yes")),
    ],
)
def test_the_second_class_in_order_is_class_one(label, levels):
    dataset = xorlab.as_xor_data(X, label)
    assert dataset.label.tolist() == [0, 1, 0]
    assert dataset.levels == levels
    assert [type(level) for level in dataset.levels] == [type(level) for level in levels]


@pytest.mark.parametrize("label", [[1, "1", "a"], [0, "a", "a"], [True, "a", "a"]])
def test_labels_of_several_kinds_are_not_made_strings(label):
    with pytest.raises(TypeError, match="not a mixture"):
        xorlab.as_xor_data(X, label)


@pytest.mark.parametrize("label", [1, [[0], [1], [1]], [0, 1]])
def test_labels_of_another_shape_are_named_where_the_classes_are_known(label, fit):
    points = [[0.0, 1.0], [1.0, 1.0], [0.0, 0.0]]
    for use in (fit.evaluate, xorlab.train_xor):
        with pytest.raises(ValueError, match="`label` must have one entry for each of the 3 rows"):
            use((points, label))


def test_the_hidden_values_of_a_masked_array_are_missing():
    masked = np.ma.masked_array([[0.0, 1.0], [1.0, 999.0]], mask=[[0, 0], [0, 1]])
    with pytest.raises(ValueError, match="values are in 1 of 2 rows"):
        xorlab.as_xor_data(masked, [0, 1])


def test_classes_and_columns_may_be_named_by_numpy(tmp_path):
    data = xorlab.TwoClassDataset(
        X, [0, 1, 0], levels=np.array(["no", "yes"]), features=np.array(["a", "b", "c"])
    )
    xorlab.train_xor(data, epochs=1, seed=1).save(tmp_path / "fit.pt")
    fit = xorlab.load_xor(tmp_path / "fit.pt")
    assert (fit.levels, fit.features) == (("no", "yes"), ("a", "b", "c"))
