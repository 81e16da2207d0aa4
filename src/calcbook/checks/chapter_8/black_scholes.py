"""The exercises of the page on option prices."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from calcbook.black_scholes import call_price, stock_paths
from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Choice, Function, Number
from calcbook.checks.tolerance import percent
from pydelt.interpolation import SplineInterpolator

# 8.33: Delta, Gamma per dollar, and the move of the stock in dollars.
_DELTA, _GAMMA, _MOVE = 0.6, 0.04, 5.0

# 8.35: trading days in a year.
_DAYS = 252

Curve = Callable[[NDArray], NDArray]


def _theta(price: Callable[[float], float], t: float, T: float, h: float) -> float:
    return (price(T - (t + h)) - price(T - (t - h))) / (2 * h)


def _prices() -> list[tuple[Callable[[float], float], float, float, float]]:
    def at_the_money(tau: float) -> float:
        return float(call_price(100, 100, tau, 0.02, 0.2))

    def out_of_the_money(tau: float) -> float:
        return float(call_price(90, 100, tau, 0.03, 0.3))

    return [(at_the_money, 0.5, 0.75, 1e-4), (out_of_the_money, 0.2, 1.0, 1e-3)]


def daily_prices() -> NDArray:
    """Return the closing prices of a stock on 1009 trading days, four years, in dollars."""
    return stock_paths(100, 0.08, 0.3, years=4, steps=4 * _DAYS, paths=1, seed=2)[1][0]


def _volatility(scale: float = np.sqrt(_DAYS)) -> float:
    return float(np.diff(np.log(daily_prices())).std(ddof=1) * scale)


def value_curves() -> dict[str, Curve]:
    """Return four values of contracts as functions of the stock's price."""
    return {
        "A": lambda S: call_price(S, 100, 0.25, 0.02, 0.2),
        "B": lambda S: np.maximum(S - 100, 0) + 5,
        "C": lambda S: np.abs(S - 100) + 1,
        "D": lambda S: 2 * np.logaddexp(0, (S - 100) / 2) + 5,
    }


def _without_gamma() -> set[str]:
    """Return the curves whose peak of the second derivative grows with the number of points."""
    fine = np.linspace(95, 105, 201)

    def peak(curve: Curve, points: int) -> float:
        grid = np.linspace(80, 120, points)
        fit = SplineInterpolator(smoothing=0.1).fit(grid, curve(grid))
        return float(fit.differentiate(order=2)(fine).max())

    return {
        name for name, curve in value_curves().items() if peak(curve, 400) > 1.5 * peak(curve, 200)
    }


EXERCISES = {
    "8.33": Exercise(
        Number(percent(0.5)),
        right=lambda: _DELTA * _MOVE + _GAMMA * _MOVE**2 / 2,
        hint="Taylor's formula to second order, with Delta and Gamma as its derivatives.",
        then="The second term is what the hedge with Delta stocks leaves over: a gain for whoever "
        "owns the option.",
        mistakes=[
            Mistake(
                "Delta alone",
                "That is the tangent. Delta itself changes on the way: Gamma says how fast.",
                made=lambda: _DELTA * _MOVE,
            ),
            Mistake(
                "no half",
                "The quadratic term has a factor one half.",
                made=lambda: _DELTA * _MOVE + _GAMMA * _MOVE**2,
            ),
            Mistake(
                "move not squared",
                "Gamma goes with the square of the move.",
                made=lambda: _DELTA * _MOVE + _GAMMA * _MOVE / 2,
            ),
        ],
    ),
    "8.34": Exercise(
        Function(percent(0.1), cases=_prices),
        right=lambda: _theta,
        hint="Move the calendar by h both ways. What happens to the time that is left?",
        then="A long call loses by waiting: Theta is negative here.",
        mistakes=[
            Mistake(
                "time left",
                "That is the derivative with respect to the time that is left. The calendar runs "
                "the other way.",
                made=lambda: lambda price, t, T, h: -_theta(price, t, T, h),
            ),
            Mistake(
                "time that has passed",
                "You put the date where the price wants the time that is left, T - t.",
                made=lambda: lambda price, t, T, h: (price(t + h) - price(t - h)) / (2 * h),
            ),
            Mistake(
                "one h",
                "The two dates are 2h apart.",
                made=lambda: lambda price, t, T, h: 2 * _theta(price, t, T, h),
            ),
        ],
    ),
    "8.35": Exercise(
        Number(percent(1)),
        right=_volatility,
        hint="Differences of the logarithm, their spread, and then from a day to a year: variances "
        "add, spreads do not.",
        then="The true value was 0.3 per root of a year.",
        mistakes=[
            Mistake(
                "per day",
                "That is the spread of a day. Variances of independent days add up to a year.",
                made=lambda: _volatility(1),
            ),
            Mistake(
                "spreads added",
                "You multiplied the spread by the number of days. The variance grows so.",
                made=lambda: _volatility(_DAYS),
            ),
            Mistake(
                "variance",
                "That is the variance of a year: take the root.",
                made=lambda: _volatility() ** 2,
            ),
            Mistake(
                "dollars",
                "That is in dollars. A volatility is relative to the price: take logarithms first.",
                made=lambda: np.diff(daily_prices()).std(ddof=1) * np.sqrt(_DAYS),
            ),
        ],
    ),
    "8.36": Exercise(
        Choice(("A", "B", "C", "D"), several=True),
        right=_without_gamma,
        hint="Fit each on a grid, and on one with twice the points. Whose peak grows?",
        then="A derivative that exists stays when the grid is refined.",
        mistakes=[
            Mistake(
                "steep taken for kinked",
                "D bends sharply and smoothly: refine the grid far enough, and its peak stays.",
                when=lambda chosen: "D" in chosen,
            ),
            Mistake(
                "a true price",
                "A is the price before expiry, and smooth.",
                when=lambda chosen: "A" in chosen,
            ),
        ],
        wrong=[
            (lambda: ["B"], "incomplete"),
            (lambda: ["B", "C", "D"], "steep taken for kinked"),
            (lambda: ["A", "B"], "a true price"),
        ],
    ),
}
