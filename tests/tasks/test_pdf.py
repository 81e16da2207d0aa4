"""The parts of the book on paper: its order, its links, its figures' positions, its checks."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import Tag
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import Fit

from tasks.pdf.__main__ import NAME
from tasks.pdf.finishing import problems
from tasks.pdf.links import dangling, inner_address, make_unique, rewrite_links
from tasks.pdf.paper import element, gather_answers, gather_solutions
from tasks.pdf.positions import (
    Control,
    frame_number,
    in_place_of_moving,
    positions_shown,
    readout,
    table,
)
from tasks.pdf.reading_order import pages_of

ROOT = Path(__file__).resolve().parents[2]
SLUGS = {"book/one": "one", "book/parts/two": "parts-two"}


def test_the_site_links_to_the_file_that_is_printed_and_published() -> None:
    configuration = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert configuration["sphinx"]["config"]["livebook_book_pdf"] == NAME
    workflow = (ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    assert f"cp _build/{NAME} _build/html/" in workflow


def test_pages_come_in_order_with_their_numbers() -> None:
    toc = {
        "root": "book/start",
        "parts": [
            {
                "caption": "Chapters",
                "chapters": [{"file": "book/a", "sections": [{"file": "book/a/b"}]}],
            },
            {"caption": "Reference", "chapters": [{"file": "book/c"}]},
        ],
    }
    told = [(page.name, page.number, page.depth, page.part) for page in pages_of(toc)]
    assert told == [
        ("book/start", "", 0, ""),
        ("book/a", "0", 0, "Chapters"),
        ("book/a/b", "0.1", 1, "Chapters"),
        ("book/c", "", 0, "Reference"),
    ]


@pytest.mark.parametrize(
    ("href", "page", "address"),
    [
        ("#x", "book/one", "#one--x"),
        ("parts/two.html", "book/one", "#parts-two"),
        ("../one.html#x", "book/parts/two", "#one--x"),
        ("other.html#x", "book/one", None),
        ("https://example.org/one.html", "book/one", None),
    ],
)
def test_links_between_pages_become_links_within(href: str, page: str, address: str | None) -> None:
    assert inner_address(href, page, SLUGS) == address


def page_with(link: str) -> Tag:
    return element(f'<article id="x"><h1 id="top">A</h1><a href="{link}">words</a></article>')


def test_a_link_to_no_page_is_told_unless_the_page_was_left_out() -> None:
    assert rewrite_links(page_with("gone.html"), "book/one", SLUGS) == ["gone.html"]
    left_out = page_with("gone.html#x")
    assert rewrite_links(left_out, "book/one", SLUGS, {"book/gone"}) == []
    assert left_out.find("a") is None
    assert "words" in left_out.get_text()


@pytest.mark.parametrize(("anchor", "missing"), [("top", []), ("gone", ["#one--gone"])])
def test_a_link_to_no_place_is_told(anchor: str, missing: list[str]) -> None:
    article = page_with(f"#{anchor}")
    rewrite_links(article, "book/one", SLUGS)
    make_unique(article, "one")
    assert dangling([article]) == missing


def test_names_and_descriptions_follow_the_ids_they_are_made_of() -> None:
    article = element(
        '<article><p id="a">A</p><input aria-labelledby="a" aria-describedby="a">'
        '<label for="a"></label></article>'
    )
    make_unique(article, "one")
    (new,) = [str(p["id"]) for p in article.select("p")]
    assert new != "a"
    assert article.select_one(f'[aria-labelledby="{new}"][aria-describedby="{new}"]')
    assert article.select_one(f'label[for="{new}"]')


def test_an_id_that_stands_twice_is_told() -> None:
    assert dangling([page_with("#x"), page_with("#x")]) == ["top stands twice", "x stands twice"]


def test_answers_and_solutions_leave_the_text() -> None:
    article = element(
        '<article><form class="quiz" id="q"><fieldset><legend><span class="quiz-question">Why?'
        '</span></legend><ul class="quiz-choices"><li><label><input type="radio">No</label></li>'
        '</ul><details class="quiz-answers"><ul><li>Because</li></ul></details></fieldset></form>'
        '<div id="exercise-1-1">Do it.</div><details class="solution" id="solution-1-1">'
        "<summary>Solution</summary>Done.</details></article>"
    )
    answers, solutions = gather_answers(article), gather_solutions(article)
    assert "Because" in answers[0].get_text()
    assert "Done." in solutions[0].get_text()
    assert "Because" not in article.get_text()
    assert "Done." not in article.get_text()
    assert article.select("form, input, details") == []
    links = [str(link["href"]) for link in article.select("a.to-page")]
    assert links == ["#q-answers", "#solution-1-1"]


CONTROLS = [
    Control("noise", ["0", "1", "2", "3"], 1, is_menu=False),
    Control("method", ["a", "b"], 0, is_menu=True),
]


def test_positions_are_the_start_and_the_ends_one_control_at_a_time() -> None:
    assert positions_shown(CONTROLS) == [(0, 0), (1, 0), (1, 1), (3, 0)]
    assert [frame_number(place, CONTROLS) for place in positions_shown(CONTROLS)] == [0, 2, 3, 6]


def figure_data(words: list[str]) -> dict[str, Any]:
    notes = [{"layout": {"annotations": [{"text": "constant"}, {"text": w}]}} for w in words]
    return {"layout": {}, "frames": notes, "data": [], "height": 300}


def test_the_table_holds_what_the_figure_says_and_no_more() -> None:
    said = table(figure_data([f"error<br>{i}%" for i in range(8)]), CONTROLS)
    for words in ("error, 0%", "error, 2%", "error, 3%", "error, 6%", "noise", "method"):
        assert words in said
    assert "constant" not in said
    assert "error, 4%" not in said


def test_a_figure_that_always_says_the_same_has_no_table() -> None:
    assert table(figure_data(["same"] * 8), CONTROLS) == ""


def test_a_readout_is_plain_words() -> None:
    layout = {"title": {"text": "<b>A</b>"}, "annotations": [{"text": "x<sub>1</sub>"}, {}]}
    assert readout(layout) == ["A", "x1"]


def test_a_figure_without_controls_gets_nothing_below_it() -> None:
    assert in_place_of_moving(element("<div></div>"), figure_data([])) == ""


def small_pdf(*, named: bool) -> BytesIO:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), target_page_index=0, fit=Fit("/Fit")))
    if not named:
        page["/Annots"][0].get_object().pop("/Dest")
    file = BytesIO()
    writer.write(file)
    return file


@pytest.mark.parametrize("named", [True, False])
def test_a_planted_broken_link_is_caught(named: bool) -> None:
    told = [line for line in problems(small_pdf(named=named), []) if "link" in line]
    assert told == ([] if named else ["a link leads nowhere: page 1: None"])


def test_a_blank_page_is_caught() -> None:
    assert "page 1 is blank" in problems(small_pdf(named=True), [])
