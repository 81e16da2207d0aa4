"""axe finds nothing on any page that a reader has used: figures moved, quizzes answered, cells run.

Each page is judged in one theme, and its contrasts in the other one too; with `EVERY_RULE_TWICE`
set, as `make audit` does, by all rules in both.
"""

import os

import pytest
from browsing import CHART, DESKTOP, PAGES, PHONE, address_of, draw_all, visit
from playwright.sync_api import Browser, Page, expect
from test_every_page import MORE_PAGES

from tasks.execute import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TWICE = "EVERY_RULE_TWICE" in os.environ
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A formula's drawing repeats its MathML, and has the color of its text.
PROBLEMS = """async only => {
    const rules = only ? {type: 'rule', values: [only]} : {type: 'tag', values: %r};
    const where = {exclude: ['.katex-html']};
    const found = await axe.run(where, {resultTypes: ['violations'], runOnly: rules});
    return found.violations.map(v => [v.id, ...v.nodes.slice(0, 3).map(n => n.html)].join(' '));
  }""" % (TAGS,)  # noqa: UP031 - the braces are JavaScript's
# Answers alternate between right and wrong; solutions and asides are opened.
USE = """() => {
    for (const details of document.querySelectorAll('article details')) details.open = true;
    for (const control of document.querySelectorAll('.moving-figure :is(input, select)')) {
        const last = control.options ? control.options.length - 1 : Number(control.max);
        control.value = Number(control.value) === last ? 0 : last;
        control.dispatchEvent(new Event('input', {bubbles: true}));
    }
    document.querySelectorAll('.quiz').forEach((quiz, number) => {
        const inputs = [...quiz.querySelectorAll('input')];
        const wanted = number % 2 === 0;
        (inputs.find(input => 'right' in input.dataset === wanted) ?? inputs[0]).click();
    });
    for (const button of document.querySelectorAll('.quiz-check')) button.click();
  }"""
MOVED = """() => [...document.querySelectorAll('.moving-figure')].every(
    figure => !figure.querySelector('input, select') || figure.dataset.frame)"""
LIVE_PAGE = "book/00-why-calculus"
PYTHON_READY = 120_000  # ms


def other(theme: str) -> str:
    return "light" if theme == "dark" else "dark"


def turn_to(page: Page, theme: str) -> None:
    """Change the theme, and wait until the drawn figures have followed."""
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    page.wait_for_timeout(400)


def judge(page: Page, only: str | None = None) -> list[str]:
    """Return what axe finds by all rules, or by one."""
    return page.evaluate(PROBLEMS, only)


def judge_in_both_themes(page: Page, theme: str) -> list[str]:
    """Return what axe finds in the page's theme and then in the other one."""
    page.add_script_tag(path=AXE)
    found = judge(page)
    turn_to(page, other(theme))
    return found + judge(page, None if TWICE else "color-contrast")


@pytest.mark.parametrize("name", [*PAGES, *MORE_PAGES])
def test_axe_finds_nothing_after_use(browser: Browser, site_url: str, name: str) -> None:
    theme = ("light", "dark")[[*PAGES, *MORE_PAGES].index(name) % 2]
    address = address_of(site_url, name) + ("?q=derivative" if name == "search" else "")
    with visit(browser, address, color_scheme=theme, **DESKTOP) as page:
        draw_all(page)
        page.evaluate(USE)
        page.wait_for_function(MOVED)
        assert page.locator(".quiz:not([data-verdict])").count() == 0
        assert judge_in_both_themes(page, theme) == []


def test_axe_finds_nothing_with_the_sidebar_open(browser: Browser, site_url: str) -> None:
    with visit(browser, address_of(site_url, PAGES[2]), color_scheme="dark", **PHONE) as page:
        page.locator(".primary-toggle").first.click()
        expect(page.locator("#pst-primary-sidebar-modal")).to_be_visible()
        page.wait_for_timeout(500)  # it slides in
        assert judge_in_both_themes(page, "dark") == []


def test_axe_finds_nothing_while_searching(browser: Browser, site_url: str) -> None:
    with visit(browser, address_of(site_url, PAGES[2]), color_scheme="light", **DESKTOP) as page:
        page.locator(".search-button-field:visible").first.click()
        page.keyboard.type("chain rule")
        assert judge_in_both_themes(page, "light") == []


def run_first_cell(page: Page, code: str, status: str) -> None:
    """Write code into the page's first cell and run it by keyboard."""
    page.get_by_role("button", name="Edit: cell 1", exact=True).click()
    editor = page.get_by_role("textbox", name="Code of cell 1")
    expect(editor).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(code)
    page.keyboard.press("Shift+Enter")
    bar = page.get_by_role("group", name="Code cell 1", exact=True)
    expect(bar.get_by_role("status")).to_contain_text(status, timeout=PYTHON_READY)


def test_axe_finds_nothing_after_cells_were_run(browser: Browser, site_url: str) -> None:
    with visit(browser, address_of(site_url, LIVE_PAGE), color_scheme="light", **DESKTOP) as page:
        run_first_cell(page, "import sys\nprint('out')\nprint('err', file=sys.stderr)\n7", "Ran in")
        expect(page.locator(".live-output pre")).to_have_count(3)
        assert judge_in_both_themes(page, "light") == []
        run_first_cell(page, "def half(x):\n    return x / 0\n\nhalf(1)", "Ended with an error")
        expect(page.locator(".live-error-line")).to_have_text("    return x / 0")
        assert judge_in_both_themes(page, "dark") == []
        page.keyboard.press("Control+End")
        page.keyboard.type(" ")
        expect(page.locator(".live-error-line")).to_have_count(0)
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Run: cell 1", exact=True)).to_be_focused()


def test_axe_looks_at_drawn_figures(browser: Browser, site_url: str) -> None:
    """What is excluded above is no more than formulas' drawings."""
    with visit(browser, address_of(site_url, PAGES[0]), **DESKTOP) as page:
        draw_all(page)
        page.evaluate(
            f"document.querySelector('{CHART}').parentElement.removeAttribute('aria-label')"
        )
        page.add_script_tag(path=AXE)
        assert any("role-img-alt" in found for found in judge(page))
