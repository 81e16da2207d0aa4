"""The directive `diagnostic`: quizzes that are checked together and name the chapter to start with.

Every quiz in its body has the option `chapter`. The chapter to start with is that of the first
question which was not answered right, in the order of the body.
"""

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html import HTMLTranslator

from livebook.assets import add_script, add_style
from livebook.quiz_html import CHECK
from livebook.quiz_nodes import quiz


class diagnostic(nodes.General, nodes.Element):  # noqa: N801 - as docutils names nodes
    """Quizzes that share one button; each knows that it is a `part`."""


class Diagnostic(SphinxDirective):
    """``{diagnostic}`` with the option ``name``."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"name": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the quizzes, numbered."""
        whole = diagnostic()
        self.state.nested_parse(self.content, self.content_offset, whole)
        parts = [child for child in whole.children if isinstance(child, quiz)]
        if not parts or len(parts) != len(whole.children):
            raise self.error("the body of `diagnostic` must be quizzes alone, at least one.")
        for number, part in enumerate(parts, 1):
            if not part["chapter"]:
                raise self.error(
                    f"quiz {number} of the `diagnostic` names no chapter; add the option "
                    "`:chapter: words <path/of/page>`."
                )
            part["part"], part["title"] = True, f"{number} of {len(parts)}"
        self.set_source_info(whole)
        self.add_name(whole)
        return [whole]


def visit_html(self: HTMLTranslator, node: diagnostic) -> None:
    """Open the form."""
    self.body.append(self.starttag(node, "form", CLASS="diagnostic"))


def depart_html(self: HTMLTranslator, node: diagnostic) -> None:
    """Write the button and the result's place, and close the form."""
    self.body.append(f'{CHECK}<div class="diagnostic-result" role="status"></div>\n</form>\n')


def say_quizzes_alone(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Leave the quizzes alone for builders other than HTML."""
    if app.builder.format != "html":
        for whole in list(doctree.findall(diagnostic)):
            whole.replace_self(whole.children)


def add_page_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the script and the style in the pages that hold a diagnostic."""
    if doctree is not None and any(True for _ in doctree.findall(diagnostic)):
        add_style(app, "diagnostic.css")
        add_script(app, "diagnostic.js")


def setup(app: Sphinx) -> None:
    """Register the directive, its node and their assets."""
    app.add_node(diagnostic, html=(visit_html, depart_html))
    app.add_directive("diagnostic", Diagnostic)
    app.connect("doctree-resolved", say_quizzes_alone)
    # Its script reads what that of the quizzes has restored, so it is loaded after it.
    app.connect("html-page-context", add_page_assets, priority=510)
