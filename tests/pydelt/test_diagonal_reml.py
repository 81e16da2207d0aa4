"""REML in diagonal coordinates: the same likelihood as the dense formula, and its gradient."""

import numpy as np
import pytest

from pydelt._diagonal_reml import DiagonalProblem


def dense_score(design, penalties, log_penalties, y):
    """Minus twice the restricted log-likelihood from the covariance of the data, noise profiled."""
    total = np.tensordot(np.exp(log_penalties), penalties, 1)
    free = ~total.any(axis=0)
    fixed, smooth = design[:, free], design[:, ~free]
    covariance = np.eye(len(y)) + smooth @ np.diag(1 / np.diag(total)[~free]) @ smooth.T
    inverse = np.linalg.inv(covariance)
    inner = fixed.T @ inverse @ fixed
    residual = y - fixed @ np.linalg.solve(inner, fixed.T @ inverse @ y)
    misfit = residual @ inverse @ residual
    determinants = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(inner)[1]
    return (len(y) - free.sum()) * np.log(misfit) + determinants


@pytest.fixture
def example():
    rng = np.random.default_rng(0)
    design = np.linalg.qr(rng.normal(size=(40, 12)))[0]
    weights = rng.uniform(0.5, 3, (2, 12))
    weights[:, :3] = 0
    weights[0, 3:5] = 0
    y = rng.normal(size=40)
    projections = design.T @ y
    leftover = float(np.sum((y - design @ projections) ** 2))
    return DiagonalProblem(projections, weights, leftover, 40), design, weights, y


def test_score_is_the_dense_restricted_likelihood(example):
    problem, design, weights, y = example
    penalties = np.stack([np.diag(row) for row in weights])
    for log_penalties in np.array([[0.0, 0.0], [-3.0, 1.0], [4.0, 2.0]]):
        expected = dense_score(design, penalties, log_penalties, y)
        assert problem.score(log_penalties)[0] == pytest.approx(expected, rel=1e-10)


def test_gradient_is_the_slope_of_the_score(example):
    problem = example[0]
    at, step = np.array([0.3, -0.7]), 1e-5
    slopes = [
        (problem.score(at + step * e)[0] - problem.score(at - step * e)[0]) / (2 * step)
        for e in np.eye(2)
    ]
    np.testing.assert_allclose(problem.score(at)[1], slopes, rtol=1e-7)


def test_flat_score_is_the_limit_of_large_penalties(example):
    problem = example[0]
    assert problem.score(np.array([40.0, 40.0]))[0] == pytest.approx(problem.flat_score())
    assert problem.n_free == 3


def test_choice_is_no_worse_than_any_point_of_a_grid(example):
    problem = example[0]
    values = np.linspace(-8, 8, 9)
    grid = np.array([[a, b] for a in values for b in values])
    chosen, score = problem.choose(grid[::10], np.array([[-8.0, 8.0], [-8.0, 8.0]]))
    assert score <= min(problem.score(point)[0] for point in grid) + 1e-6
    assert np.all(np.abs(chosen) <= 8)


def test_gcv_is_that_of_the_dense_fit(example):
    problem, design, weights, y = example
    log_penalties = np.array([0.3, -0.7])
    penalty = np.diag(np.exp(log_penalties) @ weights)
    smoother = design @ np.linalg.solve(design.T @ design + penalty, design.T)
    expected = 40 * np.sum((y - smoother @ y) ** 2) / (40 - np.trace(smoother)) ** 2
    assert problem.gcv(log_penalties) == pytest.approx(expected)
