"""A spline that goes on beyond its ends, and what is uncertain about its tails.

Under a prior that makes the m-th derivative white noise, all that the data say about the function
beyond an end passes through its value and first m - 1 derivatives there: the mean continues as
their Taylor polynomial, and integrated white noise adds to the variance.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import numpy as np

from ._bspline_basis import BSplineBasis
from ._validation import FloatArray


@dataclass(frozen=True)
class TailedSpline:
    """A spline on [0, 1] with Taylor tails; coefficients of shape (series, N)."""

    basis: BSplineBasis
    coefficients: FloatArray

    def value(self, z: FloatArray, derivative: int = 0) -> FloatArray:
        """Return the derivative at `z` (q,), or with -1 the integral from 0: (series, q)."""
        inside = np.clip(z, 0.0, 1.0)
        if derivative < 0:
            values = self.coefficients @ self.basis.integrals(inside).T
        else:
            values = self.basis.evaluate(self.basis.locate(inside), self.coefficients, derivative)
        for end in (0.0, 1.0):
            out = (z < 0.0) if end == 0.0 else (z > 1.0)
            if out.any():
                distance, order = z[out] - end, self.basis.order
                if derivative >= 0:
                    values[:, out] = 0.0
                ends = self.basis.locate(np.array([end]))
                for i in range(max(derivative, 0), order):
                    power = i - derivative
                    taylor = distance**power / factorial(power)
                    values[:, out] += self.basis.evaluate(ends, self.coefficients, i) * taylor
        return values


def rows_at(basis: BSplineBasis, z: FloatArray, derivative: int) -> FloatArray:
    """Return the matrix (q, N) that maps coefficients to `TailedSpline.value` at `z`."""
    return TailedSpline(basis, np.eye(basis.size)).value(z, derivative).T


def prior_covariance(
    z: FloatArray, other: FloatArray, order: int, intensity: FloatArray
) -> FloatArray:
    """Covariance of what the prior adds to the Taylor tails at z and other.

    Beyond an end, f^(m - order) deviates by the integral over s from the end to z of
    (z - s)^(order - 1) / (order - 1)! times white noise, of the `intensity` (2,) below and above.
    """
    gauss, weight = np.polynomial.legendre.leggauss(order)
    total = np.zeros(z.shape)
    ends = ((-z, -other), (z - 1.0, other - 1.0))
    for (first, second), variance in zip(ends, intensity, strict=True):
        shared = np.clip(np.minimum(first, second), 0.0, None)
        for u, w in zip(gauss, weight, strict=True):
            s = 0.5 * shared * (1 + u)
            total += variance * 0.5 * shared * w * ((first - s) * (second - s)) ** (order - 1)
    return total / factorial(order - 1) ** 2
