"""Data of assignment 6: weeks of sales with two settings that move together, and a budget."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from calcbook.coursework.logs import Array
from calcbook.coursework.names import generator

PLACE = (8.0, 10.0)


@dataclass(frozen=True)
class Market:
    """Units sold a week: ``level + gain log(spend) - sting price``, spend in thousand euros."""

    level: float
    gain: float
    sting: float

    def sold(self, settings: ArrayLike) -> Array:
        """Return the mean units sold, for settings of shape (n, 2): spend and price."""
        spend, price = np.asarray(settings, dtype=float).T
        return self.level + self.gain * np.log(spend) - self.sting * price

    def effect_of_spend(self, spend: float) -> float:
        """Return the units that one more thousand euros sells, with the price held."""
        return self.gain / spend


def market(student: str) -> Market:
    """Return a student's market."""
    rng = generator(student, "market")
    return Market(*(float(rng.uniform(*ends)) for ends in ((300, 400), (50, 70), (12, 16))))


def sales_log(student: str) -> tuple[Array, Array]:
    """Return the settings of 240 weeks, shape (240, 2), and the units sold.

    The price was cut in the weeks of a campaign, so that spend and price have a correlation of
    about -0.85.
    """
    rng = generator(student, "sales log")
    spend = rng.uniform(2, 12, 240)
    price = PLACE[1] - 0.45 * (spend - PLACE[0]) + 0.8 * rng.normal(size=spend.size)
    settings = np.column_stack([spend, price])
    return settings, market(student).sold(settings) + 2.0 * rng.normal(size=spend.size)


def budget(student: str) -> tuple[Array, float]:
    """Return the appetite of four models, and how many hours are shared among them."""
    rng = generator(student, "budget")
    return np.round(rng.uniform(1, 6, 4), 1), float(rng.integers(100, 400))
