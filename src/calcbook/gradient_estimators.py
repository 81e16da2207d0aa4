r"""Two estimates of the gradient of an expectation, and what they scatter.

For :math:`x = \theta + s\varepsilon` with standard normal :math:`\varepsilon` in d dimensions, the
gradient of :math:`\mathbb E[f(x)]` with respect to :math:`\theta` is both
:math:`\mathbb E[\nabla f(x)]` (reparameterized) and
:math:`\mathbb E[(f(x) - b)\,\varepsilon / s]` for any constant b (score function).

References
----------
Mohamed, Rosca, Figurnov & Mnih, "Monte Carlo gradient estimation in machine learning", Journal of
Machine Learning Research 21 (2020).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ESTIMATORS = ("reparameterized", "score function", "score function with a baseline")
WIDTH = 0.5  # s
START = 1.0  # every entry of θ


def loss(x: Array) -> Array:
    """Return the sum of squares over the last axis."""
    return np.asarray(np.sum(x**2, axis=-1))


def estimates(
    estimator: str, dimension: int, samples: int, repeats: int = 200, seed: int = 0
) -> Array:
    """Return independent estimates of the gradient's first entry, whose true value is 2 θ₁.

    Parameters
    ----------
    estimator : str
        One of `ESTIMATORS`. The baseline is the mean loss of the *other* samples, which keeps the
        estimate unbiased; it needs two samples at least.
    dimension : int
    samples : int
        How many samples are averaged for one estimate.
    repeats : int
    seed : int

    Returns
    -------
    ndarray, shape (repeats,)
    """
    if estimator not in ESTIMATORS:
        raise ValueError(
            f"`estimator` is {estimator!r}; choose one of {', '.join(map(repr, ESTIMATORS))}."
        )
    if estimator == ESTIMATORS[2] and samples < 2:
        raise ValueError("`samples` must be at least 2: the baseline is the mean of the others.")
    noise = np.random.default_rng(seed).standard_normal((repeats, samples, dimension))
    x = START + WIDTH * noise
    if estimator == ESTIMATORS[0]:
        return np.asarray(np.mean(2 * x[..., 0], axis=1))
    value = loss(x)
    if estimator == ESTIMATORS[2]:
        value = value - (value.sum(axis=1, keepdims=True) - value) / (samples - 1)
    return np.asarray(np.mean(value * noise[..., 0] / WIDTH, axis=1))
