"""Search: words of the text, names in code, what is nowhere, and where a result leads."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from browsing import DESKTOP, PAGES, PHONE, address_of, visit
from playwright.sync_api import Browser, Page

STATUS = ".book-search-status"
LINKS = "#book-search-results ol a"
FINISHED = f"/“/.test(document.querySelector('{STATUS}')?.textContent)"


@contextmanager
def searched(browser: Browser, site_url: str, words: str, **options: object) -> Iterator[Page]:
    """Open the search page with words in its address, and wait for its answer."""
    with visit(browser, f"{site_url}/search.html?q={words}", **(options or DESKTOP)) as page:
        page.wait_for_function(FINISHED)
        yield page


def pages_of(page: Page) -> list[str]:
    """Return the pages that are listed, without the sections."""
    page.locator(LINKS).first.wait_for()
    links = [link.get_attribute("href") or "" for link in page.locator(LINKS).all()]
    return [link.partition("#")[0].lstrip("/").removesuffix(".html") for link in links]


def test_the_field_of_every_page_leads_to_results(browser: Browser, site_url: str) -> None:
    with visit(browser, address_of(site_url, PAGES[0]), **DESKTOP) as page:
        page.locator(":is(.search-button, .search-button-field):visible").first.click()
        page.keyboard.type("Rosenbrock")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        link = page.locator(LINKS).first
        link.wait_for()
        with page.expect_navigation():
            link.click()
        assert "rosenbrock" in str(page.locator("article").text_content()).lower()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("chain rule", "book/08-ml-applications/backpropagation"),
        ("savgol_filter", "book/02-derivatives"),
        ("logaddexp", "book/01-functions-and-limits"),
        ("default_rng", "book/reference/how-pydelt-works"),
        ("np.searchsorted", "book/05-approximation"),
        ("finite_difference_weights", "book/reference/finite-difference"),
        ("SplineInterpolator(", "book/reference/choosing-a-method"),
    ],
)
def test_words_and_names_in_code_are_found(
    browser: Browser, site_url: str, words: str, expected: str
) -> None:
    with searched(browser, site_url, words) as page:
        assert expected in pages_of(page)
        assert words.strip("(").split()[0] in page.locator("#book-search-results").inner_text()
        assert page.locator("#book-search-results mark").count()


def test_the_dot_counts(browser: Browser, site_url: str) -> None:
    counts = []
    for words in ("np.gradient", "gradient"):
        with searched(browser, site_url, words) as page:
            counts.append(int(page.locator(STATUS).inner_text().split()[0]))
    assert 0 < counts[0] < counts[1] / 2


@pytest.mark.parametrize("word", ["xylophonist", "argrelextrema"])
def test_what_is_nowhere_is_said_and_lists_help(browser: Browser, site_url: str, word: str) -> None:
    with searched(browser, site_url, word) as page:
        assert page.locator(STATUS).inner_text() == f"No page has “{word}”."
        assert not page.locator(LINKS).count()
        with page.expect_navigation():
            page.locator(".book-search-help a").first.click()


def test_the_word_that_is_nowhere_is_named(browser: Browser, site_url: str) -> None:
    with searched(browser, site_url, "derivative xylophonist") as page:
        assert page.locator(STATUS).inner_text() == "No page has “xylophonist”."


def test_a_section_is_led_to(browser: Browser, site_url: str) -> None:
    with searched(browser, site_url, "logaddexp", **PHONE) as page:
        link = page.locator("#book-search-results ol ul a").first
        link.wait_for()
        title = link.inner_text()
        with page.expect_navigation():
            link.click()
        section = page.locator(f"[id='{page.url.partition('#')[2]}']")
        assert title in section.inner_text()
        assert "logaddexp" in str(section.text_content())


def test_solutions_are_not_given_away(browser: Browser, site_url: str) -> None:
    with searched(browser, site_url, "Solution to exercise") as page:
        assert "Solution to exercise 0" not in page.locator("#book-search-results").inner_text()


def test_results_follow_what_is_typed_and_more_are_shown(browser: Browser, site_url: str) -> None:
    with searched(browser, site_url, "logaddexp") as page:
        page.locator("#book-search-field").fill("derivative")
        page.wait_for_function(
            f"/“derivative”/.test(document.querySelector('{STATUS}').textContent)"
        )
        assert page.url.endswith("?q=derivative")
        items = page.locator("#book-search-results ol > li")
        items.nth(9).wait_for()
        more = page.locator(".book-search-more")
        more.click()
        items.nth(10).wait_for()
        assert items.nth(10).locator("a").first.evaluate("a => a === document.activeElement")
