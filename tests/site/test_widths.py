"""Drawn figures keep to their column, whatever the window becomes."""

import pytest
from browsing import CHART, DESKTOP, PAGES, address_of, draw_all, visit
from playwright.sync_api import Browser

KEEPS_TO_COLUMN = f"""() => document.documentElement.scrollWidth <= innerWidth
    && [...document.querySelectorAll('{CHART}')].every(chart =>
        chart.querySelector('.main-svg').getBoundingClientRect().width
            <= chart.getBoundingClientRect().width + 1)"""


@pytest.mark.parametrize("name", PAGES)
def test_figures_follow_the_window(browser: Browser, site_url: str, name: str) -> None:
    with visit(browser, address_of(site_url, name), **DESKTOP) as page:
        draw_all(page)
        for width in (390, 1280, 700):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(500)
            page.wait_for_function(KEEPS_TO_COLUMN, timeout=5000)
