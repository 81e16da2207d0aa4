"""Math in headings: set as math where markup goes, plain text where it does not.

Sphinx takes a heading's text for `<title>`, for `{ref}`, for the table of contents and for the
search index. So each formula in a heading becomes a node whose text is plain Unicode and whose
HTML is the formula.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxTranslator

from livebook.katex import FormulaError, katex_of
from livebook.plain_text import plain_formula


class title_math(nodes.inline):  # noqa: N801 - docutils names its nodes in lower case
    """A formula in a heading: attribute `tex` is its source, the text inside is plain Unicode."""


def plain_tex(config: Config, tex: str) -> str:
    """Return a formula's plain text; its source if KaTeX cannot read it (the page itself warns)."""
    try:
        return plain_formula(katex_of(config).render(tex, display=False))
    except FormulaError:
        return tex


def plain_words(config: Config, element: nodes.Element) -> str:
    """Return an element's text in one line, with formulas as plain Unicode."""
    element = element.deepcopy()
    for formula in list(element.findall(nodes.math)):
        formula.replace_self(nodes.Text(plain_tex(config, formula.astext())))
    return " ".join(element.astext().split())


class MarkTitleMaths(SphinxTransform):
    """Replace formulas in headings before Sphinx notes the headings' text."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Replace every formula in every heading of the page."""
        for title in self.document.findall(nodes.title):
            for formula in list(title.findall(nodes.math)):
                tex = formula.astext()
                plain = plain_tex(self.config, tex)
                marked = title_math(tex, plain, tex=tex)
                marked.source, marked.line = title.source, title.line
                formula.replace_self(marked)


def restore_formulas(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give builders other than HTML ordinary formulas again."""
    if app.builder.format != "html":
        for formula in list(doctree.findall(title_math)):
            formula.replace_self(nodes.math("", formula["tex"]))


def visit_html(self: SphinxTranslator, node: title_math) -> None:
    """Write the formula as one in the text is written."""
    formula = nodes.math(node["tex"], node["tex"])
    formula.source, formula.line = node.source, node.line
    self.visit_math(formula)


def show_plain_title(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Name the page by its title's plain text; the theme would print a formula's markup twice."""
    title = app.env.titles.get(pagename)
    if title is not None and any(True for _ in title.findall(title_math)):
        context["title"] = context["pagetitle"] = title.astext()


def setup(app: Sphinx) -> None:
    """Register the node, what makes and what unmakes it, and the page's plain title."""
    app.add_node(title_math, html=(visit_html, None))
    app.add_transform(MarkTitleMaths)
    app.connect("doctree-resolved", restore_formulas)
    app.connect("html-page-context", show_plain_title, priority=400)
