import doctest
import importlib
import inspect
import pkgutil
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path

import pytest
import xorlab

MODULES = [found.name for found in pkgutil.walk_packages(xorlab.__path__, "xorlab.")]
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


def test_importing_does_no_work_and_takes_nothing_that_is_optional(in_a_new_process):
    done = in_a_new_process(
        "-c",
        "import sys, torch\n"
        "before = torch.get_rng_state(), torch.get_num_threads()\n"
        "import xorlab, xorlab.__main__\n"
        "assert torch.equal(before[0], torch.get_rng_state())\n"
        "assert before[1] == torch.get_num_threads()\n"
        "optional = {'matplotlib', 'pandas', 'polars', 'shiny', 'sklearn', 'uvicorn'}\n"
        "print(sorted(optional & sys.modules.keys()))",
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


# What may lie about in a user's own copy of the repository.
STRAY = [".env", ".Renviron", ".vscode/settings.json", "R/.env", "python/xorlab/.env", "tests/.env"]


def files_below(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def sdist(root, tmp_path_factory):
    """The sdist, unpacked; it was made where other things lie about."""
    place = tmp_path_factory.mktemp("sdist")
    source = place / "source"
    generated = shutil.ignore_patterns(
        ".dev", ".git", ".*_cache", "__pycache__", "*.egg*", "build", "dist"
    )

    def left(folder, names):
        site = {"site"} if folder == str(root) else set()  # make docs may be writing it
        return site | generated(folder, names)

    shutil.copytree(root, source, ignore=left)
    for name in STRAY:
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).touch()
    build(f"build_sdist({str(place)!r})", source)
    with tarfile.open(next(place.glob("xorlab-*.tar.gz"))) as archive:
        archive.extractall(place, filter="data")
    return next(path for path in place.glob("xorlab-*") if path.is_dir())


@pytest.fixture(scope="module")
def wheel(sdist, tmp_path_factory):
    """The wheel, unpacked; it was made from the sdist."""
    place = tmp_path_factory.mktemp("wheel")
    build(f"build_wheel({str(place)!r})", sdist)
    with zipfile.ZipFile(next(place.glob("*.whl"))) as archive:
        archive.extractall(place / "unpacked")
    return place / "unpacked"


def build(call, source):
    command = [sys.executable, "-c", f"from setuptools import build_meta; build_meta.{call}"]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert "Deprecat" not in done.stdout + done.stderr


def test_the_sdist_has_the_tests_and_what_they_read_and_nothing_of_the_users(root, sdist):
    held = files_below(sdist)
    assert not {str(Path(name)) for name in STRAY} & held
    for folder in ("R", "tests", "tools", "vignettes", "benchmarks"):
        there = {
            str(Path(folder, name))
            for name in files_below(root / folder)
            if Path(name).suffix in (".py", ".R", ".Rmd", ".sh", ".md", ".txt", ".mjs")
        }
        assert there <= held
    wanted = {".ci/run", "DESCRIPTION", "Makefile", "biome.json", "package.json"}
    assert wanted <= {Path(name).as_posix() for name in held}


def module_files(root):
    """Every file of the module in the repository, below its folder."""
    held = files_below(root / "python" / "xorlab")
    return {name for name in held if Path(name).suffix != ".pyc"}


def test_the_wheel_has_the_module_and_the_license_and_nothing_else(root, wheel):
    (info,) = wheel.glob("xorlab-*.dist-info")
    assert files_below(wheel / "xorlab") == module_files(root)
    assert {path.name for path in wheel.iterdir()} == {"xorlab", info.name}
    assert "Permission is hereby granted" in (root / "LICENSE.md").read_text()
    assert (info / "licenses" / "LICENSE.md").read_text() == (root / "LICENSE.md").read_text()


def test_the_page_on_pypi_says_what_it_is_and_its_links_lead_somewhere(root, wheel):
    (info,) = wheel.glob("xorlab-*.dist-info")
    page = message_from_string((info / "METADATA").read_text(encoding="utf-8"))
    assert page["License-Expression"] == "MIT"
    assert page["Description-Content-Type"] == "text/markdown"
    assert len(page["Keywords"].split(",")) > 3
    assert not [found for found in page.get_all("Classifier") if found.startswith("License")]
    addresses = dict(found.split(", ") for found in page.get_all("Project-URL"))
    assert {"Homepage", "Source", "Issues", "Changelog"} == set(addresses)
    target = re.compile(r"\]\((?!https:)([^)]*)\)")
    in_readme = target.findall((root / "README.md").read_text(encoding="utf-8"))
    links = re.findall(r"\]\(([^)]*)\)", page.get_payload())
    links = [link for link in links if "/HEAD/" in link]
    assert len(links) == len(in_readme) > 5
    source = addresses["Source"]
    for link, path in zip(links, in_readme, strict=True):
        kind = "raw" if path.startswith("man/figures/") else "blob"
        assert link == f"{source}/{kind}/HEAD/{path}"
        assert (root / path).exists()


def test_pip_installs_the_module_with_its_types_and_its_command(root, sdist, tmp_path):
    target = tmp_path / "target"
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--no-compile"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", target, sdist]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    assert "py.typed" in files_below(target / "xorlab")
    assert list((target / "bin").glob("xorlab*"))  # on Windows it ends in .exe
    (metadata,) = target.glob("xorlab-*.dist-info/METADATA")
    assert f"Version: {xorlab.__version__}\n" in metadata.read_text(encoding="utf-8")


def test_rs_tarball_leaves_out_every_dot_file_and_what_is_pythons(root):
    patterns = (root / ".Rbuildignore").read_text().splitlines()

    def left_out(path):  # as R does it: a folder that is left out takes its files with it
        parts = path.split("/")
        above = ["/".join(parts[: i + 1]) for i in range(len(parts))]
        return any(re.search(found, name, re.I) for found in patterns for name in above)

    pythons = [
        "python/xorlab/settings.py",
        "pyproject.toml",
        "setup.py",
        "MANIFEST.in",
        "dist/a.whl",
        *("package.json", "biome.json", "tests/js/draw.test.mjs"),
    ]
    for name in [*STRAY, ".venv/bin/python", "inst/examples/.Rhistory", "LICENSE.md", *pythons]:
        assert left_out(name), name
    needed = ["DESCRIPTION", "NAMESPACE", "LICENSE", "NEWS.md"]
    needed += ["inst/CITATION", *(f"inst/python/xorlab/{name}" for name in module_files(root))]
    for folder in ("R", "man", "tests/testthat", "vignettes", "inst/examples"):
        needed += [path.relative_to(root).as_posix() for path in (root / folder).glob("*.R*")]
    for name in needed:
        assert not left_out(name), name


@pytest.mark.skipif(sys.platform == "win32", reason="runs a shell script")
@pytest.mark.parametrize("script", ["configure", "cleanup", "configure.win", "cleanup.win"])
def test_rs_package_gets_every_file_of_the_module_and_no_caches(root, tmp_path, script):
    shutil.copytree(root / "python", tmp_path / "python")
    for name in ("configure", script):
        shutil.copy(root / name, tmp_path)
    cache = tmp_path / "python" / "xorlab" / "plots" / "__pycache__"
    cache.mkdir(exist_ok=True)
    (cache / "old.cpython-39.pyc").touch()
    subprocess.run(["sh", f"./{script}"], cwd=tmp_path, check=True)
    assert files_below(tmp_path / "inst" / "python" / "xorlab") == module_files(root)


def test_r_names_no_file_of_the_module(root):
    inside = {name.split(".")[1] for name in MODULES} - {"_r", "version"}
    named = re.compile(rf"xorlab[.$]({'|'.join(sorted(inside))})\b[.$]|python/xorlab/")
    for path in sorted((root / "R").glob("*.R")):
        text = path.read_text(encoding="utf-8")
        assert not named.findall(text), path.name
