r"""A penalized spline on given knots: fit, REML score, effective degrees of freedom.

The coefficients minimize

.. math:: \sum_i w_i\,(y_i - (Bc)_i)^2 + \lambda \int (f^{(m)}(x))^2 \, dx,

so :math:`(B'WB + \lambda S)\,c = B'Wy` with banded matrices: O(N) for N coefficients, whatever
the number of samples.
"""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from functools import cached_property
from math import lgamma, log

import numpy as np

from ._banded import BandedCholesky, multiply, trace_product
from ._bspline_basis import BSplineBasis
from ._demmler_reinsch import DemmlerReinsch, SpectralFactor
from ._reml import LOG_10, reml_score, valleys
from ._validation import FloatArray

MOST_REFINEMENTS = 10
SMALL = 40  # coefficients up to which a dense decomposition is as fast as banded factors
DENSE = 112  # coefficients up to which it steps in where these would lose most of their digits
STIFF = 6 * LOG_10  # how far above balance that is
AT_ONCE = 2**16  # coefficients for which scores are computed at once
UNSOLVABLE = 1e100  # worse than any score, yet finite: a search may subtract it


def log_least_roughness(order: int) -> float:
    r"""Log of the least :math:`\int (f^{(m)})^2 / \int f^2` over [0, 1] beyond polynomials.

    The Rayleigh quotient of :math:`(x (1 - x))^m`, which is within a few percent of the least
    eigenvalue: :math:`m!^2 (4m + 1)! / ((2m + 1)\,(2m)!^2)`. A penalty well above n over it leaves
    the polynomial of degree m - 1 alone.
    """
    m = order
    return 2 * lgamma(m + 1) + lgamma(4 * m + 2) - log(2 * m + 1) - 2 * lgamma(2 * m + 1)


class PenalizedRegression:
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
        self.x, self.y, self.weights = x, y, weights
        self.where = basis.locate(x)
        self.gram = basis.gram(self.where, weights)
        self.count = float(x.size if weights is None else np.sum(weights > 0.01))
        self._set_basis(basis)
        self.projected_samples = self._project(y)
        self._center(self._banded_factor(self.low))

    def _center(self, factor: BandedCholesky | SpectralFactor) -> None:
        """Take the fit with `factor` as the reference."""
        self.reference = factor.solve(self.projected_samples)
        self._penalty_of_reference = self.basis.penalty_times(self.reference)
        residual = self.residual(self.reference)
        self._projected = self._project(residual)
        self._misfit = np.sum(self._weighted(residual) * residual, axis=-1)

    def _set_basis(self, basis: BSplineBasis) -> None:
        self.basis = basis
        # the geometric mean: a few close knots stiffen their surroundings by many powers of ten
        self.balance = float(np.log(self.gram[0].mean()) - np.log(basis.penalty_band[0]).mean())
        polynomial = float(np.log(self.count)) - log_least_roughness(basis.order) + LOG_10
        self.high = min(polynomial, self.balance + 12 * LOG_10)
        self.low = self._least_penalty(self.balance - 11 * LOG_10)

    def reweighted(self, profile: FloatArray) -> PenalizedRegression:
        """Return the problem with the penalty weighted at the Gauss points, (intervals, m)."""
        other = copy(self)
        for computed in ("_spectrum", "_balanced"):
            vars(other).pop(computed, None)
        other._set_basis(self.basis.reweighted(profile))
        other._penalty_of_reference = other.basis.penalty_times(self.reference)
        return other

    def factor(self, log_penalty: float) -> BandedCholesky | SpectralFactor:
        """Return a factor of B'WB + penalty S.

        Raises
        ------
        numpy.linalg.LinAlgError
            Where floating point cannot factor it.
        """
        size = self.basis.size
        stiff = log_penalty > self.balance + (0 if size <= SMALL else STIFF)
        if stiff and size <= DENSE and self._spectrum is not None:
            penalty = float(np.exp(log_penalty))
            return SpectralFactor(self._spectrum, penalty, len(self.gram))
        return self._banded_factor(log_penalty)

    def _banded_factor(self, log_penalty: float) -> BandedCholesky:
        return BandedCholesky(self.gram + np.exp(log_penalty) * self.basis.penalty_band)

    @cached_property
    def _spectrum(self) -> DemmlerReinsch | None:
        """The decomposition of a small problem at the penalty where it is conditioned best."""
        try:
            factor = self._banded_factor(self.balance)
        except np.linalg.LinAlgError:
            return None
        size = self.basis.size
        root = self.basis.rough(np.eye(size)).reshape(size, -1).T
        return DemmlerReinsch(factor, float(np.exp(self.balance)), root)

    def _least_penalty(self, log_penalty: float) -> float:
        """Return the least penalty, from `log_penalty` upwards, that floating point can solve."""
        while log_penalty < self.high:
            try:
                self._banded_factor(log_penalty)
            except np.linalg.LinAlgError:
                log_penalty += 1.5 * LOG_10
            else:
                return log_penalty
        return self.high

    def _weighted(self, values: FloatArray) -> FloatArray:
        return values if self.weights is None else self.weights * values

    def _project(self, values: FloatArray) -> FloatArray:
        return self.basis.project(self.where, self._weighted(values))

    def residual(self, coefficients: FloatArray) -> FloatArray:
        """Return y - Bc, shape (series, n)."""
        return self.y - self.basis.evaluate(self.where, coefficients)

    def score(self, log_penalty: float) -> float:
        """Return the REML score; UNSOLVABLE where floating point cannot factor the matrix."""
        return float(self.scores(np.array([log_penalty]))[0])

    def scores(self, log_penalties: FloatArray) -> FloatArray:
        """Return `score` of every log penalty, shape (p,), ascending."""
        spectral = np.zeros(log_penalties.size, dtype=bool)
        if self.basis.size <= SMALL and self._spectrum is not None:
            spectral = log_penalties > self.balance
        result = np.empty(log_penalties.size)
        if not spectral.all():
            result[~spectral] = self._banded_scores(log_penalties[~spectral])
        if spectral.any():
            result[spectral] = self._spectral_scores(log_penalties[spectral])
        return result

    def _banded_scores(self, log_penalties: FloatArray) -> FloatArray:
        """Return the scores of ascending penalties from one block-diagonal matrix."""
        count, size = log_penalties.size, self.basis.size
        if count > 1 and count * self.reference.size > AT_ONCE:
            halves = np.array_split(log_penalties, 2)
            return np.concatenate([self._banded_scores(half) for half in halves])
        penalties = np.exp(log_penalties)[:, None]
        bands = self.gram[:, None] + penalties * self.basis.penalty_band[:, None]
        result, done = np.full(count, UNSOLVABLE), 0
        with suppress(np.linalg.LinAlgError):
            factor = BandedCholesky(bands.reshape(-1, count * size), count)
            done = factor.blocks
            penalties = penalties[:done]
            gradients = self._projected[:, None] - penalties * self._penalty_of_reference[:, None]
            steps = factor.solve(gradients.reshape(len(gradients), -1)).reshape(gradients.shape)
            misfits = self._misfits(steps, penalties[:, 0])
            result[:done] = self._reml(log_penalties[:done], misfits, factor.log_determinants)
        # a stiff matrix fails, and so would stiffer ones; any other was merely close to failing
        if done + 1 < count and log_penalties[done] < self.balance + STIFF:
            result[done + 1 :] = self._banded_scores(log_penalties[done + 1 :])
        return result

    def _misfits(self, steps: FloatArray, penalties: FloatArray) -> FloatArray:
        """Return the penalized misfits `steps` (series, p, N) off the reference: (series, p)."""
        rough = self.basis.rough(self.reference[:, None] + steps)
        change = multiply(self.gram, steps) - 2 * self._projected[:, None]
        misfits = self._misfit[:, None] + np.sum(steps * change, axis=-1)
        return misfits + penalties * np.sum(rough**2, axis=(-2, -1))

    def _reml(
        self,
        log_penalty: FloatArray | float,
        misfit: FloatArray,
        log_determinant: FloatArray | float,
    ) -> FloatArray:
        floor = 1e-28 * self.count  # y is of order 1: below this is rounding
        rank = self.basis.size - self.basis.order
        return reml_score(
            np.maximum(misfit, floor),
            self.count - self.basis.order,
            log_determinant - rank * log_penalty,
        )

    @cached_property
    def _balanced(self) -> tuple[FloatArray, FloatArray]:
        """The data in the decomposition's coordinates, and the misfit at its penalty."""
        assert self._spectrum is not None
        penalty = self._spectrum.penalty
        fit, _ = self.solve(self.balance)
        step = fit - self.reference
        misfit = self._misfits(step[:, None], np.array([penalty]))[:, 0]
        gradient = self._gradient(step, penalty)
        data, gain = self._spectrum.coordinates(fit, gradient)
        return data, misfit - gain

    def _spectral_scores(self, log_penalties: FloatArray) -> FloatArray:
        assert self._spectrum is not None
        added = self._spectrum.added(np.exp(log_penalties))
        data, misfit = self._balanced
        misfit = misfit[:, None] + data**2 @ (added / (1 + added)).T
        determinant = self._spectrum.log_determinant + np.sum(np.log1p(added), axis=1)
        return self._reml(log_penalties, misfit, determinant)

    def choose(self) -> tuple[list[float], float]:
        """Return the log penalties at the minima of the score, and how much the least is better.

        Better than the score of the polynomial which a huge penalty leaves: twice the logarithm of
        a likelihood ratio.
        """
        minima = valleys(self.scores, self.low, self.high)
        least, polynomial = self.scores(np.array([minima[0], self.high]))
        gain = float(polynomial - least)
        return [self.solvable(minimum) for minimum in minima], gain

    def solvable(self, log_penalty: float) -> float:
        """Return the largest log penalty, at most the given one, that floating point can solve."""
        while log_penalty > self.low:
            try:
                self.factor(log_penalty)
            except np.linalg.LinAlgError:
                log_penalty -= 0.5 * LOG_10
            else:
                return log_penalty
        return self.low

    def solve(self, log_penalty: float) -> tuple[FloatArray, BandedCholesky | SpectralFactor]:
        """Return the coefficients (series, N) at a penalty, and the factor they came from.

        Every refinement solves for what is left of the normal equations, and multiplies the error
        by about the same factor. It ends when the next would not count.
        """
        factor, penalty = self.factor(log_penalty), float(np.exp(log_penalty))
        step, before = self._start(factor, penalty) - self.reference, 0.0
        for _ in range(MOST_REFINEMENTS):
            change = factor.solve(self._gradient(step, penalty))
            step = step + change
            size, level = np.max(np.abs(change)), np.max(np.abs(self.reference + step))
            if before and (size > 0.5 * before or size * size <= 1e-15 * level * before):
                break
            before = size
        return self.reference + step, factor

    def _gradient(self, step: FloatArray, penalty: float) -> FloatArray:
        """Return what the fit at `step` from the reference leaves of the normal equations.

        It needs no pass over the samples, and is as exact as one: where digits count, the reference
        is close to the samples, and the step small.
        """
        fit_term = self._projected - multiply(self.gram, step)
        return fit_term - penalty * self.basis.penalty_times(self.reference + step)

    def _start(self, factor: BandedCholesky | SpectralFactor, penalty: float) -> FloatArray:
        """Return coefficients to refine: for large penalties those of the decomposition.

        The rough reference would be wrong by more digits than a refinement can bring back.
        """
        spectrum = self._spectrum if isinstance(factor, SpectralFactor) else None
        if spectrum is None or penalty <= spectrum.penalty * 1.01:
            return self.reference
        data, _ = self._balanced
        return (data / (1 + spectrum.added(penalty))) @ spectrum.modes

    def interpolate(self, iterations: int = 200) -> FloatArray:
        """Return the coefficients of the smoothest spline through the samples.

        The method of multipliers: fit with a small penalty, add what is missed to the data, and
        repeat. It converges to the least penalty under Bc = y, with no matrix near singular.
        """
        # close knots, which smooth fits never need, are stiff: their penalty counts here
        stiffness = np.log(self.gram[0].sum() / self.basis.penalty_band[0].sum())
        low = self._least_penalty(float(stiffness) - 11 * LOG_10) + 5 * LOG_10
        factor, penalty = self._banded_factor(low), float(np.exp(low))
        target, coefficients, before = self.y.copy(), self.reference, np.inf
        for _ in range(iterations):
            gradient = self._project(target - self.y + self.residual(coefficients))
            gradient -= penalty * self.basis.penalty_times(coefficients)
            coefficients = coefficients + factor.solve(gradient)
            missed = self.residual(coefficients)
            target += missed
            left = float(np.max(np.abs(self._project(missed))))
            if left < 1e-13 or left > 0.9 * before:  # rounding is all that is left
                break
            before = left
        return coefficients

    def effective_degrees(self, factor: BandedCholesky | SpectralFactor) -> float:
        """Return the trace of the matrix that maps the samples to the fit."""
        return trace_product(factor.inverse_band, self.gram)
