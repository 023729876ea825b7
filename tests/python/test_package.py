import doctest
import importlib
import inspect
import pkgutil
import re
import shutil
import subprocess
import sys

import pytest
import xorlab

MODULES = [f"xorlab.{found.name}" for found in pkgutil.iter_modules(xorlab.__path__)]
PUBLIC = {name: getattr(xorlab, name) for name in xorlab.__all__ if name != "__version__"}


def requirements(text):
    """The quoted requirements in a piece of TOML or R."""
    return re.findall(r'"([^"]+)"', text)


@pytest.mark.parametrize("module", ["xorlab", *MODULES])
def test_the_examples_of_every_docstring_run(module):
    found = importlib.import_module(module)
    result = doctest.testmod(found, optionflags=doctest.NORMALIZE_WHITESPACE, report=True)
    assert result.failed == 0


def test_there_are_examples_to_run():
    finder = doctest.DocTestFinder()
    tests = [test for module in MODULES for test in finder.find(importlib.import_module(module))]
    assert sum(bool(test.examples) for test in tests) >= 15


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_documented_and_every_function_has_an_example(name):
    doc = inspect.getdoc(PUBLIC[name])
    assert doc
    if inspect.isfunction(PUBLIC[name]):
        assert "Examples\n--------\n>>> " in doc


@pytest.mark.parametrize("name", [name for name in PUBLIC if inspect.isclass(PUBLIC[name])])
def test_every_public_method_is_documented(name):
    for key, member in vars(PUBLIC[name]).items():
        own = inspect.isfunction(member) or isinstance(member, property | classmethod)
        if own and not key.startswith("_"):
            assert inspect.getdoc(member), f"{name}.{key}"


def test_the_public_names_are_in_order_and_there():
    assert xorlab.__all__ == sorted(xorlab.__all__)
    assert set(xorlab.__all__) <= set(dir(xorlab))


def test_importing_does_no_work_and_no_pictures(in_a_new_process):
    done = in_a_new_process(
        "-c",
        "import sys, torch\n"
        "before = torch.get_rng_state(), torch.get_num_threads()\n"
        "import xorlab, xorlab.__main__\n"
        "assert torch.equal(before[0], torch.get_rng_state())\n"
        "assert before[1] == torch.get_num_threads()\n"
        "print([name for name in sys.modules if name.startswith('matplotlib')])",
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_the_version_is_that_of_the_r_package(root):
    description = (root / "DESCRIPTION").read_text()
    assert re.search(r"^Version: (.*)$", description, re.M)[1] == xorlab.__version__


def test_r_and_pip_ask_for_the_same_packages(root):
    project = (root / "pyproject.toml").read_text()
    wanted = requirements(re.search(r"^dependencies = \[([^]]*)\]", project, re.M)[1])
    assert wanted == ["torch>=2.2", "numpy>=1.26", "threadpoolctl>=3.2", "matplotlib", "tqdm"]
    r = (root / "R" / "python.R").read_text()
    in_r = [requirements(found) for found in re.findall(r'c\(("torch>=[^)]*)\)', r)]
    assert in_r
    assert all(found == wanted for found in in_r)
    python = re.search(r'^requires-python = "(.*)"$', project, re.M)[1]
    assert set(re.findall(r'versions <- "(>=[^"]*)"', r)) == {python}


def test_pip_installs_the_module_with_its_types_and_its_command(root, tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    shutil.copytree(
        root / "python", source / "python", ignore=shutil.ignore_patterns("__pycache__", "*.egg*")
    )
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(root / name, source)
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--no-compile"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", target, source]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    installed = {path.name for path in (target / "xorlab").iterdir()}
    assert installed == {
        path.name for path in (root / "python" / "xorlab").iterdir() if path.name != "__pycache__"
    }
    assert "py.typed" in installed
    assert list((target / "bin").glob("xorlab*"))  # on Windows it ends in .exe
    (metadata,) = target.glob("xorlab-*.dist-info/METADATA")
    assert f"Version: {xorlab.__version__}\n" in metadata.read_text()
