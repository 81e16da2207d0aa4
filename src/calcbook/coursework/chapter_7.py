"""Data of assignment 7: a wind vane, a rhythm sampled too slowly, and a closed flight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calcbook.coursework.logs import Array, Log
from calcbook.coursework.names import generator

Complex = NDArray[np.complex128]
HOURS = 10.0  # between two readings of the rhythm
LAP = 60.0  # seconds


def vane(student: str) -> Array:
    """Return 60 readings of a wind vane in whole degrees from 0 to 359; the wind is about north."""
    rng = generator(student, "vane")
    return np.round(rng.uniform(-20, 20) + 30 * rng.normal(size=60)) % 360


def rhythm_period(student: str) -> float:
    """Return the period in hours of a machine's rhythm."""
    return float(generator(student, "rhythm").uniform(11.5, 17))


def rhythm_log(student: str) -> Log:
    """Return 200 readings of the machine's load, one every ten hours."""
    rng, t = generator(student, "rhythm log"), np.arange(0.0, 200 * HOURS, HOURS)
    wave = np.sin(2 * np.pi * t / rhythm_period(student) + rng.uniform(0, 2 * np.pi))
    return Log(t, 400 + 30 * wave + 12 * rng.normal(size=t.size))


@dataclass(frozen=True)
class Flight:
    """A closed flight as a sum of arrows that turn, in meters; one lap takes `LAP` seconds."""

    turns: Array
    arrows: Complex

    def position(self, t: ArrayLike) -> Complex:
        """Return the places after t seconds, as complex numbers."""
        return self._sum(self.arrows, t)

    def speed(self, t: ArrayLike) -> Array:
        """Return the speed in m/s."""
        return np.abs(self._sum(self.arrows * 2j * np.pi * self.turns / LAP, t))

    def _sum(self, arrows: Complex, t: ArrayLike) -> Complex:
        return np.exp(2j * np.pi * np.multiply.outer(np.asarray(t) / LAP, self.turns)) @ arrows


def flight(student: str) -> Flight:
    """Return a student's flight."""
    rng = generator(student, "flight")
    lengths = np.array([30.0, 8.0, 5.0]) * rng.uniform(0.8, 1.2, 3)
    return Flight(np.array([1.0, -2.0, 4.0]), lengths * np.exp(2j * np.pi * rng.uniform(size=3)))


def flight_log(student: str) -> tuple[Array, Complex]:
    """Return the times of 240 readings over one lap, and the places with an error of 0.5 m."""
    rng, t = generator(student, "flight log"), LAP * np.arange(240) / 240
    noise = 0.5 * rng.normal(size=(2, t.size))
    return t, flight(student).position(t) + noise[0] + 1j * noise[1]
