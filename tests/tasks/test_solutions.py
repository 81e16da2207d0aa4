"""A worked solution that its own checker refuses stops the build."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.execute import execute_pages

SmallBook = Callable[[str], Path]
PAGE = """```{{exercise-start}} Sensitivity
:label: exercise-2-1
:class: stars-1 by-hand
```
```{{code-cell}}
from calcbook import check
check("2.1", ...)
```
```{{exercise-end}}
```

```{{solution-start}} exercise-2-1
:label: solution-2-1
```
```{{code-cell}}
{solution}
```
```{{solution-end}}
```
"""


def failure(root: Path) -> str | None:
    (execution,) = execute_pages(output=root, report=lambda line: None)
    return execution.failure


def test_right_solution_passes_and_so_does_one_that_shows_a_wrong_answer_first(
    small_book: SmallBook,
) -> None:
    solution = 'display(check("2.1", -9))\ncheck("2.1", 9)'
    assert failure(small_book(PAGE.format(solution=solution))) is None


@pytest.mark.parametrize(
    ("solution", "said"),
    [
        ('check("2.1", -9)', "page.md:23: the solution of exercise 2.1 is refused: 2.1: not yet."),
        ('check("2.1", 9)\nNone', "page.md:19: the solution of exercise 2.1 shows no verdict"),
        ('check("2.3", 0.6)', "page.md:19: the solution of exercise 2.1 shows no verdict"),
    ],
)
def test_solution_that_is_not_right_fails_with_page_and_line(
    small_book: SmallBook, solution: str, said: str
) -> None:
    root = small_book(PAGE.format(solution=solution))
    for _ in range(2):  # and it is not cached
        failed = failure(root)
        assert failed is not None
        assert failed.startswith(said)


def test_change_of_text_alone_is_seen_too(small_book: SmallBook) -> None:
    page = PAGE.format(solution='check("2.1", 9)')
    assert failure(small_book(page)) is None
    other = page.replace("{solution-start} exercise-2-1", "{solution-start} exercise-2-2")
    failed = failure(small_book(other))
    assert failed is not None
    assert "the solution of exercise 2.2 shows no verdict" in failed
