"""Damping and stiffness of a pendulum from noisy angles: slopes matched, or the path matched.

The law is u'' = -c u' - k sin u. It is linear in (c, k), so estimated derivatives give both by
least squares. Matching the path needs the gradient of a solution, which the adjoint gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, sin
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize

from pydelt.interpolation import SplineInterpolator

Array = NDArray[np.float64]
TRUTH = np.array([0.3, 4.0])
START = (2.0, 0.0)
MOST_DESCENTS = 6
STANDS = 1e-6  # change of the parameters below which a descent has arrived


@dataclass(frozen=True)
class Angles:
    """Noisy angles (rad), shape (n,), at evenly spaced times (s), and the angles without noise."""

    t: Array
    u: Array
    truth: Array


def swing(parameters: ArrayLike, times: Array) -> Array:
    """Return angle and speed at each time, shape (n, 2), by one RK4 step from each to the next.

    Parameters
    ----------
    parameters : array_like, shape (4,)
        Damping c (1/s), stiffness k (1/s²), first angle (rad) and speed (rad/s).
    """
    c, k, u, v = (float(one) for one in np.asarray(parameters))
    path = [(u, v)]
    for h in np.diff(times).tolist():
        u, v = _rk4(lambda s: (s[1], -c * s[1] - k * sin(s[0])), (u, v), h)
        path.append((u, v))
    return np.array(path)


def noisy_swing(noise: float = 0.1, seed: int = 0, n: int = 81, duration: float = 10) -> Angles:
    """Return ``n`` angles of the true pendulum over ``duration`` seconds, with normal noise."""
    t = np.linspace(0, duration, n)
    truth = swing([*TRUTH, *START], t)[:, 0]
    return Angles(t, truth + noise * np.random.default_rng(seed).normal(size=n), truth)


def match_slopes(angles: Angles) -> Array:
    """Return (c, k, u0, v0) by least squares on derivatives of a fitted spline."""
    spline = SplineInterpolator().fit(angles.t, angles.u)
    u, speed = spline(angles.t), spline.differentiate()(angles.t)
    bend = spline.differentiate(order=2)(angles.t)
    inner = slice(4, -4)  # a spline's second derivative is least certain at its ends
    features = -np.column_stack([speed, np.sin(u)])
    c, k = np.linalg.lstsq(features[inner], bend[inner], rcond=None)[0]
    return np.array([c, k, u[0], speed[0]])


def loss_and_gradient(parameters: ArrayLike, angles: Angles) -> tuple[float, Array]:
    """Return the mean squared misfit of the path and its gradient, shape (4,), by the adjoint.

    At every sample the adjoint jumps by that sample's own derivative of the loss.
    """
    c, k, _, _ = (float(one) for one in np.asarray(parameters))
    path = swing(parameters, angles.t)
    misfit = path[:, 0] - angles.u
    jumps = (2 * misfit / misfit.size).tolist()

    def backward(s: tuple[float, ...]) -> tuple[float, ...]:
        u, v, a, b = s[:4]  # the state, and the derivatives of the loss by angle and by speed
        pull, wave = cos(u), sin(u)
        return (v, -c * v - k * wave, b * k * pull, -a + b * c, b * v, b * wave)

    state = (*path[-1].tolist(), jumps[-1], 0.0, 0.0, 0.0)
    for i in range(misfit.size - 1, 0, -1):
        state = _rk4(backward, state, float(angles.t[i - 1] - angles.t[i]))
        state = (*path[i - 1].tolist(), state[2] + jumps[i - 1], *state[3:])
    return float(np.mean(misfit**2)), np.array([*state[4:], *state[2:4]])


class Match(NamedTuple):
    """What a descent found.

    Attributes
    ----------
    parameters : ndarray, shape (4,)
        (c, k, u0, v0).
    evaluations : int
        How often it solved the equation.
    """

    parameters: Array
    evaluations: int


def match_path(angles: Angles, start: ArrayLike) -> Match:
    """Return the least misfit that L-BFGS finds from ``start`` = (c, k, u0, v0).

    A trial step far out, where the path leaves all bounds, can end a line search before a minimum.
    So the descent starts again from where it stopped, until it stays there.
    """
    parameters, evaluations = np.asarray(start, dtype=float), 0
    for _ in range(MOST_DESCENTS):
        found = minimize(
            loss_and_gradient,
            parameters,
            args=(angles,),
            jac=True,
            method="L-BFGS-B",
            bounds=[(-1, 3), (0.1, 20), (-3, 3), (-6, 6)],
        )
        moved = np.max(np.abs(found.x - parameters))
        parameters, evaluations = np.asarray(found.x), evaluations + found.nfev
        if moved < STANDS:
            break
    return Match(parameters, evaluations)


def _rk4(rate, state: tuple[float, ...], h: float) -> tuple[float, ...]:  # type: ignore[no-untyped-def]
    def moved(by: float, slopes: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(s + by * r for s, r in zip(state, slopes, strict=True))

    one = rate(state)
    two = rate(moved(h / 2, one))
    three = rate(moved(h / 2, two))
    four = rate(moved(h, three))
    slopes = ((p + 2 * q + 2 * r + s) / 6 for p, q, r, s in zip(one, two, three, four, strict=True))
    return moved(h, tuple(slopes))
