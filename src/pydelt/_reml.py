"""Choosing a penalty by restricted maximum likelihood (REML).

A penalised fit is also the posterior mean under a Gaussian prior with precision proportional to
the penalty. REML integrates the unpenalised part and the coefficients out and asks under which
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
from scipy.optimize import minimize_scalar

from ._validation import FloatArray

LOG_10 = float(np.log(10.0))


def reml_score(
    misfit: FloatArray | float, degrees_of_freedom: float, log_determinant: float
) -> float:
    """Return -2 log restricted likelihood, up to a constant, with the noise profiled out.

    Parameters
    ----------
    misfit : float or ndarray, shape (series,)
        Penalised residual sum of squares of each series, ``||y - Bc||^2 + penalty * c'Sc``.
    degrees_of_freedom : float
        Samples minus unpenalised coefficients.
    log_determinant : float
        ``log|B'B + penalty S| - rank(S) log(penalty)``, or the log determinant of the marginal
        covariance it stands for.

    Returns
    -------
    float
        Lower is better. Series share the penalty, not the noise level.
    """
    misfits = np.atleast_1d(misfit)
    return float(degrees_of_freedom * np.sum(np.log(misfits)) + misfits.size * log_determinant)


def choose_penalty(
    score: Callable[[float], float],
    low: float,
    high: float,
    *,
    step: float = 2 * LOG_10,
    tolerance: float = 0.1,
) -> float:
    """Return the log penalty in [low, high] with the least score.

    A grid finds the valley, Brent's method its bottom: the score may have more than one valley,
    and 0.1 in the log penalty changes a fit by far less than its noise.
    """
    grid = np.linspace(low, high, max(int(np.ceil((high - low) / step)) + 1, 3))
    scores = np.array([score(value) for value in grid])
    best = int(np.argmin(scores))
    bracket = grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)]
    found = minimize_scalar(score, bounds=bracket, method="bounded", options={"xatol": tolerance})
    return float(found.x if found.fun < scores[best] else grid[best])
