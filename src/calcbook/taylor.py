r"""Functions with all their derivatives, their Taylor polynomials, and Lagrange's bound.

The polynomial of order n about a, and a bound on what it leaves out, are

.. math::
    T_n(x) = \sum_{k=0}^n \frac{f^{(k)}(a)}{k!} (x - a)^k, \qquad
    |f(x) - T_n(x)| \le \max_{\xi} |f^{(n+1)}(\xi)| \, \frac{|x - a|^{n+1}}{(n + 1)!}

with the maximum over all ξ between a and x. Each function here is ``taken`` as its *coefficients*,
:math:`f^{(k)}(a) / k!`, which stay of a moderate size where factorials would overflow.

References
----------
Spivak (2008), *Calculus*, 4th ed., chapter 20.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.polynomial import Polynomial
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

Array = NDArray[np.float64]
_FEW = 7  # derivatives of the sigmoid that its polynomials give to all digits
_GRID = 60  # places between center and x at which Lagrange's bound looks for the largest


class Analytic(NamedTuple):
    """A function with all its Taylor coefficients.

    Attributes
    ----------
    value : callable
        Takes and returns arrays.
    coefficient : callable
        ``coefficient(a, k)`` is the k-th derivative at ``a``, an array, divided by k!.
    radius : callable
        ``radius(a)``: how far from ``a`` the Taylor series about it converges.
    """

    value: Callable[[ArrayLike], Array]
    coefficient: Callable[[ArrayLike, int], Array]
    radius: Callable[[float], float]


def _exp(a: ArrayLike, k: int) -> Array:
    return np.asarray(np.exp(a) / math.factorial(k))


def _sin(a: ArrayLike, k: int) -> Array:
    return np.asarray(np.sin(np.asarray(a) + k * np.pi / 2) / math.factorial(k))


def _value_of_sigmoid(x: ArrayLike) -> Array:
    return np.asarray(expit(np.asarray(x, dtype=float)))


def _sigmoid(a: ArrayLike, k: int) -> Array:
    if k > _FEW:
        # The sum over its poles, ±iπ, ±3iπ, ...; the polynomials below would lose their digits.
        poles = 1j * np.pi * np.arange(1, 80, 2)
        terms = (-1.0) ** k / (np.asarray(a)[..., None] - poles) ** (k + 1)
        return np.asarray(2 * terms.real.sum(axis=-1))
    # s' = s (1 - s), so every derivative of s is a polynomial in s.
    polynomial = Polynomial([0.0, 1.0])
    for step in range(1, k + 1):
        polynomial = polynomial.deriv() * Polynomial([0.0, 1.0, -1.0]) / step
    return np.asarray(polynomial(_value_of_sigmoid(a)))


def _bell(a: ArrayLike, k: int) -> Array:
    # 1/(1 + x²) is the imaginary part of 1/(x - i): the series of that is geometric.
    return np.asarray(np.imag((-1.0) ** k / (np.asarray(a) - 1j) ** (k + 1)))


FUNCTIONS = {
    "eˣ": Analytic(lambda x: np.asarray(np.exp(x)), _exp, lambda a: np.inf),
    "sin x": Analytic(lambda x: np.asarray(np.sin(x)), _sin, lambda a: np.inf),
    "sigmoid": Analytic(_value_of_sigmoid, _sigmoid, lambda a: float(np.hypot(a, np.pi))),
    "1/(1 + x²)": Analytic(
        lambda x: 1 / (1 + np.asarray(x, dtype=float) ** 2), _bell, lambda a: float(np.hypot(a, 1))
    ),
}


def polynomial(f: Analytic, a: float, order: int) -> Callable[[ArrayLike], Array]:
    """Return the Taylor polynomial of ``f`` of an order about ``a``, a function of arrays.

    Raises
    ------
    ValueError
        If ``order`` is below 0.
    """
    if order < 0:
        raise ValueError(f"`order` is {order}: give 0 for the value, 1 for the tangent, and so on.")
    coefficients = Polynomial([float(f.coefficient(a, k)) for k in range(order + 1)])
    return lambda x: np.asarray(coefficients(np.asarray(x, dtype=float) - a))


def lagrange_bound(f: Analytic, a: float, order: int, x: ArrayLike) -> Array:
    """Return Lagrange's bound on the error of the Taylor polynomial at each ``x``.

    Parameters
    ----------
    f : Analytic
    a : float
        Center.
    order : int
    x : array_like, shape (n,)

    Returns
    -------
    ndarray, shape (n,)
        The largest derivative is looked for on a fine grid.
    """
    at = np.atleast_1d(np.asarray(x, dtype=float))
    between = a + (at - a) * np.linspace(0, 1, _GRID)[:, None]
    largest = np.max(np.abs(f.coefficient(between, order + 1)), axis=0)
    return np.asarray(largest * np.abs(at - a) ** (order + 1))
