"""Exercises are ticked, by hand or by a right verdict, and the browser alone remembers it."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from small_sites import ROOT, build_site, exercise

from tasks.serve import make_server

FILES = {
    "index.md": "# First\n\n" + exercise("1-1") + exercise("1-10")
    + exercise("1-2") + "\n```{toctree}\nsecond\nlearn\n```\n",
    "second.md": "# Second\n\n" + exercise("2-1"),
    "learn.md": "# Learn\n\n```{progress}\n```\n",
}  # fmt: skip
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PROBLEMS = "async () => (await axe.run('main')).violations.map(v => v.id)"
VERDICT = """exercise => {
    const made = document.createElement('div');
    made.innerHTML = '<div class="verdict verdict-right">2.1: right</div>';
    document.querySelector(exercise).append(made);
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("site")
    site = build_site(place, FILES, html_theme="sphinx_book_theme")
    assert site.warnings == ""
    server = make_server(site.folder, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    errors: list[Any] = []
    opened.on("pageerror", lambda error: errors.append(error.message))
    opened.goto(f"{address}/index.html")
    yield opened
    context.close()
    assert [error for error in errors if "THEBE" not in error] == []


def counts(page: Page, address: str) -> list[str]:
    page.goto(f"{address}/learn.html")
    return page.locator(".progress-count").all_inner_texts()


def test_nothing_is_ticked_at_first_not_even_by_solutions(page: Page, address: str) -> None:
    expect(page.get_by_label("is done")).to_have_count(3)
    assert counts(page, address) == ["0 of 3 exercises done", "0 of 1 exercises done"]


def test_a_tick_lasts_and_is_counted_and_taken_back(page: Page, address: str) -> None:
    page.get_by_label("Exercise 1.10 is done").check()
    page.get_by_label("Exercise 1.2 is done").check()
    assert counts(page, address)[0] == "2 of 3 exercises done"
    assert page.locator("progress").first.evaluate("bar => bar.value") == 2
    page.goto(f"{address}/index.html")
    expect(page.get_by_label("Exercise 1.10 is done")).to_be_checked()
    expect(page.get_by_label("Exercise 1.1 is done")).not_to_be_checked()
    page.get_by_label("Exercise 1.10 is done").press("Space")
    assert counts(page, address)[0] == "1 of 3 exercises done"


def test_a_right_verdict_ticks_and_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/second.html")
    page.evaluate(VERDICT, "#exercise-2-1")
    expect(page.get_by_label("Exercise 2.1 is done")).to_be_checked()
    expect(page.locator(".exercise-done-said")).to_have_text("Exercise 2.1 is ticked as done.")
    assert counts(page, address)[1] == "1 of 1 exercises done"


def test_all_ticks_can_be_forgotten_after_a_question(page: Page, address: str) -> None:
    page.get_by_label("Exercise 1.1 is done").check()
    page.goto(f"{address}/learn.html")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Forget all ticks").click()
    expect(page.locator(".progress-count").first).to_have_text("1 of 3 exercises done")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget all ticks").click()
    expect(page.locator(".progress-count").first).to_have_text("0 of 3 exercises done")


def test_where_storage_is_denied_the_reader_is_told(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied') }})"
    )
    page = context.new_page()
    page.goto(f"{address}/index.html")
    page.get_by_label("Exercise 1.1 is done").check()
    expect(page.locator(".exercise-done-said").first).to_contain_text("keeps nothing")
    context.close()


def test_without_script_pages_say_how_many_there_are(build: Callable) -> None:
    text = build(FILES).read("learn.html")
    assert "3 exercises" in text
    assert "<progress hidden" in text


@pytest.mark.parametrize("name", ["index", "learn"])
def test_it_is_accessible(name: str, page: Page, address: str) -> None:
    page.goto(f"{address}/{name}.html")
    page.add_script_tag(path=AXE)
    assert page.evaluate(PROBLEMS) == []
    box = page.locator("label.exercise-done, .progress-forget").first.bounding_box()
    assert box is not None
    assert box["height"] >= 24
