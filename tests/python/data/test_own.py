import numpy as np
import pandas as pd
import pytest
import torch
import xorlab
from conftest import Frame
from torch.utils.data import DataLoader, Subset, TensorDataset, random_split

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
    data = xorlab.PointDataset(
        X, [0, 1, 0], levels=np.array(["no", "yes"]), features=np.array(["a", "b", "c"])
    )
    xorlab.train_xor(data, epochs=1, seed=1).save(tmp_path / "fit.pt")
    fit = xorlab.load_xor(tmp_path / "fit.pt")
    assert (fit.levels, fit.features) == (("no", "yes"), ("a", "b", "c"))


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("kind", [pd.Categorical, pd.Series, pd.CategoricalIndex])
def test_the_categories_of_a_label_are_its_classes_in_their_order(kind, ordered):
    dtype = pd.CategoricalDtype(["pos", "neg"], ordered)
    label = kind(["neg", "pos", "neg"], dtype=dtype)
    dataset = xorlab.as_xor_data(X, label)
    assert dataset.levels == ("pos", "neg")
    assert dataset.label.tolist() == [1, 0, 1]
    assert dataset.categories is None


def test_categories_may_be_numbers_or_truth_values():
    numbers = xorlab.as_xor_data(X, pd.Categorical([1, 0, 1], categories=[1, 0]))
    assert numbers.levels == (1, 0)
    assert numbers.label.tolist() == [0, 1, 0]
    truths = xorlab.as_xor_data(X, pd.Categorical([True, False, True], categories=[True, False]))
    assert truths.levels == (True, False)
    assert [type(level) for level in truths.levels] == [bool, bool]


def test_unused_categories_are_dropped_with_a_warning_that_names_them():
    label = pd.Categorical(["b", "a", "b"], categories=["c", "b", "d", "a"])
    with pytest.warns(
        UserWarning, match=r"unused categories, which are dropped: 'c', 'd'\."
    ) as all_:
        dataset = xorlab.as_xor_data(X, label)
    assert [one.filename for one in all_] == [__file__]
    assert dataset.levels == ("b", "a")
    assert dataset.categories == ("c", "b", "d", "a")


@pytest.mark.parametrize(
    ("label", "levels"),
    [
        (["neg", "pos", "neg"], ("pos", "neg")),
        ([0, 1, 0], (1, 0)),
        ([False, True, False], (True, False)),
        (pd.Categorical(["neg", "pos", "neg"]), ("pos", "neg")),
        (pd.Categorical(["neg", "pos", "neg"], categories=["neg", "x", "pos"]), ("pos", "neg")),
        (np.array(["neg", "pos", "neg"]), np.array(["pos", "neg"])),
    ],
)
def test_levels_say_which_class_is_class_one(label, levels):
    dataset = xorlab.as_xor_data(X, label, levels=levels)
    assert dataset.label.tolist() == [1, 0, 1]
    assert dataset.levels == tuple(levels)
    assert [type(level) for level in dataset.levels] == [type(label[1])] * 2 or isinstance(
        label, np.ndarray
    )


@pytest.mark.parametrize(
    "levels", [["a"], ["a", "a"], ["a", "c"], ["a", "b", "c"], "ab", 2, [], [0, 1]]
)
def test_levels_that_are_not_the_two_classes_are_refused(levels):
    must = r"`levels` must be the 2 classes of `label`, 'a' and 'b', in the order wanted, not "
    with pytest.raises(ValueError, match=must):
        xorlab.as_xor_data(X, ["a", "b", "a"], levels=levels)


@pytest.mark.parametrize(
    "label",
    [
        pd.Categorical(["a", None, "b"]),
        pd.Series(["a", None, "b"], dtype="category"),
        pd.Series(["a", pd.NA, "b"], dtype="string"),
        pd.Series([0, pd.NA, 1], dtype="Int64"),
        pd.Series([True, pd.NA, False], dtype="boolean"),
        pd.Categorical([0, None, 1]),
        [0, pd.NA, 1],
    ],
    ids=["categorical", "category", "string", "Int64", "boolean", "numbers", "list"],
)
def test_a_missing_label_is_missing_and_not_a_category(label):
    with pytest.raises(ValueError, match="`label` must be complete, but 1 of 3 are missing"):
        xorlab.as_xor_data(X, label)


def test_a_missing_value_of_pandas_is_a_missing_value(fit):
    frame = pd.DataFrame({"x1": [0, 1, 1], "x2": [1, pd.NA, 0]}).astype("Float64")
    with pytest.raises(ValueError, match="missing, infinite or too large values are in 1 of 3"):
        xorlab.as_xor_data(frame, [0, 1, 1])
    assert np.isnan(fit.prob(frame)).tolist() == [False, True, False]


def test_the_order_of_classes_is_kept_in_files_and_by_predictions(tmp_path):
    x = np.linspace(-1, 1, 40)[:, None]
    truth = np.where(x[:, 0] > 0, "neg", "pos")
    label = pd.Series(pd.Categorical(truth, categories=["pos", "unseen", "neg"]))
    with pytest.warns(UserWarning, match="'unseen'"):
        data = xorlab.as_xor_data(x, label)
    made = xorlab.train_xor(data, lr=1, seed=1)
    made.save(tmp_path / "fit.pt")
    fit = xorlab.load_xor(tmp_path / "fit.pt")
    assert fit.levels == ("pos", "neg")
    assert fit.data.categories == ("pos", "unseen", "neg")
    assert (fit.predict(x) == label).all()
    # Known classes are not looked for: none of them is missing, and nothing is warned of.
    assert fit.evaluate((x, label)).accuracy == 1
    assert fit.evaluate((x[:3], label[:3])).confusion.tolist() == [[3, 0], [0, 0]]
    assert xorlab.diagnose_xor(fit, (x, label)).accuracy == 1
    assert xorlab.diagnose_xor(fit, (x, truth)).accuracy == 1


def test_a_file_without_categories_is_read(tmp_path):
    content = xorlab.train_xor(epochs=1, seed=1).to_dict()
    del content["data"]["categories"]
    assert xorlab.Fit.from_dict(content).data.categories is None


@pytest.fixture
def halves():
    """Two parts of a sample of noise 0.3, and the sample."""
    whole = xorlab.XORDataset(300, std=0.3, seed=1)
    return *random_split(whole, [200, 100], torch.Generator().manual_seed(1)), whole


def test_a_part_of_a_sample_of_xor_is_xor(halves):
    train, test, whole = halves
    fit = xorlab.train_xor(train, epochs=3, seed=1)
    assert isinstance(fit.data, xorlab.XORDataset)
    assert (fit.data.std, fit.data.seed, fit.data.size) == (0.3, None, 200)
    assert torch.equal(fit.data.data, whole.data[train.indices])
    assert torch.equal(fit.data.label, whole.label[train.indices])
    best = xorlab.bayes_xor(0.3).accuracy
    assert fit.evaluate(test).best == fit.evaluate().best == best
    assert fit.evaluate(test).n == 100
    assert xorlab.diagnose_xor(fit).best == xorlab.diagnose_xor(fit, test).best == best
    assert xorlab.eval_model(fit.model, DataLoader(test, batch_size=32)).best == best
    assert whole.seed == 1


def test_a_part_by_a_tuple_of_rows_is_taken_too():
    whole = xorlab.XORDataset(200, seed=1)
    part = xorlab.data.convert.as_dataset(Subset(whole, tuple(range(50))))
    assert torch.equal(part.data, whole.data[:50])


def test_a_part_of_a_part_is_xor_too(halves):
    train, _, whole = halves
    for indices in ([3, 1, 2, 50], torch.tensor([3, 1, 2, 50]), np.array([3, 1, 2, 50])):
        part = Subset(train, indices)
        fit = xorlab.train_xor(part, epochs=1, seed=1)
        assert torch.equal(fit.data.data, torch.stack([x for x, _ in (train[i] for i in indices)]))
        assert xorlab.eval_model(fit.model, DataLoader(part)).best == whole.best_accuracy
    assert xorlab.train_xor(Subset(train, range(20)), epochs=1, seed=1).data.size == 20


def test_a_part_of_a_sample_is_not_made_again_from_a_seed(halves, tmp_path):
    path = tmp_path / "fit.pt"
    made = xorlab.train_xor(halves[0], epochs=2, seed=1, checkpoint=path)
    fit = xorlab.load_xor(path)
    assert isinstance(fit.data, xorlab.XORDataset)
    assert (fit.data.std, fit.data.seed) == (0.3, None)
    before = torch.get_rng_state()
    for language in ("python", "r"):
        code = xorlab.show_code(fit, language, path="here.pt")
        assert "here.pt" in code
        assert "randint" not in code
    assert torch.equal(torch.get_rng_state(), before)
    more = xorlab.resume_xor(fit, epochs=4)
    assert np.array_equal(fit.predict_logits(halves[2]), made.predict_logits(halves[2]))
    assert len(more.data) == 200


def test_a_part_of_own_data_keeps_its_classes_and_columns():
    x = np.random.default_rng(0).normal(size=(40, 2))
    whole = xorlab.as_xor_data(Frame({"u": x[:, 0], "v": x[:, 1]}), np.where(x[:, 0] > 0, "a", "b"))
    train, test = random_split(whole, [30, 10], torch.Generator().manual_seed(1))
    fit = xorlab.train_xor(train, epochs=20, seed=1)
    assert (fit.levels, fit.features) == (("a", "b"), ("u", "v"))
    assert type(fit.data) is xorlab.PointDataset
    assert fit.evaluate(test).n == 10
    zeros = Subset(whole, torch.nonzero(whole.label == 0)[:, 0].tolist())
    assert fit.evaluate(zeros).confusion[1].tolist() == [0, 0]
    with pytest.raises(ValueError, match="`data` must hold both classes"):
        xorlab.train_xor(zeros)


def test_a_part_of_other_data_and_one_that_changes_its_items_are_as_they_are(halves):
    class Moved(Subset):
        def __getitem__(self, i):
            x, label = super().__getitem__(i)
            return x + 7, label

        __getitems__ = None

    moved = Moved(halves[2], range(100))
    fit = xorlab.train_xor(moved, epochs=1, seed=1)
    assert type(fit.data) is xorlab.PointDataset
    assert torch.equal(fit.data.data, halves[2].data[:100] + 7)
    other = Subset(TensorDataset(torch.tensor(X), torch.tensor([0, 1, 1])), [2, 0])
    assert xorlab.train_xor(other, epochs=1, seed=1).data.data.tolist() == [X[2], X[0]]
    assert xorlab.eval_model(xorlab.SimpleClassifier(3, 2, 1), DataLoader(other)).best is None


@pytest.mark.parametrize(
    ("label", "levels"),
    [
        (pd.cut([1.0, 2.0, 8.0], [0, 5, 10]), ("(0, 5]", "(5, 10]")),
        (
            pd.Categorical(pd.to_datetime(["2026-02-01", "2026-01-01", "2026-01-01"])),
            ("2026-01-01 00:00:00", "2026-02-01 00:00:00"),
        ),
    ],
    ids=["intervals", "dates"],
)
def test_categories_that_are_neither_text_nor_numbers_are_classes_as_text(label, levels):
    fit = xorlab.train_xor(X, label, epochs=1, seed=1)
    assert fit.levels == levels
    assert [fit.levels[i] for i in fit.data.label] == [str(one) for one in label]
    assert fit.evaluate((X, label)).n == 3
    other = xorlab.as_xor_data(X, label, levels=label.categories[::-1])
    assert other.levels == levels[::-1]


def test_levels_that_are_lists_are_none_of_the_classes():
    with pytest.raises(ValueError, match="`levels` must be the 2 classes of `label`"):
        xorlab.as_xor_data(X, ["a", "b", "b"], levels=[["a"], "b"])
