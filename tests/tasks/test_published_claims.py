"""What executed pages have published is read back from the cache."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.claims import published
from tasks.execute import execute_pages

SmallBook = Callable[[str], Path]
CELLS = """```{code-cell}
from calcbook import claim, number
```

```{code-cell}
number("steps", 1200, "{:d}")
claim("gap", 0.25, at_most=0.3, text="{:.2f}");
```
"""


def test_claims_and_numbers_are_found_with_their_place(small_book: SmallBook) -> None:
    root = small_book(CELLS)
    execute_pages(output=root, report=lambda line: None)
    steps, gap = published(["page"], root)
    assert str(steps) == "page, cell 2: number steps: 1200"
    assert str(gap) == "page, cell 2: claim gap: 0.25, which is at most 0.3"
    assert gap.bounds == {"at_most": 0.3}
    assert (steps.value, gap.value) == (1200, 0.25)


def test_a_page_that_is_not_executed_is_an_error(small_book: SmallBook) -> None:
    root = small_book(CELLS)
    with pytest.raises(LookupError, match="page is not executed; `make serve`"):
        published(["page"], root)
