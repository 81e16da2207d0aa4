"""What a submission may use and what not."""

import nbformat
import pytest

from tasks.grading.audit import refusals


def of(*sources: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nfrom scipy.special import expit",
        "from pydelt.interpolation import SplineInterpolator",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
        "class A(B):\n    def __init__(self):\n        super().__init__()",
        "class A:\n    def __mul__(self, x): ...",
        "%matplotlib inline\n%timeit 1 + 1",
        "this is no Python",
        "f = lambda x: x\nprint(f.__name__)",
        "'os' in 'import os'",
    ],
)
def test_usual_code_is_allowed(source: str) -> None:
    assert refusals(of(source)) == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import os", "imports os"),
        ("import numpy, os.path as p", "imports os.path"),
        ("from subprocess import run", "imports subprocess"),
        ("from . import tests", "imports ."),
        ("import otter", "imports otter"),
        ("def f():\n    import socket", "imports socket"),
        ("open('tests/heater.py').read()", "uses open"),
        ("__import__('os')", "uses __import__"),
        ("exec('import o' + 's')", "uses exec"),
        ("getattr(np, 'lo' + 'ad')", "uses getattr"),
        ("().__class__.__bases__", "uses .__class__"),
        ("!ls", "shell or magic"),
        ("files = !ls", "shell or magic"),
        ("%run other.py", "shell or magic"),
        ("%%bash\nls", "shell or magic"),
        ("get_ipython().events", "shell or magic"),
    ],
)
def test_what_reaches_out_is_refused_by_cell(source: str, reason: str) -> None:
    (first, *_) = refusals(of("x = 1", source))
    assert first.startswith("code cell 2: ")
    assert reason in "; ".join(refusals(of("x = 1", source)))


def test_a_teacher_can_allow_a_package() -> None:
    assert refusals(of("import networkx"), allowed=["networkx"]) == []
    assert refusals(of("import networkx")) == ["code cell 1: imports networkx"]
