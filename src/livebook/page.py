"""What other extensions and the theme put into the pages and what does not belong there.

Nothing that a page loads comes from another host, no script runs twice, and the parts of a live
kernel that this site does not use (sphinx-thebe) are taken out.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from livebook.assets import add_script, add_style

THEBE_FILES = ("sphinx-thebe.js", "sphinx-thebe.css")
logger = logging.getLogger(__name__)


def address(asset: Any) -> str:
    """Return the address of a script or stylesheet as Sphinx keeps it; blank if it is inline."""
    name = asset if isinstance(asset, str) else getattr(asset, "filename", "")
    return str(name or "")


def inline_text(asset: Any) -> str:
    """Return the text of an inline script; blank if it is a file."""
    return str(getattr(asset, "attributes", {}).get("body") or "")


def is_elsewhere(url: str) -> bool:
    """Tell whether an address leads to another host."""
    return url.startswith(("http://", "https://", "//"))


def wanted(assets: list[Any], pagename: str) -> list[Any]:
    """Return the assets to keep: each once, none of thebe's, none from another host (a warning)."""
    kept, seen = [], set()
    for asset in assets:
        url, text = address(asset), inline_text(asset)
        if url.endswith(THEBE_FILES) or "THEBE_JS_URL" in text or (url, text) in seen:
            continue
        if is_elsewhere(url):
            logger.warning(
                "the page would load %s from another host; it is left out",
                url,
                location=pagename,
                type="livebook",
                subtype="host",
            )
            continue
        seen.add((url, text))
        kept.append(asset)
    return kept


def clean_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Keep only the wanted scripts and stylesheets of a page."""
    for kind in ("script_files", "css_files"):
        context[kind][:] = wanted(context[kind], pagename)


def remove_thebe(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Take thebe's settings, which it appends to every page, out of the document."""
    for raw in list(doctree.findall(nodes.raw)):
        text = raw.astext()
        if "text/x-thebe-config" in text or text.startswith("<script>kernelName ="):
            raw.parent.remove(raw)


def add_own_assets(app: Sphinx, *page: Any) -> None:
    """Let every page look like the others, and be printed in the light theme."""
    add_style(app, "page.css")
    add_script(app, "print.js")


def setup(app: Sphinx) -> None:
    """Clean each page after all other extensions have added to it."""
    app.connect("html-page-context", add_own_assets)
    app.connect("html-page-context", clean_assets, priority=900)
    app.connect("doctree-resolved", remove_thebe, priority=900)
