"""Dark mode: the switch works, and in both themes the figures' text can be read."""

import pytest
from browsing import COLORS, DESKTOP, PAGES, address_of, draw_all, visit
from playwright.sync_api import Browser

LEAST_CONTRAST = 3.0

# Every text in the figures with its contrast (WCAG 2) to the page behind it, the worst first.
# A text of a figure that is not drawn, or is written over colored cells, has another background.
CONTRASTS = (
    "() => {"
    + COLORS
    + """
  return [...document.querySelectorAll('.moving-figure svg text')]
    .filter(text => text.textContent.trim() && text.getClientRects().length)
    .filter(text => !text.closest('.heatmaplayer'))
    .map(text => {
      const style = getComputedStyle(text);
      const ink = numbers(style.fill), page = behind(text.closest('.moving-figure'));
      return [Math.round(100 * contrast(ink, page)) / 100, text.textContent, style.fill];
    })
    .sort((a, b) => a[0] - b[0]);
}"""
)
# Of the last figure, which a click at the top of a chapter does not draw.
POSTER_COLORS = """() => [
    ...[...document.querySelectorAll('.moving-figure-poster')].at(-1).querySelectorAll('svg *')
  ].map(e => [getComputedStyle(e).fill, getComputedStyle(e).stroke].join())"""
THEME = "() => document.documentElement.dataset.theme"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_figure_text_can_be_read(browser: Browser, site_url: str, name: str, theme: str) -> None:
    address = address_of(site_url, name)
    with visit(browser, address, color_scheme=theme, **DESKTOP) as page:
        assert page.evaluate(THEME) == theme
        if not page.query_selector(".moving-figure"):
            return
        posters = page.evaluate(CONTRASTS)
        draw_all(page)
        plots = page.evaluate(CONTRASTS)
        assert posters
        assert plots
        assert [text for text in posters + plots if text[0] < LEAST_CONTRAST] == []


def test_switch_goes_through_the_themes_and_figures_follow(browser: Browser, site_url: str) -> None:
    address = address_of(site_url, PAGES[1])
    with visit(browser, address, color_scheme="light", **DESKTOP) as page:
        seen = {page.evaluate(THEME): page.evaluate(POSTER_COLORS)}
        switch = page.locator(".theme-switch-button:visible").first
        for _ in range(3):
            switch.click()
            seen[page.evaluate(THEME)] = page.evaluate(POSTER_COLORS)
        assert set(seen) == {"light", "dark"}
        assert seen["light"] != seen["dark"]

        draw_all(page)
        drawn = {}
        for _ in range(3):
            switch.click()
            page.wait_for_timeout(300)  # the plot is drawn again after the theme has changed
            inks = [text[2] for text in page.evaluate(CONTRASTS)]
            drawn[page.evaluate(THEME)] = inks
        assert set(drawn["light"]).isdisjoint(drawn["dark"])
