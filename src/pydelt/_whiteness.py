"""Is anything left in the residuals? White noise has neither trend nor rhythm.

References
----------
von Neumann (1941), Annals of Mathematical Statistics 12, 367-395, doi:10.1214/aoms/1177731677.
Fisher (1929), Proceedings of the Royal Society A 125, 54-59, doi:10.1098/rspa.1929.0151.
"""

from __future__ import annotations

import numpy as np

from ._validation import FloatArray


def von_neumann_ratio(residual: FloatArray) -> FloatArray:
    """Return mean square successive difference over mean square, along the last axis.

    It is 2 for white noise and less where a trend is left.
    """
    squares = np.sum(residual**2, axis=-1)
    return np.sum(np.diff(residual, axis=-1) ** 2, axis=-1) / np.maximum(squares, 1e-300)


def rhythm_chance(residual: FloatArray) -> FloatArray:
    """Return the chance that white noise shows a rhythm as strong as the strongest here.

    Fisher's test: the largest share g of the periodogram over M frequencies is exceeded with
    chance about M (1 - g)^(M - 1). Samples are taken in their order, as if evenly spaced.
    """
    spectrum = np.abs(np.fft.rfft(residual, axis=-1)[..., 1:]) ** 2
    count = spectrum.shape[-1]
    largest = spectrum.max(axis=-1) / np.maximum(spectrum.sum(axis=-1), 1e-300)
    return np.minimum(count * (1 - largest) ** (count - 1), 1.0)
