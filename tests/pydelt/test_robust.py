"""Outliers: judged by the fit to the others, found side by side, and not seen where none are."""

import numpy as np
import pytest
from numpy.random import default_rng

from pydelt import SplineInterpolator
from pydelt._bspline_basis import BSplineBasis
from pydelt._penalized_regression import PenalizedRegression
from pydelt._robust import studentized


@pytest.mark.parametrize("weight", [1.0, 0.3, 1e-6])
def test_studentized_residual_is_that_of_the_fit_without_the_sample(weight):
    rng = default_rng(0)
    x, y = np.sort(rng.uniform(size=60)), rng.normal(size=(1, 60))
    x[0], x[-1] = 0, 1
    basis, place = BSplineBasis(np.linspace(0, 1, 12), 3), 20

    def fitted(counts):
        weights = np.ones(60)
        weights[place] = counts
        problem = PenalizedRegression(basis, x, y, weights)
        coefficients, factor = problem.solve(np.log(1e-6))
        variance = basis.variance(problem.where, factor.inverse_band, 0)
        return problem.residual(coefficients), variance, weights

    missed, variance, _ = fitted(0.0)
    expected = missed[0, place] / np.sqrt(1 + variance[place])
    assert studentized(*fitted(weight))[0, place] == pytest.approx(expected, rel=1e-6)


def peak(x, order=0):
    z = (x - 0.6) / 0.03
    hill = 1.5 * np.exp(-(z**2) / 2)
    if order:
        return 2 * np.pi * np.cos(2 * np.pi * x) - z * hill / 0.03
    return np.sin(2 * np.pi * x) + hill


def slope_error(fit, truth):
    grid = np.linspace(0.05, 0.95, 300)
    return np.sqrt(np.mean((fit.differentiate(1)(grid) - truth(grid, 1)) ** 2))


def test_outliers_side_by_side_do_not_hide_each_other():
    ratios = []
    for seed in range(4):
        rng = default_rng(seed)
        x = np.sort(rng.uniform(size=1000))
        y = peak(x) + 0.04 * rng.normal(size=1000)
        spoiled = y.copy()
        spoiled[[200, 201, 366, 367, 800, 801]] += 0.04 * np.array([18, 21, 18, 21, -15, -20])
        errors = [
            slope_error(SplineInterpolator(robust=robust).fit(x, values), peak)
            for robust, values in ((True, spoiled), (False, y))
        ]
        ratios.append(errors[0] / errors[1])
    assert np.exp(np.mean(np.log(ratios))) < 1.2
    assert max(ratios) < 2


def chirp(x, order=0):
    phase = 2 * np.pi * (2 * x + 7 * x**2)
    return np.cos(phase) * 2 * np.pi * (2 + 14 * x) if order else np.sin(phase)


def test_fast_samples_without_outliers_are_not_taken_for_some():
    ratios = []
    for seed in range(12):
        rng = default_rng(seed)
        x = np.sort(rng.uniform(size=100))
        y = chirp(x) + 0.01 * rng.normal(size=100)
        errors = [
            slope_error(SplineInterpolator(robust=robust).fit(x, y), chirp)
            for robust in (True, False)
        ]
        ratios.append(errors[0] / errors[1])
    assert np.exp(np.mean(np.log(ratios))) < 1.25
    assert max(ratios) < 3  # three samples taken for outliers at seed 8 made it 33
