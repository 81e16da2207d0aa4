"""The site's first address leads to the first page, whatever that is called."""

import re
from collections.abc import Callable

from bs4 import BeautifulSoup

ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_it_leads_to_the_first_page_and_names_the_icon(build: Callable) -> None:
    files = {"part/first.md": "# First\n", "icon.svg": ICON}
    title = "Rates & areas"
    site = build(files, root_doc="part/first", html_favicon="icon.svg", html_title=title)
    page = BeautifulSoup(site.read("index.html"), "html.parser")
    refresh = page.select_one("meta[http-equiv=refresh]")["content"]
    assert re.fullmatch(r"0; url=(.*)", refresh)[1] == "part/first.html"
    assert page.select_one("a[href]")["href"] == "part/first.html"
    assert page.select_one("title").get_text() == title
    icon = page.select_one("link[rel=icon]")["href"]
    assert (site.folder / icon).read_text() == ICON


def test_a_first_page_of_that_name_is_left_alone(build: Callable) -> None:
    assert "refresh" not in build({"index.md": "# First\n"}).read("index.html")


def test_it_follows_a_first_page_that_was_renamed(build: Callable) -> None:
    build({"one.md": "# One\n", "two.md": "# Two\n"}, root_doc="one")
    assert 'href="two.html"' in build({}, root_doc="two").read("index.html")
