"""Worked solutions are held against their own checkers, as a student's answer is."""

import re
from collections.abc import Iterator
from typing import Any

# A solution's verdict is read from what its cells displayed (`calcbook.checks.verdict`).
GATE = re.compile(r"^\s*(?:`{3,}|:{3,})\{solution-(start|end)\}[ \t]*(\S*)", re.M)


def solution_cells(notebook: Any) -> Iterator[tuple[str, Any, list[Any]]]:
    """Yield each gated solution: its exercise's label, the cell that opens it, its code cells."""
    label, opening, code = "", None, []
    for cell in notebook.cells:
        if cell.cell_type == "code" and label:
            code.append(cell)
        if cell.cell_type != "markdown":
            continue
        for gate, argument in GATE.findall(cell.source):
            if gate == "start":
                label, opening, code = argument, cell, []
            elif label:
                yield label, opening, code
                label = ""


def verdicts(cell: Any, number: str) -> list[Any]:
    """Return the outputs of a cell that are verdicts on an exercise."""
    return [
        output
        for output in cell.get("outputs", [])
        if output.get("metadata", {}).get("calcbook", {}).get("exercise") == number
    ]


def line_of(text: str, cell: Any) -> int:
    """Return the line of a page's text at which a cell begins."""
    return text[: max(text.find(cell.source), 0)].count("\n") + 1


def refused_solutions(notebook: Any, page: str, text: str) -> list[str]:
    """Return what is wrong with the solutions of an executed page, each with its line."""
    refused = []
    for label, opening, code in solution_cells(notebook):
        number = label.removeprefix("exercise-").replace("-", ".")
        shown = [(cell, output) for cell in code for output in verdicts(cell, number)]
        if not shown:
            line = line_of(text, opening)
            refused.append(
                f"{page}.md:{line}: the solution of exercise {number} shows no verdict; end its "
                f'last cell with `check("{number}", ...)`'
            )
            continue
        cell, last = shown[-1]
        if not last["metadata"]["calcbook"]["right"]:
            said = last["data"]["text/plain"]
            refused.append(
                f"{page}.md:{line_of(text, cell)}: the solution of exercise {number} is refused: "
                f"{said}"
            )
    return refused
