"""Kernel fields: the dense Gaussian process' mean and variance, a plane where it suffices."""

import time

import numpy as np
import pytest
from numpy.random import default_rng

from pydelt._kernel_basis import with_plane
from pydelt._kernel_features import EXACT_LIMIT, PIVOTS, KernelFeatures, gaussian
from pydelt._kernel_field import KernelField


def one_derivative(field, points, orders):
    return field.derivatives(points, [orders])[:, 0]


def scattered(seed=0, n=80, noise=0.1):
    rng = default_rng(seed)
    x = rng.uniform(-1, 1, (n, 2)) * [1.0, 50.0]
    return x, np.sin(3 * x[:, 0]) + x[:, 1] / 50 + noise * rng.normal(size=n)


# features


def test_features_multiply_to_the_kernel_and_its_derivatives():
    z = default_rng(0).normal(size=(60, 2))
    features = KernelFeatures(z, 0)
    phi = features(z, (0, 0))
    np.testing.assert_allclose(phi @ phi.T, gaussian(z, z), atol=1e-10)
    step, p = 1e-5, z[:5] + 0.1

    def kernel(points, orders):
        return next(features.kernels(points, [orders]))

    for orders, axis in (((1, 0), 0), ((0, 1), 1)):
        shift = step * np.eye(2)[axis]
        slope = (kernel(p + shift, (0, 0)) - kernel(p - shift, (0, 0))) / (2 * step)
        np.testing.assert_allclose(kernel(p, orders), slope, atol=1e-9)
        shift = step * np.eye(2)[1 - axis]
        mixed = (kernel(p + shift, orders) - kernel(p - shift, orders)) / (2 * step)
        np.testing.assert_allclose(kernel(p, (1, 1)), mixed, atol=1e-9)


def test_prior_of_derivatives_is_the_kernel_s_mixed_derivative():
    assert KernelFeatures.prior((0, 0), (0, 0)) == 1
    assert KernelFeatures.prior((1, 0), (1, 0)) == 1
    assert KernelFeatures.prior((2, 0), (2, 0)) == 3
    assert KernelFeatures.prior((2, 0), (0, 0)) == -1
    assert KernelFeatures.prior((2, 0), (0, 2)) == 1
    assert KernelFeatures.prior((1, 0), (0, 1)) == 0


def test_features_leave_out_no_more_than_they_may():
    z = 0.5 * default_rng(0).normal(size=(300, 2))
    sizes = []
    for tolerance in (1e-2, 1e-4, 1e-8):
        features = KernelFeatures(z, tolerance)
        sizes.append(len(features.sites))
        assert np.max(1 - np.sum(features(z, (0, 0)) ** 2, axis=1)) < tolerance
    assert sizes[0] < sizes[1] < sizes[2] < 300


def test_many_samples_use_a_bounded_number_of_pivots():
    z = 10 * default_rng(0).normal(size=(EXACT_LIMIT + 100, 4))
    assert len(KernelFeatures(z, 1e-4).sites) == PIVOTS
    assert len(KernelFeatures(z, 0).sites) > EXACT_LIMIT


# the field


def dense_covariance(field, x, q):
    """Posterior covariance at `q` for a flat prior on the plane, by the textbook formula."""
    z, zq = (points / field.lengths for points in (x, q))
    center, scale = x.mean(axis=0), x.std(axis=0)
    plane, plane_q = (with_plane((points - center) / scale) for points in (x, q))
    inverse = np.linalg.inv(gaussian(z, z) + field.smoothing * np.eye(len(x)))
    cross = gaussian(zq, z)
    gap = plane_q - cross @ inverse @ plane
    covariance = gaussian(zq, zq) - cross @ inverse @ cross.T
    covariance += gap @ np.linalg.solve(plane.T @ inverse @ plane, gap.T)
    return field.noise**2 / field.smoothing * covariance


@pytest.mark.parametrize("place", [(0.2, 10.0), (2.5, 60.0)])
def test_covariances_are_those_of_the_dense_process(place):
    x, y = scattered()
    field = KernelField(x, y)
    assert field.name == "kernel field"
    field._tail = 0.0  # the textbook's process is the kernel's alone
    field._shrink(1.0)
    h = 0.02
    stencil = np.array(place) + h * np.array([[0, 0], [1, 0], [-1, 0]])
    dense = dense_covariance(field, x, stencil)
    value, slope = np.array([1, 0, 0]), np.array([0, 1, -1]) / (2 * h)
    bend, p = np.array([-2, 1, 1]) / h**2, stencil[:1]
    assert field.posterior(p, (0, 0), (0, 0))[0] == pytest.approx(value @ dense @ value, rel=1e-3)
    assert field.posterior(p, (1, 0), (1, 0))[0] == pytest.approx(slope @ dense @ slope, rel=0.01)
    assert field.posterior(p, (2, 0), (2, 0))[0] == pytest.approx(bend @ dense @ bend, rel=0.01)
    assert field.posterior(p, (0, 0), (2, 0))[0] == pytest.approx(value @ dense @ bend, rel=0.01)


def test_derivatives_are_exact_derivatives_of_the_field():
    x, y = scattered()
    field, p = KernelField(x, y), np.array([[0.2, 10.0], [-0.5, -30.0]])
    for axis, h in ((0, 1e-4), (1, 5e-3)):
        shift, unit = h * np.eye(2)[axis], tuple(np.eye(2, dtype=int)[axis])
        for orders in ((0, 0), (1, 0), (0, 1)):
            up, down = (
                one_derivative(field, p + shift, orders),
                one_derivative(field, p - shift, orders),
            )
            higher = tuple(a + b for a, b in zip(orders, unit, strict=True))
            expected = (up - down) / (2 * h)
            np.testing.assert_allclose(
                one_derivative(field, p, higher), expected, rtol=1e-4, atol=1e-7
            )


def test_uncertain_lengths_widen_the_band_less_the_more_samples():
    shares = []
    for n in (40, 160, 640):
        x, y = scattered(n=n)
        field, p = KernelField(x, y), x[:20] * 0.8
        shares.append(
            np.mean(field.covariance(p, (1, 0), (1, 0)) / field.posterior(p, (1, 0), (1, 0)))
        )
    assert shares[0] > 1.03
    assert np.all(np.diff(shares) < 0)
    assert shares[-1] < 1.1


def test_error_of_the_gradient_falls_as_the_samples_grow():
    n = np.array([100, 400, 1600])
    errors = []
    for count in n:
        squares = []
        for seed in range(3):
            x, y = scattered(seed, count)
            p = default_rng(9).uniform(-0.9, 0.9, (200, 2)) * [1.0, 50.0]
            error = one_derivative(KernelField(x, y), p, (1, 0)) - 3 * np.cos(3 * p[:, 0])
            squares.append(np.mean(error**2))
        errors.append(np.sqrt(np.mean(squares)))
    assert np.polyfit(np.log(n), np.log(errors), 1)[0] < -0.35


@pytest.mark.parametrize("size", [(12, 1), (50, 1), (12, 2), (30, 2), (60, 5), (600, 3)])
def test_noise_around_a_plane_is_not_taken_for_curvature(size):
    for seed in range(8 if size[0] > 100 else 25):
        rng = default_rng(seed)
        x = rng.normal(size=size)
        assert KernelField(x, x.sum(axis=1) + 0.1 * rng.normal(size=size[0])).name == "linear"


@pytest.mark.parametrize(
    ("n", "frequency", "d"), [(60, 20, 1), (200, 40, 1), (400, 12, 2), (1000, 20, 2)]
)
def test_short_waves_are_not_taken_for_noise(n, frequency, d):
    rng = default_rng(0)
    x = rng.uniform(-1, 1, (n, d))
    waves = np.prod(np.sin(frequency * x), axis=1)
    field = KernelField(x, waves + 0.1 * waves.std() * rng.normal(size=n))
    assert field.name == "kernel field"
    assert field.noise == pytest.approx(0.1 * waves.std(), rel=0.4)


@pytest.mark.parametrize("seed", range(20))
def test_a_plane_stays_a_plane(seed):
    rng = default_rng(seed)
    x = rng.normal(size=(150, 3))
    field = KernelField(x, x @ [2, 0.5, -1] + 0.1 * rng.normal(size=150))
    assert field.name == "linear"
    assert field.edf == 4
    slope = [one_derivative(field, np.zeros((1, 3)), orders)[0] for orders in np.eye(3, dtype=int)]
    np.testing.assert_allclose(slope, [2, 0.5, -1], atol=0.05)
    assert one_derivative(field, x[:5], (2, 0, 0)) == pytest.approx(0)
    assert field.smoothed(0.01).edf == 4


def test_the_plane_has_the_standard_errors_of_least_squares():
    rng = default_rng(0)
    x = rng.normal(size=(100, 2))
    y = x @ [1, 2] + 0.3 * rng.normal(size=100)
    field = KernelField(x, y)
    design = with_plane(x)
    solution, rss, *_ = np.linalg.lstsq(design, y, rcond=None)
    errors = np.sqrt(rss[0] / 97 * np.diag(np.linalg.inv(design.T @ design)))
    assert one_derivative(field, x[:1], (1, 0))[0] == pytest.approx(solution[1])
    assert np.sqrt(field.covariance(x[:1], (1, 0), (1, 0))[0]) == pytest.approx(errors[1])


@pytest.mark.parametrize(("n", "curvature"), [(50, 0.2), (500, 0.06)])
def test_weak_curvature_is_found(n, curvature):
    for seed in range(5):
        rng = default_rng(seed)
        x = rng.normal(size=(n, 3))
        bowl = 0.5 * curvature * x[:, 1] ** 2
        field = KernelField(x, x[:, 0] + bowl + 0.1 * rng.normal(size=n))
        assert field.name == "kernel field"
        found = one_derivative(field, np.zeros((1, 3)), (0, 2, 0))[0]
        assert found == pytest.approx(curvature, rel=0.5)


def test_the_order_of_the_rows_changes_nothing_at_all():
    x, y = scattered(n=600)
    shuffled = default_rng(1).permutation(600)
    p = x[:7]
    one, two = KernelField(x, y), KernelField(x[shuffled], y[shuffled])
    np.testing.assert_array_equal(one_derivative(one, p, (1, 0)), one_derivative(two, p, (1, 0)))


def test_zero_meets_noisy_and_repeated_samples():
    x, y = scattered(n=120)
    x, y = np.vstack([x, x[:1]]), np.append(y, y[0] + 0.2)
    automatic = KernelField(x, y)
    exact = automatic.smoothed(0.0)
    np.testing.assert_allclose(one_derivative(exact, x[1:120], (0, 0)), y[1:120], atol=1e-5)
    assert one_derivative(exact, x[:1], (0, 0))[0] == pytest.approx(y[0] + 0.1, abs=1e-5)
    assert exact.noise == automatic.noise
    assert automatic.edf < 30


def test_more_smoothing_means_fewer_degrees_of_freedom():
    field = KernelField(*scattered())
    edf = [field.smoothed(factor).edf for factor in (0.1, 1, 10, 100)]
    assert np.all(np.diff(edf) < -0.5)


@pytest.mark.alone
def test_five_thousand_samples_in_five_dimensions():
    rng = default_rng(0)
    x = rng.normal(size=(5000, 5))
    y = np.sin(2 * x[:, 0]) * x[:, 1] + x[:, 2] ** 2 - x[:, 4] + 0.1 * rng.normal(size=5000)
    start = time.process_time()
    field = KernelField(x, y)
    slope = one_derivative(field, x[:500], (0, 0, 1, 0, 0))
    std = np.sqrt(field.covariance(x[:500], (0, 0, 1, 0, 0), (0, 0, 1, 0, 0)))
    assert time.process_time() - start < 5
    error = slope - 2 * x[:500, 2]
    assert np.sqrt(np.mean(error**2)) < 0.1
    assert np.mean(np.abs(error) < 1.96 * std) > 0.7
