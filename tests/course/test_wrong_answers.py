"""Wrong answers that look right lose points in tests that students don't see."""

from typing import Any

import matplotlib
import pytest
from wrong_answers import WRONG

from tasks.execute import ROOT
from tasks.grading.masters import Check, Master, read_master, tags_of

CASES = [
    (name, question, why)
    for name, questions in WRONG.items()
    for question, answers in questions.items()
    for why in answers
]

matplotlib.use("agg")


def failed(master: Master, question: str, answer: str | None, student: str) -> list[Check]:
    """Return the tests that an answer fails, each run by itself; None: the solution."""
    space: dict[str, Any] = {}
    for cell in master.notebook.cells:
        if cell.cell_type != "code" or "test" in tags_of(cell):
            continue
        if cell.metadata.get("question") == question:
            exec(cell.source if answer is None else answer, space)
            break
        exec(f"student = {student!r}" if "student" in tags_of(cell) else cell.source, space)
    (asked,) = (each for each in master.questions if each.name == question)
    return [test for test in asked.tests if not passes(test, space)]


def passes(test: Check, space: dict[str, Any]) -> bool:
    try:
        exec(test.source, dict(space))
    except Exception:
        return False
    return True


@pytest.fixture(scope="module")
def master_of() -> dict[str, Master]:
    return {name: read_master(ROOT / "assignments" / f"{name}.md") for name in WRONG}


def test_each_question_has_two_or_more(master_of: dict[str, Master]) -> None:
    for name, master in master_of.items():
        assert set(WRONG[name]) == {question.name for question in master.questions}
        assert min(map(len, WRONG[name].values())) >= 2


@pytest.mark.parametrize(("name", "question", "why"), CASES)
def test_a_wrong_answer_fails_a_hidden_test(
    name: str, question: str, why: str, master_of: dict[str, Master]
) -> None:
    for student in ("Ada L.", "Emmy N.", "Vera R."):
        found = failed(master_of[name], question, WRONG[name][question][why], student)
        assert any(test.hidden for test in found), student
        assert all(test.hint for test in found if test.hidden)


@pytest.mark.parametrize("name", WRONG)
def test_the_right_answer_fails_none(name: str, master_of: dict[str, Master]) -> None:
    for question in master_of[name].questions:
        assert failed(master_of[name], question.name, None, "Ada L.") == []
