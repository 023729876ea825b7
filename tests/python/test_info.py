import json
import platform
import sys

import torch
import xorlab
from xorlab.info import Info, package_version


def test_the_situation_is_that_of_this_interpreter():
    found = xorlab.info()
    assert found["xorlab"] == xorlab.__version__
    assert found["python"] == platform.python_version()
    assert found["executable"] == sys.executable
    assert found["torch"] == torch.__version__
    assert found["cuda"] is torch.cuda.is_available()
    assert found["threads"] == torch.get_num_threads()
    assert found["devices"].endswith("cpu")


def test_torchs_version_tells_for_which_device_it_was_built(monkeypatch):
    monkeypatch.setattr(torch, "__version__", "2.13.0+cu130")
    assert xorlab.info()["torch"] == "2.13.0+cu130"


def test_it_is_plain_data():
    assert json.loads(json.dumps(xorlab.info())) == xorlab.info()


def test_it_prints_as_a_table():
    assert repr(Info(a="1", bcd=True)) == "a    1\nbcd  True"
    assert len(repr(xorlab.info()).splitlines()) == len(xorlab.info())


def test_a_package_that_is_not_there_is_missing():
    assert package_version("a-package-that-nobody-has") == "missing"
