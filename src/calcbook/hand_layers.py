"""Five layers with derivatives written by hand, two of them wrong: an exercise asks which.

Look at what they return, not at their code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax

Array = NDArray[np.float64]

_ROWS = np.array([4, 0, 2, 4, 1])  # which rows of its table the embedding picks
_WEIGHT = np.random.default_rng(7).normal(size=(4, 3))


class Layer(NamedTuple):
    """A layer with its derivative.

    Attributes
    ----------
    name : str
    forward : callable
        From an input to an output, both arrays.
    pullback : callable
        From the input and the derivative of the loss with respect to the output, of the output's
        shape, to the derivative with respect to the input, of the input's shape.
    x : ndarray
        An input to try it at.
    """

    name: str
    forward: Callable[[Array], Array]
    pullback: Callable[[Array, Array], Array]
    x: Array


def _softmax_back(x: Array, g: Array) -> Array:
    s = softmax(x, axis=-1)
    return s * (g - np.sum(g * s, axis=-1, keepdims=True))


def _standardize(x: Array) -> Array:
    return (x - x.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True)


def _standardize_back(x: Array, g: Array) -> Array:
    return (g - g.mean(axis=-1, keepdims=True)) / x.std(axis=-1, keepdims=True)


def _silu_back(x: Array, g: Array) -> Array:
    return g * (expit(x) + x * expit(x) * expit(-x))


def _embedding_back(table: Array, g: Array) -> Array:
    back = np.zeros_like(table)
    back[_ROWS] = g
    return back


def layers() -> dict[str, Layer]:
    """Return the five layers by letter."""
    rng = np.random.default_rng(11)
    batch = rng.normal(size=(5, 3))
    five = (
        Layer("affine", lambda x: x @ _WEIGHT.T, lambda x, g: g @ _WEIGHT, batch),
        Layer("standardize", _standardize, _standardize_back, rng.normal(size=(5, 4))),
        Layer("softmax", lambda x: softmax(x, axis=-1), _softmax_back, batch),
        Layer("SiLU", lambda x: x * expit(x), _silu_back, batch),
        Layer("embedding", lambda table: table[_ROWS], _embedding_back, rng.normal(size=(6, 2))),
    )
    return dict(zip("ABCDE", five, strict=True))


def wrong_layers() -> list[str]:
    """Return the letters of the layers whose derivative is wrong, for the exercise's checker."""
    return [
        letter
        for letter, layer in layers().items()
        if layer.pullback in (_standardize_back, _embedding_back)
    ]
