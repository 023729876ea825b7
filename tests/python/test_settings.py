import dataclasses

import pytest
import torch
import xorlab
from xorlab.__main__ import make_parser
from xorlab.settings import HYPERPARAMETERS, make_settings


def test_settings_cannot_be_changed_and_come_back_from_their_plain_values():
    settings = xorlab.Settings(hidden=[3, 2], lr=0.5, snapshots=[2, 0], seed=9)
    assert (settings.hidden, settings.snapshots) == ((3, 2), (0, 2))
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.lr = 0.1
    assert xorlab.Settings.from_dict(settings.to_dict()) == settings


def test_an_absent_entry_means_what_0_1_0_did_and_an_unknown_one_is_refused_by_name():
    content = xorlab.Settings().to_dict()
    known = ("hidden", "activation", "epochs", "lr", "batch_size", "device", "seed")
    older = {name: content[name] for name in known}
    assert xorlab.Settings.from_dict(older) == xorlab.Settings(engine="autograd")
    for name in older:
        with pytest.raises(ValueError, match=f"'{name}' is missing from `settings`"):
            xorlab.Settings.from_dict({k: v for k, v in older.items() if k != name})
    with pytest.raises(ValueError, match="`settings` has an unknown entry, 'dampening'"):
        xorlab.Settings.from_dict({**content, "dampening": 0.9})


def test_the_engine_of_several_processes_is_read_as_that_of_its_steps():
    content = xorlab.Settings().to_dict() | {"engine": "several processes"}
    assert xorlab.Settings.from_dict(content).engine == "autograd"
    with pytest.raises(ValueError, match="`engine` must be"):
        xorlab.Settings(engine="several processes")


def test_what_is_left_open_is_chosen_and_a_refused_call_draws_no_seed():
    chosen = make_settings(device="cpu", seed=3)
    assert (chosen.device, chosen.engine, chosen.seed) == ("cpu", "fused", 3)
    before = torch.get_rng_state()
    with pytest.raises(ValueError, match="`lr` must be"):
        make_settings(lr=0)
    assert torch.equal(torch.get_rng_state(), before)
    make_settings()
    assert not torch.equal(torch.get_rng_state(), before)


def test_studies_and_the_command_line_offer_every_hyperparameter():
    study = xorlab.seed_study(runs=1, epochs=1, size=50, seed=1)
    assert set(HYPERPARAMETERS) < set(study.to_dict())
    for command in ("train", "study"):
        assert set(HYPERPARAMETERS) < set(vars(make_parser().parse_args([command])))
