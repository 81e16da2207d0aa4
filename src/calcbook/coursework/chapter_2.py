"""Data of assignment 2: noisy logs of which only the grading knows the truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from calcbook.coursework.logs import Array, Log
from calcbook.coursework.names import generator


def simulator_noise(student: str) -> float:
    """Return the standard deviation of the error in each call of a simulator."""
    return float(np.round(generator(student, "simulator").uniform(0.01, 0.1), 3))


@dataclass(frozen=True)
class Heater:
    """A heater that warms up exponentially: ``20 + rise (1 - exp(-pace t))``, t in minutes."""

    rise: float
    pace: float

    def temperature(self, t: ArrayLike) -> Array:
        """Return the temperature in °C."""
        return 20 + self.rise * (1 - np.exp(-self.pace * np.asarray(t, dtype=float)))

    def rate(self, t: ArrayLike) -> Array:
        """Return how fast it rises, in °C per minute."""
        return self.rise * self.pace * np.exp(-self.pace * np.asarray(t, dtype=float))


def heater(student: str) -> Heater:
    """Return a student's heater."""
    rng = generator(student, "heater")
    return Heater(rise=float(rng.uniform(50, 70)), pace=float(rng.uniform(0.15, 0.35)))


def heater_log(student: str) -> Log:
    """Return 200 readings at random times over 20 minutes, with noise of 1 °C."""
    rng = generator(student, "heater log")
    t = np.sort(rng.uniform(0, 20, 200))
    return Log(t, heater(student).temperature(t) + rng.normal(0, 1.0, t.size))


def steepest_time(student: str) -> float:
    """Return when a student's S-shaped log rises fastest."""
    return float(generator(student, "growth").uniform(3, 7))


def growth_log(student: str) -> Log:
    """Return 300 readings of an S-shaped growth over 10 days, with noise."""
    s = np.linspace(0, 10, 300)
    truth = 5 / (1 + np.exp(-2 * (s - steepest_time(student))))
    return Log(s, truth + generator(student, "growth log").normal(0, 0.15, s.size))
