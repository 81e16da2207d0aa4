"""Scales and weights that outliers cannot move.

References
----------
Beaton & Tukey (1974), Technometrics 16, 147-185, doi:10.1080/00401706.1974.10489171.
"""

from __future__ import annotations

import numpy as np

from ._validation import FloatArray

EFFICIENT = 4.685
"""Bisquare cutoff, in standard deviations, that loses 5 % of efficiency on normal noise."""


def median_deviation(residual: FloatArray) -> FloatArray:
    """Return the standard deviation along the last axis, as if the noise were normal.

    From the median absolute residual: up to half the samples may be arbitrarily wrong.
    """
    return 1.4826 * np.median(np.abs(residual), axis=-1)


def bisquare_weights(residual: FloatArray, level: FloatArray) -> FloatArray:
    """Return Tukey's bisquare weight of every sample, shape (n,).

    Parameters
    ----------
    residual : ndarray, shape (series, n)
        A sample that is an outlier in one series counts less in all of them.
    level : ndarray, shape (series,)
        Typical size of the data; residuals at its rounding error are no outliers.
    """
    scale = EFFICIENT * np.maximum(median_deviation(residual), 1e-12 * level)
    worst = np.max(np.abs(residual) / np.where(scale > 0, scale, 1.0)[:, None], axis=0)
    return np.maximum((1 - np.minimum(worst, 1.0) ** 2) ** 2, 1e-6)
