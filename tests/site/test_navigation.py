"""Finding one's way: next and previous through the whole book."""

import re
from pathlib import Path

from browsing import DESKTOP, PAGES, address_of, lay_out, visit
from playwright.sync_api import Browser


def walk(browser: Browser, site_url: str, start: str, link: str) -> list[str]:
    """Follow a link from page to page until there is none; return the pages."""
    pages = []
    with visit(browser, address_of(site_url, start), **DESKTOP) as page:
        for _ in range(2 * len(PAGES)):
            pages.append(page.url.removeprefix(f"{site_url}/").removesuffix(".html"))
            following = page.locator(f".prev-next-footer a.{link}")
            if not following.count():
                break
            lay_out(page)
            with page.expect_navigation():
                following.click()
    return pages


def test_next_leads_through_the_book(browser: Browser, site_url: str) -> None:
    assert walk(browser, site_url, PAGES[0], "right-next") == PAGES


def test_previous_leads_back(browser: Browser, site_url: str) -> None:
    assert walk(browser, site_url, PAGES[-1], "left-prev") == PAGES[::-1]


def test_the_first_address_leads_to_the_first_page(browser: Browser, site_url: str) -> None:
    with visit(browser, f"{site_url}/", **DESKTOP) as page:
        page.wait_for_url(address_of(site_url, PAGES[0]))


def test_the_first_address_names_an_icon_that_is_there(site: Path) -> None:
    # Otherwise the browser asks for /favicon.ico, sometimes before it has left this page.
    icon = re.search(r'rel="icon" href="([^"]+)"', (site / "index.html").read_text())
    assert icon is not None
    assert (site / icon[1]).is_file()
