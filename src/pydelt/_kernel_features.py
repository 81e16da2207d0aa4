"""The Gaussian kernel, its derivatives, and features whose products add up to it.

A pivoted Cholesky factorization picks samples one by one, each time the one that the earlier picks
explain least, and stops when nothing is left to explain. Evaluated anywhere, the factor's rows are
functions (features) with :math:`\\varphi(x)^T \\varphi(x') \\approx k(x, x')`.

References
----------
Harbrecht, H., Peters, M. and Schneider, R. (2012). On the low-rank approximation by the pivoted
Cholesky decomposition. Applied Numerical Mathematics 62(4), 428-440.
doi:10.1016/j.apnum.2011.10.001
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.polynomial.hermite_e import hermeval
from scipy.linalg import solve_triangular
from scipy.linalg.lapack import dpstrf

from ._validation import FloatArray

EXACT_LIMIT = 1000  # samples up to which every one may become a pivot
PIVOTS = 600  # beyond that
_ROUNDING = 1e-13  # share of the kernel's variance that is rounding
_FAR = 150.0  # squared distance from which the kernel, 3e-33 and less, counts as zero


def gaussian(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the Gaussian kernel of unit length between rows, shape (len(a), len(b)).

    Far apart it is exactly zero: a factorization would multiply values that small on and on, down
    to subnormal numbers, which take processors many times as long as zeros.
    """
    squares = (a * a).sum(axis=1)[:, None] + (b * b).sum(axis=1) - 2.0 * a @ b.T
    np.maximum(squares, 0.0, out=squares)
    kernel: FloatArray = np.exp(-0.5 * squares, out=np.zeros_like(squares), where=squares < _FAR)
    return kernel


class KernelFeatures:
    """Functions whose products add up to the Gaussian kernel.

    Parameters
    ----------
    z : ndarray, shape (n, d)
        Samples in units of the kernel's lengths.
    tolerance : float
        Share of the kernel's variance that may be left out at any sample. With 0 nothing is, but
        for rounding, and every sample may become a pivot; else at most `PIVOTS` beyond
        `EXACT_LIMIT` samples.
    """

    def __init__(self, z: FloatArray, tolerance: float) -> None:
        crowd = tolerance > 0 and len(z) > EXACT_LIMIT
        if crowd:
            z = z[np.random.default_rng(1).permutation(len(z))[:EXACT_LIMIT]]
        lower, order, rank, _ = dpstrf(gaussian(z, z), tol=max(tolerance, _ROUNDING), lower=1)
        if crowd:
            rank = min(rank, PIVOTS)
        self.sites = z[order[:rank] - 1]
        self.lower: FloatArray = np.tril(lower[:rank, :rank])

    def kernels(self, z: FloatArray, partials: Sequence[Sequence[int]]) -> Iterator[FloatArray]:
        """Yield partial derivatives of the kernel to each site, shape (r, q), along axes of `z`."""
        values = gaussian(self.sites, z)
        for orders in partials:
            derivative = values
            for axis, order in enumerate(orders):
                if order:
                    apart = self.sites[:, axis, None] - z[:, axis]
                    derivative = derivative * _hermite(apart, order)
            yield derivative

    def __call__(self, z: FloatArray, orders: Sequence[int]) -> FloatArray:
        """Return the derivative of every feature, shape (q, r)."""
        (kernel,) = self.kernels(z, [orders])
        features: FloatArray = solve_triangular(self.lower, kernel, lower=True).T
        return features

    @staticmethod
    def prior(orders: Sequence[int], others: Sequence[int]) -> float:
        """Return the prior covariance of two derivatives at one point, for unit field variance."""
        factors = [(-1) ** a * _hermite(0.0, a + b) for a, b in zip(orders, others, strict=True)]
        return float(np.prod(factors))


def _hermite(u: FloatArray | float, order: int) -> FloatArray:
    """Return the Hermite polynomial: ``d^n exp(-u^2/2) = (-1)^n He_n(u) exp(-u^2/2)``."""
    return np.asarray(u if order == 1 else hermeval(u, [0.0] * order + [1.0]))
