"""The area under the ROC curve against scikit-learn's, and against counting pairs."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score
from xorlab.evaluation.roc import area_under_roc, separation


def by_pairs(score, positive):
    """Of all pairs, how many the positive one leads, ties counting half."""
    pairs = [(a, b) for a in score[positive] for b in score[~positive]]
    return sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in pairs) / len(pairs)


@given(
    rows=st.lists(st.tuples(st.integers(-3, 3), st.booleans()), min_size=2, max_size=40).filter(
        lambda rows: len({label for _, label in rows}) == 2
    )
)
def test_the_area_is_the_share_of_pairs_and_scikit_learns(rows):
    score, positive = np.array([row[0] for row in rows], float), np.array([row[1] for row in rows])
    found = separation(score, positive)
    assert found == pytest.approx(by_pairs(score, positive), abs=1e-12)
    assert found == pytest.approx(roc_auc_score(positive, score), abs=1e-12)
    logits, label = torch.tensor(score), torch.tensor(positive).long()
    assert area_under_roc(logits, label) == found


@pytest.mark.parametrize("classes", [3, 5])
def test_of_more_classes_it_is_the_mean_of_one_against_the_others(classes):
    rng = np.random.default_rng(0)
    label = np.arange(200) % classes
    logits = rng.normal(size=(200, classes)) + 1.5 * np.eye(classes)[label]
    prob = torch.tensor(logits).softmax(dim=1).numpy()
    expected = roc_auc_score(label, prob, multi_class="ovr", average="macro")
    found = area_under_roc(torch.tensor(logits), torch.tensor(label))
    assert found == pytest.approx(expected, abs=1e-12)
    assert 0.5 < found < 1


def test_without_ties_of_saturated_probabilities_logits_are_still_told_apart():
    logits = torch.tensor([50.0, 60.0, 70.0, 80.0])
    assert area_under_roc(logits, torch.tensor([0, 0, 1, 1])) == 1


def test_where_a_class_has_no_points_or_a_logit_is_no_number_there_is_none():
    assert area_under_roc(torch.tensor([1.0, 2.0]), torch.tensor([1, 1])) is None
    assert area_under_roc(torch.randn(4, 3), torch.tensor([0, 1, 1, 0])) is None
    assert area_under_roc(torch.tensor([1.0, torch.nan]), torch.tensor([0, 1])) is None
    broken = torch.zeros(3, 3)
    broken[1, 2] = torch.nan
    assert area_under_roc(broken, torch.tensor([0, 1, 2])) is None


def test_infinite_logits_are_in_order_for_two_classes_and_no_probabilities_for_more():
    two = torch.tensor([-torch.inf, 0.0, torch.inf, torch.inf])
    assert area_under_roc(two, torch.tensor([0, 0, 1, 1])) == 1
    three = torch.tensor([[torch.inf, torch.inf, 0.0], [0.0, 1, 0], [0.0, 0, 1]])
    assert area_under_roc(three, torch.tensor([0, 1, 2])) is None
