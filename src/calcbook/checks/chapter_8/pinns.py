"""The exercises of the page on physics-informed networks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Choice, Function, Number
from calcbook.checks.tolerance import percent
from pydelt.interpolation import SplineInterpolator

# 8.9: the candidate 1 - t, asked at three times whether du/dt = -2 u.
_RATE, _POINTS = 2.0, np.array([0.0, 0.5, 1.0])

_NETWORKS = ("A", "B", "C", "D")
_ALLOWED = 0.1  # residual that is still believed, in 8.12


def _residual_by_hand(rate: float = _RATE, slope: float = -1.0) -> NDArray:
    return slope + rate * (1 - _POINTS)


Parts = tuple[NDArray, NDArray, NDArray]


def _physics_loss(make: Callable[[Parts, NDArray, float], NDArray]) -> Callable[..., float]:
    """Return a physics loss whose residual is made from (w, v, hidden), the values, and k."""

    def loss(s: NDArray, w: NDArray, b: NDArray, v: NDArray, c: float, k: float) -> float:
        hidden = np.tanh(s[:, None] * w + b)
        return float(np.mean(make((w, v, hidden), hidden @ v + c, k) ** 2))

    return loss


def _slope(parts: Parts) -> NDArray:
    w, v, hidden = parts
    return np.asarray((1 - hidden**2) @ (v * w))


_right_loss = _physics_loss(lambda parts, u, k: _slope(parts) + k * u)


def _loss_without_offset(
    s: NDArray, w: NDArray, b: NDArray, v: NDArray, c: float, k: float
) -> float:
    return _right_loss(s, w, b, v, 0.0, k)


def _small_networks() -> list[tuple[NDArray, NDArray, NDArray, NDArray, float, float]]:
    cases = []
    for seed, width, points, k in ((0, 4, 7, 1.0), (1, 6, 5, 0.4), (2, 3, 9, 2.5)):
        rng = np.random.default_rng(seed)
        w, b, v = rng.normal(size=(3, width)) * np.array([[2.0], [1.0], [1.0]])
        cases.append((np.sort(rng.uniform(0, 3, points)), w, b, v, 0.5 + rng.uniform(), k))
    return cases


@dataclass(frozen=True)
class Suspect:
    """A trained network, closed: it gives values and slopes at any times.

    Attributes
    ----------
    value, slope : callable
        From times (n,) to u and du/dt there, shape (n,).
    """

    value: Callable[[ArrayLike], NDArray]
    slope: Callable[[ArrayLike], NDArray]


def accused_networks() -> dict[str, Suspect]:
    """Return four networks that were trained on readings of one decay over two hours."""
    return {
        "A": _decay(1.0, 1.0),
        "B": _decay(0.9, 0.72),
        "C": _with_ripple(0.02, 18.0),
        "D": _decay(1.02, 1.03),
    }


def _decay(start: float, rate: float) -> Suspect:
    return Suspect(
        lambda t: start * np.exp(-rate * np.asarray(t, dtype=float)),
        lambda t: -rate * start * np.exp(-rate * np.asarray(t, dtype=float)),
    )


def _with_ripple(size: float, frequency: float) -> Suspect:
    def value(t: ArrayLike) -> NDArray:
        times = np.asarray(t, dtype=float)
        return np.asarray(np.exp(-times) + size * np.sin(frequency * times))

    def slope(t: ArrayLike) -> NDArray:
        times = np.asarray(t, dtype=float)
        return np.asarray(-np.exp(-times) + size * frequency * np.cos(frequency * times))

    return Suspect(value, slope)


def fresh_readings(seed: int = 0) -> tuple[NDArray, NDArray]:
    """Return 400 times over two hours, and readings that no network has seen."""
    t = np.linspace(0, 2, 400)
    return t, np.exp(-t) + 0.05 * np.random.default_rng([9, seed]).standard_normal(400)


def _rejected() -> set[str]:
    """Return the networks whose slope leaves the 95% band at more than a third of the times."""
    t, u = fresh_readings()
    inner = np.linspace(0.1, 1.9, 37)
    low, high = SplineInterpolator().fit(t, u).differentiate(order=1).band(inner, level=0.95)
    return {
        name
        for name, one in accused_networks().items()
        if np.mean((one.slope(inner) < low) | (one.slope(inner) > high)) > 1 / 3
    }


def _far_in_value() -> set[str]:
    """Return the networks whose misfit to the readings stands out above the noise."""
    t, u = fresh_readings()
    return {n for n, one in accused_networks().items() if np.std(u - one.value(t)) > 0.055}


def reported_networks() -> tuple[NDArray, dict[str, Suspect]]:
    """Return the collocation points (11,) of four trainings with k = 1, and their networks."""
    points = np.linspace(0, 5, 11)
    spacing = points[1] - points[0]

    def between(t: NDArray) -> NDArray:
        return np.asarray(0.4 * np.sin(np.pi * t / spacing) ** 2)

    residuals: dict[str, Callable[[NDArray], NDArray]] = {
        "A": between,
        "B": lambda t: 0.03 * np.cos(2 * t),
        "C": lambda t: np.asarray(0.06 + 0 * t),
        "D": lambda t: 0.25 * np.cos(2 * np.pi * t / 5),
    }
    return points, {name: _of_residual(residual) for name, residual in residuals.items()}


def _of_residual(residual: Callable[[NDArray], NDArray]) -> Suspect:
    """Return the u with ``du/dt + u = residual`` and u(0) = 1, integrated on a fine grid."""
    fine = np.linspace(0, 5, 5001)
    pushed = np.exp(fine) * residual(fine)
    step = fine[1] - fine[0]
    gained = np.concatenate([[0.0], np.cumsum((pushed[1:] + pushed[:-1]) / 2) * step])
    values = np.exp(-fine) * (1 + gained)

    def value(t: ArrayLike) -> NDArray:
        return np.interp(np.asarray(t, dtype=float), fine, values)

    return Suspect(value, lambda t: residual(np.asarray(t, dtype=float)) - value(t))


def _law_breakers(judge: Callable[[NDArray], float], *, at_points: bool = False) -> set[str]:
    points, networks = reported_networks()
    times = points if at_points else np.linspace(0, 5, 501)
    return {
        name
        for name, one in networks.items()
        if judge(one.slope(times) + one.value(times)) > _ALLOWED
    }


def _largest(residual: NDArray) -> float:
    return float(np.max(np.abs(residual)))


EXERCISES = {
    "8.9": Exercise(
        Number(percent(0.5)),
        right=lambda: np.mean(_residual_by_hand() ** 2),
        hint="Write du/dt + 2 u for u = 1 - t, and put in the three times.",
        then="At t = 0.5 the candidate obeys the law exactly, and at no other time.",
        mistakes=[
            Mistake(
                "law turned round",
                "You took du/dt - 2 u. Move the whole law to one side: what stands there is zero "
                "for a true solution.",
                made=lambda: np.mean(_residual_by_hand(rate=-_RATE) ** 2),
            ),
            Mistake(
                "sum for mean",
                "That is the sum over the collocation points; the loss is their mean.",
                made=lambda: np.sum(_residual_by_hand() ** 2),
            ),
            Mistake(
                "signs cancel",
                "You squared the mean. Square each residual first, or opposite ones cancel.",
                made=lambda: np.mean(_residual_by_hand()) ** 2,
            ),
            Mistake(
                "no slope",
                "The slope of the candidate is missing from the residual.",
                made=lambda: np.mean(_residual_by_hand(slope=0.0) ** 2),
            ),
        ],
    ),
    "8.10": Exercise(
        Function(percent(0.01), cases=_small_networks),
        right=lambda: _right_loss,
        hint="Compute the hidden layer, then u, then du/dt by the chain rule, then the mean square "
        "of the residual.",
        then="This is what the networks of this page compute in each step.",
        mistakes=[
            Mistake(
                "inner weight missing",
                "The chain rule has one factor more: the argument of tanh contains t times w.",
                made=lambda: _physics_loss(lambda p, u, k: (1 - p[2] ** 2) @ p[1] + k * u),
            ),
            Mistake(
                "tanh not differentiated",
                "The slope of tanh is missing: each neuron passes on 1 minus its output squared.",
                made=lambda: _physics_loss(lambda p, u, k: (0 * p[2] + 1) @ (p[0] * p[1]) + k * u),
            ),
            Mistake(
                "offset missing",
                "The offset c drops out of the slope, and not out of the value.",
                made=lambda: _loss_without_offset,
            ),
            Mistake(
                "law turned round",
                "You penalize du/dt - k u, which is zero for something that grows.",
                made=lambda: _physics_loss(lambda p, u, k: _slope(p) - k * u),
            ),
        ],
    ),
    "8.11": Exercise(
        Choice(_NETWORKS, several=True),
        right=_rejected,
        hint="For each network, count at how many of the times its slope leaves the band.",
        then="One of them would have passed any test on values.",
        mistakes=[
            Mistake(
                "values alone",
                "You compared values. One of these networks stays within the noise of every "
                "reading and gets the slope wrong.",
                made=_far_in_value,
            ),
        ],
        wrong=[
            (lambda: ["C"], "incomplete"),
            (lambda: ["B", "C", "D"], "too many"),
        ],
    ),
    "8.12": Exercise(
        Choice(_NETWORKS, several=True),
        right=lambda: _law_breakers(_largest),
        hint="Ask each network for its residual at many times, not only at its collocation points.",
        then="A loss at eleven points is a promise about eleven points.",
        mistakes=[
            Mistake(
                "own points",
                "You asked at the collocation points. That is where each network was told to "
                "behave.",
                made=lambda: _law_breakers(_largest, at_points=True),
            ),
            Mistake(
                "mean residual",
                "You averaged the residual with its sign, so that one hour excuses another.",
                made=lambda: _law_breakers(lambda r: abs(float(np.mean(r)))),
            ),
        ],
        wrong=[(lambda: list(_NETWORKS), "too many")],
    ),
}
