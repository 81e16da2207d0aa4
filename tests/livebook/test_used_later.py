"""Sections say which later pages use them, pages which build on them, from front matter."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

INDEX = "# Book\n\n```{toctree}\nfirst\nsecond\nthird\n```\n"
FIRST = "---\nminutes: 5\n---\n# First\n\n(slopes)=\n## Slopes\n\nText.\n\n## Other\n\nText.\n"
SECOND = (
    "---\nminutes: 5\nprerequisites: [first]\nuses:\n  first: [slopes]\n---\n# Rules for $x^2$\n"
)
FILES = {
    "index.md": INDEX,
    "first.md": FIRST,
    "second.md": SECOND,
    "third.md": SECOND.replace("Rules for $x^2$", "Sums"),
}


def lines(text: str) -> list[tuple[str, list[str]]]:
    document = BeautifulSoup(text, "html.parser")
    return [
        (line.get_text(), [str(a["href"]) for a in line.select("a")])
        for line in document.select(".used-later")
    ]


def test_sections_and_pages_name_who_uses_them(build: Callable) -> None:
    site = build(FILES)
    assert site.warnings == ""
    (section, section_links), (page, page_links) = lines(site.read("first.html"))
    assert section == "Used later in Rules for x² · Sums"
    assert page.startswith("Pages that build on this one: Rules for x²")
    assert section_links == page_links == ["second.html", "third.html"]
    place = BeautifulSoup(site.read("first.html"), "html.parser").select_one("#slopes .used-later")
    assert place is not None
    assert lines(site.read("second.html")) == []


def test_style_is_loaded_where_a_line_is(build: Callable) -> None:
    site = build(FILES)
    assert "used-later.css" in site.read("first.html")
    assert "used-later.css" not in site.read("second.html")


def test_a_page_is_written_again_when_others_use_it(build: Callable) -> None:
    build({**FILES, "third.md": "# Sums\n"})
    assert "Sums" in lines(build(FILES).read("first.html"))[0][0]
    fewer = build({**FILES, "second.md": "# Rules\n", "third.md": "# Sums\n"})
    assert lines(fewer.read("first.html")) == []


@pytest.mark.parametrize(
    ("uses", "message"),
    [
        ("  first: [nowhere]", "it uses sections that 'first' lacks: nowhere"),
        ("  missing: [slopes]", "it uses 'missing', which is not a page of the book"),
        ("  third: [slopes]", "it uses 'third', which comes only after this page"),
        ("  first", "uses must name sections by page"),
    ],
)
def test_what_does_not_fit_is_warned_of(uses: str, message: str, build: Callable) -> None:
    site = build({**FILES, "second.md": SECOND.replace("  first: [slopes]", uses)})
    assert message in site.warnings


def test_a_page_left_out_of_a_trial_site_is_no_mistake(build: Callable) -> None:
    files = {**FILES, "aside.md": "# Aside\n", "second.md": SECOND.replace("first: [", "aside: [")}
    assert build(files, exclude_patterns=["aside.md"]).warnings == ""
