"""What is done to a net by hand, and what becomes of it."""

import pytest
import torch
import xorlab
from xorlab.playground.edits import EDITED, MOVED, SWITCHED, Editor
from xorlab.playground.experiment import Experiment
from xorlab.playground.live import LiveNet


@pytest.fixture
def editor():
    net = LiveNet(Experiment(size=200, hidden=[3, 2]))
    net.advance(2)
    return Editor(net)


def weights(net):
    return {name: weight.clone() for name, weight in net.fit.model.state_dict().items()}


def test_an_edited_weight_is_there_and_is_trained_on(editor):
    net = editor.net
    editor.edit({"kind": "weight", "layer": 0, "unit": 2, "source": 1, "value": 0.5})
    editor.edit({"kind": "weight", "layer": 2, "unit": 0, "source": -1, "value": -2})
    assert net.fit.model.linears()[0].weight[2, 1] == 0.5
    assert net.result().model.linears()[2].bias[0] == -2
    assert net.parted == EDITED
    net.advance()
    assert 0 < abs(net.result().model.linears()[2].bias[0] + 2) < 0.5


def test_an_epoch_that_has_begun_is_finished_before_an_edit(editor):
    net = editor.net
    net.advance(seconds=0)
    editor.edit({"kind": "weight", "layer": 0, "unit": 0, "source": 0, "value": 1})
    assert (net.epoch, net.batch) == (3, 0)


def test_a_unit_that_is_off_has_no_effect_until_it_is_on_again(editor):
    net = editor.net
    onward = weights(net)["linear2.weight"][:, 1]
    editor.edit({"kind": "switch", "layer": 0, "unit": 1})
    assert list(net.off) == [(0, 1)]
    net.advance(2)
    assert not weights(net)["linear2.weight"][:, 1].any()
    assert net.parted == SWITCHED
    before = net.result().predict_logits([[0.0, 1.0]])
    with torch.no_grad():
        net.fit.model.linear1.weight[1] = 9.0
    assert net.fit.predict_logits([[0.0, 1.0]]) == before
    editor.edit({"kind": "switch", "layer": 0, "unit": 1})
    assert torch.equal(weights(net)["linear2.weight"][:, 1], onward)
    assert not net.off


def test_a_weight_of_a_unit_that_is_off_is_not_edited(editor):
    editor.edit({"kind": "switch", "layer": 0, "unit": 1})
    with pytest.raises(ValueError, match="switch it on"):
        editor.edit({"kind": "weight", "layer": 1, "unit": 0, "source": 1, "value": 1})


def test_points_are_added_moved_and_removed_and_the_net_trains_on_those(editor):
    net = editor.net
    editor.edit({"kind": "add", "x1": 0.25, "x2": 0.5, "label": 1})
    editor.edit({"kind": "move", "point": 1, "x1": -1, "x2": -2})
    editor.edit({"kind": "remove", "point": 2})
    data = net.data
    assert len(data) == 200
    assert data.points[0].tolist() == [0.25, 0.5]  # among those that are drawn
    assert data.points[1].tolist() == [-1, -2]
    assert data.label[0] == 1
    assert (net.epoch, net.parted, net.experiment.problem) == (2, MOVED, "own")
    net.advance()
    assert torch.equal(net.trainer.batches.data, data.data)


def test_edited_points_are_trained_on_from_the_seed_after_a_reset(editor):
    net = editor.net
    editor.edit({"kind": "add", "x1": 0.25, "x2": 0.5, "label": 1})
    net.reset()
    assert net.parted == ""
    net.advance(3)
    again = xorlab.train_xor(
        data=net.result().data, scale=False, epochs=3, **net.experiment.arguments()
    )
    assert all(
        torch.equal(a, b)
        for a, b in zip(weights(net).values(), weights(LiveNet.of(again)).values(), strict=True)
    )


def test_points_edited_before_the_first_epoch_do_not_part_a_net_from_its_seed():
    editor = Editor(LiveNet(Experiment(size=50, validation=0.2)))
    editor.edit({"kind": "remove", "point": 3})
    assert editor.net.parted == ""
    editor.net.advance(2)
    fit = editor.net.result()
    again = xorlab.train_xor(
        data=fit.data, validation=fit.validation, scale=False, epochs=2, seed=1, device="cpu"
    )
    assert fit.history.loss == again.history.loss
    assert fit.history.val_loss == again.history.val_loss


def test_edits_of_points_are_taken_back_one_by_one(editor):
    net, first = editor.net, editor.net.data
    editor.edit({"kind": "add", "x1": 0, "x2": 0, "label": 0})
    second = net.data
    editor.edit({"kind": "remove", "point": 0})
    editor.undo()
    assert net.data is second
    editor.undo()
    assert net.data is first
    assert net.experiment.problem == "xor"
    editor.undo()  # there is nothing left
    assert net.data is first


@pytest.mark.parametrize(
    ("edit", "error", "message"),
    [
        (None, TypeError, "`edit` must be a mapping, not None"),
        ({}, TypeError, "`kind` must be"),
        ({"kind": "explode"}, ValueError, "`kind` must be 'weight', 'switch'"),
        ({"kind": "add", "x1": 1}, TypeError, "`edit` has wrong entries for 'add'"),
        ({"kind": "undo"}, ValueError, "`kind` must be 'weight', 'switch'"),
        (
            {"kind": "switch", "layer": 2, "unit": 0},
            ValueError,
            "`layer` must be a whole number from 0 to 1",
        ),
        ({"kind": "switch", "layer": 0, "unit": 3}, ValueError, "`unit` must be .* from 0 to 2"),
        ({"kind": "switch", "layer": [], "unit": 3}, TypeError, "`layer` must be"),
        ({"kind": "move", "point": 200, "x1": 0, "x2": 0}, ValueError, "`point` must be .* to 199"),
        ({"kind": "add", "x1": float("nan"), "x2": 0, "label": 0}, ValueError, "`x1` must be"),
        ({"kind": "add", "x1": 1e30, "x2": 0, "label": 0}, ValueError, "`x1` must be"),
        ({"kind": "add", "x1": "1", "x2": 0, "label": 0}, TypeError, "`x1` must be"),
        ({"kind": "add", "x1": 1, "x2": 0, "label": 2}, ValueError, "`label` must be .* to 1"),
        (
            {"kind": "weight", "layer": 0, "unit": 0, "source": 2, "value": 1},
            *(ValueError, "`source` must be .* from 0 to 1"),
        ),
        (
            {"kind": "weight", "layer": 0, "unit": 0, "source": 0, "value": 1e9},
            *(ValueError, "`value` must be"),
        ),
    ],
)
def test_what_is_no_edit_changes_nothing(editor, edit, error, message):
    before, data = weights(editor.net), editor.net.data
    with pytest.raises(error, match=message):
        editor.edit(edit)
    assert all(torch.equal(one, before[name]) for name, one in weights(editor.net).items())
    assert editor.net.data is data
    assert not editor.before


def test_the_last_point_of_a_class_stays():
    editor = Editor(LiveNet(Experiment("blobs", 10, classes=2)))

    def remove_all():
        for _ in range(10):
            editor.edit({"kind": "remove", "point": 0})

    with pytest.raises(ValueError, match="must hold both classes"):
        remove_all()
    assert min(editor.net.data.class_sizes()) == 1
    assert len(editor.before) == 10 - len(editor.net.data)


def test_a_net_that_was_edited_says_so_wherever_it_goes(editor, tmp_path):
    editor.edit({"kind": "weight", "layer": 0, "unit": 0, "source": 0, "value": 1})
    fit = editor.net.result()
    assert fit.parted == EDITED
    assert f"no longer the net of its seed: {EDITED}" in repr(fit)
    fit.save(tmp_path / "fit.pt")
    for one in (xorlab.load_xor(tmp_path / "fit.pt"), fit.resume(epochs=5), fit.at(2)):
        assert one.parted == EDITED
        assert LiveNet.of(one).parted == EDITED
    for language, head in (("python", '"""What xorlab'), ("r", "# What xorlab")):
        first, second = xorlab.show_code(fit, language).splitlines()[:2]
        assert first == f"# {EDITED} This trains the net of the seed, without such edits."
        assert second.startswith(head)


def test_a_net_of_its_seed_says_nothing_of_edits(editor):
    fit = editor.net.result()
    assert (fit.parted, "parted" in fit.to_dict()) == ("", False)
    assert "seed:" not in repr(fit)
    assert not xorlab.show_code(fit).startswith("#")
    with pytest.raises(ValueError, match="`parted` must be text of one line"):
        xorlab.Fit.from_dict({**fit.to_dict(), "parted": "two\nlines"})
