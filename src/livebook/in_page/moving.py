"""Figures that call Python again when the reader moves them.

An object that moves has a method `_livebook_frames_`. It returns an object whose method `at` takes
the number of a state, row-major over the controls, or None for the start, and returns that state as
a bundle of the figure's format.
"""

import json
from typing import Any

from livebook.figure_markup import drawn_data, figure_html
from livebook.in_page.messages import emit, libraries
from livebook.in_page.tracebacks import describe

_frames: list[Any] = []


def show_moving(figure: Any) -> None:
    """Show a figure in its first state and remember it."""
    frames = figure._livebook_frames_()
    bundle = frames.at(None)
    _frames.append(frames)
    show_bundle(bundle, moves=len(_frames) - 1 if bundle["controls"] else None)


def show_bundle(bundle: dict[str, Any], moves: int | None = None) -> None:
    """Show a figure; `moves` is its number if it moves."""
    show_bundle.shown += 1  # type: ignore[attr-defined]
    uid = f"live-figure-{show_bundle.shown}"  # type: ignore[attr-defined]
    html = figure_html(bundle, uid, drawn_data(bundle, libraries.get(bundle["bundle"], "")))
    start = 0
    for control in bundle["controls"]:
        start = start * len(control["labels"]) + control["start"]
    emit("figure", html=html, moves=moves, start=start)


show_bundle.shown = 0  # type: ignore[attr-defined]


def draw(number: int, index: int) -> str:
    """Return one state of a figure as JSON; its field `error` says why there is none."""
    try:
        return json.dumps(_frames[number].at(index))
    except BaseException as error:
        return json.dumps({"error": describe(error)["text"]})
