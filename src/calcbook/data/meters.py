"""Sensors of rates whose readings are to be added up: a water meter, a gyroscope with a bias."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Readings(NamedTuple):
    """Readings of a rate, with the truth beside them. The arrays have shape (n,).

    Attributes
    ----------
    t : ndarray
        Times of the readings, increasing, not evenly spread.
    rate : ndarray
        What was read.
    total : float
        The true integral of the rate from the first time to the last.
    """

    t: np.ndarray
    rate: np.ndarray
    total: float


def water_meter(noise: float = 1.5, seed: int = 0) -> Readings:
    """Read the flow through a pipe in liters per minute, at 90 random moments of an hour.

    Parameters
    ----------
    noise : float
        Standard deviation of a reading, in liters per minute.
    seed : int
        Of the moments and of the noise.
    """
    rng = np.random.default_rng(seed)
    t = np.concatenate([[0.0], np.sort(rng.uniform(0, 60, 88)), [60.0]])
    flow = 10 + 6 * np.sin(2 * np.pi * t / 40)
    # The antiderivative of the flow, taken at both ends.
    total = 600 + 6 * 40 / (2 * np.pi) * (1 - np.cos(2 * np.pi * 60 / 40))
    return Readings(t, flow + noise * rng.standard_normal(t.size), float(total))


class Turn(NamedTuple):
    """A gyroscope's readings, first at rest and then in motion.

    Attributes
    ----------
    rest, motion : ndarray, shapes (n,) and (m,)
        Rates of turn in degrees per second.
    spacing : float
        Seconds between two readings.
    turned : float
        By how much the device really turned while in motion, in degrees.
    """

    rest: np.ndarray
    motion: np.ndarray
    spacing: float
    turned: float


def gyroscope(noise: float = 0.5, bias: float = 0.3, seed: int = 0) -> Turn:
    """Read a gyroscope for 30 s at rest and then for 120 s in motion, ten times a second.

    Parameters
    ----------
    noise, bias : float
        Standard deviation of a reading, and what is added to each, in degrees per second.
    seed : int
    """
    rng = np.random.default_rng(seed)
    spacing, resting, moving = 0.1, 300, 1200
    t = spacing * (np.arange(moving) + 0.5)
    rate = 3 * np.sin(2 * np.pi * t / 240)  # half a period: a turn one way only
    errors = bias + noise * rng.standard_normal(resting + moving)
    return Turn(errors[:resting], rate + errors[resting:], spacing, float(spacing * rate.sum()))
