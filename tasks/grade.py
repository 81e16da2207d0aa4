"""Grade a folder of submitted notebooks on this machine.

usage: python -m tasks.grade FOLDER [--assignment NAME] [--due 2026-12-01T23:59] [--late 10]
       [--gradebook EXPORTED.csv] [--allow PACKAGE ...] [--workers 2]

Writes, into FOLDER/marks: grades.csv, a page for each student, and the gradebook filled in.
"""

import argparse
import os
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import nbformat

from tasks.assignments import OUTPUT
from tasks.execute import ROOT
from tasks.grading.build import Assignment
from tasks.grading.gradebooks import GradebookError, fill_gradebook, write_grades
from tasks.grading.grader import Limits, grade_all
from tasks.grading.marks import Mark, Rules
from tasks.grading.masters import Master, read_master
from tasks.grading.reports import write_report
from tasks.grading.students import MARK

MARKS = "marks"


def submissions(folder: Path) -> list[Path]:
    """Return the files handed in, below a folder; what an earlier grading wrote is left out."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith(".")]
    return [path for path in files if MARKS not in path.relative_to(folder).parts[:1]]


def assignment_of(files: list[Path], built: Path) -> str:
    """Return the assignment that most of the files say they are of.

    Raises
    ------
    SystemExit
        If no file says so.
    """
    names: Counter[str] = Counter()
    for file in files:
        try:
            name = nbformat.read(file, 4).metadata.get(MARK, {}).get("assignment")
        except Exception:
            continue
        if name and (built / name).is_dir():
            names[name] += 1
    if not names:
        raise SystemExit(
            "No file here names an assignment that was built. Build them with `make assignments`, "
            "or say which it is: ASSIGNMENT=02-derivatives"
        )
    return names.most_common(1)[0][0]


def show(done: int, total: int, mark: Mark, start: float) -> None:
    """Print a line of progress."""
    width = 24
    bar = "#" * (width * done // total)
    said = f"{mark.final:g}" if mark.status == "graded" else mark.status
    passed = time.monotonic() - start
    print(f"[{bar:<{width}}] {done}/{total}  {passed:4.0f} s  {mark.file}: {said}", flush=True)


def main() -> None:
    """Grade the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--assignment", help="its name; otherwise what most of the files say")
    parser.add_argument("--built", type=Path, default=OUTPUT)
    parser.add_argument("--due", type=datetime.fromisoformat, help="as 2026-12-01T23:59")
    parser.add_argument("--late", type=float, default=10, help="percent off for each day begun")
    parser.add_argument("--gradebook", type=Path, help="CSV exported from Canvas or Moodle")
    parser.add_argument("--allow", nargs="*", default=[], help="packages to allow besides")
    parser.add_argument("--workers", type=int, default=max(1, os.cpu_count() or 1))
    parser.add_argument("--seconds", type=float, default=Limits.seconds)
    parser.add_argument("--cell-seconds", type=float, default=Limits.cell_seconds)
    parser.add_argument("--gigabytes", type=float, default=Limits.gigabytes)
    arguments = parser.parse_args()
    if arguments.folder is None or not arguments.folder.is_dir():
        what = "no folder is named" if arguments.folder is None else f"{arguments.folder} is none"
        raise SystemExit(
            f"Which folder holds the notebooks ({what})? make grade SUBMISSIONS=folder"
        )
    files = submissions(arguments.folder)
    if not files:
        raise SystemExit(f"{arguments.folder} holds no files")
    name = arguments.assignment or assignment_of(files, arguments.built)
    assignment = Assignment(arguments.built / name)
    if not assignment.autograder.exists():
        raise SystemExit(f"{name} has not been built: run `make assignments`")
    master = read_master(ROOT / "assignments" / f"{name}.md")
    limits = Limits(
        arguments.seconds, arguments.cell_seconds, arguments.gigabytes, tuple(arguments.allow)
    )
    rules = Rules(arguments.due, arguments.late)
    start = time.monotonic()
    marks = grade_all(
        files,
        assignment,
        limits,
        rules,
        arguments.workers,
        lambda done, mark: show(done, len(files), mark, start),
    )
    write_all(marks, master, arguments.folder / MARKS, arguments.gradebook)
    counted = ", ".join(f"{n} {status}" for status, n in Counter(m.status for m in marks).items())
    print(f"{len(marks)} files in {time.monotonic() - start:.0f} s: {counted}")


def write_all(marks: list[Mark], master: Master, folder: Path, gradebook: Path | None) -> None:
    """Write the table, the pages and, where there is one, the gradebook."""
    pages = folder / "reports"
    pages.mkdir(parents=True, exist_ok=True)
    write_grades(marks, master, folder / "grades.csv")
    for mark in marks:
        write_report(mark, master, pages)
    if gradebook is not None:
        try:
            lost = fill_gradebook(gradebook, marks, master.name, folder / gradebook.name)
        except (GradebookError, OSError) as error:
            raise SystemExit(f"The marks are in {folder}, but: {error}") from None
        if lost:
            print(f"Not in {gradebook.name}: {', '.join(lost)}", file=sys.stderr)
    print(f"The marks are in {folder}")


if __name__ == "__main__":
    main()
