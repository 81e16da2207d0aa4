r"""A penalised spline on given knots: fit, REML score, effective degrees of freedom.

The coefficients minimise

.. math:: \sum_i w_i\,(y_i - (Bc)_i)^2 + \lambda \int (f^{(m)}(x))^2 \, dx,

so :math:`(B'WB + \lambda S)\,c = B'Wy` with banded matrices: O(N) for N coefficients, whatever
the number of samples.
"""

from __future__ import annotations

import numpy as np

from ._banded import BandedCholesky, multiply, trace_product
from ._bspline_basis import BSplineBasis
from ._reml import LOG_10, choose_penalty, reml_score
from ._validation import FloatArray

UNSOLVABLE = 1e100  # worse than any score, yet finite: a search may subtract it


class PenalisedRegression:
    """Samples gathered on one basis, ready to be fitted with any penalty.

    Quadratic forms are taken about a reference fit with hardly any penalty: computed about zero,
    the residual sum of squares of nearly noise-free data would drown in rounding.

    Parameters
    ----------
    basis : BSplineBasis
    x : ndarray, shape (n,)
        Ascending.
    y : ndarray, shape (series, n)
        Of order 1.
    weights : ndarray, shape (n,), or None
        Of order 1; samples with a weight near 0 do not count.
    """

    def __init__(
        self, basis: BSplineBasis, x: FloatArray, y: FloatArray, weights: FloatArray | None = None
    ) -> None:
        self.basis, self.y, self.weights = basis, y, weights
        self.where = basis.locate(x)
        self.gram = basis.gram(self.where, weights)
        self.count = float(x.size if weights is None else np.sum(weights > 0.01))
        balance = float(np.log(self.gram[0].sum() / basis.penalty_band[0].sum()))
        sites = max(basis.sites.size, 10)
        self.high = balance + min(2 * basis.order * np.log(sites), 12 * LOG_10)
        self.low = self._least_penalty(balance - 11 * LOG_10)
        self.reference = np.zeros((len(y), basis.size))
        self._center(self._factor(self.low))

    def _factor(self, log_penalty: float) -> BandedCholesky:
        return BandedCholesky(self.gram + np.exp(log_penalty) * self.basis.penalty_band)

    def _least_penalty(self, log_penalty: float) -> float:
        """Return the least penalty, from `log_penalty` upwards, that floating point can solve."""
        while log_penalty < self.high:
            try:
                self._factor(log_penalty)
            except np.linalg.LinAlgError:
                log_penalty += 1.5 * LOG_10
            else:
                return log_penalty
        return self.high

    def _center(self, factor: BandedCholesky) -> None:
        """Take the fit with `factor` as the reference."""
        self.reference = factor.solve(self._project(self.y))
        self._residual = self.residual(self.reference)
        self._projected = self._project(self._residual)
        weighted = self._residual if self.weights is None else self.weights * self._residual
        self._misfit = np.sum(weighted * self._residual, axis=-1)

    def _project(self, values: FloatArray) -> FloatArray:
        return self.basis.project(
            self.where, values if self.weights is None else self.weights * values
        )

    def _penalty_times(self, coefficients: FloatArray) -> FloatArray:
        root = self.basis.penalty_root
        return (root.T @ (root @ coefficients.T)).T

    def residual(self, coefficients: FloatArray) -> FloatArray:
        """Return y - Bc, shape (series, n)."""
        return self.y - self.basis.evaluate(self.where, coefficients)

    def score(self, log_penalty: float) -> float:
        """Return the REML score; UNSOLVABLE where floating point cannot factor the matrix."""
        try:
            factor = self._factor(log_penalty)
        except np.linalg.LinAlgError:
            return UNSOLVABLE
        penalty, basis = np.exp(log_penalty), self.basis
        step = factor.solve(self._projected - penalty * self._penalty_times(self.reference))
        rough = basis.penalty_root @ (self.reference + step).T
        misfit = (
            self._misfit
            + np.sum(step * (multiply(self.gram, step) - 2 * self._projected), axis=-1)
            + penalty * np.sum(rough**2, axis=0)
        )
        floor = 1e-28 * self.count  # y is of order 1: below this is rounding
        rank = basis.size - basis.order
        return reml_score(
            np.maximum(misfit, floor),
            self.count - basis.order,
            factor.log_determinant - rank * log_penalty,
        )

    def choose(self) -> float:
        """Return the log penalty of the least REML score."""
        return choose_penalty(self.score, self.low, self.high)

    def solve(self, log_penalty: float, refinements: int = 2) -> tuple[FloatArray, BandedCholesky]:
        """Return the coefficients (series, N) at a penalty, and the factor they came from.

        Each refinement solves for the residual of the normal equations, taken from the samples.
        """
        factor, penalty = self._factor(log_penalty), np.exp(log_penalty)
        coefficients = self.reference
        for _ in range(refinements):
            gradient = self._project(self.residual(coefficients))
            gradient -= penalty * self._penalty_times(coefficients)
            coefficients = coefficients + factor.solve(gradient)
        return coefficients, factor

    def interpolate(self, iterations: int = 30) -> FloatArray:
        """Return the coefficients of the smoothest spline through the samples.

        The method of multipliers: fit with a small penalty, add what is missed to the data, and
        repeat. It converges to the least penalty under Bc = y, with no matrix near singular.
        """
        factor = self._factor(self.low + 3 * LOG_10)
        target, coefficients, before = self.y.copy(), self.reference, np.inf
        for _ in range(iterations):
            coefficients = factor.solve(self._project(target))
            missed = self.residual(coefficients)
            target += missed
            left = float(np.max(np.abs(self._project(missed))))
            if left < 1e-13 or left > 0.5 * before:  # rounding is all that is left
                break
            before = left
        return coefficients

    def effective_degrees(self, factor: BandedCholesky) -> float:
        """Return the trace of the matrix that maps the samples to the fit."""
        return trace_product(factor.inverse_band, self.gram)
