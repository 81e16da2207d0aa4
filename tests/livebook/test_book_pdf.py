"""The link to the whole book as a PDF."""

from collections.abc import Callable

from bs4 import BeautifulSoup
from test_page_assets import BOOK_THEME

PAGE = {"index.md": "# Home\n\nTake {book-pdf}`all of it`."}
WHERE = {"html_baseurl": "https://book.example/calculus", "livebook_book_pdf": "all.pdf"}


def pdf_links(text: str) -> list[str]:
    links = BeautifulSoup(text, "html.parser").select('a[href$="all.pdf"]')
    return [" ".join(link.get_text().split()) for link in links]


def test_the_text_and_the_menu_link_to_the_published_file(build: Callable) -> None:
    site = build(PAGE, **BOOK_THEME, **WHERE)
    assert 'href="https://book.example/calculus/all.pdf"' in site.read("index.html")
    assert sorted(pdf_links(site.read("index.html"))) == ["Whole book", "all of it"]


def test_without_a_file_the_words_stand_alone(build: Callable) -> None:
    site = build(PAGE, **BOOK_THEME, **{**WHERE, "livebook_book_pdf": ""})
    assert "Take all of it." in site.read("index.html")
    assert pdf_links(site.read("index.html")) == []
