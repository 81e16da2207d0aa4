"""Running integrals of sampled rates, with the error that accumulates.

The rate is fitted by the penalized spline and the fit is integrated exactly: as accurate as a
rule of high order where there is no noise, and where there is, the error of the running integral
follows from the fit's own covariance.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ._spline_interpolator import SplineInterpolator
from ._validation import FloatArray, as_real_array, check_finite, check_samples, check_smoothing

__all__ = ["integrate_derivative", "integrate_derivative_with_error"]


def integrate_derivative(
    time: ArrayLike,
    derivative: ArrayLike,
    initial_value: ArrayLike = 0.0,
    *,
    smoothing: float | None = None,
    nan: str = "raise",
) -> FloatArray:
    """Return the running integral of `derivative` over `time`, at the samples.

    Parameters
    ----------
    time : array_like, shape (n,)
        Positions of the samples; the integral starts at the least of them.
    derivative : array_like, shape (n,) or (n, k)
        Samples of the rate, in units of the result per unit of time.
    initial_value : float or array_like, shape (k,)
        The result at the start.
    smoothing : float or None
        As for `SplineInterpolator`.
    nan : {'raise', 'drop'}
        With ``'drop'``, samples of the rate that are NaN or infinite are left out of the fit; the
        integral is returned at their times all the same.

    Returns
    -------
    ndarray, shape of `derivative`

    Raises
    ------
    TypeError, ValueError
        For samples that are no real, finite numbers of matching shapes, and for swapped arguments,
        as far as they show.

    Examples
    --------
    >>> import numpy as np
    >>> t = np.linspace(0, np.pi, 50)
    >>> print(integrate_derivative(t, np.sin(t))[-1].round(6))
    2.0
    """
    return integrate_derivative_with_error(
        time, derivative, initial_value, smoothing=smoothing, nan=nan
    )[0]


def integrate_derivative_with_error(
    time: ArrayLike,
    derivative: ArrayLike,
    initial_value: ArrayLike = 0.0,
    *,
    smoothing: float | None = None,
    nan: str = "raise",
) -> tuple[FloatArray, FloatArray]:
    """Return the running integral and its error.

    Parameters and exceptions are those of `integrate_derivative`.

    Returns
    -------
    integral : ndarray, shape of `derivative`
    error : ndarray, shape of `derivative`
        Standard deviation of the integral due to white noise in the samples, 0 at the start; NaN
        where two positions leave no noise to estimate. A bias of the sensor does not show in it:
        no data of the sensor alone could show that.

    Examples
    --------
    >>> import numpy as np
    >>> t = np.linspace(0, np.pi, 200)
    >>> rate = np.sin(t) + 0.1 * np.random.default_rng(0).normal(size=t.size)
    >>> total, error = integrate_derivative_with_error(t, rate)
    >>> bool(abs(total[-1] - 2) < 3 * error[-1])
    True
    """
    check_smoothing(smoothing)
    time, derivative = as_real_array("time", time), as_real_array("derivative", derivative)
    _catch_swapped(time, derivative)
    if time.ndim == 1:
        check_finite("time", time, "Fill or drop these samples first.")
    names = ("time", "derivative")
    x, y = check_samples(time, derivative, nan=nan, needed_by="an integral", names=names)
    start = np.asarray(as_real_array("initial_value", initial_value))
    check_finite("initial_value", start, "Give the value at the start, or leave it out.")
    if start.shape not in ((), y.shape[1:]):
        raise ValueError(
            f"initial_value must be a number or have shape {y.shape[1:]}, got {start.shape}."
        )
    distinct = 1 + int(np.count_nonzero(np.diff(x)))
    if distinct <= 2:  # a straight line between two positions: nothing to estimate
        ends = np.stack([y[x == end].mean(axis=0) for end in (x[0], x[-1])])
        share = ((time - x[0]) / (x[-1] - x[0])).reshape(-1, *[1] * (y.ndim - 1))
        area = (x[-1] - x[0]) * (ends[0] * share + 0.5 * (ends[1] - ends[0]) * share**2)
        return start + area, np.full(area.shape, np.nan)
    order = distinct - 1 if distinct < 5 else None
    fit = SplineInterpolator(smoothing, penalty_order=order).fit(x, y)
    integral = fit.integrate(time.min(), time)
    return start + np.asarray(integral.value), np.asarray(integral.std)


def _catch_swapped(time: FloatArray, derivative: FloatArray) -> None:
    """Raise when only the first argument has columns, or turns back."""
    if time.ndim == 2 and derivative.shape == time.shape[:1]:
        raise ValueError(
            f"time has shape {time.shape}, derivative {derivative.shape}: the arguments look "
            "swapped. Call it with (time, derivative)."
        )
    if time.ndim != 1 or derivative.shape != time.shape or time.size < 3:
        return
    steps, other = np.diff(time), np.diff(derivative)
    wanders = np.any(steps > 0) and np.any(steps < 0)
    if wanders and (np.all(other > 0) or np.all(other < 0)):
        raise ValueError(
            "time goes back and forth while derivative only rises or falls: the arguments look "
            "swapped. Call it with (time, derivative); if they are right, sort both by time."
        )
