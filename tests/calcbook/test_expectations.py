"""Areas of probability: rankings, divergences, gradients of expectations."""

import numpy as np
import pytest
from scipy.stats import norm

from calcbook import divergences, ranking
from calcbook.gradient_estimators import ESTIMATORS, START, WIDTH, estimates


@pytest.mark.parametrize("digits", [1, 6])
def test_area_is_the_share_of_pairs_ranked_right(digits):
    for seed in range(20):
        negatives, positives = (np.round(s, digits) for s in ranking.scores(0.8, 60, seed))
        gap = positives[:, None] - negatives
        share = np.mean(gap > 0) + np.mean(gap == 0) / 2
        assert ranking.area(negatives, positives) == pytest.approx(share, abs=1e-12)


def test_curve_of_a_few_scores():
    false_rate, true_rate = ranking.roc([1, 2, 2], [2, 3])
    assert false_rate == pytest.approx([0, 0, 2 / 3, 1])
    assert true_rate == pytest.approx([0, 0.5, 1, 1])


def test_scores_have_the_area_of_two_normals():
    assert ranking.area(*ranking.scores(1.0, 20_000)) == pytest.approx(
        norm.cdf(1 / np.sqrt(2)), abs=0.01
    )


def test_divergence_of_normals_agrees_with_its_formula(monkeypatch):
    monkeypatch.setattr(divergences, "WEIGHTS", (0.5, 0.5))
    monkeypatch.setattr(divergences, "MEANS", (1.0, 1.0))
    monkeypatch.setattr(divergences, "WIDTHS", (0.8, 0.8))

    def formula(m, s, n, r):
        return np.log(r / s) + (s**2 + (m - n) ** 2) / (2 * r**2) - 0.5

    both = divergences.both(-0.5, 1.5)
    assert both == pytest.approx((formula(1, 0.8, -0.5, 1.5), formula(-0.5, 1.5, 1, 0.8)), rel=1e-6)
    assert divergences.both(1.0, 0.8) == pytest.approx((0, 0), abs=1e-12)


def test_covering_has_the_moments_and_seeking_a_mode():
    covering = divergences.closest(0, (0.0, 1.0))
    assert covering == pytest.approx(divergences.mixture_moments(), abs=1e-4)
    for mean, width in zip(divergences.MEANS, divergences.WIDTHS, strict=True):
        assert divergences.closest(1, (0.8 * mean, 1.0)) == pytest.approx((mean, width), abs=0.01)


def test_moments_of_the_mixture():
    x = divergences.GRID
    density = np.exp(divergences.log_mixture(x))
    mean = np.trapezoid(x * density, x)
    assert np.trapezoid(density, x) == pytest.approx(1)
    std = np.sqrt(np.trapezoid((x - mean) ** 2 * density, x))
    assert divergences.mixture_moments() == pytest.approx((mean, std))


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_estimates_are_unbiased(estimator):
    found = estimates(estimator, 3, 10, repeats=20_000)
    error = found.std() / np.sqrt(found.size)
    assert found.mean() == pytest.approx(2 * START, abs=4 * error)


def test_variances_are_those_of_the_formulas():
    found = estimates(ESTIMATORS[0], 5, 10, repeats=20_000)
    assert found.var() == pytest.approx(4 * WIDTH**2 / 10, rel=0.05)
    one = estimates(ESTIMATORS[1], 1, 1, repeats=400_000)
    exact = START**4 / WIDTH**2 + 14 * START**2 + 15 * WIDTH**2
    assert one.var() == pytest.approx(exact, rel=0.05)


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="`estimator` is 'pathwise'; choose one of"):
        estimates("pathwise", 1, 10)
    with pytest.raises(ValueError, match="`samples` must be at least 2"):
        estimates(ESTIMATORS[2], 1, 1)
