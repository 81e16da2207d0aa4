"""The restricted likelihood of the lengths of an anisotropic Gaussian kernel.

For values with covariance proportional to :math:`V = K(\\ell) + \\gamma W^{-1}` around a plane `H`
(`W` counts the measurements at each of `g` positions, `n` in all, which scatter by `S` around their
means), minus twice the restricted log-likelihood (noise profiled out) is

.. math:: D = (n - p) \\log M + \\log |V| + (n - g) \\log \\gamma + \\log |H^T V^{-1} H|, \\qquad
          M = y^T P y + S / \\gamma,

with :math:`P = V^{-1} - V^{-1} H (H^T V^{-1} H)^{-1} H^T V^{-1}`. Along a parameter that changes
`V` by :math:`V_i` its slope and, nearly, its curvature are

.. math:: D_i = \\operatorname{tr}(P V_i) - (n - p) \\frac{a_i}{M}, \\qquad
          D_{ij} \\approx (n - p) \\Bigl(\\frac{A_{ij}}{M} - \\frac{a_i a_j}{M^2}\\Bigr),

where :math:`a_i = y^T P V_i P y` and :math:`A_{ij} = y^T P V_i P V_j P y`; the ratio's entries gain
:math:`S / \\gamma` in `a` and `A`, and :math:`n - g` in the slope. This "average information", the
mean of observed and expected curvature, costs a few matrix-vector products and is never negative,
so damped Newton steps go downhill and arrive in a dozen evaluations. Half of it is the precision
to which the samples determine the parameters.

References
----------
Rasmussen, C. E. and Williams, C. K. I. (2006). Gaussian Processes for Machine Learning,
sections 2.7 and 5.4. MIT Press.

Gilmour, A. R., Thompson, R. and Cullis, B. R. (1995). Average information REML: an efficient
algorithm for variance parameter estimation in linear mixed models. Biometrics 51(4), 1440-1450.
doi:10.2307/2533274
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import qr, solve_triangular
from scipy.linalg.blas import dsymm
from scipy.linalg.lapack import dpotrf, dpotri

from ._kernel_basis import with_plane
from ._kernel_features import gaussian
from ._repeats import RepeatedSamples
from ._validation import FloatArray


@dataclass(frozen=True)
class RestrictedLikelihood:
    """Minus twice the restricted log-likelihood at one place, with slope and curvature.

    Attributes
    ----------
    score : float
        Infinite where the kernel matrix is not definite.
    slope : ndarray, shape (d + 1,)
        Along the logarithms of the `d` lengths and of the ratio of noise to field variance.
    information : ndarray, shape (d + 1, d + 1)
        Average information, positive semidefinite.
    """

    score: float
    slope: FloatArray
    information: FloatArray


def reml_of_lengths(
    theta: FloatArray, samples: RepeatedSamples, rounding: float
) -> RestrictedLikelihood:
    """Return the restricted likelihood of lengths and noise.

    Parameters
    ----------
    theta : ndarray, shape (d + 1,)
        Logarithms of the `d` lengths and of the ratio of noise to field variance.
    samples : RepeatedSamples
    rounding : float
        Variance that rounding alone gives a sample; keeps the logarithm finite on exact planes.
    """
    size, d = samples.points.shape
    z = samples.points * np.exp(-theta[:d])
    ratio = float(np.exp(theta[d]))
    kernel = gaussian(z, z)
    covariance = kernel.copy()
    covariance.flat[:: size + 1] += ratio / samples.counts
    lower, failed = dpotrf(covariance.T, lower=1, clean=0, overwrite_a=1)
    if failed:
        return RestrictedLikelihood(np.inf, np.zeros(d + 1), np.eye(d + 1))

    def whitened(columns: FloatArray) -> FloatArray:
        solved: FloatArray = solve_triangular(lower, columns, lower=True, check_finite=False)
        return solved

    basis, root = qr(whitened(with_plane(samples.points)), mode="economic", check_finite=False)

    def projected(columns: FloatArray) -> FloatArray:
        white = whitened(columns)
        white -= basis @ (basis.T @ white)
        return white

    def unwhitened(columns: FloatArray) -> FloatArray:
        solved: FloatArray = solve_triangular(
            lower, columns, lower=True, trans="T", check_finite=False
        )
        return solved

    white = projected(samples.means)
    within = float(samples.scatter.sum()) / ratio
    repeats, freedom = samples.total - size, samples.total - d - 1
    misfit = float(white @ white) + within + samples.total * rounding
    score = freedom * np.log(misfit) + repeats * theta[d]
    score += 2.0 * float(np.sum(np.log(np.diag(lower))) + np.sum(np.log(np.abs(np.diag(root)))))

    dual, pulled = unwhitened(white), unwhitened(basis.astype(np.float64))
    # V_j @ dual, where V_j, along log(length_j), is the kernel times squared distance along j
    moments = kernel @ np.column_stack([dual, z * dual[:, None], z**2 * dual[:, None]])
    once, twice = moments[:, 1 : d + 1], moments[:, d + 1 :]
    changes = np.column_stack(
        [z**2 * moments[:, :1] - 2.0 * z * once + twice, ratio * dual / samples.counts]
    )
    along = dual @ changes
    seen = projected(changes)
    shared = seen.T @ seen
    along[d] += within
    shared[d, d] += within

    inverse, _ = dpotri(lower, lower=1, overwrite_c=1)  # its lower triangle
    inverse -= pulled @ pulled.T
    traces = np.empty(d + 1)
    traces[d] = ratio * np.sum(np.diag(inverse) / samples.counts) + repeats
    inverse *= kernel
    sums = dsymm(1.0, inverse, with_plane(z), lower=1)
    traces[:d] = 2.0 * (sums[:, 0] @ z**2 - np.sum(z * sums[:, 1:], axis=0))
    information = freedom * (shared / misfit - np.outer(along, along) / misfit**2)
    return RestrictedLikelihood(score, traces - freedom / misfit * along, information)
