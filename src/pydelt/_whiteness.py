"""Is anything left in the residuals? White noise has neither trend nor rhythm.

References
----------
von Neumann (1941), Annals of Mathematical Statistics 12, 367-395, doi:10.1214/aoms/1177731677.
Fisher (1929), Proceedings of the Royal Society A 125, 54-59, doi:10.1098/rspa.1929.0151.
"""

from __future__ import annotations

import numpy as np

from ._validation import FloatArray

BLOCK = 16384  # samples tested for a rhythm at once


def von_neumann_ratio(residual: FloatArray) -> FloatArray:
    """Return mean square successive difference over mean square, along the last axis.

    It is 2 for white noise and less where a trend is left.
    """
    squares = np.sum(residual**2, axis=-1)
    return np.sum(np.diff(residual, axis=-1) ** 2, axis=-1) / np.maximum(squares, 1e-300)


def rhythm_chance(x: FloatArray, residual: FloatArray) -> FloatArray:
    """Return the chance that white noise shows a rhythm as strong as the strongest here.

    Fisher's test: the largest share g of the periodogram over M frequencies is exceeded with
    chance about M (1 - g)^(M - 1). The frequencies go up to one cycle in two samples on average,
    in steps of at most half a cycle over the range: a rhythm between whole cycles would hide half
    its share. Samples are moved to the nearest of twice as many even places, so any spacing will
    do; long data are tested block by block.

    Parameters
    ----------
    x : ndarray, shape (n,)
        Ascending.
    residual : ndarray, shape (series, n)
    """
    blocks = -(-x.size // BLOCK)
    chances = [
        _chance_in_block(x[part], residual[:, part])
        for part in np.array_split(np.arange(x.size), blocks)
    ]
    return np.minimum(blocks * np.min(chances, axis=0), 1.0)


def _chance_in_block(x: FloatArray, residual: FloatArray) -> FloatArray:
    samples, places = x.size, 2 * x.size
    length = 1 << (2 * places - 1).bit_length()  # of a fast transform
    place = np.rint((x - x[0]) / (x[-1] - x[0]) * 2 * (samples - 1)).astype(int)
    count = 0.5 * (samples - 1)
    chances = []
    for row in residual:
        spectrum = np.fft.rfft(np.bincount(place, row, places), length)[1 : length // 4]
        power = samples * max(float(row @ row), 1e-300)
        share = min(2 * float(np.max(np.abs(spectrum) ** 2)) / power, 1.0)
        chances.append(2 * count * (1 - share) ** (count - 1))
    return np.array(chances)
