"""Activation functions of neural networks with their exact first and second derivatives.

References
----------
Hendrycks & Gimpel (2016), arXiv:1606.08415 (GELU).
Elfwing, Uchibe & Doya (2018), Neural Networks 107, 3-11, doi:10.1016/j.neunet.2017.12.012 (SiLU).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, ndtr

Array = NDArray[np.float64]
Function = Callable[[ArrayLike], Array]

LEAK = 0.1  # slope of the leaky ReLU for negative inputs; larger than usual, so that it shows


class Activation(NamedTuple):
    """An activation function; each of the three takes inputs of any shape and keeps it.

    Attributes
    ----------
    value, slope, curvature : callable
        The function and its first and second derivative, NaN where there is none.
    kink : float or None
        Where the slope jumps.
    """

    value: Function
    slope: Function
    curvature: Function
    kink: float | None = None


def _sigmoid(x: ArrayLike) -> Array:
    return np.asarray(expit(np.asarray(x, dtype=float)))


def _normal(x: ArrayLike) -> Array:
    return np.asarray(ndtr(np.asarray(x, dtype=float)))


def _normal_density(x: ArrayLike) -> Array:
    return np.asarray(np.exp(-0.5 * np.square(np.asarray(x, dtype=float))) / np.sqrt(2 * np.pi))


def _sigmoid_slope(x: ArrayLike) -> Array:
    return _sigmoid(x) * _sigmoid(-np.asarray(x, dtype=float))


def _sigmoid_curvature(x: ArrayLike) -> Array:
    return _sigmoid_slope(x) * (1 - 2 * _sigmoid(x))


def _tanh_slope(x: ArrayLike) -> Array:
    return np.asarray(np.cosh(x) ** -2)


def _silu_curvature(x: ArrayLike) -> Array:
    return np.asarray(2 * _sigmoid_slope(x) + np.asarray(x) * _sigmoid_curvature(x))


def _leaky(leak: float) -> Activation:
    """Return a ReLU that lets negative inputs through times ``leak``."""

    def slope(x: ArrayLike) -> Array:
        x = np.asarray(x, dtype=float)
        return np.where(x == 0, np.nan, np.where(x > 0, 1.0, leak))

    def curvature(x: ArrayLike) -> Array:
        return 0 * slope(x)

    def value(x: ArrayLike) -> Array:
        x = np.asarray(x, dtype=float)
        return np.where(x > 0, x, leak * x)

    return Activation(value, slope, curvature, kink=0.0)


ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation(_sigmoid, _sigmoid_slope, _sigmoid_curvature),
    "tanh": Activation(np.tanh, _tanh_slope, lambda x: -2 * np.tanh(x) * _tanh_slope(x)),
    "ReLU": _leaky(0.0),
    "leaky ReLU": _leaky(LEAK),
    "GELU": Activation(
        lambda x: np.asarray(x) * _normal(x),
        lambda x: _normal(x) + np.asarray(x) * _normal_density(x),
        lambda x: (2 - np.square(np.asarray(x, dtype=float))) * _normal_density(x),
    ),
    "softplus": Activation(lambda x: np.logaddexp(0, x), _sigmoid, _sigmoid_slope),
    "SiLU": Activation(
        lambda x: np.asarray(x) * _sigmoid(x),
        lambda x: _sigmoid(x) + np.asarray(x) * _sigmoid_slope(x),
        _silu_curvature,
    ),
}


def soft_relu(sharpness: float) -> Activation:
    """Return the smooth stand-in ``softplus(b x) / b`` for the ReLU.

    Parameters
    ----------
    sharpness : float
        b, above 0: the larger, the closer; the largest distance is log(2) / b, at the kink.
    """
    if not sharpness > 0:
        raise ValueError(f"`sharpness` must be above 0, got {sharpness}.")
    return Activation(
        lambda x: np.logaddexp(0, sharpness * np.asarray(x)) / sharpness,
        lambda x: _sigmoid(sharpness * np.asarray(x)),
        lambda x: sharpness * _sigmoid_slope(sharpness * np.asarray(x)),
    )
