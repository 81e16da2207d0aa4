"""Data of assignment 4: a noisy speed, scores of a classifier, and a pilot sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from calcbook.coursework.logs import Array, Log
from calcbook.coursework.names import generator


@dataclass(frozen=True)
class Trip:
    """A trip of ten minutes whose speed in m/s swings around a mean."""

    mean: float
    swing: float

    def speed(self, t: ArrayLike) -> Array:
        """Return the speed after t seconds."""
        return self.mean + self.swing * np.sin(2 * np.pi * np.asarray(t, dtype=float) / 400)

    def distance(self, t: float) -> float:
        """Return the way after t seconds, in m."""
        turned = 1 - np.cos(2 * np.pi * t / 400)
        return float(self.mean * t + self.swing * 400 / (2 * np.pi) * turned)


def trip(student: str) -> Trip:
    """Return a student's trip."""
    rng = generator(student, "trip")
    return Trip(mean=float(rng.uniform(8, 14)), swing=float(rng.uniform(3, 6)))


def speed_log(student: str) -> Log:
    """Return 200 readings of the speed at random times, with an error of 1 m/s each."""
    rng = generator(student, "speed log")
    t = np.sort(np.r_[0, rng.uniform(0, 600, 198), 600])
    return Log(t, trip(student).speed(t) + rng.normal(size=t.size))


def scored(student: str) -> tuple[Array, Array]:
    """Return the scores of 60 examples, rounded so that some are equal, and their labels 0 or 1."""
    rng = generator(student, "scores")
    labels = (rng.uniform(size=60) < 0.4).astype(float)
    return np.round(rng.normal(size=60) + 1.2 * labels, 1), labels


def pilot(student: str) -> tuple[Array, float]:
    """Return 200 values of a simulation, and the standard error that is wanted of its mean."""
    rng = generator(student, "pilot")
    values = rng.gamma(2.0, rng.uniform(1, 3), size=200)
    return values, float(np.round(values.std() / rng.uniform(60, 120), 3))
