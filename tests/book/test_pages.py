"""Every page runs from its first cell to its last, within its budget of time."""

import pytest

from tasks.execute import Execution, executable_pages

BUDGET_SECONDS = 60


@pytest.mark.parametrize("page", executable_pages())
def test_page_runs(page: str, executions: dict[str, Execution]) -> None:
    failure = executions[page].failure
    assert failure is None, failure


@pytest.mark.alone
@pytest.mark.parametrize("page", executable_pages())
def test_page_keeps_to_its_time(page: str, executions: dict[str, Execution]) -> None:
    assert executions[page].failure is None, f"{page} does not run"
    assert executions[page].seconds < BUDGET_SECONDS
