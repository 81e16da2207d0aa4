"""The directive `citation`: BibTeX of the book and its chapters from CITATION.cff."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

RECORD = """cff-version: 1.2.0
title: "Slopes: a guide"
version: 1.2.3
authors:
  - name: The Authors
  - family-names: Noether
    given-names: Emmy
"""
TOC = "```{toctree}\nlimits\nnotes\n```"
HOME = f"# Home\n\n{TOC}\n\n```{{citation}} book\n```\n\n```{{citation}} chapters\n```\n"
FILES = {
    "CITATION.cff": RECORD,
    "index.md": HOME,
    "limits.md": "---\nminutes: 5\n---\n# Limits of $x^2$\n",
    "notes.md": "# Notes\n",
}


def blocks(build: Callable[..., Any], **changes: str) -> list[str]:
    site = build({**FILES, **changes}, copyright="2025, 2026 Us")
    assert site.warnings == ""
    page = BeautifulSoup(site.read("index.html"), "html.parser")
    return [block.get_text() for block in page.select("pre")]


def test_book_and_chapters_are_cited_from_one_record(build: Callable[..., Any]) -> None:
    book, chapters = blocks(build)
    assert book.strip() == (
        "@book{slopes,\n"
        "  title = {Slopes: a guide},\n"
        "  author = {{The Authors} and Noether, Emmy},\n"
        "  year = {2026},\n"
        "  version = {1.2.3}\n"
        "}"
    )
    assert chapters.count("@incollection{") == 1  # the page with `minutes` alone
    assert "@incollection{slopes:limits-of-x2," in chapters
    assert "  title = {Limits of x²},\n  booktitle = {Slopes: a guide},\n" in chapters


def test_a_new_version_is_shown_though_the_page_stayed(build: Callable[..., Any]) -> None:
    assert "version = {1.2.3}" in blocks(build)[0]
    newer = RECORD.replace("1.2.3", "2.0.0")
    assert "version = {2.0.0}" in blocks(build, **{"CITATION.cff": newer})[0]


def test_another_subject_is_refused(build: Callable[..., Any]) -> None:
    site = build({**FILES, "index.md": HOME.replace("} book", "} page")}, copyright="2026")
    assert re.search(r"index\.md:8: .*of `book` or of `chapters`, not of 'page'", site.warnings)


def test_a_book_without_a_year_is_refused(build: Callable[..., Any]) -> None:
    with pytest.raises(Exception, match="`copyright` in the configuration must name a year"):
        build(FILES, copyright="Us")
