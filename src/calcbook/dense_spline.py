r"""The penalized spline with dense matrices: slow, short, and easy to compare with the formulas.

A spline :math:`f = \sum_j c_j b_j` is fitted by minimizing
:math:`\sum_i (u_i - f(t_i))^2 + \lambda \int (f^{(m)})^2 = \|u - Bc\|^2 + \lambda c'Sc`. In the
coordinates of Demmler and Reinsch, where B'B is the identity and S is diagonal with entries
:math:`s_j`, the fit shrinks each coordinate by :math:`1 / (1 + \lambda s_j)`, so a whole range of
penalties and many data sets cost no more than one.

References
----------
Demmler & Reinsch (1975), Numerische Mathematik 24, 375-382, doi:10.1007/BF01437406.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import BSpline
from scipy.linalg import eigh

Array = NDArray[np.float64]


class DenseSpline:
    """Splines of degree 2m - 1 over given knots, and their roughness.

    Parameters
    ----------
    sites : array_like, shape (K,)
        Knots, ascending, from the first sample to the last.
    order : int
        m, the derivative that is penalized.

    Attributes
    ----------
    size : int
        Number of coefficients, K + 2m - 2.
    roughness : ndarray, shape (size, size)
        S with ``c' S c`` equal to the integral of the squared m-th derivative.
    """

    def __init__(self, sites: ArrayLike, order: int = 4) -> None:
        sites = np.asarray(sites, dtype=float)
        degree = 2 * order - 1
        self.order, self.sites = order, sites
        knots = np.r_[[sites[0]] * degree, sites, [sites[-1]] * degree]
        self.size = knots.size - degree - 1
        self._functions = BSpline(knots, np.eye(self.size), degree)
        nodes, weights = np.polynomial.legendre.leggauss(order)  # exact for the degree 2m - 2
        half = np.diff(sites)[:, None] / 2
        points = ((sites[1:] + sites[:-1])[:, None] / 2 + half * nodes).ravel()
        bent = self.functions(points, order)
        self.roughness: Array = bent.T @ ((half * weights).ravel()[:, None] * bent)

    def functions(self, t: ArrayLike, derivative: int = 0) -> Array:
        """Return all basis functions, or a derivative of them, at `t`: shape (n, size)."""
        return np.asarray(self._functions(np.asarray(t, dtype=float), nu=derivative))


class Smoother:
    """All penalized fits over fixed sample positions, as functions of the penalty.

    Parameters
    ----------
    spline : DenseSpline
    t : array_like, shape (n,)
        Positions, enough for the coefficients to be determined.
    """

    def __init__(self, spline: DenseSpline, t: ArrayLike) -> None:
        self.spline = spline
        self.design = spline.functions(t)
        gram = self.design.T @ self.design
        self._stiffness, self._to_coefficients = eigh(spline.roughness, gram)
        self._stiffness[: spline.order] = 0.0  # polynomials of degree m - 1 cost nothing

    def _coordinates(self, u: Array) -> Array:
        return np.asarray(u @ self.design @ self._to_coefficients)

    def coefficients(self, u: ArrayLike, penalty: float) -> Array:
        """Return the coefficients of the fit to `u` (..., n): shape (..., size)."""
        shrunk = self._coordinates(np.asarray(u, dtype=float)) / (1 + penalty * self._stiffness)
        return np.asarray(shrunk @ self._to_coefficients.T)

    def edf(self, penalty: ArrayLike) -> Array:
        """Return the effective degrees of freedom at penalties of any shape."""
        return np.sum(1 / (1 + np.multiply.outer(penalty, self._stiffness)), axis=-1)

    def terms(self, u: ArrayLike, penalties: ArrayLike) -> tuple[Array, Array]:
        """Return the misfit ``||u - Bc||^2`` and the roughness ``c'Sc``, shape (..., penalties)."""
        u, scaled = np.asarray(u, dtype=float), np.multiply.outer(penalties, self._stiffness)
        squares = self._coordinates(u)[..., None, :] ** 2
        beyond = np.sum(u**2, axis=-1) - np.sum(squares[..., 0, :], axis=-1)
        misfit = np.maximum(beyond, 0)[..., None] + np.sum(
            squares * (scaled / (1 + scaled)) ** 2, axis=-1
        )
        return misfit, np.sum(squares * self._stiffness / (1 + scaled) ** 2, axis=-1)

    def reml(self, u: ArrayLike, penalties: ArrayLike) -> Array:
        """Return -2 log restricted likelihood up to a constant, shape (..., penalties)."""
        penalties = np.asarray(penalties, dtype=float)
        misfit, roughness = self.terms(u, penalties)
        free = np.shape(u)[-1] - self.spline.order
        determinant = np.sum(np.log1p(np.multiply.outer(penalties, self._stiffness)), axis=-1)
        determinant -= (self.spline.size - self.spline.order) * np.log(penalties)
        return np.asarray(free * np.log(misfit + penalties * roughness) + determinant)

    def gcv(self, u: ArrayLike, penalties: ArrayLike) -> Array:
        """Return the score of generalized cross-validation, shape (..., penalties)."""
        n = np.shape(u)[-1]
        return np.asarray(n * self.terms(u, penalties)[0] / (n - self.edf(penalties)) ** 2)
