"""The glossary: sorted, one sentence a term, links that lead to the term, no key term left out."""

import re
from functools import cache

import pytest
from prose import cells

from tasks.execute import ROOT, table_of_contents

GLOSSARY = "book/reference/glossary"
ENTRY = re.compile(r"^((?:\S.*\n)+)  (.+)\n", re.M)
LINK = re.compile(r"\{ref\}`([\w-]+)`")
LABELED = re.compile(r"^\(([\w-]+)\)=\n(#+) .*$", re.M)
BOLD = re.compile(r"(?<=[^\s.:?!|>-]\s)\*\*([^*]{3,40}?[^*.:?!])\*\*")
CHAPTERS = [page for page in table_of_contents() if page.startswith("book/0")]

# Set in bold for their weight in a sentence, not as terms.
NO_TERMS = {
    "every",
    "every value between",
    "a fit",
    "relative rates add up",
    "simulate from it",
    "zero",
    "linear",
    "silent",
    "covers",
    "seeks a mode",
    "formula",
    "table",
    "graph",
}


@cache
def entries() -> dict[tuple[str, ...], str]:
    """Return the definitions by their terms, in the order of the page."""
    text = (ROOT / f"{GLOSSARY}.md").read_text()
    body = text.partition("```{glossary}\n")[2].partition("```")[0]
    return {tuple(terms.split("\n")[:-1]): said for terms, said in ENTRY.findall(body)}


@cache
def sections() -> dict[str, str]:
    """Return the text of each section of the chapters that has a label."""
    found = {}
    for page in CHAPTERS:
        text = (ROOT / f"{page}.md").read_text()
        for place in LABELED.finditer(text):
            rest = text[place.end() :]
            end = re.search(rf"^#{{1,{len(place[2])}}} ", rest, re.M)
            found[place[1]] = place[0] + rest[: end.start() if end else None]
    return found


def stems(words: str) -> set[str]:
    """Return the beginnings of the words, by which plurals and other endings agree."""
    found = re.findall(r"[^\W_]+", words.lower())
    return {word.rstrip("s")[:6] for word in found} - {"of", "the", "and"}


def key_terms(page: str) -> set[str]:
    """Return what stands in bold within a sentence: few words that no mark ends."""
    found = {" ".join(bold.split()) for bold in BOLD.findall(cells(page)[0])}
    return {bold for bold in found if len(bold.split()) <= 4 and not re.search(r"[`$\d]", bold)}


def test_there_are_many_terms() -> None:
    assert len(entries()) > 100


def test_terms_are_sorted_and_unique() -> None:
    first = [terms[0].lower() for terms in entries()]
    assert first == sorted(first)
    every = [term.lower() for terms in entries() for term in terms]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("terms", entries(), ids=lambda terms: terms[0])
def test_entry_is_a_sentence_and_links_to_where_its_term_stands(terms: tuple[str, ...]) -> None:
    said, _, links = entries()[terms].partition(" See ")
    assert re.fullmatch(r"(?:[^.]|\.(?=\S)|(?<=\d)\.)+\.", said), "one sentence"
    labels = LINK.findall(links)
    assert 1 <= len(labels) <= 2
    assert set(labels) <= set(sections())
    assert len(set(labels)) == len(labels)
    words = stems(sections()[labels[0]])
    assert any(stems(term) <= words for term in terms), "the section does not speak of it"


@pytest.mark.parametrize("page", CHAPTERS)
def test_key_terms_are_in_the_glossary(page: str) -> None:
    known = [stems(term) for terms in entries() for term in terms]
    missing = {
        bold
        for bold in key_terms(page) - NO_TERMS
        if not any(stems(bold) <= term for term in known)
    }
    assert missing == set()


def test_exceptions_are_needed() -> None:
    assert {bold for page in CHAPTERS for bold in key_terms(page)} >= NO_TERMS
