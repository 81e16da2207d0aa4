"""Banded algebra against dense algebra."""

import numpy as np
import pytest

from pydelt._banded import BandedCholesky, multiply, trace_product


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
    np.testing.assert_allclose(multiply(band, np.eye(size)), dense)
    np.testing.assert_allclose(multiply(band, rhs), rhs @ dense, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(factor.solve(rhs) @ dense, rhs, rtol=1e-7, atol=1e-7)
    assert factor.log_determinant == pytest.approx(np.linalg.slogdet(dense)[1])
    inverse = np.linalg.inv(dense)
    for j in range(width):
        np.testing.assert_allclose(
            factor.inverse_band[j, : size - j], np.diagonal(inverse, -j), rtol=1e-6
        )


def test_the_two_halves_of_the_factor():
    band, dense = random_band(30, 6)
    factor = BandedCholesky(band)
    half = factor.half_product(np.eye(30))  # the rows of L
    np.testing.assert_allclose(half @ half.T, dense, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(factor.half_solve(half.T), np.eye(30), atol=1e-9)


def test_blocks_end_before_the_first_that_fails():
    (first, _), (second, _) = random_band(20, 4), random_band(20, 4, seed=1)
    broken = second.copy()
    broken[0, 7] *= 1e-9
    factor = BandedCholesky(np.hstack([first, second, broken, first]), blocks=4)
    alone = [BandedCholesky(band) for band in (first, second)]
    assert factor.blocks == 2
    expected = [part.log_determinant for part in alone]
    np.testing.assert_allclose(factor.log_determinants, expected)
    rhs = np.random.default_rng(2).normal(size=(2, 20))
    np.testing.assert_allclose(
        factor.solve(rhs.reshape(1, 40)).reshape(2, 20),
        [part.solve(row) for part, row in zip(alone, rhs, strict=True)],
    )
    with pytest.raises(np.linalg.LinAlgError):
        BandedCholesky(np.hstack([broken, first]), blocks=2)


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
