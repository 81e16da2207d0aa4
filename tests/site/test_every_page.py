"""Every page opens cleanly, on a desktop and on a phone, with its figures drawn."""

import pytest
from browsing import DESKTOP, PAGES, PHONE, address_of, draw_all, visit
from playwright.sync_api import Browser

# What the builder adds to the chapters.
MORE_PAGES = ["search", "genindex", "404"]
# What scrolls sideways around the page's text: the window, or one of the theme's columns.
SCROLLING = """() => {
  const wide = [];
  for (let e = document.querySelector('main article, main'); e; e = e.parentElement) {
    if (e.scrollWidth > Math.min(e.clientWidth, screen.width) + 1) {
      wide.push(`${e.tagName}.${e.className}: ${e.scrollWidth} px in ${e.clientWidth} px`);
    }
  }
  return wide;
}"""


@pytest.mark.parametrize("name", PAGES + MORE_PAGES)
def test_opens_without_a_problem(browser: Browser, site_url: str, name: str) -> None:
    with visit(browser, address_of(site_url, name), **DESKTOP) as page:
        page.wait_for_load_state("networkidle")
        draw_all(page)
        assert page.title().strip()
        assert page.locator("h1:visible").first.inner_text().strip()


@pytest.mark.parametrize("name", PAGES + MORE_PAGES)
def test_fits_a_phone(browser: Browser, site_url: str, name: str) -> None:
    with visit(browser, address_of(site_url, name), **PHONE) as page:
        assert page.evaluate(SCROLLING) == []
        draw_all(page)
        assert page.evaluate(SCROLLING) == []
