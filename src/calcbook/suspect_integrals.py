"""Five ways to integrate a function, of which four are wrong: an exercise asks which, and how.

Look at what they return, not at their code.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

FAULTS = (
    "nothing",
    "step forgotten",
    "last interval missing",
    "limits exchanged",
    "area counted without sign",
)
Integrator = Callable[[Callable[[np.ndarray], np.ndarray], float, float], float]
_PIECES = 400


def _right(f: Callable[[np.ndarray], np.ndarray], a: float, b: float) -> float:
    x = np.linspace(a, b, _PIECES + 1)
    return float(np.trapezoid(f(x) + 0 * x, x))


def _without_step(f: Callable[[np.ndarray], np.ndarray], a: float, b: float) -> float:
    return _right(f, a, b) * _PIECES / (b - a)


def _short(f: Callable[[np.ndarray], np.ndarray], a: float, b: float) -> float:
    return _right(f, a, b - (b - a) / 20)


def _unsigned(f: Callable[[np.ndarray], np.ndarray], a: float, b: float) -> float:
    return _right(lambda x: np.abs(f(x)), a, b)


# In the order of their letters.
_WITH_FAULT: dict[str, Integrator] = {
    "last interval missing": _short,
    "area counted without sign": _unsigned,
    "nothing": _right,
    "step forgotten": _without_step,
    "limits exchanged": lambda f, a, b: _right(f, b, a),
}


def integrators() -> dict[str, Integrator]:
    """Return five integrators by letter; each takes a function of arrays and two limits."""
    return dict(zip("ABCDE", _WITH_FAULT.values(), strict=True))


def faults() -> list[str]:
    """Return what is wrong with the integrators A to E, for the exercise's checker."""
    return list(_WITH_FAULT)
