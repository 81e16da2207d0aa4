"""The picture that link previews show of a page: book, title and the page's first figure.

A card is drawn anew only when its title or its figure changes. Only crawlers ask for cards, by
their whole address; where the site's address is not known there are none.
"""

import hashlib
import io
from html import escape
from pathlib import Path
from typing import Any

import matplotlib
import resvg_py
from docutils import nodes
from PIL import Image, ImageFont
from sphinx.application import Sphinx
from sphinx.util.nodes import clean_astext

from livebook.assets import static_folder
from livebook.figures import moving_figure
from livebook.still_posters import Box, still_poster

WIDTH, HEIGHT, EDGE = 1200, 630, 64
WORDS = 400  # px across, for the title
FIGURE = Box(500, 56, WIDTH - 500 - 40, HEIGHT - 2 * 56)
LARGEST = 1.5  # figures are magnified no more than this
INK, PALE, ACCENT = "#1f2328", "#656d76", "#de7a22"
SIZES = range(58, 25, -4)
MOST_LINES = 5
COLORS = 96
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
REGULAR, BOLD = FONTS / "DejaVuSans.ttf", FONTS / "DejaVuSans-Bold.ttf"
FOLDER = "cards"


def wrapped(title: str, size: int, width: float = WORDS) -> list[str]:
    """Return a title in lines no wider than the width, unless a single word is."""
    font, lines = ImageFont.truetype(str(BOLD), size), [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fitted(title: str) -> tuple[int, list[str]]:
    """Return the largest size at which a title fits its place, and its lines."""
    for size in SIZES:
        lines, font = wrapped(title, size), ImageFont.truetype(str(BOLD), size)
        if len(lines) <= MOST_LINES and all(font.getlength(line) <= WORDS for line in lines):
            break
    return size, lines


def title_svg(title: str) -> str:
    """Return a title, set around the middle of the card's height."""
    size, lines = fitted(title)
    step = 1.2 * size
    first = HEIGHT / 2 + 0.35 * size - step * (len(lines) - 1) / 2
    return "".join(
        f'<text x="{EDGE}" y="{first + step * row:.0f}" font-size="{size}" font-weight="bold" '
        f'fill="{INK}">{escape(line)}</text>'
        for row, line in enumerate(lines)
    )


def figure_svg(bundle: dict[str, Any]) -> str:
    """Return a figure's poster in the card's right part, at one scale across and down."""
    scale = min(FIGURE.height / bundle["height"], LARGEST)
    width, height = FIGURE.width / scale, bundle["height"]
    top = FIGURE.top + (FIGURE.height - scale * height) / 2
    poster = still_poster(bundle["poster"], width, height)
    place = f"translate({FIGURE.left:g} {top:g}) scale({scale:g})"
    return f'<g transform="{place}">{poster}</g>'


def card_svg(book: str, title: str, address: str, bundle: dict[str, Any] | None) -> str:
    """Return a card.

    Parameters
    ----------
    book, title, address : str
        Plain text.
    bundle : dict, optional
        The moving figure to show.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="DejaVu Sans"><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f'<rect width="16" height="{HEIGHT}" fill="{ACCENT}"/>'
        f'<text x="{EDGE}" y="92" font-size="28" fill="{PALE}">{escape(book)}</text>'
        f"{title_svg(title)}"
        f'<text x="{EDGE}" y="{HEIGHT - 56}" font-size="18" fill="{PALE}">{escape(address)}</text>'
        f"{figure_svg(bundle) if bundle else ''}</svg>"
    )


def png(svg: str) -> bytes:
    """Return a drawing as a PNG of few colors, set in fonts that every installation has."""
    data = resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[str(REGULAR), str(BOLD)],
        font_family="DejaVu Sans",
        sans_serif_family="DejaVu Sans",
    )
    image = Image.open(io.BytesIO(bytes(data))).convert("RGB")
    few = image.quantize(COLORS, dither=Image.Dither.NONE)
    stream = io.BytesIO()
    few.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def first_figure(doctree: nodes.document) -> dict[str, Any] | None:
    """Return the bundle of a page's first moving figure; None if it has none."""
    figure = next(doctree.findall(moving_figure), None)
    return figure["bundle"] if figure is not None else None


def write_card(app: Sphinx, pagename: str, doctree: nodes.document) -> str:
    """Put a page's card into the site unless it is there; return its path from the root.

    A page without a figure shows the one of the book's first page.
    """
    bundle = first_figure(doctree) or first_figure(app.env.get_doctree(app.config.root_doc))
    address = app.config.html_baseurl.partition("://")[2].rstrip("/")
    book = app.config.html_title or app.config.project
    svg = card_svg(book, clean_astext(app.env.titles[pagename]), address, bundle)
    folder, stem = static_folder(app.outdir) / FOLDER, pagename.replace("/", "-")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}.{hashlib.sha256(svg.encode()).hexdigest()[:10]}.png"
    if not path.exists():
        for old in folder.glob(f"{stem}.*.png"):
            old.unlink()
        path.write_bytes(png(svg))
    return path.relative_to(app.outdir).as_posix()


def add_card(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Name the page's card where the preview's tags look for it."""
    if doctree is None or not app.config.html_baseurl or app.builder.name != "html":
        return
    if "ogp_site_url" not in app.config:  # nothing writes such tags
        return
    context["meta"] = {
        **(context.get("meta") or {}),
        "og:image": app.config.html_baseurl + write_card(app, pagename, doctree),
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
    }
    tag = '\n<meta name="twitter:card" content="summary_large_image" />'
    context["metatags"] = context.get("metatags", "") + tag


def setup(app: Sphinx) -> None:
    """Name the cards after pages are described, and before the tags are written."""
    app.connect("html-page-context", add_card, priority=450)
