r"""Local polynomial regression in any number of variables: the engine of LOWESS and LLA.

Around each query point p a polynomial in (x - p) is fitted to the nearest samples by weighted
least squares. Its coefficients *are* the estimates: the constant is the value, the linear ones
the gradient, the quadratic ones half the Hessian. Nothing is ever differenced.

References
----------
Cleveland (1979), J. Am. Statist. Assoc. 74, 829-836, doi:10.1080/01621459.1979.10481038.
Fan & Gijbels (1996), Local Polynomial Modelling and Its Applications, Chapman & Hall.
"""

from __future__ import annotations

from itertools import combinations_with_replacement
from math import factorial, prod
from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from ._robust import bisquare_weights, median_deviation
from ._validation import FloatArray

GCV_SITES = 300
CHUNK = 1_000_000  # neighbors handled at once: a bound on memory


def monomials(dimension: int, degree: int) -> np.ndarray:
    """Return the exponents of all monomials up to `degree`: shape (terms, dimension).

    Ordered by degree: the constant, the linear terms in the order of the variables, and so on.
    """
    exponents = [
        [factors.count(j) for j in range(dimension)]
        for total in range(degree + 1)
        for factors in combinations_with_replacement(range(dimension), total)
    ]
    return np.array(exponents)


class LocalFits(NamedTuple):
    """Local polynomials at q points, in coordinates scaled by each point's `radius`."""

    coefficients: FloatArray
    """Shape (q, terms, outputs)."""
    noise_gain: FloatArray
    """Variance of each coefficient for unit noise, shape (q, terms)."""
    leverage: FloatArray
    """Weight of a sample at the point itself in its own fit, shape (q,)."""
    radius: FloatArray
    """Distance to the farthest neighbor, shape (q,)."""


class LocalPolynomial:
    """Nearest-neighbor local polynomial regression.

    Parameters
    ----------
    degree : int
        Of the polynomial, 1 to 3.
    weighting : {'tricube', 'uniform'}
        Tricube weights fall smoothly to zero at the farthest neighbor.
    neighbors : int or None
        How many samples (distinct positions) each fit sees; None chooses by generalized
        cross-validation.
    smoothing : float
        Multiplies the number of neighbors.
    robust_iterations : int
        Rounds of bisquare reweighting against outliers.

    Attributes
    ----------
    neighbors_ : int
        Neighbors per fit.
    edf_ : float
        Trace of the matrix that maps the samples to the fit.
    noise_ : ndarray, shape (outputs,)
        Standard deviation of the samples about the fit.
    """

    def __init__(
        self,
        degree: int = 2,
        weighting: str = "tricube",
        neighbors: int | None = None,
        smoothing: float = 1.0,
        robust_iterations: int = 0,
    ) -> None:
        self.degree, self.weighting, self.neighbors = degree, weighting, neighbors
        self.smoothing, self.robust_iterations = smoothing, robust_iterations

    def fit(self, X: FloatArray, y: FloatArray) -> LocalPolynomial:
        """Fit samples `X` (n, d), `y` (n, outputs); equal positions are merged, with weights."""
        self._center, self._scale = X.mean(axis=0), X.std(axis=0)
        sites, group, counts = np.unique(X, axis=0, return_inverse=True, return_counts=True)
        group = group.ravel()
        self._sites = (sites - self._center) / self._scale
        self._tree = cKDTree(self._sites)
        self._exponents = monomials(X.shape[1], self.degree)
        self._finer = monomials(X.shape[1], self.degree + 1)
        self._counts = counts.astype(float)
        sums = np.zeros((len(sites), y.shape[1]))
        np.add.at(sums, group, y)
        self._y = sums / self._counts[:, None]
        self._within = np.sum((y - self._y[group]) ** 2, axis=0)
        self._robust = np.ones(len(sites))
        uniform = self.weighting == "uniform"
        # tricube gives the farthest neighbor no weight; one more than needed shows the noise
        least = min(len(self._exponents) + (1 if uniform else 2), len(sites))
        wanted = self._choose_neighbors(least) if self.neighbors is None else self.neighbors
        count = max(round(self.smoothing * wanted), least)
        if count != self.neighbors and uniform and X.shape[1] == 1:
            count |= 1  # an even number of equal weights on a line leans to one side
        self.neighbors_ = min(count, len(sites))
        for _ in range(self.robust_iterations):
            self._robust = bisquare_weights(self._residual(), np.abs(self._y).max(axis=0))
        rss, self.edf_ = self._spread(self.neighbors_, len(sites))
        self.degrees_of_freedom = max(len(X) - self.edf_, 1.0)
        if self.robust_iterations:
            residual = self._residual() * np.sqrt(self._counts)
            rss = median_deviation(residual) ** 2 * len(X)
        self.noise_: FloatArray = np.sqrt(rss / self.degrees_of_freedom)
        return self

    def _choose_neighbors(self, least: int) -> int:
        """Return the neighborhood of the least score n RSS / (n - trace)^2 over all outputs."""
        candidates = np.unique(np.geomspace(least, len(self._sites), 18).round().astype(int))
        n = self._counts.sum()
        center = self._counts @ self._y / n
        total = self._counts @ (self._y - center) ** 2 + self._within
        total[total == 0] = 1.0

        def score(neighbors: int) -> float:
            rss, trace = self._spread(neighbors, GCV_SITES)
            return float(np.sum(rss / total) / max(1 - trace / n, 1e-6) ** 2)

        return min((int(count) for count in candidates), key=score)

    def _spread(self, neighbors: int, most: int) -> tuple[FloatArray, float]:
        """Return the residual sum of squares (outputs,) and the trace, from `most` sites."""
        count = len(self._sites)
        pick = np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(int))
        fits = self._fit_at(self._sites[pick], neighbors)
        counts = self._counts[pick] * self._robust[pick]
        share = self._counts.sum() / self._counts[pick].sum()
        rss = share * (counts @ (self._y[pick] - fits.coefficients[:, 0]) ** 2) + self._within
        return rss, float(share * np.sum(counts * fits.leverage))

    def _residual(self) -> FloatArray:
        """Return the residuals at all sites, shape (outputs, sites)."""
        return (self._y - self._fit_at(self._sites, self.neighbors_).coefficients[:, 0]).T

    def _fit_at(
        self, points: FloatArray, neighbors: int, exponents: np.ndarray | None = None
    ) -> LocalFits:
        """Fit at scaled `points` (q, d), in chunks that bound the memory."""
        exponents = self._exponents if exponents is None else exponents
        rows = max(CHUNK // neighbors, 1)
        chunks = [points[i : i + rows] for i in range(0, max(len(points), 1), rows)]
        parts = [self._fit_chunk(chunk, neighbors, exponents) for chunk in chunks]
        return LocalFits(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))

    def _fit_chunk(self, points: FloatArray, neighbors: int, exponents: np.ndarray) -> LocalFits:
        found = self._tree.query(points, k=list(range(1, neighbors + 1)))
        distance, index = np.asarray(found[0]), np.asarray(found[1])
        # a hair beyond the farthest neighbor, so that none has exactly no weight
        radius = distance[:, -1] * (1 + 1e-6)
        offset = (self._sites[index] - points[:, None]) / radius[:, None, None]
        kernel = np.ones_like(distance)
        if self.weighting == "tricube":
            kernel = (1 - (distance / radius[:, None]) ** 3) ** 3
        kernel *= self._robust[index]
        design = np.prod(offset[:, :, None, :] ** exponents, axis=-1)
        weighted = design * (kernel * self._counts[index])[:, :, None]
        normal = weighted.swapaxes(1, 2) @ design
        # a ridge at rounding level keeps degenerate neighborhoods (points on a line) solvable
        terms = np.arange(normal.shape[1])
        normal[:, terms, terms] += 1e-13 * normal[:, :1, 0]
        inverse = np.linalg.inv(normal)
        response = inverse @ weighted.swapaxes(1, 2)
        gain = np.sum(response**2 / self._counts[index][:, None, :], axis=-1)
        return LocalFits(response @ self._y[index], gain, inverse[:, 0, 0], radius)

    def _derivative_factor(self, fits: LocalFits, term: int) -> FloatArray:
        """Turn coefficient `term` into the derivative in units of X: shape (q,)."""
        exponents = self._exponents[term]
        factorials = prod(factorial(int(e)) for e in exponents)
        return factorials / fits.radius ** exponents.sum() / np.prod(self._scale**exponents)

    def derivatives(self, points: FloatArray, order: int) -> tuple[FloatArray, FloatArray]:
        """Return all partial derivatives of one order and their standard deviations.

        Parameters
        ----------
        points : ndarray, shape (q, d)
        order : int
            0 (value) to `degree`.

        Returns
        -------
        values, deviations : ndarray, shape (q, terms, outputs)
            One term a monomial of that degree, in the order of `monomials`: for order 1 the
            gradient, for order 2 the upper triangle of the Hessian row by row. The deviations
            hold the noise and, as a measure of bias, the step to the fit of the next degree.
        """
        scaled = (points - self._center) / self._scale
        fits = self._fit_at(scaled, self.neighbors_)
        terms = np.flatnonzero(self._exponents.sum(axis=1) == order)
        factors = np.stack([self._derivative_factor(fits, int(term)) for term in terms], axis=1)
        coefficients = fits.coefficients[:, terms]
        variances = fits.noise_gain[:, terms, None] * self.noise_**2
        if self.neighbors_ > len(self._finer):
            finer = self._fit_at(scaled, self.neighbors_, self._finer)
            variances = variances + (coefficients - finer.coefficients[:, terms]) ** 2
        factors = factors[:, :, None]
        return coefficients * factors, np.sqrt(variances) * np.abs(factors)
