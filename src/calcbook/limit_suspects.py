"""Functions whose tables near zero seem to tell a limit, most of them wrongly. For an exercise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

FAULTS = (
    "nothing",
    "rounding",
    "it oscillates between the entries",
    "far from settled",
    "the sides differ",
)


def _rounds(x: ArrayLike) -> Any:
    x = np.asarray(x, dtype=float)
    return (1 - np.cos(x)) / x**2


def _settles_slowly(x: ArrayLike) -> Any:
    return -1 / np.log(np.abs(np.asarray(x, dtype=float)))


def _sound(x: ArrayLike) -> Any:
    x = np.asarray(x, dtype=float)
    return np.expm1(x) / x


def _oscillates(x: ArrayLike) -> Any:
    return np.sin(np.pi / np.asarray(x, dtype=float))


def _has_two_sides(x: ArrayLike) -> Any:
    return np.arctan(1 / np.asarray(x, dtype=float))


_BEHIND = {
    "A": (_rounds, "rounding"),
    "B": (_settles_slowly, "far from settled"),
    "C": (_sound, "nothing"),
    "D": (_oscillates, "it oscillates between the entries"),
    "E": (_has_two_sides, "the sides differ"),
}


def functions() -> dict[str, Callable[[ArrayLike], Any]]:
    """Return the functions A to E; each takes numbers other than 0, alone or in an array."""
    return {name: function for name, (function, _) in _BEHIND.items()}


def faults() -> list[str]:
    """Return what is wrong with the tables of A to E, in this order."""
    return [fault for _, fault in _BEHIND.values()]
