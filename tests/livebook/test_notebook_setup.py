"""The set-up cell: what a notebook needs, and no more, and only where it is missing."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from livebook.notebook_setup import filled_in, needed_modules, setup_code

INSTALLS = {"calcbook": "the-book @ git+https://example.org/book@main", "torch": "torch"}


@pytest.fixture
def packages(tmp_path: Path) -> list[Path]:
    """Write a package of which one module needs PyTorch, by way of another."""
    package = tmp_path / "calcbook"
    package.mkdir()
    (package / "__init__.py").write_text("import json\n")
    (package / "light.py").write_text("import numpy\n")
    (package / "heavy.py").write_text("from calcbook.deep import train\n")
    (package / "deep.py").write_text("def train():\n    import torch\n")
    return [package]


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("from calcbook import light", {"calcbook", "numpy"}),
        ("from calcbook.heavy import train", {"calcbook", "torch"}),
        ("import torch", {"torch"}),
        ("x = 1", set()),
    ],
)
def test_needs_are_found_through_our_modules(
    code: str, needed: set[str], packages: list[Path]
) -> None:
    assert needed_modules([code], packages) == needed


def test_only_what_is_needed_is_installed() -> None:
    code = setup_code({"torch", "numpy"}, INSTALLS)
    assert 'pip install --quiet "torch"' in code
    assert "calcbook" not in code
    assert setup_code({"numpy"}, INSTALLS) == ""


def test_address_is_filled_in() -> None:
    asked = filled_in({"m": "a @ git+{repository}@{branch}"}, "https://example.org/b", "main")
    assert asked == {"m": "a @ git+https://example.org/b@main"}


def test_cell_calls_pip_for_what_is_missing_alone() -> None:
    """In a kernel: pip is replaced by a magic that notes what it was asked for."""
    spy = (
        "asked = []\nfrom IPython.core.magic import register_line_magic\n"
        "register_line_magic('pip')(asked.append);"
    )
    installs = {"json": "never", "no_such_module": "wanted @ git+https://example.org/b@main"}
    cells = [spy, setup_code(installs, installs), "print(asked)"]
    cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    NotebookClient(nbformat.v4.new_notebook(cells=cells), timeout=60).execute()
    assert cells[-1].outputs[0].text == (
        "['install --quiet \"wanted @ git+https://example.org/b@main\"']\n"
    )
