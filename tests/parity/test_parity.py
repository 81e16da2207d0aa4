"""In the browser's Python each page's cells run, and publish the numbers that the page shows."""

import math
from collections.abc import Callable

import pytest
from pages_in_pyodide import SitePython, agree, published_when_executed

from tasks.execute import executable_pages, execute_pages
from tests.sharing import BUILDING


@pytest.mark.parametrize("page", executable_pages())
def test_page_gives_its_numbers(
    page: str, site_python: SitePython, record_property: Callable[[str, object], None]
) -> None:
    with BUILDING:
        (execution,) = execute_pages([page], report=lambda text: None)
    assert execution.failure is None, execution.failure
    found = site_python.compare(page, published_when_executed(page))
    record_property("comparison", found.line)
    assert found.failures == []
    assert found.differences == []
    assert found.cells + found.blocked > 0


def test_numbers_agree_within_the_tolerance_only() -> None:
    assert agree(("1", 1.0), ("1", 1.0 + 1e-9), 1e-6)
    assert not agree(("1", 1.0), ("1", 1.001), 1e-6)
    assert not agree(("1", math.nan), ("1", 1.0), 1e-6)
    assert agree(("0", 3e-16), ("0", 1e-16), 1e-6, 1e-15)
    assert agree(("yes", None), ("yes", None), 1e-6)
    assert not agree(("yes", None), ("no", None), 1e-6)
