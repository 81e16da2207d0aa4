"""Visiting the site's pages: what is watched on every visit, and moving a figure's controls."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ElementHandle, Page, Request

from tasks.execute import table_of_contents

PAGES = table_of_contents()
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
CHART = ".moving-figure-chart"

# The frame that the controls' positions ask for: row-major, the last control fastest.
ASKED_FRAME = """figure => [...figure.querySelectorAll('input, select')].reduce(
    (index, control) => index * (control.options?.length ?? Number(control.max) + 1)
        + Number(control.value), 0)"""
SHOWS_ASKED_FRAME = f"figure => figure.dataset.frame === String(({ASKED_FRAME})(figure))"
DATA = f"figure => JSON.stringify(figure.querySelector('{CHART}').data)"


# For scripts: a color's numbers, what stands behind an element, and the contrast of two (WCAG 2).
COLORS = """
    const numbers = color => color.match(/[\\d.]+/g).map(Number);
    const luminance = ([r, g, b]) => [r, g, b]
      .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = element => {
      for (let e = element; e; e = e.parentElement) {
        const color = numbers(getComputedStyle(e).backgroundColor);
        if (color.length < 4 || color[3] > 0.5) return color;
      }
      return [255, 255, 255];
    };
    const contrast = (...colors) => {
        const [low, high] = colors.map(luminance).sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };"""


@contextmanager
def visit(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Open an address in a context of its own, and fail at the end if the page had a problem.

    Problems are console errors, exceptions, failed requests and requests to any other host.
    """
    context = browser.new_context(**options)
    context.set_default_timeout(15_000)
    page, problems = context.new_page(), []
    origin = "/".join(address.split("/")[:3]) + "/"

    def watch_request(request: Request) -> None:
        if not request.url.startswith((origin, "data:", "blob:")):
            problems.append(f"request to another host: {request.url}")

    def watch_failure(request: Request) -> None:
        # Aborted: the visit went on to another page. csp: scripts, where they are switched off.
        if request.failure not in ("net::ERR_ABORTED", "csp"):
            problems.append(f"failed: {request.url} {request.failure}")

    page.on("request", watch_request)
    page.on("requestfailed", watch_failure)
    page.on("response", lambda r: r.status >= 400 and problems.append(f"{r.status}: {r.url}"))
    page.on("pageerror", lambda error: problems.append(f"exception: {error}"))
    page.on(
        "console",
        lambda m: m.type == "error" and problems.append(f"console: {m.text} {m.location['url']}"),
    )
    try:
        page.goto(address)
        yield page
        assert not problems, "\n".join(problems)
    finally:
        context.close()


def address_of(site_url: str, page: str) -> str:
    """Return the address of a page that is named as in `_toc.yml`."""
    return f"{site_url}/{page}.html"


def center(element: ElementHandle) -> tuple[float, float, float]:
    """Scroll an element to the middle of the window; return its left edge, middle and width."""
    element.evaluate("element => element.scrollIntoView({block: 'center', behavior: 'instant'})")
    box = element.bounding_box()
    assert box is not None, "a control has no box"
    assert box["width"] > 0, "a control has no width"
    return box["x"], box["y"] + box["height"] / 2, box["width"]


def wait_for_frame(page: Page, figure: ElementHandle) -> str:
    """Wait until the plot shows what the controls ask for; return its data as text."""
    page.wait_for_function(SHOWS_ASKED_FRAME, arg=figure)
    return figure.evaluate(DATA)


def controls_of(figure: ElementHandle) -> list[ElementHandle]:
    """Return a figure's sliders and lists."""
    return figure.query_selector_all(".moving-figure-controls :is(input, select)")


def is_slider(control: ElementHandle) -> bool:
    """Tell a slider from a list."""
    return control.evaluate("control => control.tagName") == "INPUT"


def name_of(figure: ElementHandle, control: ElementHandle) -> str:
    """Name a control for a failure's message."""
    return f"{figure.get_attribute('id')}, control {control.get_attribute('data-name')}"


LAY_OUT = """async () => {
    for (const block of document.querySelectorAll('article section > :not(section)')) {
        block.style.contentVisibility = 'visible';
    }
    const folded = document.querySelectorAll('details:has(.moving-figure)');
    for (const details of folded) details.open = true;
    for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
  }"""


def lay_out(page: Page) -> None:
    """Have all of the page laid out at once, which `later.js` does bit by bit; unfold figures."""
    page.evaluate(LAY_OUT)


def draw_all(page: Page) -> None:
    """Lay the page out and scroll through it, so that every figure's plot is drawn."""
    lay_out(page)
    page.mouse.move(5, 5)
    for figure in page.query_selector_all(".moving-figure"):
        center(figure)
        page.wait_for_function(f"figure => figure.querySelector('{CHART} .main-svg')", arg=figure)
