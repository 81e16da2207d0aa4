"""Scales and weights that outliers cannot move.

References
----------
Beaton & Tukey (1974), Technometrics 16, 147-185, doi:10.1080/00401706.1974.10489171.
Cook & Weisberg (1982), Residuals and Influence in Regression, Chapman & Hall (left-out residuals).
"""

from __future__ import annotations

import numpy as np

from ._validation import FloatArray

EFFICIENT = 4.685
"""Bisquare cutoff, in standard deviations, that loses 5% of efficiency on normal noise."""

LEAST_FREE = 0.02  # share of a residual that is its own, below which rounding is divided by it


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


def studentized(
    residual: FloatArray, variance: FloatArray, weights: FloatArray | None
) -> FloatArray:
    r"""Return what each sample misses of the fit to the others, in units of the noise's deviation.

    A sample that counts pulls the fit to itself, so its residual shows too little; one that does
    not count leaves a gap where the fit is uncertain, so its residual shows too much. With the
    weight w and the posterior variance :math:`v \sigma^2` of the fit there, the fit to the others
    misses the sample by :math:`r / (1 - w v)` and has variance :math:`\sigma^2 v / (1 - w v)`, to
    which the sample's own :math:`\sigma^2` adds.

    Parameters
    ----------
    residual : ndarray, shape (series, n)
    variance : ndarray, shape (n,)
        Of the fit at the samples, for noise of variance 1.
    weights : ndarray, shape (n,), or None
        Of the samples in the fit; None for 1.

    Returns
    -------
    ndarray, shape (series, n)
        Residuals of the size of the noise, in the unit of `residual`.
    """
    pull = variance if weights is None else weights * variance
    free = np.maximum(1 - pull, LEAST_FREE)
    return residual / np.sqrt(free * (free + variance))


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


def bisquare_loss(residual: FloatArray, scale: FloatArray) -> float:
    """Return Tukey's bisquare loss, from 0 to 1 a residual, summed over samples and series.

    Parameters
    ----------
    residual : ndarray, shape (series, n)
    scale : ndarray, shape (series,)
        Standard deviation of the noise; where it is 0, only residuals of 0 cost nothing.
    """
    cutoff = np.maximum(EFFICIENT * scale, np.finfo(float).tiny)[:, None]
    share = np.minimum(np.abs(residual) / cutoff, 1.0)
    return float(np.sum(1 - (1 - share**2) ** 3))
