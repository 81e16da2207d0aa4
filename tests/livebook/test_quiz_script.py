"""Quizzes in a real browser: by mouse, keys and touch, with storage and where it is denied."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Locator, Page, expect
from small_sites import ROOT, build_site

from tasks.serve import make_server

TEXT = r"""# Page

```{quiz} Which step $h$ is best?
:name: quiz-one

- [ ] $10^{-8}$

  Tempting without noise: see [below](#there).
- [x] about 0.4

  Then bending and noise are of one size.
```

```{quiz} Which hold?
:name: quiz-several

- [x] first

  First holds.
- [x] second

  Second holds.
- [ ] third

  Third does not.
```

(there)=
## There
"""
FRAME = '<iframe sandbox="allow-scripts allow-forms" src="index.html" width="700" height="600">'
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PROBLEMS = """async () => (await axe.run(document.querySelector('.quiz').closest('section')))
    .violations.map(v => [v.id, ...v.nodes.map(n => n.html)].join(' '))"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site whose page has one quiz of each kind, in the book's theme."""
    place = tmp_path_factory.mktemp("site")
    site = build_site(place, {"index.md": TEXT}, html_theme="sphinx_book_theme")
    assert site.warnings == ""
    (site.folder / "frame.html").write_text(FRAME)
    server = make_server(site.folder, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open the page in a context with the given options; our script may throw nothing."""
    contexts, errors = [], []

    def opened(name: str = "index.html", **options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(error.stack or error.message))
        page.goto(f"{address}/{name}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [error for error in errors if "quizzes.js" in error] == []


def feedback(page: Page | Frame, quiz: str) -> Locator:
    return page.locator(f"#{quiz} [role=status]")


def check(page: Page | Frame, quiz: str) -> None:
    page.locator(f"#{quiz} button").click()


def test_feedback_is_that_of_what_was_chosen(open_page: Callable[..., Page]) -> None:
    page = open_page()
    # A screen reader announces what changes in a place that it has met before.
    place = feedback(page, "quiz-one")
    assert place.evaluate("place => getComputedStyle(place).display") == "block"
    check(page, "quiz-one")
    expect(place).to_contain_text("Nothing is chosen yet")
    page.get_by_label("10⁻⁸").check()
    expect(feedback(page, "quiz-one")).to_be_empty()
    check(page, "quiz-one")
    expect(feedback(page, "quiz-one")).to_contain_text("Not correct")
    expect(feedback(page, "quiz-one")).to_contain_text("Tempting without noise")
    expect(feedback(page, "quiz-one")).not_to_contain_text("of one size")
    page.get_by_label("about 0.4").check()
    check(page, "quiz-one")
    expect(feedback(page, "quiz-one")).to_contain_text("Then bending and noise are of one size.")
    expect(feedback(page, "quiz-one")).not_to_contain_text("Not correct")
    expect(feedback(page, "quiz-several")).to_be_empty()


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (["first"], "Not complete: another choice holds too."),
        (["first", "third"], "Not complete"),
        (["first", "second", "third"], "One of these does not hold."),
        (["first", "second"], "You found all that hold, and nothing else."),
    ],
)
def test_several_choices_are_judged_together(
    open_page: Callable[..., Page], chosen: list[str], said: str
) -> None:
    page = open_page()
    for name in chosen:
        page.get_by_label(name, exact=True).check()
    check(page, "quiz-several")
    expect(feedback(page, "quiz-several")).to_contain_text(said)
    for name in ("first", "second", "third"):
        shown = feedback(page, "quiz-several").get_by_text(name, exact=False)
        assert (shown.count() > 0) == (name in chosen)


def test_by_keyboard_alone(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.locator("#quiz-one input").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("about 0.4").is_checked()
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Check"
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(feedback(page, "quiz-one")).to_contain_text("Correct")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.get_by_label("first").is_checked()
    page.keyboard.press("Enter")  # in a field, as in any form
    expect(feedback(page, "quiz-several")).to_contain_text("Not complete")


def test_by_touch_on_a_phone(open_page: Callable[..., Page]) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    page = open_page(**phone)
    for target in page.locator(".quiz :is(label, button)").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 40
        assert box["x"] + box["width"] <= 390
    page.locator("#quiz-one label").nth(1).tap()
    page.locator("#quiz-one button").tap()
    expect(feedback(page, "quiz-one")).to_contain_text("Correct")


def test_targets_are_large_enough_for_a_mouse(open_page: Callable[..., Page]) -> None:
    boxes = [
        target.bounding_box() for target in open_page().locator(".quiz :is(label, button)").all()
    ]
    assert boxes
    assert all(box and box["height"] >= 24 for box in boxes)


def test_answers_are_kept_and_forgotten_with_the_question(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.get_by_label("10⁻⁸").check()
    check(page, "quiz-one")
    page.get_by_label("second", exact=True).check()  # not checked: no feedback is due
    page.reload()
    assert page.get_by_label("10⁻⁸").is_checked()
    expect(feedback(page, "quiz-one")).to_contain_text("Tempting")
    expect(feedback(page, "quiz-one")).to_have_attribute("aria-live", "off")
    assert page.get_by_label("second", exact=True).is_checked()
    expect(feedback(page, "quiz-several")).to_be_empty()
    check(page, "quiz-one")
    assert feedback(page, "quiz-one").get_attribute("aria-live") is None
    page.evaluate(
        """() => { for (const [key, value] of Object.entries(localStorage))
            localStorage.setItem(key, value.replace(/"digest":"[^"]+"/, '"digest":"other"')) }"""
    )
    page.reload()
    assert page.locator(".quiz :checked").count() == 0
    expect(feedback(page, "quiz-one")).to_be_empty()


def test_works_where_storage_is_denied(open_page: Callable[..., Page]) -> None:
    page = open_page("frame.html")
    frame = page.frames[1]
    frame.wait_for_load_state()
    denied = "() => { try { return !localStorage } catch { return true } }"
    assert frame.evaluate(denied)
    frame.get_by_label("about 0.4").check()
    check(frame, "quiz-one")
    expect(feedback(frame, "quiz-one")).to_contain_text("Correct")


def test_without_script_choices_are_a_list_and_answers_unfold(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(java_script_enabled=False)
    assert not any(
        control.is_visible() for control in page.locator(".quiz :is(input, button)").all()
    )
    expect(page.locator("#quiz-one .quiz-choices li")).to_have_count(2)
    answer = page.locator("#quiz-one .quiz-answers").get_by_text("Tempting without noise")
    expect(answer).to_be_hidden()
    page.locator("#quiz-one summary").click()
    expect(answer).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_on_paper_the_answers_stand_below(open_page: Callable[..., Page], script: bool) -> None:
    page = open_page(java_script_enabled=script)
    if script:
        page.get_by_label("about 0.4").check()
        check(page, "quiz-one")
    page.emulate_media(media="print")
    shown = page.locator(".quiz :is(input, button, [role=status])")
    assert not any(control.is_visible() for control in shown.all())
    for text in ("Tempting without noise", "of one size", "Third does not."):
        expect(page.locator(".quiz-answers").get_by_text(text)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_before_and_after_use(open_page: Callable[..., Page], theme: str) -> None:
    page = open_page(color_scheme=theme)
    page.add_script_tag(path=AXE)
    assert page.evaluate(PROBLEMS) == []
    page.get_by_label("10⁻⁸").check()
    check(page, "quiz-one")
    page.get_by_label("first").check()
    check(page, "quiz-several")
    assert page.evaluate(PROBLEMS) == []
