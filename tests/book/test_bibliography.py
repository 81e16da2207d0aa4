"""Every source is cited, every citation has a source, and those to go deeper with are there."""

import re
from functools import cache

import pytest
from pybtex.database import parse_file

from tasks.execute import ROOT, table_of_contents

CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")
DEEPER = {
    "baydin-2018",
    "boyd-2004",
    "chen-2018",
    "goodfellow-2016",
    "jerison-2010",
    "karpathy-2015",
    "raissi-2019",
    "sanderson-2017",
    "spivak-calculus",
    "strang-calculus",
}


@cache
def sources() -> dict[str, object]:
    return dict(parse_file(str(ROOT / "book/references.bib"), bib_format="bibtex").entries)


@cache
def cited(page: str) -> set[str]:
    """Return the keys of the sources that a page cites."""
    text = (ROOT / f"{page}.md").read_text()
    return {key.strip() for keys in CITED.findall(text) for key in keys.split(",")}


def test_every_source_is_cited() -> None:
    everywhere = set().union(*map(cited, table_of_contents()))
    assert set(sources()) - everywhere == set()


@pytest.mark.parametrize("page", table_of_contents())
def test_every_citation_has_a_source(page: str) -> None:
    assert cited(page) - set(sources()) == set()


def test_pages_send_readers_to_go_deeper() -> None:
    assert cited("book/reference/bibliography") >= DEEPER


@pytest.mark.parametrize("key", sources())
def test_a_source_says_who_what_and_when(key: str) -> None:
    entry = sources()[key]
    assert entry.persons  # type: ignore[attr-defined]
    assert {"title", "year"} <= set(entry.fields)  # type: ignore[attr-defined]
