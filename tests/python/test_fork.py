"""Forked processes: torch's pool of threads does not survive a fork."""

import os

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")

# The parent computes on two threads first. Its children have a minute together, and are then ended:
# one that waits for threads that are not there is a failure, not a test that never ends.
SCRIPT = """
import multiprocessing, os, time, warnings
warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside other threads
import matplotlib
matplotlib.use("Agg")
import torch, xorlab

def threads():
    tasks = "/proc/self/task"
    return len(os.listdir(tasks)) if os.path.isdir(tasks) else None

torch.set_num_threads(2)
fit = xorlab.train_xor(epochs=2, seed=1, snapshots=[0, 1, 2])
points = torch.rand(200_000, 2)
before = threads()
torch.zeros(10**6).add_(1)
assert before is None or threads() > before

def train(**options):
    return xorlab.train_xor(xorlab.XORDataset(50_000, seed=1), epochs=1, seed=1, **options)

def train_model():
    model = torch.nn.Linear(2, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = [(points, torch.ones(len(points)))]
    xorlab.train_model(model, optimizer, loader, torch.nn.BCEWithLogitsLoss(), 1)

def save_and_load():
    fit.save("fit.pt")
    xorlab.load_xor("fit.pt").predict(points)

def torch_alone():
    torch.zeros(10**6).add_(1)
    assert torch.get_num_threads() == 1

verbs = {
    "torch alone": torch_alone,
    "predict": lambda: fit.predict(points),
    "evaluate": lambda: fit.evaluate(xorlab.XORDataset(100_000, seed=2)),
    "boundary": fit.boundary,
    "diagnose": lambda: xorlab.diagnose_xor(fit),
    "train by formula": train,
    "train by autograd": lambda: train(engine="autograd", batch_size=50_000),
    "train_model": train_model,
    "study": lambda: xorlab.seed_study(runs=40, epochs=1, seed=1),
    "save and load": save_and_load,
    "plot": lambda: xorlab.plot_fit(fit),
    "animate": lambda: xorlab.animate_xor(fit),
}
fork = multiprocessing.get_context("fork")
children = {name: fork.Process(target=verb) for name, verb in verbs.items()}
for child in children.values():
    child.start()
deadline = time.monotonic() + 300
for child in children.values():
    child.join(max(0, deadline - time.monotonic()))
    child.kill()
    child.join()
failed = [name for name, child in children.items() if child.exitcode != 0]
assert not failed, failed
assert torch.get_num_threads() == 2
"""


def test_every_verb_works_in_a_fork_of_a_process_that_used_several_threads(
    in_a_new_process, tmp_path
):
    done = in_a_new_process("-c", SCRIPT, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
