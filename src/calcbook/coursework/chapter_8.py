"""Data of assignment 8: a small classifier, a swing with an unknown law, and prices of a stock."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.integrate import solve_ivp

from calcbook.coursework.logs import Array, Log
from calcbook.coursework.names import generator

TERMS: dict[str, Callable[[Array, Array], Array]] = {
    "u": lambda u, v: u,
    "u³": lambda u, v: u**3,
    "v": lambda u, v: v,
    "v|v|": lambda u, v: v * np.abs(v),
}
DAYS = 252  # of trading in a year


class Classifier(NamedTuple):
    """A network with one hidden layer: the logit is ``v @ tanh(W @ x + b) + c``."""

    W: Array
    b: Array
    v: Array
    c: float

    def loss(self, x: Array, label: float) -> float:
        """Return the cross-entropy of an input of shape (4,) with the label 0 or 1."""
        logit = self.v @ np.tanh(self.W @ x + self.b) + self.c
        return float(np.logaddexp(0, logit) - label * logit)


def classifier(student: str) -> Classifier:
    """Return a student's network, with four inputs and six hidden units."""
    rng = generator(student, "classifier")
    W, b = 0.5 * rng.normal(size=(6, 4)), 0.3 * rng.normal(size=6)
    return Classifier(W, b, rng.normal(size=6), float(0.3 * rng.normal()))


def law(student: str) -> dict[str, float]:
    """Return the law of a student's swing: its acceleration is the sum of these terms."""
    rng = generator(student, "law")
    pull, friction = rng.choice(["u", "u³"]), rng.choice(["v", "v|v|"])
    return {str(pull): -float(rng.uniform(0.8, 1.6)), str(friction): -float(rng.uniform(0.15, 0.3))}


def swing_log(student: str) -> Log:
    """Return 500 readings of the swing's place u over 20 s, with an error of 0.01."""
    terms, t = law(student), np.linspace(0, 20, 500)

    def motion(_: float, state: Array) -> list[float]:
        u, v = state
        return [v, sum(size * TERMS[name](u, v) for name, size in terms.items())]

    path = solve_ivp(motion, (0, 20), [2.0, 0.0], t_eval=t, rtol=1e-8, atol=1e-10).y[0]
    return Log(t, path + 0.01 * generator(student, "swing log").normal(size=t.size))


def prices(student: str) -> Array:
    """Return the prices of a volatile stock on all trading days of ten years."""
    rng = generator(student, "prices")
    growth, volatility = rng.uniform(0.05, 0.2), rng.uniform(0.5, 0.8)
    steps = volatility * rng.normal(size=10 * DAYS) / np.sqrt(DAYS)
    drift = (growth - volatility**2 / 2) / DAYS
    return 100 * np.exp(np.r_[0, np.cumsum(drift + steps)])
