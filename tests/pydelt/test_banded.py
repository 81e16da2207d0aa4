"""Banded algebra against dense algebra."""

import numpy as np
import pytest

from pydelt._banded import BandedCholesky, multiply, to_dense, trace_product


def random_band(size, width, seed=0):
    """A positive definite band matrix with a diagonal over six decades."""
    rng = np.random.default_rng(seed)
    lower = np.zeros((size, size))
    for j in range(width):
        lower += np.diag(rng.normal(size=size - j), -j)
    lower += 9 * np.eye(size)
    scale = 10 ** rng.uniform(-3, 3, size)
    dense = scale[:, None] * (lower @ lower.T) * scale
    band = np.zeros((width, size))
    for j in range(width):
        band[j, : size - j] = np.diagonal(dense, -j)
    return band, dense


@pytest.mark.parametrize(("size", "width"), [(5, 2), (30, 8), (200, 8), (73, 10), (24, 8), (49, 1)])
def test_solve_determinant_and_inverse_band(size, width):
    band, dense = random_band(size, width)
    factor = BandedCholesky(band)
    rhs = np.random.default_rng(1).normal(size=(3, size))
    np.testing.assert_allclose(to_dense(band), dense)
    np.testing.assert_allclose(multiply(band, rhs), rhs @ dense, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(factor.solve(rhs) @ dense, rhs, rtol=1e-7, atol=1e-7)
    assert factor.log_determinant == pytest.approx(np.linalg.slogdet(dense)[1])
    inverse = np.linalg.inv(dense)
    for j in range(width):
        np.testing.assert_allclose(
            factor.inverse_band[j, : size - j], np.diagonal(inverse, -j), rtol=1e-6
        )


def test_trace_of_a_product():
    a, dense_a = random_band(40, 8, seed=1)
    b, dense_b = random_band(40, 5, seed=2)
    assert trace_product(a, b) == pytest.approx(np.trace(dense_a @ dense_b))


@pytest.mark.parametrize("diagonal", [-1.0, 0.0, 0.1])
def test_indefinite_matrix_is_refused(diagonal):
    band = np.ones((2, 4))
    band[0] = diagonal
    with pytest.raises(np.linalg.LinAlgError):
        BandedCholesky(band)
