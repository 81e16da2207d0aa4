"""The tails: Taylor polynomials, and integrated white noise about them."""

from math import factorial

import numpy as np
import pytest

from pydelt._bspline_basis import BSplineBasis
from pydelt._tailed_spline import TailedSpline, prior_covariance, rows_at

BASIS = BSplineBasis(np.linspace(0, 1, 6), 3)
SPLINE = TailedSpline(BASIS, np.random.default_rng(0).normal(size=(2, BASIS.size)))


@pytest.mark.parametrize("end", [0.0, 1.0])
def test_tails_are_the_taylor_polynomials_of_the_ends(end):
    away = np.array([0.3, 1.7]) * (1 if end else -1)
    ends = [SPLINE.value(np.array([end]), i) for i in range(3)]
    value = sum(slope * away**i / factorial(i) for i, slope in enumerate(ends))
    np.testing.assert_allclose(SPLINE.value(end + away), value)
    np.testing.assert_allclose(SPLINE.value(end + away, 1), ends[1] + ends[2] * away)
    np.testing.assert_allclose(SPLINE.value(end + away, 3), 0)


def test_integral_is_the_antiderivative_everywhere():
    grid = np.linspace(-0.5, 1.5, 2001)
    step = np.diff(grid)
    values = SPLINE.value(grid)
    areas = 0.5 * step * (values[:, 1:] + values[:, :-1])
    integral = SPLINE.value(grid, -1)
    np.testing.assert_allclose(np.diff(integral), areas, atol=1e-6)
    np.testing.assert_allclose(SPLINE.value(np.zeros(1), -1), 0, atol=1e-15)


def test_rows_reproduce_the_values():
    points = np.array([-0.2, 0.0, 0.4, 1.0, 1.3])
    for derivative in (-1, 0, 2):
        rows = rows_at(BASIS, points, derivative)
        truth = SPLINE.value(points, derivative)
        np.testing.assert_allclose(SPLINE.coefficients @ rows.T, truth, atol=1e-12)


@pytest.mark.parametrize("order", [1, 2, 4])
def test_prior_variance_of_integrated_white_noise(order):
    away = np.array([0.0, 0.5, 2.0])
    power = 2 * order - 1
    truth = away**power / (power * factorial(order - 1) ** 2)
    for z in (1 + away, -away):
        np.testing.assert_allclose(prior_covariance(z, z, order, np.ones(2)), truth)


def test_prior_covariance_of_two_points():
    near, far = np.array([1.5]), np.array([3.0])
    np.testing.assert_allclose(prior_covariance(near, far, 1, np.ones(2)), 0.5)  # of a random walk
    np.testing.assert_allclose(prior_covariance(near, -far, 2, np.ones(2)), 0)  # opposite ends
    np.testing.assert_allclose(
        prior_covariance(near, far, 2, np.ones(2)), 0.5**2 * (2 / 2 - 0.5 / 6)
    )
    above = prior_covariance(near, far, 1, np.array([7.0, 3.0]))  # the intensity of its own end
    np.testing.assert_allclose(above, 3 * 0.5)
