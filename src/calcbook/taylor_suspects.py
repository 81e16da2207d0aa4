"""Five second-order Taylor polynomials of one function of three variables, four of them faulty.

For the exercise in which a student finds the fault of each by how its error grows with the step.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Polynomial = Callable[[ArrayLike], float]

CENTER = np.array([0.4, -0.3, 0.7])
FAULTS = (
    "nothing",
    "value of another point",
    "gradient of another point",
    "half forgotten",
    "mixed derivatives forgotten",
)
_OF = {
    "A": "gradient of another point",
    "B": "mixed derivatives forgotten",
    "C": "nothing",
    "D": "value of another point",
    "E": "half forgotten",
}
_AWAY = CENTER + np.array([0.05, 0.02, -0.04])


def f(x: ArrayLike) -> float:
    """Return the function at a point, shape (3,)."""
    a, b, c = np.asarray(x, dtype=float)
    return float(np.sin(a + 2 * b) * np.exp(c) + a * c**2)


def _gradient(x: Array) -> Array:
    a, b, c = x
    s, k, e = np.sin(a + 2 * b), np.cos(a + 2 * b), np.exp(c)
    return np.array([k * e + c**2, 2 * k * e, s * e + 2 * a * c])


def _hessian(x: Array) -> Array:
    a, b, c = x
    s, k, e = np.sin(a + 2 * b), np.cos(a + 2 * b), np.exp(c)
    return np.array(
        [
            [-s * e, -2 * s * e, k * e + 2 * c],
            [-2 * s * e, -4 * s * e, 2 * k * e],
            [k * e + 2 * c, 2 * k * e, s * e + 2 * a],
        ]
    )


def polynomials() -> dict[str, Polynomial]:
    """Return the five polynomials, by letter: each takes a step away from `CENTER`, shape (3,)."""
    return {letter: _polynomial(fault) for letter, fault in _OF.items()}


def faults() -> list[str]:
    """Return the faults of A to E, in this order."""
    return list(_OF.values())


def _polynomial(fault: str) -> Polynomial:
    value = f(_AWAY if fault == "value of another point" else CENTER)
    g = _gradient(_AWAY if fault == "gradient of another point" else CENTER)
    H = _hessian(CENTER)
    if fault == "mixed derivatives forgotten":
        H = np.diag(np.diag(H))
    share = 1.0 if fault == "half forgotten" else 0.5

    def polynomial(step: ArrayLike) -> float:
        s = np.asarray(step, dtype=float)
        return float(value + g @ s + share * s @ H @ s)

    return polynomial
