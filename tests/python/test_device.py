import re
from threading import Event, Thread

import pytest
import torch
import xorlab
from threadpoolctl import ThreadpoolController, threadpool_limits
from torch import nn
from xorlab import device
from xorlab.device import available_devices, one_thread
from xorlab.training import fused


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


def blas_threads():
    return {lib["num_threads"] for lib in ThreadpoolController().select(user_api="blas").info()}


@pytest.fixture
def three_threads():
    """torch and numpy's BLAS on three threads each, in this Python thread."""
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    with threadpool_limits(3, user_api="blas"):
        if blas_threads() != {3}:
            pytest.skip("the threads of this numpy's BLAS cannot be set")
        yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("three_threads")
def test_one_thread_is_also_that_of_numpys_blas_and_may_be_nested():
    with one_thread():
        with one_thread():
            assert (torch.get_num_threads(), blas_threads()) == (1, {1})
        assert (torch.get_num_threads(), blas_threads()) == (1, {1})
    assert (torch.get_num_threads(), blas_threads()) == (3, {3})


def in_a_thread(work):
    """Run `work` in a Python thread of its own; what it returned."""
    found = []
    thread = Thread(target=lambda: found.append(work()))
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.usefixtures("three_threads")
def test_one_thread_holds_for_each_python_thread_until_it_leaves_it_itself():
    entered, leave = Event(), Event()
    seen = []

    def other():
        with one_thread():
            entered.set()
            leave.wait()
            seen.append((torch.get_num_threads(), blas_threads()))
        seen.append((torch.get_num_threads(), blas_threads()))

    thread = Thread(target=other)
    try:
        with one_thread():  # the first to come in, and the first to leave
            thread.start()
            entered.wait()
        left = torch.get_num_threads(), blas_threads()
    finally:
        leave.set()
        thread.join()
    assert left == (3, {1})
    assert seen == [(1, {1}), (3, {3})]
    assert in_a_thread(torch.get_num_threads) == 3  # that of Python threads to come


@pytest.mark.usefixtures("three_threads")
def test_one_thread_holds_where_another_python_thread_set_the_limit_before():
    def limited():
        with one_thread():
            return blas_threads()

    assert in_a_thread(limited) == {1}  # the fixture's limit is the main thread's
    assert blas_threads() == {3}


@pytest.mark.usefixtures("three_threads")
def test_fits_studies_and_predictions_compute_on_one_thread(monkeypatch):
    seen = []

    def noting(real):
        def noted(*args, **kwargs):
            seen.append((torch.get_num_threads(), blas_threads()))
            return real(*args, **kwargs)

        return noted

    monkeypatch.setattr(fused.FusedNets, "by_batch", noting(fused.FusedNets.by_batch))
    monkeypatch.setattr(xorlab.SimpleClassifier, "forward", noting(xorlab.SimpleClassifier.forward))
    data = xorlab.XORDataset(50, seed=1)
    fit = xorlab.train_xor(data, epochs=2, seed=1)
    calls = [
        lambda: xorlab.train_xor(data, epochs=2, seed=1),
        lambda: xorlab.train_xor(data, epochs=2, seed=1, engine="autograd"),
        lambda: xorlab.seed_study(runs=3, epochs=2, size=50, seed=1),
        lambda: fit.predict(data.data),
        lambda: fit.evaluate(data),
        fit.boundary,
        lambda: xorlab.eval_model(fit.model, [(data.data, data.label)]),
        lambda: xorlab.diagnose_xor(fit),
        lambda: xorlab.boundary(fit.model, [0, 1], [0, 1]),
        lambda: xorlab.lost_corners(fit.model),
    ]
    for call in calls:
        seen.clear()
        call()
        assert set(map(str, seen)) == {"(1, {1})"}
    assert (torch.get_num_threads(), blas_threads()) == (3, {3})


def test_ctrl_c_on_the_way_into_the_limits_leaves_none_behind(monkeypatch):
    limits, before = device._limits, torch.get_num_threads()
    for name in ("count", "blas_count"):
        assert getattr(limits, name) == 0
    lock, calls = limits.lock, []

    class Once:
        def __enter__(self):
            calls.append(1)
            if len(calls) == 1:
                raise KeyboardInterrupt
            return lock.__enter__()

        def __exit__(self, *error):
            return lock.__exit__(*error)

    monkeypatch.setattr(limits, "lock", Once())
    with pytest.raises(KeyboardInterrupt), device.one_thread():
        pass
    assert (limits.count, limits.blas_count) == (0, 0)
    assert torch.get_num_threads() == before
