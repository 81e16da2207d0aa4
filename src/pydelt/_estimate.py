"""What every fit returns: a callable that knows its own uncertainty.

This is the only place that knows about bands: the engines hand in a value and a standard
deviation, each a function of the query points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtrit

from ._validation import FloatArray, check_level, check_query

PointFunction = Callable[[FloatArray], FloatArray]


def band_factor(level: float, degrees_of_freedom: float = np.inf) -> float:
    """Half width, in standard deviations, of the central band of probability `level`.

    Student's t where the noise had to be estimated from few degrees of freedom, the normal
    distribution in the limit.
    """
    upper = 0.5 * (1 + check_level(level))
    if np.isinf(degrees_of_freedom):
        return float(ndtri(upper))
    return float(stdtrit(max(degrees_of_freedom, 1.0), upper))


class Estimate:
    """An estimated function: call it for values, ask it for its error.

    Fits return it; you do not make one. It holds the fit, so it can be kept and called any time.

    Parameters
    ----------
    value : callable
        Maps checked points to values.
    std : callable or None
        Maps checked points to standard deviations of the same shape; None where the method
        has none.
    name : str
        What is estimated, e.g. ``"derivative of order 1"``; stands in `repr`.
    method : str
        Who estimated it, e.g. ``"SplineInterpolator"``; stands in `repr` and messages.
    check : callable
        Maps what the user hands in to checked points and warns where they extrapolate.
    no_std : str
        Why there is no standard deviation, one clause; required when `std` is None.
    degrees_of_freedom : float
        Of the noise estimate behind `std`; widens the band accordingly.

    Examples
    --------
    >>> double, error = lambda t: 2 * t, lambda t: 0 * t + 0.1
    >>> line = Estimate(double, error, name="line", method="by hand")
    >>> line([0.0, 1.0])
    array([0., 2.])
    >>> lower, upper = line.band([1.0], level=0.95)
    >>> print(lower.round(3), upper.round(3))
    [1.804] [2.196]
    """

    def __init__(
        self,
        value: PointFunction,
        std: PointFunction | None = None,
        *,
        name: str,
        method: str,
        check: Callable[[ArrayLike], FloatArray] = check_query,
        no_std: str = "the method has no noise model",
        degrees_of_freedom: float = np.inf,
    ) -> None:
        self._value = value
        self._std = std
        self._check = check
        self._no_std = no_std
        self.name = name
        self.method = method
        self.degrees_of_freedom = degrees_of_freedom

    def __call__(self, points: ArrayLike) -> FloatArray:
        """Return the estimate.

        Parameters
        ----------
        points : array_like
            Positions: of any shape for one variable, of shape (q, d) for d variables.

        Returns
        -------
        ndarray
            With one variable of the shape of `points`, with several (q, ...).
        """
        return self._value(self._check(points))

    def std(self, points: ArrayLike) -> FloatArray:
        """Return the standard deviation of the estimate.

        Parameters
        ----------
        points : array_like
            As for a call.

        Returns
        -------
        ndarray
            Of the shape of the estimate.

        Raises
        ------
        NotImplementedError
            Where the method cannot know its error; the message says why.
        """
        return self._require_std()(self._check(points))

    def band(self, points: ArrayLike, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """Return the pointwise band around the estimate.

        Parameters
        ----------
        points : array_like
            As for a call.
        level : float
            Chance that the band holds the truth at a point, above 0 and below 1.

        Returns
        -------
        lower, upper : ndarray
            Of the shape of the estimate.

        Raises
        ------
        NotImplementedError
            Where the method cannot know its error; the message says why.
        """
        std = self._require_std()
        factor = band_factor(level, self.degrees_of_freedom)
        checked = self._check(points)
        center, half = self._value(checked), factor * std(checked)
        return center - half, center + half

    def _require_std(self) -> PointFunction:
        if self._std is None:
            raise NotImplementedError(
                f"The {self.name} by {self.method} has no std and no band: {self._no_std}."
            )
        return self._std

    def __repr__(self) -> str:
        """Say what is estimated, by whom, and what can be asked."""
        extras = "" if self._std is None else ", with .std and .band"
        return f"<{self.name} by {self.method}: call it at points{extras}>"


@dataclass(frozen=True)
class NumberEstimate:
    """A number (or an array of them) with its standard deviation, such as a definite integral.

    Attributes
    ----------
    value : float or ndarray
    std : float or ndarray
        Of the shape of `value`.
    degrees_of_freedom : float
        Of the noise estimate behind `std`.

    Examples
    --------
    >>> area = NumberEstimate(2.0, 0.1)
    >>> print(float(area), [round(bound, 3) for bound in area.band(level=0.95)])
    2.0 [1.804, 2.196]
    """

    value: float | FloatArray
    std: float | FloatArray
    degrees_of_freedom: float = np.inf

    def band(self, level: float = 0.95) -> tuple[float | FloatArray, float | FloatArray]:
        """Return the band around the number.

        Parameters
        ----------
        level : float
            Chance that the band holds the truth, above 0 and below 1.

        Returns
        -------
        lower, upper : float or ndarray
            Of the shape of `value`.
        """
        half = band_factor(level, self.degrees_of_freedom) * np.asarray(self.std)
        lower, upper = self.value - half, self.value + half
        return (float(lower), float(upper)) if np.ndim(lower) == 0 else (lower, upper)

    def __float__(self) -> float:
        """Return the value, where it is a single number."""
        return float(self.value)
