"""What assistive technology reads agrees with what is seen.

MyST-NB gives every folded cell the name "Toggle hidden content", which hides the words that stand
there; the theme's switch of colors holds the titles of three icons, of which its name has none, and
its search shows keys that its name lacks. Who speaks to a browser says what they see, so the names
give way. The switches of the sidebar's parts have no name at all, and get one; the sidebar becomes
a landmark, for the book's name stands in it. And Sphinx writes the parameters of a long signature
as definitions without terms, where a list is meant.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx

BIBLIOGRAPHY_ENTRY = 'role="doc-biblioentry"'  # deprecated, and docutils lists such entries
UNFITTING = '<summary aria-label="Toggle hidden content">'
TITLED_ICON = re.compile(r'(<i class="theme-switch [^>]*?)\s+title="[^"]*"')

SEARCH = re.compile(r'(<button class="[^"]*\bsearch-button-field\b[^>]*?)\s+aria-label="Search"')
PART = re.compile(
    r'(<a class="(?:current )?reference internal" href="[^"]*">'
    r"(?P<title>(?:(?!</a>).)*)</a>\s*<details[^>]*>)"
    r'<summary>(?=<span class="toctree-toggle")',
    re.DOTALL,
)
SIDEBAR = re.compile(r'(<div id="pst-primary-sidebar" class="[^"]*")>')
TAG = re.compile("<[^>]*>")

PARAMETERS = re.compile(r"<dl>\s*((?:<dd>.*?</dd>\s*)+)</dl>", re.DOTALL)


def with_fitting_names(html: str) -> str:
    """Return a finished page whose controls are called what they show."""

    def named(match: re.Match[str]) -> str:
        title = " ".join(TAG.sub("", match["title"]).split())
        return f'{match[1]}<summary aria-label="Pages of: {title}">'

    html = TITLED_ICON.sub(r"\1", html.replace(UNFITTING, "<summary>"))
    html = html.replace(BIBLIOGRAPHY_ENTRY, 'role="listitem"')
    html = SIDEBAR.sub(r'\1 role="region" aria-label="Book">', SEARCH.sub(r"\1", html))
    return PART.sub(named, html)


def with_listed_parameters(html: str) -> str:
    """Return a finished page whose signatures hold their parameters as lists."""

    def listed(match: re.Match[str]) -> str:
        items = match[1].replace("<dd>", "<li>").replace("</dd>", "</li>")
        return f'<ul class="sig-parameters">\n{items}</ul>'

    return PARAMETERS.sub(listed, html)


def rename_controls(app: Sphinx, error: Exception | None) -> None:
    """Rewrite the pages that the build has finished."""
    if error is not None or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        renamed = with_listed_parameters(with_fitting_names(html))
        if renamed != html:
            path.write_text(renamed, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Look through the finished pages."""
    app.connect("build-finished", rename_controls)
