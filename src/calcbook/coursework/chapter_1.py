"""Data of assignment 1: a log with a jump, and a model with a tolerance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from calcbook.coursework.logs import Array, Log
from calcbook.coursework.names import generator


@dataclass(frozen=True)
class Discount:
    """Spending against a score; from `threshold` on there is a discount, which adds `jump`."""

    threshold: float
    jump: float
    noise: float = 4.0

    def spending(self, score: ArrayLike) -> Array:
        """Return the mean spending in euros."""
        x = (np.asarray(score, dtype=float) - self.threshold) / 100
        return 60 + 12 * x + 5 * np.sin(3 * x) + self.jump * (x >= 0)


def discount(student: str) -> Discount:
    """Return a student's discount."""
    rng = generator(student, "discount")
    return Discount(float(np.round(rng.uniform(450, 550))), float(rng.uniform(12, 20)))


def discount_log(student: str) -> Log:
    """Return the scores, from 300 to 700, and the spending of 600 customers."""
    rng, truth = generator(student, "discount log"), discount(student)
    score = np.sort(rng.uniform(300, 700, 600))
    return Log(score, truth.spending(score) + truth.noise * rng.normal(size=score.size))


def model(student: str) -> tuple[float, float, float]:
    """Return steepness, input and tolerance of a student's model, tanh(steepness x) + x²/10."""
    rng = generator(student, "model")
    steepness, at = rng.uniform(2, 4), rng.uniform(0.1, 0.4)
    return float(steepness), float(at), float(np.round(rng.uniform(0.1, 0.2), 3))
