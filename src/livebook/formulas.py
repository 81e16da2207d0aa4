"""Math set when the book is built: the HTML math renderer "katex".

A page needs no math engine then, only KaTeX's stylesheet and fonts. A formula that KaTeX cannot
read becomes a warning that names file and line.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html import HTMLTranslator

from livebook import katex, line_breaks
from livebook.assets import (
    FOLDER,
    add_script,
    add_style,
    copy_new,
    package_folder,
    static_folder,
)
from livebook.katex import FormulaError, katex_of
from livebook.titles import title_math

# Sphinx numbers equations; KaTeX's own numbers would come on top of them.
NUMBERED = re.compile(r"\\(begin|end)\{(align|alignat|equation|gather)\}")
logger = logging.getLogger(__name__)


def one_display(tex: str) -> str:
    r"""Return one formula for a display that may hold several paragraphs or lines.

    Paragraphs become lines, and lines parted by ``\\`` outside any environment are aligned at
    ``&``, as Sphinx's own math renderers have it.
    """
    parts = [part.strip() for part in re.split(r"\n\s*\n", tex) if part.strip()]
    lines = " \\\\\n".join(parts)
    outside = re.sub(r"\\begin\{(\w+\*?)\}.*?\\end\{\1\}", "", lines, flags=re.DOTALL)
    return rf"\begin{{aligned}}{lines}\end{{aligned}}" if r"\\" in outside else lines


def formula_html(self: HTMLTranslator, node: nodes.Element, tex: str, *, display: bool) -> str:
    """Return the HTML of a formula; if KaTeX cannot read it, warn and return its source."""
    try:
        return katex_of(self.builder.config).render(tex, display=display)
    except FormulaError as error:
        logger.warning("%s", error, location=node, type="livebook", subtype="formula")
        return f"<code>{self.encode(tex)}</code>"


def visit_inline(self: HTMLTranslator, node: nodes.math) -> None:
    """Write a formula that stands in a line of text."""
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate"))
    self.body.append(formula_html(self, node, node.astext(), display=False) + "</span>")
    raise nodes.SkipNode


def visit_display(self: HTMLTranslator, node: nodes.math_block) -> None:
    """Write a displayed formula, in a box that scrolls by itself, and its number."""
    tex = NUMBERED.sub(r"\\\1{\2*}", node.astext())
    if not node.get("nowrap", node.get("no-wrap", False)):
        tex = one_display(tex)
    self.body.append(self.starttag(node, "div", CLASS="math notranslate"))
    if node.get("number"):
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    html = formula_html(self, node, tex, display=True)
    self.body.append(f'<div class="math-scroll">{html}</div></div>\n')
    raise nodes.SkipNode


def add_page_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load KaTeX's stylesheet in the pages that show math, in their text or in a title."""
    in_titles = any(True for title in app.env.titles.values() for _ in title.findall(title_math))
    if in_titles or 'class="katex' in context.get("body", ""):
        copy_katex_styles(app)
        app.add_css_file(f"{FOLDER}/katex/katex.min.css")
        add_style(app, "formulas.css")
        add_script(app, "formulas.js")


def copy_katex_styles(app: Sphinx) -> None:
    """Copy KaTeX's stylesheet with its woff2 fonts, the format that every browser takes."""
    dist = package_folder(app.config, "katex") / "dist"
    target = static_folder(app.outdir) / "katex"
    copy_new(dist / "katex.min.css", target / "katex.min.css")
    for font in (dist / "fonts").glob("*.woff2"):
        copy_new(font, target / "fonts" / font.name)


def setup(app: Sphinx) -> None:
    """Register the renderer; Sphinx chooses it over MathJax when it is the only other one."""
    katex.setup(app)
    line_breaks.setup(app)
    app.add_html_math_renderer("katex", (visit_inline, None), (visit_display, None))
    app.connect("html-page-context", add_page_assets)
