"""The finished pages made light: one stylesheet, the scripts a page needs, fonts cut to size.

This comes last, over the built site, since only then it is known what the pages hold. A page that
is not written again by the next build keeps its form, and follows the sheet's new name.
"""

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from livebook.assets import FOLDER
from livebook.light_scripts import calm_theme, light_scripts
from livebook.light_styles import (
    LINK,
    cut_fonts,
    join_sheets,
    link_sheet,
    linked_sheets,
    merged,
)

VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')
LOGO = re.compile(r"<img (?!loading)([^>]*_static/images/logo_)")
DRAWN_LOGO = re.compile(r'<img (?=src="[^"]*?_static/([^"]+\.svg)" class="logo__image)')
VIEW_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
LARGEST_SCRIPT = 400_000  # bytes; larger ones are plotly.js, which brings its own styles
UNUSED = "scripts/fontawesome.js"
STYLE_FOLDER = "style"


def pages_of(site: Path) -> dict[Path, str]:
    """Return the text of each page of a site by its file."""
    found = [path for path in site.rglob("*.html") if "_static" not in path.parts]
    return {path: path.read_text(encoding="utf-8") for path in sorted(found)}


def late_logos(html: str) -> str:
    """Return the page with the logos of its closed menus loaded when a menu opens."""
    return LOGO.sub(r'<img loading="lazy" \1', html)


def sized_logo(html: str, static: Path) -> str:
    """Return the page with room kept for the book's logo while it loads."""

    def sized(match: re.Match[str]) -> str:
        box = VIEW_BOX.search((static / match[1]).read_text(encoding="utf-8"))
        return f'<img width="{box[1]}" height="{box[2]}" ' if box else match[0]

    return DRAWN_LOGO.sub(sized, html)


def one_viewport(html: str) -> str:
    """Return the page with the first of its viewport elements alone."""
    first, *_ = VIEWPORT.findall(html) or [""]
    head, mark, rest = html.partition("</head>")
    before, found, after = head.partition(first) if first else (head, "", "")
    return before + found + VIEWPORT.sub("", after) + mark + rest


def sheets_of_site(app: Sphinx, pages: dict[Path, str]) -> list[Path]:
    """Return the sheets that the pages link or, where an earlier build has joined them, linked."""
    memory = Path(app.doctreedir) / "light-pages.json"
    earlier = json.loads(memory.read_text(encoding="utf-8")) if memory.exists() else []
    site = Path(app.outdir)
    lists = [linked_sheets(html, site) for html in pages.values()]
    lists.sort(key=len, reverse=True)
    order = merged([*lists, [site / name for name in earlier]])
    found = [sheet for sheet in order if sheet.is_file()]
    names = [sheet.relative_to(site).as_posix() for sheet in found]
    memory.write_text(json.dumps(names), encoding="utf-8")
    return found


def write_sheet(app: Sphinx, pages: dict[Path, str]) -> str:
    """Write the site's stylesheet with its fonts; return its path from the site's root."""
    static = Path(app.outdir) / "_static"
    target = static / FOLDER / STYLE_FOLDER
    sheets = sheets_of_site(app, pages)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    scripts = [path for path in static.rglob("*.js") if path.stat().st_size < LARGEST_SCRIPT]
    content = [*pages, *(path for path in scripts if path.name != "fontawesome.js")]
    own = [(Path(app.confdir) / folder).resolve() for folder in app.config.html_static_path]
    names = {path.name for folder in own for path in folder.glob("*.css")}
    ours = [sheet for sheet in sheets if sheet.parent.name == FOLDER or sheet.name in names]
    modules = Path(app.config.livebook_node_modules)
    css = join_sheets(sheets, ours, content, modules, target)
    css = cut_fonts(css, target, pages.values())
    name = f"site-{hashlib.sha256(css.encode()).hexdigest()[:10]}.css"
    (target / name).write_text(css, encoding="utf-8")
    return (target / name).relative_to(app.outdir).as_posix()


def make_light(app: Sphinx, exception: Exception | None) -> None:
    """Make all pages of a finished site light."""
    if exception or app.builder.name != "html" or not app.config.livebook_light:
        return
    site = Path(app.outdir)
    calm_theme(site / "_static")
    pages = pages_of(site)
    sheet = write_sheet(app, pages)
    for page, html in pages.items():
        if not LINK.search(html):  # not of the theme's making
            continue
        html_with_logo = sized_logo(late_logos(html), site / "_static")
        light = light_scripts(link_sheet(one_viewport(html_with_logo), sheet), site)
        if light != html:
            page.write_text(light, encoding="utf-8")
    (site / "_static" / UNUSED).unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, Any] | None:
    """Come after all that writes pages and styles, and before what lists the site's files."""
    app.add_config_value("livebook_light", True, "html", types=frozenset({bool}))
    app.connect("build-finished", make_light, priority=800)
    return None
