"""The same numbers with the oldest NumPy and SciPy that are promised as with those of the book."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tasks import oldest

ROUNDING = 2e-6  # where the noise is nearly that of rounding, its size is known no better
SCRIPT = Path(__file__).with_name("numbers_to_compare.py")


def numbers(python, folder):
    """Run the script under `python` and return its arrays and what it says about its version."""
    file = folder / "numbers.npz"
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(SCRIPT.parents[2] / "src")}
    done = subprocess.run(
        [python, SCRIPT, file], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with np.load(file) as stored:
        return dict(stored), done.stdout.strip()


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    try:
        python = oldest.python()
    except SystemExit as failure:
        pytest.fail(str(failure), pytrace=False)
    folder = tmp_path_factory.mktemp("versions")
    new, new_version = numbers(sys.executable, folder / "new")
    old, old_version = numbers(python, folder / "old")
    assert new_version == f"NumPy {np.__version__}"
    assert old_version != new_version
    return new, old


def test_old_and_new_versions_give_the_same_numbers(both):
    new, old = both
    assert new.keys() == old.keys()
    worst = {}
    for name, values in new.items():
        scale = np.abs(values).max() or 1.0
        assert np.all(np.isfinite(values)), name
        worst[name] = np.abs(old[name] - values).max() / scale
    apart = {
        name: f"{error:.0e}"
        for name, error in worst.items()
        if error > (ROUNDING if name.startswith("nearly noise-free") else 1e-8)
    }
    assert not apart
