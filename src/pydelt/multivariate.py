"""Gradients, Jacobians, Hessians and Laplacians of functions known only by noisy samples.

One fit gives them all::

    fields = MultivariateDerivatives(SplineInterpolator).fit(X, y)     # X (n, d), y (n,)
    fields(P)                          # values at the points P (q, d)
    fields.gradient()(P)               # (q, d)
    fields.gradient().band(P)          # and how far it can be trusted

The class handed in names the idea, which is the same as in one variable:

* `SplineInterpolator`: one smooth field through all samples, its smoothness chosen by REML: a
  tensor-product spline when the samples fill a grid (found out by itself, in any order of rows),
  else a Gaussian process with a plane, which stays a plane unless the data show curvature;
* `LowessInterpolator`, `LlaInterpolator`: a local polynomial around each query;
* `NeuralNetworkInterpolator`: an ensemble of networks, for many inputs.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from ._estimate import Estimate
from ._fields import Field, LocalField, NetworkField
from ._local_polynomial import monomials
from ._network import NetworkEnsemble
from ._smooth_field import SmoothField
from ._validation import (
    FloatArray,
    NotFittedError,
    check_integer,
    check_points,
    check_smoothing,
    query_checker,
)
from .interpolation import (
    Interpolator,
    LlaInterpolator,
    LowessInterpolator,
    NeuralNetworkInterpolator,
    SplineInterpolator,
)

_DEPENDENT = 1e-8  # columns of X whose smallest singular value is below are linearly dependent


class MultivariateDerivatives:
    """Derivatives of a function of several variables, from noisy samples.

    Parameters
    ----------
    interpolator : type
        `SplineInterpolator`, `LowessInterpolator`, `LlaInterpolator` or
        `NeuralNetworkInterpolator`: the class itself, not an instance.
    smoothing : float or None
        Dimensionless multiplier of the automatic choice; None or 1 keeps it, 10 is smoother. It
        multiplies the penalties of a tensor spline, the noise variance of a kernel field, the
        neighborhood of a local polynomial, the weight decay of a network. 0 interpolates with
        `SplineInterpolator` and is an error with the local polynomials.
    **options
        Further arguments of the class: ``nan`` for all, ``span``, ``window``, ``degree`` and
        ``robust_iterations`` for the local polynomials, ``hidden``, ``members`` and ``seed`` for
        the network.

    Attributes
    ----------
    engine_ : str
        What was fitted: "tensor spline", "kernel field", "linear" (a plane, where scattered data
        show no curvature), "local polynomial of degree 2", "network ensemble". Outputs that
        differ are listed with commas.
    smoothing_ : float or ndarray
        Amount of smoothing used: penalties, (d,), of a tensor spline on axes mapped to [0, 1];
        ratio of noise to field variance of a kernel field, infinite for a plane; share of the
        samples in a neighborhood; weight decay. With an output axis in front when `y` had one.
    edf_ : float
        Effective degrees of freedom, the mean over outputs.
    noise_ : float or ndarray, shape (m,)
        Estimated standard deviation of the noise, in units of y.

    Notes
    -----
    Shapes, for q points, d variables and m outputs; the point axis is always kept:

    ==============  ============  ===============
    method          y (n,)        y (n, m)
    ==============  ============  ===============
    ``fields(P)``   (q,)          (q, m)
    `gradient`      (q, d)        (q, m, d)
    `jacobian`      (q, 1, d)     (q, m, d)
    `hessian`       (q, d, d)     (q, m, d, d)
    `laplacian`     (q,)          (q, m)
    ==============  ============  ===============

    With `SplineInterpolator` and the local polynomials every result has ``.std`` and ``.band``.
    Outputs are fitted one by one. The order of the rows does not matter, nor do the units. Repeated
    positions are welcome, but a row copied with its value claims to be a second measurement that
    found exactly the same: drop such copies first, or the noise is underestimated.

    Examples
    --------
    >>> import numpy as np
    >>> from pydelt.interpolation import SplineInterpolator
    >>> rng = np.random.default_rng(0)
    >>> X = rng.uniform(-1, 1, (200, 2))
    >>> y = X[:, 0] ** 2 + 3 * X[:, 1] + 0.01 * rng.normal(size=200)
    >>> fields = MultivariateDerivatives(SplineInterpolator).fit(X, y)
    >>> bool(np.allclose(fields.gradient()([[0.5, 0.0]]), [[1, 3]], atol=0.05))
    True
    """

    def __init__(
        self,
        interpolator: type[Interpolator] = SplineInterpolator,
        smoothing: float | None = None,
        **options: Any,
    ) -> None:
        known = SplineInterpolator, LowessInterpolator, LlaInterpolator, NeuralNetworkInterpolator
        if not (isinstance(interpolator, type) and issubclass(interpolator, known)):
            names = ", ".join(each.__name__ for each in known)
            raise TypeError(
                f"interpolator must be one of the classes {names}, got {interpolator!r}. "
                "Hand in the class itself, and its arguments as options."
            )
        foreign = set(options) - {"nan"} if issubclass(interpolator, SplineInterpolator) else set()
        if foreign:
            raise TypeError(
                f"{min(foreign)} has no meaning for {interpolator.__name__} in several variables. "
                "Leave it out; against outliers use LowessInterpolator."
            )
        self._one_dimensional = interpolator(smoothing=smoothing, **options)
        self.interpolator, self.smoothing, self.options = interpolator, smoothing, options
        self._field: Field | None = None

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit the samples.

        Parameters
        ----------
        X : array_like, shape (n, d)
            Positions, one row a sample, in any order and unit. Every column must vary, and none
            may be a linear combination of others.
        y : array_like, shape (n,) or (n, m)
            Values, one column an output.

        Returns
        -------
        self

        Raises
        ------
        TypeError, ValueError
            When the samples are no real, finite numbers of matching shapes, are too few, or do not
            determine a gradient; the message names the argument and the mend.
        """
        X, y = check_points(
            X,
            y,
            nan=self._one_dimensional.nan,
            minimum=self._least_samples(np.shape(X)),
            needed_by=f"{self.interpolator.__name__} in {np.shape(X)[-1]} variables",
        )
        _check_independent(X)
        self._single = y.ndim == 1
        self._samples, self._dimension = X.shape
        self._field = self._fitted_field(X, y.reshape(len(y), -1))
        self._check = query_checker(X.min(axis=0), X.max(axis=0), self._field.beyond)
        self.engine_, self.edf_ = self._field.name, self._field.edf
        self.noise_ = float(self._field.noise[0]) if self._single else self._field.noise
        self.smoothing_ = self._field.smoothing
        if self._single and np.ndim(self.smoothing_):
            self.smoothing_ = np.asarray(self.smoothing_)[0]
        return self

    def _least_samples(self, shape: tuple[int, ...]) -> int:
        dimension = shape[-1] if len(shape) == 2 else 1
        degree = getattr(self._one_dimensional, "degree", 1)
        return len(monomials(dimension, degree)) + 1

    def _fitted_field(self, X: FloatArray, y: FloatArray) -> Field:
        settings = self._one_dimensional
        factor = check_smoothing(self.smoothing)
        if isinstance(settings, (LowessInterpolator, LlaInterpolator)):
            return LocalField(X, y, settings._engine_for(len(np.unique(X, axis=0))))
        if isinstance(settings, NeuralNetworkInterpolator):
            network = NetworkEnsemble(settings.hidden, settings.members, factor, settings.seed)
            return NetworkField(X, y, network)
        return SmoothField(X, y, factor)

    def __call__(self, points: ArrayLike) -> FloatArray:
        """Return the smoothed values at `points` (q, d): shape (q,) or (q, m)."""
        return self._estimate("value", 0)(points)

    def std(self, points: ArrayLike) -> FloatArray:
        """Return the standard deviation of the smoothed values at `points`."""
        return self._estimate("value", 0).std(points)

    def band(self, points: ArrayLike, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """Return (lower, upper) around the smoothed values, holding the truth with `level`."""
        return self._estimate("value", 0).band(points, level)

    def gradient(self) -> Estimate:
        """Return the gradient: points (q, d) -> (q, d), or (q, m, d) for m outputs."""
        return self._estimate("gradient", 1)

    def jacobian(self) -> Estimate:
        """Return the Jacobian ``J[:, i, j] = d y_i / d x_j``: points (q, d) -> (q, m, d).

        A single output given as y (n,) makes m = 1.
        """
        return self._estimate("Jacobian", 1, keep_output=True)

    def hessian(self) -> Estimate:
        """Return the Hessian: points (q, d) -> (q, d, d), or (q, m, d, d) for m outputs."""
        return self._estimate("Hessian", 2)

    def laplacian(self) -> Estimate:
        """Return the Laplacian, the trace of the Hessian: points (q, d) -> (q,) or (q, m)."""
        return self._estimate("Laplacian", 2, trace=True)

    def spread(self, points: ArrayLike, order: int = 0) -> FloatArray:
        """Return the standard deviation over a network ensemble of the value or a derivative.

        It tells how far training alone leaves the answer open; what all networks share, it misses.
        Order 1 is the gradient, order 2 the Hessian. Other methods have ``.std`` and ``.band``.
        """
        field = self._fitted()
        if field.no_band is None:
            raise ValueError(f"{self.interpolator.__name__} has error bands: ask .std or .band.")
        order = check_integer("order", order, 0, 2, why="value, gradient, Hessian")
        values = field.deviations(self._check(points), order)
        return values[:, 0] if self._single else values

    def _fitted(self) -> Field:
        if self._field is None:
            raise NotFittedError(
                "This MultivariateDerivatives has seen no data yet: call fit(X, y) first."
            )
        return self._field

    def _estimate(
        self, name: str, order: int, *, keep_output: bool = False, trace: bool = False
    ) -> Estimate:
        field = self._fitted()
        if order > field.highest_order:
            raise ValueError(
                f"The {name} needs second derivatives, but a {field.name} has none. "
                "Use degree=2 or 3."
            )

        def value(points: FloatArray) -> FloatArray:
            answer = field.laplacian(points) if trace else field.derivatives(points, order)
            return answer[:, 0] if self._single and not keep_output else answer

        def std(points: FloatArray) -> FloatArray:
            laplacian = field.laplacian_deviation
            answer = laplacian(points) if trace else field.deviations(points, order)
            return answer[:, 0] if self._single and not keep_output else answer

        return Estimate(
            value,
            None if field.no_band else std,
            name=name,
            method=self._head(),
            check=self._check,
            no_std=field.no_band or "",
            degrees_of_freedom=max(field.degrees_of_freedom, 1.0),
        )

    def _head(self) -> str:
        settings = "".join(f", {key}={value!r}" for key, value in self.options.items())
        name = self.interpolator.__name__
        return f"MultivariateDerivatives({name}, smoothing={self.smoothing!r}{settings})"

    def __repr__(self) -> str:
        """Show the settings and, once fitted, what was found."""
        if self._field is None:
            return f"<{self._head()}, not fitted>"
        noise = np.array2string(np.asarray(self.noise_), precision=3)
        return (
            f"<{self._head()}, fitted to {self._samples} samples in {self._dimension} variables: "
            f"{self.engine_}, edf {self.edf_:.3g}, noise {noise}>"
        )


def _check_independent(X: FloatArray) -> None:
    """Raise when a column of `X` is a linear combination of others: no gradient is determined."""
    standardized = (X - X.mean(axis=0)) / X.std(axis=0)
    _, singular, directions = np.linalg.svd(standardized, full_matrices=False)
    if singular[-1] < _DEPENDENT * singular[0]:
        columns = np.flatnonzero(np.abs(directions[-1]) > 1e-6).tolist()
        raise ValueError(
            f"X has linearly dependent columns {columns}, so the samples do not determine the "
            "gradient. Leave one of them out."
        )
