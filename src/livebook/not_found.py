"""The page that answers a wrong address: what happened, a search, the page most like it, all pages.

The server hands it out at any depth, so all its links begin at the site's root.
"""

from html import escape
from typing import Any

from sphinx.application import Sphinx

from livebook.assets import add_script, add_style
from livebook.toc import pages_in_order

TITLE = "No page has this address"
BODY = """<section class="not-found">
<h1>{title}</h1>
<p>The book has nothing at <code class="not-found-address">this address</code>. The page may have
been renamed, or the address lost a piece on its way to you.</p>
<p class="not-found-guess" hidden>Its words come nearest to <a></a>.</p>
<form class="not-found-search" role="search" action="{search}" method="get">
<label for="not-found-words">Search the book</label>
<input type="search" id="not-found-words" name="q" required>
<button type="submit">Search</button>
</form>
<h2>All pages</h2>
<ul class="not-found-pages">
{pages}
</ul>
</section>
"""


def page_list(app: Sphinx, pathto: Any) -> str:
    """Return the book's pages as items of a list, those of a part set in."""
    return "\n".join(
        f'<li{" class=inner" if depth else ""}><a href="{escape(pathto(page))}">'
        f"{escape(app.env.titles[page].astext())}</a></li>"
        for page, depth in pages_in_order(app.env)
    )


def answer(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Fill in the page that `sphinx-notfound-page` makes."""
    if "notfound_pagename" not in app.config or pagename != app.config.notfound_pagename:
        return
    pathto = context["pathto"]
    context["title"] = TITLE
    context["body"] = BODY.format(
        title=TITLE, search=escape(pathto("search")), pages=page_list(app, pathto)
    )
    # Scripts find the root by it, and a server that has the site elsewhere.
    context["content_root"] = app.config.notfound_urls_prefix
    context["pageurl"] = None
    add_style(app, "not-found.css")
    add_script(app, "not-found.js")


def setup(app: Sphinx) -> None:
    """Fill it in once its links are made to begin at the root."""
    app.connect("html-page-context", answer, priority=600)
