"""Tensor-product splines: the grid is found, polynomials are exact, the posterior is Bayes' own."""

import time

import numpy as np
import pytest
from numpy.random import default_rng

from pydelt._tensor_spline import ORDER, AxisBasis, TensorSpline, as_grid

AXES = [np.linspace(-1, 1, 14), np.linspace(0, 3, 11)]
GRID = np.stack(np.meshgrid(*AXES, indexing="ij"), axis=-1)


def one_derivative(fit, points, orders):
    return fit.derivatives(points, [orders])[:, 0]


def rows(axes):
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))


# the grid


def test_a_grid_is_found_in_any_order_of_rows_and_despite_rounding():
    points = rows([*AXES, np.array([0.1, 0.2, 0.3, 1.0])])
    shuffled = default_rng(0).permutation(points)
    shuffled *= 1 + 1e-15 * default_rng(1).integers(-2, 3, shuffled.shape)
    axes, order = as_grid(shuffled)
    assert [len(axis) for axis in axes] == [14, 11, 4]
    np.testing.assert_allclose(shuffled[order].reshape(-1, 3), points, atol=1e-12)


def test_a_missing_a_repeated_and_a_moved_node_make_no_grid():
    points = rows(AXES)
    assert as_grid(points) is not None
    assert as_grid(points[1:]) is None
    assert as_grid(np.vstack([points[1:], points[-1:]])) is None
    assert as_grid(np.vstack([points, points])) is None
    points[5] += 0.01
    assert as_grid(points) is None
    assert as_grid(default_rng(0).normal(size=(4000, 6))) is None


# one axis


@pytest.mark.parametrize("count", [None, 4, 10])
def test_axis_basis_is_orthonormal_on_the_samples_and_orthogonal_in_roughness(count):
    x = np.sort(default_rng(0).uniform(5, 7, 20))
    basis = AxisBasis(x, count)
    np.testing.assert_allclose(
        basis.design.T @ basis.design, np.eye(len(basis.roughness)), atol=1e-9
    )
    np.testing.assert_allclose(basis(x), basis.design, atol=1e-7)
    fine = np.linspace(x[0], x[-1], 20001)
    rough = basis(fine, ORDER) * basis.width**ORDER
    roughness = (rough[:-1].T @ rough[:-1] + rough[1:].T @ rough[1:]) / 2 / 20000
    scale = basis.roughness[-1]
    np.testing.assert_allclose(roughness / scale, np.diag(basis.roughness) / scale, atol=1e-3)


def test_axis_basis_continues_as_a_polynomial_beyond_the_samples():
    basis = AxisBasis(np.linspace(0, 1, 12), 5)
    outside = np.linspace(1, 2, 9)
    values = basis(outside)
    np.testing.assert_allclose(np.diff(values, ORDER, axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(values[0], basis(np.array([1 - 1e-9]))[0], atol=1e-6)


# the field


@pytest.mark.parametrize("factor", [0.0, 1.0, 1e6])
def test_quadratics_are_exact_whatever_the_smoothing(factor):
    x, y = GRID[..., 0], GRID[..., 1]
    fit = TensorSpline(AXES, 2 + x**2 * y**2 - 3 * x * y).smoothed(factor)
    p = rows([np.array([-0.7, 0.1]), np.array([0.2, 2.5])])
    np.testing.assert_allclose(
        one_derivative(fit, p, (0, 0)), 2 + (p**2).prod(1) - 3 * p.prod(1), atol=1e-8
    )
    np.testing.assert_allclose(one_derivative(fit, p, (1, 1)), 4 * p.prod(1) - 3, atol=1e-7)
    np.testing.assert_allclose(one_derivative(fit, p, (2, 0)), 2 * p[:, 1] ** 2, atol=1e-6)


def test_mean_and_covariance_are_those_of_the_dense_posterior():
    noisy = np.sin(2 * GRID[..., 0]) * GRID[..., 1] + 0.1 * default_rng(0).normal(size=(14, 11))
    fit = TensorSpline(AXES, noisy)
    one, two = fit._bases
    design = np.kron(one.design, two.design)
    first, second = fit.smoothing
    precision = design.T @ design + np.diag(
        np.add.outer(first * one.roughness, second * two.roughness).ravel()
    )
    covariance = fit.noise**2 * np.linalg.inv(precision)
    centered = noisy.ravel() - noisy.mean()
    mean = np.linalg.solve(precision, design.T @ centered)
    p = np.array([[0.3, 1.1], [-0.9, 2.9]])

    def functional(orders):
        return np.stack([np.kron(one(q[:1], orders[0]), two(q[1:], orders[1]))[0] for q in p])

    for orders, others in [((0, 0), (0, 0)), ((1, 0), (1, 0)), ((2, 0), (0, 2)), ((1, 1), (0, 0))]:
        a, b = functional(orders), functional(others)
        expected = np.sum((a @ covariance) * b, axis=1)
        np.testing.assert_allclose(fit.covariance(p, orders, others), expected, rtol=1e-8)
        level = noisy.mean() * (sum(orders) == 0)
        np.testing.assert_allclose(one_derivative(fit, p, orders), level + a @ mean, rtol=1e-8)


def test_each_axis_gets_its_own_penalty():
    wavy_in_x = np.sin(6 * GRID[..., 0]) + 0 * GRID[..., 1]
    fit = TensorSpline(AXES, wavy_in_x + 0.1 * default_rng(0).normal(size=wavy_in_x.shape))
    assert fit.smoothing[1] > 1e3 * fit.smoothing[0]


FIELDS = [  # value and slope along the first axis
    (lambda x, y: np.sin(3 * x) * np.cos(2 * y), lambda x, y: 3 * np.cos(3 * x) * np.cos(2 * y)),
    (lambda x, y: np.sin(8 * x * y), lambda x, y: 8 * y * np.cos(8 * x * y)),
    (lambda x, y: np.tanh(4 * x - 2 * y), lambda x, y: 4 / np.cosh(4 * x - 2 * y) ** 2),
    (
        lambda x, y: np.exp(-8 * ((x - 0.5) ** 2 + (y - 0.4) ** 2)),
        lambda x, y: -16 * (x - 0.5) * np.exp(-8 * ((x - 0.5) ** 2 + (y - 0.4) ** 2)),
    ),
]


def test_noise_and_bands_of_the_slope_hold_over_fields_and_twenty_seeds():
    axes = [np.linspace(0, 1, 25), np.linspace(0, 1, 20)]
    grid = np.meshgrid(*axes, indexing="ij")
    covered, noise = [], []
    for value, slope in FIELDS:
        for seed in range(20):
            rng = default_rng(seed)
            fit = TensorSpline(axes, value(*grid) + 0.02 * rng.normal(size=grid[0].shape))
            p = rng.uniform(0, 1, (200, 2))
            error = one_derivative(fit, p, (1, 0)) - slope(*p.T)
            covered.append(np.abs(error) < 1.96 * np.sqrt(fit.covariance(p, (1, 0), (1, 0))))
            noise.append(fit.noise)
    assert 0.88 < np.mean(covered) < 0.99
    assert np.mean(noise) == pytest.approx(0.02, rel=0.05)


def test_waves_on_a_short_axis_are_followed_down_to_four_samples_each():
    axes = [np.linspace(0, 1, 16), np.linspace(0, 1, 40)]
    grid = np.meshgrid(*axes, indexing="ij")
    wave = np.sin(24 * grid[0]) + np.sin(20 * grid[1])
    fit = TensorSpline(axes, wave + 0.02 * default_rng(0).normal(size=wave.shape))
    p = default_rng(1).uniform(0.1, 0.9, (300, 2))
    error = one_derivative(fit, p, (1, 0)) - 24 * np.cos(24 * p[:, 0])
    assert np.sqrt(np.mean(error**2)) < 0.1 * 24
    assert fit.noise < 0.05


def test_zero_interpolates_and_keeps_the_noise_estimate():
    noisy = GRID.sum(-1) + 0.1 * default_rng(0).normal(size=(14, 11))
    automatic = TensorSpline(AXES, noisy)
    exact = automatic.smoothed(0.0)
    np.testing.assert_allclose(one_derivative(exact, rows(AXES), (0, 0)), noisy.ravel(), atol=1e-8)
    assert exact.edf == pytest.approx(noisy.size)
    assert exact.noise == automatic.noise


def test_logarithmic_axes_and_the_shortest_axis_work():
    axes = [np.geomspace(1e-5, 1, 40), np.arange(2.0 * ORDER)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    fit = TensorSpline(axes, np.sqrt(grid[..., 0]) + grid[..., 1] ** 2)
    p = np.array([[0.25, 2.5]])
    assert one_derivative(fit, p, (0, 1))[0] == pytest.approx(5, abs=1e-3)
    assert one_derivative(fit, p, (1, 0))[0] == pytest.approx(1, abs=0.05)


def test_constant_values_are_a_constant_field():
    fit = TensorSpline(AXES, np.full((14, 11), 3.0))
    np.testing.assert_allclose(one_derivative(fit, np.array([[0.0, 1.0]]), (0, 0)), 3.0)
    np.testing.assert_allclose(one_derivative(fit, np.array([[0.0, 1.0]]), (1, 0)), 0.0, atol=1e-12)


@pytest.mark.alone
def test_many_nodes_and_three_axes_stay_fast():
    start = time.process_time()
    axes = [np.linspace(0, 1, 30)] * 3
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    fit = TensorSpline(axes, np.sin(3 * grid.sum(-1)))
    p = default_rng(0).uniform(0.1, 0.9, (500, 3))
    np.testing.assert_allclose(
        one_derivative(fit, p, (1, 0, 0)), 3 * np.cos(3 * p.sum(1)), atol=1e-3
    )
    np.testing.assert_allclose(
        one_derivative(fit, p, (0, 1, 1)), -9 * np.sin(3 * p.sum(1)), atol=1e-2
    )
    assert time.process_time() - start < 5
