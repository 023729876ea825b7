import re

import pytest
import torch
import xorlab
from torch import nn
from xorlab.device import available_devices, one_thread


@pytest.fixture
def machine(monkeypatch):
    """Pretend that the machine has so many GPUs of each kind."""

    def pretend(cuda=0, mps=False):
        monkeypatch.setattr(torch.cuda, "device_count", lambda: cuda)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)

    return pretend


@pytest.mark.parametrize(
    ("cuda", "mps", "chosen"),
    [(0, False, "cpu"), (0, True, "mps"), (2, False, "cuda:0"), (1, True, "cuda:0")],
)
def test_auto_takes_cuda_then_mps_then_the_cpu(machine, cuda, mps, chosen):
    machine(cuda, mps)
    assert xorlab.get_device() == xorlab.get_device("auto") == torch.device(chosen)


def test_a_device_is_asked_for_by_name_or_as_torchs_own(machine):
    machine(cuda=2)
    assert xorlab.get_device("cpu") == xorlab.get_device(torch.device("cpu")) == torch.device("cpu")
    assert xorlab.get_device("cuda") == torch.device("cuda")
    assert xorlab.get_device("cuda:1") == torch.device("cuda", 1)


@pytest.mark.parametrize("absent", ["cuda", "cuda:3", "mps", torch.device("cuda:3")])
def test_an_absent_device_is_answered_with_those_that_are_there(machine, absent):
    machine()
    with pytest.raises(ValueError, match="is not on this machine, which has cpu") as caught:
        xorlab.get_device(absent)
    assert str(caught.value).startswith(f"`device` {str(absent)!r}")
    machine(cuda=2, mps=True)
    with pytest.raises(ValueError, match="which has cuda:0, cuda:1, mps, cpu"):
        xorlab.get_device("cuda:2")


@pytest.mark.parametrize("bad", ["gpu", "", "CPU", "meta", "cuda:-1", "cuda:a", None, 0, True, []])
def test_an_unknown_device_is_answered_with_the_known_names(bad):
    must = "`device` must be 'auto', 'cpu', 'cuda' or 'mps', not " + re.escape(repr(bad))
    with pytest.raises((TypeError, ValueError), match=must):
        xorlab.get_device(bad)
    with pytest.raises((TypeError, ValueError), match=must):
        xorlab.train_xor(device=bad)


def test_the_cpu_is_always_there_and_comes_last():
    assert available_devices()[-1] == "cpu"


def test_a_module_is_where_its_parameters_are():
    assert xorlab.module_device(nn.Linear(2, 1, device="meta")) == torch.device("meta")
    assert xorlab.module_device(nn.Tanh()) == torch.device("cpu")
    with pytest.raises(TypeError, match=r"`model` must be a torch\.nn\.Module, not a str"):
        xorlab.module_device("model")


@pytest.mark.parametrize("fails", [False, True])
def test_one_thread_gives_the_callers_setting_back_even_on_error(fails):
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        with one_thread():
            assert torch.get_num_threads() == 1
            if fails:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert torch.get_num_threads() == 2
    torch.set_num_threads(before)


def test_training_gives_the_threads_back_when_it_fails():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    data = xorlab.XORDataset(100, seed=1)
    with pytest.raises(xorlab.NonFiniteLossError):
        xorlab.train_xor(data, activation="identity", hidden=[8, 8, 8], lr=1e20, seed=1)
    assert torch.get_num_threads() == 2
    torch.set_num_threads(before)
