"""The site's Python in Node, and a table of how each page fared there."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from pages_in_pyodide import SitePython

from tasks.execute import ROOT
from tests.sharing import BUILDING


@pytest.fixture(scope="session")
def site_python(say: Callable[[str], None]) -> SitePython:
    """Assemble what the site's pages run, from the site's own settings."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    say("Putting Pyodide together for the pages")
    with BUILDING:
        python = SitePython(settings["sphinx"]["config"], ROOT / "_build" / "parity")
    if python.elsewhere:
        why = f"Pyodide's packages cannot be had: {python.elsewhere['why']}"
        if os.environ.get("CI") == "true":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    return python


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print a line for each page that was compared."""
    reports = [report for many in terminalreporter.stats.values() for report in many]
    calls = [report for report in reports if getattr(report, "when", None) == "call"]
    table = [value for r in calls for name, value in r.user_properties if name == "comparison"]
    if not table:
        return
    terminalreporter.section("pages in the browser's Python")
    head = ("cells", "not there", "numbers", "equal", "listed", "seconds")
    terminalreporter.write_line(" ".join(f"{word:>9}" for word in head) + "  page")
    for page, *counts, seconds in table:
        line = " ".join(f"{count:9d}" for count in counts)
        terminalreporter.write_line(f"{line} {seconds:9.1f}  {page}")


collect_ignore = [str(Path(__file__).with_name("run_page.mjs"))]
