"""A class is graded: every mark is as it must be, and a wrong grader is noticed."""

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tasks.execute import ROOT
from tasks.grading import sample_class
from tasks.grading.build import Assignment, build_assignment, masters
from tasks.grading.grader import grade_all, grade_file
from tasks.grading.marks import Rules
from tasks.grading.masters import Master
from tasks.grading.sample_class import LIMITS, RULES, Desk, blank, disagreement, grade_class, right

# Students' time is limited, so the tests' other processes get their share of the machine.
PROCESSES = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
WORKERS = max(1, (os.cpu_count() or 1) // PROCESSES)
Built = dict[str, tuple[Master, Assignment]]


def test_a_class_of_ten_gets_the_marks_it_must(
    example: tuple[Master, Assignment], tmp_path: Path
) -> None:
    marks, wrong = grade_class(*example, size=10, workers=WORKERS, folder=tmp_path)
    assert wrong == []
    assert len(marks) == 10
    assert {mark.status for mark in marks} == {"graded", "refused", "no submission"}


@pytest.mark.parametrize("name", [path.stem for path in masters(ROOT)])
def test_right_earns_all_and_blank_nothing(name: str, built: Built, tmp_path: Path) -> None:
    master, assignment = built[name]
    desk, expected = Desk(master, assignment), {}
    for number, (kind, student) in enumerate(
        ((right, "Ada L."), (right, "Emmy N."), (blank, "V."))
    ):
        notebook, pupil = kind(desk, student, number)
        path = tmp_path / f"{number}.ipynb"
        nbformat.write(notebook, path)
        expected[path] = pupil
    marks = grade_all(list(expected), assignment, LIMITS, Rules(), WORKERS, lambda *_: None)
    pairs = zip(marks, expected.values(), strict=True)
    assert [said for mark, pupil in pairs if (said := disagreement(mark, pupil))] == []


@pytest.mark.parametrize(
    ("was", "made"),
    [
        (
            "assert abs(best_h / (9 * noise**2 / 16) ** (1 / 6) - 1) < 0.02",
            "assert best_h is not None",
        ),
        ("assert abs(rate / coursework.heater(student).rate(5.0) - 1) < 0.25", "assert rate > 1e9"),
    ],
    ids=["passes everything", "passes nothing"],
)
def test_a_wrong_grader_is_noticed(
    was: str, made: str, master_text: str, write_master: Callable[..., Path], tmp_path: Path
) -> None:
    assert was in master_text
    master, assignment = build_assignment(write_master(master_text.replace(was, made)), tmp_path)
    folder = tmp_path / "class"
    folder.mkdir()
    kinds = sample_class.KINDS
    try:
        sample_class.KINDS = (right, blank)
        _, wrong = grade_class(master, assignment, 2, WORKERS, folder)
    finally:
        sample_class.KINDS = kinds
    assert len(wrong) == 1


def test_data_differ_between_students_and_answers_do_not_pass_on(
    example: tuple[Master, Assignment], tmp_path: Path
) -> None:
    master, assignment = example
    notebook = Desk(master, assignment).solved("Ada Lovelace")
    for cell in notebook.cells:
        if cell.metadata.get("coursework", {}).get("question") == "best-step":
            cell.source = "best_h = 0.3124"  # what somebody else got
    path = tmp_path / "copied.ipynb"
    nbformat.write(notebook, path)
    mark = grade_file(path, assignment, LIMITS, RULES)
    assert mark.questions["best-step"]["points"] < 2
    assert mark.points >= 8


def test_the_command_writes_marks_and_goes_on(
    example: tuple[Master, Assignment], tmp_path: Path
) -> None:
    desk = Desk(*example)
    (tmp_path / "week").mkdir()
    nbformat.write(desk.solved("Ada Lovelace", []), tmp_path / "week" / "ada.ipynb")
    (tmp_path / "scan.pdf").write_text("%PDF")
    gradebook = tmp_path.parent / "gradebook.csv"
    gradebook.write_text('Student,ID\n"Lovelace, Ada",1\n')
    command = [sys.executable, "-m", "tasks.grade", str(tmp_path), "--gradebook", str(gradebook)]
    command += ["--built", str(example[1].folder.parent)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "[########################] 2/2" in done.stdout
    assert "2 files in" in done.stdout
    rows = list(csv.DictReader((tmp_path / "marks" / "grades.csv").open(newline="")))
    assert {row["file"]: row["status"] for row in rows} == {
        "scan.pdf": "no submission",
        "ada.ipynb": "graded",
    }
    assert len(list((tmp_path / "marks" / "reports").glob("*.html"))) == 2
    filled = list(csv.DictReader((tmp_path / "marks" / "gradebook.csv").open(newline="")))
    assert filled[0]["02-derivatives"] == "0"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "make grade SUBMISSIONS=folder"),
        (["nowhere"], "nowhere is none"),
        (["{empty}"], "holds no files"),
        (["{empty}", "--assignment", "99-x"], "holds no files"),
    ],
)
def test_the_command_says_what_it_lacks(arguments: list[str], message: str, tmp_path: Path) -> None:
    given = [argument.format(empty=tmp_path) for argument in arguments]
    command = [sys.executable, "-m", "tasks.grade", *given]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1
    assert message in done.stderr
