"""One stylesheet for the whole site, with what its pages use of the theme and its fonts.

The theme, its extensions and KaTeX bring some fifteen sheets and megabytes of fonts. Their rules
that no page can use are left out by PurgeCSS, our own are kept, and every font is cut to the
characters that the pages hold.
"""

import hashlib
import io
import json
import logging
import re
import subprocess
from collections.abc import Collection, Iterable
from html import unescape
from pathlib import Path

from fontTools import subset
from sphinx.errors import ExtensionError

from livebook.assets import OURS
from livebook.katex import find_node

SCRIPT = OURS / "styles.mjs"
LINK = re.compile(r'<link\b[^>]*\brel="stylesheet"[^>]*>\n?')
HREF = re.compile(r'\bhref="([^"?]*?)(_static/[^"?]+)')
ESCAPED = re.compile(r"\\([0-9a-fA-F]{4,5})")
FORMULA = '<span class="katex-html"'
KINDS = re.compile("KaTeX|fa-")  # fonts of formulas, and of icons
PRIVATE_USE = re.compile("[\ue000-\uf8ff]")  # where icons have their characters
TAG = re.compile("<(/?)[^>]*>")
MARK = 'id="site-style"'
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every glyph
KEPT = ("dataframe",)
"""Beginnings of classes of others that cells which readers run bring into a page."""


def linked_sheets(html: str, site: Path) -> list[Path]:
    """Return the files of the stylesheets that a page links, but for the joined one."""
    links = [link for link in LINK.findall(html) if MARK not in link]
    found = [HREF.search(link) for link in links]
    return [site / match[2] for match in found if match]


def merged(lists: Iterable[list[Path]]) -> list[Path]:
    """Return all entries in an order that each of the lists agrees with, where they agree."""
    order: list[Path] = []
    for entries in lists:
        place = 0
        for entry in entries:
            if entry in order:
                place = order.index(entry) + 1
            else:
                order.insert(place, entry)
                place += 1
    return order


def join_sheets(
    sheets: list[Path], ours: list[Path], content: list[Path], modules: Path, target: Path
) -> str:
    """Return the sheets as one, purged; the fonts and pictures they name go into a folder.

    Parameters
    ----------
    sheets : list of Path
        In the order of their precedence.
    ours : list of Path
        Those of the sheets that are kept whole; they come after the others.
    content : list of Path
        Pages and scripts, in whose text every class stands that a rule must fit.
    modules, target : Path
        The npm packages, and the folder of the sheet.

    Raises
    ------
    ExtensionError
        If esbuild or PurgeCSS finds an error.
    """
    question = {
        "theirs": [str(sheet) for sheet in sheets if sheet not in ours],
        "ours": [str(sheet) for sheet in ours],
        "content": [str(path) for path in content],
        "target": str(target),
        "kept": KEPT,
    }
    command = [find_node(), str(SCRIPT), str(modules.resolve()), json.dumps(question)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        cause = "\n".join(done.stderr.strip().splitlines()[:4])
        raise ExtensionError(f"the stylesheets could not be joined: {cause}")
    return done.stdout


def cut_font(font: Path, characters: set[str]) -> bytes:
    """Return a woff2 font with the glyphs of these characters alone."""
    options = subset.Options()
    options.flavor, options.layout_features = "woff2", ["*"]
    options.ignore_missing_unicodes = True
    loaded = subset.load_font(str(font), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(loaded)
    stream = io.BytesIO()
    subset.save_font(loaded, stream, options)
    return stream.getvalue()


def formula_characters(page: str) -> set[str]:
    """Return the characters that the formulas of a page show."""
    found: set[str] = set()
    for start in re.finditer(FORMULA, page):
        depth, end = 0, start.start()
        for tag in TAG.finditer(page, start.start()):
            found |= set(unescape(page[end : tag.start()]))
            end = tag.end()
            if not tag[0].endswith("/>"):
                depth += -1 if tag[1] else 1
            if depth == 0:
                break
    return found


def cut_fonts(css: str, folder: Path, texts: Collection[str]) -> str:
    """Cut the fonts that a sheet names to what pages with these texts show in them.

    Return the sheet with the fonts' new names, which carry digests.
    """
    everywhere = set(css).union(*map(set, texts))
    everywhere |= {chr(int(code, 16)) for code in ESCAPED.findall(css)}
    icons = {character for character in everywhere if PRIVATE_USE.match(character)}
    in_formulas = set().union(*map(formula_characters, texts))
    for font in sorted(folder.glob("*.woff2")):
        if font.name not in css:
            font.unlink()
            continue
        kind = KINDS.match(font.name)
        shown = {"KaTeX": in_formulas, "fa-": icons}.get(kind[0] if kind else "", everywhere)
        data = cut_font(font, shown)
        name = f"{font.stem.rpartition('-')[0]}-{hashlib.sha256(data).hexdigest()[:10]}.woff2"
        font.unlink()
        (folder / name).write_bytes(data)
        css = css.replace(font.name, name)
    return css


def link_sheet(html: str, sheet: str) -> str:
    """Return the page with one link to the joined sheet in place of all its links.

    Parameters
    ----------
    html : str
        A page that links a sheet of the site.
    sheet : str
        Path of the joined sheet from the site's root.
    """
    first, *others = LINK.findall(html)
    start = HREF.search(first)
    root = start[1] if start else ""
    html = html.replace(first, f'<link {MARK} rel="stylesheet" href="{root}{sheet}">\n', 1)
    for link in others:
        html = html.replace(link, "", 1)
    return html
