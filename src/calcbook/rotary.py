"""Rotary position encoding: pairs of numbers as complex numbers, turned by their position.

References
----------
Su et al. (2024), "RoFormer: enhanced transformer with rotary position embedding",
doi:10.1016/j.neucom.2023.127063.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Complex = NDArray[np.complex128]


def frequencies(pairs: int, base: float = 10000.0) -> NDArray[np.float64]:
    """Return the angle by which one position turns each pair, in radians, shape (pairs,)."""
    if pairs < 1:
        raise ValueError(f"`pairs` must be at least 1, got {pairs}.")
    return base ** (-np.arange(pairs) / pairs)


def turned(z: Complex, position: ArrayLike, base: float = 10000.0) -> Complex:
    """Turn each pair of a vector by an angle proportional to its position.

    Parameters
    ----------
    z : complex ndarray, shape (..., pairs)
    position : array_like, shape (...)
    base : float

    Returns
    -------
    complex ndarray, shape (..., pairs)
    """
    z = np.asarray(z)
    angle = np.multiply.outer(np.asarray(position, dtype=float), frequencies(z.shape[-1], base))
    return z * np.exp(1j * angle)


def score(query: Complex, key: Complex) -> NDArray[np.float64]:
    """Return the inner product of two vectors of pairs as real vectors, over the last axis."""
    return np.real(np.sum(query * np.conj(key), axis=-1))


def added(z: Complex, position: ArrayLike, base: float = 10000.0) -> Complex:
    """Add to each pair a unit wave that tells the position: the encoding of the first transformer.

    Parameters
    ----------
    z, position, base
        As for `turned`.
    """
    z = np.asarray(z)
    angle = np.multiply.outer(np.asarray(position, dtype=float), frequencies(z.shape[-1], base))
    return z + np.exp(1j * angle)
