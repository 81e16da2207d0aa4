r"""A penalized problem in the coordinates that make data and penalty diagonal at once.

Take the Cholesky factor :math:`B'WB + \lambda_0 S = LL'` at a moderate penalty :math:`\lambda_0`,
and the singular value decomposition of :math:`E L^{-T}`, where :math:`S = E'E`. At a larger penalty
:math:`\lambda = \lambda_0 + \delta` the matrix is

.. math:: B'WB + \lambda S = L\,V'(I + \delta\,\mathrm{diag}(s_i^2))\,V L'.

Determinant, inverse and misfit are sums over i of positive terms. The small :math:`s_i`, which
decide about smooth fits, come from E itself and not from its square: no digits are lost where a
factor at :math:`\lambda` would lose most of them.

References
----------
Demmler & Reinsch (1975), Numerische Mathematik 24, 375-382, doi:10.1007/BF01437406.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from scipy.linalg import svd

from ._banded import BandedCholesky
from ._validation import FloatArray


class DemmlerReinsch:
    """The decomposition of a small problem, good for every penalty from `penalty` up.

    Parameters
    ----------
    factor : BandedCholesky
        Of B'WB + penalty S, shape (N, N).
    penalty : float
    root : ndarray, shape (r, N)
        E.
    """

    def __init__(self, factor: BandedCholesky, penalty: float, root: FloatArray) -> None:
        self.penalty, self._factor = penalty, factor
        missing = max(factor.size - len(root), 0)  # as many modes as coefficients
        root = np.vstack([root, np.zeros((missing, factor.size))])
        _, self.singular, self._rotation = svd(
            factor.half_solve(root), full_matrices=False, check_finite=False
        )
        self.log_determinant = factor.log_determinant
        self.modes = self._rotation @ factor.half_solve(np.eye(factor.size)).T

    def added(self, penalty: FloatArray | float) -> FloatArray:
        """Return what `penalty`, shape (...), adds to the curvature 1 of the modes: (..., N)."""
        return np.multiply.outer(np.maximum(penalty - self.penalty, 0.0), self.singular**2)

    def coordinates(self, fit: FloatArray, gradient: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the exact fit at the own penalty, and how much its misfit is below that of `fit`.

        Parameters
        ----------
        fit, gradient : ndarray, shape (series, N)
            A fit close to the exact one, and what it leaves of the normal equations.

        Returns
        -------
        coordinates : ndarray, shape (series, N)
        gain : ndarray, shape (series,)
        """
        correction = self._factor.half_solve(gradient)
        exact = (self._factor.half_product(fit) + correction) @ self._rotation.T
        return exact, np.sum(correction**2, axis=-1)


class SpectralFactor:
    """What `BandedCholesky` offers, for one penalty of a decomposed problem."""

    def __init__(self, spectrum: DemmlerReinsch, penalty: float, width: int) -> None:
        added, self._width = spectrum.added(penalty), width
        self.log_determinant = spectrum.log_determinant + float(np.sum(np.log1p(added)))
        self._root = spectrum.modes / np.sqrt(1 + added)[:, None]

    def solve(self, rhs: FloatArray) -> FloatArray:
        """Return M^-1 applied to each row of `rhs`, shape (..., N)."""
        return (rhs @ self._root.T) @ self._root

    @cached_property
    def inverse_band(self) -> FloatArray:
        """The entries of M^-1 inside the band of M, lower storage."""
        inverse = self._root.T @ self._root
        size = len(inverse)
        band = np.zeros((self._width, size))
        for j in range(min(self._width, size)):
            band[j, : size - j] = np.diagonal(inverse, -j)
        return band
