r"""Two networks that learn a swing: one its slopes, the other its energy.

A pendulum without friction moves along the lines of equal energy of
``H(q, p) = p^2 / 2 + 1 - cos(q)``. One network learns both slopes. The other, a Hamiltonian
network, learns one number ``H`` whose derivatives *are* the slopes, ``dq/dt = dH/dp`` and
``dp/dt = -dH/dq``, so whatever it has learned, its motion keeps it.

Both have one hidden layer whose inner weights stay random; only the outer ones are fitted. Then
training is a linear least-squares problem, and the two differ in nothing but their structure.

References
----------
Greydanus, S., Dzamba, M. and Yosinski, J. (2019). Hamiltonian neural networks. NeurIPS.
Rahimi, A. and Recht, B. (2007). Random features for large-scale kernel machines. NeurIPS.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp

from pydelt.interpolation import SplineInterpolator

Array = NDArray[np.float64]

_SWINGS, _END, _SAMPLES, _EDGE = (0.6, 1.0, 1.4, 1.8), 12.0, 241, 12
_HIDDEN, _PENALTY = 40, 1e-5


@dataclass(frozen=True)
class SwingNetwork:
    """A network for the slopes of a state (q, p).

    Attributes
    ----------
    inner : ndarray, shape (3, hidden)
        Random weights of q and p, and the biases.
    outer : ndarray, shape (hidden,) or (hidden, 2)
        Fitted weights of the energy, or of the two slopes.
    """

    inner: Array
    outer: Array

    @property
    def hamiltonian(self) -> bool:
        """Whether the network gives an energy."""
        return self.outer.ndim == 1

    def slopes(self, states: ArrayLike) -> Array:
        """Return the slopes (dq/dt, dp/dt) of states of shape (n, 2)."""
        x = np.asarray(states, dtype=float)
        if self.hamiltonian:
            return np.stack([part @ self.outer for part in _turned(self.inner, x)], axis=1)
        return np.asarray(_hidden(self.inner, x) @ self.outer)

    def rollout(self, start: ArrayLike, t: Array) -> Array:
        """Return the states at times `t`, shape (len(t), 2), from one start."""
        return _solve(lambda x: self.slopes(x[None])[0], start, t)


def energy(states: ArrayLike) -> Array:
    """Return the true energy of states of shape (..., 2)."""
    x = np.asarray(states, dtype=float)
    return np.asarray(x[..., 1] ** 2 / 2 + 1 - np.cos(x[..., 0]))


def true_swing(start: ArrayLike, t: Array) -> Array:
    """Return the true states at times `t`, shape (len(t), 2)."""
    return _solve(lambda x: np.array([x[1], -np.sin(x[0])]), start, t)


@functools.cache
def swing_networks(noise: float = 0.05, seed: int = 0) -> dict[str, SwingNetwork]:
    """Return both networks, fitted to slopes that are estimated from noisy swings.

    Parameters
    ----------
    noise : float
        Standard deviation of the noise in both states, in rad and rad/s.
    seed : int
        Of the noise and of the inner weights.
    """
    rng = np.random.default_rng(seed)
    states, slopes = _estimated(noise, rng)
    inner = rng.normal(size=(3, _HIDDEN)) * np.array([[0.8], [0.8], [1.0]])
    energy_rows = np.vstack(_turned(inner, states))
    return {
        "plain network": SwingNetwork(inner, _ridge(_hidden(inner, states), slopes)),
        "Hamiltonian network": SwingNetwork(inner, _ridge(energy_rows, slopes.T.ravel())),
    }


def _estimated(noise: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Smoothed states and their slopes, shape (n, 2) each, away from the ends of each record."""
    t, states, slopes = np.linspace(0, _END, _SAMPLES), [], []
    for swing in _SWINGS:
        clean = true_swing((swing, 0.0), t)
        fit = SplineInterpolator().fit(t, clean + noise * rng.standard_normal(clean.shape))
        inside = t[_EDGE:-_EDGE]
        states.append(fit(inside))
        slopes.append(fit.differentiate(order=1)(inside))
    return np.concatenate(states), np.concatenate(slopes)


def _hidden(inner: Array, x: Array) -> Array:
    return np.asarray(np.tanh(x @ inner[:2] + inner[2]))


def _turned(inner: Array, x: Array) -> tuple[Array, Array]:
    """Derivatives of each hidden neuron that make up dH/dp and -dH/dq, shape (n, hidden)."""
    bend = 1 - _hidden(inner, x) ** 2
    return bend * inner[1], -bend * inner[0]


def _ridge(rows: Array, targets: Array) -> Array:
    size = len(rows) * _PENALTY * np.eye(rows.shape[1])
    return np.asarray(np.linalg.solve(rows.T @ rows + size, rows.T @ targets))


def _solve(slope: Callable[[Array], Array], start: ArrayLike, t: Array) -> Array:
    found = solve_ivp(
        lambda _, x: slope(x),
        (t[0], t[-1]),
        np.asarray(start, float),
        t_eval=t,
        rtol=1e-8,
        atol=1e-8,
    )
    return np.asarray(found.y.T)
