"""Every page runs from its first cell to its last, within its budget of time."""

import pytest

from tasks.execute import ROOT, Execution, cache_folder, executable_pages, open_cache

BUDGET_SECONDS = 60


@pytest.mark.parametrize("page", executable_pages())
def test_page_runs(page: str, executions: dict[str, Execution]) -> None:
    failure = executions[page].failure
    assert failure is None, failure


@pytest.mark.parametrize("page", executable_pages())
def test_page_keeps_to_its_time(page: str, executions: dict[str, Execution]) -> None:
    assert executions[page].failure is None, f"{page} does not run"
    record = open_cache(ROOT).get_project_record(str(ROOT / f"{page}.md"))
    cached = open_cache(ROOT).get_cached_project_nb(record.uri)
    assert cached is not None, f"{page} is not in {cache_folder(ROOT)}"
    assert cached.data["execution_seconds"] < BUDGET_SECONDS
