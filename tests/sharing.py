"""How several processes share the tests: who gets which, and that each thing is built once."""

from pathlib import Path

import pytest
from filelock import FileLock
from xdist.scheduler import LoadScopeScheduling

# Who builds below `_build` holds this; another process then finds it built.
BUILDING = FileLock(Path(__file__).resolve().parents[1] / "_build" / "tests.lock")
# Tests that go one by one to whichever process is free: what they share is cheap to have twice, and
# they fill the gap that whole files leave at the end.
BROWSING = (
    "axe",
    "every_page",
    "exercises_shown",
    "figures_move",
    "keyboard",
    "quizzes",
    "reflow",
    "still_pages",
    "themes",
    "widths",
)
SPREAD = (
    "tests/book/test_every_exercise.py::test_launched_notebook_runs",
    "tests/parity/",
    *(f"tests/site/test_{name}" for name in BROWSING),
)


class Shares(LoadScopeScheduling):
    """Give each process the tests of a file at a time, or single ones of those that are spread."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(SPREAD) else nodeid.split("::")[0]


def put_in_order(items: list[pytest.Item]) -> None:
    """Begin with one that has the site built, so that nobody waits for it; end with the spread."""
    items.sort(key=lambda item: item.nodeid.startswith(SPREAD))
    for item in items:
        if item.nodeid.startswith("tests/site/") and "site" in getattr(item, "fixturenames", ()):
            items.remove(item)
            items.insert(0, item)
            return
