"""What a run of a launched notebook finds fault with."""

from pathlib import Path
from typing import Any

import pytest

from tasks import binder
from tasks.lab_session import Session
from tasks.solutions import solution_lines

PAGE = """Shared line of text.

```{solution-start} exercise-2-1
:label: solution-2-1
```
answer = 6 * secret_factor
Shared line of text.
x = 1
```{solution-end}
```
"""


def ran(source: str, *, count: int | None = 1, outputs: Any = ()) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "source": source,
        "execution_count": count,
        "outputs": list(outputs),
    }


def test_solution_lines_are_those_of_solutions_alone() -> None:
    assert solution_lines(PAGE) == {"answer = 6 * secret_factor"}


@pytest.mark.parametrize(
    ("cell", "moved", "finding"),
    [
        (ran("1"), True, None),
        (ran("1"), False, "no picture changed"),
        (ran("never()", count=None), True, "not run: never()"),
        (
            ran("1", outputs=[{"output_type": "error", "ename": "NameError", "evalue": "x"}]),
            True,
            "NameError: x",
        ),
        (ran("answer = 6 * secret_factor"), True, "a solution is visible"),
    ],
)
def test_each_fault_is_found(
    cell: dict[str, Any],
    moved: bool,
    finding: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "page.md").write_text(PAGE)
    monkeypatch.setattr(binder, "ROOT", tmp_path)
    found = binder.findings(Session([cell], seconds=1.0, moved=moved), "page")
    assert found == [] if finding is None else finding in "\n".join(found)


def test_page_without_a_button_to_binder_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>No button.</p>")
    with pytest.raises(LookupError, match=r"page\.html has no button to Binder"):
        binder.button_path(tmp_path, "page")
