r"""What adds up in a running sum of rates, and what blows up in differences of positions.

White noise of standard deviation :math:`\sigma` in rates taken every :math:`\Delta` seconds gives,
after a time t, a position that is off by :math:`\sigma\sqrt{\Delta\,t}`; a bias b gives
:math:`b\,t`. A speed from two positions that stand h apart, each with noise s, is off by
:math:`\sqrt2\,s/h`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import cumulative_trapezoid

Array = NDArray[np.float64]
SPACING, DURATION = 0.5, 200.0  # seconds
RUNS = 20


class Twins(NamedTuple):
    """Errors of both directions, as simulated.

    Attributes
    ----------
    time : ndarray, shape (n,)
    drift : ndarray, shape (runs, n)
        Error of the integrated rate.
    apart : ndarray, shape (k,)
        Distances h in time.
    shake : ndarray, shape (runs, k)
        Root mean square error of the speed from positions that far apart.
    """

    time: Array
    drift: Array
    apart: Array
    shake: Array


def twins(noise: float, bias: float, runs: int = RUNS) -> Twins:
    """Simulate sensors of rate and of position with the same noise and bias.

    Parameters
    ----------
    noise : float
        Standard deviation of every reading, in m/s for the rate and in m for the position.
    bias : float
        Added to every reading, in the same units.
    runs : int
        Seeds 0 to ``runs - 1``.
    """
    time = np.arange(0, DURATION + SPACING / 2, SPACING)
    errors = np.array(
        [
            bias + noise * np.random.default_rng(seed).standard_normal(time.size)
            for seed in range(runs)
        ]
    )
    drift = cumulative_trapezoid(errors, time, initial=0, axis=1)
    steps = np.unique(np.geomspace(1, time.size // 2, 16).round().astype(int))
    apart = steps * SPACING
    shake = [
        np.sqrt(np.mean((errors[:, k:] - errors[:, :-k]) ** 2, axis=1)) / (k * SPACING)
        for k in steps
    ]
    return Twins(time, np.asarray(drift), apart, np.transpose(shake))
