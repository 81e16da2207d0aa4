"""What a screen reader goes by: headings in order, landmarks, captions, tables with headers."""

from itertools import pairwise
from pathlib import Path

import pytest
from browsing import PAGES
from bs4 import BeautifulSoup, Tag
from test_every_page import MORE_PAGES

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]


@pytest.fixture(scope="module", params=[*PAGES, *MORE_PAGES])
def page(request: pytest.FixtureRequest, site: Path) -> BeautifulSoup:
    """A page of the site, parsed."""
    return BeautifulSoup((site / f"{request.param}.html").read_text(), "html.parser")


def words(tag: Tag | None) -> str:
    return " ".join(tag.get_text().split()) if tag else ""


def test_headings_are_in_order(page: BeautifulSoup) -> None:
    text = page.select_one("main article") or page.select_one("main")  # not what paper alone shows
    assert text is not None
    headings = text.find_all(HEADINGS)
    levels = [HEADINGS.index(str(heading.name)) + 1 for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    jumps = [
        words(headings[place + 1])
        for place, (above, below) in enumerate(pairwise(levels))
        if below > above + 1
    ]
    assert jumps == []
    assert all(words(heading).strip("#") for heading in headings)


def test_landmarks_are_there_and_named(page: BeautifulSoup) -> None:
    assert len(page.find_all("main")) == 1
    assert page.select("nav[aria-label=Main]")
    assert page.select("#pst-primary-sidebar[role=region][aria-label]")
    named = [nav.get("aria-label") or nav.get("aria-labelledby") for nav in page.find_all("nav")]
    assert all(named)
    first = page.body.find(["a", "button"])  # type: ignore[union-attr]
    assert first["href"] == "#main-content"  # type: ignore[index]
    assert page.select("main#main-content")


def test_figures_are_tied_to_their_captions(page: BeautifulSoup) -> None:
    for plot in page.select("article .moving-figure"):
        figure = plot.find_parent("figure")
        caption = figure and figure.find("figcaption")
        assert words(caption), plot.get("id")


def test_tables_have_headers(page: BeautifulSoup) -> None:
    for table in page.select("article table"):
        if {"indextable", "genindextable", "modindextable"} & set(table.get("class", [])):
            continue  # columns of a list
        assert table.find("th"), words(table)[:80]
