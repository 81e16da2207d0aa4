"""The directive `diagnostic`: quizzes that share a button and name the chapter to start with."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect
from small_sites import build_site

from tasks.serve import make_server


def question(name: str, start: str = "") -> str:
    """Return a question as it stands in front matter."""
    return (
        f"- question: Question\n    {name}?\n"
        + (f"  start: {start}\n" if start else "")
        + f"  choices: |\n    - [x] {name} right\n\n      Yes.\n"
        f"    - [ ] {name} wrong\n\n      No.\n"
    )


def chapter(title: str, *questions: str, front: str = "minutes: 5") -> str:
    asked = "diagnostic:\n" + "".join(questions) if questions else ""
    return f"---\n{front}\n{asked}---\n# {title}\n"


NAMES = ["a", "b", "c", "d"]
SLOPES = chapter("Slopes", question("b"), question("c"))
FILES = {
    "index.md": "---\nminutes: 1\n---\n# Home\n\n```{toctree}\nlimits\nslopes\nareas\n```\n\n"
    "```{diagnostic}\n```\n",
    "areas.md": chapter("Areas", question("d")),
    "limits.md": chapter("Limits", question("a")),
    "slopes.md": SLOPES,
}
PAGES = ["1. Limits", "2. Slopes", "2. Slopes", "3. Areas"]


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


def test_questions_stand_in_the_order_of_the_book(build: Callable[..., Any]) -> None:
    asked = [place.get_text() for place in form_of(build).select(".quiz-question")]
    assert asked == [f"Question {name}?" for name in NAMES]


def test_folded_answers_name_and_link_their_chapters(build: Callable[..., Any]) -> None:
    places = form_of(build).select("details .quiz-chapter")
    assert [place.get_text() for place in places] == PAGES
    links = [place.select("a")[0]["href"] for place in places]
    assert links == ["limits.html", "slopes.html", "slopes.html", "areas.html"]


def test_a_question_may_lead_to_another_page(build: Callable[..., Any]) -> None:
    site = build({**FILES, "areas.md": chapter("Areas", question("d", start="limits"))})
    form = BeautifulSoup(site.read("index.html"), "html.parser").select("form.diagnostic")[0]
    assert form.select(".quiz-chapter")[-1].get_text() == "1. Limits"


def test_an_added_chapter_brings_its_question(build: Callable[..., Any]) -> None:
    form_of(build)
    index = FILES["index.md"].replace("areas\n", "areas\nwaves\n")
    site = build({**FILES, "index.md": index, "waves.md": chapter("Waves", question("e"))})
    assert "5 of 5" in site.read("index.html")
    assert "4. Waves" in site.read("index.html")


def test_a_question_that_changes_is_asked_anew(build: Callable[..., Any]) -> None:
    form_of(build)
    site = build({**FILES, "slopes.md": SLOPES.replace("b?", "bb?")})
    assert "Question bb?" in site.read("index.html")


def test_other_builders_get_the_quizzes(build: Callable[..., Any]) -> None:
    text = build(FILES, "text").read("index.txt")
    assert "**3 of 4:** Question c?" in text
    assert "See 3. Areas." in text


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        (chapter("Areas"), "areas.md: WARNING: the chapter has no question in the `diagnostic`"),
        (
            chapter("Areas", question("d", start="nowhere")),
            "areas.md: WARNING: a question leads to 'nowhere', which is not a page of the book",
        ),
        (
            chapter("Areas", "- choices: |\n    - [x] yes\n"),
            "areas.md: WARNING: each of `diagnostic` must have a `question` and `choices`",
        ),
        (
            chapter("Areas", question("d").replace("[x]", "[ ]")),
            "question 1 of 'areas' cannot be asked",
        ),
        (
            chapter("Areas", question("d"), front="minutes: 5\nprerequisites: [nowhere]"),
            "areas.md: WARNING: the prerequisite 'nowhere' is not a page of the book",
        ),
    ],
)
def test_what_does_not_fit_is_warned_of(build: Callable[..., Any], areas: str, words: str) -> None:
    assert words in build({**FILES, "areas.md": areas}).warnings


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
