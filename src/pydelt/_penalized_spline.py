r"""The smoothing spline behind `SplineInterpolator`: knots, units, noise, tails.

Why degree 7. A penalty on the m-th derivative gives splines of degree 2m - 1 and, for smooth
truths, errors of the first derivative that shrink like n^(-(m-1)/(2m+1)): n^(-1/5) for the usual
cubic (m = 2), n^(-1/3) for m = 4. The cubic also forces f''' toward jumps and f'' toward zero at
the ends, which its derivatives show.

Under the prior :math:`f^{(m)} \sim` white noise of intensity :math:`\sigma^2/\lambda`, the fit is
the posterior mean and :math:`\sigma^2 (B'B + \lambda S)^{-1}` the posterior covariance of its
coefficients. Beyond the data the mean goes on as the Taylor polynomial of degree m - 1 while the
variance grows: what is not known is not hidden.

References
----------
Wahba (1978), J. R. Statist. Soc. B 40, 364-372, doi:10.1111/j.2517-6161.1978.tb01050.x.
Nychka (1988), J. Am. Statist. Assoc. 83, 1134-1143, doi:10.1080/01621459.1988.10478711.
"""

from __future__ import annotations

import numpy as np

from ._adaptive_penalty import adapt_penalty
from ._automatic_fit import AutomaticFit, choose_order, fit_automatically, grow_knots, usual_order
from ._bspline_basis import BSplineBasis
from ._knot_sites import knot_sites
from ._penalized_regression import PenalizedRegression
from ._robust import (
    bisquare_loss,
    bisquare_weights,
    local_residual,
    median_deviation,
    studentized,
)
from ._tailed_spline import TailedSpline, prior_covariance, rows_at
from ._validation import FloatArray
from ._whiteness import rhythm_chance

ORDERS = (3, 4, 5, 6)
SAME_PLACE = 1e-7  # share of the range below which positions do not bear a derivative
ROUNDS = 20  # of reweighting outliers
CHUNK = 4096  # integrals at once: each needs a full row of coefficients


class PenalizedSpline:
    """Penalized spline with automatic penalty and knots.

    Parameters
    ----------
    orders : tuple of int
        Orders m of the penalized derivative to choose from, ascending; the degree is 2m - 1.
    smoothing : float
        Multiplier of the REML penalty; 0 interpolates.
    robust : bool
        Downweight outliers by Tukey's bisquare.
    adaptive : bool
        Let the penalty differ from place to place.

    Attributes
    ----------
    order : int
        The chosen m.
    edf, automatic_edf : float
        Effective degrees of freedom of the fit, and of the one that REML chose.
    noise : ndarray, shape (series,)
        Standard deviation of the samples about the automatic fit, in units of y.
    penalty : float
        Of the fit, for x scaled to [0, 1] and y to unit variance.
    leave_one_out : ndarray, shape (series,)
        Root mean square of the generalized cross-validation residual, in units of y.
    rhythm_chance : ndarray, shape (series,)
        Chance that white noise would leave a rhythm as strong as the residuals do.
    """

    def __init__(
        self,
        orders: tuple[int, ...] = ORDERS,
        smoothing: float = 1.0,
        robust: bool = False,
        adaptive: bool = False,
    ) -> None:
        self.orders, self.smoothing = orders, smoothing
        self.robust, self.adaptive = robust, adaptive

    def fit(self, x: FloatArray, y: FloatArray) -> PenalizedSpline:
        """Fit ascending `x` (n,) and `y` (series, n)."""
        self._x0, self._dx = x[0], x[-1] - x[0]
        self._y0 = y.mean(axis=-1, keepdims=True)
        spread = y.std(axis=-1, keepdims=True)
        # a spread that is mere rounding of the level is no spread
        self._dy = np.where(spread > 1e-15 * np.abs(self._y0), spread, 1.0)
        z, v = (x - self._x0) / self._dx, (y - self._y0) / self._dy
        distinct = 1 + int(np.count_nonzero(np.diff(z)))
        places = 1 + int(np.count_nonzero(np.diff(z) > SAME_PLACE))
        try:
            if places <= self.orders[0]:
                raise np.linalg.LinAlgError(f"only {places} places")
            self._fit_automatic(z, v)
            self._fit_chosen(z, v, distinct)
        except np.linalg.LinAlgError as error:
            raise ValueError(
                f"x is crowded into {places} places, {SAME_PLACE:g} of its range or more apart: "
                f"too few for penalty_order={self.orders[0]} with smoothing={self.smoothing:g} in "
                "floating point. Average samples at nearly equal positions, or use smoothing=1 or "
                "a lower penalty_order."
            ) from error
        return self

    def _fit_automatic(self, z: FloatArray, v: FloatArray) -> None:
        """Choose order, knots and penalty, and outliers' weights where asked."""
        fit = self._fit_robustly(z, v) if self.robust else fit_automatically(z, v, self.orders)
        self._adapted = adapt_penalty(fit) if self.adaptive else None
        fit = self._adapted or fit
        left = max(z.size - fit.edf, 1.0)
        if self.robust:
            sigma = median_deviation(_left_out(fit))
        else:
            sigma = np.sqrt(np.sum(fit.residual**2, axis=-1) / left)
        self._sigma = sigma
        self.degrees_of_freedom = left
        self.noise = sigma * self._dy[:, 0]
        left_exactly = max(z.size - fit.edf, 1e-9 * z.size)
        self.leave_one_out = np.std(fit.residual, axis=-1) * self._dy[:, 0] * z.size / left_exactly
        self.rhythm_chance = rhythm_chance(z, fit.residual)
        self._weights = fit.problem.weights
        self.order = fit.basis.order
        self.penalty = float(np.exp(fit.log_penalty))
        self._automatic_penalty, self._factor = self.penalty, fit.factor
        self._automatic = self._chosen = TailedSpline(fit.basis, fit.coefficients)
        self.edf = self.automatic_edf = fit.edf

    def _fit_robustly(self, z: FloatArray, v: FloatArray) -> AutomaticFit:
        """Return the better of two fits without outliers, which start from different suspects.

        Reweighting ends where it began too near to. Without suspects, outliers side by side can
        draw the curve to themselves; suspected for standing out from their neighbors, the samples
        of a fast signal can be missed for ever.
        """
        suspects = bisquare_weights(local_residual(v), np.ones(len(v)))
        fits = [self._reweight(z, v, weights) for weights in (suspects, np.ones(z.size))]
        missed = [_left_out(fit) for fit in fits]
        scale = np.minimum(*(median_deviation(residual) for residual in missed))
        losses = [bisquare_loss(residual, scale) for residual in missed]
        return fits[int(np.argmin(losses))]

    def _reweight(self, z: FloatArray, v: FloatArray, weights: FloatArray) -> AutomaticFit:
        """Refit and reweight until the weights stand still."""
        level = np.ones(len(v))
        for _ in range(ROUNDS):
            fit = choose_order(z, v, self.orders, weights)
            previous, weights = weights, bisquare_weights(_left_out(fit), level)
            if np.max(np.abs(weights - previous)) < 0.01:
                break
        return fit

    def _fit_chosen(self, z: FloatArray, v: FloatArray, distinct: int) -> None:
        """Move from the automatic penalty to the one asked for."""
        if self.smoothing == 1:
            return
        self.penalty = self.smoothing * self._automatic_penalty
        if self.smoothing == 0:
            basis = BSplineBasis(knot_sites(z, distinct), usual_order(self.orders))
            self._chosen = TailedSpline(basis, PenalizedRegression(basis, z, v).interpolate())
            self.edf = float(distinct)
            return
        if self._adapted is None:
            fit = grow_knots(z, v, self.order, weights=self._weights, penalty=self.penalty)
        else:  # the profile belongs to its knots
            problem = self._adapted.problem
            fit = AutomaticFit(problem, problem.solvable(np.log(self.penalty)), np.inf)
        self.penalty = float(np.exp(fit.log_penalty))
        self._chosen = TailedSpline(fit.basis, fit.coefficients)
        self.edf = fit.edf

    def value(self, x: FloatArray, derivative: int = 0) -> FloatArray:
        """Return the derivative at `x` (q,), or with -1 the integral from x[0]: (series, q)."""
        z = (x - self._x0) / self._dx
        return self._to_units(self._chosen.value(z, derivative), z, derivative)

    def std(self, x: FloatArray, derivative: int = 0) -> FloatArray:
        """Return the standard deviation of `value` for 0 <= derivative < order: (series, q).

        A penalty other than the automatic one moves the fit away from the posterior mean; the
        distance moved counts as error.
        """
        z = (x - self._x0) / self._dx
        basis = self._automatic.basis
        inside = np.clip(z, 0.0, 1.0)
        variance = basis.variance(basis.locate(inside), self._factor.inverse_band, derivative)
        out = inside != z
        if out.any():
            rows = rows_at(basis, z[out], derivative)
            variance[out] = self._row_variance(rows) + self._prior(z[out], z[out], derivative)
        return self._error(z, derivative, variance)

    def integral(self, a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the integrals from `a` to `b` (both (q,)) and their deviations: (series, q)."""
        starts = range(0, max(a.size, 1), CHUNK)
        parts = [self._integral(a[i : i + CHUNK], b[i : i + CHUNK]) for i in starts]
        value, error = (np.concatenate(arrays, axis=-1) for arrays in zip(*parts, strict=True))
        return value, error

    def _integral(self, a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray]:
        value = self.value(b, -1) - self.value(a, -1)
        za, zb = (a - self._x0) / self._dx, (b - self._x0) / self._dx
        basis = self._automatic.basis
        rows = rows_at(basis, zb, -1) - rows_at(basis, za, -1)
        variance = self._row_variance(rows)
        variance += self._prior(za, za, -1) + self._prior(zb, zb, -1) - 2 * self._prior(za, zb, -1)
        moved = np.zeros(value.shape)
        if self._chosen is not self._automatic:
            moved = self._chosen.value(zb, -1) - self._chosen.value(za, -1)
            moved -= self._automatic.value(zb, -1) - self._automatic.value(za, -1)
        error = np.sqrt(self._sigma[:, None] ** 2 * variance + np.square(moved))
        return value, error * self._dy * self._dx

    def _row_variance(self, rows: FloatArray) -> FloatArray:
        return np.sum(rows * self._factor.solve(rows), axis=-1)

    def _prior(self, z: FloatArray, other: FloatArray, derivative: int) -> FloatArray:
        intensity = 1 / (self._automatic_penalty * self._automatic.basis.end_weights)
        return prior_covariance(z, other, self.order - derivative, intensity)

    def _error(self, z: FloatArray, derivative: int, variance: FloatArray) -> FloatArray:
        squares = self._sigma[:, None] ** 2 * variance
        if self._chosen is not self._automatic:
            moved = self._chosen.value(z, derivative) - self._automatic.value(z, derivative)
            squares = squares + moved**2
        return np.sqrt(squares) * self._dy / self._dx**derivative

    def _to_units(self, values: FloatArray, z: FloatArray, derivative: int) -> FloatArray:
        values = values * (self._dy / self._dx**derivative)
        if derivative == 0:
            return values + self._y0
        return values + self._y0 * self._dx * z if derivative < 0 else values


def _left_out(fit: AutomaticFit) -> FloatArray:
    """Return the fit's studentized residuals, shape (series, n)."""
    variance = fit.basis.variance(fit.problem.where, fit.factor.inverse_band, 0)
    return studentized(fit.residual, variance, fit.problem.weights)
