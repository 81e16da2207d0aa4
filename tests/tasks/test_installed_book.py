"""What a set-up cell installs is enough: the wheel runs a notebook far from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tasks.notebooks import ROOT, write_notebooks


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the book's wheel, made from what git holds, into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    names = subprocess.run(
        [
            "git",
            "ls-files",
            "src",
            "book/data",
            "pyproject.toml",
            "setup.py",
            "README.md",
            "LICENSE",
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    for name in names:
        target = folder / "source" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "wheel", *offline, "-w", folder, folder / "source"], check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def test_wheel_brings_the_data_and_their_licenses(installed: Path) -> None:
    held = {path.name for path in (installed / "calcbook" / "data" / "files").iterdir()}
    data = ROOT / "book" / "data"
    assert held == {path.name for path in data.iterdir() if path.suffix != ".py"}


def test_notebook_runs_without_a_checkout(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_notebooks(tmp_path)
    notebook = nbformat.read(tmp_path / "00-why-calculus.ipynb", 4)
    place = nbformat.v4.new_code_cell("import calcbook\nprint(calcbook.__file__)")
    notebook.cells.append(place)
    monkeypatch.setenv("PYTHONPATH", os.fspath(installed))
    monkeypatch.delenv("LIVEBOOK_STATIC", raising=False)
    resources = {"metadata": {"path": os.fspath(tmp_path)}}
    NotebookClient(notebook, timeout=120, resources=resources).execute()
    assert place.outputs[0].text.startswith(os.fspath(installed))
