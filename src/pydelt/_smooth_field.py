"""Smooth fields through grids and scattered points, behind the common face.

On a grid two engines apply. A tensor spline bends as the samples ask and grows with the grid; a
kernel field is stiffer and half as wrong where its lengths suit the whole field. Generalized
cross-validation takes one, for all outputs.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from itertools import combinations_with_replacement, permutations

import numpy as np

from ._fields import Field
from ._kernel_field import INTERPOLATION_LIMIT, KernelField
from ._tensor_spline import MIN_AXIS, Grid, TensorSpline, as_grid
from ._validation import FloatArray, UndersampledWarning

_COMPARED = 10_000  # nodes of a grid up to which a kernel field is tried as well
_CROWDED = 0.7  # share of the samples' freedom used by the fit beyond which noise is a guess
_NOTICEABLE = 0.05  # noise, as a share of the values' spread, below which that does not matter


class SmoothField(Field):
    """Tensor splines on a grid or kernel fields elsewhere, one per output.

    The deviations belong to the automatic fit; where `factor` moves the fit away from it, the
    distance counts as error.

    Parameters
    ----------
    X : ndarray, shape (n, d)
    y : ndarray, shape (n, m)
    factor : float
        Multiplies the automatic smoothing.

    Attributes
    ----------
    smoothing : ndarray
        Penalties, (m, d), of a tensor spline on axes mapped to [0, 1]; ratios of noise to field
        variance, (m,), of a kernel field.
    """

    def __init__(self, X: FloatArray, y: FloatArray, factor: float) -> None:
        self._dimension = X.shape[1]
        grid = as_grid(X)
        if grid is not None and min(len(axis) for axis in grid[0]) < MIN_AXIS:
            grid = None
        if grid is None and factor == 0 and len(X) > INTERPOLATION_LIMIT:
            raise ValueError(
                f"smoothing=0 interpolates scattered points only up to {INTERPOLATION_LIMIT} "
                f"samples, but X has {len(X)}. Use a small factor instead, such as 0.01."
            )
        self._automatic = _fits(X, y, grid, compared=factor > 0 and len(X) <= _COMPARED)
        self._shown = [fit if factor == 1 else fit.smoothed(factor) for fit in self._automatic]
        self.name = ", ".join(dict.fromkeys(fit.name for fit in self._shown))
        self.beyond = self._shown[0].beyond
        self.smoothing = np.array([fit.smoothing for fit in self._shown])
        self.edf = float(np.mean([fit.edf for fit in self._shown]))
        self.noise = np.array([fit.noise for fit in self._automatic])
        self.degrees_of_freedom = min(fit.measurements - fit.edf for fit in self._automatic)
        self._warn_if_crowded(y)

    def _warn_if_crowded(self, y: FloatArray) -> None:
        edf = len(y) - self.degrees_of_freedom
        free = max(self.degrees_of_freedom / len(y), 1e-3)
        if free < 1.0 - _CROWDED and np.any(self.noise > _NOTICEABLE * free * y.std(axis=0)):
            warnings.warn(
                f"The fit needs {edf:.0f} degrees of freedom for {len(y)} samples: too few to "
                "tell signal from noise, so the band rests on assumptions. Sample more densely.",
                UndersampledWarning,
                stacklevel=4,
            )

    def derivatives(self, points: FloatArray, order: int) -> FloatArray:
        """Return the values (order 0), gradients (1) or Hessians (2) of all outputs."""
        out = self._empty(points, order)
        for output, fit in enumerate(self._shown):
            partials = self._partials(order)
            answers = fit.derivatives(points, [orders for orders, _ in partials])
            for answer, (_, places) in zip(answers.T, partials, strict=True):
                for place in places:
                    index: tuple[slice | int, ...] = (slice(None), output, *place)
                    out[index] = answer
        return out

    def deviations(self, points: FloatArray, order: int) -> FloatArray:
        """Return the standard deviations of `derivatives`, of the same shape."""
        out = self._empty(points, order)
        for output, fit in enumerate(self._automatic):
            for orders, places in self._partials(order):
                variance = fit.covariance(points, orders, orders)
                answer = self._error(variance, self._moved(output, points, orders))
                for place in places:
                    index: tuple[slice | int, ...] = (slice(None), output, *place)
                    out[index] = answer
        return out

    def laplacian_deviation(self, points: FloatArray) -> FloatArray:
        """Return the standard deviation of `laplacian`, shape (q, m), covariances included."""
        out = self._empty(points, 0)
        seconds = [tuple(row) for row in 2 * np.eye(self._dimension, dtype=int)]
        for output, fit in enumerate(self._automatic):
            moved, variance = np.zeros(len(points)), np.zeros(len(points))
            for i, one in enumerate(seconds):
                moved += self._moved(output, points, one)
                variance += fit.covariance(points, one, one)
                for two in seconds[:i]:
                    variance += 2.0 * fit.covariance(points, one, two)
            out[:, output] = self._error(variance, moved)
        return out

    def _empty(self, points: FloatArray, order: int) -> FloatArray:
        return np.empty((len(points), len(self._shown)) + (self._dimension,) * order)

    def _partials(self, order: int) -> list[tuple[tuple[int, ...], set[tuple[int, ...]]]]:
        """Return each distinct partial derivative: its order along each axis, and its places."""
        axes = range(self._dimension)
        return [
            (tuple(chosen.count(axis) for axis in axes), set(permutations(chosen)))
            for chosen in combinations_with_replacement(axes, order)
        ]

    def _moved(
        self, output: int, points: FloatArray, orders: tuple[int, ...]
    ) -> FloatArray | float:
        """Return how far `factor` moved a derivative from the automatic fit."""
        shown, automatic = self._shown[output], self._automatic[output]
        if shown is automatic:
            return 0.0
        return (shown.derivatives(points, [orders]) - automatic.derivatives(points, [orders]))[:, 0]

    @staticmethod
    def _error(variance: FloatArray, moved: FloatArray | float) -> FloatArray:
        error: FloatArray = np.sqrt(np.maximum(variance, 0.0) + np.square(moved))
        return error


def _fits(
    X: FloatArray, y: FloatArray, grid: Grid | None, *, compared: bool
) -> Sequence[TensorSpline | KernelField]:
    """Fit every output; on a grid, if `compared`, by what predicts left-out samples best."""
    if grid is None:
        return [KernelField(X, column) for column in y.T]
    axes, order = grid
    splines = [TensorSpline(axes, column[order]) for column in y.T]
    if not compared:
        return splines
    fields = [KernelField(X, column) for column in y.T]
    odds = [np.log(spline.gcv / field.gcv) for spline, field in zip(splines, fields, strict=True)]
    return fields if sum(odds) > 0.0 else splines
