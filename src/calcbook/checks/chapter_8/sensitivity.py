"""The exercises of the page on sensitivity analysis."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Choice, Function
from calcbook.checks.tolerance import percent, within

# 8.21: a gradient, and the budget of a step in both measures.
_GRADIENT, _BUDGET = np.array([3.0, -4.0]), 0.1

# 8.23: sensitivities of the model behind the answers, and the correlation of its first two inputs.
_TRUTH, _CORRELATION = np.array([1.5, -1.0, 0.5]), 0.8

_COMPARISONS = ("A", "B", "C", "D")


def _worst_rises(gradient: NDArray, budget: float) -> NDArray:
    """Return the rise for a budget of Euclidean length, and for one of the largest change."""
    return budget * np.array([np.linalg.norm(gradient, 2), np.linalg.norm(gradient, 1)])


def _importance(gradients: NDArray, inputs: NDArray) -> NDArray:
    return _shares(np.sqrt(np.mean(np.square(gradients), axis=0)) * np.std(inputs, axis=0))


def _shares(sizes: NDArray) -> NDArray:
    return np.asarray(sizes / np.sum(sizes))


def _gradients_and_inputs() -> list[tuple[NDArray, NDArray]]:
    cases = []
    for seed, d in ((0, 3), (1, 4)):
        rng = np.random.default_rng(seed)
        inputs = 5 + rng.standard_normal((60, d)) * np.arange(1, d + 1)
        cases.append((0.4 + rng.standard_normal((60, d)) / np.sqrt(np.arange(1, d + 1)), inputs))
    return cases


def audited_answers(seed: int = 0) -> tuple[NDArray, NDArray]:
    """Return 200 inputs (200, 3) of a model that nobody can look into, and its noisy answers."""
    rng = np.random.default_rng(seed)
    inputs = rng.standard_normal((200, 3))
    own = np.sqrt(1 - _CORRELATION**2) * inputs[:, 1]
    inputs[:, 1] = _CORRELATION * inputs[:, 0] + own
    return inputs, inputs @ _TRUTH + 0.1 * rng.standard_normal(200)


def _one_at_a_time() -> NDArray:
    inputs, answers = audited_answers()
    return np.array([np.polyfit(column, answers, 1)[0] for column in inputs.T])


def compared_steps() -> dict[str, tuple[NDArray, NDArray]]:
    """Return four pairs of steps (64,) whose effects on a loss were compared with each other."""
    rng = np.random.default_rng(5)
    gradient, noise = rng.standard_normal((2, 64))
    sign = np.sign(gradient)

    def long(step: NDArray, length: float) -> NDArray:
        return length * step / np.linalg.norm(step)

    def wide(step: NDArray, change: float) -> NDArray:
        return change * step / np.abs(step).max()

    return {
        "A": (long(gradient, 0.5), long(sign, 0.5)),
        "B": (long(gradient, 0.5), wide(sign, 0.1)),
        "C": (wide(gradient, 0.1), wide(sign, 0.1)),
        "D": (long(gradient, 0.5), 0.05 * noise),
    }


def _unfair(orders: tuple[float, ...] = (2, np.inf)) -> set[str]:
    """Return the pairs that are equally long in none of these norms."""

    def differ(pair: tuple[NDArray, NDArray], order: float) -> bool:
        first, second = (np.linalg.norm(step, order) for step in pair)
        return not np.isclose(first, second)

    pairs = compared_steps()
    return {name for name in pairs if all(differ(pairs[name], order) for order in orders)}


def _importance_by(sizes: Callable[[NDArray, NDArray], NDArray]) -> Callable[..., NDArray]:
    return lambda gradients, inputs: _shares(sizes(np.asarray(gradients), np.asarray(inputs)))


EXERCISES = {
    "8.21": Exercise(
        Array(percent(0.5, each=True), names=("Euclidean length", "largest change")),
        right=lambda: _worst_rises(_GRADIENT, _BUDGET),
        hint="Write down the best step for each budget, then multiply it with the gradient.",
        then="Each budget has its norm of the gradient: the sum of absolute values for the "
        "largest change.",
        mistakes=[
            Mistake(
                "exchanged",
                "The two are exchanged: the sign step belongs to the largest change.",
                made=lambda: _worst_rises(_GRADIENT, _BUDGET)[::-1],
            ),
            Mistake(
                "steepest input alone",
                "You moved only the input with the largest slope. The budget of the largest "
                "change lets all inputs move, each by the full amount.",
                made=lambda: _BUDGET * np.array([np.linalg.norm(_GRADIENT), 4.0]),
            ),
            Mistake(
                "signs cancel",
                "You moved both inputs up. Each must go its own better way.",
                made=lambda: _BUDGET * np.array([np.linalg.norm(_GRADIENT), _GRADIENT.sum()]),
            ),
        ],
    ),
    "8.22": Exercise(
        Function(percent(0.1), cases=_gradients_and_inputs),
        right=lambda: _importance,
        hint="Root mean square of each column of gradients, times the spread of that input, "
        "divided by the sum.",
        then="It has no units, so inputs in kelvin and in pascal can be compared.",
        mistakes=[
            Mistake(
                "signed mean",
                "The mean of the slopes lets positive and negative ones cancel: square first.",
                made=lambda: _importance_by(lambda g, x: np.abs(g.mean(axis=0)) * x.std(axis=0)),
            ),
            Mistake(
                "no spread",
                "Without the spread of the inputs the units do not cancel.",
                made=lambda: _importance_by(lambda g, x: np.sqrt(np.mean(g**2, axis=0))),
            ),
            Mistake(
                "level for spread",
                "You took the mean of the inputs. An input that is large and never changes "
                "explains nothing.",
                made=lambda: _importance_by(
                    lambda g, x: np.sqrt(np.mean(g**2, axis=0)) * x.mean(axis=0)
                ),
            ),
            Mistake(
                "no root",
                "The mean square is still squared: take the root before the spread.",
                made=lambda: _importance_by(lambda g, x: np.mean(g**2, axis=0) * x.std(axis=0)),
            ),
        ],
    ),
    "8.23": Exercise(
        Array(within(0.06), names=("x1", "x2", "x3")),
        right=lambda: _TRUTH,
        hint="Fit all inputs together with `MultivariateDerivatives`, and ask for the gradient at "
        "the origin.",
        then="The joint fit holds the other inputs still, which the data never did.",
        mistakes=[
            Mistake(
                "one input at a time",
                "These are the slopes of fits to one input each. The first two inputs move "
                "together, so each slope contains a part of the other.",
                made=_one_at_a_time,
            ),
        ],
        wrong=[
            (lambda: -_TRUTH, "wrong sign"),
            (lambda: _TRUTH[::-1], "reversed order"),
        ],
    ),
    "8.24": Exercise(
        Choice(_COMPARISONS, several=True),
        right=_unfair,
        hint="Measure both steps of each pair, in Euclidean length and in largest change.",
        then="Before you believe that one attack beats another, measure both steps.",
        mistakes=[
            Mistake(
                "Euclid alone",
                "One of these pairs is equal in its largest change, which is a budget as good as "
                "any other.",
                made=lambda: _unfair((2,)),
            ),
            Mistake(
                "largest change alone",
                "One of these pairs has the same Euclidean length, which is a fair comparison too.",
                made=lambda: _unfair((np.inf,)),
            ),
        ],
        wrong=[(lambda: ["B"], "incomplete"), (lambda: list(_COMPARISONS), "too many")],
    ),
}
