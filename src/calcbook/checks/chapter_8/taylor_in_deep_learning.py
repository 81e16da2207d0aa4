"""The exercises on Taylor's formula in deep learning."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Choice, Function, Number
from calcbook.checks.tolerance import percent
from pydelt.interpolation import SplineInterpolator

# 8.25: what the product of two weights has to be.
_PRODUCT = 3.0


def _jacobian(*, shrink: bool = True, mean: bool = True) -> Callable[[NDArray], NDArray]:
    """Return the Jacobian of z divided by the root of its mean square."""

    def jacobian(z: NDArray) -> NDArray:
        r = np.sqrt(np.mean(z**2))
        outer = np.outer(z, z) / r**2 / (z.size if mean else 1)
        return np.asarray((np.eye(z.size) - (outer if shrink else 0)) / r)

    return jacobian


def _curvature() -> float:
    s = np.linspace(-1, 1, 81)
    measured = np.cosh(2 * s) + 0.02 * np.random.default_rng(5).normal(size=s.size)
    return float(SplineInterpolator().fit(s, measured).differentiate(order=2)(0.0))


EXERCISES = {
    "8.25": Exercise(
        Array(percent(1), names=("smaller", "larger")),
        right=lambda: np.array([-_PRODUCT, _PRODUCT]),
        hint="Second derivatives first, at w = v = 0: two of the three are zero.",
        then="One of each sign, at zero gradient: a saddle.",
        mistakes=[
            Mistake(
                "diagonal",
                "These are the entries on the diagonal. The mixed derivative is not zero.",
                made=lambda: np.zeros(2),
            ),
            Mistake(
                "half forgotten",
                "Twice too large: the square brings a 2 that the factor 1/2 takes away.",
                made=lambda: np.array([-2 * _PRODUCT, 2 * _PRODUCT]),
            ),
            Mistake(
                "larger first",
                "The right two numbers; the smaller one comes first.",
                made=lambda: np.array([_PRODUCT, -_PRODUCT]),
            ),
        ],
    ),
    "8.26": Exercise(
        Function(
            percent(0.01),
            cases=lambda: [
                (np.array([1.0, -2.0, 0.5]),),
                (np.array([3.0, 0.1]),),
                (np.array([-0.3, 0.2, 0.8, 1.1]),),
            ],
        ),
        right=_jacobian,
        hint="Quotient rule: r depends on every entry of z, and its derivative by z_j is u_j / n.",
        mistakes=[
            Mistake(
                "r taken as constant",
                "You divided by r as if it were constant. It depends on every entry of z.",
                made=lambda: _jacobian(shrink=False),
            ),
            Mistake(
                "n forgotten",
                "The derivative of r by z_j has an n below: r² is a mean, not a sum.",
                made=lambda: _jacobian(mean=False),
            ),
        ],
    ),
    "8.27": Exercise(
        Number(percent(1)),
        right=lambda: 2 / _curvature(),
        hint="Second derivative of the fit at 0, and the learning rate at which 1 - η L'' is -1.",
        mistakes=[
            Mistake(
                "Newton's step",
                "This is 1 / L'', which lands in the minimum at once. The limit is farther away.",
                made=lambda: 1 / _curvature(),
            ),
            Mistake(
                "curvature itself",
                "This is the curvature. The learning rate has the unit of its reciprocal.",
                made=_curvature,
            ),
        ],
    ),
    "8.28": Exercise(
        Choice(("A", "B", "C", "D"), several=True),
        right=lambda: {"A"},
        hint="First ask where the gradient is zero, and then for positive eigenvalues only.",
        mistakes=[
            Mistake(
                "gradient overlooked",
                "B has a gradient that is not zero: a short step against it goes down.",
                when=lambda chosen: "B" in chosen,
                made=lambda: {"A", "B"},
            ),
            Mistake(
                "zero eigenvalue",
                "At C one eigenvalue is zero, as for x² − y⁴, which has no minimum at 0.",
                when=lambda chosen: "C" in chosen,
                made=lambda: {"A", "C"},
            ),
            Mistake(
                "saddle",
                "D has a direction that bends down.",
                when=lambda chosen: "D" in chosen,
                made=lambda: {"A", "D"},
            ),
        ],
    ),
}
