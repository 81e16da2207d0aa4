"""The table of what the pages gave in the browser's Python, from the reports of all processes."""

import pytest


def show_parity(terminalreporter: pytest.TerminalReporter) -> None:
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
