"""The set-up and the make targets, as far as nothing is installed by trying them."""

import os
import re
import shutil
import subprocess
import time

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


def test_with_nothing_to_do_the_set_up_is_one_line_and_takes_seconds(root):
    if not (root / ".dev" / "venv" / "installed").exists():
        pytest.skip("the set-up was not used here")
    started = time.monotonic()
    done = run(["tools/setup.sh"], root)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"setup: ready: R \S+ with reticulate \S+, Python \S+\n", done.stdout)
    assert time.monotonic() - started < 30


@pytest.fixture
def bare(root, tmp_path):
    """A copy of the set-up, and a PATH without R and without apt."""
    if os.name != "posix":
        pytest.skip("a shell script")
    shutil.copytree(root / "tools", tmp_path / "tools")
    commands = tmp_path / "bin"
    commands.mkdir()
    needed = "bash dirname id mkdir cat grep tail rm cp touch cksum"
    for name in needed.split():
        (commands / name).symlink_to(shutil.which(name))
    return tmp_path


def command(folder, name, *lines):
    """A command that the set-up finds, written for a test."""
    (folder / "bin" / name).write_text("\n".join(["#!/bin/bash", *lines, ""]))
    (folder / "bin" / name).chmod(0o755)


def stopped(folder):
    done = run(["tools/setup.sh"], folder, PATH=str(folder / "bin"))
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


def test_without_r_and_apt_the_set_up_says_in_one_line_what_to_install(bare):
    said = stopped(bare)
    assert said == "setup: stopped: R is missing: install R 4.1 or newer, then run this again\n"


@pytest.mark.parametrize("script", ["exit 3", 'case "$*" in *4.1*) exit 1;; esac'])
def test_an_r_that_fails_or_is_too_old_is_named(bare, script):
    command(bare, "Rscript", script)
    said = stopped(bare)
    assert re.fullmatch(
        r"setup: stopped: R .* install R 4\.1 or newer, then run this again\n", said
    )


def test_a_set_up_cut_short_is_repaired_by_running_it_again(bare):
    for name in ("Rscript", "checkbashisms", "chromedriver", "chromium"):
        command(bare, name, "exit 0")
    command(
        bare,
        "python3",
        'case "$2" in',
        '  venv) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;',
        "  pip) [ ! -e no-index ] ;;",
        "esac",
    )
    (bare / "no-index").touch()
    done = run(["tools/setup.sh"], bare, PATH=str(bare / "bin"))
    assert done.returncode == 1
    assert done.stderr == (
        "setup: stopped: Python packages could not be had: see .dev/setup.log, "
        "then run this again\n"
    )
    (bare / "no-index").unlink()
    told = [
        "setup: making a virtual environment in .dev/venv",
        "setup: installing torch and the tools for tests into .dev/venv (minutes, the first time)",
        "setup: ready: , ",
    ]
    for lines in (told, told[-1:]):  # what one run repaired, the next one leaves alone
        done = run(["tools/setup.sh"], bare, PATH=str(bare / "bin"))
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines() == lines
