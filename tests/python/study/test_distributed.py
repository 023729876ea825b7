"""Jobs of several processes, started by torchrun on this machine."""

import os
import pickle
import re
import subprocess
import sys

import numpy as np
import pytest
import xorlab
from torch.distributed import HashStore
from xorlab.study import distributed

NET = ["--epochs", "5", "--lr", "0.5", "--quiet"]


@pytest.fixture
def torchrun(root, tmp_path):
    def run(processes, *args):
        env = {**os.environ, "PYTHONPATH": str(root / "python"), "OMP_NUM_THREADS": "1"}
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "torch.distributed.run",
                "--standalone",
                f"--nproc-per-node={processes}",
                *map(str, args),
            ],
            env=env,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    return run


@pytest.mark.parametrize("processes", [2, 3])
def test_a_study_gives_exactly_the_table_of_one_process(torchrun, tmp_path, processes):
    done = torchrun(
        processes, "-m", "xorlab", "study", "--runs", 7, "--seed", 3, *NET, "--out", "study.csv"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Study of 7 nets\n")
    assert done.stdout.count("Study") == 1  # one process speaks for all
    xorlab.seed_study(runs=7, epochs=5, lr=0.5, seed=3).save(tmp_path / "alone.csv")
    assert (tmp_path / "study.csv").read_bytes() == (tmp_path / "alone.csv").read_bytes()


def test_ctrl_c_keeps_what_each_process_has_finished(torchrun, tmp_path):
    script = tmp_path / "interrupted.py"
    script.write_text(
        "import sys\n"
        "from xorlab.study import sweep\n"
        "from xorlab.__main__ import main\n"
        "real, calls = sweep.run_stack, []\n"
        "def run_stack(*args):\n"
        "    calls.append(1)\n"
        "    if len(calls) > 2:\n"
        "        raise KeyboardInterrupt\n"
        "    return real(*args)\n"
        "sweep.STACK, sweep.workers, sweep.run_stack = 1, lambda: 1, run_stack\n"
        "code = main()\n"
        "print('code', code, flush=True)\n"
    )
    done = torchrun(
        2, script, "study", "--runs", 9, "--seed", 3, "--epochs", 1, "--quiet", "--out", "study.csv"
    )
    assert sorted(re.findall(r"code \d+", done.stdout)) == ["code 0", "code 130"], done.stderr
    assert "xorlab: interrupted after 4 of 9 nets" in done.stderr
    kept = xorlab.read_study(tmp_path / "study.csv")
    assert [run.seed for _, run in kept.rows] == [3, 4, 5, 6]
    assert kept.planned == 9


def test_more_processes_than_nets_give_the_table_too(torchrun, tmp_path):
    done = torchrun(
        3, "-m", "xorlab", "study", "--runs", 2, "--seed", 3, *NET, "--out", "study.csv"
    )
    assert done.returncode == 0, done.stderr
    alone = xorlab.seed_study(runs=2, epochs=5, lr=0.5, seed=3)
    assert xorlab.read_study(tmp_path / "study.csv").rows == alone.rows


def test_a_study_makes_no_group_of_torchs_whose_end_may_hang(torchrun, tmp_path):
    script = tmp_path / "without.py"
    script.write_text(
        "import sys, torch\n"
        "from xorlab.__main__ import main\n"
        "torch.distributed.init_process_group = None\n"
        "sys.exit(main())\n"
    )
    done = torchrun(3, script, "study", "--runs", 4, "--seed", 3, *NET, "--out", "study.csv")
    assert done.returncode == 0, done.stderr
    assert len(xorlab.read_study(tmp_path / "study.csv")) == 4


@pytest.mark.parametrize("value", [[], list(range(100)), "x" * 64])
def test_what_processes_tell_each_other_goes_in_pieces(monkeypatch, value):
    monkeypatch.setattr(distributed, "_PIECE", 16)
    store = HashStore()
    distributed.tell(store, "name", value)
    assert distributed.hear(store, "name") == value
    assert int(store.get("name: pieces")) == -(-len(pickle.dumps(value)) // 16)


def test_ctrl_c_while_processes_tell_each_other_loses_nothing(torchrun, tmp_path):
    script = tmp_path / "pressed.py"
    script.write_text(
        "from xorlab.study import distributed\n"
        "pressed = []\n"
        "def late(real):\n"
        "    def call(store, name, *value):\n"
        "        result = real(store, name, *value)\n"
        "        if not pressed and ' of ' in name:\n"
        "            pressed.append(name)\n"
        "            raise KeyboardInterrupt\n"
        "        return result\n"
        "    return call\n"
        "distributed.tell, distributed.hear = late(distributed.tell), late(distributed.hear)\n"
        "with distributed.joined('cpu') as group:\n"
        "    assert group.agree(group.rank) == 0\n"
        "    assert group.gather([group.rank]) == ([0, 1, 2] if group.leads else [])\n"
        "    assert len(pressed) == 1\n"
    )
    done = torchrun(3, script)
    assert done.returncode == 0, done.stderr


def test_a_job_that_is_started_anew_hears_nothing_of_the_first_try(torchrun, tmp_path):
    script = tmp_path / "anew.py"
    script.write_text(
        "import os, sys\n"
        "from xorlab.study.distributed import joined\n"
        "trial = int(os.environ['TORCHELASTIC_RESTART_COUNT'])\n"
        "with joined('cpu') as group:\n"
        "    assert group.agree(trial) == trial\n"
        "    got = group.gather([(trial, group.rank)])\n"
        "    assert got == ([(trial, 0), (trial, 1)] if group.leads else [])\n"
        "sys.exit(7 if group.leads and not trial else 0)\n"
    )
    done = torchrun(2, "--max-restarts=1", script)
    assert done.returncode == 0, done.stderr


def test_nets_and_points_are_shared_out(torchrun, tmp_path):
    script = tmp_path / "counting.py"
    script.write_text(
        "import torch\n"
        "from xorlab.study import distributed, sweep\n"
        "from xorlab.study.cell import check_cell\n"
        "from xorlab.data.dataset import XORDataset\n"
        "from xorlab.settings import make_settings\n"
        "trained, seen = [], []\n"
        "real = sweep.run_stack\n"
        "def counted(cell, seeds, *rest):\n"
        "    trained.extend(seeds)\n"
        "    return real(cell, seeds, *rest)\n"
        "sweep.run_stack = counted\n"
        "cell = check_cell(2, 'tanh', 0.1, 0.1, 50, 1, 16)\n"
        "settings = make_settings(2, 'tanh', 1, 0.1, 16, 'cpu', 1, 'auto')\n"
        "with distributed.joined('cpu') as group:\n"
        "    distributed.study_split(group, cell, range(7), False)\n"
        "    real_paired = distributed.paired\n"
        "    def paired(outputs, labels):\n"
        "        seen.append(len(labels))\n"
        "        return real_paired(outputs, labels)\n"
        "    distributed.paired = paired\n"
        "    distributed.train_split(group, XORDataset(48, seed=1), settings, False)\n"
        "    assert sorted(trained) == list(range(7))[group.rank :: 3], trained\n"
        "    assert len(seen) == 3 and max(seen) <= 6, seen\n"
    )
    done = torchrun(3, script)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("processes", [2, 3])
def test_one_net_on_split_data_agrees_with_one_process(torchrun, tmp_path, processes):
    size = 2 * 128 + 1  # the last batch has fewer points than there are processes
    done = torchrun(
        processes, "-m", "xorlab", "train", "--size", size, "--seed", 3, *NET, "--out", "fit.pt"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Accuracy of the model") == 1
    split = xorlab.load_xor(tmp_path / "fit.pt")
    data = xorlab.XORDataset(size, seed=3)
    alone = xorlab.train_xor(data, epochs=5, lr=0.5, seed=3, engine="autograd")
    for name, weights in alone.weights().items():
        assert np.allclose(split.weights()[name], weights, rtol=0, atol=1e-5)
    assert split.history.loss == pytest.approx(alone.history.loss, abs=1e-5)
    assert split.history.accuracy == alone.history.accuracy
    with pytest.raises(ValueError, match="must be trained by one process to be shown"):
        xorlab.show_code(split)
    with pytest.raises(ValueError, match="must be a fit of one process"):
        xorlab.train_xor(resume=split, epochs=9)


@pytest.mark.parametrize("command", ["study", "train"])
def test_a_process_that_dies_ends_the_job_with_an_error_and_no_file(torchrun, tmp_path, command):
    script = tmp_path / "dying.py"
    script.write_text(
        "import os, sys\n"
        "from xorlab.study import distributed\n"
        "from xorlab.__main__ import main\n"
        "def die(*_):\n"
        "    os._exit(7)\n"
        "if os.environ['RANK'] == '1':\n"
        "    distributed.run_tasks = distributed.split_epoch = die\n"
        "sys.exit(main())\n"
    )
    done = torchrun(2, script, command, "--seed", 3, *NET, "--out", "result")
    assert done.returncode != 0
    assert "exitcode" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dying.py"]


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="threads are counted by Linux")
def test_no_thread_of_the_group_is_left_to_meet_the_end_of_the_interpreter(torchrun, tmp_path):
    script = tmp_path / "counting.py"
    script.write_text(
        "import os\n"
        "from xorlab import train_xor\n"
        "from xorlab.study import distributed\n"
        "from xorlab.data.dataset import XORDataset\n"
        "from xorlab.settings import make_settings\n"
        "def threads():\n"
        "    return len(os.listdir('/proc/self/task'))\n"
        "train_xor(epochs=1, seed=1, engine='autograd')  # which may start some of torch's own\n"
        "before, during, real = threads(), [], distributed.split_epoch\n"
        "def split_epoch(*args):\n"
        "    during.append(threads())\n"
        "    return real(*args)\n"
        "distributed.split_epoch = split_epoch\n"
        "settings = make_settings(2, 'tanh', 1, 0.1, 128, 'cpu', 1, 'auto')\n"
        "with distributed.joined('cpu') as group:\n"
        "    distributed.train_split(group, XORDataset(9, seed=1), settings, False)\n"
        "assert threads() == before < min(during)\n"
    )
    done = torchrun(2, script)
    assert done.returncode == 0, done.stderr


def test_an_engine_of_one_process_is_refused(torchrun, tmp_path):
    done = torchrun(2, "-m", "xorlab", "train", "--engine", "fused", *NET, "--out", "fit.pt")
    assert done.returncode != 0
    assert "--engine must be 'auto' or 'autograd' where several" in done.stderr
    assert not (tmp_path / "fit.pt").exists()


def test_bad_input_is_known_to_every_process(torchrun):
    done = torchrun(2, "-m", "xorlab", "study", "--runs", 0)
    assert done.returncode != 0
    assert "--runs must be a whole number" in done.stderr
