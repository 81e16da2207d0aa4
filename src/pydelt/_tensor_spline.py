"""Tensor-product penalized splines for data on a full grid.

On the grid :math:`x_1 \\times \\dots \\times x_d` the field is

.. math:: f(x) = \\sum_{i_1 \\dots i_d} c_{i_1 \\dots i_d} \\prod_j \\phi_{j, i_j}(x_j),

with one spline basis per axis.  Each basis is rotated so that it is orthonormal on its axis'
samples and orthogonal in the roughness :math:`\\int \\phi^{(m)} \\phi^{(m)}`.  The products then
are orthonormal on the whole grid, and the penalty
:math:`\\sum_j \\lambda_j \\int (\\partial_j^m f)^2` (integrated along axis `j`, summed over the
samples of the others) is diagonal: the fit costs one small matrix product per axis, every choice
of the penalties a sum, and the posterior variance of any partial derivative is a sum of squares.

References
----------
Eilers, P. H. C., Currie, I. D. and Durban, M. (2006). Fast and compact smoothing on large
multidimensional grids. Computational Statistics & Data Analysis 50(1), 61-76.
doi:10.1016/j.csda.2004.07.008
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr, solve_triangular, svd

from ._bspline_basis import BSplineBasis
from ._diagonal_reml import DiagonalProblem
from ._tailed_spline import TailedSpline
from ._validation import FloatArray

ORDER = 4  # the fourth derivative is penalized; splines of degree 2 * ORDER - 1
MIN_AXIS = 2 * ORDER  # samples an axis needs
_MAX_COEFFICIENTS = 40_000  # over the whole grid; bounds memory and the cost of one REML score
_FEW_KNOTS = 12  # on an axis, which are taken if there are the samples
_MAX_AXIS = 1000  # along one axis, whose basis costs the cube of this
_BLOCK = 2_000_000  # floats held at a time while a batch of points is evaluated

Grid = tuple[list[FloatArray], NDArray[np.intp]]


class AxisBasis:
    """Spline basis of one axis, orthonormal on its samples and orthogonal in roughness.

    Parameters
    ----------
    x : ndarray, shape (n,)
        Distinct samples of the axis, increasing, in any unit.
    count : int or None
        Number of knots; None gives as many basis functions as samples, for interpolation.

    Attributes
    ----------
    design : ndarray, shape (n, k)
        Basis functions at the samples; ``design.T @ design`` is the identity.
    roughness : ndarray, shape (k,)
        Integral of each squared `ORDER`-th derivative over the axis mapped to [0, 1], increasing;
        exactly zero for the `ORDER` polynomials.
    """

    def __init__(self, x: FloatArray, count: int | None) -> None:
        self.start, self.width = float(x[0]), float(x[-1] - x[0])
        u = (x - self.start) / self.width
        if count is None:
            sites = np.concatenate([u[:1], u[ORDER:-ORDER], u[-1:]])  # "not a knot" near the ends
        else:
            sites = np.interp(np.linspace(0, len(u) - 1, count), np.arange(len(u)), u)
        basis = BSplineBasis(sites, ORDER)
        q, r = qr(basis.design(u).toarray(), mode="economic")
        rough = basis.rough(np.eye(basis.size)).reshape(basis.size, -1)
        root = solve_triangular(r, rough, trans="T")
        # Squaring the root would drown the smooth functions in the rounding of the rough ones.
        _, singular, rotation = svd(qr(root.T, mode="r")[0][: basis.size])
        rotation = rotation[::-1].T
        root_roughness = np.zeros(basis.size)  # zero for polynomials of degree below ORDER
        root_roughness[ORDER:] = singular[basis.size - ORDER - 1 :: -1]
        self.roughness: FloatArray = root_roughness**2
        self.design: FloatArray = q @ rotation
        self._spline = TailedSpline(basis, solve_triangular(r, rotation).T)

    def __call__(self, x: FloatArray, order: int = 0) -> FloatArray:
        """Return the derivative of the given order of every basis function, shape (q, k).

        Outside the samples the functions continue as Taylor polynomials of degree ``ORDER - 1``.
        """
        values: FloatArray = self._spline.value((x - self.start) / self.width, order).T
        return values / self.width**order


class TensorSpline:
    """Penalized tensor-product spline on a grid, one REML-chosen penalty per axis.

    Parameters
    ----------
    axes : sequence of d arrays
        Distinct increasing samples of each axis, at least `MIN_AXIS` of them.
    values : ndarray, shape (n_1, ..., n_d)
        Samples of the field on the grid, in any unit.

    Attributes
    ----------
    noise : float
        Standard deviation of the noise, in the unit of `values`.
    edf : float
        Effective degrees of freedom: the sum of the shrinkage factors.
    gcv : float
        Mean squared error to expect for samples left out.
    measurements : int
        Number of samples.
    """

    name = "tensor spline"
    beyond = "the spline continues there as a Taylor polynomial and its band is too narrow"

    def __init__(self, axes: Sequence[FloatArray], values: FloatArray) -> None:
        self.measurements = values.size
        limit = min(int(_MAX_COEFFICIENTS ** (1 / len(axes))), _MAX_AXIS)
        self._axes, self._level = axes, float(values.mean())
        self._centered = values - self._level
        # Samples are known to their rounding at best; it keeps the logarithm finite on exact fits.
        rounding = np.finfo(float).eps * float(np.abs(values).max()) or np.finfo(float).tiny
        self._rounding = values.size * rounding**2
        self._span([AxisBasis(x, _knot_count(len(x), limit)) for x in axes])
        self._log_penalties, _ = self._problem.choose(*self._search_space())
        self.noise = float(np.sqrt(self._problem.noise_variance(self._log_penalties)))
        self.gcv = self._problem.gcv(self._log_penalties)
        self._shrink(1.0)

    def _span(self, bases: list[AxisBasis]) -> None:
        """Project the samples on the products of the bases, and set up the choice of penalties."""
        self._bases = bases
        projected = self._centered
        for axis, basis in enumerate(bases):
            projected = _contract(projected, basis.design.T, axis)
        rebuilt = projected
        for axis, basis in enumerate(bases):
            rebuilt = _contract(rebuilt, basis.design, axis)
        self._projected = projected
        roughness = np.meshgrid(*[basis.roughness for basis in bases], indexing="ij")
        self._problem = DiagonalProblem(
            projected.ravel(),
            np.stack([each.ravel() for each in roughness]),
            float(np.sum((self._centered - rebuilt) ** 2)) + self._rounding,
            self._centered.size,
        )

    def smoothed(self, factor: float) -> TensorSpline:
        """Return the fit with all penalties times `factor`, the noise kept; 0 interpolates."""
        other = copy(self)
        if factor == 0:
            other._span([AxisBasis(x, None) for x in self._axes])
        other._shrink(factor)
        return other

    @property
    def smoothing(self) -> FloatArray:
        """Penalty of each axis, (d,), for axes mapped to [0, 1]."""
        penalties: FloatArray = self._factor * np.exp(self._log_penalties)
        return penalties

    def _shrink(self, factor: float) -> None:
        self._factor = factor
        damping = factor * self._problem.damping(self._log_penalties)
        self._shrinkage = (1.0 / (1.0 + damping)).reshape(self._projected.shape)
        self._coefficients = self._projected * self._shrinkage
        self.edf = float(self._shrinkage.sum())

    def _search_space(self) -> tuple[FloatArray, FloatArray]:
        """Return starting points, (s, d), and bounds, (d, 2), of the log penalties.

        A start is the penalty that halves one of the axis' coordinates, from coarse to fine.
        """
        counts = {1: 12, 2: 6, 3: 4}.get(len(self._bases), 3)
        starts, bounds = [], []
        for basis in self._bases:
            rough = basis.roughness[ORDER:]
            picks = np.geomspace(1, len(rough), counts).astype(int) - 1
            starts.append(-np.log(rough[np.unique(picks)]))
            bounds.append((-np.log(rough[-1]) - 20.0, -np.log(rough[0]) + 15.0))
        return np.array(list(product(*starts))), np.array(bounds)

    def derivatives(self, points: FloatArray, partials: Sequence[Sequence[int]]) -> FloatArray:
        """Return partial derivatives, each given by its order along every axis, (q, partials)."""
        levels = [0.0 if any(orders) else self._level for orders in partials]
        sums = [self._sum(points, self._coefficients, orders) for orders in partials]
        return np.array(levels) + np.column_stack(sums)

    def covariance(
        self, points: FloatArray, orders: Sequence[int], others: Sequence[int]
    ) -> FloatArray:
        """Return the posterior covariance of two partial derivatives at the points, (q,)."""
        return self.noise**2 * self._sum(points, self._shrinkage, orders, others)

    def _sum(self, points: FloatArray, tensor: FloatArray, *orders: Sequence[int]) -> FloatArray:
        """Contract `tensor` with the product of the bases' derivatives at scattered points."""
        out = np.empty(len(points))
        step = max(1, _BLOCK // max(1, tensor[0].size))
        for begin in range(0, len(points), step):
            block = points[begin : begin + step]
            total = tensor[None]
            for axis, basis in enumerate(self._bases):
                factor = np.prod([basis(block[:, axis], each[axis]) for each in orders], axis=0)
                if axis == 0:
                    total = np.tensordot(factor, tensor, 1)
                else:
                    total = np.einsum("qi,qi...->q...", factor, total)
            out[begin : begin + step] = total
        return out


def _knot_count(n: int, limit: int) -> int:
    """Half as many knots as samples, more where these are few, but fewer functions than samples."""
    return max(2, min(max(n // 2, _FEW_KNOTS), min(n, limit) - 2 * ORDER + 2))


def _contract(tensor: FloatArray, matrix: FloatArray, axis: int) -> FloatArray:
    """Return `tensor` with `matrix` applied along one axis."""
    return np.moveaxis(np.tensordot(matrix, tensor, (1, axis)), 0, axis)


def as_grid(points: FloatArray, tolerance: float = 1e-9) -> Grid | None:
    """Recognize a full grid in a list of points, whatever the order of its rows.

    Parameters
    ----------
    points : ndarray, shape (n, d)
    tolerance : float
        Coordinates closer than this fraction of the column's range count as equal.

    Returns
    -------
    axes : list of d arrays
        Increasing coordinates of each axis.
    order : ndarray of int, shape (n_1, ..., n_d)
        `values[order]` is the field on the grid, for `values` in the order of the rows.
        None instead of the pair if a node is missing, repeated, or the points are no grid.
    """
    n, size = len(points), 1
    axes, node = [], np.zeros(n, dtype=np.intp)
    for column in points.T:
        ranked = np.argsort(column, kind="stable")
        rises = np.diff(column[ranked]) > tolerance * np.ptp(column)
        index = np.empty(n, dtype=np.intp)
        index[ranked] = np.concatenate([[0], np.cumsum(rises)])
        axes.append(column[ranked][np.concatenate([[True], rises])])
        node = node * len(axes[-1]) + index
        size *= len(axes[-1])
        if size > n:
            return None
    if size < n or len(np.unique(node)) < n:
        return None
    return axes, np.argsort(node).reshape([len(axis) for axis in axes])
