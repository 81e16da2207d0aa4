"""The exercises on normalizing flows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.stats import norm

from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Function, Number
from calcbook.checks.tolerance import percent
from pydelt.interpolation import SplineInterpolator

# 8.29: where the density is asked for. 8.32: shift and scale of x over z.
_AT = 3.0
_SHIFT, _SCALE = 1.0, 0.5


def _coupling(last: Callable[[float], float]) -> Callable[..., Any]:
    """Return a layer whose third output is ``last`` of x1."""
    return lambda x1, x2: [x1, x2 * np.exp(np.sin(x1)) + x1**2, last(x1)]


def _density(order: int = 1) -> float:
    sample = np.sort(np.random.default_rng(31).exponential(size=400))
    ranks = (np.arange(400) + 0.5) / 400
    spline = SplineInterpolator().fit(sample[10::20], ranks[10::20])
    return float(spline.differentiate(order=order)(1.0))


def _distribution() -> float:
    sample = np.random.default_rng(31).exponential(size=400)
    return float(np.mean(sample < 1))


def _log_density(sign: int = 1) -> Callable[..., Any]:
    return lambda x: norm.logpdf((x - _SHIFT) / _SCALE) - sign * np.log(_SCALE)


EXERCISES = {
    "8.29": Exercise(
        Number(percent(0.5)),
        right=lambda: norm.pdf(np.log(_AT)) / _AT,
        hint="z = ln x. Which factor does the change of variables bring?",
        mistakes=[
            Mistake(
                "determinant left out",
                "This is the density of z at ln 3. The factor |dz/dx| is missing.",
                made=lambda: norm.pdf(np.log(_AT)),
            ),
            Mistake(
                "determinant of the way back",
                "You multiplied by |dx/dz|. Needed is |dz/dx|.",
                made=lambda: norm.pdf(np.log(_AT)) * _AT,
            ),
        ],
    ),
    "8.30": Exercise(
        Function(percent(0.01), cases=lambda: [(0.4, 1.2), (-1.3, 0.7), (2.0, -0.6)]),
        right=lambda: _coupling(np.sin),
        hint="The Jacobian is triangular: its determinant is the product of its diagonal.",
        mistakes=[
            Mistake(
                "determinant for its logarithm",
                "The third number is the determinant itself. Asked is its logarithm.",
                made=lambda: _coupling(lambda x1: np.exp(np.sin(x1))),
            ),
            Mistake(
                "sign of the log-determinant",
                "This is the log-determinant of the way back.",
                made=lambda: _coupling(lambda x1: -np.sin(x1)),
            ),
        ],
    ),
    "8.31": Exercise(
        Number(percent(1)),
        right=_density,
        hint="Ranks over sorted values, a spline, its derivative at 1.",
        mistakes=[
            Mistake(
                "distribution for density",
                "This is the share of the sample below 1. The density is its derivative.",
                made=_distribution,
            ),
            Mistake(
                "second derivative",
                "This is the slope of the density. One derivative too many.",
                made=lambda: _density(2),
            ),
        ],
    ),
    "8.32": Exercise(
        Function(percent(0.1), cases=lambda: [(x,) for x in (-0.4, 0.3, 1.0, 1.9)], arrays=True),
        right=_log_density,
        hint="The determinant belongs to the map from x to z.",
        mistakes=[
            Mistake(
                "as it was",
                "That is the faulty one still: its determinant is that of the way back.",
                made=lambda: _log_density(-1),
            ),
            Mistake(
                "determinant left out",
                "Now the determinant is missing altogether: this integrates to one half.",
                made=lambda: _log_density(0),
            ),
        ],
    ),
}
