"""Narrow windows, wide letters: nothing scrolls sideways or is cut (WCAG 1.4.10, 1.4.12)."""

from typing import Any

import pytest
from browsing import DESKTOP, PAGES, address_of, lay_out, visit
from playwright.sync_api import Browser
from test_every_page import MORE_PAGES, SCROLLING

NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
ZOOMED: dict[str, Any] = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
SPACED = """*:not(.katex *, svg *) { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }"""
# Words that a box hides, or that stand beyond the window where nothing scrolls to them.
CUT = """() => {
    const article = document.querySelector('main');
    const scrolls = element => {
        for (let e = element; e !== article; e = e.parentElement) {
            if (getComputedStyle(e).overflowX !== 'visible') return true;
        }
        return false;
    };
    const hides = overflow => overflow === 'hidden' || overflow === 'clip';
    const name = e => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`;
    const cut = [];
    for (const e of article.querySelectorAll('article *, footer *, .bd-header-article *')) {
        if (e.closest('svg, .katex, .book-map-needs, .visually-hidden')) continue;
        if (!e.checkVisibility() || e.clientWidth < 3 || !e.textContent.trim()) continue;
        const {overflowX, overflowY} = getComputedStyle(e);
        if (hides(overflowX) && e.scrollWidth > e.clientWidth + 2) cut.push(`in width ${name(e)}`);
        if (hides(overflowY) && overflowX !== 'auto' && e.scrollHeight > e.clientHeight + 2) {
            cut.push(`in height ${name(e)}`);
        }
        if (e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e)) {
            cut.push(`beyond the window ${name(e)}`);
        }
    }
    return cut.slice(0, 5);
}"""
OPEN = "document.querySelectorAll('article details').forEach(details => { details.open = true })"
# Characters in each full line of the page's own paragraphs.
LINES = """() => {
    const lengths = [];
    for (const p of document.querySelectorAll('article section > p')) {
        if (p.querySelector('.katex')) continue;
        const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT), lines = new Map();
        const range = document.createRange();
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            for (let i = 0; i < node.length; i++) {
                range.setStart(node, i);
                range.setEnd(node, i + 1);
                const box = range.getClientRects()[0];
                const line = box && Math.round(box.bottom / 10);
                if (box) lines.set(line, (lines.get(line) ?? 0) + 1);
            }
        }
        lengths.push(...[...lines.values()].slice(0, -1));
    }
    return lengths.sort((a, b) => a - b);
}"""


@pytest.mark.parametrize("window", [NARROW, ZOOMED], ids=["320 px", "200%"])
@pytest.mark.parametrize("name", [*PAGES, *MORE_PAGES])
def test_narrow_window_cuts_nothing(
    browser: Browser, site_url: str, name: str, window: dict[str, Any]
) -> None:
    with visit(browser, address_of(site_url, name), **window) as page:
        page.wait_for_load_state("load")
        lay_out(page)
        page.evaluate(OPEN)
        assert page.evaluate(SCROLLING) == []
        assert page.evaluate(CUT) == []
        page.add_style_tag(content=SPACED)
        assert page.evaluate(SCROLLING) == []
        assert page.evaluate(CUT) == []


@pytest.mark.parametrize("width", [820, 1280, 1920])
def test_lines_are_of_a_length_to_read(browser: Browser, site_url: str, width: int) -> None:
    window = {"viewport": {"width": width, "height": 900}}
    with visit(browser, address_of(site_url, PAGES[2]), **window) as page:
        lay_out(page)
        lengths = page.evaluate(LINES)
        assert len(lengths) > 100
        assert 65 <= lengths[len(lengths) // 2] <= 75
        assert lengths[9 * len(lengths) // 10] <= 78


def test_wide_formulas_scroll_by_themselves(browser: Browser, site_url: str) -> None:
    wide = 0
    for name in PAGES[1:8]:
        with visit(browser, address_of(site_url, name), **NARROW) as page:
            lay_out(page)
            page.evaluate("document.fonts.ready")
            page.wait_for_timeout(300)
            for box in page.locator(".math-scroll:visible").all():
                inner, outer = box.evaluate("box => [box.scrollWidth, box.clientWidth]")
                assert (inner > outer + 1) == (box.get_attribute("tabindex") == "0")
                wide += inner > outer + 1
    assert wide > 0


def test_page_is_unharmed_on_a_desktop(browser: Browser, site_url: str) -> None:
    with visit(browser, address_of(site_url, PAGES[2]), **DESKTOP) as page:
        lay_out(page)
        page.add_style_tag(content=SPACED)
        assert page.evaluate(SCROLLING) == []
        assert page.evaluate(CUT) == []
