"""The published site holds no line of an assignment's solution, of its hidden tests or hints."""

from pathlib import Path

from tasks.execute import ROOT
from tasks.grading.build import masters
from tasks.grading.leaks import leaks, secret_lines
from tasks.grading.masters import read_master


def test_no_file_of_the_site_holds_a_secret_line(site: Path) -> None:
    secret = {line for path in masters(ROOT) for line in secret_lines(read_master(path))}
    assert len(secret) > 200
    assert leaks(site, secret) == []
