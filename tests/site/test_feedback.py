"""Whoever finds a mistake can say so from where they stand."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import DESKTOP, PAGES, PHONE, address_of, visit
from bs4 import BeautifulSoup
from playwright.sync_api import Browser
from test_shared_links import site_address

PAGE = "book/02-derivatives"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_ends_with_the_link(site: Path, page: str) -> None:
    html = BeautifulSoup((site / f"{page}.html").read_text(), "html.parser")
    (link,) = html.select("article .feedback a")
    fields = parse_qs(urlsplit(link["href"]).query)
    assert urlsplit(link["href"]).path.endswith("/issues/new")
    assert f"{site_address(site)}{page}.html" in fields["body"][0]
    assert html.select_one("h1").get_text().rstrip("#").split()[0] in fields["title"][0]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_figures_and_exercises_have_it_too(
    browser: Browser, site_url: str, size: dict[str, object]
) -> None:
    with visit(browser, address_of(site_url, PAGE), **size) as page:  # no request to another host
        links = page.locator(".feedback-here")
        figures = page.locator("figure:has(.moving-figure)").count()
        assert links.count() == figures + page.locator("div.exercise").count()
        of_exercise = page.locator("#exercise-2-1 .feedback-here")
        fields = parse_qs(urlsplit(str(of_exercise.get_attribute("href"))).query)
        assert "Exercise 2.1" in fields["title"][0]
        assert f"{PAGE}.html#exercise-2-1\n" in fields["body"][0]
        assert of_exercise.get_attribute("aria-label").startswith(of_exercise.inner_text())
        of_exercise.focus()
        assert of_exercise.evaluate("link => getComputedStyle(link).opacity") == "1"
        for link in (of_exercise, page.locator(".feedback a")):
            box = link.bounding_box()
            assert box is not None
            assert box["height"] >= 24


def test_it_is_not_printed(browser: Browser, site_url: str) -> None:
    with visit(browser, address_of(site_url, PAGE), **DESKTOP) as page:
        page.emulate_media(media="print")
        for place in (".feedback-here", ".feedback"):
            assert not page.locator(place).first.is_visible()
