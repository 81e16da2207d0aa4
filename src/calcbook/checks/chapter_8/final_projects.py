"""The four final projects."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp
from scipy.special import expit

from calcbook import project_data
from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Function, Number
from calcbook.checks.tolerance import percent, within
from calcbook.moons import moons
from calcbook.sparse_laws import sparse_regression
from pydelt.interpolation import SplineInterpolator
from pydelt.multivariate import MultivariateDerivatives

_EDGE = 0.1  # a descent stays this far inside the samples
_FAR = 20.0  # where a forecast that runs away is held still

Law = Callable[[NDArray], NDArray]


def _passes(
    upstream: Callable[[NDArray, NDArray], NDArray] | None = None,
    through_tanh: Callable[[NDArray], NDArray] = lambda h: 1 - h**2,
    order: str = "C",
) -> Callable[[NDArray, NDArray, NDArray], NDArray]:
    """Return the two passes of project 8.41, right unless a part is replaced by a mistake."""

    def loss_and_gradient(theta: NDArray, X: NDArray, y: NDArray) -> NDArray:
        W, b, v, c = _unpack(theta)
        h = np.tanh(X @ W + b)
        z = h @ v + c
        to_z = (upstream or _to_logit)(expit(z), y)
        to_inner = np.outer(to_z, v) * through_tanh(h)
        parts = (X.T @ to_inner).ravel(order=order), to_inner.sum(axis=0), h.T @ to_z
        loss = np.mean(np.logaddexp(0, z) - y * z)
        return np.concatenate([[loss], *parts, [to_z.sum()]])

    return loss_and_gradient


def _to_logit(p: NDArray, y: NDArray) -> NDArray:
    return (p - y) / len(y)


def _unpack(theta: NDArray) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    hidden = (len(theta) - 1) // 4
    W, b, v, c = np.split(theta, np.cumsum([2 * hidden, hidden, hidden]))
    return W.reshape(2, hidden), b, v, c


def _small_batches() -> list[tuple[NDArray, NDArray, NDArray]]:
    cases = []
    for seed, hidden, n in ((0, 3, 12), (1, 5, 20)):
        theta = np.random.default_rng(seed).normal(size=4 * hidden + 1)
        cases.append((theta, *moons(n, seed=seed)))
    return cases


def _descent(direction: float = -1.0) -> NDArray:
    """Return where 200 steps of one estimated gradient each end, kept in the box."""
    slope = MultivariateDerivatives(SplineInterpolator).fit(*project_data.measured_losses())
    gradient, point = slope.gradient(), np.array([-3.6, -1.5])
    for _ in range(200):
        moved = point + direction * gradient(point[None])[0]
        point = np.clip(moved, project_data.LOW + _EDGE, project_data.HIGH - _EDGE)
    return point


def _luckiest() -> NDArray:
    settings, losses = project_data.measured_losses()
    return np.asarray(settings[np.argmin(losses)])


def _forecast(law: Law) -> Callable[[NDArray, NDArray], NDArray]:
    """Return the forecasts of a law: from a start (2,) and times (n,) to states (n, 2)."""

    def slopes(_: float, state: NDArray) -> NDArray:
        return np.where(np.abs(state) < _FAR, law(np.clip(state, -_FAR, _FAR)), 0.0)

    def forecast(start: NDArray, times: NDArray) -> NDArray:
        ends = (times[0], times[-1])
        found = solve_ivp(slopes, ends, start, t_eval=times, rtol=1e-7, atol=1e-7)
        return np.asarray(found.y.T)

    return forecast


def _terms(states: NDArray) -> NDArray:
    x, y = np.moveaxis(np.asarray(states, dtype=float), -1, 0)
    return np.stack([x**0, x, y, x**2, x * y, y**2, x**3, x**2 * y], axis=-1)


def _regressed(states: NDArray, slopes: NDArray, threshold: float, terms: Law = _terms) -> Law:
    rows = terms(states)
    found = np.stack([sparse_regression(rows, slope, threshold) for slope in slopes.T], axis=1)
    return lambda state: np.asarray(terms(state) @ found)


def _from_differences() -> Law:
    t, readings = project_data.unknown_motion()
    return _regressed(readings, np.gradient(readings, t, axis=0), 0.2)


def _from_spline(threshold: float, terms: Law = _terms) -> Law:
    t, readings = project_data.unknown_motion()
    fit, inside = SplineInterpolator().fit(t, readings), t[20:-20]
    return _regressed(fit(inside), fit.differentiate(order=1)(inside), threshold, terms)


def _starts() -> list[tuple[NDArray, NDArray]]:
    times = np.linspace(0, 6, 13)
    return [(np.array(start), times) for start in ([0.2, 0.0], [2.0, 0.0], [-1.0, 1.0])]


def map_places() -> NDArray:
    """Return the 441 places of the sensitivity map, shape (441, 2)."""
    axis = np.linspace(-1.2, 1.2, 21)
    return np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)


def _certain_share(which: int = 0, level: float = 0.95) -> float:
    """Return the share of the map at which the band of one sensitivity excludes zero."""
    fit = MultivariateDerivatives(SplineInterpolator).fit(*project_data.served_answers())
    low, high = fit.gradient().band(map_places(), level=level)
    return float(np.mean((low > 0) | (high < 0), axis=0)[which])


EXERCISES = {
    "8.41": Exercise(
        Function(percent(0.01), cases=_small_batches),
        right=_passes,
        hint="Check each part of the gradient with `check_gradient`, from the output backward.",
        then="Loss and gradient in one pass forward and one back: now train with it.",
        mistakes=[
            Mistake(
                "sum for mean",
                "Your loss is a mean and your gradient that of the sum: the number of samples is "
                "missing.",
                made=lambda: _passes(upstream=lambda p, y: p - y),
            ),
            Mistake(
                "sigmoid differentiated twice",
                "Cross-entropy and sigmoid together have the slope p - y. The factor p (1 - p) "
                "belongs to a squared error.",
                made=lambda: _passes(upstream=lambda p, y: (p - y) * p * (1 - p) / len(y)),
            ),
            Mistake(
                "tanh passed through",
                "The gradient went through tanh unchanged: its slope is missing.",
                made=lambda: _passes(through_tanh=np.ones_like),
            ),
            Mistake(
                "tanh of an output",
                "The hidden layer already holds outputs of tanh. Its slope is one minus their "
                "square, with no further tanh.",
                made=lambda: _passes(through_tanh=lambda h: 1 - np.tanh(h) ** 2),
            ),
            Mistake(
                "first layer transposed",
                "All numbers are right, and those of W stand in another order than in theta.",
                made=lambda: _passes(order="F"),
            ),
        ],
    ),
    "8.42": Exercise(
        Array(within(0.25), names=("log10 learning rate", "log10 weight decay")),
        right=project_data.best_settings,
        hint="Fit the samples, step against the estimated gradient, and stay inside the box.",
        then="Nobody ever trained at this setting: the fit averaged over its neighbors.",
        mistakes=[
            Mistake(
                "luckiest sample",
                "That is the setting with the least measured loss. The best of many noisy numbers "
                "is mostly the luckiest.",
                made=_luckiest,
            ),
            Mistake(
                "uphill",
                "You walked along the gradient, into a corner: it points uphill.",
                made=lambda: _descent(direction=1.0),
            ),
        ],
        wrong=[(lambda: project_data.best_settings()[::-1], "reversed order")],
    ),
    "8.43": Exercise(
        Function(within(0.3), cases=_starts),
        right=lambda: _forecast(project_data.true_slopes),
        hint="Smooth both states, estimate both slopes, drop small coefficients, and solve.",
        then="Your law has forecast motions from starts that it never saw.",
        mistakes=[
            Mistake(
                "raw differences",
                "These slopes are differences of the readings, and the readings themselves stand "
                "in the terms: noise there shrinks all coefficients.",
                made=lambda: _forecast(_from_differences()),
            ),
            Mistake(
                "nothing dropped",
                "All terms have stayed in your law, and the small ones add up to a wrong motion.",
                made=lambda: _forecast(_from_spline(threshold=0.0)),
            ),
            Mistake(
                "only linear terms",
                "A linear law dies away or explodes; it has no swing of a size of its own.",
                made=lambda: _forecast(
                    _from_spline(threshold=0.0, terms=lambda s: np.asarray(s, dtype=float))
                ),
            ),
        ],
    ),
    "8.44": Exercise(
        Number(within(0.03)),
        right=_certain_share,
        hint="Fit the answers, ask for the band at all places, and count where it excludes zero.",
        then="Elsewhere the honest answer is: we cannot tell its sign.",
        mistakes=[
            Mistake(
                "no band",
                "Without a band every sign looks certain.",
                made=lambda: 1.0,
            ),
            Mistake(
                "other input",
                "That is the share for the other input.",
                made=lambda: _certain_share(which=1),
            ),
            Mistake(
                "one standard error",
                "Your band is one standard error wide to each side, which holds the truth two "
                "times out of three.",
                made=lambda: _certain_share(level=0.683),
            ),
            Mistake(
                "uncertain share",
                "That is the share of places at which the sign is open.",
                made=lambda: 1 - _certain_share(),
            ),
        ],
    ),
}
