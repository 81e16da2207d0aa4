"""The bundle of a figure: what the static page needs to draw it and to move it, as JSON.

The start state is stored whole. Every other state is a frame that holds, by trace number and for
the layout, only the top-level entries that differ from the start; a missing entry is null.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from calcbook import style
from calcbook._controls import Control
from calcbook._ranges import Span, axis_key, data_span, union
from calcbook._states import THREE_D, FigureError, State, state
from calcbook.poster import margins, poster

MIME = "application/vnd.livebook.figure+json"
MAX_FRAMES = 150
MAX_DRAGGED = 700  # frames of a figure with handles: coarse steps would jerk under the finger
MAX_BYTES = 2_000_000


def bundle(
    draw: Callable[..., Any],
    controls: Sequence[Control],
    *,
    alt: str,
    height: int,
    fixed_axes: bool,
    handles: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Draw every state and return the bundle of version 1."""
    count = math.prod(len(control.values) for control in controls)
    most = MAX_DRAGGED if handles else MAX_FRAMES
    if count > most:
        sizes = " × ".join(f"{c.name}: {len(c.values)}" for c in controls)
        raise FigureError(
            f"{sizes} makes {count} states, and {most} are the most; shorten the lists."
        )
    states = [
        state(draw(**values), f"draw({_spelled(values)})") for values in _combinations(controls)
    ]
    start_index = int(
        np.ravel_multi_index(
            [control.start for control in controls], [len(control.values) for control in controls]
        )
        if controls
        else 0
    )
    _same_traces(states, start_index, controls)
    set_ranges(states, fixed_axes)
    data, layout = states[start_index]
    room = margins(data, layout, height)
    for _, other in states:
        other["margin"] = room
    image, twins = poster(data, layout, height=height)
    result = {
        "version": 1,
        "alt": alt,
        "height": height,
        "bundle": "gl3d" if any(trace["type"] in THREE_D for trace in data) else "cartesian",
        "controls": [control.described() for control in controls],
        "handles": list(handles),
        "data": data,
        "layout": layout,
        "frames": [_difference(one, states[start_index]) for one in states] if controls else [],
        "dark": used_colors(states) | twins,
        "poster": image,
    }
    size = len(json.dumps(result, separators=(",", ":")))
    if size > MAX_BYTES:
        raise FigureError(
            f"the figure takes {size / 1e6:.1f} MB, and {MAX_BYTES / 1e6:.0f} MB is the most: "
            "draw fewer points or fewer states."
        )
    return result


def _combinations(controls: Sequence[Control]) -> list[dict[str, Any]]:
    names = [control.name for control in controls]
    values = itertools.product(*(control.values for control in controls))
    return [dict(zip(names, choice, strict=True)) for choice in values]


def _spelled(values: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in values.items())


def _same_traces(states: list[State], start: int, controls: Sequence[Control]) -> None:
    kinds = [[trace["type"] for trace in data] for data, _ in states]
    for index, found in enumerate(kinds):
        if found != kinds[start]:
            combinations = _combinations(controls)
            raise FigureError(
                f"draw({_spelled(combinations[index])}) has traces {found}, but "
                f"draw({_spelled(combinations[start])}) has {kinds[start]}; "
                "draw the same traces for all values, with empty arrays where one is absent."
            )


def set_ranges(states: list[State], fixed: bool) -> None:
    """Write a range on every numeric axis that has none: one for all states where ``fixed``."""
    keys = {key for _, layout in states for key in layout if key[1:5] == "axis"}
    spans = [{key: data_span(data, layout, key) for key in keys} for data, layout in states]
    for one, (_, layout) in zip(spans, states, strict=True):
        for key in keys:
            partner = axis_key(layout.get(key, {}).get("matches", key[0] + key[5:]))
            if partner != key and partner in one:
                one[key] = one[partner] = union([one[key], one[partner]])
    for index, (_, layout) in enumerate(states):
        for key in keys & layout.keys():
            kin: list[Span | None] = [
                span[key]
                for span, (_, other) in zip(spans, states, strict=True)
                if other.get(key, {}).get("type") == layout[key].get("type")
            ]
            span = union(kin) if fixed else spans[index][key]
            if spans[index][key] is not None and span is not None:
                low, high = (float(f"{end:.6g}") for end in span)
                backwards = layout[key].pop("autorange", None) == "reversed"
                layout[key] = layout[key] | {"range": [high, low] if backwards else [low, high]}


def _difference(one: State, start: State) -> dict[str, Any]:
    result: dict[str, Any] = {}
    traces = {
        str(index): changed
        for index, (new, old) in enumerate(zip(one[0], start[0], strict=True))
        if (changed := _changed(new, old))
    }
    if traces:
        result["data"] = traces
    if layout := _changed(one[1], start[1]):
        result["layout"] = layout
    return result


def _changed(new: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    return {key: new.get(key) for key in new | old if new.get(key) != old.get(key)}


def used_colors(states: list[State]) -> dict[str, str]:
    """Return the dark twins of the colors that the figure uses."""
    text = json.dumps(states)
    return {light: dark for light, dark in style.LIGHT_TO_DARK.items() if f'"{light}"' in text}
