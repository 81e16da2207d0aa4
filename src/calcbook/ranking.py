"""The ROC curve of a score, and its area computed in two ways."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def scores(separation: float, n: int = 200, seed: int = 0) -> tuple[Array, Array]:
    """Draw scores of n negatives and n positives, normal with standard deviation 1.

    Parameters
    ----------
    separation : float
        By how much the mean of the positives is higher.
    n : int
    seed : int
    """
    noise = np.random.default_rng(seed).standard_normal((2, n))
    return noise[0], noise[1] + separation


def roc(negatives: ArrayLike, positives: ArrayLike) -> tuple[Array, Array]:
    """Return false and true positive rates as the threshold falls over every score.

    Parameters
    ----------
    negatives, positives : array_like, shapes (n,) and (p,)

    Returns
    -------
    false_rate, true_rate : ndarray, shape (k,)
        From (0, 0) to (1, 1). Tied scores pass the threshold together.
    """
    negatives, positives = np.sort(negatives), np.sort(positives)
    thresholds = np.unique(np.concatenate([negatives, positives]))[::-1]
    rates = [
        np.concatenate([[0.0], 1 - np.searchsorted(each, thresholds) / each.size])
        for each in (negatives, positives)
    ]
    return rates[0], rates[1]


def area(negatives: ArrayLike, positives: ArrayLike) -> float:
    """Return the area below the ROC curve, by the trapezoid rule."""
    false_rate, true_rate = roc(negatives, positives)
    return float(np.trapezoid(true_rate, false_rate))
