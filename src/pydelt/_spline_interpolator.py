"""`SplineInterpolator`: the penalized spline behind the common interface."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ._estimate import Estimate, NumberEstimate
from ._interpolator import Interpolator
from ._penalized_spline import ORDERS, PenalizedSpline
from ._validation import (
    FloatArray,
    UndersampledWarning,
    check_flag,
    check_integer,
    check_limits,
    check_smoothing,
    warn_caller,
)


class SplineInterpolator(Interpolator):
    r"""Penalized spline whose smoothness, knots and error bands come from the data.

    Minimizes :math:`\sum_i (y_i - f(x_i))^2 + \lambda \int (f^{(m)})^2`. The penalty is chosen by
    restricted maximum likelihood, its order m by generalized cross-validation; nothing needs
    tuning.

    Parameters
    ----------
    smoothing : float or None
        Dimensionless multiplier of the automatic penalty: None or 1 keeps it, 10 is smoother, 0.1
        rougher, 0 interpolates. Independent of units and of the number of samples.
    penalty_order : int or None
        The derivative m that is kept small, 2 to 6. None chooses 4, 5 or 6, whichever predicts
        left-out samples best, or 3 where the data hardly tell a curve from a cubic. The usual
        cubic smoothing spline is 2; derivatives want more.
    robust : bool
        Give outliers less weight (Tukey's bisquare of what each sample misses of the fit to the
        others).
    adaptive : bool
        Let the penalty differ from place to place where the data ask for it: for signals that are
        calm here and busy there. False keeps one penalty throughout and is faster.
    nan : {'raise', 'drop'}
        What to do with samples that are NaN or infinite.

    Attributes
    ----------
    penalty_order_ : int
        The order used.
    smoothing_ : float
        The penalty used, for x scaled to [0, 1]; in this form it has no unit.
    edf_ : float
        Effective degrees of freedom: how many parameters the fit is worth.
    noise_ : float or ndarray, shape (k,)
        Estimated standard deviation of the noise, in units of y.

    Notes
    -----
    Beyond the data the fit continues as the Taylor polynomial of degree m - 1 of its end, the band
    widens as the prior lets it, and an `ExtrapolationWarning` says so: near noisy data that band
    can be trusted, far from nearly noise-free data it is a guess. Bands exist for
    derivatives of order below m: under the prior the m-th derivative is white noise. With
    `smoothing` other than 1 the band stays that of the automatic fit, widened by the distance
    between the two. An `UndersampledWarning` says when the samples are too few per oscillation
    for the noise, and so the band, to be estimated.

    Examples
    --------
    >>> import numpy as np
    >>> t = np.linspace(0, 5, 100)
    >>> fit = SplineInterpolator().fit(t, np.exp(-t))
    >>> print(fit.differentiate(order=1)([1.0, 2.0]).round(4))
    [-0.3679 -0.1353]
    >>> print(round(fit.integrate(0, 5).value, 4))
    0.9933
    """

    _beyond = "the spline continues there as a Taylor polynomial and its band widens"

    def __init__(
        self,
        smoothing: float | None = None,
        *,
        penalty_order: int | None = None,
        robust: bool = False,
        adaptive: bool = True,
        nan: str = "raise",
    ) -> None:
        super().__init__(nan)
        check_smoothing(smoothing)
        self.smoothing = smoothing
        if penalty_order is not None:
            penalty_order = check_integer("penalty_order", penalty_order, 2, 6)
        self.penalty_order = penalty_order
        self.robust = check_flag("robust", robust)
        self.adaptive = check_flag("adaptive", adaptive)

    @property
    def _orders(self) -> tuple[int, ...]:
        return ORDERS if self.penalty_order is None else (self.penalty_order,)

    @property
    def _least_samples(self) -> int:
        return self._orders[0] + 1

    @property
    def _highest_order(self) -> tuple[int, str]:
        degree = 2 * self._engine.order - 1
        return degree - 1, f"the spline has degree {degree}; a higher penalty_order gives more"

    def _settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = {"smoothing": self.smoothing}
        if self.penalty_order is not None:
            settings["penalty_order"] = self.penalty_order
        if self.robust:
            settings["robust"] = True
        return settings if self.adaptive else settings | {"adaptive": False}

    def _fit(self, x: FloatArray, y: FloatArray) -> None:
        smoothing = check_smoothing(self.smoothing)
        engine = PenalizedSpline(self._orders, smoothing, self.robust, self.adaptive)
        self._engine = engine.fit(x, np.ascontiguousarray(y.T))
        self.penalty_order_ = engine.order
        self.smoothing_, self.edf_ = engine.penalty, engine.edf
        self.noise_ = self._one_or_all(engine.noise)
        self._warn_undersampled(len(x), y.std(axis=0))

    def _warn_undersampled(self, samples: int, spread: FloatArray) -> None:
        """Warn when signal may have been taken for noise, or noise for signal."""
        engine = self._engine
        unexplained = engine.leave_one_out > 0.02 * spread
        crowded = samples < 3 * self._orders[0] or engine.automatic_edf > 0.8 * samples
        if np.any(unexplained & (engine.rhythm_chance < 1e-5)):
            finding = "What the fit took for noise has a rhythm: an oscillation it cannot resolve"
        elif crowded and np.any(unexplained):
            finding = f"{samples} samples leave too little to tell signal from noise"
        else:
            return
        advice = "The band may be far too narrow: sample more densely."
        warn_caller(f"{finding}. {advice}", UndersampledWarning)

    def _estimate(self, order: int) -> Estimate:
        engine = self._engine

        def value(points: FloatArray) -> FloatArray:
            return self._shape(engine.value(points.ravel(), order).T, points)

        def std(points: FloatArray) -> FloatArray:
            return self._shape(engine.std(points.ravel(), order).T, points)

        return Estimate(
            value,
            std if order < engine.order else None,
            name=self._name(order),
            method=type(self).__name__,
            check=self._check,
            no_std=f"the prior's variance is infinite from penalty_order={engine.order} on",
            degrees_of_freedom=engine.degrees_of_freedom,
        )

    def integrate(self, a: ArrayLike, b: ArrayLike) -> NumberEstimate:
        """Return the integral of the fit from `a` to `b`, with its standard deviation and band.

        Parameters
        ----------
        a, b : array_like
            Limits, broadcast against each other: ``integrate(t[0], t)`` is the running integral.

        Returns
        -------
        NumberEstimate
            With ``.value``, ``.std`` and ``.band(level=0.95)``; floats for scalar limits.

        Raises
        ------
        NotFittedError
            Before `fit`.
        """
        self._fitted_estimate(0)
        limits = check_limits(a, b)
        self._check(np.stack(limits))
        value, std = self._engine.integral(*(limit.ravel() for limit in limits))
        value, std = (self._shape(array.T, limits[0]) for array in (value, std))
        left = self._engine.degrees_of_freedom
        if value.ndim == 0:
            return NumberEstimate(float(value), float(std), left)
        return NumberEstimate(value, std, left)
