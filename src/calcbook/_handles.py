"""Handles: places in a moving figure that the reader drags, as another way to move its controls."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from calcbook._controls import Control
from calcbook._plain import plain
from calcbook._ranges import axis_key


@dataclass(frozen=True)
class Handle:
    """A place that the reader drags; the figure shows the state whose place is nearest.

    Parameters
    ----------
    at : callable
        From values of controls, which its parameters name, to the place ``(x, y)`` in data units;
        not finite where there is none.
    moves : sequence of str
        The controls that dragging moves, all parameters of ``at`` by default. The others stay.
    axes : (str, str)
        The plot it stands in, such as ``("x2", "y2")``.

    Examples
    --------
    A point on a parabola, where `x` is a control:

    >>> handle = Handle(lambda x: (x, x**2))
    >>> handle.described([Control([1, 2]).named("x")])["places"]
    [[1, 1], [2, 4]]
    """

    at: Callable[..., tuple[float, float]]
    moves: Sequence[str] = ()
    axes: tuple[str, str] = ("x", "y")

    def described(self, controls: Sequence[Control]) -> dict[str, Any]:
        """Return the handle's entry in the bundle: a place for every state, in their order.

        Raises
        ------
        ValueError
            If ``at`` or ``moves`` name what is no control, or ``moves`` what does not move it.
        """
        names = [control.name for control in controls]
        needs = list(inspect.signature(self.at).parameters)
        moves = list(self.moves) or needs
        if unknown := [name for name in (*needs, *moves) if name not in names]:
            raise ValueError(
                f"a handle asks for {unknown[0]!r}, and the controls are {', '.join(names)}."
            )
        if idle := [name for name in moves if name not in needs]:
            raise ValueError(
                f"a handle moves {idle[0]!r}, but its place does not depend on it; "
                "name it among the parameters of `at`."
            )
        states = itertools.product(*(control.values for control in controls))
        values = (dict(zip(names, state, strict=True)) for state in states)
        places = (plain([float(v) for v in self.at(**{n: v[n] for n in needs})]) for v in values)
        return {
            "moves": [names.index(name) for name in moves],
            "axes": [axis_key(axis) for axis in self.axes],
            "places": [None if None in place else place for place in places],
        }
