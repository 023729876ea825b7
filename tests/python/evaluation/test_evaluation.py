import math

import numpy as np
import pytest
import torch
import xorlab
from torch import nn
from torch.utils.data import DataLoader
from xorlab.evaluation.predict import predict_logits


@pytest.fixture
def points():
    return xorlab.XORDataset(500, std=0.3, seed=2)


def test_the_printed_form_begins_with_the_accuracy_and_shows_the_confusion(fit):
    loader = DataLoader(xorlab.XORDataset(500, seed=2), batch_size=128)
    evaluation = xorlab.eval_model(fit.model, loader)
    assert evaluation.accuracy == 1
    assert repr(evaluation).startswith("Accuracy of the model: 100.00%\n")
    lines = repr(evaluation).splitlines()
    assert lines[2].endswith("over 500 points")
    zeros, ones = evaluation.confusion.diagonal()
    assert lines[2].startswith("Loss: ")
    assert ", AUC: 1.0000, " in lines[2]
    assert lines[3].split() == ["predicted", "0", "predicted", "1", "recall", "precision"]
    assert lines[4].split() == ["class", "0", str(zeros), "0", "100.0%", "100.0%"]
    assert lines[5].split() == ["class", "1", "0", str(ones), "100.0%", "100.0%"]


def test_the_figures_are_those_computed_by_hand(fit, points):
    evaluation = xorlab.eval_model(fit.model, DataLoader(points, batch_size=128))
    with torch.no_grad():
        prob = fit.model(points.data).squeeze(1).double().sigmoid()
    called, label = (prob >= 0.5).long(), points.label
    assert 0.5 < evaluation.accuracy < 1
    assert evaluation.accuracy == (called == label).double().mean().item()
    assert evaluation.n == 500
    by_hand = -torch.where(label == 1, prob, 1 - prob).log().mean().item()
    assert evaluation.loss == pytest.approx(by_hand, rel=1e-6)
    for i in range(2):
        for j in range(2):
            assert evaluation.confusion[i, j] == ((label == i) & (called == j)).sum()


@pytest.mark.parametrize("hidden", [4, [64, 64]])
def test_every_batch_size_gives_the_same_figures(hidden, points):
    model = xorlab.SimpleClassifier(2, hidden, 1)
    whole, *others = (
        xorlab.eval_model(model, DataLoader(points, batch_size=size)) for size in (500, 1, 7, 128)
    )
    for other in others:
        assert other.accuracy == whole.accuracy
        assert other.n == 500
        assert np.array_equal(other.confusion, whole.confusion)
        # Other batches are other matrix products: float32 may round their last bits otherwise.
        assert other.loss == pytest.approx(whole.loss, rel=1e-6)


def test_a_probability_of_one_half_is_called_class_one():
    model = nn.Linear(1, 1)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    evaluation = xorlab.eval_model(model, [(torch.ones(3, 1), torch.tensor([0, 1, 1]))])
    assert evaluation.confusion.tolist() == [[0, 1], [0, 2]]
    assert evaluation.loss == pytest.approx(math.log(2))


def mixed_modes():
    model = nn.Sequential(nn.Linear(2, 4), nn.Dropout(0.9), nn.Linear(4, 1))
    model[1].eval()
    return model


def modes(model):
    return [module.training for module in model.modules()]


def test_evaluation_runs_in_eval_mode_without_gradients_and_restores_every_part(points):
    model, seen = mixed_modes(), []
    model[2].register_forward_hook(lambda *_: seen.append((modes(model), torch.is_grad_enabled())))
    before = modes(model)
    xorlab.eval_model(model, DataLoader(points, batch_size=250))
    assert seen == [([False] * 4, False)] * 2
    assert modes(model) == before == [True, True, False, True]
    assert torch.is_grad_enabled()


def test_an_error_on_the_way_restores_the_modes_too():
    model = mixed_modes()
    before = modes(model)
    with pytest.raises(RuntimeError):
        xorlab.eval_model(model, [(torch.zeros(3, 5), torch.zeros(3))])
    assert modes(model) == before
    assert torch.is_grad_enabled()


@pytest.mark.parametrize("mode", [True, False])
def test_eval_mode_and_gradients_are_independent_switches(mode):
    model = xorlab.SimpleClassifier(2, 4, 1).train(mode)
    assert model(torch.zeros(1, 2)).requires_grad


def test_a_model_with_more_outputs_is_refused(points):
    model = xorlab.SimpleClassifier(2, 4, 3)
    must = r"outputs of shape \[n, 1\] or \[n, 2\], not \[500, 3\]"
    with pytest.raises(ValueError, match=must):
        xorlab.eval_model(model, DataLoader(points, batch_size=500))


@pytest.mark.parametrize("loader", [[], iter(())])
def test_an_empty_loader_is_refused(loader):
    with pytest.raises(ValueError, match="must yield at least one batch, but it is empty"):
        xorlab.eval_model(nn.Linear(2, 1), loader)


def test_labels_other_than_zero_and_one_are_refused():
    with pytest.raises(ValueError, match="`label` must hold 0 and 1 and nothing else"):
        xorlab.eval_model(nn.Linear(2, 1), [(torch.zeros(2, 2), torch.tensor([0, 2]))])


def test_a_fit_in_the_place_of_its_model_is_named(fit):
    with pytest.raises(TypeError, match=r"`model` must be a torch\.nn\.Module, not a Fit"):
        xorlab.eval_model(fit, [])


def test_rows_go_through_a_net_in_chunks_without_a_trace(fit, points, monkeypatch):
    whole = predict_logits(fit.model, points.data)
    monkeypatch.setattr("xorlab.evaluation.predict.CHUNK", 7)
    assert torch.allclose(predict_logits(fit.model, points.data), whole, rtol=1e-6, atol=1e-6)


def test_no_net_is_given_more_rows_than_a_chunk(monkeypatch):
    monkeypatch.setattr("xorlab.evaluation.predict.CHUNK", 7)
    given = []

    class Counting(nn.Linear):
        def forward(self, x):
            given.append(len(x))
            return super().forward(x)

    model = Counting(2, 1)
    predict_logits(model, torch.zeros(20, 2))
    xorlab.boundary(model, [0.0, 0.5, 1.0], [0.0, 0.5, 1.0])
    assert given == [7, 7, 6, 7, 2]


@pytest.mark.parametrize("bad", [xorlab.XORDataset(3, seed=1), None, "data", 3])
def test_what_is_no_loader_is_named(bad):
    with pytest.raises(TypeError, match=r"`data_loader` must yield batches.*as DataLoader\("):
        xorlab.eval_model(nn.Linear(2, 1), bad)


def test_a_loss_or_an_accuracy_that_is_none_is_named(points):
    for bad in (nn.BCELoss, "mse"):
        with pytest.raises(TypeError, match=r"`loss_module` must be called with outputs"):
            xorlab.eval_model(nn.Linear(2, 1), DataLoader(points), bad)
    with pytest.raises(TypeError, match=r"`accuracy` must be a function of outputs and labels"):
        xorlab.eval_model(nn.Linear(2, 1), DataLoader(points), accuracy=0.5)


def test_a_model_that_squeezes_by_itself_is_evaluated_and_drawn_as_it_is_trained(points):
    squeezing = nn.Sequential(nn.Linear(2, 1), nn.Flatten(0))
    whole, same = (
        xorlab.eval_model(model, DataLoader(points, batch_size=99))
        for model in (squeezing, squeezing[0])
    )
    assert repr(whole) == repr(same)
    assert xorlab.boundary(squeezing, [0, 1], [0, 1]).prob.shape == (2, 2)


def test_predictions_and_grids_are_the_same_on_any_number_of_threads():
    data = xorlab.XORDataset(50_000, seed=1)
    fit = xorlab.train_xor(xorlab.XORDataset(500, seed=1), hidden=[40, 40], epochs=2, seed=1)
    loader = [(data.data, data.label)]
    found, before = [], torch.get_num_threads()
    try:
        for threads in (1, 3):
            torch.set_num_threads(threads)
            found.append(
                [
                    fit.predict_proba(data.data).tobytes(),
                    fit.boundary().prob.tobytes(),
                    fit.evaluate(data).loss,
                    xorlab.eval_model(fit.model, loader).loss,
                    str(xorlab.diagnose_xor(fit).units),
                ]
            )
            assert torch.get_num_threads() == threads
    finally:
        torch.set_num_threads(before)
    assert found[0] == found[1]


def test_points_whose_logit_is_not_a_number_have_no_class_and_are_counted(overflowing_model):
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.5]])
    label = torch.tensor([0, 1, 1, 0, 0])
    evaluation = xorlab.eval_model(overflowing_model, [(x, label)])
    assert evaluation.confusion.tolist() == [[2, 0], [1, 0]]
    assert evaluation.accuracy == 2 / 5
    assert (evaluation.n, evaluation.unclassified) == (5, 2)
    assert math.isnan(evaluation.loss)
    assert repr(evaluation).splitlines()[:3] == [
        "Accuracy of the model: 40.00%",
        "Loss: nan, over 5 points",
        "No class: 2 points, where the logit is not a number",
    ]
    one = xorlab.eval_model(overflowing_model, [(x[1:3], label[1:3])])
    assert "No class: 1 point, where" in repr(one)


def test_where_every_point_has_a_class_nothing_is_said_of_it(fit, points):
    evaluation = fit.evaluate(points)
    assert evaluation.unclassified == 0
    assert "No class" not in repr(evaluation)
