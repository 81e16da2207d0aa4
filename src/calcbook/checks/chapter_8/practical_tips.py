"""The exercises of the page with practical tips."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Choice, Function, Number
from calcbook.checks.tolerance import percent, within
from calcbook.gradient_check import check_gradient
from pydelt.finite_difference import finite_difference
from pydelt.interpolation import SplineInterpolator

# 8.37: equal scores.
_SCORE, _COUNT = 1000.0, 4

# 8.39: where the slope of a sine is asked for.
_AT = 2 * np.pi

Report = tuple[Callable[[NDArray], Any], Callable[[NDArray], NDArray], NDArray]


def _cross_entropy(z: Any, y: Any) -> Any:
    return np.logaddexp(0, z) - y * z


def _as_written(z: Any, y: Any) -> Any:
    with np.errstate(all="ignore"):
        p = 1 / (1 + np.exp(-np.asarray(z, dtype=float)))
        return -y * np.log(p) - (1 - y) * np.log(1 - p)


def _clipped(z: Any, y: Any) -> Any:
    with np.errstate(all="ignore"):
        p = np.clip(1 / (1 + np.exp(-np.asarray(z, dtype=float))), 1e-7, 1 - 1e-7)
    return -y * np.log(p) - (1 - y) * np.log(1 - p)


def _scores_and_labels() -> list[tuple[float, float]]:
    return [(0.3, 1.0), (-2.0, 1.0), (1.5, 0.0), (800.0, 0.0), (-750.0, 1.0), (900.0, 1.0)]


def spoiled_record(seed: int = 7) -> tuple[NDArray, NDArray]:
    """Return times (100,) and a noisy sine of which a dozen readings are wild."""
    rng = np.random.default_rng(seed)
    t = np.linspace(0, 4 * np.pi, 100)
    u = np.sin(t) + 0.1 * rng.standard_normal(100)
    wild = np.r_[rng.choice(100, 10, replace=False), 52, 53]
    u[wild] += rng.choice([-2, 2], 12)
    return t, u


def _slope(**settings: Any) -> float:
    fit = SplineInterpolator(**settings).fit(*spoiled_record())
    return float(fit.differentiate(order=1)(_AT))


def _difference() -> float:
    t, u = spoiled_record()
    return float(np.interp(_AT, t, finite_difference(u, t)))


def checked_gradients() -> dict[str, Report]:
    """Return four losses with hand-written gradients, and the point where each was checked."""
    point = np.array([0.3, -0.7, 1.1])
    return {
        "A": (
            lambda x: np.sum(np.maximum(x, 0)),
            lambda x: np.where(x > 0, 1.0, 0.0),
            np.array([0.5, -1.0, 1e-9]),
        ),
        "B": (lambda x: 1e-6 * np.sum(x**2), lambda x: 1e-6 * x, point),
        "C": (lambda x: np.sum(np.sin(np.float32(x))), np.cos, point),
        "D": (
            lambda x: np.sum(np.logaddexp(0, x)),
            lambda x: 1 / (1 + np.exp(x)),
            point,
        ),
    }


def _wrong_gradients() -> set[str]:
    """Return the gradients that fail at a point where none of the losses has a corner."""
    return {
        name
        for name, (loss, gradient, point) in checked_gradients().items()
        if not check_gradient(loss, gradient, point + 0.05)
    }


EXERCISES = {
    "8.37": Exercise(
        Number(within(0.01)),
        right=lambda: _SCORE + np.log(_COUNT),
        hint="Take the largest score out of the sum. What is left in it?",
        then="No computer was needed, and exp(1000) never appeared.",
        mistakes=[
            Mistake(
                "largest score alone",
                "That is the largest score. Four equal terms are more than one.",
                made=lambda: _SCORE,
            ),
            Mistake(
                "score not put back",
                "That is the sum after the largest score was taken out. Put it back.",
                made=lambda: np.log(_COUNT),
            ),
            Mistake(
                "another base",
                "The logarithm is to be the natural one.",
                made=lambda: _SCORE + np.log2(_COUNT),
            ),
        ],
    ),
    "8.38": Exercise(
        Function(percent(0.001), cases=_scores_and_labels, arrays=True),
        right=lambda: _cross_entropy,
        hint="Insert the sigmoid by hand and simplify: log(1 + exp(z)) - y z. Then mind large z.",
        then="Libraries call it cross-entropy with logits, and now you know why it wants logits.",
        mistakes=[
            Mistake(
                "clipped",
                "You clipped the probability. Now nothing overflows, and a confident mistake costs "
                "a constant: no gradient tells the model about it.",
                made=lambda: _clipped,
            ),
            Mistake(
                "labels exchanged",
                "The two labels are exchanged: y = 1 wants a large score.",
                made=lambda: lambda z, y: _cross_entropy(z, 1 - y),
            ),
            Mistake(
                "sigmoid in place of score",
                "The term with the label contains the score itself, not the probability.",
                made=lambda: lambda z, y: np.logaddexp(0, z) - y * (0.5 + 0.5 * np.tanh(z / 2)),
            ),
        ],
    ),
    "8.39": Exercise(
        Number(within(0.12)),
        right=lambda: float(np.cos(_AT)),
        hint="Some readings are wild. Which setting of the spline was made for them?",
        then="The wild readings were two units off, and the slope hardly noticed.",
        mistakes=[
            Mistake(
                "outliers trusted",
                "A plain spline gives the wild readings the weight of all others.",
                made=_slope,
            ),
            Mistake(
                "differences",
                "That is a difference of neighbors, and one of them is wild.",
                made=_difference,
            ),
        ],
        wrong=[(lambda: -1.0, "wrong sign")],
    ),
    "8.40": Exercise(
        Choice(("A", "B", "C", "D"), several=True),
        right=_wrong_gradients,
        hint="Run `check_gradient` and read what it says. Does the answer stay at another point?",
        then="A check can fail for a right gradient, and pass for a wrong one: look twice.",
        mistakes=[
            Mistake(
                "corner taken for a mistake",
                "A is checked right beside a corner. Move the point away from it.",
                when=lambda chosen: "A" in chosen,
            ),
            Mistake(
                "precision taken for a mistake",
                "C computes in float32, and its gradient is right: the step must be longer.",
                when=lambda chosen: "C" in chosen,
            ),
        ],
        wrong=[
            (lambda: ["D"], "incomplete"),
            (lambda: ["A", "D"], "corner taken for a mistake"),
            (lambda: ["C", "D"], "precision taken for a mistake"),
        ],
    ),
}
