r"""What a penalized spline chooses by itself: penalty, knots and order.

* The *penalty* minimizes the REML score.
* *Knots* are added until the fit has coefficients to spare and its residuals show no trend. More
  than that would only cost time and precision.
* The *order* m of the penalized derivative says how smooth the truth is believed to be. REML keeps
  the penalty too small for a truth smoother than m, and derivatives pay for it; so several orders
  are fitted, and generalized cross-validation takes one. It asks which would predict left-out
  samples best, and needs no prior to compare them by:

.. math:: \mathrm{GCV} = \frac{n\,\mathrm{RSS}}{(n - \mathrm{edf})^2}.

References
----------
Craven & Wahba (1979), Numerische Mathematik 31, 377-403, doi:10.1007/BF01404567.
Kohn, Ansley & Tharm (1991), J. Am. Statist. Assoc. 86, 1042-1050,
doi:10.1080/01621459.1991.10475150 (likelihood and cross-validation compared).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from ._banded import BandedCholesky
from ._bspline_basis import BSplineBasis
from ._demmler_reinsch import SpectralFactor
from ._knot_sites import knot_sites
from ._penalized_regression import PenalizedRegression
from ._reml import LOG_10
from ._validation import FloatArray
from ._whiteness import von_neumann_ratio

FIRST_KNOTS = 24  # more at the start would let REML settle on a wiggly valley of sparse data
MOST_KNOTS = 8000
ROUNDING = 1e-13  # residuals of data of unit variance below this hold no information
DOUBT = 4.0  # twice a log likelihood ratio: two standard errors
PILOT = 6000
SPARE = 0.65  # share of the coefficients in use up to which more knots change nothing
CROWDED = 0.8  # share above which they may hold the fit back
STIFFNESS = 8.0  # powers of ten that the penalties of the closest and of even knots may differ


class AutomaticFit:
    """A penalized fit with what its choice needs to know.

    Parameters
    ----------
    problem : PenalizedRegression
    log_penalty : float
    gain : float
        By how much REML prefers it to a polynomial.

    Attributes
    ----------
    coefficients : ndarray, shape (series, N)
    factor : BandedCholesky or SpectralFactor
        Of the matrix that gave them.
    beyond_polynomial : bool
        Whether the data tell the fit from a polynomial of degree m - 1.
    """

    def __init__(self, problem: PenalizedRegression, log_penalty: float, gain: float) -> None:
        self.problem, self.basis, self.log_penalty = problem, problem.basis, log_penalty
        self.beyond_polynomial = gain > DOUBT
        self.coefficients: FloatArray
        self.factor: BandedCholesky | SpectralFactor
        self.coefficients, self.factor = problem.solve(log_penalty)

    @cached_property
    def residual(self) -> FloatArray:
        """Samples minus fit, shape (series, n), not weighted."""
        return self.problem.residual(self.coefficients)

    @cached_property
    def weighted_residual(self) -> FloatArray:
        """Residuals as the fit weighed them."""
        weights = self.problem.weights
        return self.residual if weights is None else self.residual * np.sqrt(weights)

    @cached_property
    def edf(self) -> float:
        """Effective degrees of freedom."""
        return self.problem.effective_degrees(self.factor)

    @cached_property
    def exact(self) -> bool:
        """Whether all that is left is rounding."""
        return bool(np.all(np.std(self.residual, axis=-1) < ROUNDING))

    @cached_property
    def white(self) -> bool:
        """Whether the residuals show no trend."""
        samples = self.residual.shape[-1]
        ratio = von_neumann_ratio(self.weighted_residual)
        return bool(np.all(ratio > 2 - 7 / np.sqrt(samples)))

    @cached_property
    def log_gcv(self) -> float:
        """Logarithm of the GCV score, the series' scores multiplied."""
        count = self.problem.count
        left = max(count - self.edf, 1e-9 * count)
        squares = np.sum(self.weighted_residual**2, axis=-1)
        squares = np.maximum(squares, count * ROUNDING**2)
        return float(np.sum(np.log(squares / left**2)))


def grow_knots(
    x: FloatArray,
    y: FloatArray,
    order: int,
    *,
    weights: FloatArray | None = None,
    knots: int = FIRST_KNOTS,
    penalty: float | None = None,
) -> AutomaticFit:
    """Fit with `knots` sites, and with more until the fit has coefficients to spare.

    Parameters
    ----------
    x : ndarray, shape (n,)
        Ascending, from 0 to 1.
    y : ndarray, shape (series, n)
        Of unit variance.
    order : int
    weights : ndarray, shape (n,), or None
    knots : int
    penalty : float or None
        None chooses it by REML.

    Raises
    ------
    numpy.linalg.LinAlgError
        When no penalty makes the problem solvable in floating point.
    """
    distinct = 1 + int(np.count_nonzero(np.diff(x)))
    most = min(max(distinct - 2 * order + 2, 2), MOST_KNOTS)
    densest = 10 ** (STIFFNESS / (2 * order - 1))  # the penalty goes with the spacing to 2m - 1
    while True:
        knots = min(knots, most)
        basis = BSplineBasis(knot_sites(x, knots, densest), order)
        problem = PenalizedRegression(basis, x, y, weights)
        if penalty is None:
            fit = best_white_fit(problem)
        else:
            log_penalty = problem.solvable(min(np.log(penalty), problem.high + 4 * LOG_10))
            fit = AutomaticFit(problem, log_penalty, np.inf)
        if knots >= most or fit.exact:
            return fit
        used = fit.edf / basis.size
        if used < SPARE and (penalty is not None or fit.white):
            return fit
        knots *= 2 if used < CROWDED else 3


def best_white_fit(problem: PenalizedRegression) -> AutomaticFit:
    """Return the fit that REML likes best among those that leave no trend, if there are any.

    The score may have a second valley: a polynomial and strong noise, or a regular oscillation and
    weak noise. Where the likelihood takes the first and its residuals show the oscillation, they
    prove it wrong.
    """
    minima, gain = problem.choose()
    first = AutomaticFit(problem, minima[0], gain)
    if first.white or first.exact:
        return first
    for log_penalty in minima[1:]:
        other = AutomaticFit(problem, log_penalty, np.inf)
        if other.white and other.edf < 0.5 * problem.count:
            return other
    return first


def choose_order(
    x: FloatArray, y: FloatArray, orders: Sequence[int], weights: FloatArray | None = None
) -> AutomaticFit:
    """Return the fit of least GCV among `orders`; see `grow_knots` for the other parameters.

    An order counts only if the data go beyond the polynomial that its largest penalty leaves.
    Otherwise the fit is about that polynomial, and its band as narrow as if the truth were known
    to be one; a lower order, which takes less for granted, is then the honest one.

    Parameters
    ----------
    orders : sequence of int
        Ascending. The search starts at `usual_order` and goes up while orders count, each with the
        knots that the degrees of freedom so far ask for; or else down to the first that counts.
    """
    usual = usual_order(orders)
    distinct = 1 + int(np.count_nonzero(np.diff(x)))
    best = grow_knots(x, y, usual, weights=weights)
    if not best.beyond_polynomial:
        for order in sorted((m for m in orders if m < usual), reverse=True):
            fit = grow_knots(x, y, order, weights=weights)
            if fit.beyond_polynomial:
                return fit
        return best
    for order in sorted(m for m in orders if m > usual):
        if best.exact or distinct <= 2 * order:
            break
        knots = max(int(best.edf / SPARE), FIRST_KNOTS)
        try:
            fit = grow_knots(x, y, order, weights=weights, knots=knots)
        except np.linalg.LinAlgError:
            break
        if not fit.beyond_polynomial:
            break
        if fit.log_gcv < best.log_gcv:
            best = fit
    return best


def usual_order(orders: Sequence[int]) -> int:
    """Return 4, good for derivatives of most data, or the nearest of `orders`."""
    return min(orders, key=lambda order: abs(order - 4))


def fit_automatically(
    x: FloatArray, y: FloatArray, orders: Sequence[int], weights: FloatArray | None = None
) -> AutomaticFit:
    """Choose order, knots and penalty.

    With many samples a pilot fit to averages of neighbors finds order and knots. The averages hide
    nothing that knots could follow, and cost a fraction.
    """
    if x.size < PILOT or weights is not None:
        return choose_order(x, y, orders, weights)
    block = x.size // (PILOT // 2)
    end = x.size // block * block
    pilot_x = x[:end].reshape(-1, block).mean(axis=1)
    pilot_y = y[:, :end].reshape(len(y), -1, block).mean(axis=2)
    pilot_x = (pilot_x - pilot_x[0]) / (pilot_x[-1] - pilot_x[0])
    pilot = choose_order(pilot_x, pilot_y, orders)
    knots = pilot.basis.sites.size
    return grow_knots(x, y, pilot.basis.order, knots=knots)
