"""B-splines as polynomials per knot interval, and the penalty on their m-th derivative.

A spline of degree k = 2m - 1 is, in each knot interval, a polynomial in the local variable
u in [-1, 1]. Sums over samples therefore need only the samples' power moments in each interval:
the Gram matrix of n samples costs O(n) with a small constant and never holds an n-row matrix.

References
----------
de Boor (1978), A Practical Guide to Splines. Wood (2017), Statistics and Computing 27, 985-989,
doi:10.1007/s11222-016-9666-x (the banded derivative penalty).
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy import sparse
from scipy.interpolate import BSpline

from ._validation import FloatArray

gauss_legendre = cache(np.polynomial.legendre.leggauss)
"""Points and weights of Gauss-Legendre quadrature over [-1, 1], remembered."""


def derivative_roots(knots: FloatArray, order: int) -> tuple[FloatArray, FloatArray]:
    """Return R[i] and D[i] with ``||R[i] D[i] c[i:i+2m]||^2`` = the integral of (f^(m))^2 over i.

    D leads to the coefficients of the m-th derivative in B-splines of degree m - 1, by m steps of
    ``d (c[a+1] - c[a]) / (t[a+d+1] - t[a+1])`` for the degrees d from 2m - 1 down to m. R leads to
    its values at m Gauss points, which integrate its square exactly.

    Parameters
    ----------
    knots : ndarray, shape (N + 2m,)
        For degree 2m - 1, the end knots repeated 2m times.
    order : int
        m.

    Returns
    -------
    values : ndarray, shape (intervals, m, m)
    to_derivative : ndarray, shape (intervals, m, 2m)
    """
    degree = 2 * order - 1
    sites = knots[degree:-degree]
    to_derivative = np.broadcast_to(np.eye(degree + 1), (sites.size - 1, degree + 1, degree + 1))
    for d in range(degree, degree - order, -1):
        rate = sliding_window_view(d / (knots[d + 1 : -1] - knots[1 : -d - 1]), d)[..., None]
        to_derivative = rate * np.diff(to_derivative, axis=1)
        knots = knots[1:-1]
    gauss, weight = gauss_legendre(order)
    half = 0.5 * np.diff(sites)[:, None]
    points = 0.5 * (sites[1:] + sites[:-1])[:, None] + half * gauss
    values = BSpline.design_matrix(points.ravel(), knots, order - 1).data
    return values.reshape(-1, order, order) * np.sqrt(half * weight)[..., None], to_derivative


def _assemble(left: FloatArray, right: FloatArray | None = None) -> FloatArray:
    """Add up every interval's symmetric matrix left' right: lower band storage, shape (w, N).

    Parameters
    ----------
    left, right : ndarray, shape (intervals, rows, w)
        For the functions i to i + w - 1; the same matrix if there is one.
    """
    local = np.moveaxis(left.swapaxes(1, 2) @ (left if right is None else right), 0, 2)
    width, _, intervals = local.shape
    band = np.zeros((width, intervals + width - 1))
    for a in range(width):
        band[: width - a, a : a + intervals] += local[a, a:]
    return band


def _local_blocks(band: FloatArray, intervals: int) -> FloatArray:
    """Return the part of a banded matrix that every interval sees, shape (intervals, w, w)."""
    function = np.arange(len(band))
    below = np.abs(function[:, None] - function)
    first = np.minimum(function[:, None], function)
    return band[below, np.arange(intervals)[:, None, None] + first]


def _variances(rows: FloatArray, covariance_band: FloatArray) -> FloatArray:
    """Return r'Vr for every row r (intervals, rows, w): shape (intervals, rows)."""
    local = _local_blocks(covariance_band, len(rows))
    return np.sum(rows @ local * rows, axis=-1)


@dataclass(frozen=True)
class Location:
    """Where points lie among the knot intervals.

    Attributes
    ----------
    u : ndarray, shape (n,)
        Local coordinate, in [-1, 1] inside the interval.
    counts : ndarray of int, shape (intervals,), or None
        Points per interval, when the points ascend: sums and spreads are then sequential.
    interval : ndarray of int, shape (n,), or None
        Interval of each point otherwise.
    """

    u: FloatArray
    counts: np.ndarray | None
    interval: np.ndarray | None

    def spread(self, per_interval: np.ndarray) -> np.ndarray:
        """Give every point its interval's entry; shape (..., intervals) -> (..., n)."""
        if self.counts is not None:
            return np.repeat(per_interval, self.counts, axis=-1)
        return per_interval[..., self.interval]

    def sum(self, values: FloatArray) -> FloatArray:
        """Sum ascending points' `values` per interval; shape (..., n) -> (..., intervals)."""
        starts, empty = self._slices
        sums = np.add.reduceat(values, starts, axis=-1)
        sums[..., empty] = 0.0  # reduceat returns the next entry for an empty slice
        return sums

    @cached_property
    def _slices(self) -> tuple[np.ndarray, np.ndarray]:
        """Where each interval's points start, and which intervals have none."""
        assert self.counts is not None, "sums need ascending points"
        starts = np.cumsum(self.counts) - self.counts
        return np.minimum(starts, self.u.size - 1), np.flatnonzero(self.counts == 0)


class BSplineBasis:
    """All B-splines of degree 2m - 1 over given knot sites.

    Parameters
    ----------
    sites : ndarray, shape (K,)
        Strictly ascending, K >= 2; the end sites are repeated to the full multiplicity.
    order : int
        Order m of the penalized derivative.

    Attributes
    ----------
    degree : int
        k = 2m - 1.
    size : int
        Number N = K + k - 1 of basis functions.
    knots : ndarray, shape (N + k + 1,)
    penalty_band : ndarray, shape (k + 1, N)
        S with ``c'Sc = integral of (f^(m))^2`` for the spline f with coefficients c, in lower
        band storage.
    end_weights : ndarray, shape (2,)
        How much the penalty weighs at the first and the last site.
    """

    def __init__(self, sites: FloatArray, order: int) -> None:
        self.sites, self.order, self.degree = sites, order, 2 * order - 1
        k = self.degree
        self.knots = np.r_[[sites[0]] * k, sites, [sites[-1]] * k]
        self.size = self.knots.size - k - 1
        self.intervals = sites.size - 1
        self._window = np.arange(self.intervals)[:, None] + np.arange(k + 1)
        self._middle = 0.5 * (sites[1:] + sites[:-1])
        self._half = 0.5 * np.diff(sites)
        self._powers = self._local_polynomials()
        self.end_weights = np.ones(2)
        self._derivative_values, to_derivative = derivative_roots(self.knots, order)
        self._roots = self._derivative_values @ to_derivative
        self.penalty_band = _assemble(self._roots)

    def reweighted(self, weights: FloatArray) -> BSplineBasis:
        """Return the same basis with the penalty weighted at the Gauss points, (intervals, m)."""
        other = copy(self)
        other.end_weights = np.array([weights[0, 0], weights[-1, -1]])
        root = np.sqrt(weights)[..., None]
        other._derivative_values = self._derivative_values * root
        other._roots = self._roots * root
        other.penalty_band = _assemble(other._roots)
        return other

    @property
    def mass_band(self) -> FloatArray:
        """M with S = D'MD, in lower band storage, shape (m, N - m).

        D leads to the coefficients of the m-th derivative in B-splines of degree m - 1; M is their
        Gram matrix, with the penalty's weights. D has full rank, so the generalized determinant of
        S is that of M up to a constant which no reweighting changes.
        """
        return _assemble(self._derivative_values)

    def _local_polynomials(self) -> FloatArray:
        """Coefficients of every B-spline: shape (intervals, power of u, function)."""
        k = self.degree
        u = -np.cos(np.pi * (2 * np.arange(k + 1) + 1) / (2 * k + 2))  # Chebyshev points
        points = (self._middle[:, None] + self._half[:, None] * u).ravel()
        values = BSpline.design_matrix(points, self.knots, k).data
        values = values.reshape(self.intervals, k + 1, k + 1)
        return np.linalg.inv(np.vander(u, increasing=True)) @ values

    def locate(self, points: FloatArray) -> Location:
        """Find the interval and local coordinate of `points`, shape (n,).

        Points outside the sites belong to the nearest interval, with abs(u) > 1.
        """
        if points.size and np.all(points[1:] >= points[:-1]):
            inner = np.searchsorted(points, self.sites[1:-1])
            counts = np.diff(np.r_[0, inner, points.size])
            middle, half = np.repeat(self._middle, counts), np.repeat(self._half, counts)
            return Location((points - middle) / half, counts, None)
        interval = np.searchsorted(self.sites[1:-1], points, side="right")
        u = (points - self._middle[interval]) / self._half[interval]
        return Location(u, None, interval)

    def project(self, where: Location, values: FloatArray) -> FloatArray:
        """Return B'v for samples `values` of shape (..., n): shape (..., N)."""
        k = self.degree
        moments = np.empty((k + 1, *values.shape[:-1], self.intervals))
        power = values.copy()
        for p in range(k + 1):
            moments[p] = where.sum(power)
            power *= where.u
        local = np.einsum("ipa,p...i->a...i", self._powers, moments)
        return self._scatter(local)

    def gram(self, where: Location, weights: FloatArray | None = None) -> FloatArray:
        """Return B'WB in lower band storage, shape (k + 1, N); `weights` has shape (n,)."""
        k = self.degree
        moments = np.empty((2 * k + 1, self.intervals))
        power = np.ones_like(where.u) if weights is None else weights.copy()
        for p in range(2 * k + 1):
            moments[p] = where.sum(power)
            power *= where.u
        hankel = moments.T[:, np.add.outer(np.arange(k + 1), np.arange(k + 1))]
        return _assemble(self._powers, hankel @ self._powers)

    def _scatter(self, local: FloatArray) -> FloatArray:
        """Add up what every interval gives its functions: (k + 1, ..., intervals) -> (..., N)."""
        result = np.zeros((*local.shape[1:-1], self.size))
        for a in range(self.degree + 1):
            result[..., a : a + self.intervals] += local[a]
        return result

    def _windows(self, coefficients: FloatArray) -> FloatArray:
        """The coefficients in every interval: (..., N) -> (..., intervals, k + 1)."""
        return coefficients[..., self._window]

    def rough(self, coefficients: FloatArray) -> FloatArray:
        """Return Ec with ``||Ec||^2 = c'Sc``: shape (..., N) -> (..., intervals, m).

        Squares of sums of differences: c'Sc itself would lose all digits to cancellation.
        """
        return np.einsum("iga,...ia->...ig", self._roots, self._windows(coefficients))

    def rough_variance(self, covariance_band: FloatArray) -> FloatArray:
        """Return the variance of each entry of `rough`, shape (intervals, m)."""
        return _variances(self._roots, covariance_band)

    def prior_variance(self, inverse_mass_band: FloatArray) -> FloatArray:
        """Return the variance of each entry of `rough` in the prior of precision S."""
        return _variances(self._derivative_values, inverse_mass_band)

    def penalty_times(self, coefficients: FloatArray) -> FloatArray:
        """Return Sc as E'(Ec), shape (..., N)."""
        return self._scatter(np.einsum("iga,...ig->a...i", self._roots, self.rough(coefficients)))

    def _horner(self, where: Location, polynomials: FloatArray) -> FloatArray:
        """Evaluate polynomials (power, ..., intervals), one per interval, at the points."""
        values = where.spread(polynomials[-1])
        for row in polynomials[-2::-1]:
            values *= where.u
            values += where.spread(row)
        return values

    def _derivative_powers(self, derivative: int) -> FloatArray:
        """Coefficients of the B-splines' derivatives, shape (intervals, power, function)."""
        powers = self._powers
        for _ in range(derivative):
            factor = np.arange(1, powers.shape[1])[:, None] / self._half[:, None, None]
            powers = powers[:, 1:] * factor
        return powers

    def evaluate(
        self, where: Location, coefficients: FloatArray, derivative: int = 0
    ) -> FloatArray:
        """Return the derivative of the splines with `coefficients` (..., N): shape (..., n)."""
        powers = self._derivative_powers(derivative)
        return self._horner(
            where, np.einsum("ipa,...ia->p...i", powers, self._windows(coefficients))
        )

    def variance(self, where: Location, covariance_band: FloatArray, derivative: int) -> FloatArray:
        """Return b'Vb for the vector b of basis derivatives at each point, shape (n,).

        The variance is a polynomial of degree 2k per interval, so it is evaluated like one.
        """
        local = _local_blocks(covariance_band, self.intervals)
        powers = self._derivative_powers(derivative)
        products = powers @ local @ powers.swapaxes(1, 2)
        rows = powers.shape[1]
        polynomials = np.zeros((2 * rows - 1, self.intervals))
        for p in range(rows):
            for q in range(rows):
                polynomials[p + q] += products[:, p, q]
        return np.maximum(self._horner(where, polynomials), 0.0)

    def design(self, points: FloatArray, derivative: int = 0) -> sparse.csr_array:
        """Return the matrix of all basis functions' derivatives at `points`: shape (q, N)."""
        where = self.locate(points)
        interval = where.spread(np.arange(self.intervals))
        powers = self._derivative_powers(derivative)[interval]
        values = powers[:, -1].copy()
        for p in range(powers.shape[1] - 2, -1, -1):
            values = values * where.u[:, None] + powers[:, p]
        columns = interval[:, None] + np.arange(self.degree + 1)
        ends = np.arange(0, columns.size + 1, self.degree + 1)
        shape = (points.size, self.size)
        return sparse.csr_array((values.ravel(), columns.ravel(), ends), shape=shape)

    @cached_property
    def _antiderivatives(self) -> BSpline:
        return BSpline(self.knots, np.eye(self.size), self.degree).antiderivative()

    def integrals(self, points: FloatArray) -> FloatArray:
        """Return every basis function's integral from the first site to `points`: (q, N)."""
        return self._antiderivatives(points)
