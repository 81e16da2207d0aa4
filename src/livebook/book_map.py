"""The directive `book-map`: all lessons in reading order, and arcs that say what builds on what.

It is drawn from the table of contents and the pages' front matter alone.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import clean_astext

from livebook import lessons
from livebook.assets import add_style
from livebook.chapters import link_to_page
from livebook.lessons import Lesson

ROW, SPINE = 80, 76  # px; book-map.css has the same row height in rem
LEFT, WIDTH = 20, 68  # what the arcs and the dots take of it
logger = logging.getLogger(__name__)


class book_map(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes in lower case
    """The place of the map in a page."""


class BookMap(SphinxDirective):
    """Put the book's map here."""

    def run(self) -> list[nodes.Node]:
        """Mark the place; the map is drawn when all pages are read."""
        place = book_map()
        self.set_source_info(place)
        return [place]


def arc_rules(rows: int) -> str:
    """Return the style by which a lesson that is pointed at, or has the focus, shows its arcs."""
    at = "is(:hover,:focus-within)"
    rules = (
        f".book-map:has(li:nth-child({row}):{at}) .of-{row}{{stroke:var(--arc);opacity:1}}"
        for row in range(1, rows + 1)
    )
    return f"<style>{''.join(rules)}</style>"


def arcs_svg(book: list[Lesson]) -> str:
    """Return the picture beside the list: a dot per lesson, an arc from each prerequisite."""
    row_of = {lesson.docname: row for row, lesson in enumerate(book)}
    arcs, dots = [], []
    for row, lesson in enumerate(book):
        y = (row + 0.5) * ROW
        dots.append(f'<path d="M{SPINE} {y:g}h0"/>')
        for start in (row_of[name] for name in lesson.prerequisites if name in row_of):
            y0 = (start + 0.5) * ROW
            reach = SPINE - 8 - (SPINE - 16) * (row - start) / max(len(book) - 1, 1)
            curve = f"M{SPINE} {y0:g}C{reach:.0f} {y0:g} {reach:.0f} {y:g} {SPINE} {y:g}"
            arcs.append(f'<path class="of-{row + 1} of-{start + 1}" d="{curve}"/>')
    return (
        f'<svg class="book-map-arcs" aria-hidden="true" preserveAspectRatio="none" '
        f'viewBox="{LEFT} 0 {WIDTH} {ROW * len(book)}" '
        f'style="--rows:{len(book)}"><g class="arcs">{"".join(arcs)}</g>'
        f'<g class="dots">{"".join(dots)}</g></svg>'
    )


class DrawBookMap(SphinxPostTransform):
    """Draw the map in its place."""

    default_priority = 5  # before Sphinx resolves the links in it

    def run(self, **kwargs: Any) -> None:
        """Replace each place by the arcs and the list of lessons."""
        for place in list(self.document.findall(book_map)):
            book = lessons.lessons(self.env)
            if not book:
                logger.warning(
                    "the book's map is empty: no page says its `minutes` in its front matter",
                    location=place,
                    type="livebook",
                    subtype="map",
                )
            listing = nodes.bullet_list("", *(self._row(lesson, book) for lesson in book))
            picture = nodes.raw("", arcs_svg(book) + arc_rules(len(book)), format="html")
            place.replace_self(nodes.container("", picture, listing, classes=["book-map"]))

    def _title(self, docname: str) -> str:
        return clean_astext(self.env.titles[docname])

    def _row(self, lesson: Lesson, book: list[Lesson]) -> nodes.list_item:
        title = self.env.titles[lesson.docname].deepcopy().children
        link = link_to_page(lesson.docname, *title, origin=self.env.docname)
        minutes = nodes.inline("", f"{lesson.minutes} min", classes=["book-map-minutes"])
        heading = nodes.paragraph("", "", link, nodes.Text(" "), minutes)
        needed = [
            name for name in lesson.prerequisites if name in {other.docname for other in book}
        ]
        item = nodes.list_item("", heading, classes=[f"book-map-depth-{min(lesson.depth, 2)}"])
        if lesson.description:
            item += nodes.paragraph("", lesson.description, classes=["book-map-description"])
        if needed:
            names = ", ".join(self._title(name) for name in needed)
            item += nodes.paragraph("", f"Builds on: {names}.", classes=["book-map-needs"])
        return item


def add_page_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the map's style in the pages that hold a map."""
    if 'class="book-map' in context.get("body", ""):
        add_style(app, "book-map.css")


def setup(app: Sphinx) -> None:
    """Register the directive and what draws it."""
    lessons.setup(app)
    app.add_node(book_map)
    app.add_directive("book-map", BookMap)
    app.add_post_transform(DrawBookMap)
    app.connect("html-page-context", add_page_assets)
