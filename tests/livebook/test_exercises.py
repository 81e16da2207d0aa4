"""Exercises: numbers from their labels, stars, folded solutions, and what does not fit."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

EXERCISE = """
```{exercise-start} The *best* step $h$
:label: exercise-2-3
:class: stars-2 on-data
```
The statement.

- with a list

```{exercise-end}
```
"""
SOLUTION = """
```{solution-start} exercise-2-3
:label: solution-2-3
```
The worked solution.

```{solution-end}
```
"""
PLAIN = """
```{exercise} Later
:label: exercise-2-10
:class: stars-1 by-hand
Another statement.
```

```{solution} exercise-2-10
:label: solution-2-10
Another solution.
```
"""
HOME = """# Home

{ref}`exercise-2-3`, {numref}`exercise-2-10`, {ref}`words <exercise-2-3>`, {ref}`solution-2-3`

```{toctree}
02-two
```
"""


def built(build: Callable[..., Any], page: str) -> Any:
    return build({"index.md": HOME, "02-two.md": f"# Two\n{page}"})


@pytest.fixture
def page(build: Callable[..., Any]) -> BeautifulSoup:
    site = built(build, EXERCISE + SOLUTION + PLAIN)
    assert site.warnings == ""
    return BeautifulSoup(site.read("02-two.html"), "html.parser")


def one(page: BeautifulSoup, selector: str) -> Tag:
    (found,) = page.select(selector)
    return found


def test_title_says_number_stars_words_and_kind(page: BeautifulSoup) -> None:
    title = one(page, "#exercise-2-3 > .admonition-title")
    stars = one(page, "#exercise-2-3 .exercise-stars")
    assert title.get_text().startswith("Exercise 2.3 ★★☆ The best step")
    assert title.select_one(".exercise-title .katex")
    assert stars["aria-label"] == "2 of 3 stars"
    assert stars["role"] == "img"
    assert one(page, "#exercise-2-3 .exercise-kind").get_text() == "on data"


def test_number_comes_from_the_label_and_not_from_counting(page: BeautifulSoup) -> None:
    numbers = [number.get_text(strip=True) for number in page.select(".exercise .caption-number")]
    assert numbers == ["Exercise 2.3", "Exercise 2.10"]


def test_everything_between_start_and_end_belongs_to_the_exercise(page: BeautifulSoup) -> None:
    assert "The statement." in one(page, "#exercise-2-3").get_text()
    assert page.select("#exercise-2-3 li")


@pytest.mark.parametrize(
    ("number", "words"), [("2-3", "The worked solution."), ("2-10", "Another solution.")]
)
def test_solution_is_folded_and_closed(page: BeautifulSoup, number: str, words: str) -> None:
    details = one(page, f"details.solution#solution-{number}")
    summary = one(page, f"#solution-{number} > summary")
    assert not details.has_attr("open")
    assert summary.get_text() == f"Solution to exercise {number.replace('-', '.')}"
    assert words in details.get_text()


def test_no_identifier_stands_twice(page: BeautifulSoup) -> None:
    identifiers = [tag["id"] for tag in page.find_all(id=True)]
    assert len(identifiers) == len(set(identifiers))


def test_links_from_another_page(build: Callable[..., Any]) -> None:
    site = built(build, EXERCISE + SOLUTION + PLAIN)
    links = re.findall(r'href="02-two\.html#([\w-]+)"><span[^>]*>([^<]+)', site.read("index.html"))
    assert links == [
        ("exercise-2-3", "Exercise 2.3"),
        ("exercise-2-10", "Exercise 2.10"),
        ("exercise-2-3", "words"),
        ("solution-2-3", "Solution to exercise 2.3"),
    ]


def test_numbers_stay_when_a_page_is_read_again(build: Callable[..., Any]) -> None:
    built(build, EXERCISE + SOLUTION + PLAIN)
    site = built(build, EXERCISE + SOLUTION + PLAIN + "\nMore.\n")
    assert site.warnings == ""
    assert "Exercise 2.10 " in site.read("02-two.html")
    assert "Exercise 2.10" in site.read("index.html")


def test_style_is_loaded_only_where_an_exercise_is(build: Callable[..., Any]) -> None:
    site = built(build, EXERCISE + SOLUTION + PLAIN)
    assert "exercises.css" in site.read("02-two.html")
    assert "exercise" not in "".join(re.findall(r"<link[^>]*>", site.read("index.html")))


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("label: exercise-2-3", "label: exercise-two", 3, "the label 'exercise-two' does not fit"),
        ("label: exercise-2-3", "label: exercise-3-3", 3, "here it begins exercise-2-"),
        ("stars-2 on-data", "on-data", 3, "stars is missing: stars-1, stars-2 or stars-3"),
        ("stars-2 on-data", "stars-4 on-data", 3, "stars is missing"),
        ("stars-2 on-data", "stars-2", 3, "kind is missing: one of by-hand, in-code, on-data"),
        (" The *best* step $h$", "", 3, "has no title"),
        ("label: solution-2-3", "label: solution-2-4", 14, "the label of its own: solution-2-3"),
        ("} exercise-2-3", "} exercise-2-9", 14, "there is no exercise 'exercise-2-9'"),
        (SOLUTION, "", 3, "'exercise-2-3' has no solution on this page; add `{solution-start}"),
        (SOLUTION, SOLUTION + SOLUTION.replace("solution-2-3", "solution-x"), 22, "already, at"),
    ],
)
def test_what_does_not_fit_is_warned_of(
    build: Callable[..., Any], old: str, new: str, line: int, words: str
) -> None:
    text = (EXERCISE + SOLUTION).replace(old, new)
    home = "# Home\n\n```{toctree}\n02-two\n```\n"
    site = build({"index.md": home, "02-two.md": f"# Two\n{text}"})
    pattern = rf"02-two\.md:{line}: WARNING: [^\n]*{re.escape(words)}"
    assert re.search(pattern, site.warnings), site.warnings


def test_page_below_a_chapter_has_a_number_of_its_own(build: Callable[..., Any]) -> None:
    text = (EXERCISE + SOLUTION).replace("-2-3", "-8-2-1")
    site = build(
        {
            "index.md": "# Home\n\n```{toctree}\n08-uses/descent\n```\n",
            "08-uses/descent.md": f"# Descent\n{text}",
        }
    )
    assert site.warnings == ""
    assert "Exercise 8.2.1 " in site.read("08-uses/descent.html")
