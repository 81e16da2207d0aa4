"""One execution of the pages, shared by the tests that look at it."""

from collections.abc import Callable

import pytest

from tasks.execute import Execution, execute_pages
from tests.sharing import BUILDING


@pytest.fixture(scope="session")
def executions(say: Callable[[str], None]) -> dict[str, Execution]:
    """Execute what the cache lacks; return how each page fared."""
    with BUILDING:
        return {execution.page: execution for execution in execute_pages(report=say)}
