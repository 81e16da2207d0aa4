"""An assignment's master: one MyST notebook with the questions, their solutions and their tests.

A code cell tagged `answer` opens a question; its lines that end in `# SOLUTION` are what students
do not get. The cells tagged `test` that follow it check the answer. A test has `points`, perhaps
a `hint` for those who fail it, and is shown to students unless it is `hidden`. The cell tagged
`student` holds the student's name, from which the data follow.

    ```{code-cell} ipython3
    ---
    tags: [answer]
    question: best-step
    ---
    best = (9 * sigma**2)**(1/6)  # SOLUTION
    ```

    ```{code-cell} ipython3
    ---
    tags: [test, hidden]
    points: 2
    hint: Is this the formula of the forward rule?
    ---
    assert abs(best / true_best - 1) < 0.05
    ```
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import yaml

from tasks.grading.standalone import borrowed

NOT_FOR_OTTER = {
    "init_cell": False,
    "export_cell": False,
    "solutions_pdf": False,
    "strip_solutions_from_all_cells": False,
}


class MasterError(ValueError):
    """A master is not written as it should be; the message says where and what to mend."""


@dataclass
class Check:
    """One check of an answer."""

    source: str
    points: float
    hidden: bool
    hint: str = ""


@dataclass
class Question:
    """An answer to be given, and how it is checked."""

    name: str
    answer: str
    tests: list[Check] = field(default_factory=list)

    @property
    def points(self) -> float:
        """Return what a right answer earns."""
        return sum(test.points for test in self.tests)


@dataclass
class Master:
    """A master notebook, read."""

    name: str
    notebook: Any
    questions: list[Question]

    @property
    def points(self) -> float:
        """Return what a wholly right submission earns."""
        return sum(question.points for question in self.questions)


def tags_of(cell: Any) -> list[str]:
    """Return a cell's tags."""
    return cell.metadata.get("tags", [])


def read_master(path: Path) -> Master:
    """Read a master.

    Raises
    ------
    MasterError
        If a question has no name, a name comes twice, a test has no points or no question, an
        answer has no solution, not exactly one cell is the student's, or a test uses a name that
        only another test defines.
    """
    notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="md:myst")
    questions: list[Question] = []
    students = 0
    for number, cell in enumerate(notebook.cells, start=1):
        where, tags = f"{path.name}: cell {number}", tags_of(cell)
        students += "student" in tags
        if "answer" in tags:
            name = cell.metadata.get("question")
            if not name or name in [question.name for question in questions]:
                raise MasterError(f"{where}: `question:` must give a name of its own, not {name!r}")
            if "# SOLUTION" not in cell.source and "# BEGIN SOLUTION" not in cell.source:
                raise MasterError(f"{where}: no line of the answer to {name!r} ends in # SOLUTION")
            questions.append(Question(name, cell.source))
        elif "test" in tags:
            if not questions:
                raise MasterError(f"{where}: a test without a question before it")
            points = cell.metadata.get("points")
            if not isinstance(points, int | float) or points < 0:
                raise MasterError(f"{where}: `points:` must be a number from 0 up, not {points!r}")
            hint = " ".join(str(cell.metadata.get("hint", "")).split())
            questions[-1].tests.append(Check(cell.source, points, "hidden" in tags, hint))
    if students != 1:
        raise MasterError(f"{path.name}: {students} cells are tagged `student`, there must be one")
    for question in questions:
        if not question.tests or question.points == 0:
            raise MasterError(f"{path.name}: the question {question.name!r} earns no points")
    if not questions:
        raise MasterError(f"{path.name}: no cell is tagged `answer`")
    _refuse_borrowed_names(path.name, notebook.cells)
    return Master(path.stem, notebook, questions)


def _refuse_borrowed_names(file: str, cells: Sequence[Any]) -> None:
    code = [(n, cell) for n, cell in enumerate(cells, start=1) if cell.cell_type == "code"]
    tests = [(n, cell.source) for n, cell in code if "test" in tags_of(cell)]
    others = [cell.source for _, cell in code if "test" not in tags_of(cell)]
    for place, name in borrowed([source for _, source in tests], others):
        raise MasterError(
            f"{file}: cell {tests[place][0]}: the test uses {name!r}, which only another test "
            "defines; each test runs by itself, so define it here too"
        )


def for_otter(master: Master, requirements: Sequence[str] = ()) -> Any:
    """Return the master as Otter Assign reads it: raw cells around, heads on the tests.

    Parameters
    ----------
    master : Master
    requirements : sequence of str
        What a container that grades has to install besides Otter.
    """
    settings = {"name": master.name, **NOT_FOR_OTTER, "generate": {"show_hidden": False}}
    if requirements:
        settings["requirements"] = list(requirements)
    cells = [_raw("# ASSIGNMENT CONFIG\n" + yaml.safe_dump(settings, sort_keys=False))]
    inside = False
    for cell in master.notebook.cells:
        tags = tags_of(cell)
        if inside and "test" not in tags:
            cells += [_raw("# END TESTS"), _raw("# END QUESTION")]
            inside = False
        if "answer" in tags:
            config = {"name": cell.metadata["question"], "check_cell": False}
            cells += [
                _raw("# BEGIN QUESTION\n" + yaml.safe_dump(config)),
                _raw("# BEGIN SOLUTION"),
                nbformat.v4.new_code_cell(cell.source),
                _raw("# END SOLUTION"),
                _raw("# BEGIN TESTS"),
            ]
            inside = True
        elif "test" in tags:
            cells.append(nbformat.v4.new_code_cell(_test_head(cell) + cell.source))
        else:
            cells.append(cell)
    if inside:
        cells += [_raw("# END TESTS"), _raw("# END QUESTION")]
    kernel = {key: master.notebook.metadata[key] for key in ("kernelspec",)}
    return nbformat.v4.new_notebook(cells=cells, metadata=kernel)


def _test_head(cell: Any) -> str:
    config = {"points": cell.metadata["points"], "hidden": "hidden" in tags_of(cell)}
    if hint := " ".join(str(cell.metadata.get("hint", "")).split()):
        config["failure_message"] = hint
    text = yaml.safe_dump(config, allow_unicode=True, width=10_000)
    return f'""" # BEGIN TEST CONFIG\n{text}""" # END TEST CONFIG\n'


def _raw(source: str) -> Any:
    return nbformat.v4.new_raw_cell(source)
