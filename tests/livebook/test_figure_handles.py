"""Places of a figure that are dragged, in a real browser: by mouse, by touch, and by a click."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect
from small_sites import ROOT, build_site, bundle, notebook

POWERS = [1, 2, 5, 10, 20, 50, 100]  # of x, on a log axis
LEVELS = [0, 1, 2, 3, 4, 5, 6, 7, 8]  # of y, on a reversed one
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True,
}  # fmt: skip
DATA = (
    "el => { const [t] = el.querySelector('.moving-figure-chart').data; return [t.x[0], t.y[0]] }"
)
# The rectangle between the axes, in pixels of the window.
PLOT = """el => { const { left, top, right, bottom } =
    el.querySelector('.nsewdrag').getBoundingClientRect(); return [left, top, right, bottom] }"""


def slider(name: str, values: list[int], start: int) -> dict[str, Any]:
    """Return a slider's entry in the bundle."""
    labels = [str(value) for value in values]
    return {"name": name, "label": name, "kind": "range", "labels": labels, "start": start}


def draggable() -> dict[str, Any]:
    """Return a point that two sliders move over a log axis and a reversed one."""
    places = [[x, y] for x in POWERS for y in LEVELS]
    point = {"type": "scatter", "mode": "markers", "marker": {"color": "#0072b2"}}
    return bundle(
        controls=[slider("across", POWERS, 3), slider("up", LEVELS, 4)],
        data=[{**point, "x": [10], "y": [4]}],
        layout={
            "xaxis": {"type": "log", "range": [-0.2, 2.2]},
            "yaxis": {"range": [8.5, -0.5]},
            "margin": {"l": 40, "r": 20, "t": 10, "b": 40},
        },
        frames=[{"data": {"0": {"x": [x], "y": [y]}}} for x, y in places],
        handles=[{"moves": [0, 1], "axes": ["xaxis", "yaxis"], "places": places}],
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a page with a figure that can be dragged, and room to scroll."""
    folder = tmp_path_factory.mktemp("site")
    site = build_site(folder, {"index.ipynb": notebook(draggable(), title="# P\n\n" + "<br>" * 9)})
    assert site.warnings == ""
    return (site.folder / "index.html").as_uri()


@pytest.fixture(params=[(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """Open the page on both devices, once the figure is drawn."""
    device, theme = request.param
    context = browser.new_context(**device)
    opened, errors = context.new_page(), []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(address)
    opened.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    opened.locator(".moving-figure").scroll_into_view_if_needed()
    opened.locator("input").first.press("Shift")
    expect(opened.locator(".moving-figure-handle")).to_be_visible(timeout=20_000)
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def figure(page: Page) -> Locator:
    """Return the figure."""
    return page.locator(".moving-figure")


def middle(locator: Locator) -> tuple[float, float]:
    """Return the center of an element in the window."""
    box = locator.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def spot(figure: Locator, across: float, down: float) -> tuple[float, float]:
    """Return the point of the window at these shares of the plot."""
    left, top, right, bottom = figure.evaluate(PLOT)
    return left + across * (right - left), top + down * (bottom - top)


def nearest(figure: Locator, point: tuple[float, float]) -> list[int]:
    """Return the data of the state whose place is nearest in pixels, reckoned by hand."""
    left, top, right, bottom = figure.evaluate(PLOT)
    x = left + (np.log10(POWERS) + 0.2) / 2.4 * (right - left)
    y = top + (np.array(LEVELS) + 0.5) / 9 * (bottom - top)
    far = np.hypot(x[:, None] - point[0], y - point[1])
    column, row = np.unravel_index(far.argmin(), far.shape)
    return [POWERS[column], LEVELS[row]]


def settings(figure: Locator) -> list[int]:
    """Return what the sliders stand at."""
    across, up = (int(control.input_value()) for control in figure.locator("input").all())
    return [POWERS[across], LEVELS[up]]


def assert_shows(page: Page, figure: Locator, wanted: list[int]) -> None:
    """Fail unless plot, sliders, their words and the ring are where they should be."""
    page.wait_for_function(
        "([el, wanted]) => String((" + DATA + ")(el)) === String(wanted)",
        arg=[figure.element_handle(), wanted],
    )
    assert settings(figure) == wanted
    assert [int(each) for each in figure.locator("output").all_inner_texts()] == wanted
    ring = middle(figure.locator(".moving-figure-handle"))
    assert ring == pytest.approx(middle(figure.locator(".scatterlayer .point")), abs=1.5)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


SPOTS = [(0.05, 0.1), (0.31, 0.83), (0.97, 0.52), (0.62, 0.03), (0.5, 0.5)]


def test_the_mouse_drags_to_the_nearest_state(page: Page, figure: Locator) -> None:
    page.mouse.move(*middle(figure.locator(".moving-figure-handle")))
    page.mouse.down()
    for share in SPOTS:
        point = spot(figure, *share)
        page.mouse.move(*point, steps=4)
        assert_shows(page, figure, nearest(figure, point))
    page.mouse.move(0, 0)  # beyond the plot: the corner's state
    assert_shows(page, figure, [1, 0])
    page.mouse.up()
    page.mouse.move(*spot(figure, 0.9, 0.9))
    assert settings(figure) == [1, 0]


def touch(session: CDPSession, kind: str, *point: float) -> None:
    """Send a touch as a screen does."""
    points = [{"x": point[0], "y": point[1]}] if point else []
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_finger_drags_the_ring_and_scrolls_beside_it(page: Page, figure: Locator) -> None:
    session = page.context.new_cdp_session(page)
    before = page.evaluate("scrollY")
    touch(session, "touchStart", *middle(figure.locator(".moving-figure-handle")))
    for share in SPOTS[1:]:
        point = spot(figure, *share)
        touch(session, "touchMove", *point)
        assert_shows(page, figure, nearest(figure, point))
    touch(session, "touchEnd")
    assert page.evaluate("scrollY") == before
    assert figure.locator(".moving-figure-chart").evaluate("el => el.layout.dragmode") is False


def test_a_click_between_the_axes_brings_the_point_there(page: Page, figure: Locator) -> None:
    point = spot(figure, 0.2, 0.7)
    wanted = nearest(figure, point)
    if page.evaluate("matchMedia('(pointer: coarse)').matches"):
        page.touchscreen.tap(*point)
    else:
        page.mouse.click(*point)
    assert_shows(page, figure, wanted)
    left, _, _, bottom = figure.evaluate(PLOT)
    page.mouse.click(left + 40, bottom + 25)  # among the labels
    page.wait_for_timeout(200)
    assert settings(figure) == wanted


def test_the_ring_follows_the_sliders_and_is_large_enough(page: Page, figure: Locator) -> None:
    figure.locator("input").first.press("End")
    assert_shows(page, figure, [100, 4])
    ring = figure.locator(".moving-figure-handle")
    box = ring.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    look = ring.evaluate("el => [getComputedStyle(el).cursor, getComputedStyle(el).touchAction]")
    assert look == ["grab", "none"]
    assert figure.locator(".moving-figure-hint").inner_text().startswith("Drag the ringed point")
    assert figure.locator(".moving-figure-chart").evaluate(
        "el => getComputedStyle(el).touchAction"
    ) != "none"  # fmt: skip


def test_axe_finds_nothing_after_dragging(page: Page, figure: Locator) -> None:
    page.mouse.move(*middle(figure.locator(".moving-figure-handle")))
    page.mouse.down()
    page.mouse.move(*spot(figure, 0.31, 0.83), steps=3)
    page.mouse.up()
    page.add_script_tag(path=str(Path(ROOT, "node_modules/axe-core/axe.min.js")))
    found = page.evaluate("axe.run('.moving-figure')")["violations"]
    assert [each["id"] for each in found] == []


def test_a_place_that_a_state_lacks_hides_the_ring(browser: Browser, tmp_path: Path) -> None:
    partial = draggable()
    partial["handles"][0]["places"][-1] = None
    site = build_site(tmp_path, {"index.ipynb": notebook(partial)})
    page = browser.new_page()
    page.goto((site.folder / "index.html").as_uri())
    for control in page.locator("input").all():
        control.press("End")
    expect(page.locator(".moving-figure")).to_have_attribute("data-frame", "62")
    expect(page.locator(".moving-figure-handle")).to_be_hidden()
    page.close()


def test_handles_with_too_few_places_are_refused() -> None:
    from livebook.figures import problem_with

    short = draggable()
    short["handles"][0]["places"].pop()
    assert "a handle has 62 places" in str(problem_with(short))
