"""The directive `diagnostic`: quizzes that share a button and name the chapter to start with."""

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect
from small_sites import build_site

from tasks.serve import make_server


def question(name: str, chapter: str) -> str:
    return (
        f"```{{quiz}} Question {name}?\n:chapter: {chapter}\n\n"
        f"- [x] {name} right\n\n  Yes.\n- [ ] {name} wrong\n\n  No.\n```\n\n"
    )


PAGES = ["1. Limits <limits>", "2. Slopes <slopes>", "2. Slopes <slopes>", "3. Areas <unwritten>"]
NAMES = ["a", "b", "c", "d"]
BODY = "".join(question(name, page) for name, page in zip(NAMES, PAGES, strict=True))
DIAGNOSTIC = f"````{{diagnostic}}\n{BODY}````\n"
FILES = {
    "index.md": f"# Home\n\n```{{toctree}}\nlimits\nslopes\n```\n\n{DIAGNOSTIC}",
    "limits.md": "# Limits\n",
    "slopes.md": "# Slopes\n",
}


def form_of(build: Callable[..., Any]) -> BeautifulSoup:
    site = build(FILES)
    assert site.warnings == ""
    forms = BeautifulSoup(site.read("index.html"), "html.parser").select("form.diagnostic")
    assert len(forms) == 1
    return forms[0]  # type: ignore[return-value]


def test_quizzes_are_numbered_parts_of_one_form(build: Callable[..., Any]) -> None:
    form = form_of(build)
    assert not form.select("form")
    assert [title.get_text() for title in form.select(".quiz-title")] == [
        *("1 of 4", "2 of 4", "3 of 4", "4 of 4")
    ]
    assert len(form.select("button")) == 1
    assert len(form.select("[role=status]")) == 1


def test_folded_answers_name_their_chapters_as_links_where_they_are_written(
    build: Callable[..., Any],
) -> None:
    places = form_of(build).select("details .quiz-chapter")
    assert [place.get_text() for place in places] == [page.split(" <")[0] for page in PAGES]
    links = [place.select_one("a") for place in places]
    assert [link and link["href"] for link in links] == [
        *("limits.html", "slopes.html", "slopes.html", None)
    ]


def test_other_builders_get_the_quizzes(build: Callable[..., Any]) -> None:
    text = build(FILES, "text").read("index.txt")
    assert "**3 of 4:** Question c?" in text
    assert "See 3. Areas." in text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Words.\n\n" + BODY, "the body of `diagnostic` must be quizzes alone"),
        ("", "the body of `diagnostic` must be quizzes alone"),
        (
            re.sub(r":chapter: 2.*\n", "", BODY, count=1),
            "quiz 2 of the `diagnostic` names no chapter; add the option `:chapter:",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(build: Callable[..., Any], body: str, words: str) -> None:
    warnings = build({"index.md": f"# Home\n\n````{{diagnostic}}\n{body}````\n"}).warnings
    assert re.search(rf"index\.md:3: ERROR: .*{re.escape(words)}", warnings)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page."""
    site = build_site(tmp_path_factory.mktemp("site"), FILES)
    server = make_server(site.folder, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open the page; no exception may have been thrown at the end."""
    context, errors = browser.new_context(), []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(address)
    yield opened
    context.close()
    assert errors == []


def answer(page: Page, *choices: str) -> None:
    """Pick the choices and check them."""
    for choice in choices:
        page.get_by_label(choice).check()
    page.locator(".diagnostic button").click()


@pytest.mark.parametrize(
    ("choices", "lines"),
    [
        (
            ["a right", "b right", "c wrong", "d wrong"],
            [
                "2 of 4 right.",
                "Start with 2. Slopes.",
                "Then read:",
                "3. Areas",
                "These you can skim:",
                "1. Limits",
            ],
        ),
        (
            ["a right", "b wrong", "c right", "d right"],
            [
                "3 of 4 right.",
                "Start with 2. Slopes.",
                "These you can skim:",
                "1. Limits",
                "3. Areas",
            ],
        ),
        (
            [],
            [
                "0 of 4 right.",
                "Start with 1. Limits.",
                "Then read:",
                "2. Slopes",
                "3. Areas",
            ],
        ),
        (
            ["a right", "b right", "c right"],
            [
                "3 of 4 right.",
                "Start with 3. Areas.",
                "These you can skim:",
                "1. Limits",
                "2. Slopes",
            ],
        ),
        (
            ["a right", "b right", "c right", "d right"],
            [
                "4 of 4 right.",
                "You can skim them all, and start with the one that you need:",
                "1. Limits",
                "2. Slopes",
                "3. Areas",
            ],
        ),
    ],
)
def test_the_first_gap_is_where_to_start(page: Page, choices: list[str], lines: list[str]) -> None:
    answer(page, *choices)
    shown = page.locator(".diagnostic-result :is(p, li)").all_inner_texts()
    assert shown == lines
    verdicts = [quiz.get_attribute("data-verdict") for quiz in page.locator(".quiz").all()]
    by_name = {choice[0]: choice.split()[1] for choice in choices}
    assert verdicts == [by_name.get(name, "empty") for name in NAMES]


def test_the_result_links_to_the_chapter(page: Page) -> None:
    answer(page, "a wrong", "b right")
    page.locator(".diagnostic-result strong a").click()
    page.wait_for_url("**/limits.html")


def test_a_changed_answer_takes_the_result_back(page: Page) -> None:
    answer(page, "a right")
    page.get_by_label("a wrong").check()
    expect(page.locator(".diagnostic-result")).to_be_empty()
    page.reload()
    expect(page.locator(".diagnostic-result")).to_be_empty()
    assert page.get_by_label("a wrong").is_checked()


def test_the_result_is_there_on_the_next_visit(page: Page) -> None:
    answer(page, "a right")
    before = page.locator(".diagnostic-result").inner_text()
    page.reload()
    assert page.locator(".diagnostic-result").inner_text() == before
    expect(page.locator(".diagnostic-result")).to_have_attribute("aria-live", "off")


def test_by_keyboard_alone(page: Page) -> None:
    page.locator(".diagnostic input").first.focus()
    for _ in NAMES:
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".diagnostic-result")).to_contain_text("4 of 4 right.")
