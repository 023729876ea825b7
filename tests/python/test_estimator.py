"""XorClassifier is held to scikit-learn's own checks, and to train_xor()."""

import pickle
import sys

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse
import torch
import xorlab
from sklearn.base import clone
from sklearn.datasets import load_iris, make_moons
from sklearn.exceptions import NotFittedError
from sklearn.inspection import DecisionBoundaryDisplay
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures
from sklearn.utils.estimator_checks import parametrize_with_checks
from xorlab.estimator import MAX_COUNT, seed_of

X, Y = make_moons(120, noise=0.1, random_state=1)
NAMES = np.array(["inner", "outer"])


def quick(**given):
    return xorlab.XorClassifier(**{"epochs": 20, "random_state": 1, **given})


@parametrize_with_checks([xorlab.XorClassifier()])
def test_scikit_learn_finds_nothing_to_object_to(estimator, check):
    check(estimator)


def test_it_is_train_xor_with_the_seed_as_random_state():
    given = {"hidden": (3, 2), "activation": "relu", "lr": 0.05, "batch_size": 16, "scale": False}
    mine = quick(**given).fit(X, Y)
    fit = xorlab.train_xor(X, Y, epochs=20, seed=1, **given)
    for name, weights in fit.weights().items():
        assert np.array_equal(mine.fit_.weights()[name], weights)
    assert mine.fit_.settings == fit.settings
    assert np.array_equal(mine.predict_proba(X), fit.predict_proba(X))
    assert np.array_equal(mine.decision_function(X), fit.predict_logits(X))
    assert np.array_equal(mine.predict(X), fit.predict(X))
    assert mine.score(X, Y) == fit.evaluate(X, Y).accuracy
    assert mine.n_iter_ == 20


def test_without_a_hidden_layer_it_is_the_logistic_regression_of_scikit_learn():
    given = {"hidden": 0, "batch_size": len(X), "epochs": 1500, "lr": 1.0}
    mine = quick(**given).fit(X, Y)
    theirs = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(X, Y)
    assert 0.7 < theirs.score(X, Y) < 0.95  # no line separates the classes
    np.testing.assert_allclose(mine.predict_proba(X), theirs.predict_proba(X), rtol=0, atol=1e-4)
    grid = GridSearchCV(quick(), {"hidden": [0, (), 2]}, cv=2).fit(X, Y)
    assert len(grid.cv_results_["params"]) == 3


def test_every_hyperparameter_of_train_xor_has_its_name_and_default_here():
    here = xorlab.XorClassifier().get_params()
    defaults = xorlab.train_xor.__kwdefaults__ or xorlab.train_xor.__wrapped__.__kwdefaults__
    others = {"data", "seed", "snapshots", "checkpoint", "every"}
    assert {*here} - {"random_state"} == {*defaults} - others
    for name in {*here} - {"random_state", "verbose"}:
        assert here[name] == defaults[name]


def test_a_share_of_the_rows_is_held_out_as_by_train_xor():
    given = {"optimizer": "adam", "validation": 0.3, "patience": 2, "hidden": 20, "epochs": 200}
    mine = quick(**given).fit(X, Y[::-1])
    fit = xorlab.train_xor(X, Y[::-1], seed=1, **given)
    assert mine.n_iter_ == len(fit.history) < 200
    assert mine.fit_.best_epoch == fit.best_epoch < mine.n_iter_
    assert np.array_equal(mine.predict_proba(X), fit.predict_proba(X))


@pytest.mark.parametrize("label", [[0, 1], ["b", "a"], [1.0, 2.0], [False, True]])
def test_validation_data_are_a_pair_in_the_classes_of_y(label):
    y = np.array(label)[Y]
    mine = quick(validation=(X[:20], y[:20].tolist())).fit(X[20:], y[20:])
    fit = xorlab.train_xor(X[20:], y[20:] == max(label), epochs=20, seed=1)
    held = fit.evaluate(X[:20], y[:20] == max(label))
    assert mine.fit_.history.val_accuracy[-1] == held.accuracy
    assert mine.fit_.history.val_loss[-1] == pytest.approx(held.loss, rel=1e-5)
    assert np.array_equal(mine.predict_proba(X)[:, 1], fit.prob(X))


def test_validation_data_may_be_a_data_frame_with_the_columns_of_the_training():
    frame = pd.DataFrame(X, columns=["a", "b"])
    y = pd.Series(NAMES[Y])
    mine = quick(validation=(frame[:20], y[:20])).fit(frame[20:], y[20:])
    same = quick(validation=(X[:20], y[:20])).fit(X[20:], y[20:])
    assert mine.fit_.history.val_loss == same.fit_.history.val_loss
    with pytest.raises(ValueError, match="`validation` must be a pair like `X` and `y`: The feat"):
        quick(validation=(frame[["b", "a"]], y)).fit(frame, y)


@pytest.mark.parametrize(
    ("validation", "message"),
    [
        ((X[:, :1], Y), "`validation` must be a pair like `X` and `y`: X has 1 features"),
        (
            (X, Y[:5]),
            "`validation` must be a pair like `X` and `y`: Found input variables with inc",
        ),
        ((X[:2], [0, 2]), r"`validation` must have labels of the classes \[0, 1\], not 2"),
        ((X[:2], ["0", "1"]), r"`validation` must have labels of the classes \[0, 1\], not '0'"),
        (1.5, "`validation` must be a share of the rows, above 0 and below 1, not 1.5"),
    ],
)
def test_other_validation_data_are_refused(validation, message):
    with pytest.raises(ValueError, match=message):
        quick(validation=validation).fit(X, Y)


def test_a_function_may_make_the_optimizer_and_another_end_the_training():
    def adagrad(parameters):
        return torch.optim.Adagrad(parameters, lr=0.2)

    given = {"optimizer": adagrad, "after_epoch": lambda epoch, _: epoch == 7}
    mine = clone(quick(**given)).fit(X, Y)
    assert mine.n_iter_ == 7
    fit = xorlab.train_xor(X, Y, epochs=7, seed=1, optimizer=adagrad)
    assert np.array_equal(mine.predict_proba(X)[:, 1], fit.prob(X))


def test_optimizers_are_searched():
    grid = {"optimizer": ["sgd", "adam"], "l1": [0.0, 0.01], "init": ["default", "xavier"]}
    search = GridSearchCV(quick(epochs=5), grid, cv=2).fit(X, Y)
    assert len({*map(float, search.cv_results_["mean_test_score"])}) > 1
    assert search.best_estimator_.fit_.settings.optimizer == search.best_params_["optimizer"]


@pytest.mark.parametrize("label", [[False, True], [-1, 1], [3, 7], [1.0, 2.0], ["b", "a"]])
def test_two_classes_are_what_they_were_given_as(label):
    y = np.array(label)[Y]
    mine = quick().fit(X, y)
    assert mine.classes_.tolist() == sorted(label)
    assert mine.predict(X).dtype == y.dtype
    assert mine.score(X, y) > 0.8
    assert mine.fit_.levels == tuple(sorted(label))


def test_text_in_a_series_and_a_data_frame_with_names_come_back_as_they_were():
    frame = pd.DataFrame(X, columns=["a", "b"])
    mine = quick().fit(frame, pd.Series(NAMES[Y]))
    assert mine.feature_names_in_.tolist() == list(mine.fit_.features) == ["a", "b"]
    assert {*mine.predict(frame)} == {*NAMES}
    with pytest.raises(ValueError, match="feature names should match"):
        mine.predict(frame[["b", "a"]])
    polars = pl.DataFrame({"a": X[:, 0], "b": X[:, 1]})
    same = quick().fit(polars, NAMES[Y])
    assert np.array_equal(same.predict_proba(polars), mine.predict_proba(frame))


def test_one_row_at_a_time_is_predicted_as_all_are():
    x, y = load_iris(return_X_y=True)
    mine = quick().fit(x, y)
    logits = mine.decision_function(x)
    assert logits.shape == (150, 3)
    one_by_one = np.vstack([mine.decision_function(x[[i]]) for i in range(150)])
    assert np.allclose(one_by_one, logits, rtol=0, atol=1e-6)
    assert np.array_equal(mine.predict(x), logits.argmax(axis=1))


def test_random_state_is_a_seed_a_generator_or_numpys_own():
    def first(random_state):
        return quick(random_state=random_state, epochs=1).fit(X, Y).fit_.settings.seed

    assert first(7) == first(np.int64(7)) == 7
    generator = np.random.RandomState(5)
    drawn = [first(generator), first(generator)]
    expected = np.random.RandomState(5).randint(MAX_COUNT, size=2)
    assert drawn == expected.tolist()
    np.random.seed(5)  # noqa: NPY002
    assert [first(None), first(None)] == drawn
    assert seed_of(0) == 0
    before = torch.get_rng_state()
    first(None)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("bad", [-1, "seed", 1.5, True, MAX_COUNT + 1])
def test_another_random_state_is_refused(bad):
    with pytest.raises((TypeError, ValueError), match="`random_state` must be a whole number"):
        quick(random_state=bad).fit(X, Y)


def test_parameters_are_looked_at_by_fit_and_named_as_in_train_xor():
    with pytest.raises(ValueError, match=r"`activation` must be .* Did you mean 'tanh'"):
        quick(activation="tahn").fit(X, Y)
    with pytest.raises(TypeError, match="no argument `learning_rate`; did you mean `lr`"):
        xorlab.XorClassifier(learning_rate=0.1)


def test_what_is_no_task_for_a_classifier_is_refused():
    with pytest.raises(ValueError, match="`y` must have from 2 to 100 classes, not one class, 0"):
        quick().fit(X, np.zeros(120))
    with pytest.raises(ValueError, match="`y` must have from 2 to 100 classes, not 101 classes"):
        quick().fit(np.tile(X, (2, 1)), np.arange(240) % 101)
    with pytest.raises(ValueError, match="Unknown label type: continuous"):
        quick().fit(X, X[:, 0])
    with pytest.raises(TypeError, match="Sparse data was passed"):
        quick().fit(scipy.sparse.csr_array(X), Y)
    with pytest.raises(TypeError, match="no argument `sample_weight`"):
        quick().fit(X, Y, sample_weight=np.ones(120))
    with pytest.raises(NotFittedError):
        quick().predict(X)


def test_a_column_that_does_not_vary_is_said_as_by_train_xor():
    with pytest.warns(UserWarning, match="Columns that do not vary are left out: 'x2'"):
        quick().fit(np.column_stack([X[:, 0], np.ones(120)]), Y)


def test_it_stands_in_a_pipeline_and_is_searched_and_cross_validated():
    steps = make_pipeline(PolynomialFeatures(include_bias=False), quick(epochs=60))
    scores = cross_val_score(steps, X, NAMES[Y], cv=3)
    assert scores.shape == (3,)
    assert scores.min() > 0.7
    grid = {"xorclassifier__hidden": [1, (8, 8)], "xorclassifier__lr": [0.1]}
    search = GridSearchCV(steps, grid, cv=3, scoring="roc_auc").fit(X, Y)
    best = search.best_estimator_[-1]
    assert best.fit_.settings.hidden in [(1,), (8, 8)]
    assert best.n_features_in_ == 5
    assert search.best_score_ > 0.9


def test_the_decision_boundary_drawn_is_that_of_the_fit():
    mine = quick(epochs=60).fit(X, Y)
    display = DecisionBoundaryDisplay.from_estimator(
        mine, X, response_method="predict_proba", grid_resolution=20
    )
    points = np.column_stack([display.xx0.ravel(), display.xx1.ravel()])
    assert np.allclose(display.response.ravel(), mine.fit_.prob(points))


def test_a_clone_is_untrained_and_trains_alike_and_a_pickle_predicts_alike():
    mine = quick(inputs=["x1", "x2", "x1*x2"]).fit(X, Y)
    copy = clone(mine)
    assert not hasattr(copy, "fit_")
    assert np.array_equal(copy.fit(X, Y).predict_proba(X), mine.predict_proba(X))
    thawed = pickle.loads(pickle.dumps(mine))
    assert np.array_equal(thawed.predict_proba(X), mine.predict_proba(X))


def test_importing_xorlab_imports_no_scikit_learn_until_the_classifier_is_asked_for(
    in_a_new_process,
):
    done = in_a_new_process(
        "-c",
        "import sys, xorlab, xorlab.__main__\n"
        "assert 'XorClassifier' in dir(xorlab) and 'XorClassifier' in xorlab.__all__\n"
        "assert not [name for name in sys.modules if name.startswith('sklearn')]\n"
        "print(xorlab.XorClassifier())\n"
        "assert 'sklearn' in sys.modules",
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "XorClassifier()\n", "")


def test_without_scikit_learn_all_else_works_and_the_error_says_what_to_install(in_a_new_process):
    done = in_a_new_process(
        "-c",
        "import sys\n"
        "sys.modules['sklearn'] = None\n"  # what Python takes for not installed
        "from xorlab import *\n"
        "import xorlab\n"
        "assert 'XorClassifier' not in xorlab.__all__ and train_xor\n"
        "try:\n"
        "    xorlab.XorClassifier\n"
        "except ImportError as error:\n"
        "    print(error)",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert 'pip install "xorlab[sklearn]"' in done.stdout


def test_another_name_is_still_no_attribute():
    with pytest.raises(AttributeError, match="module 'xorlab' has no attribute 'XorClasifier'"):
        _ = xorlab.XorClasifier
    assert sys.modules["xorlab"].__all__ == xorlab.__all__
