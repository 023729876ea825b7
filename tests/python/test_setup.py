"""The set-up and the make targets, as far as nothing is installed by trying them."""

import os
import re
import shutil
import subprocess

import pytest

TARGETS = {
    *("setup", "demo", "lint", "test-python", "test-r", "check"),
    *("docs", "clean", "test", "bench", "help"),
}


def run(command, folder, **env):
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, env={**os.environ, **env}
    )


def test_ci_is_make_test_and_nothing_more(root):
    lines = (root / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["exec make test"]


def test_make_help_tells_of_every_target(root):
    if not shutil.which("make"):
        pytest.skip("there is no make here")
    told = [
        line.split()[0]
        for line in run(["make", "--no-print-directory", "help"], root).stdout.splitlines()
    ]
    assert set(told) == TARGETS
    makefile = (root / "Makefile").read_text()
    assert all(re.search(rf"^{target}:", makefile, re.M) for target in TARGETS)
    prerequisites = re.search(r"^test: (.*?) ##", makefile, re.M)[1].split()
    assert set(prerequisites) == {"lint", "test-python", "test-r", "check", "demo", "docs"}


READY = r"setup: ready: R \S+ with reticulate \S+, Python \S+\n"


def test_with_nothing_to_do_the_set_up_calls_nothing_that_installs_and_starts_r_once(
    root, tmp_path
):
    if not (root / ".dev" / "venv" / "installed").exists():
        pytest.skip("the set-up was not used here")
    calls = tmp_path / "calls"
    calls.touch()
    for name in ("apt-get", "sudo", "R", "Rscript"):
        real = f'exec {shutil.which(name)} "$@"' if name == "Rscript" else "exit 1"
        command(tmp_path, name, f'echo {name} >>"{calls}"', real)
    path = os.pathsep.join([str(tmp_path / "bin"), os.environ["PATH"]])
    done = run(["tools/setup.sh"], root, PATH=path)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(READY, done.stdout)
    assert calls.read_text() == "Rscript\n"


@pytest.fixture
def bare(root, tmp_path):
    """A copy of the set-up, and a PATH without R and without apt."""
    if os.name != "posix":
        pytest.skip("a shell script")
    shutil.copytree(root / "tools", tmp_path / "tools")
    commands = tmp_path / "bin"
    commands.mkdir(exist_ok=True)
    needed = "bash dirname id mkdir cat tail rm cp touch cksum"
    for name in needed.split():
        (commands / name).symlink_to(shutil.which(name))
    return tmp_path


def command(folder, name, *lines):
    """A command that the set-up finds, written for a test."""
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "bin" / name).write_text("\n".join(["#!/bin/bash", *lines, ""]))
    (folder / "bin" / name).chmod(0o755)


def set_up(folder, *level):
    return run(["tools/setup.sh", *level], folder, PATH=str(folder / "bin"))


def stopped(folder, *level):
    done = set_up(folder, *level)
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


def python_stand_in(folder):
    """A Python that makes environments, whose pip fails as long as there is a file `no-index`."""
    command(
        folder,
        "python3",
        'case "$2" in',
        '  venv) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;',
        '  pip) echo "$@" >>pip-calls; [ ! -e no-index ]; exit ;;',
        "esac",
        '[ "$1" != --version ] || echo Python 3',
    )


def test_python_is_looked_at_first(bare):
    assert stopped(bare) == (
        "setup: stopped: there is no Python that R can load: install Python 3.10 or newer with "
        "its shared library and venv, then run this again\n"
    )
    command(bare, "python3", "exit 1")  # one that is too old
    assert "no Python that R can load" in stopped(bare)


def test_without_r_and_apt_the_set_up_says_in_one_line_what_to_install(bare):
    python_stand_in(bare)
    said = stopped(bare)
    assert said == "setup: stopped: R is missing: install R 4.1 or newer, then run this again\n"


@pytest.mark.parametrize("script", ["exit 3", 'case "$*" in *4.1*) exit 1;; esac'])
def test_an_r_that_fails_or_is_too_old_is_named(bare, script):
    python_stand_in(bare)
    command(bare, "Rscript", script)
    said = stopped(bare)
    assert re.fullmatch(
        r"setup: stopped: R .* install R 4\.1 or newer, then run this again\n", said
    )


def test_the_demo_needs_no_browser(bare):
    python_stand_in(bare)
    command(bare, "Rscript", "echo R 4")
    assert "chromium" in stopped(bare)
    done = set_up(bare, "demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert "requirements-demo.txt" in (bare / "pip-calls").read_text()
    assert "requirements.txt" not in (bare / "pip-calls").read_text()


def test_a_set_up_cut_short_is_repaired_by_running_it_again(bare):
    for name in ("checkbashisms", "chromedriver", "chromium", "pandoc", "qpdf", "tidy"):
        command(bare, name, "exit 0")
    command(bare, "Rscript", "echo R 4")
    python_stand_in(bare)
    (bare / "no-index").touch()
    done = set_up(bare)
    assert done.returncode == 1
    assert done.stderr == (
        "setup: stopped: Python packages could not be had: see .dev/setup.log, "
        "then run this again\n"
    )
    (bare / "no-index").unlink()
    told = set_up(bare)
    assert (told.returncode, told.stderr) == (0, "")
    plan, *cost, doing, ready = told.stdout.splitlines()
    assert plan.startswith("setup: to be installed: Python packages")
    assert any(re.search(r"to download, .* on disk and \d+ min", line) for line in cost)
    assert doing == "setup: installing Python packages into .dev/venv"
    assert ready == "setup: ready: R 4, Python 3"
    for level in ([], ["demo"]):  # what one run repaired, the next ones leave alone
        done = set_up(bare, *level)
        assert (done.returncode, done.stderr, done.stdout) == (0, "", ready + "\n")
