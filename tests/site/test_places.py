"""Places in a page that is laid out bit by bit: links lead to them, and nothing jumps."""

from typing import Any

import pytest
from browsing import DESKTOP, PHONE, address_of, visit
from playwright.sync_api import Browser, Page

CHAPTER = "book/04-integration"
FAR = "exercises"
LAID_OUT = """() => [...document.querySelectorAll('article section > :not(section)')]
    .every(block => getComputedStyle(block).contentVisibility === 'visible')"""
SHIFT = """() => {
    window.shift = 0;
    new PerformanceObserver(list => {
        const own = list.getEntries().filter(entry => !entry.hadRecentInput);
        window.shift += own.reduce((sum, entry) => sum + entry.value, 0);
    }).observe({type: 'layout-shift', buffered: true});
}"""


def top_of(page: Page, place: str) -> float:
    """Return how far below the window's edge a place of the page begins, in pixels."""
    return page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", place)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_link_from_elsewhere_leads_to_its_place_and_stays(
    browser: Browser, site_url: str, screen: dict[str, Any]
) -> None:
    with visit(browser, f"{address_of(site_url, CHAPTER)}#{FAR}", **screen) as page:
        page.wait_for_function(LAID_OUT)
        page.wait_for_timeout(300)
        assert 0 <= top_of(page, FAR) < 150


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_link_within_leads_to_its_place(
    browser: Browser, site_url: str, screen: dict[str, Any]
) -> None:
    with visit(browser, address_of(site_url, CHAPTER), **screen) as page:
        page.evaluate(f"""() => {{
            const link = Object.assign(document.createElement('a'), {{href: '#{FAR}'}});
            document.querySelector('article').prepend(link);
            link.click();
        }}""")
        page.wait_for_function(LAID_OUT)
        page.wait_for_timeout(300)
        assert 0 <= top_of(page, FAR) < 150


def test_words_far_below_are_found_by_the_browsers_own_search(
    browser: Browser, site_url: str
) -> None:
    with visit(browser, address_of(site_url, CHAPTER), **DESKTOP) as page:
        assert page.evaluate("window.find('Further reading')")


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_jumps_while_the_page_is_laid_out_and_read(
    browser: Browser, site_url: str, screen: dict[str, Any]
) -> None:
    with visit(browser, address_of(site_url, CHAPTER), **screen) as page:
        page.evaluate(SHIFT)
        for _ in range(40):
            page.mouse.wheel(0, 300)
            page.wait_for_timeout(30)
        page.wait_for_function(LAID_OUT)
        assert page.evaluate("window.shift") < 0.1
