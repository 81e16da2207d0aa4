"""A closed curve as a sum of arrows that turn: its Fourier series.

The curve is a complex function z(t) of a parameter t from 0 to 1, sampled at n points. The arrow
with k turns is c_k exp(2 pi i k t), and c_k is the mean of z(t) exp(-2 pi i k t).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Complex = NDArray[np.complex128]
SHAPES = ("star", "leaf")
_STAR_POINTS = 5


def outline(shape: str, n: int = 640) -> Complex:
    """Return ``n`` points of a closed curve, evenly spread over its parameter.

    Parameters
    ----------
    shape : {"star", "leaf"}
        A star with straight edges and ten corners, or a curve with no corner.
    """
    if shape not in SHAPES:
        raise ValueError(f"`shape` is {shape!r}; choose one of {', '.join(SHAPES)}.")
    t = np.arange(n) / n
    if shape == "leaf":
        angle = 2 * np.pi * t
        return np.exp(np.cos(angle - 0.5)) / 2 * np.exp(1j * (angle + 0.4 * np.sin(3 * angle)))
    lengths = np.where(np.arange(2 * _STAR_POINTS + 1) % 2 == 0, 1.3, 0.55)
    corners = lengths * np.exp(1j * np.pi * (np.arange(lengths.size) / _STAR_POINTS + 0.5))
    places = t * (lengths.size - 1)
    real, imag = (
        np.interp(places, np.arange(lengths.size), part) for part in (corners.real, corners.imag)
    )
    return real + 1j * imag


def coefficients(z: Complex) -> tuple[NDArray[np.int64], Complex]:
    """Return turns per round and arrows of a sampled closed curve, the slowest first.

    Parameters
    ----------
    z : ndarray, shape (n,)
        Points of the curve.

    Returns
    -------
    turns : ndarray of int, shape (n,)
        0, 1, -1, 2, -2, ...
    arrows : complex ndarray, shape (n,)
    """
    z = np.asarray(z)
    if z.ndim != 1 or z.size < 3:
        raise ValueError(f"`z` must hold at least 3 points in one dimension, got shape {z.shape}.")
    turns = np.rint(np.fft.fftfreq(z.size) * z.size).astype(int)
    order = np.lexsort((-turns, np.abs(turns)))
    return turns[order], (np.fft.fft(z) / z.size)[order]


def redrawn(z: Complex, k: int, n: int | None = None) -> Complex:
    """Return the curve that the ``k`` slowest arrows draw, at ``n`` points (those of ``z``)."""
    turns, arrows = coefficients(z)
    if not 1 <= k <= z.size:
        raise ValueError(f"`k` must be from 1 to the {z.size} arrows there are, got {k}.")
    t = np.arange(n or z.size) / (n or z.size)
    return np.exp(2j * np.pi * t[:, None] * turns[:k]) @ arrows[:k]


def joints(z: Complex, k: int, t: float) -> Complex:
    """Return where the ``k`` slowest arrows meet at ``t``, from 0 to the pen: (k + 1,)."""
    turns, arrows = coefficients(z)
    return np.append(0, np.cumsum(arrows[:k] * np.exp(2j * np.pi * turns[:k] * t)))
