"""The role `chapter` and the book's map."""

import re
from collections.abc import Callable

import pytest

ROLE = "{chapter}`1. Limits <book/limits>` and {chapter}`9. Later <book/later>`"
TOC = "\n\n```{toctree}\nbook/limits\nbook/rules\n```\n"


def page(title: str, **front: object) -> str:
    """Return a page with front matter."""
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\n{lines}---\n# {title}\n\nText.\n"


def book(**rules: object) -> dict[str, str]:
    """Return a book of two chapters, the second with the given front matter."""
    front = {
        "minutes": 5,
        "prerequisites": "[book/limits]",
        "description": "Shorter $x^2$ ways.",
        **rules,
    }
    return {
        "index.md": f"# Book\n\n{ROLE}\n\n```{{book-map}}\n```{TOC}",
        "book/limits.md": page("Limits of $x^2$", minutes=20),
        "book/rules.md": page("Rules", **front),
    }


def test_role_links_only_to_pages_in_the_contents(build: Callable) -> None:
    site = build(book())
    text = site.read("index.html")
    assert site.warnings == ""
    assert re.search(r'<a class="reference internal" href="book/limits\.html">.*1\. Limits', text)
    assert '<span class="unwritten">9. Later</span>' in text


def test_role_without_words_shows_the_title(build: Callable) -> None:
    files = book()
    files["index.md"] = "# Book\n\n{chapter}`book/rules`" + TOC
    assert re.search(
        r'href="book/rules\.html"><span[^>]*>Rules</span>', build(files).read("index.html")
    )


def test_role_without_words_for_an_unwritten_page_warns(build: Callable) -> None:
    site = build({"index.md": "# Book\n\n{chapter}`book/later`\n"})
    assert re.search(r"index\.md:3: WARNING: the page 'book/later' is not in the", site.warnings)


def test_text_turns_into_a_link_when_the_page_is_listed(build: Callable) -> None:
    before = build({"index.md": f"# Book\n\n{ROLE}\n"})
    assert '<span class="unwritten">1. Limits</span>' in before.read("index.html")
    other = "# Book\n\n```{toctree}\nspoken\nbook/limits\n```\n"
    files = {"index.md": other, "spoken.md": f"# S\n\n{ROLE}\n"}
    first = build({**files, "index.md": other.replace("book/limits\n", "")})
    assert '<span class="unwritten">1. Limits</span>' in first.read("spoken.html")
    second = build({**files, "book/limits.md": page("Limits")})
    assert 'href="book/limits.html"' in second.read("spoken.html").partition("<h1>")[2]


def test_map_lists_lessons_in_order_with_links(build: Callable) -> None:
    site = build(book())
    drawn = site.read("index.html").partition('class="book-map')[2]
    assert site.warnings == ""
    assert drawn.index("book/limits.html") < drawn.index("book/rules.html")
    assert "20 min" in drawn
    assert "Shorter x² ways." in drawn
    assert "Builds on: Limits of x²." in drawn
    arcs, dots = drawn.partition("</svg>")[0].split('<g class="dots">')
    assert (arcs.count("<path"), dots.count("<path")) == (1, 2)
    assert 'class="of-2 of-1"' in drawn  # both its lessons show the arc when they are pointed at
    assert "li:nth-child(2):is(:hover,:focus-within)) .of-2{" in drawn


def test_map_style_is_loaded_where_the_map_is(build: Callable) -> None:
    site = build(book())
    assert "book-map.css" in site.read("index.html")
    assert "book-map.css" not in site.read("book/rules.html")


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ({"prerequisites": "[book/missing]"}, "'book/missing' is not a page of the book"),
        ({"prerequisites": "[book/rules]"}, "'book/rules' comes only after this page"),
        ({"prerequisites": "limits"}, "prerequisites must be a list"),
        ({"minutes": "ten"}, "minutes must be a whole number, not 'ten'"),
    ],
)
def test_front_matter_that_makes_no_sense_warns(
    build: Callable, front: dict[str, object], words: str
) -> None:
    warnings = build(book(**front)).warnings
    assert re.search(rf"rules\.md: WARNING: .*{re.escape(words)}", warnings)


def test_prerequisite_may_be_left_out_of_a_trial_site(build: Callable) -> None:
    files = {**book(prerequisites="[aside]"), "aside.md": page("Aside")}
    assert build(files, exclude_patterns=["aside.md"]).warnings == ""


def test_empty_map_warns(build: Callable) -> None:
    site = build({"index.md": "# Book\n\n```{book-map}\n```\n"})
    assert "index.md:3: WARNING: the book's map is empty" in site.warnings
