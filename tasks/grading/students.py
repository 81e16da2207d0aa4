"""The notebook that a student gets: no solution, no hidden test, and marks on every given cell."""

import copy
from typing import Any

import nbformat

from tasks.grading.masters import Master, tags_of

MARK = "coursework"
STUDENT = 'student = ""  # your name, as the course\'s list has it'


def student_notebook(master: Master, stripped: Any) -> Any:
    """Return the student's notebook.

    Parameters
    ----------
    master : Master
    stripped : NotebookNode
        What Otter Assign made for students: solutions are gone, answer cells name their tests.

    Notes
    -----
    Each cell carries in its metadata, under `coursework`, what it is: `given` (with a key that
    the grading recognizes it by), `answer`, `check` or `student`. The shown tests stand below
    each answer as a cell of plain asserts, which needs nothing but the book's packages.
    """
    questions = {question.name: question for question in master.questions}
    cells: list[Any] = []
    given = 0
    for cell in stripped.cells:
        cell = copy.deepcopy(cell)
        asked = cell.metadata.get("otter", {}).get("tests", [])
        if asked:
            question = questions[asked[0]]
            cell.metadata[MARK] = {"role": "answer", "question": question.name}
            cells.append(cell)
            if shown := [test.source for test in question.tests if not test.hidden]:
                source = "# Run this cell to check your answer.\n" + "\n".join(shown)
                check = nbformat.v4.new_code_cell(source)
                check.metadata[MARK] = {"role": "check", "question": question.name}
                cells.append(check)
        elif "student" in tags_of(cell):
            cell.source = STUDENT
            cell.metadata[MARK] = {"role": "student"}
            cells.append(cell)
        else:
            if cell.cell_type == "code":
                given += 1
                cell.metadata[MARK] = {"role": "given", "key": f"given-{given}"}
            cells.append(cell)
    for number, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{number}"
    metadata = {
        "kernelspec": stripped.metadata["kernelspec"],
        "otter": {"assignment_name": master.name},
        MARK: {"assignment": master.name},
    }
    made = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.validate(made)
    return made


def role_of(cell: Any) -> str:
    """Return what a cell is in the student's notebook: given, answer, check, student or blank."""
    return cell.get("metadata", {}).get(MARK, {}).get("role", "")
