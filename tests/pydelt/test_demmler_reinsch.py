"""The decomposition agrees with banded factors, and stays right where they lose digits."""

import numpy as np
import pytest

from pydelt._banded import multiply
from pydelt._bspline_basis import BSplineBasis
from pydelt._knot_sites import knot_sites
from pydelt._penalized_regression import STIFF, PenalizedRegression

X = np.sort(np.random.default_rng(0).random(300))
X = (X - X[0]) / (X[-1] - X[0])
Y = np.sin(6 * X) + 0.1 * np.random.default_rng(1).normal(size=300)


@pytest.mark.parametrize("order", [2, 3, 4, 5, 6])
def test_agrees_with_the_banded_factor(order):
    problem = PenalizedRegression(BSplineBasis(knot_sites(X, 16, 4.0), order), X, Y[None])
    log_penalty = problem.balance + 3
    banded, spectral = problem._banded_factor(log_penalty), problem.factor(log_penalty)
    assert type(banded) is not type(spectral)
    assert spectral.log_determinant == pytest.approx(banded.log_determinant, abs=1e-6)
    rhs = np.random.default_rng(2).normal(size=(3, problem.basis.size))
    np.testing.assert_allclose(spectral.solve(rhs), banded.solve(rhs), rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(spectral.inverse_band, banded.inverse_band, rtol=1e-5, atol=1e-7)


def test_score_is_continuous_where_the_method_changes():
    problem = PenalizedRegression(BSplineBasis(knot_sites(X, 16, 4.0), 5), X, Y[None])
    below, above = (problem.score(problem.balance + step) for step in (-1e-9, 1e-9))
    assert above == pytest.approx(below, abs=1e-5)


def test_fit_is_continuous_where_the_decomposition_steps_in():
    problem = PenalizedRegression(BSplineBasis(knot_sites(X, 60, 4.0), 4), X, Y[None])
    edge = problem.balance + STIFF
    (below, banded), (above, spectral) = (problem.solve(edge + step) for step in (-1e-9, 1e-9))
    assert type(banded) is not type(spectral)
    np.testing.assert_allclose(above, below, atol=1e-5)


def test_a_stiff_fit_is_the_polynomial():
    """At this penalty the matrix itself has lost all digits of what holds the polynomial."""
    problem = PenalizedRegression(BSplineBasis(knot_sites(X, 40, 4.0), 6), X, Y[None])
    stiff = problem.gram + np.exp(problem.high + 6) * problem.basis.penalty_band
    assert np.linalg.cond(multiply(stiff, np.eye(problem.basis.size))) > 1e16
    coefficients, factor = problem.solve(problem.high + 6)
    quintic = np.polynomial.Polynomial.fit(X, Y, 5)(X)
    fitted = problem.basis.evaluate(problem.where, coefficients)[0]
    np.testing.assert_allclose(fitted, quintic, atol=2e-3)
    assert problem.effective_degrees(factor) == pytest.approx(6, abs=0.05)
