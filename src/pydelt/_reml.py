"""Choosing a penalty by restricted maximum likelihood (REML).

A penalized fit is also the posterior mean under a Gaussian prior with precision proportional to
the penalty. REML integrates the unpenalized part and the coefficients out and asks under which
penalty the data are most likely. It needs no held-out data and, unlike cross-validation, has a
single clear minimum even when the noise is not quite white.

References
----------
Patterson & Thompson (1971), Biometrika 58, 545-554, doi:10.1093/biomet/58.3.545.
Wood (2011), J. R. Statist. Soc. B 73, 3-36, doi:10.1111/j.1467-9868.2010.00749.x.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ._validation import FloatArray

LOG_10 = float(np.log(10.0))
RESOLUTION = 0.1


def reml_score(
    misfit: FloatArray | float,
    degrees_of_freedom: float,
    log_determinant: FloatArray | float,
) -> FloatArray:
    """Return -2 log restricted likelihood, up to a constant, with the noise profiled out.

    Parameters
    ----------
    misfit : float or ndarray, shape (series, ...)
        Penalized residual sum of squares of each series, ``||y - Bc||^2 + penalty * c'Sc``, for
        one penalty or several.
    degrees_of_freedom : float
        Samples minus unpenalized coefficients.
    log_determinant : float or ndarray, shape (...)
        ``log|B'B + penalty S| - rank(S) log(penalty)``, or the log determinant of the marginal
        covariance it stands for.

    Returns
    -------
    ndarray, shape (...)
        Lower is better. Series share the penalty, not the noise level.
    """
    misfits = np.atleast_1d(misfit)
    return degrees_of_freedom * np.sum(np.log(misfits), axis=0) + len(misfits) * log_determinant


def valleys(scores: Callable[[FloatArray], FloatArray], low: float, high: float) -> list[float]:
    """Return the log penalties in [low, high] where the score has a minimum, the least first.

    A grid finds the valleys; a finer grid and a parabola find each bottom. That is rounded to
    `RESOLUTION`: a tenth in the log penalty moves a fit by far less than its noise, and results do
    not hang on the last digits of the score.

    Parameters
    ----------
    scores : callable
        Maps log penalties, shape (p,), to their scores.
    low, high : float
    """
    grid = np.linspace(low, high, max(int(np.ceil((high - low) / LOG_10)) + 1, 4))
    coarse = scores(grid)
    around = np.pad(coarse, 1, constant_values=np.inf)
    minima = np.flatnonzero((coarse < around[:-2]) & (coarse <= around[2:]))
    minima = minima[np.argsort(coarse[minima])]
    return [_bottom(scores, grid, min(max(int(i), 1), grid.size - 2)) for i in minima]


def _bottom(scores: Callable[[FloatArray], FloatArray], coarse: FloatArray, index: int) -> float:
    grid = np.linspace(coarse[index - 1], coarse[index + 1], 9)
    fine = scores(grid)
    best = int(np.argmin(fine))
    found = grid[best]
    if 0 < best < grid.size - 1:
        left, middle, right = fine[best - 1 : best + 2]
        found += 0.5 * (grid[1] - grid[0]) * (left - right) / (left - 2 * middle + right)
    low, high = coarse[0], coarse[-1]
    return float(np.clip(low + RESOLUTION * np.rint((found - low) / RESOLUTION), low, high))
