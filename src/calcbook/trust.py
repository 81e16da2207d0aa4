r"""How far a Taylor polynomial of a model may be trusted along a direction.

Along a ray :math:`x + s u` the model is a function of one number, and its Taylor polynomials of
order 0, 1 and 2 are :math:`f`, :math:`f + s\, g \cdot u` and
:math:`f + s\, g \cdot u + \tfrac12 s^2\, u^\top H u`. The *radius of trust* for a tolerance is the
largest distance up to which the error has nowhere exceeded it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
ORDERS = (0, 1, 2)


class Model(Protocol):
    """What is expanded: a function of rows with its exact derivatives."""

    def __call__(self, X: ArrayLike, /) -> Array:
        """Return the outputs, shape (n,), of inputs of shape (n, d)."""

    def gradient(self, X: ArrayLike, /) -> Array:
        """Return the gradients, shape (n, d)."""

    def hessian(self, X: ArrayLike, /) -> Array:
        """Return the Hessians, shape (n, d, d)."""


class Along(NamedTuple):
    """A model along a ray.

    Attributes
    ----------
    value : callable
        The model's output at distances of shape (n,).
    terms : ndarray, shape (3,)
        Value, slope and curvature at distance 0.
    """

    value: Callable[[Array], Array]
    terms: Array

    def taylor(self, order: int, s: ArrayLike) -> Array:
        """Return the Taylor polynomial of order 0, 1 or 2 at distances ``s``."""
        s = np.asarray(s, dtype=float)
        weights = np.array([1.0, 1.0, 0.5])[: order + 1]
        powers = s[..., None] ** np.arange(order + 1)
        return np.asarray(powers @ (weights * self.terms[: order + 1]))


def along(model: Model, point: ArrayLike, direction: ArrayLike) -> Along:
    """Return a model along the ray from ``point``, shape (d,), in ``direction``, shape (d,).

    Distances count in lengths of ``direction``, which need not be 1.
    """
    x, u = np.asarray(point, dtype=float), np.asarray(direction, dtype=float)
    if x.shape != u.shape or x.ndim != 1:
        raise ValueError(
            f"`point` and `direction` must both have shape (d,), got {x.shape} and {u.shape}."
        )
    here = x[None]
    slope = model.gradient(here)[0] @ u
    bend = u @ model.hessian(here)[0] @ u
    terms = np.array([model(here)[0], slope, bend])
    return Along(lambda s: model(x + np.asarray(s, dtype=float)[:, None] * u), terms)


def radius_of_trust(
    ray: Along, order: int, tolerance: float, reach: float, points: int = 2000
) -> float:
    """Return the distance up to which the error is within ``tolerance``, ``reach`` at the most."""
    if not tolerance > 0:
        raise ValueError(f"`tolerance` must be above 0, got {tolerance}.")
    s = np.linspace(0, reach, points)
    beyond = np.abs(ray.value(s) - ray.taylor(order, s)) > tolerance
    return float(s[max(int(np.argmax(beyond)) - 1, 0)]) if beyond.any() else float(reach)
