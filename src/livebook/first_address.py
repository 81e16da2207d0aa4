"""The site's first address, `index.html`, where the first page has another name: it leads there.

A page that names no icon makes the browser look for `/favicon.ico`, which no site here has; so this
one names the site's own. Whoever shares this address gets the first page's preview.
"""

import re
from html import escape
from pathlib import Path
from posixpath import basename

from sphinx.application import Sphinx

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
{preview}{icon}<link rel="canonical" href="{address}">
<meta http-equiv="refresh" content="0; url={address}">
</head>
<body><p><a href="{address}">{title}</a></p></body>
</html>
"""
PREVIEW = re.compile(r'<meta (?:property="og:|name="(?:twitter:|description"))[^>]*>')


def write_first_address(app: Sphinx, failure: Exception | None) -> None:
    """Write `index.html` into the finished site, unless a page has that name."""
    if failure is not None or app.builder.format != "html" or app.config.root_doc == "index":
        return
    address = app.builder.get_target_uri(app.config.root_doc)
    first_page = (Path(app.outdir) / address).read_text(encoding="utf-8")
    icon = basename(app.config.html_favicon or "")
    text = PAGE.format(
        language=escape(app.config.language),
        title=escape(app.config.html_title or app.config.project),
        icon=f'<link rel="icon" href="_static/{escape(icon)}">\n' if icon else "",
        preview="".join(f"{tag}\n" for tag in PREVIEW.findall(first_page)),
        address=escape(address),
    )
    (Path(app.outdir) / "index.html").write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write it when the site is finished; the service worker, which lists it, comes later."""
    app.connect("build-finished", write_first_address)
