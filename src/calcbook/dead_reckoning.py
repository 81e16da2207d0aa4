"""A robot that finds its way by adding up what its sensors say, and the error that adds up too.

Speed and rate of turn are integrated twice over: the rate of turn to the heading, then speed along
the heading to the position.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import cumulative_trapezoid

Array = NDArray[np.float64]
LAP = 300.0  # seconds
SPACING = 0.1  # seconds between two readings
SPEED = 1.0  # m/s


class Drive(NamedTuple):
    """A drive as it was, or as it was reckoned. All arrays have shape (n,).

    Attributes
    ----------
    time : ndarray
        In s.
    heading : ndarray
        In radians, counted from the first.
    east, north : ndarray
        In m, from the start.
    """

    time: Array
    heading: Array
    east: Array
    north: Array


def turn_rate(time: Array) -> Array:
    """Return the true rate of turn in rad/s of a lap that ends where it began."""
    phase = 2 * np.pi * time / LAP
    return np.asarray(2 * np.pi / LAP * (1 + 1.6 * np.cos(3 * phase)))


def readings(noise: float, bias: float, seed: int = 0) -> tuple[Array, Array]:
    """Return times in s and what a gyroscope says of the rate of turn, in rad/s.

    Parameters
    ----------
    noise : float
        Standard deviation of the white noise in every reading, in degrees per second.
    bias : float
        What is added to every reading, in degrees per second.
    seed : int
    """
    time = np.arange(0, LAP + SPACING / 2, SPACING)
    errors = noise * np.random.default_rng(seed).standard_normal(time.size) + bias
    return time, turn_rate(time) + np.radians(errors)


def reckon(time: Array, rate: Array) -> Drive:
    """Integrate a rate of turn to headings, and the constant speed along them to positions.

    Parameters
    ----------
    time : ndarray, shape (n,)
        In s.
    rate : ndarray, shape (n,)
        In rad/s.
    """
    heading = cumulative_trapezoid(rate, time, initial=0)
    east, north = (
        cumulative_trapezoid(SPEED * part, time, initial=0)
        for part in (np.cos(heading), np.sin(heading))
    )
    return Drive(time, heading, east, north)


def drive(noise: float = 0.0, bias: float = 0.0, seed: int = 0) -> Drive:
    """Return the lap as it is reckoned from a gyroscope; with no errors, as it was."""
    return reckon(*readings(noise, bias, seed))


def missed_by(path: Drive) -> float:
    """Return how far from the start a reckoned lap ends, in m. The true lap ends at the start."""
    return float(np.hypot(path.east[-1], path.north[-1]))
