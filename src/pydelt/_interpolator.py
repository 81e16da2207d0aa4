"""What the one-variable methods share: fit, call, differentiate, and the shapes of it all."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from ._estimate import Estimate
from ._fitted import FittedFunction
from ._validation import (
    FloatArray,
    check_integer,
    check_nan_option,
    check_samples,
    query_checker,
)


class Interpolator(FittedFunction):
    """A smooth function fitted to samples of one variable.

    Values have the shape of the points, with the series axis appended when `y` had one.
    """

    _beyond: ClassVar[str]

    smoothing: float | None
    smoothing_: float
    edf_: float
    noise_: float | FloatArray

    def __init__(self, nan: str) -> None:
        check_nan_option(nan)
        self.nan = nan
        self._samples = 0

    @abstractmethod
    def _fit(self, x: FloatArray, y: FloatArray) -> None:
        """Fit ascending `x` (n,) and `y` (n, series)."""

    @abstractmethod
    def _estimate(self, order: int) -> Estimate:
        """Return the estimate of the derivative of `order` (0 is the value)."""

    @property
    @abstractmethod
    def _highest_order(self) -> tuple[int, str]:
        """The highest derivative, and why it ends there."""

    @abstractmethod
    def _settings(self) -> dict[str, Any]:
        """The constructor's arguments, for `repr`."""

    @property
    def _least_samples(self) -> int:
        return 2

    def fit(self, x: ArrayLike, y: ArrayLike) -> Self:
        """Fit the samples.

        Parameters
        ----------
        x : array_like, shape (n,)
            Positions, in any order and unit; duplicates are welcome.
        y : array_like, shape (n,) or (n, k)
            Values. With k columns, k series over the same positions are fitted at once and share
            the amount of smoothing, which suits all of them together.

        Returns
        -------
        self

        Raises
        ------
        TypeError, ValueError
            When the samples are no real, finite numbers of matching shapes, or too few; the
            message names the argument and the mend.
        """
        name = type(self).__name__
        x, y = check_samples(x, y, nan=self.nan, minimum=self._least_samples, needed_by=name)
        self._samples = len(x)
        self._single = y.ndim == 1
        self._check = query_checker(x[0], x[-1], self._beyond)
        self._fit(x, y.reshape(len(x), -1))
        return self

    def differentiate(self, order: int = 1) -> Estimate:
        """Return a derivative of the fit, as a function.

        Parameters
        ----------
        order : int
            1 is the slope, 2 the curvature, and so on.

        Returns
        -------
        Estimate
            Call it at points; ask it for ``.std`` and ``.band``.

        Raises
        ------
        ValueError
            When the method has no derivative of that order.
        NotFittedError
            Before `fit`.
        """
        self._require_fit(self._samples, "fit(x, y)")
        highest, reason = self._highest_order
        return self._fitted_estimate(check_integer("order", order, 1, highest, why=reason))

    def _fitted_estimate(self, order: int) -> Estimate:
        self._require_fit(self._samples, "fit(x, y)")
        return self._estimate(order)

    def _value(self) -> Estimate:
        return self._fitted_estimate(0)

    def _name(self, order: int) -> str:
        return f"derivative of order {order}" if order else "value"

    def _shape(self, values: FloatArray, points: FloatArray) -> FloatArray:
        """Bring values (q, series) into the shape of the points and the samples."""
        shape = points.shape if self._single else (*points.shape, values.shape[1])
        return values.reshape(shape)

    def _one_or_all(self, per_series: FloatArray) -> float | FloatArray:
        return float(per_series[0]) if self._single else per_series

    def __repr__(self) -> str:
        """Show the settings and, once fitted, what was found."""
        settings = ", ".join(f"{name}={value!r}" for name, value in self._settings().items())
        head = f"{type(self).__name__}({settings})"
        if not self._samples:
            return f"<{head}, not fitted>"
        noise = np.array2string(np.asarray(self.noise_), precision=3)
        return f"<{head}, fitted to {self._samples} samples: edf {self.edf_:.3g}, noise {noise}>"
