"""The exercises on neural ODEs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Function, Number
from calcbook.checks.tolerance import percent
from pydelt.interpolation import SplineInterpolator

# 8.17: decay with its rate, its start and its duration.
_RATE, _START, _DURATION = 0.5, 2.0, 1.0

# 8.20: where the decay was sampled, and the samples.
_TIMES, _SAMPLES = np.array([0.5, 1.0, 2.0]), np.array([0.7, 0.3, 0.2])


def _end() -> float:
    return float(_START * np.exp(-_RATE * _DURATION))


def _rates(sign_a: int = 1, sign_g: int = 1, power: int = 2) -> Callable[..., Any]:
    """Return the rates of state, adjoint and collected gradient for -theta u^3."""

    def rates(u: float, a: float, theta: float) -> list[float]:
        return [-theta * u**3, sign_a * 3 * theta * a * u**power, sign_g * a * u**3]

    return rates


def _growth_rate(*, from_samples: bool = False, at_ends: bool = False) -> float:
    t = np.linspace(0, 6, 121)
    noise = np.random.default_rng(8).normal(size=t.size)
    observed = 1 / (1 + 9 * np.exp(-1.5 * t)) + 0.05 * noise
    curve = SplineInterpolator().fit(t, observed)
    rate = np.gradient(observed, t) if from_samples else curve.differentiate()(t)
    u = observed if from_samples else curve(t)
    product = u if at_ends else u * (1 - u)
    return float(np.sum(rate * product) / np.sum(product**2))


def _gradient(samples: slice = slice(None), sign: int = -1) -> float:
    u = np.exp(-_TIMES)
    return float(np.sum((sign * (u - _SAMPLES) * _TIMES * u)[samples]))


EXERCISES = {
    "8.17": Exercise(
        Number(percent(0.5)),
        right=lambda: -_DURATION * _end() ** 2,
        hint="Solve for u, then for a backward from a(1) = u(1), then integrate a times ∂f/∂θ.",
        then="The product a u did not depend on time: for a linear field it never does.",
        mistakes=[
            Mistake(
                "sign of the field's slope",
                "The size is right. What is the sign of ∂f/∂θ?",
                made=lambda: _DURATION * _end() ** 2,
            ),
            Mistake(
                "by the state",
                "This is the derivative by the start u(0): the adjoint itself, at time 0.",
                made=lambda: _end() * np.exp(-_RATE * _DURATION),
            ),
            Mistake(
                "constant adjoint",
                "You left a at its end value. It changes on the way back: da/dt = θ a.",
                made=lambda: -_end() * (_START - _end()) / _RATE,
            ),
        ],
    ),
    "8.18": Exercise(
        Function(
            percent(0.01), cases=lambda: [(0.7, 1.3, 0.5), (-1.2, 0.4, 2.0), (2.0, -0.8, 1.5)]
        ),
        right=_rates,
        hint="The field, then minus a times ∂f/∂u, then minus a times ∂f/∂θ.",
        then="The rates are by forward time; the solver's negative step does the rest.",
        mistakes=[
            Mistake(
                "sign of the adjoint",
                "The adjoint's rate has the wrong sign: it is minus a times ∂f/∂u.",
                made=lambda: _rates(sign_a=-1),
            ),
            Mistake(
                "sign of the gradient",
                "g runs from the end time to 0: its rate is minus a times ∂f/∂θ.",
                made=lambda: _rates(sign_g=-1),
            ),
            Mistake(
                "field for its slope",
                "The adjoint's rate needs ∂f/∂u, whose power of u is one lower than that of f.",
                made=lambda: _rates(power=3),
            ),
        ],
    ),
    "8.19": Exercise(
        Number(percent(1)),
        right=_growth_rate,
        hint="Sum of u' times u(1 - u), divided by the sum of the squares of u(1 - u).",
        mistakes=[
            Mistake(
                "from the raw samples",
                "This comes from differences of the raw samples. Take value and slope of the fit.",
                made=lambda: _growth_rate(from_samples=True),
            ),
            Mistake(
                "exponential growth",
                "This is the rate of du/dt = r u. The factor 1 - u is missing.",
                made=lambda: _growth_rate(at_ends=True),
            ),
        ],
    ),
    "8.20": Exercise(
        Number(percent(1)),
        right=_gradient,
        hint="Which samples does a nudge of the state at time t change?",
        then="In code that keeps time steps, let the steps end on the samples.",
        mistakes=[
            Mistake(
                "last sample only",
                "That is what the faulty code gives: only the last sample is heard.",
                made=lambda: _gradient(slice(-1, None)),
            ),
            Mistake(
                "last sample forgotten",
                "The two earlier samples are there, and now the last one is missing.",
                made=lambda: _gradient(slice(0, -1)),
            ),
            Mistake(
                "sign of the misfit",
                "The size is right. A larger θ makes u smaller: does the loss rise or fall?",
                made=lambda: _gradient(sign=1),
            ),
        ],
    ),
}
