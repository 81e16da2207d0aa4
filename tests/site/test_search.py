"""Search finds words of the prose, names in code and in the packages, and helps where it fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from browsing import DESKTOP, PHONE, visit
from playwright.sync_api import Browser, Page

DONE = "#search-results .search-summary:not(:empty)"


@contextmanager
def search(browser: Browser, site_url: str, query: str, **size: object) -> Iterator[Page]:
    address = f"{site_url}/search.html?q={quote(query)}"
    with visit(browser, address, **(size or DESKTOP)) as page:
        page.locator(DONE).wait_for()
        page.wait_for_load_state("networkidle")
        yield page


def test_a_word_of_the_prose(browser: Browser, site_url: str) -> None:
    with search(browser, site_url, "bicycle") as page:
        excerpts = page.locator("ul.search .context").all_inner_texts()
        assert any("bicycle" in text for text in excerpts)


@pytest.mark.parametrize(
    ("query", "page_name", "line"),
    [
        ("savgol_filter", "02-derivatives", "from scipy.signal import savgol_filter"),
        ("np.gradient", "00-why-calculus", "np.gradient(s.u, s.t)"),
        ("SplineInterpolator(", "00-why-calculus", "SplineInterpolator().fit(step, loss)"),
    ],
)
def test_a_name_in_code(
    browser: Browser, site_url: str, query: str, page_name: str, line: str
) -> None:
    with search(browser, site_url, query) as page:
        before = page.locator(".code-results + #search-results")
        assert before.count() == 1  # code comes first where code was asked for
        for summary in page.locator(".code-results summary").all():
            summary.click()
        found = page.locator(f".code-results li li a[href*='{page_name}']")
        assert any(line in text for text in found.all_inner_texts())
        marks = page.locator(".code-results mark").all_inner_texts()
        assert set(marks) == {query.rstrip("(")}
        place = found.first.get_attribute("href")
        with page.expect_navigation():
            found.first.click()
        assert page.url.endswith(place.removeprefix("./"))
        assert page.locator(f"[id='{place.partition('#')[2]}']").count() == 1


def test_a_name_of_the_packages(browser: Browser, site_url: str) -> None:
    with search(browser, site_url, "LowessInterpolator") as page:
        first = page.locator("ul.search li a").first
        assert "pydelt" in first.inner_text()
        assert "reference" in str(first.get_attribute("href"))


def test_a_word_that_is_nowhere(browser: Browser, site_url: str) -> None:
    with search(browser, site_url, "savgol_filtr") as page:
        assert "savgol_filtr" in page.locator(DONE).inner_text()
        near = page.locator(".search-help a", has_text="savgol_filter")
        with page.expect_navigation():
            near.click()
        page.locator(".code-results li").first.wait_for()


def test_words_that_no_page_has_together(browser: Browser, site_url: str) -> None:
    with search(browser, site_url, "derivative xylophonist") as page:
        words = page.locator(".search-help a[href^='?q=']").all_inner_texts()
        assert words == ["derivative", "xylophonist"]
        assert page.locator(".code-results").count() == 0


def test_results_fit_a_phone(browser: Browser, site_url: str) -> None:
    with search(browser, site_url, "SplineInterpolator(", **PHONE) as page:
        wide = "() => document.documentElement.scrollWidth > innerWidth"
        assert not page.evaluate(wide)


def test_solutions_cannot_be_found_out(site: Path) -> None:
    lines = (site / "_static/livebook/code-lines.json").read_text()
    assert "100 * (1.06 - 1.27) / (310 - 250)" not in lines  # the answer to exercise 0.1


def test_the_search_page_alone_loads_the_lines(site: Path) -> None:
    pages = [file for file in site.rglob("*.html") if "code-search.js" in file.read_text()]
    assert pages == [site / "search.html"]
