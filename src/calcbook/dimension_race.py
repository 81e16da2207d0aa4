r"""Four ways to integrate over the unit cube, as its dimension grows, at one price for all.

The integrand is a product, :math:`f(x) = \prod_j g(x_j)` with
:math:`g(x) = e^{-8 (x - 0.4)^2} / Z`, a bump whose integral is 1 in any dimension. On a grid with
k points an axis a rule for products costs :math:`N = k^d` values of f; because f is a product, that
sum is the d-th power of a sum of k terms, which is how it is computed here.

References
----------
Owen, "Scrambled net variance for integrals of smooth functions", Annals of Statistics 25 (1997).
"""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import erf
from scipy.stats import qmc

from calcbook.quadrature_rules import composite

SEED = "rng" if "rng" in inspect.signature(qmc.Sobol).parameters else "seed"  # until SciPy 1.14

Array = NDArray[np.float64]
GRID_RULES = ("trapezoid", "Simpson")
RANDOM_RULES = ("Monte Carlo", "quasi-Monte Carlo")
SHARPNESS, PEAK = 8.0, 0.4
_ROOT = np.sqrt(SHARPNESS)
_AREA = np.sqrt(np.pi) / (2 * _ROOT) * (erf(_ROOT * (1 - PEAK)) + erf(_ROOT * PEAK))
COUNTS = 2 ** np.arange(4, 15)


def factor(x: ArrayLike) -> Array:
    """Return g(x), whose integral over [0, 1] is 1."""
    return np.asarray(np.exp(-SHARPNESS * (np.asarray(x) - PEAK) ** 2) / _AREA)


def integrand(points: ArrayLike) -> Array:
    """Return f at points of shape (n, d); its integral over the unit cube is 1."""
    return np.asarray(np.prod(factor(points), axis=-1))


def grid_errors(rule: str, dimension: int, most: float = 2.0**14) -> tuple[Array, Array]:
    """Return how many values a product rule takes, and its error, as its grid gets finer.

    Parameters
    ----------
    rule : {"trapezoid", "Simpson"}
    dimension : int
    most : float
        Largest number of values.

    Returns
    -------
    counts, errors : ndarray, shape (k,)
        With fewer entries in more dimensions: the coarsest grids already cost that much.
    """
    counts, errors, before = [], [], 0.0
    for pieces in range(1, int(most) + 1):
        nodes, weights = composite(rule, pieces)
        count = float(nodes.size) ** dimension
        if count > most:
            break
        if count < 1.3 * before:
            continue
        before = count
        counts.append(count)
        errors.append(abs((weights @ factor(nodes)) ** dimension - 1))
    return np.array(counts), np.array(errors)


def grid_slope(rule: str, dimension: int) -> float:
    """Return the slope of log error over log number of values, on grids of any fineness."""
    rules = [composite(rule, pieces) for pieces in (16, 24, 32, 48)]
    counts = [float(each.nodes.size - 1) ** dimension for each in rules]
    sums = np.array([each.weights @ factor(each.nodes) for each in rules])
    return slope(counts, np.abs(np.expm1(dimension * np.log(sums))))


def random_errors(
    rule: str, dimension: int, counts: ArrayLike = COUNTS, seeds: int = 20
) -> tuple[Array, Array]:
    """Return the root mean square errors of a random rule over seeds, at each number of values.

    Parameters
    ----------
    rule : {"Monte Carlo", "quasi-Monte Carlo"}
        The latter with scrambled Sobol points.
    dimension : int
    counts : array_like of int
        Powers of two.
    seeds : int
    """
    sizes = np.asarray(counts)
    squares = np.zeros(sizes.size)
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        if rule == "Monte Carlo":
            points = rng.random((sizes[-1], dimension))
        else:
            seeded: dict[str, Any] = {SEED: rng}
            points = qmc.Sobol(dimension, **seeded).random(sizes[-1])
        means = np.cumsum(integrand(points))[sizes - 1] / sizes
        squares += (means - 1) ** 2 / seeds
    return sizes.astype(float), np.sqrt(squares)


def errors_of(dimension: int) -> dict[str, tuple[Array, Array]]:
    """Return numbers of values and errors of all four rules."""
    grids = {rule: grid_errors(rule, dimension) for rule in GRID_RULES}
    return grids | {rule: random_errors(rule, dimension) for rule in RANDOM_RULES}


def slope(counts: ArrayLike, errors: ArrayLike) -> float:
    """Return the slope of a line through log error over log number of values."""
    return float(np.polyfit(np.log(counts), np.log(errors), 1)[0])
