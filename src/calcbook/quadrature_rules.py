r"""Rules that integrate from a few values, their measured orders, and what noise does to them.

A composite rule of order p cuts [0, 1] into pieces and errs by about :math:`C h^p`. White noise of
standard deviation :math:`\sigma` in the values adds :math:`\sigma \sqrt{\sum w_i^2}` to that.

References
----------
Davis & Rabinowitz, Methods of Numerical Integration, 2nd ed. (1984), chapters 2 and 3.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

Array = NDArray[np.float64]


class Rule(NamedTuple):
    """A rule on one piece [0, 1]: nodes, and weights that add up to one."""

    nodes: Array
    weights: Array


class Integrand(NamedTuple):
    """A function on [0, 1] with its exact integral."""

    value: Callable[[Array], Array]
    integral: float


def _gauss(points: int) -> Rule:
    nodes, weights = np.polynomial.legendre.leggauss(points)
    return Rule((nodes + 1) / 2, weights / 2)


RULES = {
    "left end": Rule(np.array([0.0]), np.array([1.0])),
    "trapezoid": Rule(np.array([0.0, 1.0]), np.array([0.5, 0.5])),
    "Simpson": Rule(np.array([0.0, 0.5, 1.0]), np.array([1.0, 4.0, 1.0]) / 6),
    "Gauss, 3 points": _gauss(3),
}
KINK = 1 / np.pi
INTEGRANDS = {
    "smooth: exp(x)": Integrand(np.exp, np.e - 1),
    "periodic: exp(sin 2πx)": Integrand(lambda x: np.exp(np.sin(2 * np.pi * x)), float(np.i0(1.0))),
    "narrow peak": Integrand(
        lambda x: np.exp(-((40 * (x - 0.5)) ** 2)), float(np.sqrt(np.pi) / 40 * erf(20))
    ),
    "kink: |x − 1/π|": Integrand(lambda x: np.abs(x - KINK), (KINK**2 + (1 - KINK) ** 2) / 2),
    "steep end: √x": Integrand(np.sqrt, 2 / 3),
}


def composite(rule: str, pieces: int) -> Rule:
    """Return the nodes and weights of a rule on [0, 1] cut into equal pieces.

    Parameters
    ----------
    rule : str
        One of `RULES`.
    pieces : int

    Returns
    -------
    Rule
        With nodes that two pieces share listed once.
    """
    if rule not in RULES:
        raise ValueError(f"`rule` is {rule!r}; choose one of {', '.join(map(repr, RULES))}.")
    if pieces < 1:
        raise ValueError(f"`pieces` must be at least 1, got {pieces}.")
    nodes, weights = RULES[rule]
    closed = nodes[0] == 0 and nodes[-1] == 1
    step = nodes.size - 1 if closed else nodes.size  # a closed rule shares its ends
    total = np.zeros(step * pieces + closed)
    for node, weight in enumerate(weights):
        total[node : node + step * pieces : step] += weight / pieces
    inner = nodes[:-1] if closed else nodes
    places = (np.arange(pieces)[:, None] + inner).ravel() / pieces
    return Rule(np.append(places, 1.0) if closed else places, total)


def error(rule: str, integrand: str, pieces: int) -> float:
    """Return by how much a rule misses an integral, without its sign."""
    nodes, weights = composite(rule, pieces)
    function = INTEGRANDS[integrand]
    return float(abs(weights @ function.value(nodes) - function.integral))


def noisy_error(rule: str, integrand: str, pieces: int, noise: float) -> float:
    """Return the root mean square error when every value carries white noise."""
    weights = composite(rule, pieces).weights
    return float(np.hypot(error(rule, integrand, pieces), noise * np.sqrt(np.sum(weights**2))))


def measured_order(rule: str, integrand: str = "smooth: exp(x)") -> float:
    """Return the slope of log error over log h, for pieces of the width h."""
    pieces = np.array([4, 8, 16])
    errors = [error(rule, integrand, int(each)) for each in pieces]
    return float(-np.polyfit(np.log(pieces), np.log(errors), 1)[0])
