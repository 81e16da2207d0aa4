"""What was given is graded as it was given; what students add stays."""

import copy
from typing import Any

import nbformat
import pytest

from tasks.grading.build import Assignment
from tasks.grading.masters import Master
from tasks.grading.restore import SubmissionError, read_submission, restore
from tasks.grading.students import role_of


@pytest.fixture
def original(example: tuple[Master, Assignment]) -> Any:
    return nbformat.read(example[1].student, 4)


def sources(notebook: Any) -> list[str]:
    return [cell.source for cell in notebook.cells]


def of_role(notebook: Any, role: str) -> list[Any]:
    return [cell for cell in notebook.cells if role_of(cell) == role]


def test_an_untouched_notebook_stays_but_for_text_and_checks(original: Any) -> None:
    restored = restore(copy.deepcopy(original), original)
    kept = [c.source for c in original.cells if role_of(c) in ("given", "answer", "student")]
    assert sources(restored.notebook) == kept
    assert restored.notes == []


def test_a_changed_given_cell_is_put_right(original: Any) -> None:
    mine = copy.deepcopy(original)
    given = of_role(mine, "given")[1]
    was = given.source
    given.source = "noise = 1.0"
    restored = restore(mine, original)
    assert was in sources(restored.notebook)
    assert "noise = 1.0" not in sources(restored.notebook)
    assert "had been changed" in restored.notes[0]


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_deleted_given_cell_comes_back_in_its_place(original: Any, place: int) -> None:
    mine = copy.deepcopy(original)
    given = of_role(mine, "given")[place]
    mine.cells.remove(given)
    restored = restore(mine, original)
    order = [c.source for c in original.cells if role_of(c) == "given"]
    found = [source for source in sources(restored.notebook) if source in order]
    assert found == order
    assert "was missing" in restored.notes[0]


def test_all_given_cells_deleted_come_back_in_their_order(original: Any) -> None:
    mine = copy.deepcopy(original)
    for cell in of_role(mine, "given"):
        mine.cells.remove(cell)
    restored = restore(mine, original)
    order = [c.source for c in original.cells if role_of(c) == "given"]
    assert [source for source in sources(restored.notebook) if source in order] == order


def test_a_given_cell_that_was_copied_runs_once(original: Any) -> None:
    mine = copy.deepcopy(original)
    mine.cells.append(copy.deepcopy(of_role(mine, "given")[0]))
    restored = restore(mine, original)
    assert sources(restored.notebook).count(of_role(original, "given")[0].source) == 1


def test_an_answer_that_was_copied_is_tested_after_its_last_copy(original: Any) -> None:
    mine = copy.deepcopy(original)
    again = copy.deepcopy(of_role(mine, "answer")[0])
    again.source = "best_h = 0.4"
    mine.cells.append(again)
    tested = [c for c in restore(mine, original).notebook.cells if "otter" in c.metadata]
    assert [c.source for c in tested].count("best_h = 0.4") == 1
    assert "best_h = ..." not in [c.source for c in tested]


def test_cells_of_the_students_own_stay_where_they_are(original: Any) -> None:
    mine = copy.deepcopy(original)
    answer = mine.cells.index(of_role(mine, "answer")[2])
    mine.cells.insert(answer, nbformat.v4.new_code_cell("helper = 1"))
    restored = sources(restore(mine, original).notebook)
    assert restored.index("helper = 1") < restored.index(of_role(mine, "answer")[2].source)


def test_metadata_lost_on_the_way_does_not_matter(original: Any) -> None:
    mine = copy.deepcopy(original)
    for cell in mine.cells:
        cell.metadata = nbformat.from_dict({})
    of_name = next(c for c in mine.cells if c.source.startswith("student ="))
    of_name.source = "student = 'Ada Lovelace'"
    restored = restore(mine, original)
    assert restored.student == "Ada Lovelace"
    assert not [s for s in sources(restored.notebook) if s.startswith("# Run this cell to check")]


def test_the_name_is_read_and_never_run(original: Any) -> None:
    mine = copy.deepcopy(original)
    of_role(mine, "student")[0].source = "student = open('/etc/hostname').read()"
    assert restore(mine, original).student == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a notebook"),
        ("%PDF", "not a notebook"),
        ('{"cells": 1}', "not a notebook"),
        (nbformat.writes(nbformat.v4.new_notebook()), "without code"),
    ],
)
def test_a_file_that_is_no_submission_says_why(
    text: str, message: str, original: Any, tmp_path: Any
) -> None:
    path = tmp_path / "file.ipynb"
    path.write_text(text)
    with pytest.raises(SubmissionError, match=message):
        read_submission(path, original)
