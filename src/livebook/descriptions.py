"""What search engines and link previews say of a page.

The front matter's `description` is used; a page without one is described by its first paragraph.
Raw TeX never stands in either.
"""

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from livebook.titles import plain_tex, plain_words

LENGTH = 160


def front_matter(config: Config, meta: dict[str, Any]) -> str:
    """Return the description that the page gives itself, with formulas in dollars as Unicode."""
    text = str(meta.get("description", "")).strip()
    return re.sub(r"\$([^$]+)\$", lambda formula: plain_tex(config, formula[1]), text)


def first_paragraph(app: Sphinx, doctree: nodes.document) -> str:
    """Return the plain text of the page's first paragraph, with formulas as Unicode."""
    paragraph = next(doctree.findall(nodes.paragraph), None)
    if paragraph is None:
        return ""
    text = plain_words(app.config, paragraph)
    return text if len(text) <= LENGTH else text[:LENGTH].rsplit(" ", 1)[0] + " …"


def describe(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Put the description into the page's head, and where the preview's tags look for it."""
    if 'name="description"' in context.get("metatags", ""):
        return
    meta = context.get("meta") or {}
    if doctree is None:  # a page of Sphinx's own: search, index
        text = f"{context.get('title', pagename)}: {app.config.project}"
    else:
        text = front_matter(app.config, meta) or first_paragraph(app, doctree)
    if text:
        content = escape(text)
        tag = f'\n<meta name="description" content="{content}" />'
        context["metatags"] = context.get("metatags", "") + tag
        context["meta"] = {"og:description": content, "og:image:alt": content, **meta}


def setup(app: Sphinx) -> None:
    """Describe each page before other extensions look at its head."""
    app.connect("html-page-context", describe, priority=400)
