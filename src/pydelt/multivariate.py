"""Gradients, Jacobians, Hessians and Laplacians of functions known only by noisy samples.

One fit gives them all::

    fields = MultivariateDerivatives(SplineInterpolator).fit(X, y)     # X (n, d), y (n,)
    fields(P)                          # values at the points P (q, d)
    fields.gradient()(P)               # (q, d)
    fields.gradient().band(P)          # and how far it can be trusted

The class handed in names the idea, which is the same as in one variable:

* `SplineInterpolator`: one smooth field through all samples, its smoothness chosen by REML: a
  Gaussian process with a plane, which stays a plane unless the data show curvature, or a
  tensor-product spline when the samples fill a grid (in any order) and it predicts them better;
* `LowessInterpolator`, `LlaInterpolator`: a local polynomial around each query;
* `NeuralNetworkInterpolator`: an ensemble of networks, for many inputs.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from ._estimate import Estimate
from ._field_choice import fitted_field, least_samples, settings_of
from ._fields import Field, field_estimate
from ._fitted import FittedFunction
from ._validation import FloatArray, as_real_array, check_integer, check_points, query_checker
from .interpolation import Interpolator, SplineInterpolator


class MultivariateDerivatives(FittedFunction):
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
    positions are welcome. A kernel field takes rows that agree in position and value for copies of
    one measurement, which tell nothing new, unless the values are so few that measurements agree by
    chance (fewer than half as many as different rows); the other methods count every row.

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
        self._one_dimensional = settings_of(interpolator, smoothing, options)
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
        X = as_real_array("X", X)
        dimension = X.shape[1] if X.ndim == 2 else 1
        X, y = check_points(
            X,
            y,
            nan=self._one_dimensional.nan,
            minimum=least_samples(self._one_dimensional, dimension),
            needed_by=f"{self.interpolator.__name__} in {dimension} variables",
        )
        self._single = y.ndim == 1
        self._samples, self._dimension = X.shape
        self._field = fitted_field(self._one_dimensional, X, y.reshape(len(y), -1))
        self._check = query_checker(X.min(axis=0), X.max(axis=0), self._field.beyond)
        self.engine_, self.edf_ = self._field.name, self._field.edf
        self.noise_ = float(self._field.noise[0]) if self._single else self._field.noise
        self.smoothing_ = self._field.smoothing
        if self._single and np.ndim(self.smoothing_):
            self.smoothing_ = np.asarray(self.smoothing_)[0]
        return self

    def gradient(self) -> Estimate:
        """Return the gradient, as a function.

        Returns
        -------
        Estimate
            Points (q, d) -> (q, d), or (q, m, d) for m outputs.
        """
        return self._estimate("gradient", 1)

    def jacobian(self) -> Estimate:
        """Return the Jacobian ``J[:, i, j] = d y_i / d x_j``, as a function.

        Returns
        -------
        Estimate
            Points (q, d) -> (q, m, d). A single output given as y (n,) makes m = 1.
        """
        return self._estimate("Jacobian", 1, keep_output=True)

    def hessian(self) -> Estimate:
        """Return the Hessian, as a function.

        Returns
        -------
        Estimate
            Points (q, d) -> (q, d, d), or (q, m, d, d) for m outputs.

        Raises
        ------
        ValueError
            With a local polynomial of degree 1, which has no second derivatives.
        """
        return self._estimate("Hessian", 2)

    def laplacian(self) -> Estimate:
        """Return the Laplacian, the trace of the Hessian, as a function.

        Returns
        -------
        Estimate
            Points (q, d) -> (q,), or (q, m) for m outputs.

        Raises
        ------
        ValueError
            With a local polynomial of degree 1, which has no second derivatives.
        """
        return self._estimate("Laplacian", 2, trace=True)

    def spread(self, points: ArrayLike, order: int = 0) -> FloatArray:
        """Return the standard deviation over a network ensemble of the value or a derivative.

        It tells how far training alone leaves the answer open; what all networks share, it misses.
        Other methods have ``.std`` and ``.band``.

        Parameters
        ----------
        points : array_like, shape (q, d)
        order : int
            0 is the value, 1 the gradient, 2 the Hessian.

        Returns
        -------
        ndarray
            Of the shape of the value, the gradient or the Hessian.

        Raises
        ------
        ValueError
            When the method is no network, or `order` is none of these.
        """
        field = self._fitted()
        if field.no_band is None:
            raise ValueError(f"{self.interpolator.__name__} has error bands: ask .std or .band.")
        order = check_integer("order", order, 0, 2, why="value, gradient, Hessian")
        values = field.deviations(self._check(points), order)
        return values[:, 0] if self._single else values

    def _fitted(self) -> Field:
        return self._require_fit(self._field, "fit(X, y)")

    def _value(self) -> Estimate:
        return self._estimate("value", 0)

    def _estimate(
        self, name: str, order: int, *, keep_output: bool = False, trace: bool = False
    ) -> Estimate:
        return field_estimate(
            self._fitted(),
            name,
            order,
            trace=trace,
            single=self._single and not keep_output,
            method=self._head(),
            check=self._check,
        )

    def _head(self) -> str:
        settings = "".join(f", {key}={value!r}" for key, value in self.options.items())
        name = type(self._one_dimensional).__name__
        return f"MultivariateDerivatives({name}, smoothing={self.smoothing!r}{settings})"

    def __repr__(self) -> str:
        """Show the settings and, once fitted, what was found."""
        if self._field is None:
            return f"<{self._head()}, not fitted>"
        noise = np.array2string(np.asarray(self.noise_), precision=3)
        size = f"{self._samples} samples in {self._dimension} variables"
        found = f"{self.engine_}, edf {self.edf_:.3g}, noise {noise}"
        return f"<{self._head()}, fitted to {size}: {found}>"
