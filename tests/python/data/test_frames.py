"""Data frames of pandas and polars as training data, and as what a fit is asked about."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
import torch
import xorlab

LIBRARIES = pytest.mark.parametrize("library", [pd, pl], ids=["pandas", "polars"])


def columns(rows=60, seed=0):
    rng = np.random.default_rng(seed)
    weight, cylinders = rng.normal(3, 1, rows), rng.choice(["four", "six", "eight"], rows)
    turbo = rng.choice([True, False], rows)
    am = np.where(weight + (cylinders == "six") > 3.2, "manual", "automatic")
    return {
        "wt": weight.tolist(),
        "cyl": cylinders.tolist(),
        "turbo": turbo.tolist(),
        "am": am.tolist(),
    }


@pytest.fixture(scope="module")
def cars():
    return pd.DataFrame(columns())


@pytest.fixture(scope="module")
def car_fit(cars):
    return xorlab.train_xor(cars, "am", epochs=20, seed=1)


def by_hand(frame):
    """wt, the indicators of six and four (eight is the first), and turbo."""
    cyl = np.asarray(frame["cyl"])
    return np.column_stack(
        [
            np.asarray(frame["wt"], float),
            cyl == "four",
            cyl == "six",
            np.asarray(frame["turbo"], float),
        ]
    ).astype(float)


@LIBRARIES
def test_a_frame_becomes_the_columns_that_one_would_make_by_hand(library):
    frame = library.DataFrame(columns())
    fit = xorlab.train_xor(frame, "am", epochs=5, seed=1)
    assert fit.features == ("wt", "cyl_four", "cyl_six", "turbo")
    assert fit.levels == ("automatic", "manual")
    assert np.array_equal(fit.data.points.numpy(), by_hand(columns()))
    same = xorlab.train_xor(by_hand(columns()), columns()["am"], epochs=5, seed=1)
    assert fit.history.loss == same.history.loss
    for name, weights in fit.weights().items():
        assert np.array_equal(weights, same.weights()[name])
    assert np.array_equal(fit.predict_logits(frame), same.predict_logits(by_hand(columns())))


def test_indicators_are_those_of_pandas_get_dummies(cars, car_fit):
    dummies = pd.get_dummies(cars["cyl"], prefix="cyl", drop_first=True)
    ours = pd.DataFrame(car_fit.data.points.numpy(), columns=list(car_fit.features))
    assert [name for name in car_fit.features if name.startswith("cyl")] == list(dummies)
    assert (ours[list(dummies)] == dummies).to_numpy().all()


@LIBRARIES
def test_the_labels_may_be_beside_the_frame(library):
    given = columns()
    label = given.pop("am")
    frame = library.DataFrame(given)
    fits = [
        xorlab.train_xor(frame, one, epochs=3, seed=1)
        for one in (label, np.array(label), library.Series(label))
    ]
    assert len({tuple(fit.history.loss) for fit in fits}) == 1
    assert fits[0].features == ("wt", "cyl_four", "cyl_six", "turbo")
    with pytest.raises(ValueError, match="`y` must be given beside a data frame: the name of"):
        fits[0].evaluate(frame)
    assert fits[0].evaluate(frame, label).n == fits[0].evaluate((frame, label)).n == 60


@LIBRARIES
def test_evaluation_finds_the_labels_by_name(library):
    frame = library.DataFrame(columns())
    fit = xorlab.train_xor(frame, "am", epochs=20, seed=1)
    test = library.DataFrame(columns(rows=40, seed=5))
    found = [
        fit.evaluate(test),
        fit.evaluate(test, "am"),
        fit.evaluate((test, test["am"])),
        fit.evaluate(test, columns(40, 5)["am"]),
    ]
    assert {repr(one) for one in found} == {repr(found[0])}
    assert found[0].n == 40
    assert found[0].accuracy == np.mean(fit.predict(test) == np.asarray(test["am"]))


@LIBRARIES
def test_a_pair_of_a_frame_and_its_labels_or_their_name_is_as_good(library):
    frame = library.DataFrame(columns())
    fit, same = (
        xorlab.train_xor(*data, epochs=2, seed=1) for data in [(frame, "am"), ((frame, "am"),)]
    )
    assert same.preparation.target == "am"
    assert fit.history.loss == same.history.loss
    assert repr(fit.evaluate((frame, "am"))) == repr(fit.evaluate(frame))
    assert repr(xorlab.diagnose_xor(fit, (frame, "am"))) == repr(xorlab.diagnose_xor(fit, frame))
    given = columns()
    label = given.pop("am")
    beside = xorlab.train_xor((library.DataFrame(given), label), epochs=2, seed=1)
    assert beside.history.loss == fit.history.loss


def test_a_frame_that_is_not_computed_yet_is_to_be_collected():
    lazy = pl.DataFrame(columns()).lazy()
    with pytest.raises(TypeError, match=r"A LazyFrame must be computed first: pass `frame\.coll"):
        xorlab.train_xor(lazy, "am")


def test_text_where_the_training_data_had_numbers_is_named(cars, car_fit):
    must = "`x` must hold numbers where the training data do, but the column 'wt' holds values of"
    with pytest.raises(TypeError, match=must):
        car_fit.predict(cars.assign(wt="heavy"))


def test_labels_without_data_cannot_be_evaluated(cars, car_fit):
    with pytest.raises(ValueError, match="`data` must be given beside `y`"):
        car_fit.evaluate(y=cars["am"])


def test_evaluation_says_which_column_is_missing(cars, car_fit):
    with pytest.raises(
        ValueError, match="`y`, the classes, must be a column of the data frame, but 'am' is none"
    ):
        car_fit.evaluate(cars[["wt", "cyl", "turbo"]])
    with pytest.raises(ValueError, match=r"'AM' is none\. Did you mean 'am'\?"):
        car_fit.evaluate(cars, "AM")
    with pytest.raises(ValueError, match=r"all columns of the training data, but 'wt' is missing"):
        car_fit.evaluate(cars[["cyl", "turbo", "am"]])


@LIBRARIES
def test_columns_are_taken_by_name_in_any_order(library):
    given = columns()
    fit = xorlab.train_xor(library.DataFrame(given), "am", epochs=3, seed=1)
    turned = library.DataFrame({"more": ["a"] * 60, **{one: given[one] for one in reversed(given)}})
    expected = fit.predict_proba(library.DataFrame(given))
    assert np.array_equal(fit.predict_proba(turned), expected)
    numeric = {name: given[name] for name in ("wt", "turbo")}
    fit = xorlab.train_xor(library.DataFrame(numeric), given["am"], epochs=3, seed=1)
    turned = library.DataFrame({name: numeric[name] for name in ("turbo", "wt")})
    assert np.array_equal(
        fit.predict_logits(turned), fit.predict_logits(library.DataFrame(numeric))
    )


def test_one_librarys_frame_is_predicted_by_a_net_that_was_trained_on_the_others():
    fit = xorlab.train_xor(pd.DataFrame(columns()), "am", epochs=3, seed=1)
    frames = pd.DataFrame(columns(9, 2)), pl.DataFrame(columns(9, 2))
    assert np.array_equal(*(fit.predict_logits(frame) for frame in frames))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pd.Series([1.5, 2.5, 3.5]), [1.5, 2.5, 3.5]),
        (pd.Series([1, 2, 4], dtype="int8"), [1, 2, 4]),
        (pd.Series([True, False, True]), [1, 0, 1]),
        (pd.Series([1, 2, 4], dtype="Int64"), [1, 2, 4]),
        (pd.Series([True, False, True], dtype="boolean"), [1, 0, 1]),
        (pd.Series([1.5, 2, 4], dtype="Float64"), [1.5, 2, 4]),
        (pd.Series([1, 2.5, 4], dtype=object), [1, 2.5, 4]),
        (pl.Series([1, 2, 4], dtype=pl.UInt8), [1, 2, 4]),
        (pl.Series([True, False, True]), [1, 0, 1]),
    ],
)
def test_numbers_and_truth_values_of_every_type_stay_one_column(values, expected):
    library = pd if isinstance(values, pd.Series) else pl
    frame = library.DataFrame({"a": values, "b": [1.0, 2.0, 4.0]})
    data = xorlab.train_xor(frame, [0, 1, 0], epochs=1, seed=1).data
    assert data.features == ("a", "b")
    assert data.points[:, 0].tolist() == expected


@pytest.mark.parametrize(
    ("values", "levels"),
    [
        (pd.Series(["b", "a", "c"]), ["a", "b", "c"]),
        (pd.Series(["b", "a", "c"], dtype="string"), ["a", "b", "c"]),
        (pd.Series(["b", "a", "c"], dtype=object), ["a", "b", "c"]),
        (pd.Series(pd.Categorical(["b", "a", "c"], ["c", "b", "a"])), ["c", "b", "a"]),
        (pd.Series(pd.Categorical(["b", "a", "c"], ["c", "d", "b", "a"])), ["c", "b", "a"]),
        (pd.Series(pd.Categorical([6, 4, 8])), [4, 6, 8]),
        (pd.Series(pd.Categorical([True, False, True])), [False, True]),
        (pl.Series(["b", "a", "c"]), ["a", "b", "c"]),
        (pl.Series(["b", "a", "c"], dtype=pl.Categorical), ["a", "b", "c"]),
        (pl.Series(["b", "a", "c"], dtype=pl.Enum(["c", "d", "b", "a"])), ["c", "b", "a"]),
    ],
)
def test_text_and_categories_become_indicators_of_all_levels_but_the_first(values, levels):
    library = pd if isinstance(values, pd.Series) else pl
    frame = library.DataFrame({"g": values, "b": [1.0, 2.0, 4.0]})
    fit = xorlab.train_xor(frame, [0, 1, 0], epochs=1, seed=1)
    assert fit.preparation.frame == {"g": levels, "b": []}
    assert fit.features == (*(f"g_{level}" for level in levels[1:]), "b")
    given = values.to_list()
    for i, level in enumerate(levels[1:]):
        assert fit.data.points[:, i].tolist() == [float(one == level) for one in given]
    assert np.isfinite(fit.predict_logits(frame)).all()


def test_intervals_and_their_like_are_levels_by_their_text(tmp_path):
    age = np.linspace(1, 90, 30)
    frame = pd.DataFrame({"age": pd.cut(age, [0, 30, 60, 100]), "b": np.sin(age)})
    fit = xorlab.train_xor(frame, age > 45, epochs=2, seed=1)
    assert fit.features == ("age_(30, 60]", "age_(60, 100]", "b")
    fit.save(tmp_path / "fit.pt")
    again = xorlab.load_xor(tmp_path / "fit.pt")
    assert np.array_equal(again.predict_logits(frame), fit.predict_logits(frame))


@LIBRARIES
def test_rows_with_a_missing_value_are_nan_in_predictions(library):
    given = columns()
    fit = xorlab.train_xor(library.DataFrame(given), "am", epochs=3, seed=1)
    few = {name: list(values[:4]) for name, values in given.items() if name != "am"}
    whole = fit.predict_proba(library.DataFrame(few))
    few["wt"][0], few["cyl"][1], few["turbo"][2] = None, None, None
    found = fit.predict_proba(library.DataFrame(few))
    assert np.isnan(found).all(axis=1).tolist() == [True, True, True, False]
    assert np.array_equal(found[3], whole[3])
    with pytest.raises(ValueError, match=r"`x` must be finite .* are in 3 of 4 rows"):
        fit.predict(library.DataFrame(few))


@LIBRARIES
@pytest.mark.parametrize("name", ["wt", "cyl", "turbo"])
def test_a_missing_value_in_training_is_an_error(library, name):
    given = columns()
    given[name] = [None, *given[name][1:]]
    with pytest.raises(ValueError, match=r"`x` must be finite .*missing.* are in 1 of 60 rows"):
        xorlab.train_xor(library.DataFrame(given), "am")


@LIBRARIES
def test_a_missing_label_in_training_is_an_error(library):
    given = columns()
    given["am"] = [None, *given["am"][1:]]
    with pytest.raises(ValueError, match="`label` must be complete, but 1 of 60 are missing"):
        xorlab.train_xor(library.DataFrame(given), "am")


@LIBRARIES
def test_new_levels_are_named_with_those_that_were_known(library):
    given = columns()
    fit = xorlab.train_xor(library.DataFrame(given), "am", epochs=1, seed=1)
    new = {**given, "cyl": ["twelve", "ten", *given["cyl"][2:]]}
    must = (
        r"`x` has new levels in the column 'cyl', 2 levels that the training data had not: "
        r"'ten', 'twelve'\. They had \['eight', 'four', 'six'\]\."
    )
    with pytest.raises(ValueError, match=must):
        fit.predict_proba(library.DataFrame(new))


def test_a_missing_column_is_named_with_the_one_that_was_meant(cars, car_fit):
    with pytest.raises(ValueError, match=r"but 'turbo' \(misspelt as 'Turbo'\?\) is missing\."):
        car_fit.predict(cars.rename(columns={"turbo": "Turbo"}))
    with pytest.raises(ValueError, match=r"but 'wt' and 'cyl' are missing\."):
        car_fit.predict(cars[["turbo"]])


def test_the_encoding_is_kept_in_files_and_by_a_training_that_goes_on(cars, car_fit, tmp_path):
    car_fit.save(tmp_path / "fit.pt")
    again = xorlab.load_xor(tmp_path / "fit.pt")
    assert again.preparation.encoding == car_fit.preparation.encoding
    assert np.array_equal(again.predict_proba(cars), car_fit.predict_proba(cars))
    assert again.evaluate(cars).accuracy == car_fit.evaluate(cars).accuracy
    whole = xorlab.train_xor(cars, "am", epochs=25, seed=1)
    more = xorlab.resume_xor(again, epochs=25)
    assert np.array_equal(whole.predict_proba(cars), more.predict_proba(cars))


def test_unscaled_frames_are_still_taken_by_name(cars):
    fit = xorlab.train_xor(cars, "am", scale=False, epochs=2, seed=1)
    assert (fit.preparation.center, fit.preparation.target) == (None, "am")
    assert np.array_equal(fit.predict_logits(cars), fit.predict_logits(by_hand(cars)))


def test_a_matrix_in_the_columns_of_numbers_is_taken_too(cars, car_fit):
    assert np.array_equal(car_fit.predict(by_hand(cars)), car_fit.predict(cars))


@LIBRARIES
def test_a_target_that_is_not_there_is_named(library):
    frame = library.DataFrame(columns())
    with pytest.raises(ValueError, match=r"'AM' is none\. Did you mean 'am'\?"):
        xorlab.train_xor(frame, "AM")
    with pytest.raises(ValueError, match=r"'species' is none\. It has 'wt', 'cyl',"):
        xorlab.train_xor(frame, y="species")


@LIBRARIES
def test_labels_that_are_also_among_the_columns_are_refused(library):
    frame = library.DataFrame(columns())
    with pytest.raises(
        ValueError, match="`x` must not hold the labels among its columns, but 'am' is there"
    ):
        xorlab.train_xor(frame, frame["am"])


@LIBRARIES
def test_a_frame_of_labels_alone_is_refused(library):
    frame = library.DataFrame({"am": columns()["am"]})
    with pytest.raises(ValueError, match="`x` must have a column beside the classes, 'am'"):
        xorlab.train_xor(frame, "am")


@LIBRARIES
def test_a_frame_needs_to_be_told_where_the_labels_are(library):
    with pytest.raises(ValueError, match="`y` must be given beside a data frame"):
        xorlab.train_xor(library.DataFrame(columns()))


def test_names_of_columns_that_are_no_text_are_taken_as_text():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(30, 2))
    frame = pd.DataFrame({0: x[:, 0], 1: x[:, 1], 2: x[:, 0] > 0})
    fit = xorlab.train_xor(frame, "2", epochs=2, seed=1)
    assert fit.features == ("0", "1")
    assert fit.evaluate(frame).n == 30
    assert np.array_equal(fit.predict_logits(frame), fit.predict_logits(x))


def test_names_that_are_there_twice_are_refused():
    frame = pd.DataFrame(np.arange(12.0).reshape(4, 3), columns=["a", "b", "a"])
    must = "`x` must have columns, each with a name of its own: 'a' is there twice"
    with pytest.raises(ValueError, match=must):
        xorlab.train_xor(frame, [0, 1, 0, 1])
    for target in ("a", "b"):
        with pytest.raises(ValueError, match=must):
            xorlab.train_xor(frame, target)


@LIBRARIES
def test_dates_are_refused(library):
    dates = np.array(["2026-01-01", "2026-02-01", "2026-03-01"], dtype="datetime64[us]")
    frame = library.DataFrame({"when": dates, "b": [1.0, 2.0, 4.0]})
    must = r"`x` must hold numbers, truth values, text or categories, but the column 'when' holds"
    with pytest.raises(TypeError, match=f"{must} values of type datetime64"):
        xorlab.train_xor(frame, [0, 1, 0])
    with pytest.raises(TypeError, match=f"{must} values of type timedelta64"):
        xorlab.train_xor(library.DataFrame({"when": dates - dates[0]}), [0, 1, 0])


def test_text_among_numbers_is_refused():
    frame = pd.DataFrame({"a": [1, "b", 2.5]}, dtype=object)
    with pytest.raises(TypeError, match="`x` must not mix text and other values in the column 'a'"):
        xorlab.train_xor(frame, [0, 1, 0])


@LIBRARIES
def test_a_column_of_more_than_a_hundred_texts_only_names_the_rows(library):
    def frame(texts):
        return library.DataFrame(
            {"id": [f"car {i % texts}" for i in range(240)], "wt": np.arange(240.0)}
        )

    label = np.arange(240) > 100
    must = r"at most 100 levels in a column of text, but 'id' has 120 .*leave it out"
    with pytest.raises(ValueError, match=must):
        xorlab.train_xor(frame(120), label)
    assert len(xorlab.train_xor(frame(100), label, epochs=1, seed=1).features) == 100


@LIBRARIES
def test_a_text_column_of_one_level_is_left_out_like_any_constant(library):
    frame = library.DataFrame({"kind": ["car"] * 4, "wt": [1.0, 2.0, 3.0, 5.0]})
    with pytest.warns(UserWarning, match=r"Columns that do not vary are left out: 'kind'\.$"):
        fit = xorlab.train_xor(frame, [0, 1, 0, 1], epochs=1, seed=1)
    assert fit.features == ("wt",)
    assert np.isfinite(fit.predict_logits(frame)).all()
    with pytest.raises(ValueError, match="must have a column that varies"):
        xorlab.train_xor(library.DataFrame({"kind": ["car"] * 4}), [0, 1, 0, 1])


@LIBRARIES
def test_a_frame_without_rows_is_refused(library):
    given = {"wt": np.array([], float), "am": np.array([], str)}
    with pytest.raises(ValueError, match="at least one row"):
        xorlab.train_xor(library.DataFrame(given), "am")


def test_the_categories_of_a_target_are_its_classes_in_their_order(cars):
    order = ["manual", "automatic"]
    frame = cars.assign(am=pd.Categorical(cars["am"], order))
    assert xorlab.train_xor(frame, "am", epochs=1, seed=1).levels == tuple(order)
    theirs = pl.DataFrame(columns()).with_columns(pl.col("am").cast(pl.Enum(order)))
    assert xorlab.train_xor(theirs, "am", epochs=1, seed=1).levels == tuple(order)


def test_a_frame_of_three_classes_is_learned(cars):
    frame = cars.assign(gear=cars["cyl"])
    fit = xorlab.train_xor(frame, "gear", epochs=200, lr=0.5, seed=1)
    assert fit.levels == ("eight", "four", "six")
    assert (fit.predict(frame) == frame["gear"]).all()


def test_a_refused_frame_leaves_everything_as_it_was(cars):
    before, copy = torch.get_rng_state(), cars.copy()
    for target in ("no", "wt"):
        with pytest.raises(ValueError, match="must"):
            xorlab.train_xor(cars, target)
    assert torch.equal(torch.get_rng_state(), before)
    assert cars.equals(copy)
    xorlab.train_xor(cars, "am", epochs=1, seed=1)
    assert cars.equals(copy)


def test_importing_xorlab_and_training_import_no_library_of_frames(in_a_new_process):
    script = (
        "import sys, xorlab\n"
        "xorlab.train_xor([[1.0], [2.0]], ['a', 'b'], epochs=1, seed=1)\n"
        "assert not {'pandas', 'polars', 'sklearn'} & {*sys.modules}\n"
    )
    done = in_a_new_process("-c", script)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", ["s", "us", "ns"])
def test_dates_that_are_categories_are_levels_as_text_whatever_their_unit(cars, unit):
    dates = pd.to_datetime(["2026-01-01", "2026-02-01"] * 30).astype(f"datetime64[{unit}]")
    frame = cars.assign(day=pd.Categorical(dates))
    fit = xorlab.train_xor(frame, "am", epochs=1, seed=1)
    assert fit.features[-1] == "day_2026-02-01 00:00:00"
    assert fit.data.data[:, -1].tolist() == [0, 1] * 30
    same = fit.predict_proba(cars.assign(day=dates))
    assert np.array_equal(fit.predict_proba(frame), same)


@LIBRARIES
def test_the_column_of_the_classes_is_no_point_where_columns_go_by_position(library):
    frame = library.DataFrame(columns())[["wt", "turbo", "am"]]
    points = np.column_stack([columns()["wt"], columns()["turbo"]])
    fit = xorlab.train_xor(points, columns()["am"], epochs=5, seed=1)
    expected = fit.evaluate((points, columns()["am"]))
    assert repr(fit.evaluate(frame, "am")) == repr(expected)
    assert repr(fit.evaluate((frame, "am"))) == repr(expected)


def test_new_data_with_a_column_twice_or_a_missing_value_are_named_by_column(cars, car_fit):
    twice = pd.concat([cars, cars[["wt"]]], axis=1)
    must = "`x` must have each column of the training data once, but 'wt' is there more than once"
    with pytest.raises(ValueError, match=must):
        car_fit.predict(twice)
    plain = xorlab.train_xor(cars[["wt"]], cars["am"], epochs=1, seed=1)
    with pytest.raises(ValueError, match=must):
        plain.predict(twice)
    assert len(car_fit.predict(cars.assign(more=1).rename(columns={"more": "am"}))) == len(cars)
    with pytest.raises(ValueError, match="are in 1 of 60 rows, in 'wt'"):
        car_fit.predict(cars.assign(wt=[None, *cars["wt"][1:]]))
    with pytest.raises(ValueError, match="are in 1 of 60 rows, in 'wt'"):
        car_fit.evaluate(cars.assign(wt=[None, *cars["wt"][1:]]))
