"""`LowessInterpolator` and `LlaInterpolator`: two readings of local polynomial regression."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import numpy as np

from ._estimate import Estimate
from ._interpolator import Interpolator
from ._local_polynomial import LocalPolynomial
from ._validation import FloatArray, check_fraction, check_integer, check_smoothing


class _LocalInterpolator(Interpolator):
    """A local polynomial; the subclasses differ in neighborhood, weights and robustness."""

    _beyond = "the polynomial of the nearest samples continues there"

    def __init__(self, smoothing: float | None, degree: int, nan: str) -> None:
        super().__init__(nan)
        check_smoothing(smoothing, zero_means="a neighborhood of no samples has no fit")
        self.smoothing = smoothing
        self.degree = check_integer("degree", degree, 1, 3)

    @abstractmethod
    def _engine_for(self, distinct: int) -> LocalPolynomial:
        """Return the unfitted engine for data with `distinct` positions."""

    @property
    def _least_samples(self) -> int:
        return self.degree + 2

    @property
    def _highest_order(self) -> tuple[int, str]:
        return self.degree, f"the local polynomial has degree={self.degree}"

    def _fit(self, x: FloatArray, y: FloatArray) -> None:
        distinct = 1 + int(np.count_nonzero(np.diff(x)))
        self._engine = self._engine_for(distinct).fit(x[:, None], y)
        self.smoothing_ = self._engine.neighbors_ / distinct
        self.edf_ = self._engine.edf_
        self.noise_ = self._one_or_all(self._engine.noise_)

    def _estimate(self, order: int) -> Estimate:
        def part(which: int, points: FloatArray) -> FloatArray:
            answer = self._engine.derivatives(points.reshape(-1, 1), order)[which]
            return self._shape(answer[:, 0], points)

        return Estimate(
            lambda points: part(0, points),
            lambda points: part(1, points),
            name=self._name(order),
            method=type(self).__name__,
            check=self._check,
            degrees_of_freedom=self._engine.degrees_of_freedom,
        )


class LowessInterpolator(_LocalInterpolator):
    """Locally weighted regression over a share of the data, robust to outliers.

    Around each query a polynomial is fitted to the nearest share `span` of the samples, with
    tricube weights, and refitted with less weight on outliers. Derivatives are the polynomial's
    coefficients.

    Parameters
    ----------
    smoothing : float or None
        Multiplies the span: 2 sees twice as many samples. Must be above 0.
    span : float or None
        Share of the samples each fit sees, above 0 and at most 1, yet no fewer than `degree` + 3
        samples; None chooses it by generalized cross-validation.
    degree : int
        Of the local polynomial, 1 to 3; also the highest derivative.
    robust_iterations : int
        Rounds of reweighting by Tukey's bisquare; 0 is plain least squares.
    nan : {'raise', 'drop'}
        What to do with samples that are NaN or infinite.

    Attributes
    ----------
    smoothing_ : float
        The span used.
    edf_, noise_
        Effective degrees of freedom; standard deviation of the samples about the fit.

    Notes
    -----
    The span that predicts values best is not the best for derivatives. The band holds the noise
    and, as a measure of bias, the step to the local fit of the next degree.

    Examples
    --------
    >>> import numpy as np
    >>> t = np.linspace(0, 1, 50)
    >>> fit = LowessInterpolator(span=0.3).fit(t, t**2)
    >>> print(fit.differentiate(order=1)([0.25, 0.5]).round(6))
    [0.5 1. ]
    """

    def __init__(
        self,
        smoothing: float | None = None,
        *,
        span: float | None = None,
        degree: int = 2,
        robust_iterations: int = 2,
        nan: str = "raise",
    ) -> None:
        super().__init__(smoothing, degree, nan)
        self.span = None if span is None else check_fraction("span", span)
        self.robust_iterations = check_integer("robust_iterations", robust_iterations, 0, 20)

    def _settings(self) -> dict[str, Any]:
        return {
            "smoothing": self.smoothing,
            "span": self.span,
            "degree": self.degree,
            "robust_iterations": self.robust_iterations,
        }

    def _engine_for(self, distinct: int) -> LocalPolynomial:
        return LocalPolynomial(
            self.degree,
            "tricube",
            None if self.span is None else int(np.ceil(self.span * distinct)),
            check_smoothing(self.smoothing),
            self.robust_iterations,
        )


class LlaInterpolator(_LocalInterpolator):
    """Local polynomial over a window of a fixed number of samples, all with equal weight.

    Local linear (or higher) approximation, as used for derivatives of time series. On evenly
    spaced samples, away from the ends, it is the Savitzky-Golay filter; it needs no even spacing.

    Parameters
    ----------
    smoothing : float or None
        Multiplies the window: 2 sees twice as many samples. Must be above 0.
    window : int or None
        Number of nearest samples each fit sees, at least `degree` + 2: one more than fixes the
        polynomial, to see the noise. None chooses it by generalized cross-validation.
    degree : int
        Of the local polynomial, 1 to 3; also the highest derivative.
    nan : {'raise', 'drop'}
        What to do with samples that are NaN or infinite.

    Attributes
    ----------
    smoothing_ : float
        The window used, as a share of the samples.
    edf_, noise_
        Effective degrees of freedom; standard deviation of the samples about the fit.

    Notes
    -----
    Equal weights make the estimate jump a little where a sample enters or leaves the window. The
    band holds the noise and, as a measure of bias, the step to the local fit of the next degree.

    References
    ----------
    Savitzky & Golay (1964), Analytical Chemistry 36, 1627-1639, doi:10.1021/ac60214a047.
    Boker, Deboeck, Edler & Keel (2010), in Statistical Methods for Modeling Human Dynamics.

    Examples
    --------
    >>> import numpy as np
    >>> t = np.linspace(0, 1, 50)
    >>> fit = LlaInterpolator(window=7).fit(t, t**2)
    >>> print(fit.differentiate(order=2)([0.25, 0.5]).round(6))
    [2. 2.]
    """

    def __init__(
        self,
        smoothing: float | None = None,
        *,
        window: int | None = None,
        degree: int = 2,
        nan: str = "raise",
    ) -> None:
        super().__init__(smoothing, degree, nan)
        least, why = self.degree + 2, f"one more than fixes a polynomial of degree={self.degree}"
        self.window = None if window is None else check_integer("window", window, least, why=why)

    def _settings(self) -> dict[str, Any]:
        return {"smoothing": self.smoothing, "window": self.window, "degree": self.degree}

    def _engine_for(self, distinct: int) -> LocalPolynomial:
        if self.window is not None and self.window > distinct:
            raise ValueError(
                f"window is {self.window}, but x has only {distinct} distinct values. "
                "Choose a smaller window, or None."
            )
        return LocalPolynomial(self.degree, "uniform", self.window, check_smoothing(self.smoothing))
