"""to_frame(): results as data frames, held to the results themselves."""

import numpy as np
import pandas as pd
import pytest
import xorlab


@pytest.fixture(scope="module")
def three_classes():
    data = xorlab.toy_data("blobs", 60, seed=1)
    return xorlab.train_xor(data, epochs=5, seed=1), data


def test_a_history_is_a_row_for_each_epoch(fit):
    frame = fit.history.to_frame()
    assert frame["epoch"].tolist() == [*range(1, 101)]
    assert frame.drop(columns="epoch").to_dict("list") == fit.history.to_dict()
    assert xorlab.History().to_frame().shape == (0, 4)


def test_a_study_is_a_row_for_each_net():
    study = xorlab.xor_sweep(lr=[0.1, 1], hidden=[2, (2, 2)], runs=2, epochs=1, size=50, seed=1)
    frame = study.to_frame()
    assert len(frame) == len(study) == 8
    pd.testing.assert_frame_equal(frame, pd.DataFrame(study.to_dict()))


def test_an_evaluation_is_a_row_for_each_class(three_classes):
    fit, data = three_classes
    result = fit.evaluate(data)
    called, label = fit.predict(data), data.label.numpy()
    frame = result.to_frame()
    assert frame["class"].tolist() == [0, 1, 2]
    for one in frame.itertuples():
        k = one[1]
        assert one.n == (label == k).sum()
        assert one.called == (called == k).sum()
        assert one.correct == ((called == k) & (label == k)).sum()
        assert one.recall == one.correct / one.n
        assert np.isnan(one.precision) if one.called == 0 else one.precision > 0
    assert frame["correct"].sum() / frame["n"].sum() == result.accuracy


def test_a_boundary_is_a_row_for_each_point(fit):
    x1, x2 = [0.0, 0.5, 1.0], [0.0, 1.0]
    surface = fit.boundary(x1, x2)
    frame = surface.to_frame()
    assert [*frame] == ["x1", "x2", "prob"]
    for row, (i, j) in enumerate(np.ndindex(3, 2)):
        assert frame.loc[row].tolist() == [x1[i], x2[j], surface.prob[i, j]]
    assert np.allclose(frame["prob"], fit.prob(frame[["x1", "x2"]]))


def test_the_boundary_of_several_classes_has_a_column_for_each():
    prob = np.arange(18.0).reshape(3, 2, 3)
    surface = xorlab.Boundary(np.arange(3.0), np.arange(2.0), prob)
    assert [*surface.to_frame()] == ["x1", "x2", "prob_0", "prob_1", "prob_2"]
    frame = surface.to_frame(levels=("a", "b", "c"))
    assert [*frame] == ["x1", "x2", "prob_a", "prob_b", "prob_c"]
    assert frame.loc[5].tolist() == [2.0, 1.0, *prob[2, 1]]
    with pytest.raises(ValueError, match="`levels` must name 3 classes, not"):
        surface.to_frame(levels=("a", "b"))


def test_without_pandas_the_error_says_what_to_install(in_a_new_process):
    done = in_a_new_process(
        "-c",
        "import sys\n"
        "sys.modules['pandas'] = None\n"  # what Python takes for not installed
        "import xorlab\n"
        "try:\n"
        "    xorlab.History().to_frame()\n"
        "except ImportError as error:\n"
        "    print(error)",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "`pip install pandas`" in done.stdout
