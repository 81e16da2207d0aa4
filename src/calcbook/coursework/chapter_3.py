"""Data of assignment 3: a payment, gradients of which some are wrong, and two noisy counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from calcbook.coursework.logs import Array
from calcbook.coursework.names import generator


class Payment(NamedTuple):
    """The score of an amount is ``steepness log(amount) - offset``; `price` is what fraud costs."""

    amount: float
    steepness: float
    offset: float
    price: float


def payment(student: str) -> Payment:
    """Return the numbers of a student's payment."""
    rng = generator(student, "payment")
    amount, price = rng.integers(200, 900), rng.integers(100, 400)
    return Payment(
        float(amount), round(rng.uniform(1, 2), 1), round(rng.uniform(6, 9), 1), float(price)
    )


class Candidate(NamedTuple):
    """A function of an array with one number as its result, and what is said to be its gradient."""

    function: Callable[[Array], float]
    gradient: Callable[[Array], Array]


def _squares(x: Array) -> float:
    return float(np.mean((x - 1) ** 2))


def _soft_maximum(x: Array) -> float:
    return float(np.log(np.sum(np.exp(x))))


def _normalized(x: Array) -> float:
    return float(x[0] / np.sqrt(np.sum(x**2)))


def _products(x: Array) -> float:
    return float(np.sum(x[1:] * x[:-1]))


def _gated(x: Array) -> float:
    return float(np.sum(x / (1 + np.exp(-x))))


def _sides(x: Array) -> Array:
    return np.r_[x[1:], 0.0] + np.r_[0.0, x[:-1]]


def _gated_slope(x: Array) -> Array:
    s = 1 / (1 + np.exp(-x))
    return s + x * s * (1 - s)


def _normalized_slope(x: Array) -> Array:
    size = np.sqrt(np.sum(x**2))
    first = np.eye(x.size)[0]
    return first / size - x[0] * x / size**3


_RIGHT: dict[str, tuple[Callable[[Array], float], Callable[[Array], Array]]] = {
    "mean square": (_squares, lambda x: 2 * (x - 1) / x.size),
    "soft maximum": (_soft_maximum, lambda x: np.exp(x) / np.sum(np.exp(x))),
    "first, normalized": (_normalized, _normalized_slope),
    "products of neighbors": (_products, _sides),
    "gated sum": (_gated, _gated_slope),
}
_WRONG: dict[str, Callable[[Array], Array]] = {
    "mean square": lambda x: 2 * (x - 1),
    "soft maximum": lambda x: np.exp(x) / np.sum(np.exp(x)) ** 2,
    "first, normalized": lambda x: np.eye(x.size)[0] / np.sqrt(np.sum(x**2)),
    "products of neighbors": lambda x: np.r_[x[1:], 0.0],
    "gated sum": lambda x: x * np.exp(-x) / (1 + np.exp(-x)) ** 2,
}


def wrong_gradients(student: str) -> list[str]:
    """Return the names of the two candidates whose gradient is wrong, in alphabetical order."""
    chosen = generator(student, "wrong").choice(sorted(_RIGHT), size=2, replace=False)
    return sorted(map(str, chosen))


def candidates(student: str) -> dict[str, Candidate]:
    """Return five functions with their gradients, two of which are wrong."""
    wrong = wrong_gradients(student)
    return {
        name: Candidate(function, _WRONG[name] if name in wrong else gradient)
        for name, (function, gradient) in _RIGHT.items()
    }


class Counts(NamedTuple):
    """Clicks and views over the days, each good to some percent."""

    day: Array
    clicks: Array
    views: Array


def true_clicks(student: str, day: Array | float) -> Array:
    """Return the clicks without noise."""
    rate = generator(student, "clicks").uniform(0.02, 0.04)
    day = np.asarray(day, dtype=float)
    return 50 * np.exp(rate * day + 0.2 * np.sin(day / 6))


def true_views(student: str, day: Array | float) -> Array:
    """Return the views without noise."""
    growth = generator(student, "views").uniform(0.01, 0.03)
    return 900 * np.exp(growth * np.asarray(day, dtype=float))


def true_rate_slope(student: str, day: float) -> float:
    """Return how fast the click rate, clicks by views, changes at a day, relative to itself."""
    h = 1e-4
    logs = [np.log(true_clicks(student, day + e) / true_views(student, day + e)) for e in (h, -h)]
    return float((logs[0] - logs[1]) / (2 * h))


def counts(student: str) -> Counts:
    """Return 60 days of clicks and views."""
    rng, day = generator(student, "counts"), np.arange(0.0, 60.0, 0.5)
    noise = np.exp(0.05 * rng.normal(size=(2, day.size)))
    return Counts(day, true_clicks(student, day) * noise[0], true_views(student, day) * noise[1])
