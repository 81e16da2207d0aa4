"""What every method shares, in one variable and in several: it is a function once it is fitted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TypeVar

from numpy.typing import ArrayLike

from ._estimate import Estimate
from ._validation import FloatArray, NotFittedError

T = TypeVar("T")


class FittedFunction(ABC):
    """A function that `fit` makes: itself an estimate, with values, deviations and bands."""

    @abstractmethod
    def _value(self) -> Estimate:
        """Return the estimate of the function itself; `NotFittedError` before `fit`."""

    def __call__(self, points: ArrayLike) -> FloatArray:
        """Return the smoothed values.

        Parameters
        ----------
        points : array_like
            Positions: of any shape in one variable, (q, d) in several.

        Returns
        -------
        ndarray
            Of the shape of `points`, or (q,) in several variables; with the axis of the series or
            outputs appended where `y` had one.

        Raises
        ------
        NotFittedError
            Before `fit`.
        """
        return self._value()(points)

    def std(self, points: ArrayLike) -> FloatArray:
        """Return the standard deviation of the smoothed values.

        Parameters
        ----------
        points : array_like
            Positions: of any shape in one variable, (q, d) in several.

        Returns
        -------
        ndarray
            Of the shape of the smoothed values.

        Raises
        ------
        NotImplementedError
            Where the method cannot know its error.
        """
        return self._value().std(points)

    def band(self, points: ArrayLike, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """Return the pointwise band around the smoothed values.

        Parameters
        ----------
        points : array_like
            Positions: of any shape in one variable, (q, d) in several.
        level : float
            Chance that the band holds the truth at a point, above 0 and below 1.

        Returns
        -------
        lower, upper : ndarray
            Of the shape of the smoothed values.

        Raises
        ------
        NotImplementedError
            Where the method cannot know its error.
        """
        return self._value().band(points, level)

    def _require_fit(self, fitted: T | None, call: str) -> T:
        """Return what has been fitted, or raise when it is nothing; `call` shows how to fit."""
        if not fitted:
            raise NotFittedError(
                f"This {type(self).__name__} has seen no data yet: call {call} first."
            )
        return fitted
