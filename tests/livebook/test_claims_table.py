"""The directive `claims`: what executed cells have claimed, in tables, with their places."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

from livebook.claims_table import bound_in_words, written
from livebook.published_claims import Claim, named_in

INDEX = "# Book\n\n```{claims}\n```\n\n```{toctree}\nfirst\nsecond\n```\n"
HIDDEN = "application/papermill.record/"


def output(name: str, text: str, **said: Any) -> dict[str, Any]:
    """Return what a cell's `claim` or `number` has published."""
    return {
        "output_type": "display_data",
        "data": {HIDDEN + "text/plain": text},
        "metadata": {"scrapbook": {"name": name, "mime_prefix": HIDDEN}, "calcbook": said},
    }


def claimed(name: str, text: str, value: float, *, silent: bool = False, **bounds: float) -> Any:
    return output(name, text, kind="claim", value=value, bounds=bounds, silent=silent)


def page(*cells: Any) -> str:
    """Return a notebook of the cells: text, or code with its outputs."""
    made: list[dict[str, Any]] = []
    for cell in cells:
        if isinstance(cell, str):
            made.append({"cell_type": "markdown", "metadata": {}, "source": cell})
        else:
            source, *outputs = cell
            code = {"cell_type": "code", "metadata": {}, "execution_count": 1}
            made.append({**code, "source": source, "outputs": outputs})
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": kernel, "cells": made})


FIRST = page(
    "# First\n\n## Slopes",
    ("import numpy",),
    ('claim("gap", 0.25, at_most=0.3)', claimed("gap", "0.25", 0.25, at_most=0.3)),
    "## Kinks",
    (
        'number("n", 5)\nfor k in (1, 2): claim(f"kink-{k}", k, at_least=1, silent=True)',
        output("n", "5", kind="number", value=5),
        claimed("kink-1", "1", 1, silent=True, at_least=1),
        claimed("kink-2", "2", 2, silent=True, at_least=1),
    ),
)
SECOND = "# Second\n\nNothing measured.\n"
FILES = {"index.md": INDEX, "first.ipynb": FIRST, "second.md": SECOND}


def table_of(site: Any) -> list[list[str]]:
    document = BeautifulSoup(site.read("index.html"), "html.parser")
    table = document.select("table.claims")[-1]
    return [
        [cell.get_text().strip() for cell in row.select("th, td")]
        for row in table.select("tbody tr")
    ]


def test_claims_are_listed_with_value_bound_and_place(build: Callable) -> None:
    site = build(FILES)
    assert site.warnings == ""
    assert table_of(site) == [
        ["gap", "0.25", "at most 0.3", "Slopes"],
        ["kink-1", "1", "at least 1", "Kinks"],
        ["kink-2", "2", "at least 1", "Kinks"],
    ]


def test_links_lead_to_the_cells(build: Callable) -> None:
    site = build(FILES)
    document = BeautifulSoup(site.read("index.html"), "html.parser")
    links = [a["href"] for a in document.select("table.claims")[-1].select("a")]
    assert links == ["first.html#cell-2", "first.html#cell-3", "first.html#cell-3"]
    cell = BeautifulSoup(site.read("first.html"), "html.parser").find(id="cell-3")
    assert cell is not None
    assert "kink-" in cell.get_text()


def test_counts_and_contents_come_first(build: Callable) -> None:
    document = BeautifulSoup(build(FILES).read("index.html"), "html.parser")
    (counts,) = document.select(".claims-count")
    assert "3 claims on 1 pages" in counts.get_text()
    assert "measured value of 1; the other 2" in counts.get_text()
    (link,) = document.select("table.claims")[0].select("tbody a")
    assert [part.name for part in document.select(str(link["href"]))] == ["h2"]


def test_the_first_cell_of_each_row_is_its_head(build: Callable) -> None:
    document = BeautifulSoup(build(FILES).read("index.html"), "html.parser")
    for row in document.select("table.claims tbody tr"):
        assert [cell.name for cell in row.find_all(["th", "td"])][:2] == ["th", "td"]


def test_a_solution_keeps_its_numbers(build: Callable) -> None:
    start = "```{solution-start} exercise-1-1\n:label: solution-1-1\n```\nDone."
    verdict = '<div class="verdict verdict-right">right</div>\n\n```{solution-end}\n```'
    exercise = "```{exercise} Title\n:label: exercise-1-1\n:class: stars-1 by-hand\nDo it.\n```"
    cell = ('claim("told", 7, at_most=9)', claimed("told", "7", 7, at_most=9))
    files = {**FILES, "first.ipynb": page("# First\n\n" + exercise, start, cell, verdict)}
    assert table_of(build(files)) == [["told", "folded", "folded", "in the solution"]]


def test_a_page_that_claims_something_new_is_listed_anew(build: Callable) -> None:
    build(FILES)
    changed = FIRST.replace('"0.25"', '"0.29"')
    assert table_of(build({**FILES, "first.ipynb": changed}))[0][1] == "0.29"


def test_a_site_without_executed_pages_says_so(build: Callable) -> None:
    site = build({**FILES, "first.ipynb": page("# First")})
    assert "index.md:3: WARNING: there is nothing to list: no page has published" in site.warnings
    assert "No page has been executed" in site.read("index.html")


@pytest.mark.parametrize(
    ("number", "text"),
    [(1e-06, "10⁻⁶"), (2.5e-07, "2.5 × 10⁻⁷"), (-2.0, "−2"), (0.3, "0.3"), ([1, -2], "1, −2")],
)
def test_bounds_are_typeset(number: Any, text: str) -> None:
    assert written(number) == text


@pytest.mark.parametrize(
    ("text", "value", "bounds", "words"),
    [
        ("80%", 0.8, {"at_least": 0.5}, "at least 50%"),
        ("80%", 80.2, {"at_least": 50}, "at least 50%"),
        ("1.0", 1.0, {"at_least": 0.5, "at_most": 2}, "at least 0.5 and at most 2"),
        ("1.0", 1.0, {"near": [1, 2], "within": 0.1}, "within 0.1 of 1, 2"),
    ],
)
def test_bounds_are_said_in_the_units_of_the_value(
    text: str, value: float, bounds: dict[str, Any], words: str
) -> None:
    if value > 1 and text.endswith("%"):
        words = words.rstrip("%")  # such a value is a number of percent itself
    assert bound_in_words(Claim("name", text, value, bounds, silent=False)) == words


def test_names_are_found_in_code() -> None:
    pattern = named_in('claim(f"rate-{name}-late", 1)\nclaim("plain", 2)')
    assert pattern is not None
    assert pattern.fullmatch("rate-sgd-late")
    assert pattern.fullmatch("plain")
    assert not pattern.fullmatch("plain-2")
    assert named_in("%matplotlib inline") is None
