"""The claims page lists what the executed pages claim, each with a link to its cell."""

from pathlib import Path

import pytest
from browsing import PHONE, address_of, visit
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser

from tasks.claims import Published, published
from tasks.execute import executable_pages

PAGE = "book/reference/claims"
HOME = PAGE.rpartition("/")[0]


@pytest.fixture(scope="module")
def document(site: Path) -> BeautifulSoup:
    return BeautifulSoup((site / f"{PAGE}.html").read_text(), "html.parser")


@pytest.fixture(scope="module")
def rows(document: BeautifulSoup) -> list[list[Tag]]:
    """Return the cells of the rows that list a claim."""
    tables = document.select("table.claims")[1:]
    return [list(row.select("th, td")) for table in tables for row in table.select("tbody tr")]


@pytest.fixture(scope="module")
def claims() -> list[Published]:
    return [one for one in published(executable_pages()) if one.kind == "claim"]


def test_every_claim_is_listed(rows: list[list[Tag]], claims: list[Published]) -> None:
    assert [row[0].get_text(strip=True) for row in rows] == [one.name for one in claims]


def test_values_are_those_of_the_cells(rows: list[list[Tag]], claims: list[Published]) -> None:
    shown = {row[0].get_text(strip=True): row[1].get_text(strip=True) for row in rows}
    wrong = [
        str(one) for one in claims if shown[one.name] not in (" ".join(one.text.split()), "folded")
    ]
    assert wrong == []


def test_links_lead_to_the_cells(
    site: Path, rows: list[list[Tag]], claims: list[Published]
) -> None:
    ids = {
        page: {str(tag["id"]) for tag in BeautifulSoup(text, "html.parser").select("[id]")}
        for page in {one.page for one in claims}
        for text in [(site / f"{page}.html").read_text()]
    }
    for row, one in zip(rows, claims, strict=True):
        (link,) = row[3].select("a")
        file, _, anchor = str(link["href"]).partition("#")
        target = (site / HOME / file).resolve().relative_to(site.resolve())
        assert target.with_suffix("").as_posix() == one.page
        assert anchor in ids[one.page], f"{one}: nothing has the id {anchor!r}"
        assert anchor == f"cell-{one.cell}" or anchor.startswith("solution-")


def test_the_counts_agree(document: BeautifulSoup, claims: list[Published]) -> None:
    (counts,) = document.select(".claims-count")
    silent = sum(one.silent for one in claims)
    words = counts.get_text()
    assert f"{len(claims)} claims on {len({one.page for one in claims})} pages" in words
    assert f"{len(claims) - silent}; the other {silent} stand" in words


def test_a_phone_scrolls_inside_the_table(browser: Browser, site_url: str) -> None:
    with visit(browser, address_of(site_url, PAGE), **PHONE) as page:
        table = page.locator("table.claims").nth(1)
        table.scroll_into_view_if_needed()
        wide = table.evaluate(
            "table => [document.scrollingElement.scrollWidth, innerWidth,"
            " table.parentElement.scrollWidth, table.parentElement.clientWidth]"
        )
        assert wide[0] <= wide[1]
        assert wide[2] > wide[3]
