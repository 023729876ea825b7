"""The command line in processes of its own, as a shell runs it."""

import os
import pickle
import re
import select
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
import xorlab

fcntl = pytest.importorskip("fcntl")  # terminals of Unix
pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")


def test_it_runs_as_a_module_without_a_warning(in_a_new_process, tmp_path):
    done = in_a_new_process(
        "-m", "xorlab", "train", "--epochs", "2", "--quiet", "--plot", "b.png", cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("Boundary in b.png\n")
    assert (tmp_path / "b.png").stat().st_size > 10_000


def test_a_bad_number_in_a_process_of_its_own_is_code_2_without_a_traceback(in_a_new_process):
    done = in_a_new_process("-m", "xorlab", "train", "--epochs", "many")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("xorlab train: error: --epochs must be a whole number")
    assert done.stderr.count("\n") == 1


def test_a_pickle_that_would_run_code_is_one_line_too(in_a_new_process, tmp_path):
    (tmp_path / "evil.pkl").write_bytes(pickle.dumps(print, protocol=4))
    done = in_a_new_process("-m", "xorlab", "eval", "evil.pkl", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("xorlab eval: error: 'evil.pkl' is not a saved fit")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [["study", "--runs", "3"], ["train"]])
def test_a_reader_that_went_away_loses_nothing(command, tmp_path):
    script = [sys.executable, "-m", "xorlab", *command, "--epochs", "2", "--out", "kept", "--quiet"]
    env = {**os.environ, "PYTHONPATH": str(Path(xorlab.__file__).parents[1])}
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as nobody:
        subprocess.run(script, stdout=nobody, stderr=subprocess.DEVNULL, cwd=tmp_path, env=env)
    assert (tmp_path / "kept").stat().st_size > 100


def read_until(terminal, words, seconds=600):
    """What a terminal shows up to these words, or all of it where the program ends first."""
    shown, deadline = "", time.monotonic() + seconds
    while words not in shown and time.monotonic() < deadline:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
        shown += piece.decode()
    return shown


@pytest.fixture
def heard_ctrl_c():
    """Programs hear Ctrl-C even where the tests run in the background of a shell, which do not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard_ctrl_c")
def test_ctrl_c_during_training_in_a_terminal_is_130_and_one_line(root, tmp_path):
    terminal, other_end = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", 24, 80, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "xorlab", "train", "--epochs", "1000000", "--out", "fit.pt"],
        env={**os.environ, "PYTHONPATH": str(root / "python")},
        cwd=tmp_path,
        stderr=other_end,
        stdout=subprocess.PIPE,
    )
    os.close(other_end)
    try:
        shown = read_until(terminal, "?epoch/s") + read_until(terminal, "epoch/s")
        assert "Epochs:" in shown
        process.send_signal(signal.SIGINT)
        shown = read_until(terminal, "fit.pt")
        assert process.wait(timeout=600) == 130
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        os.close(terminal)
    line = shown.splitlines()[-1].strip()
    said = re.fullmatch(
        r"xorlab: interrupted after (\d+) of 1000000 epochs; the fit so far is in fit\.pt", line
    )
    assert "Traceback" not in shown
    assert [path.name for path in tmp_path.iterdir()] == ["fit.pt"]
    assert len(xorlab.load_xor(tmp_path / "fit.pt").history) == int(said[1])
