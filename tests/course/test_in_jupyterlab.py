"""A student opens the notebook in JupyterLab, writes a name and an answer, and is told."""

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, Page

from tasks.execute import ROOT
from tasks.grading.build import Assignment
from tasks.grading.masters import Master
from tasks.grading.sample_class import Desk
from tasks.grading.students import role_of
from tasks.lab_session import jupyter_lab

PANEL = "jupyterapp.shell.currentWidget"
IDLE = f"{PANEL}?.sessionContext?.session?.kernel?.status === 'idle'"
SECONDS = 120


def run_cell(page: Page, place: int, source: str | None = None) -> list[dict[str, Any]]:
    """Run a cell by its keys, with other code typed into it first; return its outputs."""
    page.evaluate(f"{PANEL}.content.activeCellIndex = {place}")
    page.evaluate(f"{PANEL}.content.scrollToItem({place})")
    page.locator(".jp-Notebook .jp-Cell.jp-mod-active .cm-content").click()
    if source is not None:
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(source)
    page.keyboard.press("Control+Enter")
    cell = f"{PANEL}.content.model.cells.get({place}).toJSON()"
    page.wait_for_function(f"{cell}.execution_count > 0", timeout=SECONDS * 1000)
    page.wait_for_function(IDLE)
    held = page.evaluate(cell)
    assert source is None or "".join(held["source"]) == source
    return held["outputs"]


@pytest.fixture
def page(browser: Browser, example: tuple[Master, Assignment], tmp_path: Path):
    """The notebook that students get, opened, with its kernel running."""
    folder = tmp_path / "lab"
    folder.mkdir()
    shutil.copy(example[1].student, folder)
    python = ROOT / ".venv" / "bin" / "python"
    with jupyter_lab(python, folder, tmp_path / "home", PYTHONPATH=str(ROOT / "src")) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(SECONDS * 1000)
        page.goto(f"{address}/lab/tree/{example[1].student.name}?reset")
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
        page.wait_for_function(f"{PANEL}?.context?.isReady")
        page.wait_for_function(IDLE)
        yield page
        page.close()


def test_a_right_answer_passes_and_what_was_given_does_not(
    page: Page, example: tuple[Master, Assignment]
) -> None:
    solved = Desk(*example).solved("Ada Lovelace").cells
    asked = nbformat.read(example[1].student, 4).cells
    code = [place for place, cell in enumerate(asked) if cell.cell_type == "code"]
    answers = [place for place in code if role_of(asked[place]) == "answer"]
    second = code.index(answers[1])
    for place in code[:second]:  # the name, the data, the first question and its check
        mine = role_of(asked[place]) in ("student", "answer")
        outputs = run_cell(page, place, solved[place].source if mine else None)
        assert [one for one in outputs if one["output_type"] == "error"] == [], asked[place].source
    run_cell(page, code[second])  # as it was given
    (error,) = run_cell(page, code[second + 1])
    assert error["evalue"] == "The slope of 3x is 3 everywhere."
