"""Training, evaluation and plots read the outputs of a net alike, whatever its loss."""

from functools import partial

import numpy as np
import pytest
import torch
import xorlab
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader
from xorlab.evaluation import corners
from xorlab.evaluation.accuracy import find_hits


@pytest.fixture
def points():
    return xorlab.XORDataset(300, std=0.3, seed=1)


def net(kind):
    """A net of the lesson's, with what a loss of this kind wants at its end, that tells apart."""
    torch.manual_seed(3)
    classifier = xorlab.SimpleClassifier(2, 8, 1 + (kind == "scores"))
    with torch.no_grad():
        classifier.linear2.bias -= classifier(torch.tensor([[0.5, 0.5]]))[0]
    end = {"logit": nn.Identity(), "probability": nn.Sigmoid(), "scores": nn.Identity()}[kind]
    return nn.Sequential(classifier, end)


LOSSES = [
    ("logit", nn.BCEWithLogitsLoss()),
    ("logit", nn.BCEWithLogitsLoss(reduction="sum")),
    ("logit", functional.binary_cross_entropy_with_logits),
    ("probability", nn.BCELoss()),
    ("probability", nn.MSELoss()),
    ("probability", functional.l1_loss),
    ("scores", nn.CrossEntropyLoss()),
    ("scores", nn.CrossEntropyLoss(reduction="sum")),
    ("scores", functional.cross_entropy),
    ("scores", nn.MultiMarginLoss()),
]


@pytest.mark.parametrize(("kind", "loss_module"), LOSSES)
def test_what_training_says_of_a_net_evaluation_says_too(points, kind, loss_module):
    model, loader = net(kind), DataLoader(points, batch_size=100)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    xorlab.train_model(model, optimizer, loader, loss_module, 15)
    frozen = torch.optim.SGD(model.parameters(), lr=0.0)
    history = xorlab.train_model(model, frozen, loader, loss_module, 1)
    evaluation = xorlab.eval_model(model, loader, loss_module)
    assert 0.7 < evaluation.accuracy < 1
    assert evaluation.accuracy == pytest.approx(history.accuracy[0], abs=1e-12)
    assert evaluation.loss == pytest.approx(history.loss[0], rel=1e-5)
    assert np.trace(evaluation.confusion) == round(300 * evaluation.accuracy)
    assert evaluation.confusion.sum(axis=1).tolist() == points.label.bincount().tolist()


def test_two_outputs_need_no_word_of_their_loss(points):
    model, loader = net("scores"), DataLoader(points, batch_size=100)
    untold, told = (
        xorlab.eval_model(model, loader, loss) for loss in (None, nn.CrossEntropyLoss())
    )
    assert untold.confusion.tolist() == told.confusion.tolist()
    assert untold.loss == pytest.approx(told.loss, rel=1e-5)


def test_equal_scores_are_the_same_class_in_training_and_evaluation(points):
    model, loader = nn.Linear(2, 2), DataLoader(points, batch_size=300)
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    frozen = torch.optim.SGD(model.parameters(), lr=0.0)
    history = xorlab.train_model(model, frozen, loader, nn.CrossEntropyLoss(), 1)
    for loss_module in (None, nn.CrossEntropyLoss()):
        assert xorlab.eval_model(model, loader, loss_module).accuracy == history.accuracy[0]


@pytest.mark.parametrize(("kind", "loss_module"), LOSSES)
def test_the_drawn_probability_is_above_one_half_where_the_class_is_one(kind, loss_module):
    model, lines = net(kind), np.linspace(-1, 2, 30)
    surface = xorlab.boundary(model, lines, lines, loss_module)
    grid = torch.cartesian_prod(torch.from_numpy(lines), torch.from_numpy(lines)).float()
    with torch.no_grad():
        outputs = model(grid)
    by_hand = {
        "logit": lambda: outputs.sigmoid(),
        "probability": lambda: outputs,
        "scores": lambda: outputs.softmax(dim=1)[:, 1:],
    }[kind]()
    assert np.allclose(surface.prob, by_hand.reshape(30, 30), atol=1e-6)
    assert 0 < (surface.prob > 0.5).mean() < 1


def test_values_beyond_the_labels_are_drawn_as_certain():
    model = nn.Linear(2, 1)
    nn.init.constant_(model.weight, 3.0)
    nn.init.zeros_(model.bias)
    surface = xorlab.boundary(model, [-1, 0, 1], [0], nn.MSELoss())
    assert surface.prob.ravel().tolist() == [0, 0, 1]


def test_a_picture_of_a_net_with_a_sigmoid_shows_its_own_probabilities(points, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "xorlab.plots.boundary.draw_boundary", lambda ax, surface: drawn.append(surface)
    )
    for kind, loss_module in (("probability", nn.BCELoss()), ("scores", None)):
        model = net(kind)
        xorlab.visualize_classification(model, points.data, points.label, loss_module=loss_module)
        assert 0 < (drawn.pop().prob > 0.5).mean() < 1


def test_a_net_that_ends_in_a_sigmoid_without_a_loss_is_warned_of(points):
    model = net("probability")
    words = r"ends in a Sigmoid.*Pass `loss_module=nn\.BCELoss\(\)`"
    with pytest.warns(UserWarning, match=words) as caught:
        evaluation = xorlab.eval_model(model, DataLoader(points))
    assert [warning.filename for warning in caught] == [__file__]
    assert evaluation.confusion[:, 0].sum() == 0  # as logits, probabilities are all of class 1
    with pytest.warns(UserWarning, match=words) as caught:
        xorlab.boundary(model, [0, 1], [0, 1])
    assert [warning.filename for warning in caught] == [__file__]
    # Its parts may be used in another order than they stand in.
    xorlab.eval_model(xorlab.SimpleClassifier(2, 3, 1, "sigmoid"), DataLoader(points))


def test_the_users_own_accuracy_stands_in_for_the_rule(points):
    def sure(outputs, labels):
        return (outputs >= 2) == (labels == 1)

    model, loader = net("logit"), DataLoader(points, batch_size=70)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    xorlab.train_model(model, optimizer, loader, nn.BCEWithLogitsLoss(), 30)
    frozen = torch.optim.SGD(model.parameters(), lr=0.0)
    history = xorlab.train_model(model, frozen, loader, nn.BCEWithLogitsLoss(), 1, accuracy=sure)
    evaluation = xorlab.eval_model(model, loader, accuracy=sure)
    with torch.no_grad():
        called = model(points.data).squeeze(1) >= 2
    by_hand = (called == points.label.bool()).double().mean().item()
    assert by_hand != xorlab.eval_model(model, loader).accuracy
    assert history.accuracy == [pytest.approx(by_hand)]
    assert evaluation.accuracy == pytest.approx(by_hand)
    assert evaluation.confusion[:, 1].sum() == called.sum()
    assert evaluation.loss == pytest.approx(xorlab.eval_model(model, loader).loss)


@pytest.mark.parametrize(
    ("bad", "came"),
    [
        (lambda outputs, labels: 0.97, "0.97"),
        (lambda outputs, labels: (outputs >= 0).float(), r"torch\.float32 \[300\]"),
        (lambda outputs, labels: (outputs >= 0)[:7], r"torch\.bool \[7\]"),
    ],
)
def test_what_an_accuracy_must_return_is_said(points, bad, came):
    model, loader = net("logit"), DataLoader(points, batch_size=300)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    must = rf"`accuracy` must return a bool tensor of shape \[n\].* \(here \[300\]\), not {came}"
    with pytest.raises(TypeError, match=must):
        xorlab.train_model(model, optimizer, loader, nn.BCEWithLogitsLoss(), 1, accuracy=bad)
    with pytest.raises(TypeError, match=must):
        xorlab.eval_model(model, loader, accuracy=bad)


def test_a_loss_of_ones_own_is_read_as_its_parent_is(points):
    class Weighted(nn.BCELoss):
        pass

    model, loader = net("probability"), DataLoader(points, batch_size=300)
    ours, parent = (xorlab.eval_model(model, loader, loss) for loss in (Weighted(), nn.BCELoss()))
    assert repr(ours) == repr(parent)


def test_one_column_of_scores_is_not_taken_for_a_logit(points):
    model, loader = net("logit"), DataLoader(points, batch_size=300)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for loss in (nn.CrossEntropyLoss(), functional.cross_entropy):
        with pytest.raises((IndexError, RuntimeError)):  # torch's own
            xorlab.train_model(model, optimizer, loader, loss, 1)


def test_a_loss_with_its_arguments_filled_in_is_read_as_the_loss_itself():
    loss = partial(functional.binary_cross_entropy, reduction="sum")
    outputs, labels = torch.tensor([0.2, 0.4, 0.9]), torch.tensor([0.0, 0.0, 1.0])
    assert find_hits(outputs, labels, loss).tolist() == [True, True, True]


def test_a_loss_for_each_sample_is_refused(points):
    with pytest.raises(ValueError, match="`loss_module` must give one number for a batch"):
        xorlab.eval_model(
            nn.Linear(2, 1), DataLoader(points), nn.BCEWithLogitsLoss(reduction="none")
        )


def test_two_equal_outputs_are_class_1_as_a_logit_of_0_is():
    tied = torch.zeros(2, 2)
    hits = find_hits(tied, torch.tensor([0, 1]), nn.CrossEntropyLoss())
    assert hits.tolist() == [False, True]


@pytest.mark.parametrize(("hidden", "activation"), [(4, "tanh"), ((3, 2), "relu"), (5, "softplus")])
def test_nets_are_judged_by_numpy_as_by_torch(hidden, activation):
    models = [
        xorlab.train_xor(hidden=hidden, activation=activation, epochs=20, seed=seed).model
        for seed in (1, 2, 3)
    ]
    for std in (0.0, 0.1, 0.5):
        judge = corners.CornerJudge(models[0], std)
        for model in models:
            accuracy = judge.expected_accuracy(model)
            assert accuracy == corners.expected_accuracy(model, std)  # alone, and after others
            by_torch = corners.accuracy_around_corners(model, std, 4096)
            assert judge.share_correct(corners.layer_arrays(model), 4096) == pytest.approx(
                by_torch, abs=3 / 16384
            )
            logits = torch.tensor([judge.corner_logits(model)])
            assert torch.allclose(logits, corners.corner_logits(model), atol=1e-5)
