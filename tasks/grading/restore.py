"""A submission as it is graded: what students were given stands there as it was given.

Students may add cells, and do; those stay where they are. But the cells that load the data, and the
name of the tests, decide the marks: whoever changes or deletes one is graded with the original.
"""

import ast
import copy
from dataclasses import dataclass, field
from typing import Any

import nbformat

from tasks.grading.students import MARK, role_of


@dataclass
class Restored:
    """A notebook ready to be graded, and what had to be put right for it."""

    notebook: Any
    student: str = ""
    notes: list[str] = field(default_factory=list)


class SubmissionError(ValueError):
    """A file that is no submission of this assignment; the message says why."""


def _key(cell: Any) -> str:
    mark = cell.get("metadata", {}).get(MARK, {})
    return mark.get("key") or mark.get("question") or mark.get("role", "")


def _by_source(cells: list[Any]) -> dict[str, Any]:
    return {" ".join(cell.source.split()): cell for cell in cells}


def restore(submitted: Any, original: Any) -> Restored:
    """Return a submission with the given cells as they were, and without the shown checks.

    Parameters
    ----------
    submitted, original : NotebookNode
        The student's notebook and the one that was handed out.

    Notes
    -----
    A given cell is recognized by its key; where an editor has dropped those, by its text.
    """
    code = [cell for cell in original.cells if cell.cell_type == "code"]
    given = {_key(cell): cell for cell in code if role_of(cell) == "given"}
    checks = _by_source([cell for cell in code if role_of(cell) == "check"])
    answers = {_key(cell): cell for cell in code if role_of(cell) == "answer"}
    by_source = _by_source(list(given.values()))
    result = Restored(nbformat.v4.new_notebook(metadata=copy.deepcopy(original.metadata)))
    placed: dict[str, int] = {}
    for number, cell in enumerate(submitted.cells, start=1):
        if cell.cell_type != "code":
            continue
        text, role, key = " ".join(cell.source.split()), role_of(cell), _key(cell)
        if role == "check" or text in checks:
            continue
        made = nbformat.v4.new_code_cell(cell.source)
        known = given.get(key) if role == "given" else by_source.get(text)
        if known is not None:
            key = _key(known)
            if " ".join(known.source.split()) != text:
                result.notes.append(f"cell {number}, which was given, had been changed")
            if key in placed:
                continue
            made.source = known.source
            placed[key] = len(result.notebook.cells)
        elif role == "answer" and key in answers:
            made.metadata["otter"] = copy.deepcopy(answers[key].metadata["otter"])
            made.metadata[MARK] = {"role": "answer", "question": key}
        result.notebook.cells.append(made)
        if role == "student" or (not result.student and _assigned_name(cell.source)):
            result.student = _assigned_name(cell.source)
    _put_back(given, placed, result)
    _test_once(result.notebook)
    return result


def _put_back(given: dict[str, Any], placed: dict[str, int], result: Restored) -> None:
    """Insert the given cells that are missing, each behind the one that was given before it."""
    cells, after = result.notebook.cells, -1
    order = {id(cells[place]): key for key, place in placed.items()}
    for key, original in given.items():
        if key in placed:
            after = next(i for i, cell in enumerate(cells) if order.get(id(cell)) == key)
            continue
        after += 1
        cells.insert(after, nbformat.v4.new_code_cell(original.source))
        result.notes.append(f"a given cell was missing: {_first_line(original.source)}")


def _test_once(notebook: Any) -> None:
    """Leave the tests of a question with the last of the cells that claim to be its answer."""
    seen: set[str] = set()
    for cell in reversed(notebook.cells):
        tests = cell.metadata.get("otter", {}).get("tests", [])
        if tests and tests[0] in seen:
            del cell.metadata["otter"]
        seen.update(tests)


def _first_line(source: str) -> str:
    return source.strip().splitlines()[0][:60]


def _assigned_name(source: str) -> str:
    """Return the text that a cell assigns to `student`, blank if it does not."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == "student" for t in node.targets)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            return node.value.value.strip()
    return ""


def read_submission(path: Any, original: Any) -> Restored:
    """Read a submitted file and restore it.

    Raises
    ------
    SubmissionError
        If it is no notebook, or one of another assignment.
    """
    try:
        submitted = nbformat.read(path, 4)
    except Exception as error:
        raise SubmissionError(f"not a notebook ({type(error).__name__})") from None
    mine = original.metadata[MARK]["assignment"]
    theirs = submitted.metadata.get(MARK, {}).get("assignment")
    if theirs not in (None, mine):
        raise SubmissionError(f"a notebook of the assignment {theirs!r}, not of {mine!r}")
    if not any(cell.cell_type == "code" and cell.source.strip() for cell in submitted.cells):
        raise SubmissionError("a notebook without code")
    return restore(submitted, original)
