"""A wrong address: the site's answer, at any depth, and wherever the site stands."""

from pathlib import Path

import pytest
from browsing import DESKTOP, PAGES, PHONE
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page
from test_shared_links import site_address

WRONG = "/a/deep/folder/old-derivative-page.html"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def lost(request: pytest.FixtureRequest, browser: Browser, site_url: str) -> Page:
    context = browser.new_context(**request.param)
    page, failed = context.new_page(), []
    page.on("response", lambda r: r.status >= 400 and failed.append(r.url))
    answer = page.goto(site_url + WRONG)
    assert answer is not None
    assert answer.status == 404
    page.wait_for_load_state("networkidle")
    assert failed == [site_url + WRONG]  # all that the answer itself needs is there
    yield page
    context.close()


def test_it_names_the_address_and_the_page_most_like_it(lost: Page, site_url: str) -> None:
    assert WRONG in lost.locator("article").inner_text()
    with lost.expect_navigation():
        lost.locator(".not-found-guess a").click()
    assert lost.url == f"{site_url}/book/02-derivatives.html"


def test_it_searches_for_the_words_of_the_address(lost: Page, site_url: str) -> None:
    words = lost.locator("#not-found-words")
    assert words.input_value() == "old derivative page"
    words.focus()
    with lost.expect_navigation():
        lost.keyboard.press("Enter")
    assert lost.url == f"{site_url}/search.html?q=old+derivative+page"
    lost.locator(".book-search-status", has_text="derivative").wait_for()


def test_it_lists_all_pages(lost: Page, site_url: str) -> None:
    links = lost.locator(".not-found-pages a")
    addresses = links.evaluate_all("links => links.map(link => link.href)")
    assert addresses == [f"{site_url}/{page}.html" for page in PAGES]


def test_without_a_script_it_still_helps(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + WRONG)
    assert page.locator("#not-found-words").is_visible()
    assert page.locator(".not-found-pages a").count() == len(PAGES)
    assert not page.locator(".not-found-guess").is_visible()
    context.close()


def test_on_the_web_its_links_begin_at_the_sites_root(site: Path) -> None:
    root = "/" + site_address(site).split("/", 3)[3]
    page = BeautifulSoup((site / "404.html").read_text(), "html.parser")
    links = [tag[name] for name in ("href", "src") for tag in page.select(f"[{name}]")]
    inside = [link for link in links if not link.startswith(("https://", "#"))]
    assert inside
    assert [link for link in inside if not link.startswith(root)] == []
    files = [link.removeprefix(root).partition("?")[0].partition("#")[0] for link in inside]
    assert [file for file in files if not (site / file).is_file()] == []
