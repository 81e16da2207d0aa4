"""Every control and handle of every figure moves it: by keyboard, mouse, and touch on a phone."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from browsing import (
    DATA,
    DESKTOP,
    PAGES,
    PHONE,
    address_of,
    center,
    controls_of,
    is_slider,
    lay_out,
    name_of,
    visit,
    wait_for_frame,
)
from playwright.sync_api import Browser, ElementHandle, Page

Move = Callable[[Page, ElementHandle, ElementHandle], list[str]]


def last_position(control: ElementHandle) -> int:
    """Return a control's greatest value."""
    return control.evaluate("c => c.options ? c.options.length - 1 : Number(c.max)")


def starts_at_its_end(control: ElementHandle) -> bool:
    """Tell whether a control stands at its last position: what changes nothing gives no event."""
    return int(control.input_value()) == last_position(control)


def by_keyboard(page: Page, figure: ElementHandle, control: ElementHandle) -> list[str]:
    """Walk a control with keys alone; return the plot's data after each key."""
    back, forth = ("ArrowLeft", "ArrowRight") if is_slider(control) else ("ArrowUp", "ArrowDown")
    keys = ["Home", "End", back] if starts_at_its_end(control) else ["End", "Home", forth]
    data = []
    control.focus()
    for key in keys:
        page.keyboard.press(key)
        data.append(wait_for_frame(page, figure))
    return data


def by_mouse(page: Page, figure: ElementHandle, control: ElementHandle) -> list[str]:
    """Click and drag a slider, or choose from a list; return the plot's data after each."""
    if not is_slider(control):
        return choose(page, figure, control)
    from_share, to_share = (0.02, 0.98) if starts_at_its_end(control) else (0.98, 0.02)
    left, middle, width = center(control)
    page.mouse.click(left + from_share * width, middle)
    clicked = wait_for_frame(page, figure)
    page.mouse.down()
    page.mouse.move(left + 0.5 * width, middle, steps=3)
    page.mouse.move(left + to_share * width, middle, steps=3)
    page.mouse.up()
    return [clicked, wait_for_frame(page, figure)]


def by_touch(page: Page, figure: ElementHandle, control: ElementHandle) -> list[str]:
    """Tap both ends of a slider, or choose from a list; return the plot's data after each."""
    if not is_slider(control):
        return choose(page, figure, control)
    data = []
    for share in (0.02, 0.98) if starts_at_its_end(control) else (0.98, 0.02):
        left, middle, width = center(control)
        page.touchscreen.tap(left + share * width, middle)
        data.append(wait_for_frame(page, figure))
    return data


def choose(page: Page, figure: ElementHandle, control: ElementHandle) -> list[str]:
    """Choose a list's last and first entry (its menu is the system's, outside of the page)."""
    data, last = [], last_position(control)
    for index in (0, last) if starts_at_its_end(control) else (last, 0):
        control.select_option(index=index)
        data.append(wait_for_frame(page, figure))
    return data


def put(page: Page, figure: ElementHandle, control: ElementHandle, position: int) -> None:
    """Set a control by script, for the state from which another one is tried."""
    control.evaluate(
        "(control, position) => { control.value = position;"
        " control.dispatchEvent(new Event('input', {bubbles: true})); }",
        position,
    )
    wait_for_frame(page, figure)


def leaves_data_alone(data: list[str]) -> bool:
    return any(new == old for old, new in pairwise(data))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("move", "device"),
    [(by_keyboard, DESKTOP), (by_mouse, DESKTOP), (by_touch, PHONE)],
    ids=["keyboard", "mouse", "touch"],
)
def test_every_control_moves_its_figure(
    browser: Browser, site_url: str, name: str, move: Move, device: dict[str, Any]
) -> None:
    with visit(browser, address_of(site_url, name), **device) as page:
        lay_out(page)
        for figure in page.query_selector_all(".moving-figure"):
            controls = controls_of(figure)
            start = [int(control.input_value()) for control in controls]
            for control in controls:
                dead = leaves_data_alone(move(page, figure, control))
                if dead:  # it may wait for another one, as a seed does for noise
                    for other in controls:
                        put(page, figure, other, last_position(other) if other != control else 0)
                    dead = leaves_data_alone(move(page, figure, control))
                assert not dead, f"{name_of(figure, control)} leaves the data as they are"
                for other, position in zip(controls, start, strict=True):
                    put(page, figure, other, position)


def drag(page: Page, ring: ElementHandle, across: float, down: float) -> None:
    """Drag a handle by so many pixels."""
    left, middle, width = center(ring)
    page.mouse.move(left + width / 2, middle)
    page.mouse.down()
    page.mouse.move(left + width / 2 + across, middle + down, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("name", PAGES)
def test_every_handle_moves_its_figure(browser: Browser, site_url: str, name: str) -> None:
    with visit(browser, address_of(site_url, name), **DESKTOP) as page:
        lay_out(page)
        for figure in page.query_selector_all(".moving-figure:has(.moving-figure-hint)"):
            controls_of(figure)[0].press("Home")
            wait_for_frame(page, figure)
            for number, ring in enumerate(figure.query_selector_all(".moving-figure-handle")):
                for control in controls_of(figure):
                    put(page, figure, control, last_position(control) // 3)
                before = figure.evaluate(DATA)
                for way in ((90, 0), (-90, 0), (0, 90), (0, -90)):
                    drag(page, ring, *way)
                    if wait_for_frame(page, figure) != before:
                        break
                else:
                    pytest.fail(f"{figure.get_attribute('id')}: handle {number} moves nothing")
