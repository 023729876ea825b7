"""`train_model()` on modules, optimizers, losses and loaders other than the lesson's own."""

from typing import ClassVar

import pytest
import torch
import xorlab
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from xorlab import train_model


@pytest.fixture
def points():
    return xorlab.XORDataset(400, seed=1)


def test_two_outputs_learn_by_cross_entropy_and_adam(points):
    model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 2))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    loader = DataLoader(points, batch_size=32, shuffle=True)
    history = train_model(model, optimizer, loader, nn.CrossEntropyLoss(), num_epochs=40)
    assert history.accuracy[-1] > 0.99
    with torch.no_grad():
        called = model(points.data).argmax(dim=1)
    assert (called == points.label).float().mean() > 0.99


@pytest.mark.parametrize("loss_module", [nn.MSELoss(), nn.BCELoss(), nn.L1Loss()])
def test_losses_on_probabilities_count_hits_at_one_half(points, loss_module):
    model = nn.Sequential(xorlab.SimpleClassifier(2, 8, 1), nn.Sigmoid())
    frozen = torch.optim.SGD(model.parameters(), lr=0.0)
    history = train_model(model, frozen, DataLoader(points, batch_size=64), loss_module, 1)
    with torch.no_grad():
        prob = model(points.data).squeeze(1)
    hits = ((prob >= 0.5) == (points.label == 1)).double().mean().item()
    assert 0 < hits < 1
    assert history.accuracy == [pytest.approx(hits)]
    assert history.loss == [pytest.approx(loss_module(prob, points.label.float()).item(), rel=1e-5)]


@pytest.mark.parametrize("batch_size", [7, 400])
def test_sums_and_means_of_a_loss_leave_the_same_history(points, batch_size):
    torch.manual_seed(0)
    model = xorlab.SimpleClassifier(2, 4, 1)
    frozen = torch.optim.SGD(model.parameters(), lr=0.0)
    loader = DataLoader(points, batch_size=batch_size)
    by_sum, by_mean = (
        train_model(model, frozen, loader, nn.BCEWithLogitsLoss(reduction=reduction), 1).loss[0]
        for reduction in ("sum", "mean")
    )
    assert by_sum == pytest.approx(by_mean, rel=1e-5)


def test_a_list_of_batches_and_a_plain_function_as_loss_will_do(points):
    batches = list(zip(points.data.split(50), points.label.split(50), strict=True))
    model = xorlab.SimpleClassifier(2, 4, 1)

    def loss_function(outputs, labels):
        return nn.functional.binary_cross_entropy_with_logits(outputs, labels)

    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    assert len(train_model(model, optimizer, batches, loss_function, 2)) == 2


def test_labels_in_a_column_are_left_as_they_come(points):
    data = TensorDataset(points.data, points.label[:, None].float())
    model = xorlab.SimpleClassifier(2, 4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    history = train_model(model, optimizer, DataLoader(data, batch_size=50), nn.MSELoss(), 1)
    assert 0 < history.accuracy[0] < 1


def test_the_steps_are_those_of_a_loop_written_out(points):
    loader = DataLoader(points, batch_size=128)
    ours, theirs = xorlab.SimpleClassifier(2, 4, 1), xorlab.SimpleClassifier(2, 4, 1)
    theirs.load_state_dict(ours.state_dict())
    sgd = torch.optim.SGD(theirs.parameters(), lr=0.1, momentum=0.9)
    for _ in range(3):
        for x, label in loader:
            sgd.zero_grad()
            nn.BCEWithLogitsLoss()(theirs(x).squeeze(dim=1), label.float()).backward()
            sgd.step()
    optimizer = torch.optim.SGD(ours.parameters(), lr=0.1, momentum=0.9)
    train_model(ours, optimizer, loader, nn.BCEWithLogitsLoss(), num_epochs=3)
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.equal(mine, other)


def test_the_model_trains_in_train_mode(points):
    model = nn.Sequential(nn.Linear(2, 1), nn.Dropout(0.5)).eval()
    modes = []
    model.register_forward_hook(lambda module, *_: modes.append(module.training))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    train_model(model, optimizer, DataLoader(points, batch_size=400), nn.BCEWithLogitsLoss(), 1)
    assert modes == [True]


def test_the_batches_of_the_lesson_are_20_and_its_steps_2000():
    loader = DataLoader(xorlab.XORDataset(2500, seed=1), batch_size=128, shuffle=True)
    assert len(loader) == 20
    model = nn.Linear(2, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    steps = []
    optimizer.register_step_post_hook(lambda *_: steps.append(1))
    train_model(model, optimizer, loader, nn.BCEWithLogitsLoss(), num_epochs=5)
    assert len(steps) == 5 * 20


@pytest.mark.parametrize(
    ("loss_module", "columns"),
    [
        (nn.CrossEntropyLoss(), 2),
        (nn.BCEWithLogitsLoss(), 2),
        (nn.MSELoss(), 2),
    ],
)
def test_of_labels_in_several_columns_each_sample_counts_once(points, loss_module, columns):
    one_hot = nn.functional.one_hot(points.label, columns).float()
    model = xorlab.SimpleClassifier(2, 8, columns)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    loader = DataLoader(TensorDataset(points.data, one_hot), batch_size=40)
    history = train_model(model, optimizer, loader, loss_module, 40)
    assert max(history.accuracy) <= 1
    assert history.accuracy[-1] > 0.9


@pytest.mark.parametrize(
    ("function", "module"),
    [
        (nn.functional.binary_cross_entropy, nn.BCELoss()),
        (nn.functional.mse_loss, nn.MSELoss()),
        (nn.functional.binary_cross_entropy_with_logits, nn.BCEWithLogitsLoss()),
    ],
)
def test_a_loss_that_is_a_function_counts_hits_as_its_module_does(points, function, module):
    histories = []
    for loss_module in (function, module):
        torch.manual_seed(1)
        layers = [xorlab.SimpleClassifier(2, 4, 1)]
        if not isinstance(module, nn.BCEWithLogitsLoss):
            layers.append(nn.Sigmoid())
        model = nn.Sequential(*layers)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
        loader = DataLoader(points, batch_size=40)
        histories.append(train_model(model, optimizer, loader, loss_module, 5))
    assert histories[0].accuracy == histories[1].accuracy


def test_one_output_is_not_taken_for_several_classes(points):
    model = xorlab.SimpleClassifier(2, 4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with pytest.raises((IndexError, RuntimeError)):  # torch's own
        train_model(model, optimizer, DataLoader(points), nn.CrossEntropyLoss(), 1)


@pytest.mark.parametrize(
    ("part", "bad", "message"),
    [
        ("optimizer", "sgd", r"`optimizer` must be one of torch's, such as .*, not 'sgd'"),
        (
            "optimizer",
            torch.optim.SGD,
            r"such as torch\.optim\.SGD\(model\.parameters\(\), lr=0\.1\), not the class SGD",
        ),
        ("accuracy", 0.9, r"`accuracy` must be a function of outputs and labels, or None, not 0.9"),
        ("data_loader", None, r"`data_loader` must yield batches .* not None"),
        ("data_loader", xorlab.XORDataset(3, seed=1), r"`data_loader` must yield batches"),
        ("data_loader", iter([]), r"`data_loader` must yield its batches anew in every epoch"),
        ("loss_module", nn.BCEWithLogitsLoss, r"`loss_module` must be called with outputs"),
        ("loss_module", None, r"`loss_module` must be called with outputs .* not None"),
        ("history", [1], r"`history` must be a History or None, not \[1\]"),
        ("after_epoch", 3, r"`after_epoch` must be a function, several in a list, or None, not 3"),
    ],
)
def test_parts_that_are_none_are_named_and_change_nothing(points, part, bad, message):
    model = nn.Linear(2, 1).eval()
    before = model.weight.detach().clone()
    arguments = {
        "model": model,
        "optimizer": torch.optim.SGD(model.parameters(), lr=0.1),
        "data_loader": DataLoader(points),
        "loss_module": nn.BCEWithLogitsLoss(),
        "num_epochs": 1,
        part: bad,
    }
    with pytest.raises(TypeError, match=message):
        train_model(**arguments)
    assert torch.equal(model.weight, before)
    assert not model.training


@pytest.mark.parametrize("bad", [0, -1, 1.5, float("nan"), "a", None, True, 3e9])
def test_numbers_of_epochs_that_are_none_are_named_and_change_nothing(points, bad):
    model = nn.Linear(2, 1)
    before = model.weight.detach().clone()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with pytest.raises((TypeError, ValueError), match="`num_epochs` must be a whole number"):
        train_model(model, optimizer, DataLoader(points), nn.BCEWithLogitsLoss(), bad)
    assert torch.equal(model.weight, before)


def test_an_empty_loader_and_what_is_no_module_are_named():
    model = nn.Linear(2, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with pytest.raises(ValueError, match="`data_loader` must yield at least one batch"):
        train_model(model, optimizer, [], nn.BCEWithLogitsLoss())
    with pytest.raises(TypeError, match=r"`model` must be a torch\.nn\.Module, not a str"):
        train_model("model", optimizer, [], nn.BCEWithLogitsLoss())


def test_nothing_is_printed_where_nobody_watches(points, capfd):
    xorlab.train_xor(points, epochs=2, seed=1)
    assert capfd.readouterr() == ("", "")


def test_a_progress_bar_is_shown_on_stderr_where_one_is_wanted(points, capfd):
    xorlab.train_xor(points, epochs=2, seed=1, verbose=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "Epochs: 100%" in err


def test_a_model_that_squeezes_by_itself_is_trained_as_it_is():
    data = xorlab.XORDataset(100, seed=1)
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(2, 1), nn.Flatten(0))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(data, batch_size=33)
    history = xorlab.train_model(model, optimizer, loader, nn.BCEWithLogitsLoss(), num_epochs=2)
    assert history.loss[1] < history.loss[0]


def test_an_optimizer_of_several_evaluations_a_step_is_named():
    model = nn.Linear(2, 1)
    optimizer = torch.optim.LBFGS(model.parameters())
    loader = DataLoader(xorlab.XORDataset(10, seed=1))
    with pytest.raises(TypeError, match="`optimizer` must take one step for each batch"):
        xorlab.train_model(model, optimizer, loader, nn.BCEWithLogitsLoss())


class Noting(nn.Linear):
    """Notes on how many threads torch computes."""

    seen: ClassVar = []

    def forward(self, x):
        self.seen.append(torch.get_num_threads())
        return super().forward(x)


@pytest.fixture
def three_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    Noting.seen.clear()
    yield
    torch.set_num_threads(before)


def train_noting(points, device="cpu", lr=0.1, **options):
    model = Noting(2, 1, device=device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loader = DataLoader(points, batch_size=100)
    return train_model(model, optimizer, loader, nn.BCEWithLogitsLoss(), 2, **options)


@pytest.mark.usefixtures("three_threads")
@pytest.mark.parametrize(("threads", "used"), [(None, 1), (1, 1), (2, 2)])
def test_training_on_the_cpu_takes_one_thread_or_as_many_as_asked_for(points, threads, used):
    train_noting(points, threads=threads)
    assert set(Noting.seen) == {used}
    assert torch.get_num_threads() == 3


@pytest.mark.usefixtures("three_threads")
def test_a_training_that_fails_gives_the_callers_threads_back(points):
    points.data[:] = 1e38
    with pytest.raises(xorlab.NonFiniteLossError):
        train_noting(points, lr=1e38, threads=2)
    assert set(Noting.seen) == {2}
    assert torch.get_num_threads() == 3
    for wrong in (0, 1.5, "all", True):
        with pytest.raises((TypeError, ValueError), match="`threads` must be a whole number from"):
            train_noting(points, threads=wrong)
    assert torch.get_num_threads() == 3


@pytest.mark.usefixtures("three_threads")
def test_threads_are_left_alone_for_a_model_on_another_device(points):
    for threads, used in ((None, 3), (2, 2)):
        Noting.seen.clear()
        with pytest.raises((NotImplementedError, RuntimeError)):  # meta has no numbers to show
            train_noting(points, device="meta", threads=threads)
        assert set(Noting.seen) == {used}
    assert torch.get_num_threads() == 3
