"""Worked solutions are held against their own checkers, as a student's answer is."""

import re
from collections.abc import Iterator
from typing import Any

# A solution's verdict is read from what its cells displayed (`calcbook.checks.verdict`).
GATE = re.compile(r"^\s*(?:`{3,}|:{3,})\{solution-(start|end)\}[ \t]*(\S*)", re.M)


def solution_cells(notebook: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield each gated solution: the label of its exercise and its code cells."""
    label, code = "", list[Any]()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            code.append(cell)
        elif cell.cell_type == "markdown":
            for gate, argument in GATE.findall(cell.source):
                if gate == "end":
                    yield label, code
                label, code = argument, []


def verdicts(cell: Any, number: str) -> list[Any]:
    """Return the outputs of a cell that are verdicts on an exercise."""
    return [
        output
        for output in cell.get("outputs", [])
        if output.get("metadata", {}).get("calcbook_verdict", {}).get("exercise") == number
    ]


def line_of(text: str, part: str) -> int:
    """Return the line of a page's text at which a part of it begins."""
    return text[: max(text.find(part), 0)].count("\n") + 1


def refused_solutions(notebook: Any, page: str, text: str) -> list[str]:
    """Return what is wrong with the solutions of an executed page, each with its line."""
    refused = []
    for label, code in solution_cells(notebook):
        number = label.removeprefix("exercise-").replace("-", ".")
        shown = [(cell, output) for cell in code for output in verdicts(cell, number)]
        if not shown:
            line = line_of(text, f"{{solution-start}} {label}")
            what = f'shows no verdict; end its last cell with `check("{number}", ...)`'
        elif not shown[-1][1]["metadata"]["calcbook_verdict"]["right"]:
            cell, last = shown[-1]
            line, what = line_of(text, cell.source), f"is refused: {last['data']['text/plain']}"
        else:
            continue
        refused.append(f"{page}.md:{line}: the solution of exercise {number} {what}")
    return refused


def solution_lines(text: str) -> set[str]:
    """Return the lines of a page's text that stand in its solutions and nowhere else in it.

    Short ones and those of the directives are left out, for they say nothing.
    """
    inside, outside, solution = set[str](), set[str](), False
    for line in text.splitlines():
        if gate := GATE.match(line):
            solution = gate[1] == "start"
        elif len(line.strip()) >= 12 and not line.startswith(("```", ":")):
            (inside if solution else outside).add(line.strip())
    return inside - outside
