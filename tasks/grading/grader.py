"""Grade submissions, each in a process of its own, and go on whatever one of them does."""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import nbformat

from tasks.execute import ROOT
from tasks.grading.audit import refusals
from tasks.grading.build import Assignment
from tasks.grading.limits import limited_environment, run_limited
from tasks.grading.marks import Mark, Rules
from tasks.grading.restore import SubmissionError, read_submission
from tasks.grading.time_limit import cell_with_limit


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    seconds: float = 180.0
    cell_seconds: float = 20.0
    gigabytes: float = 3.0
    allowed: tuple[str, ...] = ()


def grade_file(path: Path, assignment: Assignment, limits: Limits, rules: Rules) -> Mark:
    """Return the mark of one submitted file; a file that can't be graded is a mark too."""
    original = nbformat.read(assignment.student, 4)
    mark = Mark(path.name)
    try:
        restored = read_submission(path, original)
    except SubmissionError as reason:
        mark.status, mark.notes = "no submission", [str(reason)]
        return mark
    mark.student, mark.notes = restored.student, restored.notes
    refused = refusals(restored.notebook, limits.allowed)
    if not mark.student:
        refused.append("the cell with the name is blank or gone, so its data can't be made")
    if refused:
        mark.status = "refused"
        mark.notes += refused
        return mark
    submitted = datetime.fromtimestamp(path.stat().st_mtime)
    mark.days_late = rules.days_late(submitted)
    restored.notebook.cells.insert(
        0, nbformat.v4.new_code_cell(cell_with_limit(limits.cell_seconds))
    )
    with tempfile.TemporaryDirectory(prefix="grading-") as scratch:
        _run(restored.notebook, assignment, limits, Path(scratch), mark)
    mark.final = rules.after_penalty(mark.points, mark.days_late)
    return mark


def _run(
    notebook: nbformat.NotebookNode,
    assignment: Assignment,
    limits: Limits,
    folder: Path,
    mark: Mark,
) -> None:
    source, result = folder / f"{assignment.name}.ipynb", folder / "result.json"
    nbformat.write(notebook, source)
    command = [sys.executable, "-m", "tasks.grading.one", str(source)]
    command += [str(assignment.autograder.resolve()), str(result)]
    environment = limited_environment(folder, [ROOT, ROOT / "src"])
    ended = run_limited(command, folder, limits.seconds, limits.gigabytes, environment)
    mark.seconds = ended.seconds
    if ended.stopped:
        mark.status = "stopped"
        mark.notes.append(ended.stopped)
    elif ended.code != 0 or not result.exists():
        mark.status = "failed"
        lines = ended.output.strip().splitlines()
        mark.notes.append(lines[-1] if lines else f"the grading ended with code {ended.code}")
    else:
        found = json.loads(result.read_text(encoding="utf-8"))
        mark.questions, mark.errors = found["questions"], found["errors"]


def grade_all(
    files: Sequence[Path],
    assignment: Assignment,
    limits: Limits,
    rules: Rules,
    workers: int,
    progress: Callable[[int, Mark], None],
) -> list[Mark]:
    """Return the marks of all files in their order; call `progress` after each."""
    marks: dict[Path, Mark] = {}
    with ThreadPoolExecutor(workers) as pool:
        waiting = {pool.submit(grade_file, f, assignment, limits, rules): f for f in files}
        for done in as_completed(waiting):
            file = waiting[done]
            try:
                marks[file] = done.result()
            except Exception as error:
                note = f"{type(error).__name__}: {error}"
                marks[file] = Mark(file.name, status="failed", notes=[note])
            progress(len(marks), marks[file])
    in_order = [marks[file] for file in files]
    _tell_of_shared_names(in_order)
    return in_order


def _tell_of_shared_names(marks: Sequence[Mark]) -> None:
    counts = Counter(mark.student.casefold() for mark in marks if mark.student)
    for mark in marks:
        if counts[mark.student.casefold()] > 1:
            mark.notes.append(f"another file gives the name {mark.student!r}, too")
