"""Customers with and without a discount, which is given from a score of 700 on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

THRESHOLD, EFFECT = 700.0, 12.0  # the score it takes; what the discount adds, in euros a month


class Customers(NamedTuple):
    """What is known of the customers, sorted by score. Both arrays have shape (n,).

    Attributes
    ----------
    score : ndarray
        Credit score, between 600 and 800.
    spend : ndarray
        What they spend, in euros a month.
    """

    score: Array
    spend: Array


def discount(n: int = 400, seed: int = 0) -> Customers:
    """Simulate customers whose spending grows with their score, discount or not.

    Parameters
    ----------
    n : int
        Number of customers, at least 2.
    seed : int
    """
    if n < 2:
        raise ValueError(f"`n` must be at least 2 customers, got {n}.")
    rng = np.random.default_rng(seed)
    score = np.sort(rng.uniform(600, 800, n))
    above = (score - 600) / 200
    trend = 40 + 30 * above + 20 * above**2
    noise = 3 * rng.normal(size=n)
    return Customers(score, trend + EFFECT * (score >= THRESHOLD) + noise)
