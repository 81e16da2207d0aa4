"""The keyboard alone: each stop shows where it is, the order is the page's, and nothing traps."""

import re

import pytest
from browsing import COLORS, DESKTOP, PAGES, address_of, lay_out, visit
from playwright.sync_api import Browser, Page
from test_every_page import MORE_PAGES

LEAST_CONTRAST = 3.0
# Stops of each kind, three at most, whose focus leaves no mark, or one that can't be seen.
UNSEEN = (
    "least => {"
    + COLORS
    + """
    const stops = [...document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(
        e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}));
    const kinds = new Map(), unseen = [];
    for (const stop of stops) {
        const kind = `${stop.tagName} ${stop.className} in ${stop.parentElement.className}`;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        if (kinds.get(kind) > 3) continue;
        stop.focus();
        if (document.activeElement !== stop) {
            unseen.push(`takes no focus: ${stop.outerHTML.slice(0, 120)}`);
            continue;
        }
        const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(stop);
        const seen = contrast(numbers(outlineColor), behind(stop.parentElement));
        const marked = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
        if (!marked || seen < least) {
            unseen.push(`${outlineStyle} ${seen.toFixed(1)} ${stop.outerHTML.slice(0, 120)}`);
        }
    }
    return [kinds.size, unseen];
}"""
)
# What Tab should reach, in order, by where it stands in the page.
STOP = """() => {
    const e = document.activeElement;
    if (e === document.body) return null;
    window.stops ??= new Map();
    if (!window.stops.has(e)) window.stops.set(e, window.stops.size);
    const before = window.last && window.last.compareDocumentPosition(e);
    const backward = Boolean(before & Node.DOCUMENT_POSITION_PRECEDING);
    window.last = e;
    const box = e.getBoundingClientRect();
    return {number: window.stops.get(e), backward, text: e.outerHTML.slice(0, 100),
        seen: box.bottom > 0 && box.top < innerHeight && box.width > 0};
}"""


def tab_through(page: Page) -> list[dict[str, object]]:
    """Press Tab from the page's start until it has left the page; return the stops."""
    stops: list[dict[str, object]] = []
    for _ in range(600):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["number"] < len(stops):
            return stops
        stops.append(stop)
    raise AssertionError(f"Tab does not leave the page: {stops[-3:]}")


@pytest.mark.parametrize("name", [*PAGES, *MORE_PAGES])
def test_every_stop_shows_its_focus(browser: Browser, site_url: str, name: str) -> None:
    theme = ("dark", "light")[[*PAGES, *MORE_PAGES].index(name) % 2]
    with visit(browser, address_of(site_url, name), color_scheme=theme, **DESKTOP) as page:
        lay_out(page)
        page.keyboard.press("Tab")  # from now on focus is the keyboard's
        kinds, unseen = page.evaluate(UNSEEN, LEAST_CONTRAST)
        assert kinds > 5
        assert unseen == []


def test_tab_leads_through_the_page_in_its_order(browser: Browser, site_url: str) -> None:
    options = {**DESKTOP, "reduced_motion": "reduce"}
    with visit(browser, address_of(site_url, "book/00-why-calculus"), **options) as page:
        lay_out(page)
        stops = tab_through(page)
        assert "main-content" in str(stops[0]["text"])  # the link that skips to the text
        assert len(stops) > 100
        assert [stop["text"] for stop in stops if stop["backward"]] == []
        assert [stop["text"] for stop in stops if not stop["seen"]] == []


def test_skip_link_leads_to_the_text(browser: Browser, site_url: str) -> None:
    with visit(browser, address_of(site_url, PAGES[0]), **DESKTOP) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


MOVING = """() => document.getAnimations().length
    + [...document.querySelectorAll('*')].filter(e => {
    const {transitionDuration, animationDuration, scrollBehavior} = getComputedStyle(e);
    return parseFloat(transitionDuration) > 0 || parseFloat(animationDuration) > 0
        || scrollBehavior === 'smooth';
}).length"""


def test_nothing_moves_by_itself_for_who_asked_for_calm(browser: Browser, site_url: str) -> None:
    counted = {}
    for wish in ("no-preference", "reduce"):
        options = {**DESKTOP, "reduced_motion": wish}
        with visit(browser, address_of(site_url, "book/00-why-calculus"), **options) as page:
            counted[wish] = page.evaluate(MOVING)
    assert counted["reduce"] == 0
    assert counted["no-preference"] > 0


# Controls without an edge or a ground of their own, when the system has taken the page's colors.
WITHOUT_EDGE = """() => [...document.querySelectorAll('.quiz-check, .live-button, select')]
    .filter(e => e.checkVisibility())
    .filter(e => !(parseFloat(getComputedStyle(e).borderTopWidth) >= 1))
    .map(e => e.outerHTML.slice(0, 100))"""
INK_ON_GROUND = """() => [...document.querySelectorAll('.moving-figure')].map(figure => {
    const plot = figure.querySelector('.moving-figure-plot');
    const {backgroundColor} = getComputedStyle(plot);
    return [getComputedStyle(plot.querySelector('svg text')).fill, backgroundColor];
})"""


def is_dark(color: str) -> bool:
    """Tell whether a color, as the browser computes it, is a dark one."""
    return sum(map(float, re.findall(r"[\d.]+", color)[:3])) < 384


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_forced_colors_leave_controls_and_figures_readable(
    browser: Browser, site_url: str, theme: str
) -> None:
    options = {**DESKTOP, "forced_colors": "active", "color_scheme": theme}
    with visit(browser, address_of(site_url, "book/00-why-calculus"), **options) as page:
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        assert page.evaluate(WITHOUT_EDGE) == []
        pairs = page.evaluate(INK_ON_GROUND)
        assert pairs
        assert [pair for pair in pairs if is_dark(pair[0]) == is_dark(pair[1])] == []
