"""Which names cells give and take, and which cells a cell therefore needs."""

import json
import subprocess
from typing import Any

import pytest
from small_sites import ROOT

from livebook.cell_names import CellNames, PageNames
from livebook.katex import find_node


def of(*sources: str) -> list[CellNames]:
    page = PageNames()
    return [page.cell(source) for source in sources]


@pytest.mark.parametrize(
    ("source", "binds", "touches", "uses"),
    [
        ("x, (y, *z) = f(a)", "x y z", "", "a f"),
        ("import numpy as np\nfrom math import pi", "np pi", "", ""),
        ("x = 1\nx + x", "x", "", ""),
        ("x = x + 1", "x", "", "x"),
        ("x += 1", "", "x", "x"),
        ("x[0] = y", "", "x", "x y"),
        ("x.a.b = y", "", "x", "x y"),
        ("del x[0]", "", "x", "x"),
        ("x.append(y)", "", "x", "x y"),
        ("z = x.pop()", "z", "x", "x"),
        ("if a:\n    x = 1", "", "x", "a"),
        ("for k in a:\n    x = k", "", "k x", "a"),
        ("with a as b:\n    x = 1", "b x", "", "a"),
        ("[k for k in a if k > m]", "", "", "a m"),
        ("def f(x, n=m):\n    y = x\n    return y + a", "f", "", "a m"),
        ("f = lambda x: x + a", "f", "", "a"),
        ("class A(B):\n    c = d\n    def e(self):\n        return g", "A", "", "B d g"),
        ("import numpy as np\nnp.seterr(all='raise')", "np", "np", ""),
        ("this is no Python", "", "", ""),
    ],
)
def test_names_of_one_cell(source: str, binds: str, touches: str, uses: str) -> None:
    (found,) = of(source)
    assert found.binds == set(binds.split())
    assert found.touches == set(touches.split())
    assert found.uses == set(uses.split())


def test_a_module_is_not_changed_by_what_it_is_asked() -> None:
    (_, found) = of("import numpy as np", "x = np.sin(1)")
    assert found.touches == set()


def test_whoever_draws_changes_the_generator() -> None:
    (_, by_method, by_function) = of(
        "import numpy as np\nrng = np.random.default_rng(0)", "x = rng.normal()", "y = draw(rng)"
    )
    assert "rng" in by_method.touches
    assert "rng" in by_function.touches


def test_a_function_brings_what_it_takes_and_what_it_changes() -> None:
    (_, _, caller) = of("calls = []", "def f(x):\n    calls.append(x)\n    return x + m", "f(1)")
    assert caller.uses == {"f", "calls", "m"}
    assert caller.touches == {"calls"}


NODE = """
import { History, plan } from "PLAN";
const { sources, edited, ran, target } = JSON.parse(process.argv[1]);
const cells = sources.map((names, number) => ({
  code: edited[number] ?? "original", edited: number in edited,
  names: { binds: [], touches: [], uses: [], ...names },
}));
const history = new History();
for (const number of ran) history.note(cells[number], number);
console.log(JSON.stringify(plan(cells, cells[target], history).map((cell) => cells.indexOf(cell))));
"""
SCRIPT = NODE.replace("PLAN", (ROOT / "src/livebook/assets/live/plan.js").as_uri())


def planned(
    *sources: str, target: int = -1, ran: Any = (), edited: dict[int, str] | None = None
) -> list[int]:
    """Return the numbers of the cells that are run for one, by default for the last."""
    question = {
        "sources": [names.listed() for names in of(*sources)],
        "edited": edited or {},
        "ran": list(ran),
        "target": target % len(sources),
    }
    command = [find_node(), "--input-type=module", "--eval", SCRIPT, json.dumps(question)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_only_what_is_needed_runs() -> None:
    assert planned("import numpy as np", "x = np.ones(3)", "slow = np.eye(9)", "x.sum()") == [
        0,
        1,
        3,
    ]


def test_whoever_changes_a_value_runs_too() -> None:
    assert planned("x = []", "x.append(1)", "y = 2", "print(x)") == [0, 1, 3]
    assert planned("x = [0]", "x.append(1)", "x = []", "print(x)") == [2, 3]
    assert planned("x = 0", "if a:\n    x = 1", "print(x)") == [0, 1, 2]


def test_what_has_run_is_not_run_again() -> None:
    assert planned("x = 1", "y = x", "print(y)", ran=[0, 1]) == [2]


def test_a_name_that_means_something_else_by_now_is_made_anew() -> None:
    assert planned("x = 1", "print(x)", "x = 2", target=1, ran=[0, 2]) == [0, 1]


def test_what_is_overwritten_on_the_way_is_made_in_order() -> None:
    # The third cell needs y from the second, which binds x as well.
    assert planned("x = 1", "x = y = 2", "x = 3", "print(x, y)", ran=[2]) == [1, 2, 3]


def test_draws_come_in_the_pages_order() -> None:
    cells = ("import numpy as np", "rng = np.random.default_rng(0)", "a = rng.normal()")
    assert planned(*cells, "b = rng.normal()") == [0, 1, 2, 3]


def test_an_edited_cell_gets_whatever_its_words_name() -> None:
    cells = ("import numpy as np", "x = np.ones(3)", "z = 1", "answer = ...")
    assert planned(*cells) == [3]
    assert planned(*cells, edited={3: "answer = x.sum()  # not z"}) == [0, 1, 2, 3]
    assert planned(*cells, edited={3: "answer = x.sum()"}) == [0, 1, 3]


def test_an_edited_cell_above_counts_for_all_its_words() -> None:
    cells = ("x = 1", "w = 2", "print(x)")
    assert planned(*cells, edited={1: "x = 5"}) == [0, 1, 2]
    assert planned(*cells, edited={1: "w = 5"}) == [0, 2]
