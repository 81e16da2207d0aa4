"""Marks as tables: for the teacher, and into a gradebook that a learning platform exported."""

import csv
from collections.abc import Sequence
from pathlib import Path

from tasks.grading.marks import Mark
from tasks.grading.masters import Master

# How exports of Canvas and Moodle name a student; the first that a file has is taken.
NAMES = ("Student", "Full name", "Name", "student", "name")
SURNAME, FIRST_NAME = "Last name", "First name"


class GradebookError(ValueError):
    """A gradebook that can't be filled in; the message says why."""


def write_grades(marks: Sequence[Mark], master: Master, path: Path) -> None:
    """Write one row a file: who, how it went, points by question, and what is worth a look."""
    names = [question.name for question in master.questions]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            [
                "file",
                "student",
                "status",
                *names,
                "points",
                "days late",
                "final",
                "seconds",
                "notes",
            ]
        )
        for mark in marks:
            earned = [mark.questions.get(name, {}).get("points", 0) for name in names]
            numbers = [f"{value:g}" for value in [*earned, mark.points]]
            marked = [*numbers, mark.days_late, f"{mark.final:g}", f"{mark.seconds:.1f}"]
            writer.writerow([mark.file, mark.student, mark.status, *marked, "; ".join(mark.notes)])


def fill_gradebook(exported: Path, marks: Sequence[Mark], column: str, path: Path) -> list[str]:
    """Write an exported gradebook anew with a column of final marks; return who was not found.

    Parameters
    ----------
    exported : Path
        CSV that Canvas ("Export Entire Gradebook") or Moodle ("Grade export") has written.
    marks : sequence of Mark
        Of several files by one student, the best counts.
    column : str
        The column to fill; it is added where the file lacks it.
    path : Path
        Where the new file goes.

    Raises
    ------
    GradebookError
        If no column of the file names students.
    """
    with exported.open(newline="", encoding="utf-8-sig") as stream:
        reader = csv.DictReader(stream)
        fields, rows = list(reader.fieldnames or []), list(reader)
    known = next((name for name in NAMES if name in fields), None)
    if known is None and not {SURNAME, FIRST_NAME} <= set(fields):
        raise GradebookError(
            f"{exported.name} has the columns {', '.join(fields)}; one of them must be "
            f"{', '.join(NAMES)}, or both {FIRST_NAME} and {SURNAME}"
        )
    best: dict[str, float] = {}
    for mark in marks:
        key = _plain(mark.student)
        best[key] = max(mark.final, best.get(key, 0.0))
    best.pop("", None)
    if column not in fields:
        fields.append(column)
    for row in rows:
        name = row[known] if known else f"{row[FIRST_NAME]} {row[SURNAME]}"
        if (key := _plain(name)) in best:
            row[column] = f"{best.pop(key):g}"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, fields)
        writer.writeheader()
        writer.writerows(rows)
    return sorted({mark.student for mark in marks if _plain(mark.student) in best})


def _plain(name: str) -> str:
    """Return a name for comparison: "Lovelace, Ada" is "Ada Lovelace"."""
    surname, comma, first = name.partition(",")
    words = f"{first} {surname}" if comma else name
    return " ".join(words.split()).casefold()
