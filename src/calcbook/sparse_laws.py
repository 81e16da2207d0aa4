"""Find a law of motion in noisy records: sparse regression of slopes on candidate terms.

Two systems are on offer, a damped pendulum and Lotka and Volterra's predators and prey. A law is
learned from the first part of a record and judged by rolling it out over the rest.

References
----------
Brunton, S. L., Proctor, J. L. and Kutz, J. N. (2016). Discovering governing equations from data by
sparse identification of nonlinear dynamical systems. PNAS 113(15), 3932-3937.
doi:10.1073/pnas.1517384113
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from pydelt.interpolation import SplineInterpolator

END, HELD_OUT = 20.0, 12.0
_SAMPLES, _EDGE, _FAR = 801, 15, 50.0


@dataclass(frozen=True)
class System:
    """A pair of coupled equations, and the terms among which they are to be found.

    Attributes
    ----------
    states : tuple of str
        Names of the two states.
    start : tuple of float
    terms : callable
        ``(a, b) -> {name: values}``, the candidate terms.
    law : tuple of dict
        For each state, the true coefficient of each term that it has.
    """

    states: tuple[str, str]
    start: tuple[float, float]
    terms: Callable[[NDArray, NDArray], dict[str, NDArray]]
    law: tuple[dict[str, float], dict[str, float]]


def _pendulum_terms(theta: NDArray, omega: NDArray) -> dict[str, NDArray]:
    return {
        "1": np.ones_like(theta),
        "θ": theta,
        "ω": omega,
        "sin θ": np.sin(theta),
        "cos θ": np.cos(theta),
        "θ²": theta**2,
        "ω²": omega**2,
    }


def _quadratic_terms(x: NDArray, y: NDArray) -> dict[str, NDArray]:
    return {"1": np.ones_like(x), "x": x, "y": y, "x²": x**2, "xy": x * y, "y²": y**2}


SYSTEMS = {
    "pendulum": System(
        ("θ", "ω"), (2.0, 0.0), _pendulum_terms, ({"ω": 1.0}, {"ω": -0.3, "sin θ": -4.0})
    ),
    "predators and prey": System(
        ("x", "y"), (4.0, 1.0), _quadratic_terms, ({"x": 1.0, "xy": -0.5}, {"y": -1.0, "xy": 0.4})
    ),
}


@dataclass(frozen=True)
class Record:
    """Readings ``u (n, 2)`` at times ``t (n,)``, and what they would be without noise."""

    t: NDArray
    u: NDArray
    truth: NDArray


@dataclass(frozen=True)
class Discovery:
    """A law that was found.

    Attributes
    ----------
    names : tuple of str
    coefficients : ndarray, shape (terms, 2)
        A column for each state; most are zero.
    now : ndarray, shape (2,)
        Smoothed state at the end of the part that was learned from.
    """

    system: System
    names: tuple[str, ...]
    coefficients: NDArray
    now: NDArray

    @property
    def right_terms(self) -> bool:
        """Whether the terms are exactly those of the true law."""
        return all(
            {n for n, c in zip(self.names, column, strict=True) if c} == set(law)
            for column, law in zip(self.coefficients.T, self.system.law, strict=True)
        )

    def words(self) -> list[str]:
        """Return an equation for each state."""
        return [
            f"d{state}/dt = "
            + (
                " ".join(
                    f"{'−' if c < 0 else '+'} {abs(c):.2f} {n.replace('1', '')}".rstrip()
                    for n, c in zip(self.names, column, strict=True)
                    if c
                ).removeprefix("+ ")
                or "0"
            )
            for state, column in zip(self.system.states, self.coefficients.T, strict=True)
        ]

    def rollout(self, t: NDArray) -> NDArray:
        """Solve the law from `now` at ``t[0]``; returns shape ``(len(t), 2)``."""
        return _solve(self.system, self.coefficients, self.now, t)


def record(system: str, noise: float, seed: int = 0) -> Record:
    """Simulate a record of 801 readings over 20 units of time.

    Parameters
    ----------
    system : str
        A name in `SYSTEMS`.
    noise : float
        Standard deviation of the noise, as a share of that of each state.

    Raises
    ------
    ValueError
        If there is no such system.
    """
    t, truth = _truth(system)
    rough = np.random.default_rng(seed).standard_normal(truth.shape)
    return Record(t, truth + noise * truth.std(axis=0) * rough, truth)


def sparse_regression(terms: NDArray, slopes: NDArray, threshold: float) -> NDArray:
    """Least squares, dropping coefficients below a threshold until none is left to drop.

    Parameters
    ----------
    terms : ndarray, shape (n, p)
    slopes : ndarray, shape (n,)
    threshold : float
        Smallest coefficient that is kept, in the units of the coefficients.

    Returns
    -------
    ndarray, shape (p,)
    """
    if threshold < 0:
        raise ValueError(f"threshold must not be negative, not {threshold!r}.")
    keep = np.ones(terms.shape[1], dtype=bool)
    while True:
        found = np.zeros(terms.shape[1])
        found[keep] = np.linalg.lstsq(terms[:, keep], slopes, rcond=None)[0]
        small = keep & (np.abs(found) < threshold)
        if not small.any():
            return found
        keep &= ~small


def discover(system: str, readings: Record, threshold: float = 0.15) -> Discovery:
    """Find the law of a record from its readings up to time 12."""
    chosen = _system(system)
    early = readings.t <= HELD_OUT
    t = readings.t[early]
    fits = [SplineInterpolator().fit(t, column) for column in readings.u[early].T]
    inner = t[_EDGE:-_EDGE]  # at the ends slopes are least certain
    terms = chosen.terms(*(fit(inner) for fit in fits))
    matrix = np.stack(list(terms.values()), axis=1)
    slopes = [fit.differentiate(order=1)(inner) for fit in fits]
    found = np.stack([sparse_regression(matrix, slope, threshold) for slope in slopes], axis=1)
    now = np.array([float(fit(HELD_OUT)) for fit in fits])
    return Discovery(chosen, tuple(terms), found, now)


def held_out_error(readings: Record, law: Discovery) -> float:
    """Return the root mean square error of the rollout after time 12, relative to the spread."""
    late = readings.t >= HELD_OUT
    off = law.rollout(readings.t[late]) - readings.truth[late]
    return float(np.sqrt(np.mean((off / readings.truth.std(axis=0)) ** 2)))


@functools.cache
def _truth(system: str) -> tuple[NDArray, NDArray]:
    """Return the times, and the states without noise; no caller writes into them."""
    chosen = _system(system)
    t = np.linspace(0, END, _SAMPLES)
    names = list(chosen.terms(np.zeros(1), np.zeros(1)))
    true = np.array([[law.get(name, 0.0) for law in chosen.law] for name in names])
    return t, _solve(chosen, true, np.array(chosen.start), t)


def _system(name: str) -> System:
    if name not in SYSTEMS:
        raise ValueError(f"system must be one of {', '.join(SYSTEMS)}, not {name!r}.")
    return SYSTEMS[name]


def _solve(system: System, coefficients: NDArray, start: NDArray, t: NDArray) -> NDArray:
    def slopes(_: float, state: NDArray) -> NDArray:
        # A wrong law may run away; far out it is held still, so that a solution always exists.
        a, b = np.clip(state, -_FAR, _FAR)
        values = np.array(list(system.terms(np.array(a), np.array(b)).values()))
        return np.asarray(np.where(np.abs(state) < _FAR, values @ coefficients, 0.0))

    solution = solve_ivp(slopes, (t[0], t[-1]), start, t_eval=t, rtol=1e-7, atol=1e-7)
    return np.asarray(solution.y.T)
