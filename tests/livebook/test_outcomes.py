"""What readers can do after a chapter, and how long its sections take, drawn from the pages."""

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from small_sites import exercise

FRONT = """---
minutes: 40
outcomes:
- can: find a slope
  section: slopes
  exercises: ["1.1", "1.2"]
- can: say when there is none
  section: kinks
  exercises: ["1.2"]
---
"""
PAGE = (
    FRONT
    + "# First\n\n(slopes)=\n## Slopes\n\n"
    + "word " * 300
    + "\n\n(kinks)=\n## Kinks\n\n"
    + "word " * 100
    + "\n\n## Exercises\n\n"
    + exercise("1-1", stars=2)
    + exercise("1-2", stars=2)
)
INDEX = "# Book\n\n```{outcomes}\n```\n\n```{section-minutes}\n```\n\n```{toctree}\nfirst\n```\n"


def test_the_table_links_sections_and_exercises(build: Callable) -> None:
    site = build({"index.md": INDEX, "first.md": PAGE})
    assert site.warnings == ""
    page = BeautifulSoup(site.read("index.html"), "html.parser")
    rows = page.select("table.outcomes tbody tr")
    assert [row.select_one("td").get_text().strip() for row in rows] == [
        "find a slope",
        "say when there is none",
    ]
    links = [a["href"] for a in rows[0].select("a")]
    assert links == ["first.html#slopes", "first.html#exercise-1-1", "first.html#exercise-1-2"]
    assert rows[0].select("a")[0].get_text() == "Slopes"


@pytest.mark.parametrize(
    ("change", "by", "message"),
    [
        ("section: slopes", "section: nowhere", "'find a slope' names no section 'nowhere'"),
        ('["1.1", "1.2"]', '["1.1", "1.7"]', "exercises that the page lacks: 1.7"),
        ('["1.1", "1.2"]', '["1.2"]', "no outcome names the exercises 1.1"),
        ('["1.1", "1.2"]', "[1.1, 1.2]", "a list `exercises` of numbers in quotes"),
        ("  section: slopes\n", "", "must have `can`, `section` and a list `exercises`"),
    ],
)
def test_what_does_not_fit_is_warned_of(
    change: str, by: str, message: str, build: Callable
) -> None:
    assert change in PAGE
    site = build({"index.md": INDEX, "first.md": PAGE.replace(change, by)})
    assert message in site.warnings


def test_sections_share_the_pages_minutes(build: Callable) -> None:
    site = build({"index.md": INDEX, "first.md": PAGE})
    page = BeautifulSoup(site.read("index.html"), "html.parser")
    said = [item.get_text().strip() for item in page.select(".section-minutes li")]
    assert said == ["Slopes: 30 min", "Kinks: 10 min", "the exercises, on top: 48 min"]
    assert re.search(r"First: 40 minutes", page.select_one(".section-minutes").get_text())


def test_a_book_without_outcomes_is_warned_of(build: Callable) -> None:
    assert "no page has `outcomes`" in build({"index.md": INDEX, "first.md": "# F\n"}).warnings
