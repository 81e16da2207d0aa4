"""Claims hold or stop the build; numbers reach the prose."""

import numpy as np
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from calcbook import ClaimError, claim, number


def test_a_claim_that_holds_returns_its_value():
    assert claim("slope", 2.0, at_least=1.9) == 2.0
    assert claim("slope", 2.0, at_most=2.0) == 2.0
    assert claim("slope", 2.0, at_least=1, at_most=3) == 2.0
    values = np.array([0.9, 1.1])
    assert claim("slope", values, near=1, within=0.11) is values
    assert claim("sensitivity", [2.01, 0.5], near=[2, 0.5], within=0.05) == [2.01, 0.5]


def test_an_integer_is_published_as_one():
    assert claim("rank", np.int64(6), near=6, within=0, text="{:d}") == 6
    with pytest.raises(ValueError, match=r"cannot format 6\.0"):
        claim("rank", 6.0, near=6, within=0, text="{:d}")


@pytest.mark.parametrize(
    ("value", "bounds", "said"),
    [
        (1.0, {"at_least": 2}, "1 is not at least 2"),
        (3.0, {"at_most": 2}, "3 is not at most 2"),
        (5.0, {"at_least": 1, "at_most": 2}, "5 is not at least 1 and at most 2"),
        ([1.0, 9.0, 3.0], {"at_most": 2}, r"9 \(worst of 3 values\) is not at most 2"),
        (1.2, {"near": 1, "within": 0.1}, "1.2 is not within 0.1 of 1"),
        (np.nan, {"at_least": 0}, "nan is not"),
        ([1.0, np.nan], {"near": 1, "within": 1}, "nan .* is not"),
        (np.inf, {"at_most": 1e300}, "inf is not"),
    ],
)
def test_a_claim_that_does_not_hold_names_itself_and_the_value(value, bounds, said):
    with pytest.raises(ClaimError, match=f"'error' does not hold: {said}"):
        claim("error", value, **bounds)


@pytest.mark.parametrize(
    "bounds",
    [{}, {"near": 1}, {"within": 1}, {"near": 1, "within": 1, "at_least": 0}],
)
def test_exactly_one_form_of_bounds_is_taken(bounds):
    with pytest.raises(ValueError, match="claim 'x'"):
        claim("x", 1.0, **bounds)


def test_empty_values_and_blank_names_are_refused():
    with pytest.raises(ValueError, match="empty"):
        claim("x", [], at_most=1)
    with pytest.raises(ValueError, match="name"):
        number(" ", 1)


def test_a_format_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="cannot format"):
        number("x", "text", text="{:.2f}")


def test_outputs_say_what_was_published():
    cell = new_code_cell(
        "import numpy as np\n"
        "from calcbook import claim, number\n"
        "number('n', np.int64(3), '{:d}')\n"
        "number('word', 'seven', '{}')\n"
        "claim('all', [1.0, 2.5], at_least=1, at_most=9)\n"
        "claim('each', np.array([1.0, 4.1]), near=[1, 4], within=0.5, silent=True);"
    )
    notebook = new_notebook(cells=[cell])
    NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    said = {
        output.metadata["scrapbook"]["name"]: dict(output.metadata["calcbook"])
        for output in cell.outputs
    }
    assert said["n"] == {"kind": "number", "value": 3}
    assert said["word"] == {"kind": "number", "value": "seven"}
    assert said["all"] == {
        "kind": "claim",
        "value": 1.0,
        "bounds": {"at_least": 1, "at_most": 9},
        "statement": "at least 1 and at most 9",
        "silent": False,
    }
    assert said["each"]["bounds"] == {"near": [1, 4], "within": 0.5}
    assert said["each"]["statement"] == "within 0.5 of [1 4]"
    assert (said["each"]["value"], said["each"]["silent"]) == (4.1, True)


@pytest.mark.parametrize(
    ("static", "seen"), [("0", ["n: 3", "all: 1", "word: seven"]), ("1", [None] * 3)]
)
def test_values_are_seen_in_a_live_kernel_and_not_in_the_build(static, seen, monkeypatch):
    cell = new_code_cell(
        "from calcbook import claim, number\n"
        "number('n', 3)\n"
        "claim('all', 1.0, at_least=1)\n"
        "claim('unquoted', 1.0, at_least=1, silent=True)\n"
        "number('word', 'seven', '{}')"
    )
    monkeypatch.setenv("LIVEBOOK_STATIC", static)
    NotebookClient(new_notebook(cells=[cell]), kernel_name="python3", timeout=60).execute()
    texts = {
        output.metadata["scrapbook"]["name"]: output.data.get("text/plain")
        for output in cell.outputs
    }
    assert texts.pop("unquoted") is None
    assert list(texts.values()) == seen
