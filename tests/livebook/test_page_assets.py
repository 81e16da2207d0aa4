"""What the theme and other extensions add to a page, and what is left of it."""

import re
from collections.abc import Callable

from small_sites import bundle, notebook

BOOK_THEME = {
    "extensions": ["myst_nb", "sphinx_thebe", "sphinx_book_theme", "livebook"],
    "html_theme": "sphinx_book_theme",
}


def test_book_theme_page_asks_no_other_host_and_has_no_thebe(build: Callable) -> None:
    site = build({"index.ipynb": notebook(bundle(), title="# T\n\n$x^2$")}, **BOOK_THEME)
    page = site.read("index.html")
    assert site.warnings == ""
    assert "thebe" not in page.lower()
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", page)


def test_no_script_stands_twice(build: Callable) -> None:
    page = build({"index.md": "# T\n"}, **BOOK_THEME).read("index.html")
    scripts = re.findall(r"<script[^>]*src=\"([^\"?]+)", page)
    assert len(scripts) == len(set(scripts))


def test_script_from_another_host_is_left_out_with_a_warning(build: Callable) -> None:
    site = build({"index.md": "# T\n"}, html_js_files=["https://example.org/widget.js"])
    assert "https://example.org/widget.js from another host" in site.warnings
    assert "example.org" not in site.read("index.html")


def test_every_page_prints_in_the_light_theme(build: Callable) -> None:
    assert "livebook/print.js" in build({"index.md": "# T\n"}).read("index.html")
