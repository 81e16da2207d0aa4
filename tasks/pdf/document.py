"""The one document: cover, contents and all pages."""

from collections.abc import Collection
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import yaml
from bs4 import Tag

from tasks.pdf.links import dangling
from tasks.pdf.paper import on_paper, page_name
from tasks.pdf.reading_order import Page

STYLE = Path(__file__).with_name("paper.css")
ABOUT = """
<p>This is the book on paper. Its pages on the screen do more: figures move, code runs and can be
edited, quizzes and exercises answer back. Here a figure shows where its controls start, and below
it stands what it says or how it looks at other positions. Code that only draws is left out. Answers
to quizzes and solutions to exercises stand at the end of each chapter.</p>
"""


class DocumentError(RuntimeError):
    """The document would have links that lead nowhere; the message names them."""


@dataclass(frozen=True)
class Book:
    """What the cover says of the book."""

    title: str
    subtitle: str
    author: str
    version: str
    language: str
    repository: str


@dataclass(frozen=True)
class Heading:
    """A heading of the document: its level, its text in plain words, and the id it stands at."""

    level: int
    text: str
    target: str


@dataclass
class Document:
    """The document's markup and what the finished PDF is compared with."""

    html: str
    headings: list[Heading] = field(default_factory=list)
    figures: int = 0


def read_book(root: Path) -> Book:
    """Return what the configuration and the citation file say of the book."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    citation: dict[str, Any] = {}
    if (root / "CITATION.cff").exists():
        citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    _, _, subtitle = str(citation.get("title", "")).partition(": ")
    return Book(
        title=config["title"],
        subtitle=subtitle[:1].upper() + subtitle[1:],
        author=config["author"],
        version=str(citation.get("version", "")),
        language=config["sphinx"]["config"].get("language", "en"),
        repository=config.get("repository", {}).get("url", ""),
    )


def plain(heading: Tag) -> str:
    """Return a heading's words; a formula's are its letters."""
    return " ".join(heading.get_text().split())


def headings_of(article: Tag) -> list[Heading]:
    """Return the headings of a page, each with the section that it begins or an id of its own."""
    found: dict[str, Heading] = {}
    for number, heading in enumerate(article.select("h1, h2, h3, h4, h5, h6")):
        section = heading.find_parent(id=True)
        target = str(heading.get("id") or (section["id"] if isinstance(section, Tag) else ""))
        if not target or target in found:
            target = heading["id"] = f"{article['id']}--heading-{number}"
        found[target] = Heading(int(heading.name[1]), plain(heading), target)
    return list(found.values())


def cover(book: Book) -> str:
    """Return the first sheet."""
    address = escape(book.repository)
    return (
        f'<div class="cover"><p class="cover-title">{escape(book.title)}</p>'
        f'<p class="cover-subtitle">{escape(book.subtitle)}</p>'
        f'<p class="cover-author">{escape(book.author)}</p>'
        f'<div class="cover-foot">{ABOUT}'
        f'<p><a href="#contents">Contents</a>. Version {escape(book.version)}. '
        f'<a href="{address}">{address}</a></p></div></div>'
    )


def contents(pages: list[Page], headings: dict[str, list[Heading]]) -> str:
    """Return the table of contents; the numbers of pages are filled in once they are known."""
    lines, part = [], ""
    for page in pages:
        if page.part != part:
            part = page.part
            lines.append(f'<p class="contents-part">{escape(part)}</p>')
        for heading in headings[page.slug]:
            if heading.level > 2:
                continue
            lines.append(
                f'<p class="contents-{heading.level}"><a href="#{escape(heading.target)}">'
                f"<span>{escape(heading.text)}</span>"
                f'<span class="page-number" data-for="{escape(heading.target)}"></span></a></p>'
            )
    return f'<div class="contents"><h1 id="contents">Contents</h1>{"".join(lines)}</div>'


def sheets(pages: list[Page], headings: dict[str, list[Heading]]) -> str:
    """Return the rules that print each page's title at the head of its sheets."""
    return "".join(
        f'@page {page_name(page)} {{ @top-left {{ content: "{_css_words(headings, page)}"; }} }}\n'
        for page in pages
    )


def _css_words(headings: dict[str, list[Heading]], page: Page) -> str:
    text = headings[page.slug][0].text if headings[page.slug] else ""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "")


def stylesheet(site: Path) -> str:
    """Return the address of the site's stylesheet, seen from the document."""
    found = sorted((site / "_static" / "livebook" / "style").glob("site-*.css"))
    if not found:
        raise DocumentError(f"{site} has no stylesheet; build the site first")
    return f"../{site.name}/{found[-1].relative_to(site).as_posix()}"


def make_document(
    site: Path, pages: list[Page], book: Book, left_out: Collection[str] = ()
) -> Document:
    """Join pages of a built site; links to the pages left out become plain words.

    Raises
    ------
    DocumentError
        If a link leads nowhere or an id stands twice.
    """
    slugs = {page.name: page.slug for page in pages}
    articles, lost = [], []
    for page in pages:
        article, nowhere = on_paper(site, page, slugs, left_out)
        articles.append(article)
        lost += nowhere
    lost += dangling(articles)
    if lost:
        raise DocumentError("These links lead nowhere:\n" + "\n".join(f"  {x}" for x in lost))
    headings = {
        page.slug: headings_of(article) for page, article in zip(pages, articles, strict=True)
    }
    head = (
        f'<!doctype html><html lang="{book.language}" data-theme="light"><head>'
        f'<meta charset="utf-8"><title>{escape(book.title)}</title><link rel="icon" href="data:,">'
        f'<link rel="stylesheet" href="{stylesheet(site)}">'
        f"<style>{STYLE.read_text(encoding='utf-8')}\n{sheets(pages, headings)}</style></head>"
    )
    body = "".join(str(article) for article in articles)
    return Document(
        f"{head}<body>{cover(book)}{contents(pages, headings)}{body}</body></html>",
        [
            Heading(1, "Contents", "contents"),
            *(heading for page in pages for heading in headings[page.slug]),
        ],
        sum(len(article.select(".moving-figure")) for article in articles),
    )
