"""Which exercises a reader has done, kept in the browser alone.

Every exercise gets a box to tick, which a right answer in a live cell ticks by itself. The
directive `progress` shows what is done, chapter by chapter. There is no account, and nothing leaves
the browser.
"""

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import clean_astext

from livebook.assets import add_script, add_style
from livebook.chapters import link_to_page
from livebook.exercise_labels import LABEL, number_of
from livebook.toc import pages_in_order


class progress(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes in lower case
    """The place of the table in a page."""


class Progress(SphinxDirective):
    """Put the table of what is done here."""

    def run(self) -> list[nodes.Node]:
        """Mark the place; the table is made when all pages are read."""
        place = progress()
        self.set_source_info(place)
        return [place]


def exercises_by_page(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the numbers of each page's exercises, pages in the book's order."""
    found: dict[str, list[str]] = {page: [] for page, _ in pages_in_order(env)}
    for label, entry in getattr(env, "sphinx_exercise_registry", {}).items():
        if LABEL.fullmatch(label) and label.startswith("exercise-"):
            found.setdefault(entry["docname"], []).append(number_of(label))
    return {
        page: sorted(numbers, key=lambda number: tuple(map(int, number.split("."))))
        for page, numbers in found.items()
        if numbers
    }


class ListProgress(SphinxPostTransform):
    """Make the table in its place."""

    default_priority = 5  # before Sphinx resolves the links in it

    def run(self, **kwargs: Any) -> None:
        """Replace each place by a list of pages, each with the numbers of its exercises."""
        for place in list(self.document.findall(progress)):
            rows = [self._row(*item) for item in exercises_by_page(self.env).items()]
            listing = nodes.bullet_list("", *rows)
            place.replace_self(nodes.container("", listing, classes=["exercise-progress"]))

    def _row(self, page: str, numbers: list[str]) -> nodes.list_item:
        title = self.env.titles[page].deepcopy().children
        link = link_to_page(page, *title, origin=self.env.docname)
        words = f"{len(numbers)} exercises"
        name = escape(f"Done of {clean_astext(self.env.titles[page])}")
        bar = (
            f'<span class="progress-count" data-exercises="{" ".join(numbers)}">{words}</span>'
            f'<progress hidden max="{len(numbers)}" value="0" aria-label="{name}"></progress>'
        )
        return nodes.list_item(
            "", nodes.paragraph("", "", link, nodes.Text(" "), nodes.raw("", bar, format="html"))
        )


def add_page_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load script and style in the pages that hold exercises or the table."""
    body = context.get("body", "")
    if 'class="exercise-stars"' in body or 'class="exercise-progress' in body:
        add_style(app, "progress.css")
        add_script(app, "progress.js")


def setup(app: Sphinx) -> None:
    """Register the directive and what makes the table."""
    app.add_node(progress)
    app.add_directive("progress", Progress)
    app.add_post_transform(ListProgress)
    app.connect("html-page-context", add_page_assets)
