"""What the pages publish is quoted, and what they quote is published."""

import collections

import pytest
from prose import quoted

from tasks.claims import Published, published
from tasks.execute import Execution, executable_pages


@pytest.fixture(scope="session")
def of_page(executions: dict[str, Execution]) -> dict[str, list[Published]]:
    """Return all claims and numbers, by the page that publishes them."""
    found: dict[str, list[Published]] = {page: [] for page in executions}
    for one in published([page for page in executions if executions[page].failure is None]):
        found[one.page].append(one)
    assert sum(one.kind == "claim" for page in found.values() for one in page) > 100
    return found


def test_names_are_unique_in_the_book(of_page: dict[str, list[Published]]) -> None:
    places = collections.defaultdict(list)
    for page in of_page.values():
        for one in page:
            places[one.name].append(str(one))
    assert [same for same in places.values() if len(same) > 1] == []


@pytest.mark.parametrize("page", executable_pages())
def test_quoted_names_are_published(page: str, of_page: dict[str, list[Published]]) -> None:
    assert quoted(page) - {one.name for one in of_page[page]} == set()


@pytest.mark.parametrize("page", executable_pages())
def test_published_names_are_quoted_or_silent(
    page: str, of_page: dict[str, list[Published]]
) -> None:
    names = quoted(page)
    unread = [str(one) for one in of_page[page] if one.name not in names and not one.silent]
    assert unread == [], "quote each in the text; a claim that needs no number takes `silent=True`"
    heard = [str(one) for one in of_page[page] if one.name in names and one.silent]
    assert heard == [], "these are quoted, so they are not silent"


@pytest.mark.parametrize("page", executable_pages())
def test_claims_say_what_they_assert(page: str, of_page: dict[str, list[Published]]) -> None:
    claims = [one for one in of_page[page] if one.kind == "claim"]
    assert [str(one) for one in claims if not one.bounds or not one.statement] == []
