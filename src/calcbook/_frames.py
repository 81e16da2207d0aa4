"""States of a figure drawn one at a time, for a page whose Python answers the reader's moves.

The static page holds all states, drawn beforehand. Where Python runs beside the page, only those
are drawn that the reader asks for. An axis that is to stand still then holds all states seen so
far: it can grow, and never shrinks.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import numpy as np

from calcbook._bundle import set_ranges, used_colors
from calcbook._states import THREE_D, State, state
from calcbook.poster import margins

if TYPE_CHECKING:
    from calcbook.figures import MovingFigure


class Frames:
    """The states of one figure; `at` draws one."""

    def __init__(self, figure: MovingFigure) -> None:
        self._figure = figure
        self._shape = [len(control.values) for control in figure.controls]
        self._seen: dict[int, State] = {}

    def at(self, index: int | None = None) -> dict[str, Any]:
        """Return the bundle of one state, with no frames and no poster.

        Parameters
        ----------
        index : int, optional
            Row-major over the controls, the last one fastest; by default the start.

        Raises
        ------
        FigureError
            If the drawing is no figure that can be shown.
        """
        figure = self._figure
        start = [control.start for control in figure.controls]
        places = start if index is None else [int(i) for i in np.unravel_index(index, self._shape)]
        values = {c.name: c.values[i] for c, i in zip(figure.controls, places, strict=True)}
        number = int(np.ravel_multi_index(places, self._shape)) if self._shape else 0
        self._seen[number] = state(figure.draw(**values), f"draw({values})")
        states = deepcopy([*self._seen.values()])
        set_ranges(states, figure.fixed_axes)
        data, layout = states[list(self._seen).index(number)]
        rooms = [margins(*one, figure.height) for one in states]
        layout["margin"] = {side: max(room[side] for room in rooms) for side in rooms[0]}
        return {
            "version": 1,
            "alt": figure.alt,
            "height": figure.height,
            "bundle": "gl3d" if any(trace["type"] in THREE_D for trace in data) else "cartesian",
            "controls": [control.described() for control in figure.controls],
            "handles": figure.handles,
            "data": data,
            "layout": layout,
            "frames": [],
            "dark": used_colors(states),
            "poster": "",
        }
