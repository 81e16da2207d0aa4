"""The tape that chapter 3 builds is as short as it says, and is what `calcbook.tape` grew from."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from calcbook import tape

PAGE = Path(__file__).parents[2] / "book" / "03-differentiation-rules.md"
FIRST, LAST = "**Step 1: record.**", "The test of the whole"
PARTS = ("class Node", "def in_order", "def backward", "def elementwise", "def accumulate",
         "def matmul")  # fmt: skip
MOST_LINES = 60


@pytest.fixture(scope="module")
def cells() -> list[str]:
    """Return the cells of the five steps that define something the tape consists of."""
    steps = PAGE.read_text().split(FIRST)[1].split(LAST)[0]
    every = re.findall(r"```\{code-cell\} ipython3\n(.*?)```", steps, flags=re.DOTALL)
    return [cell for cell in every if any(part in cell for part in PARTS)]


@pytest.fixture(scope="module")
def page(cells: list[str]) -> dict[str, Any]:
    """Return the names that the cells define."""
    names: dict[str, Any] = {"np": np}
    exec("from calcbook.activations import ACTIVATIONS", names)
    for cell in cells:
        if "rng" in cell:  # the trial below the matrices draws from the step before
            names["rng"] = np.random.default_rng(0)
            names.update(mean=names["mean"], square=names["square"])
        exec(cell, names)
    return names


def test_the_tape_has_fewer_lines_than_the_page_says(cells: list[str]) -> None:
    whole = "\n".join(cells).split("x, minus_y")[0]
    lines = [line for line in whole.splitlines() if line.strip()]
    assert len(lines) < MOST_LINES
    assert f"fewer than {MOST_LINES} lines" in PAGE.read_text()


def test_it_gives_the_gradients_of_the_books_tape(page: dict[str, Any]) -> None:
    rng = np.random.default_rng(3)
    values = [rng.normal(size=shape) for shape in ((6, 4), (4, 3), (3,), (1, 3))]

    def loss(kind: Any, exp: Any, tanh: Any, mean: Any, product: Any) -> list[Any]:
        x, weight, bias, row = nodes = [kind(value) for value in values]
        hidden = tanh(product(x, weight) + bias)
        return [mean(exp(hidden) * hidden * row + hidden), *nodes]

    top, *ours = loss(*(page[name] for name in ("Node", "exp", "tanh", "mean", "matmul")))
    page["backward"](top)
    other, *theirs = loss(tape.Node, tape.exp, tape.tanh, lambda x: x.mean(), lambda a, b: a @ b)
    other.backward()
    assert top.value == pytest.approx(other.value)
    for own, grown_up in zip(ours, theirs, strict=True):
        assert own.grad.shape == own.value.shape
        assert own.grad == pytest.approx(grown_up.grad, rel=1e-12)


def test_a_second_walk_starts_afresh(page: dict[str, Any]) -> None:
    u = page["Node"](3.0)
    square = u * u
    page["backward"](square)
    page["backward"](square)
    assert u.grad == 6
