"""Linting, types and spelling, run as their tools run."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "codespell": ["codespell_lib", "."],
}


@pytest.mark.parametrize("name", CHECKS)
def test_no_finding(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *CHECKS[name]], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{name}:\n{done.stdout}{done.stderr}"
