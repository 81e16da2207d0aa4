"""Data of assignment 5: a noisy curve with its Taylor coefficients, and a quadratic loss."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from calcbook.coursework.logs import Array, Log
from calcbook.coursework.names import generator


@dataclass(frozen=True)
class Curve:
    """A wave on a slope: ``level + lean t + height sin(pace t)``."""

    level: float
    lean: float
    height: float
    pace: float

    def derivative(self, t: ArrayLike, order: int) -> Array:
        """Return a derivative of order 0, 1 or 2."""
        t = np.asarray(t, dtype=float)
        wave = self.height * self.pace**order * np.sin(self.pace * t + order * np.pi / 2)
        line = (self.level + self.lean * t, self.lean + 0 * t, 0 * t)[order]
        return wave + line


def curve(student: str) -> Curve:
    """Return a student's curve."""
    rng = generator(student, "curve")
    return Curve(*(float(rng.uniform(*ends)) for ends in ((2, 4), (0.2, 0.5), (2, 3), (0.8, 1.2))))


def curve_log(student: str) -> Log:
    """Return 300 readings of the curve over 10 hours, with noise of 0.1."""
    rng, t = generator(student, "curve log"), np.linspace(0, 10, 300)
    return Log(t, curve(student).derivative(t, 0) + 0.1 * rng.normal(size=t.size))


def hessian(student: str) -> Array:
    """Return the Hessian, shape (4, 4), of a student's quadratic loss; it is positive definite."""
    rng = generator(student, "hessian")
    turn, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    return (turn * rng.uniform(0.5, 8.0, 4)) @ turn.T
