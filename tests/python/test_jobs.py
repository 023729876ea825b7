"""The jobs of the workflows, as far as nothing is installed by trying them."""

import os
import re
import subprocess
import sys

import pytest


@pytest.fixture
def workflow(root):
    return lambda name: (root / ".github" / "workflows" / f"{name}.yaml").read_text()


@pytest.fixture
def project(root):
    return (root / "pyproject.toml").read_text()


def requirements(root, versions):
    command = [sys.executable, root / "tools" / "jobs" / "requirements.py", versions]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_the_packages_of_the_jobs_are_those_that_are_promised(root, project):
    promised = re.search(r"^dependencies = \[(.*)\]$", project, re.M)[1]
    assert requirements(root, "newest") == re.findall(r'"(.*?)"', promised)
    assert requirements(root, "oldest") == [
        *("torch==2.2.*", "numpy==1.26.*", "threadpoolctl==3.2.*", "matplotlib", "tqdm"),
    ]


@pytest.mark.parametrize("name", ["python", "r"])
def test_every_job_calls_one_script_that_is_there(root, workflow, name):
    jobs = re.findall(r"^  ([a-z]+):\n(?:    .*\n|\n)+", workflow(name).split("\njobs:\n")[1], re.M)
    scripts = re.findall(r"run: bash (tools/jobs/\w+\.sh)$", workflow(name), re.M)
    assert len(scripts) == len(jobs) == workflow(name).count("run: ")
    for script in scripts:
        assert os.access(root / script, os.X_OK)


def test_the_jobs_have_every_python_that_is_named_and_the_oldest_apart(root, workflow, project):
    named = re.findall(r'Python :: (3\.\d+)"', project)
    oldest = re.search(r'^requires-python = ">=(.*)"$', project, re.M)[1]
    assert named[0] == oldest
    matrix = re.search(r"python: \[(.*)\]", workflow("python"))[1]
    assert re.findall(r'"(.*?)"', matrix) == named
    job = re.search(r"^  oldest:\n(?:    .*\n)+", workflow("python"), re.M)[0]
    assert f'python-version: "{oldest}"' in job
    assert "VERSIONS: oldest" in job
    r = re.search(r"R \(>= (.*)\)", (root / "DESCRIPTION").read_text())[1]
    assert f'r: "{r}", python: "{oldest}", versions: oldest' in workflow("r")


def test_the_linters_of_the_job_are_those_of_make_lint(root):
    def linters(text):
        return set(re.findall(r"-m ((?:ruff|mypy).*)", text))

    job = (root / "tools" / "jobs" / "lint.sh").read_text()
    assert linters(job) == linters((root / "Makefile").read_text())
