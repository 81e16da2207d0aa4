"""Coordinates in which fitting a plane and a kernel field beside it is a set of scalar problems.

The columns ``1, x_1, ..., x_d`` of the plane are made orthonormal on the samples; the kernel's
features (`pydelt._kernel_features`) lose their projection on them, and their principal directions
are the further coordinates: orthogonal on the samples, and independent in the prior.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.linalg import eigh, qr, solve_triangular, svd

from ._kernel_features import KernelFeatures
from ._repeats import RepeatedSamples
from ._validation import FloatArray

DROWNED = 1e-4  # share of the noise's variance below which a part of the field is left out
_SQUARE_SAFELY = 1e-10  # ratio, beside the sum of squared features, that squaring does not blur
_RANK_TOLERANCE = 1e-12  # features this small beside the plane are rounding


def with_plane(x: FloatArray) -> FloatArray:
    """Return the columns ``1, x_1, ..., x_d`` of the unpenalized plane, shape (n, d + 1)."""
    return np.column_stack([np.ones(len(x)), x])


def plane_derivative(x: FloatArray, orders: Sequence[int]) -> FloatArray:
    """Return the derivative of ``1, x_1, ..., x_d`` of the given orders, shape (q, d + 1)."""
    if not any(orders):
        return with_plane(x)
    out = np.zeros((len(x), x.shape[1] + 1))
    if sum(orders) == 1:
        out[:, 1 + int(np.argmax(orders))] = 1.0
    return out


class KernelBasis:
    """Plane and kernel field in coordinates orthogonal on the samples.

    Parameters
    ----------
    samples : RepeatedSamples
        With standardized points and values.
    log_lengths : ndarray, shape (d,)
        Of the kernel, in standardized inputs.
    log_ratio : float
        Ratio of noise to field variance to expect; what drowns in the noise is left out.

    Attributes
    ----------
    features : KernelFeatures
    flat : int
        Number of coordinates of the plane; they come first.
    spread : ndarray, shape (rank,)
        Length of the field's coordinates on the samples; that of the plane's is 1.
    projections : ndarray, shape (flat + rank,)
        Values along the coordinates, scaled to length 1.
    leftover : float
        Squared length of what the values have outside of them, scatter of repeats included.
    """

    def __init__(self, samples: RepeatedSamples, log_lengths: FloatArray, log_ratio: float) -> None:
        self.log_lengths, self.log_ratio = log_lengths, log_ratio
        self._inverse_lengths = np.exp(-log_lengths)
        z = samples.points * self._inverse_lengths
        self.features = KernelFeatures(z, DROWNED * np.exp(log_ratio))
        trust = np.sqrt(samples.counts)[:, None]
        features = trust * self.features(z, [0] * z.shape[1])
        values = trust[:, 0] * samples.means
        plane, self._plane_root = qr(trust * with_plane(samples.points), mode="economic")
        self.flat = plane.shape[1]
        self._tilt = plane.T @ features
        features -= plane @ self._tilt
        on_plane = plane.T @ values
        values = values - plane @ on_plane
        self.spread, self._rotation, beside = _principal(features, values, np.exp(log_ratio))
        self.projections = np.concatenate([on_plane, beside])
        self.leftover = max(float(values @ values - beside @ beside), 0.0)
        self.leftover += float(samples.scatter.sum())

    def variances(self, shrunk: FloatArray, unseen: float) -> FloatArray:
        """Return the variance of every coordinate's coefficient, shape (c,).

        `shrunk` (rank,) is that of the field's, `unseen` that of the directions among the features
        that the samples cannot see.
        """
        blind = np.full(len(self._rotation) - self.spread.size, unseen)
        return np.concatenate([np.ones(self.flat), shrunk, blind])

    def solution(self, beside: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the plane's coefficients (d + 1,) and the weights of the kernel at the sites (r,).

        `beside` (rank,) are the coefficients of the field's coordinates.
        """
        on_features = self._rotation[:, : self.spread.size] @ beside
        on_plane = self.projections[: self.flat] - self._tilt @ on_features
        weights = solve_triangular(self.features.lower, on_features, trans="T", lower=True)
        return solve_triangular(self._plane_root, on_plane), weights

    def kernels(self, x: FloatArray, partials: Sequence[Sequence[int]]) -> Iterator[FloatArray]:
        """Yield derivatives of the kernel to each site, (r, q), to be multiplied by `chain`."""
        return self.features.kernels(x * self._inverse_lengths, partials)

    def coordinates(self, x: FloatArray, orders: Sequence[int]) -> tuple[FloatArray, FloatArray]:
        """Return a partial derivative of every coordinate, (q, c), and of the features, (q, r)."""
        features = self.chain(orders) * self.features(x * self._inverse_lengths, orders)
        plane = solve_triangular(self._plane_root, plane_derivative(x, orders).T, trans="T").T
        return np.hstack([plane, (features - plane @ self._tilt) @ self._rotation]), features

    def prior(self, orders: Sequence[int], others: Sequence[int]) -> float:
        """Return the prior covariance of two derivatives at one point, for unit field variance."""
        return self.chain(orders) * self.chain(others) * self.features.prior(orders, others)

    def chain(self, orders: Sequence[int]) -> float:
        """Return the chain rule's factor from inputs in kernel lengths to standardized inputs."""
        return float(np.prod(self._inverse_lengths ** np.asarray(orders)))


def _principal(
    features: FloatArray, values: FloatArray, ratio: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return singular values (rank,) and right vectors of the features, and the values' shares.

    The right vectors (r, r) have those of the singular values first. Squaring the features is five
    times as fast as their singular value decomposition, and as good where noise hides the rest.
    """
    if ratio > _SQUARE_SAFELY * np.sum(features**2):
        squares, rotation = eigh(features.T @ features, driver="evd")
        squares, rotation = squares[::-1], rotation[:, ::-1]
        rank = int(np.count_nonzero(squares > np.finfo(float).eps * len(squares) * squares[0]))
        spread = np.sqrt(squares[:rank])
        return spread, rotation, rotation[:, :rank].T @ (features.T @ values) / spread
    left, spread, right = svd(features, full_matrices=False)
    rank = int(np.count_nonzero(spread > _RANK_TOLERANCE * spread[0]))
    return spread[:rank], right.T, left[:, :rank].T @ values
