r"""Bias and variance of a straight line fitted to a moving window, exactly.

At fixed positions, the local line's value and slope are linear in the samples: rows of matrices H.
With a signal f and white noise of variance :math:`\sigma^2`, the mean square error at a point is

.. math:: ((Hf)_i - f_i)^2 + \sigma^2 \sum_j H_{ij}^2,

bias squared plus variance, and no simulation is needed. The slope's is the same with the slope's
matrix and the true derivative.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calcbook.data import Samples
from pydelt.interpolation import LlaInterpolator

Array = NDArray[np.float64]
WINDOWS = (3, 5, 7, 9, 11, 13, 15, 17, 21, 25, 29, 33, 39, 45, 53, 61, 71, 83, 97)


class Errors(NamedTuple):
    """Mean square errors over all points, as shares of the mean square of what is estimated.

    Attributes
    ----------
    bias2, variance : ndarray, shape (windows,)
    """

    bias2: Array
    variance: Array

    @property
    def total(self) -> Array:
        """Return their sum, the mean square error."""
        return self.bias2 + self.variance


class Trade(NamedTuple):
    """What a window costs. `trade` makes it.

    Attributes
    ----------
    windows : ndarray of int, shape (windows,)
        Numbers of samples that each local line sees.
    value, derivative : Errors
        Of the line's value and of its slope.
    """

    windows: NDArray[np.int64]
    value: Errors
    derivative: Errors

    def best(self, which: str) -> int:
        """Return the window of least total error for the "value" or the "derivative"."""
        return int(self.windows[int(np.argmin(getattr(self, which).total))])


def pulse(n: int = 200, noise: float = 0.1, seed: int = 0) -> Samples:
    """Sample a pulse ``exp(-t²/2)``, evenly from -5 to 5.

    Parameters
    ----------
    n : int
    noise : float
        Standard deviation; the pulse's height is 1.
    seed : int
    """
    t = np.linspace(-5, 5, n)
    truth = np.exp(-0.5 * t**2)
    measured = truth + noise * np.random.default_rng(seed).normal(size=n)
    return Samples(t, measured, truth, -t * truth)


def smoothers(t: ArrayLike, window: int) -> tuple[Array, Array]:
    """Return the matrices that turn samples into the local line's values and slopes, (n, n) each.

    Parameters
    ----------
    t : array_like, shape (n,)
        Positions.
    window : int
        Number of samples that each line sees.
    """
    t = np.asarray(t, dtype=float)
    fit = LlaInterpolator(window=window, degree=1).fit(t, np.eye(t.size))
    return np.asarray(fit(t)), np.asarray(fit.differentiate()(t))


def trade(samples: Samples, noise: float, windows: Sequence[int] = WINDOWS) -> Trade:
    """Return bias and variance of the local line, for its value and its slope.

    Parameters
    ----------
    samples : Samples
        Of these only the positions and the truth are used.
    noise : float
        Standard deviation of the noise.
    windows : sequence of int
        At least 3 samples each.
    """
    rows = []
    for window in windows:
        pairs = zip(smoothers(samples.t, window), (samples.truth, samples.derivative), strict=True)
        for matrix, truth in pairs:
            size = np.mean(truth**2)
            bias2 = np.mean((matrix @ samples.truth - truth) ** 2)
            variance = noise**2 * np.mean(np.sum(matrix**2, axis=1))
            rows.append((bias2 / size, variance / size))
    parts = np.array(rows).reshape(-1, 2, 2)
    return Trade(np.array(windows), Errors(*parts[:, 0].T), Errors(*parts[:, 1].T))
