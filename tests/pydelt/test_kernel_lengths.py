"""Lengths of the kernel: the likelihood is the dense formula's, and the search finds its top."""

import numpy as np
import pytest
from numpy.random import default_rng
from scipy.optimize import minimize

from pydelt import _kernel_lengths
from pydelt._kernel_basis import with_plane
from pydelt._kernel_features import gaussian
from pydelt._kernel_lengths import Descent, choose_lengths, log_share, parameter_precision
from pydelt._kernel_likelihood import reml_of_lengths
from pydelt._repeats import gather_repeats

ROUNDING = 1e-30


def rows(n=60, seed=0):
    """Samples of which the first twenty are measured twice."""
    rng = default_rng(seed)
    x = rng.uniform(-1.7, 1.7, (n, 2))
    x = np.vstack([x, x[:20]])
    return x, np.sin(2 * x[:, 0]) + 0.3 * x[:, 1] + 0.1 * rng.normal(size=n + 20)


def dense_covariance(theta, x):
    """Covariance of all rows, and its derivatives along the parameters."""
    z, ratio = x * np.exp(-theta[:-1]), np.exp(theta[-1])
    kernel = gaussian(z, z)
    changes = [kernel * (column[:, None] - column) ** 2 for column in z.T]
    return kernel + ratio * np.eye(len(x)), [*changes, ratio * np.eye(len(x))]


def dense_projection(theta, x):
    covariance, changes = dense_covariance(theta, x)
    inverse, plane = np.linalg.inv(covariance), with_plane(x)
    inner = plane.T @ inverse @ plane
    projection = inverse - inverse @ plane @ np.linalg.solve(inner, plane.T @ inverse)
    return projection, changes, np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(inner)[1]


THETAS = [np.array([0.1, 0.4, -3.0]), np.array([-0.5, 2.0, -1.0]), np.array([0.5, 0.0, -5.0])]


@pytest.mark.parametrize("theta", THETAS)
def test_likelihood_is_that_of_all_rows_but_for_a_constant(theta):
    x, y = rows()
    samples = gather_repeats(x, y)

    def dense(theta):
        projection, _, determinants = dense_projection(theta, x)
        return (len(x) - 3) * np.log(y @ projection @ y) + determinants

    expected = dense(theta) - dense(THETAS[0])
    start = reml_of_lengths(THETAS[0], samples, ROUNDING).score
    assert reml_of_lengths(theta, samples, ROUNDING).score - start == pytest.approx(
        expected, abs=1e-6
    )


@pytest.mark.parametrize("theta", THETAS)
def test_slope_is_the_slope_of_the_likelihood(theta):
    samples, step = gather_repeats(*rows()), 1e-5
    slopes = [
        (
            reml_of_lengths(theta + step * e, samples, ROUNDING).score
            - reml_of_lengths(theta - step * e, samples, ROUNDING).score
        )
        / (2 * step)
        for e in np.eye(3)
    ]
    np.testing.assert_allclose(
        reml_of_lengths(theta, samples, ROUNDING).slope, slopes, rtol=1e-5, atol=1e-5
    )


@pytest.mark.parametrize("theta", THETAS)
def test_information_is_the_dense_average_of_observed_and_expected(theta):
    x, y = rows()
    projection, changes, _ = dense_projection(theta, x)
    dual = projection @ y
    misfit = y @ dual
    along = np.array([dual @ change @ dual for change in changes])
    shared = np.array([[dual @ a @ projection @ b @ dual for a in changes] for b in changes])
    expected = (len(x) - 3) * (shared / misfit - np.outer(along, along) / misfit**2)
    found = reml_of_lengths(theta, gather_repeats(x, y), ROUNDING).information
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5 * expected.max())


def test_where_the_kernel_is_not_definite_the_score_is_infinite():
    samples = gather_repeats(*rows())
    assert reml_of_lengths(np.array([5.0, 5.0, -60.0]), samples, ROUNDING).score == np.inf


CURVES = {
    "wave": lambda x: np.sin(3 * x[:, 0]) * np.cos(2 * x[:, 1]),
    "quadratic": lambda x: x[:, 0] ** 2 - x[:, 0] * x[:, 1],
    "valley": lambda x: (1 - x[:, 0]) ** 2 + 10 * (x[:, 1] - x[:, 0] ** 2) ** 2,
    "one input matters": lambda x: np.tanh(3 * x[:, 0]),
}


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("noise", [0.03, 0.1])
def test_search_finds_what_a_patient_optimizer_finds(name, noise):
    rng = default_rng(0)
    x = rng.uniform(-1.7, 1.7, (150, 2))
    values = CURVES[name](x)
    samples = gather_repeats(x, values / values.std() + noise * rng.normal(size=150))

    def score(theta):
        result = reml_of_lengths(theta, samples, ROUNDING)
        return result.score, result.slope

    bounds = [(-3, 10), (-3, 10), (np.log(1e-12), 3)]
    patient = min(
        minimize(score, [a, b, -4], jac=True, method="L-BFGS-B", bounds=bounds).fun
        for a in (-0.5, 1.0)
        for b in (-0.5, 1.0, 3.0)
    )
    assert choose_lengths(samples, ROUNDING).here.score < patient + 0.3


def test_search_needs_few_evaluations(monkeypatch):
    asked = []

    def counted(*arguments):
        asked.append(arguments)
        return reml_of_lengths(*arguments)

    monkeypatch.setattr(_kernel_lengths, "reml_of_lengths", counted)
    for seed in range(8):
        rng = default_rng(seed)
        x = np.clip(rng.standard_t(3, (200, 3)), -4, 4)
        y = np.sin(2 * x[:, 0]) * x[:, 1] + 0.3 * x[:, 2] ** 2
        y = y / y.std() + 0.1 * rng.normal(size=200)
        start = np.array([0.5, 0.5, 0.5, -4.0])
        Descent(start, gather_repeats(x / x.std(axis=0), y), ROUNDING).run(60)
    assert len(asked) < 8 * 25


def test_lengths_tell_a_curved_input_from_a_straight_one():
    rng = default_rng(0)
    x = rng.uniform(-1.7, 1.7, (200, 2))
    y = np.sin(2 * x[:, 0]) + x[:, 1] + 0.1 * rng.normal(size=200)
    theta = choose_lengths(gather_repeats(x, y), ROUNDING).theta
    assert theta[1] > theta[0] + 2


def test_share_of_the_ranges_is_the_volume_under_the_likelihood():
    """For a sharp likelihood in two parameters: the Gaussian volume over the area searched."""
    information = np.diag([200.0, 800.0])
    widths = np.array([13.0, 3.0 - np.log(1e-12)])
    volume = 2 * np.pi / np.sqrt(100 * 400)
    assert log_share(information) == pytest.approx(np.log(volume / np.prod(widths)), abs=1e-3)
    assert log_share(np.zeros((2, 2))) > -1
    precision = parameter_precision(np.zeros((2, 2)))
    np.testing.assert_allclose(np.sqrt(1 / np.diag(precision)), widths / np.sqrt(12))
