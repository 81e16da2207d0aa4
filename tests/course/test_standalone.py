"""A test that needs what another test has defined is found before anybody is graded."""

import pytest

from tasks.grading.standalone import borrowed


@pytest.mark.parametrize(
    ("tests", "others", "found"),
    [
        (["z = 1\nassert z", "assert z == 1"], [], [(1, "z")]),
        (["assert g(1)", "def g(x): return x"], [], [(0, "g")]),
        (["import math", "f = lambda x: math.pi * x"], [], [(1, "math")]),
        (["for n in (1, 2): pass", "assert [n * k for k in (1, 2)]"], [], [(1, "n")]),
        (["z = 1\nassert z", "z = 2\nassert z"], [], []),
        (["z = 1", "assert z == 1"], ["z = 3"], []),  # the notebook has it
        (["z = 1", "assert z == 1"], ["def f():\n    z = 3"], [(1, "z")]),  # only a function has it
        (["z = 1", "assert (lambda z: z)(1)"], [], []),
        (["def f():\n    z = 1", "assert sum(z for z in (1, 2))"], [], []),
        (["assert nowhere"], [], []),  # the solution's own run tells
        (["%matplotlib inline", "assert 1"], ["%time 1"], []),
        ([], ["z = 1"], []),
    ],
)
def test_names_that_only_another_test_defines(
    tests: list[str], others: list[str], found: list[tuple[int, str]]
) -> None:
    assert borrowed(tests, others) == found
