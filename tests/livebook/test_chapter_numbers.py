"""Pages say which chapter they belong to."""

from collections.abc import Callable

from bs4 import BeautifulSoup
from test_page_assets import BOOK_THEME

LESSON = "---\nminutes: 5\n---\n"
FILES = {
    "index.md": "# Book\n\n```{toctree}\nwhy\nslopes\nglossary\n```\n",
    "why.md": f"{LESSON}# Why\n",
    "slopes.md": f"{LESSON}# Slopes\n\n```{{toctree}}\ntips\n```\n",
    "tips.md": f"{LESSON}# Tips\n",
    "glossary.md": "# Glossary\n",
}


def line_above_title(text: str) -> tuple[str, str] | None:
    title = BeautifulSoup(text, "html.parser").select_one("h1")
    line = title.find_previous_sibling() if title else None
    if line is None:
        return None
    link = line.select_one("a")
    return line.get_text(), str(link["href"]) if link else ""


def test_chapters_are_counted_from_zero_and_their_pages_link_to_them(build: Callable) -> None:
    site = build(FILES)
    assert site.warnings == ""
    assert line_above_title(site.read("why.html")) == ("Chapter 0", "")
    assert line_above_title(site.read("slopes.html")) == ("Chapter 1", "")
    assert line_above_title(site.read("tips.html")) == ("Chapter 1", "slopes.html")


def test_what_is_no_lesson_has_no_number(build: Callable) -> None:
    site = build(FILES)
    for page in ("index.html", "glossary.html"):
        assert line_above_title(site.read(page)) is None


def test_the_sidebar_is_numbered_on_every_page(build: Callable) -> None:
    site = build(FILES, **BOOK_THEME)
    assert "chapter-numbers.css" in site.read("glossary.html")
