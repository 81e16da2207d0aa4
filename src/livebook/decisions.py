"""The directive `decision`: a ladder of questions, each with an answer to its right.

Its body is a list. The first paragraph of an item is a question, the rest the answer for those who
say yes; who says no goes down. The last item may be an answer alone. It is a figure made of text:
it reflows on a phone, follows the theme, and a screen reader meets it as the list it is.
"""

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from livebook.assets import add_style


class Decision(SphinxDirective):
    """``{decision} caption``, with options ``name`` and ``yes``, ``no`` for the arrows' words."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "name": directives.unchanged,
        "yes": directives.unchanged,
        "no": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Return the figure."""
        ladder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, ladder)
        lists = [child for child in ladder.children if isinstance(child, nodes.Sequential)]
        if len(ladder.children) != 1 or len(lists) != 1:
            raise self.error("the body of `decision` must be one list, an item for each question.")
        items = list(lists[0].children)
        words = self.options.get("yes", "yes"), self.options.get("no", "no")
        steps = [
            self._step(item, words, last=number == len(items))
            for number, item in enumerate(items, 1)
        ]
        figure = nodes.figure("", classes=["decision"])
        figure += nodes.enumerated_list("", *steps)
        words_of_caption, problems = self.parse_inline(self.arguments[0])
        figure += nodes.caption(self.arguments[0], "", *words_of_caption)
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure, *problems]

    def _step(self, item: nodes.Node, words: tuple[str, str], *, last: bool) -> nodes.list_item:
        question, *answer = item.children
        if not answer:
            return nodes.list_item("", nodes.container("", question, classes=["decision-answer"]))
        yes, no = (nodes.inline("", word, classes=["decision-word"]) for word in words)
        parts = [
            nodes.container("", question, classes=["decision-question"]),
            nodes.container("", nodes.paragraph("", "", yes), *answer, classes=["decision-answer"]),
        ]
        if not last:
            parts.append(nodes.container("", nodes.paragraph("", "", no), classes=["decision-no"]))
        return nodes.list_item("", *parts)


def add_page_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the figure's style in the pages that hold one."""
    if "decision-question" in context.get("body", ""):
        add_style(app, "decision.css")


def setup(app: Sphinx) -> None:
    """Register the directive and its style."""
    app.add_directive("decision", Decision)
    app.connect("html-page-context", add_page_assets)
