"""REML against a dense computation of the likelihood it stands for."""

import numpy as np
import pytest

from pydelt._banded import multiply
from pydelt._bspline_basis import BSplineBasis
from pydelt._knot_sites import knot_sites
from pydelt._penalized_regression import UNSOLVABLE, PenalizedRegression
from pydelt._reml import reml_score, valleys

X = np.linspace(0, 1, 60)
Y = np.sin(7 * X) + 0.1 * np.random.default_rng(0).normal(size=60)


def dense_reml(problem, log_penalty):
    """-2 log restricted likelihood of y ~ N(T b, s2 (I + Z Z')), s2 profiled out."""
    design = problem.basis.design(X).toarray()
    values, vectors = np.linalg.eigh(
        multiply(problem.basis.penalty_band, np.eye(problem.basis.size))
    )
    m = problem.basis.order
    fixed = design @ vectors[:, :m]
    random = design @ (vectors[:, m:] / np.sqrt(np.exp(log_penalty) * values[m:]))
    covariance = np.eye(60) + random @ random.T
    inverse = np.linalg.inv(covariance)
    fixed_gram = fixed.T @ inverse @ fixed
    rest = problem.y[0] - fixed @ np.linalg.solve(fixed_gram, fixed.T @ inverse @ problem.y[0])
    misfit = rest @ inverse @ rest
    return (
        (60 - m) * np.log(misfit)
        + np.linalg.slogdet(covariance)[1]
        + np.linalg.slogdet(fixed_gram)[1]
    )


@pytest.mark.parametrize("order", [2, 3])
def test_score_is_the_restricted_likelihood_up_to_a_constant(order):
    problem = PenalizedRegression(BSplineBasis(knot_sites(X, 12), order), X, Y[None])
    penalties = np.linspace(problem.low + 12, problem.high - 2, 6)
    banded = np.array([problem.score(value) for value in penalties])
    dense = np.array([dense_reml(problem, value) for value in penalties])
    np.testing.assert_allclose(banded - banded[0], dense - dense[0], atol=1e-3)


def test_score_does_not_depend_on_the_reference_fit():
    problem = PenalizedRegression(BSplineBasis(knot_sites(X, 12), 3), X, Y[None])
    penalties = np.linspace(problem.low + 12, problem.high - 2, 6)
    before = [problem.score(value) for value in penalties]
    problem._center(problem.factor(problem.high - 5))
    np.testing.assert_allclose([problem.score(value) for value in penalties], before, atol=1e-4)


def test_scores_are_the_same_together_and_one_by_one(monkeypatch):
    problem = PenalizedRegression(BSplineBasis(knot_sites(X, 40), 4), X, np.stack([Y, Y**2]))
    penalties = np.linspace(problem.low, problem.high + 30, 40)  # the last are too stiff to factor
    together = problem.scores(penalties)
    alone = [problem.score(value) for value in penalties]
    solvable = together < UNSOLVABLE
    assert 5 < np.count_nonzero(solvable) < 40
    np.testing.assert_allclose(together[solvable], np.array(alone)[solvable])
    monkeypatch.setattr("pydelt._penalized_regression.AT_ONCE", 200)
    np.testing.assert_array_equal(problem.scores(penalties), together)


def test_reweighting_is_a_problem_on_the_reweighted_basis():
    basis = BSplineBasis(knot_sites(X, 12), 3)
    profile = np.exp(np.random.default_rng(3).normal(size=(basis.intervals, 3)))
    problem = PenalizedRegression(basis, X, Y[None])
    problem.score(problem.balance + 3)  # what is computed once must be computed again
    reweighted = problem.reweighted(profile)
    fresh = PenalizedRegression(basis.reweighted(profile), X, Y[None])
    for log_penalty in fresh.balance + np.array([-5.0, 3.0]):
        assert reweighted.score(log_penalty) == pytest.approx(fresh.score(log_penalty))
        np.testing.assert_allclose(
            reweighted.solve(log_penalty)[0], fresh.solve(log_penalty)[0], rtol=1e-9
        )


def test_chosen_penalty_is_the_minimum():
    problem = PenalizedRegression(BSplineBasis(knot_sites(X, 24), 4), X, Y[None])
    (chosen, *_), gain = problem.choose()
    assert gain == pytest.approx(problem.score(problem.high) - problem.score(chosen))
    fine = np.linspace(problem.low, problem.high, 400)
    assert problem.score(chosen) <= min(problem.score(value) for value in fine) + 0.01


def test_search_finds_the_deeper_of_two_valleys():
    def score(value):
        return np.minimum((value - 2) ** 2, 0.05 * (value + 9) ** 2 - 1)

    deeper, other = valleys(score, -20, 20)
    assert deeper == pytest.approx(-9, abs=0.1)
    assert other == pytest.approx(2, abs=0.1)


def test_series_add_up():
    one, other = reml_score(2.0, 10, 3.0), reml_score(5.0, 10, 3.0)
    assert reml_score(np.array([2.0, 5.0]), 10, 3.0) == pytest.approx(one + other)
