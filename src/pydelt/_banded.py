"""Symmetric positive definite banded matrices, in LAPACK's lower storage.

``band[j, i]`` holds ``M[i + j, i]``; a matrix of size N with b subdiagonals takes (b + 1, N).
Everything here costs O(N b^2) at most, so a spline with N coefficients costs O(N).
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from scipy.linalg.lapack import dpbtrf, dpbtrs, dtbtrs, dtrtri

from ._validation import FloatArray


def multiply(band: FloatArray, vectors: FloatArray) -> FloatArray:
    """Return the product of the matrix with each row of `vectors`, shape (..., N)."""
    product = band[0] * vectors
    for j in range(1, len(band)):
        off_diagonal = band[j, :-j]
        product[..., j:] += off_diagonal * vectors[..., :-j]
        product[..., :-j] += off_diagonal * vectors[..., j:]
    return product


def trace_product(a: FloatArray, b: FloatArray) -> float:
    """Return tr(A B) of two symmetric matrices; entries outside either band do not count."""
    total = a[0] @ b[0]
    for j in range(1, min(len(a), len(b))):
        total += 2 * (a[j, :-j] @ b[j, :-j])
    return float(total)


class BandedCholesky:
    """Factor a banded matrix once, then solve, and read off its inverse inside the band.

    The matrix is scaled to a unit diagonal before it is factored: B-spline Gram matrices over
    uneven knots have diagonals that differ by many powers of ten.

    Parameters
    ----------
    band : ndarray, shape (b + 1, N)
        Lower storage.
    blocks : int
        Of how many uncoupled matrices of one size it consists. Where one cannot be factored, the
        factor ends before it; `blocks` tells how many are left.

    Raises
    ------
    numpy.linalg.LinAlgError
        When the first block is not positive definite in floating point.
    """

    def __init__(self, band: FloatArray, blocks: int = 1) -> None:
        diagonal = band[0]
        if not np.all(diagonal > 0):
            raise np.linalg.LinAlgError("the diagonal is not positive")
        scale = 1 / np.sqrt(diagonal)
        scaled = band * scale
        for j in range(1, len(band)):
            scaled[j, :-j] *= scale[j:]
        scaled[0] = 1.0
        factor, failed = dpbtrf(scaled, lower=True, overwrite_ab=True)
        size = band.shape[1] // blocks
        self.blocks = (failed - 1) // size if failed else blocks
        if not self.blocks:
            raise np.linalg.LinAlgError(f"the leading minor {failed} is not positive definite")
        self._scale, self._factor = scale[: self.blocks * size], factor[:, : self.blocks * size]

    @property
    def size(self) -> int:
        """Number of rows N."""
        return self._factor.shape[1]

    @property
    def log_determinants(self) -> FloatArray:
        """Logarithm of the determinant of each block, shape (blocks,)."""
        pivots = np.log(self._factor[0] / self._scale)
        return 2 * pivots.reshape(self.blocks, -1).sum(axis=1)

    @property
    def log_determinant(self) -> float:
        """Logarithm of the determinant."""
        return float(np.sum(self.log_determinants))

    def solve(self, rhs: FloatArray) -> FloatArray:
        """Return M^-1 applied to each row of `rhs`, shape (..., N)."""
        flat = (rhs * self._scale).reshape(-1, self.size)
        solution, _ = dpbtrs(self._factor, flat.T, lower=True)
        return (solution.T * self._scale).reshape(rhs.shape)

    def half_solve(self, rhs: FloatArray) -> FloatArray:
        """Return L^-1 applied to each row of `rhs`, shape (r, N), where M = L L'."""
        solution, _ = dtbtrs(self._factor, (rhs * self._scale).T, uplo="L")
        return solution.T

    def half_product(self, vectors: FloatArray) -> FloatArray:
        """Return L' applied to each row of `vectors`, shape (..., N), where M = L L'."""
        scaled = vectors / self._scale
        product = self._factor[0] * scaled
        for j in range(1, len(self._factor)):
            product[..., :-j] += self._factor[j, :-j] * scaled[..., j:]
        return product

    @cached_property
    def inverse_band(self) -> FloatArray:
        """The entries of M^-1 inside the band of M, lower storage, without the rest.

        With the factor L cut into blocks of at least the band's width, M is block tridiagonal, and
        the inverse's blocks Z follow backwards from

            Z[i+1, i] = -Z[i+1, i+1] G[i],   Z[i, i] = (L[i] L[i]')^-1 + G[i]' Z[i+1, i+1] G[i],

        where G[i] = L[i+1, i] L[i]^-1.

        References
        ----------
        Takahashi, Fagan & Chin (1973), PICA Conference Proceedings, 63-69.
        Hutchinson & de Hoog (1985), Numerische Mathematik 47, 99-106, doi:10.1007/BF01389878.
        """
        width, size = len(self._factor), self.size
        block = max(width - 1, 16)
        count = -(-size // block)
        padded = np.zeros((2 * block, count * block))
        padded[:width, :size] = self._factor
        padded[0, size:] = 1.0  # the padding is an identity of its own
        row, column = np.arange(2 * block)[:, None], np.arange(block)
        entry = np.maximum(row - column, 0), np.arange(count)[:, None, None] * block + column
        lower = np.where(row < column, 0.0, padded[entry])  # L[i] above L[i+1, i]
        inverse_diagonal = np.stack([dtrtri(part[:block], lower=True)[0] for part in lower])
        coupling = lower[:, block:] @ inverse_diagonal
        own = inverse_diagonal.swapaxes(1, 2) @ inverse_diagonal
        # columns i of the inverse: rows i*block to (i+2)*block
        columns = np.zeros((count, 2 * block, block))
        columns[-1, :block] = own[-1]
        for b in range(count - 2, -1, -1):
            below = -columns[b + 1, :block] @ coupling[b]
            columns[b, :block] = own[b] - coupling[b].T @ below
            columns[b, block:] = below
        band = columns[:, np.arange(width)[:, None] + column, column]
        inverse = band.swapaxes(0, 1).reshape(width, -1)[:, :size] * self._scale
        for j in range(1, min(width, size)):
            inverse[j, : size - j] *= self._scale[j:]
            inverse[j, size - j :] = 0.0
        inverse[0] *= self._scale
        return inverse
