"""Taylor polynomials whose coefficients are estimated from noisy samples, and how far they reach.

The samples are of a sine up to a moment; what follows is forecast by the Taylor polynomial about
that moment, from value, slope, curvature and third derivative of a fit by `pydelt`.
"""

from __future__ import annotations

import functools
import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pydelt.interpolation import SplineInterpolator

Array = NDArray[np.float64]

END = 5.2  # the last sample; there the sine rises, ever more steeply
SAMPLES = 200
ORDERS = (0, 1, 2, 3)
HORIZONS = np.round(np.arange(0.05, 2.01, 0.05), 2)


class Series(NamedTuple):
    """Samples up to `END`.

    Attributes
    ----------
    t, u : ndarray, shape (n,)
        Moments and noisy values.
    """

    t: Array
    u: Array


def series(noise: float, seed: int = 0) -> Series:
    """Return samples of a sine with noise of a standard deviation."""
    t = np.linspace(0, END, SAMPLES)
    return Series(t, np.sin(t) + noise * np.random.default_rng(seed).normal(size=t.size))


def true_coefficients(at: float) -> Array:
    """Return the derivatives of the sine of orders 0 to 3 at a moment, shape (4,)."""
    return np.sin(at + np.array(ORDERS) * np.pi / 2)


def estimated_derivatives(samples: Series, at: float) -> tuple[Array, Array]:
    """Return the derivatives of orders 0 to 3 at a moment and their standard deviations, (4,)."""
    # Of this order all four derivatives have a standard deviation.
    fit = SplineInterpolator(penalty_order=4, adaptive=False).fit(samples.t, samples.u)
    estimates = [fit] + [fit.differentiate(order=order) for order in ORDERS[1:]]
    where = np.array([at])
    values = [float(each(where)[0]) for each in estimates]
    return np.array(values), np.array([float(each.std(where)[0]) for each in estimates])


def forecast(derivatives: ArrayLike, order: int, ahead: ArrayLike) -> Array:
    """Return the Taylor polynomial of an order at times ``ahead`` of its center.

    Parameters
    ----------
    derivatives : array_like, shape (at least order + 1,)
    order : int
    ahead : array_like, shape (n,)
    """
    ahead = np.asarray(ahead, dtype=float)
    kept = np.asarray(derivatives, dtype=float)[: order + 1]
    return sum(
        (value / math.factorial(k) * ahead**k for k, value in enumerate(kept)),
        np.zeros_like(ahead),
    )


@functools.cache
def forecast_errors(noise: float, seeds: int = 20) -> Array:
    """Return the root mean square errors over data sets, shape (orders, horizons)."""
    truth = np.sin(END + HORIZONS)
    estimates = [estimated_derivatives(series(noise, seed), END)[0] for seed in range(seeds)]
    errors = np.array(
        [[forecast(each, order, HORIZONS) - truth for order in ORDERS] for each in estimates]
    )
    return np.asarray(np.sqrt(np.mean(errors**2, axis=0)))
