"""The solutions hold for whatever data a student gets, not for one seed."""

from pathlib import Path
from typing import Any

import matplotlib
import pytest

from tasks.execute import ROOT
from tasks.grading.build import masters
from tasks.grading.masters import Master, read_master, tags_of

STUDENTS = [f"Student {number}" for number in range(20)]

matplotlib.use("agg")


def failures(master: Master, student: str) -> list[str]:
    """Run a master's cells for a student; return the questions of the tests that fail."""
    space: dict[str, Any] = {}
    question, failed = "", []
    for cell in master.notebook.cells:
        if cell.cell_type != "code":
            continue
        if "student" in tags_of(cell):
            space["student"] = student
            continue
        question = cell.metadata.get("question", question)
        try:
            exec(compile(cell.source, f"{master.name}: {question}", "exec"), space)
        except AssertionError:
            assert "test" in tags_of(cell)
            failed.append(question)
    return failed


@pytest.mark.parametrize("path", masters(ROOT), ids=lambda path: path.stem)
def test_the_solution_passes_all_tests_for_twenty_students(path: Path) -> None:
    master = read_master(path)
    found = {student: failures(master, student) for student in STUDENTS}
    assert {student: failed for student, failed in found.items() if failed} == {}
