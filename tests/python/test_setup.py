"""The set-up and the make targets, as far as nothing is installed by trying them."""

import json
import os
import re
import shutil
import subprocess

import pytest

TARGETS = {
    *("setup", "demo", "lint", "test-python", "test-js", "test-r", "check"),
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
    assert set(prerequisites) == TARGETS - {"setup", "clean", "test", "bench", "help"}


READY = r"setup: ready: R \S+ with reticulate \S+, Python \S+\n"


def test_with_nothing_to_do_the_set_up_calls_nothing_that_installs_and_starts_r_once(
    root, tmp_path
):
    if not (root / ".dev" / "venv" / "installed").exists():
        pytest.skip("the set-up was not used here")
    calls = tmp_path / "calls"
    calls.touch()
    for name in ("apt-get", "sudo", "npm", "R", "Rscript"):
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
    shutil.copy(root / "package.json", tmp_path)
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


def tools_stand_in(folder):
    """A browser and the other tools, R, and an npm that writes down how it was called."""
    tools = ("checkbashisms", "chromedriver", "chromium", "pandoc", "qpdf", "tidy", "node")
    for name in tools:
        command(folder, name, "exit 0")
    command(folder, "npm", 'echo "$@" >>npm-calls; [ ! -e no-index ]')
    command(folder, "Rscript", "echo R 4")


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


def test_the_demo_needs_no_browser_and_no_npm(bare):
    python_stand_in(bare)
    command(bare, "Rscript", "echo R 4")
    assert "chromium" in stopped(bare)
    done = set_up(bare, "demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert not (bare / ".dev" / "node").exists()
    assert "requirements-demo.txt" in (bare / "pip-calls").read_text()
    assert "requirements.txt" not in (bare / "pip-calls").read_text()


def test_a_set_up_cut_short_is_repaired_by_running_it_again(bare):
    tools_stand_in(bare)
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
    plan, *cost, doing, npm, ready = told.stdout.splitlines()
    assert plan.startswith("setup: to be installed: Python packages")
    assert plan.endswith("; npm packages (biome, axe-core)")
    assert any(re.search(r"to download, .* on disk and \d+ min", line) for line in cost)
    assert doing == "setup: installing Python packages into .dev/venv"
    assert npm == "setup: installing npm packages into .dev/node"
    assert ready == "setup: ready: R 4, Python 3"
    for level in ([], ["demo"]):  # what one run repaired, the next ones leave alone
        done = set_up(bare, *level)
        assert (done.returncode, done.stderr, done.stdout) == (0, "", ready + "\n")


def test_npm_packages_are_installed_where_they_are_missing_or_changed(bare):
    tools_stand_in(bare)
    python_stand_in(bare)
    set_up(bare)
    assert (bare / ".dev" / "node" / "package.json").read_text() == (
        (bare / "package.json").read_text()
    )
    assert set_up(bare).stdout == "setup: ready: R 4, Python 3\n"
    (bare / "package.json").write_text("{}")
    assert "installing npm packages" in set_up(bare).stdout
    (bare / "package.json").write_text('{"private": true}')
    (bare / "no-index").touch()
    done = set_up(bare)
    assert done.stderr == (
        "setup: stopped: npm packages could not be had: see .dev/setup.log, then run this again\n"
    )
    (bare / "no-index").unlink()
    assert "installing npm packages" in set_up(bare).stdout
    calls = (bare / "npm-calls").read_text().splitlines()
    assert len(calls) == 4
    assert all(call.startswith("install --prefix ") for call in calls)


def test_without_npm_or_with_an_old_node_the_set_up_says_what_to_install(bare):
    tools_stand_in(bare)
    python_stand_in(bare)
    wanted = "install Node.js 18 or newer with npm, then run this again\n"
    command(bare, "node", "exit 1")
    assert stopped(bare) == f"setup: stopped: Node.js is too old: {wanted}"
    (bare / "bin" / "npm").unlink()
    assert stopped(bare) == f"setup: stopped: npm is missing: {wanted}"


def test_npm_packages_have_exact_versions(root):
    packages = json.loads((root / "package.json").read_text())
    wanted = packages["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert not list(root.glob("*lock*.json"))
