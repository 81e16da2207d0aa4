"""A second environment with the oldest NumPy and SciPy that pydelt promises to run with."""

import shutil
import sys
from pathlib import Path

from tasks.environment import ROOT, digest, run

VENV = ROOT / "_build" / "oldest"
PINS = "tests/pydelt/oldest.txt"


def python() -> Path:
    """Return the Python of that environment, which is made once and again when its pins change.

    Raises
    ------
    SystemExit
        When it can't be made; the message names the mend.
    """
    executable, stamp = VENV / "bin" / "python", VENV / ".done"
    key = digest(PINS)
    if stamp.exists() and stamp.read_text() == key:
        return executable
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.parent.mkdir(exist_ok=True)
    run(f"creating {VENV.relative_to(ROOT)}", [sys.executable, "-m", "venv", VENV], "")
    pip: list[str | Path] = [executable, "-m", "pip", "install", "--quiet"]
    network = "Check the network connection: pip needs the wheels of NumPy and SciPy."
    run(f"installing {PINS}", [*pip, "--only-binary", ":all:", "-r", PINS], network)
    stamp.write_text(key)
    return executable
