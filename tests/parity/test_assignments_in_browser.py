"""In the browser's Python every assignment can be done: its data are made, and right answers pass.

The notebooks of the students run, with a name, and with the solutions in their answers' place. A
check that passes there and here is all that a student sees before handing in.
"""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pages_in_pyodide import SCRIPT, SECONDS, SitePython

from livebook.katex import find_node
from tasks.execute import ROOT
from tasks.grading.build import build_assignment, masters
from tasks.grading.sample_class import Desk
from tasks.grading.students import role_of


def run_cells(python: SitePython, cells: list[str]) -> list[dict[str, Any]]:
    """Run cells in the site's Python; return how each of them ended."""
    numbered = json.dumps(list(enumerate(cells, start=1)))
    command = [find_node(), str(SCRIPT), str(python.home), numbered]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])["cells"]


@pytest.mark.parametrize("path", masters(ROOT), ids=lambda path: path.stem)
def test_students_notebook_runs_in_the_browser(
    path: Path, site_python: SitePython, tmp_path: Path
) -> None:
    desk = Desk(*build_assignment(path, tmp_path))
    code = [c for c in desk.solved("Ada Lovelace").cells if c.cell_type == "code"]
    roles = [role_of(cell) for cell in code]
    assert roles.index("answer") >= 2, "the name and the set-up come before the first question"
    ran = run_cells(site_python, [cell.source for cell in code])
    failed = [(roles[one["number"] - 1], one["error"]) for one in ran if not one["ok"]]
    assert failed == []
    assert len(ran) == len(code)


def test_a_blank_answer_and_a_missing_name_are_noticed(
    site_python: SitePython, tmp_path: Path
) -> None:
    desk = Desk(*build_assignment(ROOT / "assignments" / "02-derivatives.md", tmp_path))
    code = [c for c in desk.solved("", []).cells if c.cell_type == "code"]
    ran = run_cells(site_python, [cell.source for cell in code])
    failed = {role_of(code[one["number"] - 1]) for one in ran if not one["ok"]}
    said = " ".join(one["error"] for one in ran if not one["ok"])
    assert failed == {"given", "check"}
    assert "`student` is blank" in said
