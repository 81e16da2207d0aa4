"""Smoothing kernels and what each does to a wave; convolution direct and by Fourier transform.

References
----------
Cooley & Tukey (1965), "An algorithm for the machine calculation of complex Fourier series",
doi:10.1090/S0025-5718-1965-0178586-1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
KERNELS = ("moving average", "triangle", "Gaussian")


def kernel(name: str, width: int) -> Array:
    """Return a kernel of odd length whose weights add up to 1.

    Parameters
    ----------
    name : {"moving average", "triangle", "Gaussian"}
    width : int
        Odd number of samples; of the moving average its length. The others are made as wide: they
        have the same standard deviation.

    Returns
    -------
    ndarray
    """
    if name not in KERNELS:
        raise ValueError(f"`name` is {name!r}; choose one of {', '.join(KERNELS)}.")
    if width < 1 or width % 2 == 0:
        raise ValueError(f"`width` must be odd and positive, got {width}.")
    box = np.full(width, 1 / width)
    if name == "moving average":
        return box
    deviation = np.sqrt((width**2 - 1) / 12)
    reach = width + width // 2
    offsets = np.arange(-reach, reach + 1)
    if name == "triangle":
        weights = np.clip(1 - np.abs(offsets) / (np.sqrt(6) * max(deviation, 0.4)), 0, None)
    else:
        weights = np.exp(-(offsets**2) / (2 * max(deviation, 0.1) ** 2))
    return weights / weights.sum()


def response(weights: Array, frequency: ArrayLike) -> Array:
    """Return by how much a symmetric kernel multiplies a wave; below 0 it turns it upside down.

    Parameters
    ----------
    weights : ndarray, shape (n,)
        Symmetric, of odd length.
    frequency : array_like, shape (m,)
        In cycles per sample.

    Returns
    -------
    ndarray, shape (m,)
    """
    offsets = np.arange(weights.size) - weights.size // 2
    return np.cos(2 * np.pi * np.multiply.outer(np.asarray(frequency), offsets)) @ weights


def direct_products(n: int, m: int) -> int:
    """Return how many real products the full convolution of ``n`` with ``m`` numbers takes."""
    return n * m


def fft_products(n: int, m: int) -> int:
    """Return how many real products the same convolution takes by three Fourier transforms.

    Of a length that is a power of two, with the halving of Cooley and Tukey: ``N/2`` complex
    products on each of its ``log2 N`` levels, and four real products to each complex one.
    """
    length = 1 << max(int(n) + int(m) - 2, 1).bit_length()
    levels = length.bit_length() - 1
    return 4 * (3 * (length // 2) * levels + length)
