"""The package as a whole: what it exports, what importing it costs, whom it warns of."""

import doctest
import importlib
import importlib.metadata
import pkgutil
import subprocess
import sys

import pytest

import pydelt

MODULES = ["pydelt", *(module.name for module in pkgutil.walk_packages(pydelt.__path__, "pydelt."))]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_public_names_exist_and_version_is_told():
    assert all(hasattr(pydelt, name) for name in pydelt.__all__)
    assert pydelt.__version__ == importlib.metadata.version("calculus-from-data")


def test_import_loads_nothing_heavy():
    heavy = ("sklearn", "scipy.stats", "matplotlib", "pandas", "scipy.signal")
    code = f"import sys, pydelt; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_namesake_is_announced(tmp_path):
    info = tmp_path / "pydelt-9.9.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pydelt\nVersion: 9.9\n")
    code = f"import sys; sys.path.append({str(tmp_path)!r}); import pydelt"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "distribution pydelt 9.9" in done.stderr
    assert "pip uninstall pydelt" in done.stderr
