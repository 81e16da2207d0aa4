"""Every exercise of every page: complete, solved, and with wrong answers that are recognized."""

import json
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from jupyter_cache import get_cache
from nbclient import NotebookClient

from calcbook.checks import Array, Number, all_numbers, check
from calcbook.checks.catalog import exercise
from livebook.fences import Fence, pieces
from tasks.execute import MYST, ROOT, Execution, cache_folder, table_of_contents
from tasks.notebooks import write_notebooks
from tasks.solutions import refused_solutions, solution_cells


def page_pieces(page: str) -> list[str | Fence]:
    return list(pieces((ROOT / f"{page}.md").read_text()))


def number_of(label: object) -> str:
    return str(label).split("-", 1)[1].replace("-", ".")


def exercises_of(page: str) -> list[str]:
    """Return the numbers of a page's exercises in their order."""
    found = [piece for piece in page_pieces(page) if isinstance(piece, Fence)]
    return [
        number_of(f.options["label"]) for f in found if f.name.startswith("exercise") and f.options
    ]


PAGES = [page for page in table_of_contents() if exercises_of(page)]
IN_PAGES = [(page, number) for page in PAGES for number in exercises_of(page)]


def between(page: str, number: str, kind: str) -> list[str | Fence]:
    """Return what stands between the start and the end of an exercise or of its solution."""
    label, inside, found = f"{kind}-{number.replace('.', '-')}", False, list[str | Fence]()
    for piece in page_pieces(page):
        if isinstance(piece, Fence) and piece.name.startswith(kind):
            inside = piece.options.get("label") == label
        elif inside:
            found.append(piece)
    return found


def code(parts: list[str | Fence]) -> list[str]:
    return [p.body for p in parts if isinstance(p, Fence) and p.name == "code-cell"]


def prose(parts: list[str | Fence]) -> str:
    return "\n".join(part for part in parts if isinstance(part, str)).strip()


def test_every_checker_belongs_to_an_exercise_of_a_page() -> None:
    chapters = {number.split(".")[0] for _, number in IN_PAGES}
    checked = [number for number in all_numbers() if number.split(".")[0] in chapters]
    assert sorted(number for _, number in IN_PAGES) == sorted(checked)


@pytest.mark.parametrize(("page", "number"), IN_PAGES)
def test_statement_starter_and_solution_are_there(page: str, number: str) -> None:
    statement, solution = (between(page, number, kind) for kind in ("exercise", "solution"))
    assert len(prose(statement)) > 40
    assert len(prose(solution)) > 40
    (starter,) = [cell for cell in code(statement) if "check(" in cell]
    assert re.search(rf'^check\("{re.escape(number)}", .+\)$', starter, re.M)
    assert re.search(r"(= |return |^ +)\.\.\.(  #.*)?$", starter, re.M)
    assert any(f'check("{number}", ' in cell for cell in code(solution))


@pytest.fixture(scope="module")
def executed(executions: dict[str, Execution]) -> dict[str, nbformat.NotebookNode]:
    """The pages with exercises as they were executed."""
    cache, found = get_cache(cache_folder(ROOT)), {}
    for page in PAGES:
        assert executions[page].failure is None, executions[page].failure
        record = cache.add_nb_to_project(str(ROOT / f"{page}.md"), read_data=MYST)
        written = cache.get_project_notebook(record.pk).nb
        _, found[page] = cache.merge_match_into_notebook(written)
    return found


@pytest.mark.parametrize("page", PAGES)
def test_solutions_are_right(page: str, executed: dict[str, nbformat.NotebookNode]) -> None:
    text = (ROOT / f"{page}.md").read_text()
    solved = [number_of(label) for label, _ in solution_cells(executed[page])]
    assert solved == exercises_of(page)
    assert refused_solutions(executed[page], page, text) == []


@pytest.mark.parametrize("number", all_numbers())
def test_wrong_answers_are_recognized(number: str) -> None:
    wrong = list(exercise(number).wrong_answers())
    assert len(wrong) >= 2
    own = {mistake.name: mistake.message for mistake in exercise(number).mistakes}
    for answer, name in wrong:
        verdict = check(number, answer)
        assert not verdict.right, name
        assert verdict.mistake == name, verdict
        if name in own:
            assert verdict.message == f"not yet. {own[name]}"


@pytest.mark.parametrize("number", all_numbers())
def test_right_answer_is_right_and_the_dots_are_not(number: str) -> None:
    assert check(number, exercise(number).right()).right
    assert not check(number, ...).answered


# The words of a choice stand in its statement, and a function cannot be said in a number.
NUMERIC = [n for n in all_numbers() if isinstance(exercise(n).kind, Number | Array)]


@pytest.mark.parametrize("number", NUMERIC)
def test_no_message_gives_the_answer_away(number: str) -> None:
    asked = exercise(number)
    messages = [asked.hint, *(check(number, wrong).message for wrong, _ in asked.wrong_answers())]
    right = np.ravel(asked.right()).astype(float)
    for message in messages:
        assert not all(np.any(np.isclose(numbers_in(message), value)) for value in right)


def solution_lines(page: str) -> set[str]:
    """Return the lines of all solutions of a page that stand nowhere else in it."""
    text = (ROOT / f"{page}.md").read_text()
    lines, elsewhere, inside = set(), set(), False
    for line in text.splitlines():
        if re.match(r"^[`:]{3,}\{solution", line):
            inside = True
        (lines if inside else elsewhere).add(line.strip())
        if "{solution-end}" in line:
            inside = False
    return {line for line in lines - elsewhere if len(line) > 8}


def numbers_in(text: str) -> np.ndarray:
    return np.array([float(n) for n in re.findall(r"[-+]?\d+\.?\d*(?:e[-+]?\d+)?", text)])


def gives_away(text: str, number: str) -> bool:
    """Tell whether the right numbers of an exercise stand in its part of a notebook."""
    own = re.search(rf"^### Exercise {re.escape(number)} .*?(?=^#{{1,3}} |\Z)", text, re.M | re.S)
    assert own is not None, f"exercise {number} is not in its notebook"
    if number not in NUMERIC:
        return False
    shown = numbers_in(own[0])
    right = np.ravel(exercise(number).right()).astype(float)
    return all(np.any(np.abs(np.abs(shown) - abs(value)) <= 1e-3 * abs(value)) for value in right)


def assert_without_solutions(page: str, path: Path) -> None:
    notebook = nbformat.read(path, 4)
    text = "\n".join(cell.source for cell in notebook.cells)
    assert [number for number in exercises_of(page) if gives_away(text, number)] == []
    assert text.count("check(") >= len(exercises_of(page))
    assert [line for line in solution_lines(page) if line in text] == []
    assert "solution-" not in json.dumps(notebook)
    assert all(not cell.get("outputs") for cell in notebook.cells)


@pytest.fixture(scope="session")
def launched(
    executions: dict[str, Execution], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The notebook of each page with exercises, as launching opens it."""
    folder = tmp_path_factory.mktemp("launched")
    write_notebooks(folder)
    return {page: folder / f"{page.removeprefix('book/')}.ipynb" for page in PAGES}


def test_launched_notebooks_hold_no_line_of_a_solution(launched: dict[str, Path]) -> None:
    for page in PAGES:
        assert solution_lines(page)
        assert_without_solutions(page, launched[page])


@pytest.mark.parametrize("page", PAGES)
def test_launched_notebook_runs_without_its_solutions(
    page: str, launched: dict[str, Path], tmp_path: Path
) -> None:
    notebook = nbformat.read(launched[page], 4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": tmp_path}}).execute()
    asked = [
        output["metadata"]["calcbook_verdict"]["exercise"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "calcbook_verdict" in output.get("metadata", {})
    ]
    assert asked == exercises_of(page)
