r"""A penalty that may differ from place to place.

One penalty for the whole range is a compromise where a signal is calm here and busy there. The
adaptive penalty :math:`\int \lambda(x)\,(f^{(m)}(x))^2 dx` has the profile
:math:`\lambda(x) = \sum_j \lambda_j h_j(x)` over a few hat functions :math:`h_j` of the knots.
Restricted likelihood chooses the :math:`\lambda_j` by the Fellner-Schall step, which multiplies
each by the roughness that its part of the prior expects over the roughness found there:

.. math:: \lambda_j \leftarrow \lambda_j\,
   \frac{\sigma^2 \left[\mathrm{tr}(S_\lambda^- S_j) - \mathrm{tr}(V S_j)\right]}{c' S_j c},
   \qquad S_\lambda = \sum_j \lambda_j S_j,\quad V = (B'WB + S_\lambda)^{-1}.

References
----------
Wood & Fasiolo (2017), Biometrics 73, 1071-1081, doi:10.1111/biom.12666.
"""

from __future__ import annotations

import numpy as np

from ._automatic_fit import ROUNDING, AutomaticFit, best_white_fit
from ._banded import BandedCholesky
from ._bspline_basis import BSplineBasis, gauss_legendre
from ._validation import FloatArray

STEPS = 20
CLOSE = 0.25  # twice a log likelihood ratio that no fit shows
CROWDED = 0.8  # share of the coefficients in use above which there is no smoothing to redistribute


def adapt_penalty(fit: AutomaticFit) -> AutomaticFit | None:
    """Return a fit with a penalty of varying size, or None where the data don't ask for one.

    The varying penalty must raise twice the log likelihood by more than twice the number of
    parameters it adds (Akaike's criterion).
    """
    basis, samples = fit.basis, fit.residual.shape[-1]
    if fit.edf < basis.order + 4 or fit.edf > CROWDED * min(basis.size, samples):
        return None
    hats = hat_functions(basis, int(np.clip(fit.edf / 3, 3, 12)))
    try:
        profile = fellner_schall(fit, hats)
        return None if profile is None else _adapted(fit, profile, hats.shape[-1] - 1)
    except np.linalg.LinAlgError:  # the profile is too steep for floating point
        return None


def _adapted(fit: AutomaticFit, profile: FloatArray, parameters: int) -> AutomaticFit | None:
    problem = fit.problem
    adapted = problem.reweighted(profile)
    candidate = best_white_fit(adapted)
    gain = problem.score(fit.log_penalty) - adapted.score(candidate.log_penalty)
    volumes = [BandedCholesky(p.basis.mass_band).log_determinant for p in (adapted, problem)]
    gain += volumes[0] - volumes[1]
    return candidate if gain > 2 * parameters else None


def hat_functions(basis: BSplineBasis, count: int) -> FloatArray:
    """Return `count` hats that add up to 1, at the Gauss points: (intervals, m, count).

    They are even in the number of knots, so that they are fine where the data are dense.
    """
    gauss, _ = gauss_legendre(basis.order)
    place = np.arange(basis.intervals)[:, None] + 0.5 * (1 + gauss)
    centers = np.linspace(0, basis.intervals, count)
    return np.maximum(0.0, 1 - np.abs(place[..., None] - centers) / (centers[1] - centers[0]))


def fellner_schall(fit: AutomaticFit, hats: FloatArray) -> FloatArray | None:
    """Return the penalty profile at the Gauss points, of geometric mean 1: (intervals, m).

    None where the first step shows that one penalty does: a step can raise twice the log likelihood
    by about the deviance of the roughness found from the roughness expected, and that is no more
    than chance gives as many parameters.
    """
    problem, basis = fit.problem, fit.basis
    series, count = len(problem.y), hats.shape[-1]
    parts = [basis.reweighted(hat) for hat in np.moveaxis(hats, -1, 0)]
    penalty_bands = np.array([part.penalty_band for part in parts])
    mass_bands = np.array([part.mass_band for part in parts])
    below_hats = hats.reshape(-1, count)
    start = np.exp(fit.log_penalty)
    penalties = np.full(count, start)
    variance = np.sum(fit.weighted_residual**2, axis=-1) / max(problem.count - fit.edf, 1.0)
    variance = np.maximum(variance, ROUNDING**2)  # a constant series has none
    for step in range(STEPS):
        try:
            factor = BandedCholesky(problem.gram + np.tensordot(penalties, penalty_bands, 1))
            prior = BandedCholesky(np.tensordot(penalties, mass_bands, 1))
        except np.linalg.LinAlgError:  # too steep for floating point
            if step == 0:
                return None
            break
        rough = basis.rough(factor.solve(problem.projected_samples))
        found = np.mean(rough**2 / variance[:, None, None], axis=0).ravel() @ below_hats
        left = basis.prior_variance(prior.inverse_band) - basis.rough_variance(factor.inverse_band)
        expected = np.maximum(left.ravel() @ below_hats, 1e-6 / penalties)
        ratio = np.maximum(found / expected, 1e-12)
        deviance = series * np.sum(penalties * expected * (ratio - 1 - np.log(ratio)))
        if step == 0 and deviance < count - 1:
            return None
        if deviance < CLOSE:
            break
        penalties = penalties * np.clip(1 / ratio, 0.1, 10)
        penalties = np.clip(penalties, 1e-6 * start, 1e6 * start)
    profile = hats @ penalties
    return profile / np.exp(np.mean(np.log(profile)))
