"""Every master is complete, and nothing of it that students must not see is in what they get."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tasks.execute import ROOT, table_of_contents
from tasks.grading.build import Assignment, masters
from tasks.grading.leaks import secret_lines
from tasks.grading.masters import Master, MasterError, read_master
from tasks.grading.students import STUDENT, role_of

NAMES = [path.stem for path in masters(ROOT)]
Built = dict[str, tuple[Master, Assignment]]


def test_there_are_masters() -> None:
    assert NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_master_belongs_to_a_chapter_and_is_no_page(name: str) -> None:
    text = (ROOT / "assignments" / f"{name}.md").read_text()
    chapter = re.search(r"^chapter: (.+)$", text, re.M)
    assert chapter is not None
    assert chapter[1] in table_of_contents()
    assert f"assignments/{name}" not in table_of_contents()


@pytest.mark.parametrize("name", NAMES)
def test_points_add_up_to_what_the_text_says(name: str, built: Built) -> None:
    master, assignment = built[name]
    prose = "\n".join(c.source for c in nbformat.read(assignment.student, 4).cells)
    said = re.findall(r"^## \d+\. .*\((\d+) points?\)$", prose, re.M)
    assert [float(points) for points in said] == [q.points for q in master.questions]
    assert sum(map(float, said)) == 10


@pytest.mark.parametrize("name", NAMES)
def test_students_get_neither_solutions_nor_hidden_tests(name: str, built: Built) -> None:
    master, assignment = built[name]
    assert assignment.solution.exists()
    text = "\n".join(c.source for c in nbformat.read(assignment.student, 4).cells)
    raw = assignment.student.read_text()
    secrets = secret_lines(master)
    assert len(secrets) >= 2 * len(master.questions)
    assert [line for line in secrets if line in text] == []
    assert "SOLUTION" not in raw
    assert [path.name for path in assignment.student.parent.iterdir()] == [f"{name}.ipynb"]


@pytest.mark.parametrize("name", NAMES)
def test_students_find_every_question_with_something_to_fill_in(name: str, built: Built) -> None:
    master, assignment = built[name]
    cells = nbformat.read(assignment.student, 4).cells
    answers = {c.metadata["coursework"]["question"]: c for c in cells if role_of(c) == "answer"}
    assert list(answers) == [question.name for question in master.questions]
    assert [c.source for c in cells if role_of(c) == "student"] == [STUDENT]
    shown = [c.metadata["coursework"]["question"] for c in cells if role_of(c) == "check"]
    assert shown == list(answers)  # each answer can be checked in part before it is handed in


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_not_given_yet_runs(name: str, built: Built) -> None:
    for cell in nbformat.read(built[name][1].student, 4).cells:
        if role_of(cell) == "answer":
            exec(cell.source, {})  # as `a, b = ...` would not


@pytest.mark.parametrize("name", NAMES)
def test_the_archive_holds_all_tests(name: str, built: Built) -> None:
    master, assignment = built[name]
    with zipfile.ZipFile(assignment.autograder) as archive:
        files = archive.namelist()
        for question in master.questions:
            text = archive.read(f"tests/{question.name}.py").decode()
            assert text.count("'hidden': True") == sum(test.hidden for test in question.tests)
            assert any(test.hidden for test in question.tests)
        environment = archive.read("environment.yml").decode()
    assert not [file for file in files if file.endswith(".ipynb")]
    assert "calculus-from-data[book] @ git+https://" in environment  # for Docker and Gradescope


@pytest.mark.parametrize(
    ("change", "by", "message"),
    [
        ("question: heater\n", "", "`question:` must give a name"),
        ("question: heater\n", "question: best-step\n", "`question:` must give a name"),
        ("  # SOLUTION", "", "no line of the answer to 'best-step'"),
        ("points: 0.5\n", "points: half\n", "`points:` must be a number"),
        ("tags: [student]", "tags: []", "0 cells are tagged `student`"),
        ("tags: [answer]", "tags: []", "a test without a question"),
        (
            "low, high = SplineInterpolator()",
            "assert lower < errors[0]\nlow, high = SplineInterpolator()",
            r"cell 18: the test uses 'errors', which only another test defines",
        ),
    ],
)
def test_a_master_that_is_not_complete_is_refused(
    change: str, by: str, message: str, master_text: str, write_master: Callable[..., Path]
) -> None:
    assert change in master_text
    with pytest.raises(MasterError, match=message):
        read_master(write_master(master_text.replace(change, by)))
