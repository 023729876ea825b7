"""What a training writes for TensorBoard, read back by TensorBoard's own reader."""

import gc
import sys
import threading

import pytest
import torch
import xorlab
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from torch import nn
from torch.utils.data import DataLoader
from torch.utils.tensorboard import SummaryWriter


def train(folder, epochs=20, model=None, data=None, history=None):
    torch.manual_seed(0)
    model = model or xorlab.SimpleClassifier(2, 4, 1)
    data = data or xorlab.XORDataset(100, seed=1)
    loader = DataLoader(data, batch_size=40, shuffle=True)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    board = None if folder is None else xorlab.TensorBoard(folder, model, data)
    options = {"after_epoch": board, "history": history}
    history = xorlab.train_model(
        model, optimizer, loader, nn.BCEWithLogitsLoss(), epochs, **options
    )
    return model, history


FIVE = torch.utils.data.TensorDataset(torch.rand(5, 2), torch.tensor([0, 1, 0, 1, 1]))


def one_epoch():
    return xorlab.History([0.5], [0.5], [0.1])


def read(folder):
    events = EventAccumulator(str(folder))
    events.Reload()
    return events


def test_losses_graph_and_every_tenth_boundary_are_written(tmp_path):
    writer = SummaryWriter(str(tmp_path))
    _, history = train(writer)
    events = read(tmp_path)
    losses = events.Scalars("loss")
    assert [event.step for event in losses] == list(range(1, 21))
    assert [event.value for event in losses] == pytest.approx(history.loss)
    assert [e.value for e in events.Scalars("accuracy")] == pytest.approx(history.accuracy)
    assert [image.step for image in events.Images("boundary")] == [10, 20]
    nodes = {node.name for node in events.Graph().node}
    assert any("linear2" in name for name in nodes)
    (file,) = tmp_path.glob("events*")
    graphs = [event for event in EventFileLoader(str(file)).Load() if event.HasField("graph_def")]
    assert len(graphs) == 1
    writer.add_scalar("more", 1.0)  # the caller's writer is open still
    writer.close()


def test_a_net_without_a_hidden_layer_is_written_as_others_are(tmp_path):
    data, model = xorlab.XORDataset(50, seed=1), xorlab.SimpleClassifier(2, 0, 1)
    board = xorlab.TensorBoard(tmp_path, model, data)
    for epoch in range(1, 11):
        board(epoch, one_epoch())
    events = read(tmp_path)
    assert len(events.Scalars("loss")) == 10
    assert len(events.Images("boundary")) == 1
    assert any("linear1" in node.name for node in events.Graph().node)


def test_a_folder_is_enough(tmp_path):
    train(tmp_path / "run", epochs=2)
    assert len(read(tmp_path / "run").Scalars("loss")) == 2


def test_writing_changes_nothing_of_the_training(tmp_path):
    plain, with_board = train(None)[0], train(tmp_path)[0]
    for mine, other in zip(plain.parameters(), with_board.parameters(), strict=True):
        assert torch.equal(mine, other)
    assert with_board.training


def test_the_boundary_is_the_right_way_round(tmp_path, first_input, monkeypatch):
    surfaces = []
    draw = xorlab.plots.boundary.draw_boundary
    monkeypatch.setattr(
        "xorlab.plots.boundary.draw_boundary",
        lambda ax, surface: (surfaces.append(surface), draw(ax, surface)),
    )
    xorlab.TensorBoard(tmp_path, first_input, FIVE)(10, one_epoch())
    assert surfaces[0].prob[0, 0] < 0.5 < surfaces[0].prob[-1, 0]
    assert len(read(tmp_path).Images("boundary")) == 1


@pytest.mark.parametrize(
    ("outputs", "end", "loss_module"),
    [(1, nn.Sigmoid(), nn.BCELoss()), (2, nn.Identity(), nn.CrossEntropyLoss())],
)
def test_the_boundary_is_read_as_the_loss_says(tmp_path, outputs, end, loss_module, monkeypatch):
    surfaces = []
    monkeypatch.setattr(
        "xorlab.plots.boundary.draw_boundary", lambda ax, surface: surfaces.append(surface)
    )
    model = nn.Sequential(nn.Linear(2, outputs), end)
    with torch.no_grad():
        model[0].bias -= model[0](torch.tensor([[0.5, 0.5]]))[0]
    loader = DataLoader(xorlab.XORDataset(40, seed=1), batch_size=40)
    frozen = torch.optim.SGD(model.parameters(), lr=0.0)
    board = xorlab.TensorBoard(tmp_path, model, loader.dataset, loss_module)
    xorlab.train_model(model, frozen, loader, loss_module, 10, after_epoch=board)
    assert 0 < (surfaces[0].prob > 0.5).mean() < 1


def test_a_net_of_other_inputs_or_outputs_has_no_boundary(tmp_path):
    data = torch.utils.data.TensorDataset(torch.randn(40, 3), torch.randint(2, (40,)))
    train(tmp_path, epochs=10, model=xorlab.SimpleClassifier(3, 2, 1), data=data)
    events = read(tmp_path)
    assert len(events.Scalars("loss")) == 10
    assert events.Tags()["images"] == []


def test_what_is_no_class_has_no_boundary_and_no_harm_is_done(tmp_path):
    data = torch.utils.data.TensorDataset(torch.randn(40, 2), torch.randn(40))
    model = xorlab.SimpleClassifier(2, 2, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    loader = DataLoader(data, batch_size=40)
    board = xorlab.TensorBoard(tmp_path, model, data, nn.MSELoss())
    xorlab.train_model(model, optimizer, loader, nn.MSELoss(), 10, after_epoch=board)
    assert read(tmp_path).Tags()["images"] == []


def test_of_weights_that_are_not_finite_there_is_no_boundary_and_no_harm_is_done(tmp_path):
    model = xorlab.SimpleClassifier(2, 4, 1)
    torch.nn.init.constant_(model.linears()[-1].bias, float("nan"))
    xorlab.TensorBoard(tmp_path, model, FIVE)(10, one_epoch())
    assert read(tmp_path).Tags()["images"] == []


def test_a_training_that_goes_on_has_its_graph_too(tmp_path):
    model, history = train(None, epochs=2)
    train(tmp_path, epochs=3, model=model, history=history)
    assert [event.step for event in read(tmp_path).Scalars("loss")] == [3]
    assert len(read(tmp_path).Graph().node)


def test_a_training_that_fails_leaves_what_was_written_and_no_thread(tmp_path):
    def failing(epoch, history):
        if epoch == 2:
            raise RuntimeError("of the caller's")

    before = threading.active_count()
    model = xorlab.SimpleClassifier(2, 4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(xorlab.XORDataset(50, seed=1), batch_size=40)
    callbacks = [xorlab.TensorBoard(tmp_path, model, loader.dataset), failing]
    with pytest.raises(RuntimeError, match="of the caller's"):
        xorlab.train_model(
            model, optimizer, loader, nn.BCEWithLogitsLoss(), 5, after_epoch=callbacks
        )
    del callbacks
    gc.collect()
    assert threading.active_count() == before
    assert [event.step for event in read(tmp_path).Scalars("loss")] == [1, 2]
    with pytest.raises(ValueError, match="`num_epochs` must be"):
        train(tmp_path / "other", epochs=0)
    assert not (tmp_path / "other").exists()


def test_without_tensorboard_the_error_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with pytest.raises(ModuleNotFoundError, match=r"package tensorboard.*: pip install tensorb"):
        train(tmp_path)
    assert not list(tmp_path.iterdir())


def test_what_is_no_writer_and_no_dataset_is_named(tmp_path):
    with pytest.raises(TypeError, match="`folder` must be a folder or a SummaryWriter, not 3"):
        train(3)
    with pytest.raises(ValueError, match="`folder` must be a folder or a SummaryWriter, not ''"):
        train("")
    with pytest.raises(TypeError, match=r"`dataset` must be a dataset of pairs .*, not 3"):
        xorlab.TensorBoard(tmp_path, nn.Linear(2, 1), 3)
    with pytest.raises(TypeError, match=r"`model` must be a torch\.nn\.Module"):
        xorlab.TensorBoard(tmp_path, 3, FIVE)


def test_a_dataset_that_the_model_does_not_take_is_refused_before_training(tmp_path):
    data = torch.utils.data.TensorDataset(torch.rand(5, 3), torch.ones(5))
    with pytest.raises(ValueError, match="`dataset` must have inputs that `model` takes"):
        xorlab.TensorBoard(tmp_path, xorlab.SimpleClassifier(2, 2, 1), data)
    (tmp_path / "file").touch()
    with pytest.raises(ValueError, match="`folder` must be a folder or a SummaryWriter, not"):
        xorlab.TensorBoard(tmp_path / "file", nn.Linear(2, 1), FIVE)


def test_losses_on_validation_data_are_written_where_there_are_any(tmp_path):
    data = xorlab.XORDataset(100, seed=1)
    board = xorlab.TensorBoard(tmp_path / "with", xorlab.SimpleClassifier(2, 4, 1), data)
    fit = xorlab.train_xor(data, epochs=4, seed=1, validation=0.2, after_epoch=board)
    events = read(tmp_path / "with")
    for name in ("loss", "accuracy", "val_loss", "val_accuracy"):
        written = events.Scalars(name)
        assert [event.step for event in written] == [1, 2, 3, 4]
        assert [event.value for event in written] == pytest.approx(getattr(fit.history, name))
    train(tmp_path / "without", epochs=1)
    assert {*read(tmp_path / "without").Tags()["scalars"]} == {"loss", "accuracy"}
