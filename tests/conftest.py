"""What all suites share: progress past pytest's capture, one Chromium, the time by suite."""

import collections
import os
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tasks import chromium
from tests.parity_table import show_parity
from tests.sharing import Shares, put_in_order

# Before NumPy loads: threads of linear algebra that fight over two cores cost more than they bring.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# Without these, Chromium's own services look for hosts outside.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

seconds: dict[str, float] = collections.defaultdict(float)


@pytest.fixture(scope="session")
def say(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Print a line of progress although pytest captures output."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def line(text: str) -> None:
        with capture.global_and_fixture_disabled():
            # What a worker prints to its standard output goes nowhere.
            print(f"\n{text}", end="", file=sys.stderr, flush=True)

    return line


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once for all tests; a missing one is a failure, never a skip."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MEND, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    """Take back what a test's builds set in the environment: tests come in any order."""
    before = dict(os.environ)
    try:
        return (yield)
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Shares:
    """Share the tests out as `sharing` says, in the order in which they were put."""
    config.option.loadscopereorder = False
    return Shares(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order the tests where processes share them."""
    if hasattr(config, "workerinput"):
        put_in_order(items)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add a test's set-up, run and tear-down to its suite's time."""
    seconds[report.nodeid.split("/")[1] if "/" in report.nodeid else "other"] += report.duration


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the pages gave in the browser's Python, and how long each suite took."""
    show_parity(terminalreporter)
    terminalreporter.section("time by suite")
    for suite, duration in sorted(seconds.items()):
        terminalreporter.write_line(f"{duration:7.1f} s  tests/{suite}")
