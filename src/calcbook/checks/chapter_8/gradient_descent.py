"""The exercises of the page on gradient descent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calcbook import landscapes, optimizers
from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Choice, Function, Number
from calcbook.checks.tolerance import percent

# 8.5: the Hessian of 3x² + 4xy + 3y².
_BOWL = np.array([[6.0, 4.0], [4.0, 6.0]])

# 8.7: where the limit of the learning rate is asked for.
_MINIMUM = np.array([1.0, 1.0])

# 8.8: the runs in question.
_RUNS = ("A", "B", "C", "D")

_Rule = Callable[[NDArray, NDArray, float], NDArray]


def _rates(hessian: NDArray) -> NDArray:
    """Return the limit of the learning rate and the best one, for a bowl with this Hessian."""
    smallest, largest = np.linalg.eigvalsh(hessian)
    return np.array([2 / largest, 2 / (smallest + largest)])


def _walk(keep: _Rule, late: bool = False) -> Callable[..., NDArray]:
    """Return a momentum method whose velocity is ``keep(velocity, gradient, beta)``."""

    def walk(gradient: Any, theta: Any, learning_rate: float, beta: float, steps: int) -> NDArray:
        theta = np.array(theta, dtype=float)
        velocity = np.zeros_like(theta)
        for _ in range(steps):
            new = keep(velocity, gradient(theta), beta)
            theta = theta - learning_rate * (velocity if late else new)
            velocity = new
        return theta

    return walk


def _sum(velocity: NDArray, gradient: NDArray, beta: float) -> NDArray:
    return beta * velocity + gradient


def _mean(velocity: NDArray, gradient: NDArray, beta: float) -> NDArray:
    return beta * velocity + (1 - beta) * gradient


def _plain(velocity: NDArray, gradient: NDArray, beta: float) -> NDArray:
    return gradient


def _all_kept(velocity: NDArray, gradient: NDArray, beta: float) -> NDArray:
    return velocity + beta * gradient


def _descents() -> list[tuple[Any, ...]]:
    bowl, valley = landscapes.quadratic(5).gradient, landscapes.rosenbrock().gradient
    return [(bowl, [-1.8, 1.2], 0.1, 0.5, 7), (valley, [0.5, 0.1], 0.002, 0.8, 12)]


def _limit(of: Callable[[NDArray], float]) -> float:
    """Return 2 over a number that is computed from the Hessian at the minimum."""
    return 2 / of(landscapes.rosenbrock().hessian(_MINIMUM))


def runs_that_stopped() -> dict[str, tuple[landscapes.Landscape, NDArray]]:
    """Return four runs that ended where the gradient is zero: landscape and last point."""
    saddle, valley = landscapes.saddle(), landscapes.rosenbrock()
    descent: dict[str, Any] = {"optimizer": optimizers.gradient_descent, "learning_rate": 0.3}
    asked: dict[str, tuple[landscapes.Landscape, Any, dict[str, Any]]] = {
        "A": (saddle, saddle.start, {"optimizer": optimizers.newton}),
        "B": (saddle, saddle.start, descent),
        "C": (valley, valley.start, {"optimizer": optimizers.newton}),
        "D": (saddle, (1.5, 0.0), descent),
    }
    return {
        name: (
            land,
            optimizers.run(
                loss_and_gradient=land.loss_and_gradient,
                start=start,
                budget=150,
                hessian=land.hessian,
                **options,
            ).path[-1],
        )
        for name, (land, start, options) in asked.items()
    }


def _not_at_minimum() -> set[str]:
    return {
        name
        for name, (land, end) in runs_that_stopped().items()
        if np.linalg.eigvalsh(land.hessian(end))[0] < 0
    }


EXERCISES = {
    "8.5": Exercise(
        Array(percent(1, each=True), names=("limit", "best rate")),
        right=lambda: _rates(_BOWL),
        hint="The Hessian first, then its eigenvalues: each multiplies its direction by 1 - ηλ.",
        then="At the best rate both directions shrink by the same factor, with opposite signs.",
        mistakes=[
            Mistake(
                "coefficients taken for the Hessian",
                "The second derivative of 3x² is not 3. Differentiate twice.",
                made=lambda: _rates(_BOWL / 2),
            ),
            Mistake(
                "diagonal alone",
                "You took the entries on the diagonal. The mixed term turns the axes of the bowl: "
                "the eigenvalues decide.",
                made=lambda: _rates(np.diag(np.diag(_BOWL))),
            ),
            Mistake(
                "flattest direction",
                "The limit comes from the steepest direction, and yours from the flattest.",
                made=lambda: [2 / np.linalg.eigvalsh(_BOWL)[0], _rates(_BOWL)[1]],
            ),
        ],
    ),
    "8.6": Exercise(
        Function(percent(0.01), cases=_descents),
        right=lambda: _walk(_sum),
        hint="First v ← βv + g with the gradient at the present θ, then θ ← θ - ηv, `steps` times.",
        then="Six lines, and the same as PyTorch's SGD with `momentum`.",
        mistakes=[
            Mistake(
                "mean in place of sum",
                "Your velocity is a running mean, with a factor 1 - β on the gradient. A fair "
                "choice, but then the same learning rate takes much shorter steps.",
                made=lambda: _walk(_mean),
            ),
            Mistake(
                "old velocity",
                "You step along the velocity from before this gradient: update it first.",
                made=lambda: _walk(_sum, late=True),
            ),
            Mistake(
                "no memory",
                "This is plain descent: the velocity is forgotten in every step.",
                made=lambda: _walk(_plain),
            ),
            Mistake(
                "β on the gradient",
                "β belongs to the old velocity, which is to fade, not to the gradient.",
                made=lambda: _walk(_all_kept),
            ),
        ],
    ),
    "8.7": Exercise(
        Number(percent(5)),
        right=lambda: _limit(lambda hessian: np.linalg.eigvalsh(hessian)[1]),
        hint="`field.hessian()` is a function of points (n, 2); the limit is 2 over the largest "
        "eigenvalue of what it returns.",
        then="No formula of the loss was used: curvature can be read from a table of experiments.",
        mistakes=[
            Mistake(
                "smallest eigenvalue",
                "That is 2 over the smallest eigenvalue. Along the steepest direction such a step "
                "explodes.",
                made=lambda: _limit(lambda hessian: np.linalg.eigvalsh(hessian)[0]),
            ),
            Mistake(
                "one entry of the Hessian",
                "That is 2 over one entry. The steepest direction lies between the axes here.",
                made=lambda: _limit(lambda hessian: hessian[0, 0]),
            ),
        ],
        instead={
            "the largest eigenvalue": lambda: np.linalg.eigvalsh(
                landscapes.rosenbrock().hessian(_MINIMUM)
            )[1]
        },
        wrong=[
            (lambda: _limit(lambda h: 2 * np.linalg.eigvalsh(h)[1]), "factor 1/2"),
            (lambda: -_limit(lambda h: np.linalg.eigvalsh(h)[1]), "wrong sign"),
        ],
    ),
    "8.8": Exercise(
        Choice(_RUNS, several=True),
        right=_not_at_minimum,
        hint="Look at the eigenvalues of the Hessian where each run ended.",
        then="A zero gradient says that a run has stopped, and nothing about where.",
        mistakes=[
            Mistake(
                "only Newton blamed",
                "Newton does walk into saddles. But plain descent can be caught too, if it starts "
                "exactly on the ridge: look at all four Hessians.",
                made=lambda: ["A"],
            ),
            Mistake(
                "all of Newton's",
                "C is Newton's as well, and both of its eigenvalues are positive.",
                when=lambda chosen: "C" in chosen,
            ),
            Mistake(
                "negative loss",
                "At B the loss is negative, and that is fine: a minimum need not be at zero.",
                when=lambda chosen: "B" in chosen,
            ),
        ],
        wrong=[(lambda: ["D"], "incomplete"), (lambda: ["A", "C"], "all of Newton's")],
    ),
}
