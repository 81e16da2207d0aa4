"""Choosing the lengths of an anisotropic Gaussian kernel by restricted maximum likelihood.

For samples with covariance proportional to :math:`V = K(\\ell) + \\gamma I` around a plane `H`,
minus twice the restricted log-likelihood (noise profiled out) is

.. math:: (n - p) \\log (y^T P y) + \\log |V| + \\log |H^T V^{-1} H|, \\qquad
          P = V^{-1} - V^{-1} H (H^T V^{-1} H)^{-1} H^T V^{-1},

and its derivative along a parameter that changes `V` by `dV` is
:math:`\\operatorname{tr}(P \\, dV) - (n - p) \\, y^T P \\, dV \\, P y / (y^T P y)`.

References
----------
Rasmussen, C. E. and Williams, C. K. I. (2006). Gaussian Processes for Machine Learning,
sections 2.7 and 5.4. MIT Press.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from scipy.linalg import LinAlgError, cholesky, qr, solve_triangular
from scipy.optimize import OptimizeResult, minimize

from ._kernel_features import gaussian
from ._validation import FloatArray

LOWEST_RATIO = 1e-10  # of noise to field variance; below, the kernel matrix is not definite
_SEARCH = 200  # samples on which all starts run: the likelihood's cost grows with their cube
_POLISH = 500  # samples on which the best of them is run on
_START_LENGTHS = (0.25, 0.7, 2.0)  # in standard deviations of the inputs, times sqrt(d)
_START_RATIO = 0.01
_LOG_LENGTHS = (-3.0, 6.0)  # ranges of the search
_LOG_RATIOS = (float(np.log(LOWEST_RATIO)), 3.0)
STILL_FELT = 2.0  # log length beyond which the likelihood is too flat to come back from


def with_plane(x: FloatArray) -> FloatArray:
    """Return the columns ``1, x_1, ..., x_d`` of the unpenalised plane, shape (n, d + 1)."""
    return np.column_stack([np.ones(len(x)), x])


def reml_of_lengths(
    theta: FloatArray, x: FloatArray, y: FloatArray, rounding: float
) -> tuple[float, FloatArray]:
    """Return minus twice the restricted log-likelihood and its gradient.

    Parameters
    ----------
    theta : ndarray, shape (d + 1,)
        Logarithms of the `d` lengths and of the ratio of noise to field variance.
    x : ndarray, shape (n, d)
    y : ndarray, shape (n,)
    rounding : float
        Variance that rounding alone gives a sample; keeps the logarithm finite on exact planes.

    Returns
    -------
    score : float
        Infinite where the kernel matrix is not definite.
    gradient : ndarray, shape (d + 1,)
    """
    n, d = x.shape
    z = x * np.exp(-theta[:d])
    ratio = float(np.exp(theta[d]))
    kernel = gaussian(z, z)
    try:
        lower = cholesky(kernel + ratio * np.eye(n), lower=True)
    except LinAlgError:
        return np.inf, np.zeros(d + 1)
    whiten = solve_triangular(lower, np.eye(n), lower=True)
    basis, root = qr(whiten @ with_plane(x), mode="economic")
    white = whiten @ y
    white -= basis @ (basis.T @ white)
    misfit = float(white @ white) + n * rounding
    freedom = n - d - 1
    score = freedom * np.log(misfit) + 2.0 * np.sum(np.log(np.diag(lower)))
    score += 2.0 * np.sum(np.log(np.abs(np.diag(root))))

    pulled, dual = whiten.T @ basis, whiten.T @ white
    inner = whiten.T @ whiten - pulled @ pulled.T - freedom / misfit * np.outer(dual, dual)
    pair = inner * kernel  # dV / d log(length_j) is the kernel times squared distance along j
    gradient = np.empty(d + 1)
    gradient[:d] = 2.0 * (pair.sum(axis=1) @ z**2 - np.sum(z * (pair @ z), axis=0))
    gradient[d] = ratio * np.trace(inner)
    return float(score), gradient


def choose_lengths(x: FloatArray, y: FloatArray, rounding: float) -> tuple[FloatArray, float]:
    """Return the lengths and noise ratio of greatest restricted likelihood, from several starts.

    Parameters
    ----------
    x : ndarray, shape (n, d)
        Inputs with unit variance; a fixed random subset is used where there are many.
    y : ndarray, shape (n,)
    rounding : float
        See `reml_of_lengths`.

    Returns
    -------
    log_lengths : ndarray, shape (d,)
    log_ratio : float
    """
    d = x.shape[1]
    rows = np.random.default_rng(0).permutation(len(x))
    bounds = [_LOG_LENGTHS] * d + [_LOG_RATIOS]

    def descend(start: FloatArray, count: int) -> OptimizeResult:
        subset = rows[:count]
        score = partial(reml_of_lengths, x=x[subset], y=y[subset], rounding=rounding)
        return minimize(
            score,
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"maxiter": 60, "ftol": 1e-6, "gtol": 0.02},
        )

    starts = [np.full(d, length * np.sqrt(d)) for length in _START_LENGTHS]
    found = [descend(np.log(np.append(start, _START_RATIO)), _SEARCH) for start in starts]
    best = min(found, key=lambda result: result.fun).x
    if len(x) > _SEARCH:
        best[:d] = np.minimum(best[:d], STILL_FELT)
        best = descend(best, _POLISH).x
    return best[:d], float(best[d])
