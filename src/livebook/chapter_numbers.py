"""The number of its chapter above a page's title, for the text speaks of chapters by number.

The first chapter is the introduction, number 0. Pages below a chapter name it too, with a link.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from livebook.assets import add_style
from livebook.lessons import lessons


def chapter_of(app: Sphinx, docname: str) -> tuple[int, str] | None:
    """Return the number of the chapter a page belongs to, and that chapter's page."""
    number, chapter = -1, ""
    for lesson in lessons(app.env):
        if not lesson.depth:
            number, chapter = number + 1, lesson.docname
        if lesson.docname == docname:
            return number, chapter
    return None


def add_number(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the line above the title."""
    title = doctree.next_node(nodes.title)
    place = chapter_of(app, docname)
    if not isinstance(app.builder, StandaloneHTMLBuilder) or title is None or place is None:
        return
    number, chapter = place
    words: nodes.Node = nodes.Text(f"Chapter {number}")
    if chapter != docname:
        address = app.builder.get_relative_uri(docname, chapter)
        words = nodes.reference("", "", words, internal=True, refuri=address)
    line = nodes.paragraph("", "", words, classes=["of-chapter"])
    title.parent.insert(title.parent.index(title), line)


def add_sidebar_numbers(app: Sphinx, *page: object) -> None:
    """Number the chapters in the sidebar of every page."""
    add_style(app, "chapter-numbers.css")


def setup(app: Sphinx) -> None:
    """Come in once references are resolved."""
    app.connect("doctree-resolved", add_number)
    app.connect("html-page-context", add_sidebar_numbers)
