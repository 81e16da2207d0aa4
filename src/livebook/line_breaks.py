"""Keeps short formulas on one line with what touches them: a period, a bracket, an ending.

Browsers may break a line at either side of a formula, even where no space stands.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx

from livebook.katex import FormulaError, katex_of

LONGEST = 12  # characters; what is longer may stand on the next line
BEFORE = re.compile(rf"(?<!\S)\S{{1,{LONGEST}}}$")
AFTER = re.compile(rf"^\S{{1,{LONGEST}}}(?!\S)")


def is_unbroken(app: Sphinx, formula: nodes.math) -> bool:
    """Tell whether a formula is set as one piece; a longer one may break within."""
    try:
        html = katex_of(app.config).render(formula.astext(), display=False)
    except FormulaError:
        return False
    return html.count('class="katex-base"') == 1


def split(node: nodes.Node | None, edge: re.Pattern[str]) -> str:
    """Return what of a neighboring text touches the formula; blank if nothing does."""
    found = edge.search(node.astext()) if isinstance(node, nodes.Text) else None
    return found.group() if found else ""


def keep_together(formula: nodes.math) -> None:
    """Put a formula and what touches it into one element that does not break."""
    parent = formula.parent
    place = parent.index(formula)
    left = parent[place - 1] if place else None
    right = parent[place + 1] if place + 1 < len(parent) else None
    before, after = split(left, BEFORE), split(right, AFTER)
    if not before and not after:
        return
    held = nodes.inline("", "", classes=["math-unbroken"])
    parent.replace(formula, held)
    held += [nodes.Text(before), formula, nodes.Text(after)]
    if before and left is not None:
        parent.replace(left, nodes.Text(left.astext()[: -len(before)]))
    if after and right is not None:
        parent.replace(right, nodes.Text(right.astext()[len(after) :]))


def keep_all_together(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Treat all formulas in the lines of an HTML page."""
    if app.builder.format == "html":
        for formula in list(doctree.findall(nodes.math)):
            if is_unbroken(app, formula):
                keep_together(formula)


def setup(app: Sphinx) -> None:
    """Treat each page when its references are resolved."""
    app.connect("doctree-resolved", keep_all_together)
