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


def local_residual(values: FloatArray) -> FloatArray:
    """Return each value minus the median of itself and its two neighbors.

    Outliers stand out from their neighbors before any curve is known. Judged by a first fit they
    might not: they can keep it from following the data at all.

    Parameters
    ----------
    values : ndarray, shape (series, n)
        In the order of their positions.
    """
    before, after = np.roll(values, 1, axis=-1), np.roll(values, -1, axis=-1)
    before[:, 0], after[:, -1] = values[:, 0], values[:, -1]
    return values - np.median([before, values, after], axis=0)


def bisquare_weights(residual: FloatArray, level: FloatArray, edf: float = 0.0) -> FloatArray:
    """Return Tukey's bisquare weight of every sample, shape (n,).

    Parameters
    ----------
    residual : ndarray, shape (series, n)
        A sample that is an outlier in one series counts less in all of them.
    level : ndarray, shape (series,)
        Typical size of the data; residuals at its rounding error are no outliers.
    edf : float
        Effective degrees of freedom of the fit, which make residuals smaller than the noise.
    """
    samples = residual.shape[-1]
    shrunk = np.sqrt(max(1 - edf / samples, 0.05))
    scale = EFFICIENT * np.maximum(median_deviation(residual) / shrunk, 1e-12 * level)
    worst = np.max(np.abs(residual) / np.where(scale > 0, scale, 1.0)[:, None], axis=0)
    return np.maximum((1 - np.minimum(worst, 1.0) ** 2) ** 2, 1e-6)
