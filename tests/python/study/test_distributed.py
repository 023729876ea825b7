"""Jobs of several processes, started by torchrun on this machine."""

import os
import pickle
import re
import subprocess
import sys

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


def test_a_study_gives_exactly_the_table_of_one_process(torchrun, tmp_path):
    done = torchrun(
        3, "-m", "xorlab", "study", "--runs", 7, "--seed", 3, *NET, "--out", "study.csv"
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
        "from xorlab.study import nets\n"
        "from xorlab.__main__ import main\n"
        "real, calls = nets.run_stack, []\n"
        "def run_stack(*args):\n"
        "    calls.append(1)\n"
        "    if len(calls) > 2:\n"
        "        raise KeyboardInterrupt\n"
        "    return real(*args)\n"
        "nets.STACK, nets.workers, nets.run_stack = 1, lambda: 1, run_stack\n"
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


def test_more_processes_than_nets_give_the_table_without_a_group_of_torchs_whose_end_may_hang(
    torchrun, tmp_path
):
    script = tmp_path / "without.py"
    script.write_text(
        "import sys, torch\n"
        "from xorlab.__main__ import main\n"
        "torch.distributed.init_process_group = None\n"
        "sys.exit(main())\n"
    )
    done = torchrun(3, script, "study", "--runs", 2, "--seed", 3, *NET, "--out", "study.csv")
    assert done.returncode == 0, done.stderr
    alone = xorlab.seed_study(runs=2, epochs=5, lr=0.5, seed=3)
    assert xorlab.read_study(tmp_path / "study.csv").rows == alone.rows


@pytest.mark.parametrize("value", [[], list(range(100)), "x" * 64])
def test_what_processes_tell_each_other_goes_in_pieces(monkeypatch, value):
    monkeypatch.setattr(distributed, "_PIECE", 16)
    store = HashStore()
    distributed.send(store, "name", value)
    assert distributed.receive(store, "name") == value
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
        "for name in ('send', 'receive'):\n"
        "    setattr(distributed, name, late(getattr(distributed, name)))\n"
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


def test_nets_are_shared_out(torchrun, tmp_path):
    script = tmp_path / "counting.py"
    script.write_text(
        "from xorlab import Settings\n"
        "from xorlab.study import distributed, nets\n"
        "from xorlab.study.config import Config\n"
        "trained, real = [], nets.run_stack\n"
        "def counted(config, seeds, *rest):\n"
        "    trained.extend(seeds)\n"
        "    return real(config, seeds, *rest)\n"
        "nets.run_stack = counted\n"
        "config = Config(Settings(hidden=2, epochs=1, batch_size=16), 50, 0.1)\n"
        "with distributed.joined('cpu') as group:\n"
        "    distributed.study_split(group, config, range(7), False)\n"
        "    assert sorted(trained) == list(range(7))[group.rank :: 2], trained\n"
    )
    done = torchrun(2, script)
    assert done.returncode == 0, done.stderr


def test_one_net_is_not_trained_by_several_processes(torchrun, tmp_path):
    done = torchrun(2, "-m", "xorlab", "train", *NET, "--out", "fit.pt")
    assert done.returncode != 0
    assert "One net is trained by one process: torchrun is for `xorlab study`." in done.stderr
    assert not (tmp_path / "fit.pt").exists()


def test_a_process_that_dies_ends_the_job_with_an_error_and_no_file(torchrun, tmp_path):
    script = tmp_path / "dying.py"
    script.write_text(
        "import os, sys\n"
        "from xorlab.study import distributed\n"
        "from xorlab.__main__ import main\n"
        "def die(*_):\n"
        "    os._exit(7)\n"
        "if os.environ['RANK'] == '1':\n"
        "    distributed.run_nets = die\n"
        "sys.exit(main())\n"
    )
    done = torchrun(2, script, "study", "--seed", 3, *NET, "--out", "result")
    assert done.returncode != 0
    assert "exitcode" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dying.py"]


def test_bad_input_is_known_to_every_process(torchrun):
    done = torchrun(2, "-m", "xorlab", "study", "--runs", 0)
    assert done.returncode != 0
    assert "--runs must be a whole number" in done.stderr
