"""The exercises of the page on discovering equations."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Choice, Function
from calcbook.checks.tolerance import percent
from calcbook.sparse_laws import record, sparse_regression

# 8.13: slope at two values.
_VALUES, _SLOPES = np.array([2.0, 0.5]), np.array([-3.0, 0.0])

# 8.15: growth per hour and capacity of a colony in thousands, and the error of a count.
_GROWTH, _CAPACITY, _ERROR = 0.9, 5.0, 0.04

# 8.16: error of a forecast, relative to the spread, above which a law is given up.
_LIMIT = 0.1

Law = Callable[[float, NDArray], list[float]]


def _affine_law() -> NDArray:
    slope = np.diff(_SLOPES)[0] / np.diff(_VALUES)[0]
    return np.array([-slope, _SLOPES[1] - slope * _VALUES[1]])


def _regressions() -> list[tuple[NDArray, NDArray, float]]:
    cases = []
    for seed, true in [(0, [2.0, 0.0, -1.0, 0.05]), (1, [0.0, 0.3, -0.8, 0.0])]:
        rng = np.random.default_rng(seed)
        terms = rng.standard_normal((80, 4))
        terms[:, 3] += terms[:, 0]
        cases.append((terms, terms @ true + 0.1 * rng.standard_normal(80), 0.15))
    return cases


def _cut_once(terms: NDArray, slopes: NDArray, threshold: float) -> NDArray:
    found = np.linalg.lstsq(terms, slopes, rcond=None)[0]
    return np.where(np.abs(found) < threshold, 0.0, found)


def _not_cut(terms: NDArray, slopes: NDArray, threshold: float) -> NDArray:
    return np.asarray(np.linalg.lstsq(terms, slopes, rcond=None)[0])


def _positive_alone(terms: NDArray, slopes: NDArray, threshold: float) -> NDArray:
    keep = _not_cut(terms, slopes, threshold) > threshold
    found = np.zeros(terms.shape[1])
    found[keep] = _not_cut(terms[:, keep], slopes, threshold)
    return found


def counted_colony(seed: int = 0) -> tuple[NDArray, NDArray]:
    """Return times (150,) in hours and noisy counts of a growing colony, in thousands."""
    t = np.linspace(0, 10, 150)
    u = _CAPACITY / (1 + 24 * np.exp(-_GROWTH * t))
    return t, u + _ERROR * np.random.default_rng(seed).standard_normal(150)


def proposed_laws() -> dict[str, Law]:
    """Return four laws for one pendulum, each ``(t, [θ, ω]) -> [dθ/dt, dω/dt]``."""
    return {
        "A": lambda t, state: [state[1], -0.3 * state[1] - 4 * np.sin(state[0])],
        "B": lambda t, state: [state[1], -0.3 * state[1] - 4 * state[0]],
        "C": lambda t, state: [state[1], -4 * np.sin(state[0])],
        "D": lambda t, state: [
            state[1],
            -0.31 * state[1] - 3.83 * np.sin(state[0]) - 0.14 * state[0],
        ],
    }


def _errors() -> dict[str, float]:
    readings = record("pendulum", noise=0.02)
    errors = {}
    for name, law in proposed_laws().items():
        solved = solve_ivp(law, (0, 20), [2.0, 0.0], t_eval=readings.t, rtol=1e-7).y.T
        off = (solved - readings.u) / readings.u.std(axis=0)
        errors[name] = float(np.sqrt(np.mean(off**2)))
    return errors


def _given_up() -> set[str]:
    return {name for name, error in _errors().items() if error > _LIMIT}


EXERCISES = {
    "8.13": Exercise(
        Array(percent(0.5, each=True), names=("k", "c")),
        right=_affine_law,
        hint="Slope against value is a line: -k is how steep it is, c its height at u = 0.",
        then="Where the line crosses zero, u stays: at c / k.",
        mistakes=[
            Mistake(
                "equilibrium",
                "You gave the value at which nothing changes. c is the slope at u = 0.",
                made=lambda: np.array([_affine_law()[0], _VALUES[1]]),
            ),
            Mistake(
                "sign of k",
                "The law has a minus in front of k: a falling line has a positive k.",
                made=lambda: _affine_law() * [-1, 1],
            ),
            Mistake(
                "line through the origin",
                "You took -slope / value at one point. That is k only if c is zero.",
                made=lambda: np.array([-_SLOPES[0] / _VALUES[0], _affine_law()[1]]),
            ),
        ],
    ),
    "8.14": Exercise(
        Function(percent(0.1), cases=_regressions),
        right=lambda: sparse_regression,
        hint="Fit, drop what is small, fit again with the rest, until nothing more is dropped.",
        then="Two lines of linear algebra, and the heart of sparse identification.",
        mistakes=[
            Mistake(
                "not fitted again",
                "You set small coefficients to zero and left the others as they were. They were "
                "fitted together with the dropped ones: fit again.",
                made=lambda: _cut_once,
            ),
            Mistake(
                "nothing dropped",
                "That is plain least squares: every term has a coefficient.",
                made=lambda: _not_cut,
            ),
            Mistake(
                "negative ones dropped",
                "Negative coefficients are gone, however large: compare absolute values.",
                made=lambda: _positive_alone,
            ),
        ],
    ),
    "8.15": Exercise(
        Array(percent(10, each=True), names=("growth", "capacity")),
        right=lambda: np.array([_GROWTH, _CAPACITY]),
        hint="Regress du/dt on u and u², without a constant. The law multiplied out says what the "
        "two coefficients are.",
        then="You never solved the equation, and know where the colony will stop.",
        mistakes=[
            Mistake(
                "coefficient of u²",
                "The second number is the coefficient of u². In the law it is growth divided by "
                "capacity.",
                made=lambda: np.array([_GROWTH, _GROWTH / _CAPACITY]),
            ),
            Mistake(
                "sign of the capacity",
                "A capacity below zero? The term with u² has a minus of its own.",
                made=lambda: np.array([_GROWTH, -_CAPACITY]),
            ),
            Mistake(
                "exchanged",
                "The two are exchanged: growth first.",
                made=lambda: np.array([_CAPACITY, _GROWTH]),
            ),
        ],
    ),
    "8.16": Exercise(
        Choice(("A", "B", "C", "D"), several=True),
        right=_given_up,
        hint="Solve each law from the start and compare with the readings, in units of their "
        "spread.",
        then="D has a term too many and forecasts well: the data cannot tell it from A.",
        mistakes=[
            Mistake(
                "extra term",
                "D has a term that does not belong there, but it almost cancels with the change of "
                "another coefficient. Did you solve it?",
                when=lambda chosen: "D" in chosen,
            ),
            Mistake(
                "the true law",
                "A is within the noise of the readings.",
                when=lambda chosen: "A" in chosen,
            ),
        ],
        wrong=[
            (lambda: ["B"], "incomplete"),
            (lambda: ["B", "C", "D"], "extra term"),
            (lambda: ["A", "B"], "the true law"),
        ],
    ),
}
