"""What assistive technology reads agrees with what is seen.

MyST-NB gives every folded cell the name "Toggle hidden content", which hides the words that stand
there; the theme's switch of colors holds the titles of three icons, of which its name has none. Who
speaks to a browser says what they see, so the names give way. And Sphinx writes the parameters of a
long signature as definitions without terms, where a list is meant.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx

UNFITTING = '<summary aria-label="Toggle hidden content">'
TITLED_ICON = re.compile(r'(<i class="theme-switch [^>]*?)\s+title="[^"]*"')

PARAMETERS = re.compile(r"<dl>\s*((?:<dd>.*?</dd>\s*)+)</dl>", re.DOTALL)


def with_fitting_names(html: str) -> str:
    """Return a finished page whose controls are called what they show."""
    return TITLED_ICON.sub(r"\1", html.replace(UNFITTING, "<summary>"))


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
