"""Without JavaScript and on paper: the figures' first state, and no control that does nothing."""

import pytest
from browsing import DESKTOP, PAGES, address_of, draw_all, visit
from playwright.sync_api import Browser, Page


def visible_controls(page: Page) -> int:
    return sum(
        element.is_visible()
        for element in page.query_selector_all(".moving-figure :is(input, select, button, label)")
    )


FOLDED = "figure => figure.closest('details:not([open])') !== null"


@pytest.mark.parametrize("name", PAGES)
def test_without_javascript(browser: Browser, site_url: str, name: str) -> None:
    options = {**DESKTOP, "java_script_enabled": False}
    with visit(browser, address_of(site_url, name), **options) as page:
        for figure in page.query_selector_all(".moving-figure"):
            poster = figure.query_selector(".moving-figure-poster > svg")
            assert poster is not None
            assert poster.is_visible() or figure.evaluate(FOLDED)
            assert poster.query_selector("path, line, polyline, circle, rect") is not None
        assert visible_controls(page) == 0
        assert page.locator("article").inner_text().strip()


@pytest.mark.parametrize("name", PAGES)
def test_in_print(browser: Browser, site_url: str, name: str) -> None:
    with visit(browser, address_of(site_url, name), **DESKTOP) as page:
        if page.query_selector(".moving-figure-controls"):
            assert visible_controls(page) > 0
        page.emulate_media(media="print")
        assert visible_controls(page) == 0
        for poster in page.query_selector_all(".moving-figure-poster > svg"):
            assert poster.is_visible() or poster.evaluate(FOLDED)  # print.js unfolds, on paper
        page.emulate_media(media="screen")
        draw_all(page)
        page.emulate_media(media="print")
        assert visible_controls(page) == 0
        for plot in page.query_selector_all(".moving-figure-chart"):
            assert plot.is_visible()
