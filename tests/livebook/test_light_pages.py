"""A whole site made light, and built again."""

import re
from collections.abc import Callable
from pathlib import Path

from fontTools.ttLib import TTFont
from small_sites import bundle, notebook
from test_page_assets import BOOK_THEME

LIGHT = {**BOOK_THEME, "livebook_light": True}
FILES = {
    "index.ipynb": notebook(bundle(), title="# T\n\n$x^2$\n\n```{toctree}\nother\n```"),
    "other.md": "# Other\n\nText.\n",
}


def sheets(page: str) -> list[str]:
    """Return the addresses of the stylesheets of a page."""
    links = re.findall(r'<link[^>]*rel="stylesheet"[^>]*>', page)
    return [re.findall(r'href="([^"]+)"', link)[0] for link in links]


def test_all_pages_share_one_sheet_that_exists(build: Callable) -> None:
    site = build(FILES, **LIGHT)
    assert site.warnings == ""
    (sheet,) = sheets(site.read("index.html"))
    assert sheets(site.read("other.html")) == [sheet]
    css = site.read(sheet)
    for font in re.findall(r"url\(\"?\./([^)\"]+\.woff2)", css):
        assert (site.folder / Path(sheet).parent / font).is_file()
    for font in (site.folder / Path(sheet).parent).glob("fa-*.woff2"):
        assert min(TTFont(font).getBestCmap()) >= 0xE000  # icons alone, and no letters
    assert "div.cell div.cell_input" in css  # of MyST-NB, which writes its sheet at the very end
    assert len(re.findall('name="viewport"', site.read("index.html"))) == 1


def test_page_that_is_not_written_again_follows_the_new_sheet(build: Callable) -> None:
    (old,) = sheets(build(FILES, **LIGHT).read("index.html"))
    site = build({**FILES, "other.md": "# Other\n\n```{danger}\nText.\n```\n"}, **LIGHT)
    (new,) = sheets(site.read("index.html"))
    assert new != old
    assert sheets(site.read("other.html")) == [new]
    assert not (site.folder / old).exists()
    assert ".admonition.danger" in site.read(new)


def test_room_is_kept_for_the_logo(build: Callable) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 232 64"></svg>'
    site = build({**FILES, "mark.svg": drawing}, **LIGHT, html_logo="mark.svg")
    logos = re.findall(r'<img [^>]*class="logo__image[^>]*>', site.read("index.html"))
    assert logos
    assert all('width="232" height="64"' in logo for logo in logos)
