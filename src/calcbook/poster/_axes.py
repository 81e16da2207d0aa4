"""One axis of a poster: from data to shares of its length, and its ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from calcbook._ranges import axis_key, numbers
from calcbook.poster._svg import width_of
from calcbook.poster._ticks import Tick, ticks

FONT_SIZE = 13
NOMINAL_WIDTH = 700  # pixels of the whole figure, for which ticks are chosen


def equal_ratio(layout: dict[str, Any]) -> float | None:
    """Return width over height of a plot whose axes have equal units, None for any other."""
    axes = [layout[key] for key in sorted(layout) if key[1:5] == "axis"]
    if len(axes) != 2 or not any("scaleanchor" in axis for axis in axes):
        return None
    if not all("range" in axis for axis in axes):
        return None  # categories have no unit
    (x0, x1), (y0, y1) = (axis["range"] for axis in axes)
    return float(abs(x1 - x0) / abs(y1 - y0))


class Axis:
    """An x or y axis of a plotly layout.

    Parameters
    ----------
    key : str
        Name in the layout, such as ``yaxis2``.
    layout : dict
        The figure's layout.
    data : list of dict
        The figure's traces; they tell the categories.
    height : int
        Height of the whole figure in pixels.
    """

    def __init__(
        self, key: str, layout: dict[str, Any], data: list[dict[str, Any]], height: int
    ) -> None:
        self.key = key
        self.horizontal = key[0] == "x"
        self.options: dict[str, Any] = layout.get(key, {})
        self.log = self.options.get("type") == "log"
        self.domain: Sequence[float] = self.options.get("domain", (0, 1))
        margin = layout["margin"]
        inner = {"x": NOMINAL_WIDTH - margin["l"] - margin["r"]}
        inner["y"] = height - margin["t"] - margin["b"]
        if ratio := equal_ratio(layout):
            inner["x"] = min(inner["x"], inner["y"] * ratio)
            inner["y"] = inner["x"] / ratio
        self.length = (self.domain[1] - self.domain[0]) * inner[key[0]]
        self.categories = self._categories(data)
        if self.categories:
            span = (-0.5, len(self.categories) - 0.5)
            backwards = self.options.get("autorange") == "reversed"
            self.range = self.options.get("range", span[::-1] if backwards else span)
        elif "range" in self.options:
            self.range = self.options["range"]
        else:
            raise ValueError(
                f"{key} has neither numbers nor categories, so the poster cannot draw it; "
                "use numbers or strings, or set the axis' range."
            )

    def _categories(self, data: list[dict[str, Any]]) -> list[str]:
        letter = self.key[0]
        own = [t for t in data if axis_key(t.get(f"{letter}axis", letter)) == self.key]
        named = [t.get(letter, ()) for t in own]
        if self.options.get("type") != "category" and all(numbers(v) is not None for v in named):
            return []
        found = dict.fromkeys(str(item) for values in named for item in values)
        return list(dict.fromkeys([*map(str, self.options.get("categoryarray", ())), *found]))

    def units(self, values: Any) -> np.ndarray:
        """Return data as positions in axis units: decades on a log axis, places of categories."""
        flat = list(np.ravel(np.asarray(values, dtype=object)))
        if self.categories:
            place = {name: index for index, name in enumerate(self.categories)}
            return np.array([place.get(str(v), v) for v in flat], dtype=float)
        array = np.array([np.nan if v is None else v for v in flat], dtype=float)
        if self.log:
            with np.errstate(divide="ignore", invalid="ignore"):
                array = np.where(array > 0, np.log10(array), np.nan)
        return array

    def share(self, units: Any) -> np.ndarray:
        """Return positions in axis units as shares of the axis, 0 at its left or lower end."""
        low, high = self.range
        return (np.asarray(units, dtype=float) - low) / (high - low)

    def shares(self, values: Any) -> np.ndarray:
        """Return data as shares of the axis."""
        return self.share(self.units(values))

    @property
    def ticks(self) -> list[Tick]:
        """Return every tick in range, its place as a share of the axis, its size in pixels."""
        if self.categories and "tickvals" not in self.options:
            step = math.ceil(max(1, len(self.categories) * 16 / self.length))
            named = list(enumerate(self.categories))[::step]
            marks = [Tick(place, name) for place, name in named]
        else:
            options = {**self.options, "range": self.range}
            marks = ticks(options, self.length, self.horizontal)
        font = self.options.get("tickfont", {}).get("size", FONT_SIZE)
        placed = [Tick(float(self.share(t.place)), t.label, font * t.size) for t in marks]
        return [tick for tick in placed if -1e-6 <= tick.place <= 1 + 1e-6]

    @property
    def label_width(self) -> float:
        """Return the estimated width of the widest tick label in pixels, 0 where none is shown."""
        shown = self.ticks if self.labeled else []
        return max((width_of(tick.label, tick.size) for tick in shown), default=0.0)

    @property
    def title(self) -> str:
        """Return the axis' title, or an empty string."""
        return str(self.options.get("title", {}).get("text") or "")

    @property
    def labeled(self) -> bool:
        """Return whether tick labels are shown."""
        return bool(self.options.get("showticklabels", True))
