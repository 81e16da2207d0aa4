"""The quizzes of the book's pages: every one can be answered, by whatever means a reader has."""

import re
from pathlib import Path
from typing import Any

import pytest
from browsing import DESKTOP, PAGES, PHONE, address_of, visit
from playwright.sync_api import Browser, Locator, Page, expect

from tasks.execute import ROOT

WITH_QUIZZES = [
    page for page in PAGES if "{quiz}" in (ROOT / f"{page}.md").read_text(encoding="utf-8")
]
DIAGNOSTIC = "book/00-why-calculus"
DENY_STORAGE = """Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('denied', 'SecurityError') } })"""
RIGHT = ":has(> input[data-right])"


def quizzes(page: Page) -> list[Locator]:
    """Return the quizzes that have a button of their own."""
    return page.locator("form.quiz").all()


def feedback(quiz: Locator) -> Locator:
    return quiz.get_by_role("status")


@pytest.mark.parametrize("name", WITH_QUIZZES)
def test_every_choice_gets_its_feedback(browser: Browser, site_url: str, name: str) -> None:
    with visit(browser, address_of(site_url, name), **DESKTOP) as page:
        for quiz in quizzes(page):
            for number, label in enumerate(quiz.locator("label").all()):
                label.click()
                quiz.get_by_role("button").click()
                answer = quiz.locator(".quiz-answers > ul > li").nth(number)
                words = re.sub(r"\s+", " ", answer.text_content() or "").strip()
                said = re.sub(r"\s+", " ", feedback(quiz).text_content() or "")
                assert words in said
                if label.locator("input").get_attribute("type") == "checkbox":
                    label.click()


@pytest.mark.parametrize("name", WITH_QUIZZES)
def test_right_answers_by_keyboard(browser: Browser, site_url: str, name: str) -> None:
    with visit(browser, address_of(site_url, name), **DESKTOP) as page:
        for quiz in quizzes(page):
            for control in quiz.locator("input[data-right]").all():
                control.focus()
                page.keyboard.press("Space")
            page.keyboard.press("Enter")
            expect(quiz).to_have_attribute("data-verdict", "right")
            expect(feedback(quiz).locator(".quiz-right").first).to_be_visible()


@pytest.mark.parametrize("name", WITH_QUIZZES)
def test_by_touch_on_a_phone(browser: Browser, site_url: str, name: str) -> None:
    with visit(browser, address_of(site_url, name), **PHONE) as page:
        for quiz in quizzes(page):
            for target in quiz.locator("label, button").all():
                box = target.bounding_box()
                assert box is not None
                assert box["height"] >= 40
                assert box["x"] + box["width"] <= 390
            for label in quiz.locator(f"label{RIGHT}").all():
                label.tap()
            quiz.get_by_role("button").tap()
            expect(quiz).to_have_attribute("data-verdict", "right")


@pytest.mark.parametrize("name", WITH_QUIZZES)
def test_with_storage_denied(browser: Browser, site_url: str, name: str) -> None:
    context = browser.new_context(**DESKTOP)
    context.add_init_script(DENY_STORAGE)
    page = context.new_page()
    page.goto(address_of(site_url, name))
    for quiz in quizzes(page):
        quiz.locator(f"label{RIGHT}").first.click()
        quiz.get_by_role("button").click()
        expect(feedback(quiz).locator(".quiz-right").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("name", WITH_QUIZZES)
def test_without_script(browser: Browser, site_url: str, name: str, media: Any) -> None:
    options = {**DESKTOP, "java_script_enabled": False}
    with visit(browser, address_of(site_url, name), **options) as page:
        page.emulate_media(media=media)
        controls = page.locator(":is(.quiz, .diagnostic) :is(input, button)")
        assert controls.count() > 0
        assert not any(control.is_visible() for control in controls.all())
        for answers in page.locator(".quiz-answers").all():
            first = answers.locator("li").first
            assert first.is_visible() == (media == "print")


def test_no_directive_is_left_raw(site: Path) -> None:
    """A fence of backticks whose first line holds other backticks opens nothing."""
    raw = [
        page
        for page in PAGES
        if re.search(r"<p>(```|:::)\{", (site / f"{page}.html").read_text(encoding="utf-8"))
    ]
    assert raw == []


def test_the_diagnostic_names_the_chapter(browser: Browser, site_url: str) -> None:
    with visit(browser, address_of(site_url, DIAGNOSTIC), **DESKTOP) as page:
        form = page.locator("form.diagnostic")
        parts = form.locator(".quiz").all()
        chapters = [part.locator(".quiz-chapter").text_content() for part in parts]
        assert list(dict.fromkeys(chapters)) == sorted(set(chapters), key=str)
        for part in parts:
            part.locator(f"label{RIGHT}").first.click()
        button = form.get_by_role("button")
        button.click()
        expect(form.get_by_role("status")).to_contain_text("10 of 10 right.")
        for number in range(len(parts) - 1, -1, -1):  # the first gap counts, whatever comes after
            parts[number].locator("label:not(:has(> input[data-right]))").first.click()
            button.click()
            first = form.locator(".diagnostic-result strong")
            expect(first).to_have_text(str(chapters[number]))
