"""What all suites share: progress past pytest's capture, and the time each suite took."""

import collections
import os
from collections.abc import Callable, Iterator

import pytest

# Before NumPy loads: threads of linear algebra that fight over two cores cost more than they bring.
os.environ.setdefault("OMP_NUM_THREADS", "1")

seconds: dict[str, float] = collections.defaultdict(float)


@pytest.fixture(scope="session")
def say(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Print a line of progress although pytest captures output."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def line(text: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n{text}", end="", flush=True)

    return line


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add a test's set-up, run and tear-down to its suite's time."""
    seconds[report.nodeid.split("/")[1] if "/" in report.nodeid else "other"] += report.duration


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None] | None:
    """Print how long each suite took."""
    terminalreporter.section("time by suite")
    for suite, duration in sorted(seconds.items()):
        terminalreporter.write_line(f"{duration:7.1f} s  tests/{suite}")
