"""The engines of several variables behind one face: any derivative, any number of outputs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from ._estimate import Estimate
from ._local_polynomial import LocalPolynomial
from ._network import NetworkEnsemble
from ._validation import FloatArray


class Field(ABC):
    """A fitted function of d variables with m outputs.

    Arrays have the point axis first, then the output axis, then one axis of length d for each
    order of the derivative.

    Attributes
    ----------
    name : str
        Of the method, for `repr`.
    beyond : str
        What the method does outside the data, one clause.
    no_band : str or None
        Why the deviations are no error band, one clause; None where they are.
    highest_order : int
        1 or 2.
    smoothing : float or ndarray
        Amount of smoothing used; see the subclasses.
    edf : float
        Effective degrees of freedom per output.
    noise : ndarray, shape (m,)
        Standard deviation of the noise.
    degrees_of_freedom : float
        Behind the estimate of the noise.
    """

    name: str
    beyond: str
    no_band: str | None = None
    highest_order: int = 2
    smoothing: float | FloatArray
    edf: float
    noise: FloatArray
    degrees_of_freedom: float = np.inf

    @abstractmethod
    def derivatives(self, points: FloatArray, order: int) -> FloatArray:
        """Return the values (order 0), gradients (1) or Hessians (2) of all outputs."""

    @abstractmethod
    def deviations(self, points: FloatArray, order: int) -> FloatArray:
        """Return the standard deviations of `derivatives`, of the same shape."""

    def laplacian(self, points: FloatArray) -> FloatArray:
        """Return the trace of the Hessian, shape (q, m)."""
        trace: FloatArray = np.trace(self.derivatives(points, 2), axis1=-2, axis2=-1)
        return trace

    def laplacian_deviation(self, points: FloatArray) -> FloatArray:
        """Return the standard deviation of `laplacian`, shape (q, m).

        Without better knowledge the sum of the deviations: the most it can be, however they are
        correlated.
        """
        trace: FloatArray = np.trace(self.deviations(points, 2), axis1=-2, axis2=-1)
        return trace


def field_estimate(
    field: Field,
    name: str,
    order: int,
    *,
    trace: bool = False,
    single: bool = False,
    method: str,
    check: Callable[[ArrayLike], FloatArray],
) -> Estimate:
    """Return a derivative of a field as a function of checked points, with its band.

    Parameters
    ----------
    field : Field
    name, method, check
        See `Estimate`.
    order : int
        0 is the value, 1 the gradient, 2 the Hessian, or with `trace` the Laplacian.
    single : bool
        Drop the axis of the outputs.
    """
    if order > field.highest_order:
        raise ValueError(
            f"The {name} needs second derivatives, but a {field.name} has none. Use degree=2 or 3."
        )

    def value(points: FloatArray) -> FloatArray:
        answer = field.laplacian(points) if trace else field.derivatives(points, order)
        return answer[:, 0] if single else answer

    def std(points: FloatArray) -> FloatArray:
        deviation = field.laplacian_deviation
        answer = deviation(points) if trace else field.deviations(points, order)
        return answer[:, 0] if single else answer

    return Estimate(
        value,
        None if field.no_band else std,
        name=name,
        method=method,
        check=check,
        no_std=field.no_band or "",
        degrees_of_freedom=max(field.degrees_of_freedom, 1.0),
    )


class LocalField(Field):
    """Local polynomials: each query has its own fit to its nearest samples.

    `smoothing` is the share of the samples that each fit sees.
    """

    beyond = "the polynomial of the nearest samples continues there"

    def __init__(self, X: FloatArray, y: FloatArray, engine: LocalPolynomial) -> None:
        self._engine = engine.fit(X, y)
        self.highest_order = min(engine.degree, 2)
        self.name = f"local polynomial of degree {engine.degree}"
        self.smoothing = engine.neighbors_ / len(X)
        self.edf, self.noise = engine.edf_, engine.noise_
        self.degrees_of_freedom = engine.degrees_of_freedom

    def derivatives(self, points: FloatArray, order: int) -> FloatArray:
        """Return the values (order 0), gradients (1) or Hessians (2) of all outputs."""
        return self._arrange(self._engine.derivatives(points, order)[0], points.shape[1], order)

    def deviations(self, points: FloatArray, order: int) -> FloatArray:
        """Return the standard deviations of `derivatives`, of the same shape."""
        return self._arrange(self._engine.derivatives(points, order)[1], points.shape[1], order)

    @staticmethod
    def _arrange(terms: FloatArray, dimension: int, order: int) -> FloatArray:
        """Bring the engine's (q, terms, m), upper triangle for Hessians, into this face's order."""
        terms = terms.swapaxes(1, 2)
        if order < 2:
            return terms if order else terms[..., 0]
        out = np.empty((*terms.shape[:2], dimension, dimension))
        row, column = np.triu_indices(dimension)
        out[..., row, column] = out[..., column, row] = terms
        return out


class NetworkField(Field):
    """An ensemble of networks, differentiated through its weights.

    `smoothing` is the weight decay, `edf` the number of weights: a bound from above.
    """

    name = "network ensemble"
    beyond = "the networks flatten out there"
    no_band = "the spread over networks is no error band"

    def __init__(self, X: FloatArray, y: FloatArray, engine: NetworkEnsemble) -> None:
        self._engine = engine.fit(X, y)
        self.smoothing, self.noise = engine.weight_decay_, engine.noise_
        widths = np.array([X.shape[1], *engine.hidden, y.shape[1]])
        self.edf = float(np.sum((widths[:-1] + 1) * widths[1:]))

    def derivatives(self, points: FloatArray, order: int) -> FloatArray:
        """Return the values (order 0), gradients (1) or Hessians (2) of all outputs."""
        return self._engine.derivatives(points, order)[0]

    def deviations(self, points: FloatArray, order: int) -> FloatArray:
        """Return the spread over the ensemble, of the shape of `derivatives`."""
        return self._engine.derivatives(points, order)[1]
