r"""Softmax with a temperature T, and how strongly its probabilities react to the scores.

:math:`p = \mathrm{softmax}(z/T)` has the Jacobian :math:`(\mathrm{diag}(p) - p p^\top)/T`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

Array = NDArray[np.float64]

SCORES = {
    "clear winner": (3.0, 1.0, 0.0, -1.0),
    "close race": (2.0, 1.8, 0.0, -1.0),
    "tie": (2.0, 2.0, 0.0, -1.0),
}


def tempered(scores: ArrayLike, temperature: float) -> Array:
    """Return softmax(scores / temperature) over the last axis.

    Parameters
    ----------
    scores : array_like, shape (..., k)
    temperature : float
        Above 0.
    """
    _check(temperature)
    return np.asarray(softmax(np.asarray(scores, dtype=float) / temperature, axis=-1))


def sensitivity(scores: ArrayLike, temperature: float) -> float:
    """Return the largest change of the probabilities for a change of the scores of length 1.

    To first order: the largest singular value of the Jacobian, shape (k, k).
    """
    p = tempered(scores, temperature)
    return float(np.linalg.norm((np.diag(p) - np.outer(p, p)) / temperature, 2))


def fitted_temperature(scores: ArrayLike, labels: ArrayLike) -> float:
    """Return the temperature under which the labels are most likely, between 0.05 and 50.

    Parameters
    ----------
    scores : array_like, shape (n, k)
    labels : array_like of int, shape (n,)
    """
    z, y = np.asarray(scores, dtype=float), np.asarray(labels)

    def loss(log_temperature: float) -> float:
        log_p = log_softmax(z / np.exp(log_temperature), axis=1)
        return float(-np.mean(log_p[np.arange(len(y)), y]))

    found = minimize_scalar(loss, bounds=(np.log(0.05), np.log(50)), method="bounded")
    return float(np.exp(found.x))


def _check(temperature: float) -> None:
    if not temperature > 0:
        raise ValueError(
            f"`temperature` must be above 0, got {temperature}; at 0 only the limit exists."
        )
