"""What keeps a page's first moments short: most of its layout comes later, none is done twice."""

from typing import Any

from sphinx.application import Sphinx

from livebook.assets import add_script, add_style


def add_layout(app: Sphinx, *page: Any) -> None:
    """Let a page be laid out bit by bit, and its boxes be measured without doing it again."""
    if app.config.livebook_light:
        add_style(app, "later.css")
        add_script(app, "later.js")
        add_script(app, "scrolling.js")


def setup(app: Sphinx) -> None:
    """Come into every page."""
    app.connect("html-page-context", add_layout)
