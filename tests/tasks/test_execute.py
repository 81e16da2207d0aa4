"""Pages are executed once, again when what they see has changed, and fail with an address."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.execute import Execution, execute_pages

SmallBook = Callable[[str], Path]


def execute(root: Path) -> Execution:
    (execution,) = execute_pages(output=root, report=lambda line: None)
    return execution


def test_second_execution_comes_from_the_cache(small_book: SmallBook) -> None:
    root = small_book("```{code-cell}\nprint(1)\n```\n")
    first, second = execute(root), execute(root)
    assert not first.cached
    assert second.cached
    assert second.seconds == first.seconds


def test_change_of_an_imported_module_executes_again(small_book: SmallBook) -> None:
    root = small_book("```{code-cell}\nimport helper\nprint(helper.VALUE)\n```\n")
    execute(root)
    (root / "helper.py").write_text("VALUE = 2\n")
    assert not execute(root).cached


def test_failure_names_page_line_cell_and_error(small_book: SmallBook) -> None:
    cells = "\n".join(f"```{{code-cell}}\n{code}\n```\n" for code in ("x = 0", "y = 1\n1 / x", "x"))
    failure = execute(small_book(cells)).failure
    assert failure is not None
    assert failure.startswith("page.md:13: cell 2 of 3 failed")
    assert "ZeroDivisionError: division by zero" in failure


def test_failed_page_is_not_cached(small_book: SmallBook) -> None:
    root = small_book("```{code-cell}\n1 / 0\n```\n")
    assert execute(root).failure is not None
    assert execute(root).failure is not None


def test_wrong_claim_fails_with_its_name(small_book: SmallBook) -> None:
    cell = "from calcbook import claim\nclaim('spline-beats-differences', 3.0, at_least=5)"
    failure = execute(small_book(f"```{{code-cell}}\n{cell}\n```\n")).failure
    assert failure is not None
    assert "ClaimError" in failure
    assert "spline-beats-differences" in failure


@pytest.mark.parametrize("text", ["No cell at all.\n"])
def test_page_without_cells_is_left_alone(small_book: SmallBook, text: str) -> None:
    assert execute_pages(output=small_book(text), report=lambda line: None) == []


def test_no_pages_are_not_all_pages(small_book: SmallBook) -> None:
    root = small_book("```{code-cell}\n1 / 0\n```\n")
    assert execute_pages([], output=root, report=lambda line: None) == []
