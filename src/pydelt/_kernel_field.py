"""A smooth field through scattered noisy points, with its gradient and curvature.

The model is a plane, which no penalty touches, plus a Gaussian process:

.. math:: y_i = \\beta_0 + \\beta^T x_i + g(x_i) + \\varepsilon_i, \\qquad
          \\operatorname{cov}(g(x), g(x')) = \\frac{\\sigma^2}{\\gamma}
          \\exp \\Bigl(-\\tfrac12 \\sum_j (x_j - x'_j)^2 / \\ell_j^2 \\Bigr),

with one length :math:`\\ell_j` per input (a long one says that the field is straight along it) and
the ratio :math:`\\gamma` of noise to field.  Lengths and ratio maximize the restricted likelihood
(REML) on a subset of the data; the ratio is then chosen again on all of them.

The field is solved in features from a pivoted Cholesky factorization of the kernel, exact when
every sample is a pivot.  With the plane projected out, a singular value decomposition makes the
problem diagonal (`pydelt._diagonal_reml`).  Derivatives and their posterior variance come from
differentiating the features, never from differences of fitted values.

References
----------
Rasmussen, C. E. and Williams, C. K. I. (2006). Gaussian Processes for Machine Learning,
chapters 2, 5 and 8. MIT Press. http://gaussianprocess.org/gpml
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy

import numpy as np
from scipy.linalg import cho_factor, cho_solve, qr, solve_triangular, svd

from ._diagonal_reml import DiagonalProblem
from ._kernel_features import KernelFeatures, gaussian
from ._kernel_lengths import LOWEST_RATIO, STILL_FELT, choose_lengths, with_plane
from ._validation import FloatArray

INTERPOLATION_LIMIT = 2000  # most samples that ``smoothed(0)`` takes
_MET = 1e-6  # samples met this closely, in standard deviations, are interpolated
_RATIO_FLOOR = 1e-12  # what remains of a ratio of noise to field that is multiplied by 0
_RANK_TOLERANCE = 1e-12  # features this small beside the plane are rounding
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
    smoothing : float
        Ratio of noise to field variance; infinite for the plane.

    Notes
    -----
    The plane stands unless the field's restricted likelihood beats its own by
    ``(d + 1) log(n) / 2``, the price (BIC) of the `d` lengths and the ratio.
    """

    beyond = "the field falls back to its plane there, away from the samples"

    def __init__(self, points: FloatArray, values: FloatArray) -> None:
        # One order of rows, whatever order the samples come in, makes one result.
        rows = np.lexsort(np.column_stack([values, points]).T)
        points, values = points[rows], values[rows]
        self._center, self._scale = points.mean(axis=0), points.std(axis=0)
        self._level, self._unit = float(values.mean()), float(values.std()) or 1.0
        self._x = (points - self._center) / self._scale
        self._y = (values - self._level) / self._unit
        n = len(self._x)
        rounding = (np.finfo(float).eps * (1.0 + abs(self._level) / self._unit)) ** 2
        log_lengths, log_ratio = choose_lengths(self._x, self._y, rounding)
        leftover = self._span(log_lengths, exact=False)
        problem = DiagonalProblem(
            self._projections,
            np.concatenate([np.zeros(self._flat), self._spread**-2.0])[None],
            leftover + n * rounding,
            n,
        )
        around = log_ratio + np.arange(-6.0, 7.0, 2.0)
        low, high = np.log(LOWEST_RATIO), log_ratio + 8.0
        chosen, score = problem.choose(np.maximum(around, low)[:, None], np.array([[low, high]]))
        self._curved = score + self._flat * np.log(n) < problem.flat_score()
        self._log_ratio = float(chosen[0]) if self._curved else np.inf
        self.name = "kernel field" if self._curved else "linear"
        variance = problem.noise_variance(np.array([self._log_ratio]))
        self.noise = self._unit * float(np.sqrt(variance))
        self._shrink(1.0)

    def _span(self, log_lengths: FloatArray, *, exact: bool) -> float:
        """Set coordinates orthonormal on the data: first the plane, then the field beside it.

        Returns the squared length of what the standardized values have outside of them.
        """
        self._log_lengths = log_lengths
        self._inverse_lengths = np.exp(-log_lengths)
        self.lengths = self._scale * np.exp(log_lengths)
        z = self._x * self._inverse_lengths
        self._features = KernelFeatures(z, exact=exact)
        features = self._features(z, [0] * z.shape[1])
        plane, self._plane_root = qr(with_plane(self._x), mode="economic")
        self._flat = plane.shape[1]
        self._tilt = plane.T @ features
        beside, spread, rotation = svd(features - plane @ self._tilt, full_matrices=False)
        rank = int(np.count_nonzero(spread > _RANK_TOLERANCE * spread[0]))
        self._rotation, self._spread = rotation.T, spread[:rank]
        basis = np.hstack([plane, beside[:, :rank]])
        self._projections = basis.T @ self._y
        leftover = self._y - basis @ self._projections
        return float(leftover @ leftover)

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
        self._x, group = np.unique(self._x, axis=0, return_inverse=True)
        self._y = np.bincount(group.ravel(), self._y) / np.bincount(group.ravel())
        log_lengths = np.minimum(self._log_lengths, STILL_FELT)
        while True:
            z = self._x * np.exp(-log_lengths)
            kernel = gaussian(z, z) + LOWEST_RATIO * np.eye(len(z))
            missed = LOWEST_RATIO * cho_solve(cho_factor(kernel), self._y)
            if np.max(np.abs(missed)) < _MET:
                break
            log_lengths = log_lengths - np.log(2.0)
        self._span(log_lengths, exact=True)
        self._curved, self._log_ratio, self.name = True, -np.inf, "kernel field"

    def _shrink(self, factor: float) -> None:
        """Solve for a multiple of the chosen ratio; the posterior is independent per coordinate."""
        ratio = max(factor * float(np.exp(self._log_ratio)), _RATIO_FLOOR)
        self.smoothing = ratio
        self._field_variance = self._curved / ratio
        beside = self._curved / (self._spread**2 + ratio)
        rank, size = self._spread.size, len(self._rotation)
        untold = np.full(size - rank, self._field_variance)  # what the samples cannot see
        self._variances = np.concatenate([np.ones(self._flat), beside, untold])
        self.edf = self._flat + float(np.sum(self._spread**2 * beside))
        told = self._spread * beside * self._projections[self._flat :]
        on_features = self._rotation[:, :rank] @ told
        on_plane = self._projections[: self._flat] - self._tilt @ on_features
        self._slope = solve_triangular(self._plane_root, on_plane)
        self._weights = solve_triangular(self._features.lower, on_features, trans="T", lower=True)

    def derivative(self, points: FloatArray, orders: Sequence[int]) -> FloatArray:
        """Return the partial derivative of the given order along each input, shape (q,)."""
        out = np.empty(len(points))
        for block in _blocks(len(points), len(self._weights)):
            x = (points[block] - self._center) / self._scale
            kernel = self._features.kernel(x * self._inverse_lengths, orders)
            field = self._chain(orders) * (self._weights @ kernel)
            out[block] = _plane_derivative(x, orders) @ self._slope + field
        level = 0.0 if any(orders) else self._level
        return level + self._in_user_units(orders) * out

    def covariance(
        self, points: FloatArray, orders: Sequence[int], others: Sequence[int]
    ) -> FloatArray:
        """Return the posterior covariance of two partial derivatives at the points, (q,)."""
        prior = self._chain(orders) * self._chain(others) * self._features.prior(orders, others)
        out = np.empty(len(points))
        for block in _blocks(len(points), len(self._weights)):
            seen, features = self._coordinates(points[block], orders)
            if tuple(others) == tuple(orders):
                other_seen, other_features = seen, features
            else:
                other_seen, other_features = self._coordinates(points[block], others)
            unseen = prior - np.sum(features * other_features, axis=1)
            out[block] = (seen * other_seen) @ self._variances + self._field_variance * unseen
        scale = self._in_user_units(orders) * self._in_user_units(others)
        return (self.noise / self._unit) ** 2 * scale * out

    def _coordinates(
        self, points: FloatArray, orders: Sequence[int]
    ) -> tuple[FloatArray, FloatArray]:
        """Return the derivative in the fit's coordinates, (q, c), and in the features, (q, r)."""
        x = (points - self._center) / self._scale
        features = self._chain(orders) * self._features(x * self._inverse_lengths, orders)
        plane = solve_triangular(self._plane_root, _plane_derivative(x, orders).T, trans="T").T
        return np.hstack([plane, (features - plane @ self._tilt) @ self._rotation]), features

    def _chain(self, orders: Sequence[int]) -> float:
        """Return the chain rule's factor from inputs in kernel lengths to standardized inputs."""
        return float(np.prod(self._inverse_lengths ** np.asarray(orders)))

    def _in_user_units(self, orders: Sequence[int]) -> float:
        """Return the chain rule's factor from standardized inputs and values to the user's."""
        return self._unit / float(np.prod(self._scale ** np.asarray(orders)))


def _plane_derivative(x: FloatArray, orders: Sequence[int]) -> FloatArray:
    """Return the derivative of ``1, x_1, ..., x_d`` at standardized inputs, shape (q, d + 1)."""
    out = np.zeros((len(x), x.shape[1] + 1))
    if not any(orders):
        return with_plane(x)
    if sum(orders) == 1:
        out[:, 1 + int(np.argmax(orders))] = 1.0
    return out


def _blocks(n: int, width: int) -> Iterator[slice]:
    """Return slices of the points, small enough for `_BLOCK` floats at a time."""
    step = max(1, _BLOCK // max(1, width))
    return (slice(begin, begin + step) for begin in range(0, n, step))
