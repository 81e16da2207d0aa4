"""What a visit to each page costs a reader, compressed as a server sends it."""

import gzip
from pathlib import Path

import pytest
from browsing import CHART, PAGES, PHONE, address_of, visit
from playwright.sync_api import Browser, Page
from test_every_page import MORE_PAGES

KB = 1000
TEXT, FIGURES, DRAWN, DRAWN_3D = 180 * KB, 250 * KB, 800 * KB, 1100 * KB
REQUESTS = 20  # of a page without figures
COMPRESSED = {".woff2", ".png", ".webp", ".jpg"}  # as they are
ASKED_FOR = """() => [location.href, ...performance.getEntriesByType("resource").map(e => e.name)]
    .filter(url => url.startsWith(location.origin))"""
WHOLE_SITE = 120_000 * KB


def weight(urls: list[str], site: Path, origin: str) -> int:
    """Return the bytes of the files at these addresses."""
    total = 0
    for url in urls:
        file = site / url.removeprefix(f"{origin}/").partition("?")[0].partition("#")[0]
        data = file.read_bytes()
        total += len(data if file.suffix in COMPRESSED else gzip.compress(data))
    return total


def draw_first(page: Page) -> None:
    """Bring the first figure into sight as a reader does, and wait until it is drawn."""
    page.mouse.move(200, 300)
    page.locator(".moving-figure").first.scroll_into_view_if_needed()
    page.locator(f"{CHART} .main-svg").first.wait_for()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("name", [*PAGES, *MORE_PAGES])
def test_page_keeps_to_its_budget(browser: Browser, site: Path, site_url: str, name: str) -> None:
    with visit(browser, address_of(site_url, name), **PHONE, service_workers="block") as page:
        page.wait_for_load_state("networkidle")
        urls = page.evaluate(ASKED_FOR)
        first, requests = weight(urls, site, site_url), len(urls)
        if not page.locator(".moving-figure").count():
            if name != "search":  # which alone has the index
                assert first < TEXT
            assert requests <= REQUESTS
            return
        assert not any("plotly" in url or "/figures/" in url for url in urls)
        assert first < FIGURES
        draw_first(page)
        urls = page.evaluate(ASKED_FOR)
        solid = any("gl3d" in url for url in urls)
        assert weight(urls, site, site_url) < (DRAWN_3D if solid else DRAWN)


def test_whole_site_is_small_enough_to_host_anywhere(site: Path) -> None:
    assert sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) < WHOLE_SITE


def test_index_of_the_search_is_loaded_by_the_search_alone(site: Path) -> None:
    pages = [file for file in site.rglob("*.html") if "livebook/search.js" in file.read_text()]
    assert pages == [site / "search.html"]
