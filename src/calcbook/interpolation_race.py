r"""Curves through n values of a function: their error, and that of their derivative.

Polynomials are written in the first barycentric form,

.. math:: p(x) = \prod_k (x - x_k) \sum_j \frac{w_j}{x - x_j} u_j, \qquad
          w_j = \prod_{k \ne j} \frac{1}{x_j - x_k},

which stays accurate for bad nodes, where the more usual second form does not; and differentiated
by first taking the derivative at the nodes, then interpolating that.

References
----------
Berrut & Trefethen (2004), SIAM Review 46, doi:10.1137/S0036144502417715.
Higham (2004), doi:10.1093/imanum/24.4.547.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import CubicSpline

from calcbook.tanh_network import fit_tanh_network

Array = NDArray[np.float64]
Function = Callable[[Array], Array]


class Target(NamedTuple):
    """A function on [-1, 1] with its derivative."""

    value: Function
    slope: Function


TARGETS = {
    "1/(1 + 25x²)": Target(lambda x: 1 / (1 + 25 * x**2), lambda x: -50 * x / (1 + 25 * x**2) ** 2),
    "sin(3x) eˣ": Target(
        lambda x: np.sin(3 * x) * np.exp(x),
        lambda x: (np.sin(3 * x) + 3 * np.cos(3 * x)) * np.exp(x),
    ),
    "|x − 0.1|³": Target(lambda x: np.abs(x - 0.1) ** 3, lambda x: 3 * (x - 0.1) * np.abs(x - 0.1)),
}
RUNGE = "1/(1 + 25x²)"
NODES = (5, 9, 13, 17, 25, 33, 65)
EVEN, CHEBYSHEV, SPLINE, NETWORK = (
    "polynomial, even nodes",
    "polynomial, Chebyshev",
    "cubic spline",
    "network",
)
METHODS = (EVEN, CHEBYSHEV, SPLINE, NETWORK)
FINE = np.linspace(-1, 1, 2001)


def even_nodes(n: int) -> Array:
    """Return n evenly spaced nodes on [-1, 1]."""
    return np.linspace(-1, 1, _enough(n))


def chebyshev_nodes(n: int) -> Array:
    """Return n Chebyshev nodes of the second kind: even on a half circle, seen from above."""
    return -np.cos(np.pi * np.arange(_enough(n)) / (n - 1))


class PolynomialThrough:
    """The polynomial of degree n - 1 through n points.

    Parameters
    ----------
    x : array_like, shape (n,)
        Nodes, all different.
    u : array_like, shape (n,)
        Values.
    """

    def __init__(self, x: ArrayLike, u: ArrayLike) -> None:
        self.x, self.u = np.asarray(x, dtype=float), np.asarray(u, dtype=float)
        if self.x.shape != self.u.shape or self.x.ndim != 1:
            raise ValueError(
                f"`x` and `u` must both have shape (n,), got {self.x.shape} and {self.u.shape}."
            )
        apart = self.x[:, None] - self.x + np.eye(self.x.size)
        if np.any(apart == 0):
            raise ValueError("two entries of `x` are equal: keep one value for each node.")
        self.weights = 1 / np.prod(apart, axis=1)

    def __call__(self, at: ArrayLike) -> Array:
        """Return the polynomial at ``at``, shape (k,)."""
        apart = np.asarray(at, dtype=float)[:, None] - self.x
        hit = apart == 0
        inside = ~hit.any(axis=1, keepdims=True)
        basis = self.weights / np.where(hit, 1.0, apart)
        basis = np.where(inside, np.prod(apart, axis=1, keepdims=True) * basis, hit)
        return np.asarray(basis @ self.u)

    def derivative(self) -> PolynomialThrough:
        """Return the derivative, as a polynomial through the same nodes."""
        apart = self.x[:, None] - self.x + np.eye(self.x.size)
        D = self.weights / self.weights[:, None] / apart
        np.fill_diagonal(D, 0.0)
        np.fill_diagonal(D, -D.sum(axis=1))
        return PolynomialThrough(self.x, D @ self.u)


def through(method: str, target: Target, n: int, seed: int = 0) -> tuple[Function, Function]:
    """Return a curve made from n values of a function, and its derivative.

    Parameters
    ----------
    method : str
        One of `METHODS`. The network has 12 hidden neurons and need not go through the values.
    target : Target
    n : int
        Number of values, 2 or more.
    seed : int
        Of the network's initial weights.
    """
    x = chebyshev_nodes(n) if method == CHEBYSHEV else even_nodes(n)
    u = target.value(x)
    if method in (EVEN, CHEBYSHEV):
        curve = PolynomialThrough(x, u)
        return curve, curve.derivative()
    if method == SPLINE:
        spline = CubicSpline(x, u)
        return spline, spline.derivative()
    if method != NETWORK:
        raise ValueError(f"`method` {method!r} is none of {', '.join(METHODS)}.")
    net = fit_tanh_network(
        x[:, None], u, hidden=12, penalty=1e-9, spread=3.0, iterations=60, seed=seed
    )
    return lambda at: net(at[:, None]), lambda at: net.gradient(at[:, None])[:, 0]


def errors(method: str, target: Target, n: int, seed: int = 0) -> Array:
    """Return the largest error on [-1, 1] of the value and of the derivative, shape (2,)."""
    pair = through(method, target, n, seed)
    return np.array([np.max(np.abs(c(FINE) - t(FINE))) for c, t in zip(pair, target, strict=True)])


@functools.cache
def race(name: str, method: str, seeds: int = 20) -> Array:
    """Return the errors of a method over `NODES`, shape (nodes, 2), by the target's name.

    A network's are the medians over ``seeds`` initial weights.
    """
    many = range(seeds if method == NETWORK else 1)
    return np.array(
        [
            np.median([errors(method, TARGETS[name], n, seed) for seed in many], axis=0)
            for n in NODES
        ]
    )


def lebesgue_constant(x: ArrayLike) -> float:
    """Return by how much polynomial interpolation at the nodes ``x`` can amplify errors."""
    nodes = np.asarray(x, dtype=float)
    basis = [PolynomialThrough(nodes, one)(FINE) for one in np.eye(nodes.size)]
    return float(np.max(np.sum(np.abs(basis), axis=0)))


def _enough(n: int) -> int:
    if n < 2:
        raise ValueError(f"`n` is {n}: give at least 2 nodes, one for each end.")
    return n
