"""The directive `section-minutes`: about how long each section of each chapter takes.

A page says its `minutes` in its front matter. They are shared out among its sections by what those
hold: words, code, figures to move and quizzes to think about. Exercises come on top.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from livebook.chapters import link_to_page
from livebook.exercise_labels import stars_of
from livebook.exercises import folded_solution
from livebook.lessons import lessons
from livebook.quiz_nodes import quiz

WORDS_A_MINUTE = 150  # of prose that is thought about
MINUTES_A_FIGURE, MINUTES_A_QUIZ = 2.5, 1.5
MINUTES_A_STAR = 12
LEAST = 0.75  # shorter sections are left out


class section_minutes(nodes.General, nodes.Element):  # noqa: N801 - docutils' way of names
    """The place of the table in a page."""


class SectionMinutes(SphinxDirective):
    """Put the table of minutes here."""

    def run(self) -> list[nodes.Node]:
        """Mark the place; the table is made when all pages are read."""
        place = section_minutes()
        self.set_source_info(place)
        return [place]


def is_exercise(node: nodes.Node) -> bool:
    """Tell whether a node is an exercise."""
    return isinstance(node, nodes.Element) and "exercise" in node.get("classes", [])


def weight(part: nodes.Node) -> float:
    """Return about how many minutes a part of a page takes, exercises and solutions aside."""
    if is_exercise(part) or isinstance(part, folded_solution | nodes.title | nodes.target):
        return 0.0
    if isinstance(part, quiz):
        return MINUTES_A_QUIZ
    if isinstance(part, nodes.figure):
        return MINUTES_A_FIGURE
    if isinstance(part, nodes.TextElement):
        return len(part.astext().split()) / WORDS_A_MINUTE
    return sum(map(weight, part.children))


def exercise_minutes(section: nodes.Element) -> float:
    """Return about how many minutes the exercises of a section take."""
    return sum(
        MINUTES_A_STAR * stars_of(node["classes"])
        for node in section.findall(nodes.Element)
        if stars_of(node.get("classes", []))
    )


def sections_of(doctree: nodes.document) -> list[nodes.section]:
    """Return the sections below a page's title."""
    top = next(doctree.findall(nodes.section), None)
    return [] if top is None else [part for part in top if isinstance(part, nodes.section)]


class ListMinutes(SphinxPostTransform):
    """Make the table in its place."""

    default_priority = 5  # before Sphinx resolves the links in it

    def run(self, **kwargs: Any) -> None:
        """Replace each place by a definition list: the page, and its sections with minutes."""
        for place in list(self.document.findall(section_minutes)):
            book = [lesson for lesson in lessons(self.env) if lesson.depth <= 2]
            items = [self._page(lesson.docname, lesson.minutes) for lesson in book]
            place.replace_self(nodes.container("", *items, classes=["section-minutes"]))

    def _page(self, docname: str, minutes: int) -> nodes.Node:
        doctree = self.env.get_doctree(docname)
        sections = sections_of(doctree)
        top = next(doctree.findall(nodes.section))
        before = sum(weight(part) for part in top if not isinstance(part, nodes.section))
        weights = [weight(section) for section in sections]
        total = (before + sum(weights)) or 1.0
        title = self.env.titles[docname].deepcopy().children
        heading = link_to_page(docname, *title, origin=self.env.docname)
        rows = [_item("the scene and the card", minutes * before / total)] if before else []
        practice = 0.0
        for section, share in zip(sections, weights, strict=True):
            practice += exercise_minutes(section)
            if minutes * share / total >= LEAST:
                words = section.next_node(nodes.title).astext()  # type: ignore[union-attr]
                rows.append(_item(words, minutes * share / total))
        if practice:
            rows.append(_item("the exercises, on top", practice))
        said = nodes.paragraph("", "", heading, nodes.Text(f": {minutes} minutes to read"))
        return nodes.container("", said, nodes.bullet_list("", *rows))


def _item(words: str, minutes: float) -> nodes.list_item:
    rounded = max(1, round(minutes))
    return nodes.list_item("", nodes.paragraph("", f"{words}: {rounded} min"))


def setup(app: Sphinx) -> None:
    """Register the directive and what makes the table."""
    app.add_node(section_minutes)
    app.add_directive("section-minutes", SectionMinutes)
    app.add_post_transform(ListMinutes)
