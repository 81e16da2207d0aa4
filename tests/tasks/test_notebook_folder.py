"""The folder of notebooks: written anew, and never over a student's work."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tasks import notebooks
from tasks.execute import execute_pages

CELL = """```{code-cell}
from calcbook import number
number("six", 6)
```

It is {glue:text}`six`.
"""


@pytest.fixture
def book(small_book: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = small_book(CELL)
    monkeypatch.setattr(notebooks, "ROOT", root)
    return root


def prose(path: Path) -> str:
    return nbformat.read(path, 4).cells[-1].source


def test_executable_pages_are_written_and_name_the_book(book: Path) -> None:
    folder = book / "notebooks"
    assert notebooks.write_notebooks(folder) == []
    assert [path.name for path in folder.glob("*.ipynb")] == ["page.ipynb"]
    first = nbformat.read(folder / "page.ipynb", 4).cells[0].source
    assert "Calculus from Data" in first


def test_quoted_numbers_are_filled_in_where_the_page_was_executed(book: Path) -> None:
    folder = book / "notebooks"
    notebooks.write_notebooks(folder)
    assert prose(folder / "page.ipynb") == "It is `six`."
    execute_pages(output=book, report=lambda line: None)
    notebooks.write_notebooks(folder)
    assert prose(folder / "page.ipynb") == "It is 6."


def test_edited_notebook_is_kept_and_told(book: Path) -> None:
    folder = book / "notebooks"
    notebooks.write_notebooks(folder)
    path = folder / "page.ipynb"
    edited = nbformat.read(path, 4)
    edited.cells[-1].source = "My answer."
    nbformat.write(edited, path)
    assert notebooks.write_notebooks(folder) == [path]
    assert notebooks.write_notebooks(folder) == [path]
    assert prose(path) == "My answer."


def test_notebook_of_a_changed_page_is_written_anew(book: Path) -> None:
    folder = book / "notebooks"
    notebooks.write_notebooks(folder)
    page = book / "page.md"
    page.write_text(page.read_text().replace("It is", "Now it is"))
    assert notebooks.write_notebooks(folder) == []
    assert prose(folder / "page.ipynb").startswith("Now it is")
