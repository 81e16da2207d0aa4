"""Grade one submission in a process of its own, and write the result as JSON.

usage: python -m tasks.grading.one NOTEBOOK AUTOGRADER RESULT
"""

import json
import logging
import sys
from pathlib import Path
from typing import Any

MESSAGE = 400  # characters of an error that a report quotes


def graded(notebook: Path, autograder: Path) -> dict[str, Any]:
    """Run Otter on a notebook; return points by question and the errors of the cells."""
    from otter.api import grade_submission

    logging.getLogger("otter").setLevel(logging.ERROR)
    found = grade_submission(str(notebook), str(autograder), quiet=True)
    if found.catastrophic_error is not None:
        raise found.catastrophic_error
    questions = {
        name: {
            "points": tests.score,
            "possible": tests.possible,
            "tests": [
                {
                    "hidden": result.test_case.hidden,
                    "points": result.test_case.points,
                    "passed": bool(result.passed),
                    "hint": result.test_case.failure_message or "",
                    "message": "" if result.passed else _last_line(result.message),
                }
                for result in tests.test_case_results
            ],
        }
        for name, tests in found.results.items()
    }
    return {"questions": questions, "errors": _errors(found.notebook)}


def _last_line(message: str | None) -> str:
    lines = [line.strip() for line in (message or "").splitlines() if line.strip()]
    return lines[-1][:MESSAGE] if lines else ""


def _errors(executed: Any) -> list[str]:
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    return [
        f"{output.ename}: {output.evalue}"[:MESSAGE]
        for cell in code
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]


def main() -> None:
    """Grade the notebook that the command line names."""
    notebook, autograder, result = map(Path, sys.argv[1:])
    text = json.dumps(graded(notebook, autograder))
    result.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
