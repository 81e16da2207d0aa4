"""A smooth field through scattered noisy points, with its gradient and curvature.

The model is a plane, which no penalty touches, plus a Gaussian process:

.. math:: y_i = \\beta_0 + \\beta^T x_i + g(x_i) + \\varepsilon_i, \\qquad
          \\operatorname{cov}(g(x), g(x')) = \\frac{\\sigma^2}{\\gamma}
          \\exp \\Bigl(-\\tfrac12 \\sum_j (x_j - x'_j)^2 / \\ell_j^2 \\Bigr),

with one length :math:`\\ell_j` per input (a long one says that the field is straight along it) and
the ratio :math:`\\gamma` of noise to field.  Lengths and ratio maximize the restricted likelihood
(REML) on a subset of the data; the ratio is then chosen again on all of them.

The field is solved in features from a pivoted Cholesky factorization of the kernel, which leaves
out what drowns in the noise.  With the plane projected out and the features turned into their
principal directions the problem is diagonal (`pydelt._diagonal_reml`).  There what one Gaussian
kernel leaves out is added (`pydelt._spectral_tail`).  Derivatives and their posterior variance come
from differentiating the features, never from differences of fitted values.

References
----------
Rasmussen, C. E. and Williams, C. K. I. (2006). Gaussian Processes for Machine Learning,
chapters 2, 5 and 8. MIT Press. http://gaussianprocess.org/gpml
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from ._diagonal_reml import DiagonalProblem
from ._kernel_basis import KernelBasis, plane_derivative
from ._kernel_features import gaussian
from ._kernel_lengths import (
    LOWEST_RATIO,
    choose_lengths,
    log_share,
    parameter_precision,
    still_felt,
)
from ._repeats import gather_repeats
from ._spectral_tail import tail_strength, with_tail
from ._validation import FloatArray

INTERPOLATION_LIMIT = 2000  # most samples that ``smoothed(0)`` takes
_ODDS = 3.0  # of a curved field against a plane, for which the field is kept
_MET = 1e-6  # samples met this closely, in standard deviations, are interpolated
_JITTER = 1e-10  # of the kernel, with which its Cholesky factorization succeeds
_RATIO_FLOOR = 1e-14  # what remains of a ratio of noise to field that is multiplied by 0
_NUDGE = 0.05  # of a log length or ratio, to see how the field depends on it
_BLOCK = 2_000_000  # floats held at a time while a batch of points is evaluated


class KernelField:
    """Gaussian-process field plus plane on scattered points, or the plane alone.

    Parameters
    ----------
    points : ndarray, shape (n, d)
        Sample positions, any units, no constant column, n > d + 1.
    values : ndarray, shape (n,)
        Noisy samples.

    Attributes
    ----------
    name : str
        "kernel field", or "linear" where the data give no ground for curvature.
    lengths : ndarray, shape (d,)
        Length of the kernel along each input, in the input's unit.
    noise : float
        Standard deviation of the noise, in the unit of `values`.
    edf : float
        Effective degrees of freedom.
    gcv : float
        Mean squared error to expect for samples left out.
    measurements : int
        Number of samples, copies of rows counted once; see `pydelt._repeats`.
    smoothing : float
        Ratio of noise to field variance; infinite for the plane.

    Notes
    -----
    The plane stands unless the samples make the field three times as likely, its restricted
    likelihood averaged over all lengths and ratios searched. If the truth is a plane, this mean is
    1 in expectation, so that noise is rarely taken for curvature, however few the samples.

    The covariance has two parts: the posterior's for the lengths and the ratio chosen, and what
    their own uncertainty adds, to first order: with the field's derivative :math:`\\partial_k f`
    along each direction in which the parameters vary independently with standard deviation
    :math:`s_k`, it is :math:`\\sum_k (s_k \\partial_k f)^2`.
    """

    beyond = "the field falls back to its plane there, away from the samples"

    def __init__(self, points: FloatArray, values: FloatArray) -> None:
        samples = gather_repeats(points, values)
        self.measurements = n = samples.total
        self._center, self._scale = samples.points.mean(axis=0), samples.points.std(axis=0)
        self._level, self._unit = float(samples.means.mean()), float(samples.means.std()) or 1.0
        self._samples = samples.standardized(self._center, self._scale, self._level, self._unit)
        rounding = (np.finfo(float).eps * (1.0 + abs(self._level) / self._unit)) ** 2
        found = choose_lengths(self._samples, rounding)
        self._information = found.here.information
        self._basis = basis = KernelBasis(self._samples, found.theta[:-1], found.theta[-1])
        problem = DiagonalProblem(
            basis.projections,
            np.concatenate([np.zeros(basis.flat), basis.spread**-2.0])[None],
            basis.leftover + n * rounding,
            n,
        )
        around = basis.log_ratio + np.arange(-6.0, 7.0, 2.0)
        low, high = np.log(LOWEST_RATIO), basis.log_ratio + 8.0
        chosen, score = problem.choose(np.maximum(around, low)[:, None], np.array([[low, high]]))
        log_odds = 0.5 * (problem.flat_score() - score) + log_share(self._information)
        self._curved = log_odds > np.log(_ODDS)
        self._log_ratio = float(chosen[0]) if self._curved else np.inf
        self._tail, penalty = 0.0, np.array([self._log_ratio])
        if self._curved:
            kernel = basis.spread**2 / np.exp(self._log_ratio)
            beside = basis.projections[basis.flat :]
            self._tail = tail_strength(kernel, beside, problem.leftover, n - basis.flat)
            weights = np.concatenate([np.zeros(basis.flat), 1.0 / with_tail(kernel, self._tail)])
            problem, penalty = replace(problem, weights=weights[None]), np.zeros(1)
        self.noise = self._unit * float(np.sqrt(problem.noise_variance(penalty)))
        self.gcv = self._unit**2 * problem.gcv(penalty)
        self._shrink(1.0)

    @property
    def name(self) -> str:
        return "kernel field" if self._curved else "linear"

    @property
    def lengths(self) -> FloatArray:
        lengths: FloatArray = self._scale * np.exp(self._basis.log_lengths)
        return lengths

    def smoothed(self, factor: float) -> KernelField:
        """Return the fit with the ratio of noise to field times `factor`, the noise kept.

        Zero interpolates: all lengths are halved together until the field meets the samples.
        Samples at the same position count as their mean; n is at most `INTERPOLATION_LIMIT`.
        """
        other = copy(self)
        if factor == 0:
            other._meet_samples()
        other._shrink(factor)
        return other

    def _meet_samples(self) -> None:
        points, means = self._samples.points, self._samples.means
        longest = still_felt(len(points), np.log(LOWEST_RATIO))
        log_lengths = np.minimum(self._basis.log_lengths, longest)
        while True:
            z = points * np.exp(-log_lengths)
            kernel = gaussian(z, z) + _JITTER * np.eye(len(z))
            missed = _JITTER * cho_solve(cho_factor(kernel), means)
            if np.max(np.abs(missed)) < _MET:
                break
            log_lengths = log_lengths - np.log(2.0)
        self._basis = KernelBasis(self._samples, log_lengths, -np.inf)
        self._curved, self._log_ratio, self._tail = True, -np.inf, 0.0

    def _shrink(self, factor: float) -> None:
        """Solve for a multiple of the chosen ratio; the posterior is independent per coordinate."""
        basis = self._basis
        ratio = max(factor * float(np.exp(self._log_ratio)), _RATIO_FLOOR)
        self.smoothing = ratio
        self._field_variance = self._curved / ratio
        expected = with_tail(basis.spread**2 * self._field_variance, self._tail)
        kept = expected / (1.0 + expected)
        self.edf = basis.flat + float(np.sum(kept))
        self._variances = basis.variances(kept / basis.spread**2, self._field_variance)
        told = kept / basis.spread * basis.projections[basis.flat :]
        self._slope, self._weights = basis.solution(told)

    def derivatives(self, points: FloatArray, partials: Sequence[Sequence[int]]) -> FloatArray:
        """Return partial derivatives, each given by its order along every input, (q, partials)."""
        out = np.empty((len(points), len(partials)))
        for block in _blocks(len(points), len(self._weights)):
            x = (points[block] - self._center) / self._scale
            kernels = self._basis.kernels(x, partials)
            for column, (orders, kernel) in enumerate(zip(partials, kernels, strict=True)):
                field = self._basis.chain(orders) * (self._weights @ kernel)
                field += plane_derivative(x, orders) @ self._slope
                level = 0.0 if any(orders) else self._level
                out[block, column] = level + self._in_user_units(orders) * field
        return out

    def covariance(
        self, points: FloatArray, orders: Sequence[int], others: Sequence[int]
    ) -> FloatArray:
        """Return the covariance of the errors of two partial derivatives at the points, (q,)."""
        covariance = self.posterior(points, orders, others)
        if self._nearby:
            here = self.derivatives(points, [orders, others])
        for spread, field in self._nearby:
            moved = spread / _NUDGE * (field.derivatives(points, [orders, others]) - here)
            covariance += moved[:, 0] * moved[:, 1]
        return covariance

    def posterior(
        self, points: FloatArray, orders: Sequence[int], others: Sequence[int]
    ) -> FloatArray:
        """Return the part of `covariance` that is there if lengths and ratio are right, (q,)."""
        basis, out = self._basis, np.empty(len(points))
        prior = basis.prior(orders, others)
        for block in _blocks(len(points), len(self._weights)):
            x = (points[block] - self._center) / self._scale
            seen, features = other_seen, other_features = basis.coordinates(x, orders)
            if tuple(others) != tuple(orders):
                other_seen, other_features = basis.coordinates(x, others)
            unseen = prior - np.sum(features * other_features, axis=1)
            out[block] = (seen * other_seen) @ self._variances + self._field_variance * unseen
        scale = self._in_user_units(orders) * self._in_user_units(others)
        covariance: FloatArray = (self.noise / self._unit) ** 2 * scale * out
        return covariance

    @cached_property
    def _nearby(self) -> list[tuple[float, KernelField]]:
        """Fields for parameters a little off, and the standard deviations of these."""
        if not self._curved or np.isinf(self._log_ratio):
            return []
        nearby = []
        theta = np.append(self._basis.log_lengths, self._log_ratio)
        precision, axes = np.linalg.eigh(parameter_precision(self._information))
        axes *= np.sign(axes[np.argmax(np.abs(axes), axis=0), np.arange(len(theta))])
        for spread, axis in zip(precision**-0.5, axes.T, strict=True):
            there = theta + _NUDGE * axis
            other = copy(self)
            other._basis = KernelBasis(self._samples, there[:-1], there[-1])
            other._log_ratio = there[-1]
            other._shrink(1.0)
            nearby.append((float(spread), other))
        return nearby

    def _in_user_units(self, orders: Sequence[int]) -> float:
        """Return the chain rule's factor from standardized inputs and values to the user's."""
        return self._unit / float(np.prod(self._scale ** np.asarray(orders)))


def _blocks(n: int, width: int) -> Iterator[slice]:
    """Return slices of the points, small enough for `_BLOCK` floats at a time."""
    step = max(1, _BLOCK // max(1, width))
    return (slice(begin, begin + step) for begin in range(0, n, step))
