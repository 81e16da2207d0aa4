"""Late work, tables, and the gradebooks of learning platforms."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tasks.grading.build import Assignment
from tasks.grading.gradebooks import GradebookError, fill_gradebook, write_grades
from tasks.grading.marks import Mark, Rules
from tasks.grading.masters import Master
from tasks.grading.reports import write_report

DUE = datetime(2026, 3, 1, 12)


@pytest.mark.parametrize(
    ("after", "days"), [(-1, 0), (0, 0), (1, 1), (24 * 60, 1), (24 * 60 + 1, 2), (72 * 60, 3)]
)
def test_a_begun_day_counts(after: int, days: int) -> None:
    assert Rules(DUE).days_late(DUE + timedelta(minutes=after)) == days


def test_what_lateness_costs_never_goes_below_zero() -> None:
    rules = Rules(DUE, per_day=30)
    assert [rules.after_penalty(10, days) for days in (0, 1, 3, 4)] == [10, 7, 1, 0]
    assert Rules().days_late(DUE) == 0


def mark(student: str, final: float, **others: object) -> Mark:
    questions = {"heater": {"points": final, "possible": 3, "tests": []}}
    return Mark(f"{student}.ipynb", student, questions=questions, final=final, **others)


CANVAS = (
    "\ufeffStudent,ID,SIS User ID,Section,02-derivatives (77)\n"
    "    Points Possible,,,,10\n"
    '"Lovelace, Ada",1,s1,A,\n'
    '"Noether, Emmy",2,s2,A,4\n'
)
MOODLE = (
    "First name,Last name,ID number,Email address\nAda,Lovelace,1,a@b.c\nEmmy,Noether,2,e@b.c\n"
)


@pytest.mark.parametrize(
    ("text", "column", "found"),
    [
        (CANVAS, "02-derivatives (77)", {"Lovelace, Ada": "7.5", "Noether, Emmy": "4"}),
        (MOODLE, "02-derivatives", {"Ada": "7.5", "Emmy": ""}),
    ],
    ids=["canvas", "moodle"],
)
def test_an_exported_gradebook_is_filled_in(
    text: str, column: str, found: dict[str, str], tmp_path: Path
) -> None:
    exported = tmp_path / "export.csv"
    exported.write_text(text)
    marks = [mark("ada  LOVELACE", 7.5), mark("Ada Lovelace", 3), mark("Karen Nobody", 1)]
    lost = fill_gradebook(exported, marks, column, tmp_path / "filled.csv")
    rows = list(csv.DictReader((tmp_path / "filled.csv").open(newline="")))
    first = next(iter(rows[0]))
    assert {row[first]: row[column] for row in rows if row[first].strip() in found} == found
    assert len(rows) == text.count("\n") - 1
    assert lost == ["Karen Nobody"]


def test_a_gradebook_without_names_is_refused(tmp_path: Path) -> None:
    exported = tmp_path / "export.csv"
    exported.write_text("id,mark\n1,2\n")
    with pytest.raises(GradebookError, match=r"has the columns id, mark; one of them must be"):
        fill_gradebook(exported, [], "x", tmp_path / "filled.csv")


def test_the_table_has_a_row_a_file(example: tuple[Master, Assignment], tmp_path: Path) -> None:
    marks = [mark("Ada", 3, days_late=1, notes=["a, b", 'c "d"']), Mark("x.pdf", status="failed")]
    write_grades(marks, example[0], tmp_path / "grades.csv")
    rows = list(csv.DictReader((tmp_path / "grades.csv").open(newline="")))
    assert [row["file"] for row in rows] == ["Ada.ipynb", "x.pdf"]
    assert rows[0]["heater"] == "3"
    assert rows[0]["notes"] == 'a, b; c "d"'
    assert rows[1]["final"] == "0"


def test_a_report_shows_hints_and_no_hidden_test(
    example: tuple[Master, Assignment], tmp_path: Path
) -> None:
    tests = [
        {"hidden": True, "points": 1, "passed": False, "hint": "Mind <units>", "message": "SECRET"},
        {"hidden": True, "points": 1, "passed": False, "hint": "", "message": "SECRET"},
        {
            "hidden": False,
            "points": 1,
            "passed": False,
            "hint": "",
            "message": "rate is one number",
        },
    ]
    questions = {"heater": {"points": 0, "possible": 3, "tests": tests}}
    path = write_report(Mark("a b/c.ipynb", "Ada & Co", questions=questions), example[0], tmp_path)
    text = path.read_text()
    assert path.parent == tmp_path
    assert "Mind &lt;units&gt;" in text
    assert "Ada &amp; Co" in text
    assert "rate is one number" in text
    assert "SECRET" not in text
