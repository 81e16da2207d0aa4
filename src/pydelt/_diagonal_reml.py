"""Restricted maximum likelihood where data and penalty are diagonal at once.

A penalized least-squares fit turns into independent scalars when the model is written in
coordinates that are orthonormal on the data and orthogonal in the penalty (the
Demmler-Reinsch coordinates).  With the projections :math:`t_i` of the data on these coordinates
and the squared length :math:`r` of what they leave over, the fit minimizes

.. math:: r + \\sum_i (t_i - c_i)^2 + \\sum_i D_i c_i^2, \\qquad
          D_i = \\sum_j \\lambda_j w_{ji},

so that :math:`c_i = t_i / (1 + D_i)`.  Read as a Gaussian model, :math:`c_i` has prior variance
:math:`\\sigma^2 / D_i` (flat where :math:`D_i = 0`).  Integrating the coefficients out and
maximizing over :math:`\\sigma^2` leaves minus twice the restricted log-likelihood

.. math:: (n - p) \\log P + \\sum_{D_i > 0} \\log (1 + 1 / D_i), \\qquad
          P = r + \\sum_i \\frac{D_i}{1 + D_i} t_i^2,

with `p` coordinates that no penalty reaches.  One evaluation costs as much as there are
coordinates; both the tensor-product spline and the kernel field choose their smoothness here.

References
----------
Craven, P. and Wahba, G. (1979). Smoothing noisy data with spline functions. Numerische Mathematik
31, 377-403. doi:10.1007/BF01404567

Wood, S. N. (2011). Fast stable restricted maximum likelihood and marginal likelihood estimation of
semiparametric generalized linear models. J. R. Stat. Soc. B 73(1), 3-36.
doi:10.1111/j.1467-9868.2010.00749.x
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, minimize

from ._validation import FloatArray


@dataclass(frozen=True)
class DiagonalProblem:
    """A penalized least-squares problem in coordinates that make it diagonal.

    Parameters
    ----------
    projections : ndarray, shape (c,)
        Data projected on the orthonormal coordinates.
    weights : ndarray, shape (k, c)
        Penalty of each coordinate under each of `k` penalties, not negative.
    leftover : float
        Squared length of the part of the data outside the coordinates, plus whatever noise the
        data carry for certain (their own rounding), so that it is positive.
    n_samples : int
        Number of data.
    """

    projections: FloatArray
    weights: FloatArray
    leftover: float
    n_samples: int

    @property
    def n_free(self) -> int:
        """Number of coordinates that no penalty reaches."""
        return int(np.count_nonzero(~self.weights.any(axis=0)))

    def damping(self, log_penalties: FloatArray) -> FloatArray:
        """`D`, shape (c,): what the penalties add to each coordinate's unit curvature."""
        reached = self.weights.any(axis=0)
        damping = np.zeros(len(self.projections))
        damping[reached] = np.exp(log_penalties) @ self.weights[:, reached]
        return damping

    def penalized_residual(self, damping: FloatArray) -> float:
        """`P`: the least value of the penalized sum of squares."""
        return float(self.leftover + np.sum(self.projections**2 * (1.0 - 1.0 / (1.0 + damping))))

    def noise_variance(self, log_penalties: FloatArray) -> float:
        """Restricted maximum-likelihood estimate of the noise variance."""
        residual = self.penalized_residual(self.damping(log_penalties))
        return residual / max(self.n_samples - self.n_free, 1)

    def gcv(self, log_penalties: FloatArray) -> float:
        """Generalized cross-validation: the mean squared error to expect for samples left out.

        ``n * rss / (n - edf)^2``, which compares fits by other coordinates as well.
        """
        kept = 1.0 / (1.0 + self.damping(log_penalties))
        rss = self.leftover + np.sum((self.projections * (1.0 - kept)) ** 2)
        return float(self.n_samples * rss / max(self.n_samples - np.sum(kept), 1e-3) ** 2)

    def score(self, log_penalties: FloatArray) -> tuple[float, FloatArray]:
        """Minus twice the restricted log-likelihood, and its gradient in the log penalties."""
        parts = np.exp(log_penalties)[:, None] * self.weights
        damping = parts.sum(axis=0)
        residual = self.penalized_residual(damping)
        freedom = self.n_samples - self.n_free
        reached = damping > 0.0
        value = freedom * np.log(residual) + np.sum(np.log1p(1.0 / damping[reached]))
        slope = freedom / residual * (self.projections / (1.0 + damping)) ** 2
        slope[reached] -= 1.0 / (damping[reached] * (1.0 + damping[reached]))
        return float(value), parts @ slope

    def flat_score(self) -> float:
        """The limit of `score` as the penalties grow: only the unpenalized coordinates are left."""
        penalized = self.weights.any(axis=0)
        misfit = self.leftover + np.sum(self.projections[penalized] ** 2)
        return float((self.n_samples - self.n_free) * np.log(misfit))

    def choose(self, starts: FloatArray, bounds: FloatArray) -> tuple[FloatArray, float]:
        """Minimize `score` from the best of several starting points.

        Parameters
        ----------
        starts : ndarray, shape (s, k)
            Candidate log penalties; the search goes downhill from the best of them.
        bounds : ndarray, shape (k, 2)
            Lowest and highest log penalty.

        Returns
        -------
        log_penalties : ndarray, shape (k,)
        score : float
        """
        start = min(starts, key=lambda candidate: self.score(candidate)[0])
        found = minimize(self.score, start, jac=True, method="L-BFGS-B", bounds=Bounds(*bounds.T))
        return found.x, float(found.fun)
