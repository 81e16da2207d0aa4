"""A simulated class: what students hand in, and the marks that each must get.

usage: python -m tasks.grading.sample_class [--size 60] [--workers 2] [NAME ...]

Every assignment that is built, or those that are named, is handed in by a class; the run fails
where a mark is not as it must be. Among the files are right and half right ones, blank, crashing
and looping ones, some whose cells were renamed, changed or deleted, and some that are no submission
at all.
"""

import argparse
import copy
import json
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat

from tasks.assignments import OUTPUT
from tasks.execute import ROOT
from tasks.grading.build import Assignment, masters
from tasks.grading.grader import Limits, grade_all
from tasks.grading.marks import Mark, Rules
from tasks.grading.masters import Master, read_master
from tasks.grading.students import role_of

LIMITS = Limits(seconds=120, cell_seconds=10, gigabytes=2)
DUE = datetime(2026, 3, 1, 12)
RULES = Rules(due=DUE, per_day=10)
LOOP = "while True:\n    pass\n"
# It takes no notice of a cell's limit of time, so that memory decides on a slow machine, too.
GREEDY = """\
hoard = []
while True:
    try:
        hoard.append(np.ones(10**7))
    except Exception:
        pass
"""
NAMES = ("Ada", "Emmy", "Sofja", "Maryam", "Karen", "Ingrid", "Cathleen", "Vera", "Grace", "Mary")


@dataclass(frozen=True)
class Pupil:
    """One of the class: a file, and the mark it must get.

    Attributes
    ----------
    kind : str
        What is particular about the submission.
    points : float
        What it must earn after any deduction.
    status : str
    note : str
        Words that its notes or errors must hold; blank: any.
    """

    kind: str
    points: float
    status: str = "graded"
    note: str = ""
    days_late: int = 0


class Desk:
    """Where one assignment's submissions are written."""

    def __init__(self, master: Master, assignment: Assignment) -> None:
        self.master = master
        self.blank = nbformat.read(assignment.student, 4)

    def solved(self, name: str, questions: Sequence[str] | None = None) -> Any:
        """Return the student's notebook with a name and some right answers; None: all."""
        notebook = copy.deepcopy(self.blank)
        right = {
            question.name: _without_marks(question.answer) for question in self.master.questions
        }
        for cell in notebook.cells:
            if role_of(cell) == "student":
                cell.source = f"student = {name!r}"
            elif role_of(cell) == "answer":
                question = cell.metadata["coursework"]["question"]
                if questions is None or question in questions:
                    cell.source = right[question]
        return notebook

    @property
    def names(self) -> list[str]:
        """Return the questions' names."""
        return [question.name for question in self.master.questions]

    def worth(self, questions: Sequence[str]) -> float:
        """Return what right answers to some questions earn."""
        return sum(q.points for q in self.master.questions if q.name in questions)


def _without_marks(answer: str) -> str:
    """Return a master's answer without what is there for Otter alone."""
    kept, prompt = [], False
    for line in answer.splitlines():
        prompt = prompt or line.rstrip().endswith("# BEGIN PROMPT")
        if not prompt and not line.strip().startswith(("# BEGIN SOLUTION", "# END SOLUTION")):
            kept.append(line.partition("# SOLUTION")[0].rstrip())
        prompt = prompt and not line.rstrip().endswith("# END PROMPT")
    return "\n".join(kept)


def _cells(notebook: Any, role: str) -> list[Any]:
    return [cell for cell in notebook.cells if role_of(cell) == role]


def right(desk: Desk, name: str, pupil_number: int) -> tuple[Any, Pupil]:
    return desk.solved(name), Pupil("right", desk.master.points)


def partly(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    some = desk.names[: 1 + number % (len(desk.names) - 1)]
    return desk.solved(name, some), Pupil("partly right", desk.worth(some))


def blank(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    return desk.solved(name, []), Pupil("blank", 0)


def crashing(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    notebook = desk.solved(name)
    answer = _cells(notebook, "answer")[number % len(desk.names)]
    answer.source = "1 / 0"
    lost = desk.names[number % len(desk.names)]
    return notebook, Pupil("crashing", desk.master.points - desk.worth([lost]), note="ZeroDivision")


def looping(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    notebook = desk.solved(name)
    _cells(notebook, "answer")[-1].source = LOOP
    left = desk.master.points - desk.worth(desk.names[-1:])
    return notebook, Pupil("looping", left, note="stopped after")


def greedy(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    notebook = desk.solved(name)
    _cells(notebook, "answer")[0].source = GREEDY
    return notebook, Pupil("greedy", 0, "stopped", "memory")


def renamed(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    """All ids and metadata are gone, as after some editors."""
    notebook = desk.solved(name)
    for place, cell in enumerate(notebook.cells):
        cell.metadata, cell["id"] = nbformat.from_dict({}), f"renamed-{place}"
    notebook.metadata.pop("coursework")
    return notebook, Pupil("renamed cells", desk.master.points)


def importing(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    notebook = desk.solved(name)
    notebook.cells.append(nbformat.v4.new_code_cell("import os\nos.listdir('/')"))
    return notebook, Pupil("importing", 0, "refused", "imports os")


def shell(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    notebook = desk.solved(name)
    notebook.cells.append(nbformat.v4.new_code_cell("!ls"))
    return notebook, Pupil("shell", 0, "refused", "shell")


def changed(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    """A given cell is rewritten so that any answer would do."""
    notebook = desk.solved(name, [])
    given = _cells(notebook, "given")[0]
    given.source += "\nnp.ndim = lambda x: 0\n"
    return notebook, Pupil("changed a given cell", 0, note="had been changed")


def deleted(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    notebook = desk.solved(name)
    notebook.cells.remove(_cells(notebook, "given")[-1])
    return notebook, Pupil("deleted a given cell", desk.master.points, note="was missing")


def helping(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    """Cells of the student's own, and checks deleted."""
    notebook = desk.solved(name)
    kept = [cell for cell in notebook.cells if role_of(cell) != "check"]
    notebook.cells = [kept[0], nbformat.v4.new_code_cell("half = lambda x: x / 2"), *kept[1:]]
    return notebook, Pupil("own cells", desk.master.points)


def nameless(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    return desk.solved(""), Pupil("nameless", 0, "refused", "name")


def late(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    return desk.solved(name), Pupil("late", 0.8 * desk.master.points, days_late=2)


def other_assignment(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    notebook = desk.solved(name)
    notebook.metadata["coursework"]["assignment"] = "99-another"
    return notebook, Pupil("another assignment", 0, "no submission", "99-another")


def no_notebook(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    return "%PDF-1.7 a scan of my homework", Pupil(
        "no notebook", 0, "no submission", "not a notebook"
    )


def cut_off(desk: Desk, name: str, number: int) -> tuple[Any, Pupil]:
    text = nbformat.writes(desk.solved(name))
    return text[: len(text) // 2], Pupil("cut off", 0, "no submission", "not a notebook")


Kind = Callable[[Desk, str, int], tuple[Any, Pupil]]
# The first ten are the small class; the list comes round for a larger one.
KINDS: tuple[Kind, ...] = (
    right, partly, blank, crashing, looping, renamed, changed, deleted, importing, no_notebook,
    partly, right, greedy, shell, helping, nameless, late, other_assignment, cut_off, partly,
)  # fmt: skip


def hand_in(master: Master, assignment: Assignment, folder: Path, size: int) -> dict[Path, Pupil]:
    """Write a class's submissions into a folder; return the mark that each must get."""
    desk, expected = Desk(master, assignment), {}
    for number in range(size):
        kind = KINDS[number % len(KINDS)]
        name = f"{NAMES[number % len(NAMES)]} {chr(ord('A') + number // len(NAMES))}."
        made, pupil = kind(desk, name, number)
        path = folder / f"{number:02d}-{pupil.kind.replace(' ', '-')}.ipynb"
        path.write_text(made if isinstance(made, str) else nbformat.writes(made), encoding="utf-8")
        handed_in = DUE + timedelta(days=pupil.days_late) - timedelta(hours=1)
        os.utime(path, (handed_in.timestamp(),) * 2)
        expected[path] = pupil
    return expected


def disagreement(mark: Mark, pupil: Pupil) -> str:
    """Say how a mark is not what it must be; blank if it is."""
    said = json.dumps([*mark.notes, *mark.errors])
    wrong = [
        (mark.status, pupil.status),
        (round(mark.final, 6), round(pupil.points, 6)),
        (mark.days_late, pupil.days_late),
    ]
    found = [f"{got!r}, not {must!r}" for got, must in wrong if got != must]
    found += [] if pupil.note in said else [f"its notes lack {pupil.note!r}: {said}"]
    return f"{mark.file}: {'; '.join(found)}" if found else ""


def grade_class(
    master: Master, assignment: Assignment, size: int, workers: int, folder: Path
) -> tuple[list[Mark], list[str]]:
    """Hand in and grade a class; return its marks, and what is not as it must be."""
    expected = hand_in(master, assignment, folder, size)
    marks = grade_all(list(expected), assignment, LIMITS, RULES, workers, lambda _, mark: None)
    pairs = zip(marks, expected.values(), strict=True)
    return marks, [said for mark, pupil in pairs if (said := disagreement(mark, pupil))]


def main() -> None:
    """Grade a class in every assignment that is built, or in those that are named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="assignments such as 02-derivatives")
    parser.add_argument("--size", type=int, default=60)
    parser.add_argument("--workers", type=int, default=max(1, os.cpu_count() or 1))
    arguments = parser.parse_args()
    wrong: list[str] = []
    paths = [p for p in masters(ROOT) if not arguments.names or p.stem in arguments.names]
    if unknown := set(arguments.names) - {path.stem for path in paths}:
        raise SystemExit(f"no assignment is called {', '.join(sorted(unknown))}")
    for path in paths:
        start = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="class-") as folder:
            marks, said = grade_class(
                read_master(path),
                Assignment(OUTPUT / path.stem),
                arguments.size,
                arguments.workers,
                Path(folder),
            )
        seconds = time.monotonic() - start
        print(
            f"{path.stem}: {len(marks)} submissions, {len(said)} wrong marks, {seconds:.0f} s",
            flush=True,
        )
        print("".join(f"    {line}\n" for line in said), end="", flush=True)
        wrong += said
    if wrong:
        raise SystemExit(f"{len(wrong)} wrong marks")


if __name__ == "__main__":
    main()
