"""Warnings: they come when the answer can't be believed, and only then."""

import warnings

import numpy as np
import pytest

from pydelt import ExtrapolationWarning, UndersampledWarning
from pydelt.interpolation import (
    LlaInterpolator,
    LowessInterpolator,
    NeuralNetworkInterpolator,
    SplineInterpolator,
)
from pydelt.multivariate import MultivariateDerivatives

SEEDS = 200


def warned(category, call, *arguments):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        call(*arguments)
    return any(issubclass(each.category, category) for each in caught)


# too few samples per oscillation

SPACING = {
    "even": lambda rng, n: np.arange(n) / n,
    "random": lambda rng, n: np.sort(rng.random(n)),
}


def warning_rate(spacing, n, samples_per_period, noise=0.1):
    """How often a fit to a noisy sine of random phase warns, over seeds."""
    hits = 0
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        x = SPACING[spacing](rng, n)
        angle = 2 * np.pi * (n / samples_per_period * x + rng.random())
        y = np.sin(angle) + noise * rng.normal(size=n)
        hits += warned(UndersampledWarning, SplineInterpolator().fit, x, y)
    return hits / SEEDS


@pytest.mark.parametrize("spacing", SPACING)
def test_too_few_samples_per_oscillation_are_announced(spacing):
    rate = warning_rate(spacing, 50, samples_per_period=3.6)
    print(f"{spacing} spacing, 3.6 samples a period: warned in {rate:.1%}")
    assert rate > 0.95


@pytest.mark.parametrize("spacing", SPACING)
def test_well_sampled_data_are_not(spacing):
    rate = warning_rate(spacing, 50, samples_per_period=12)
    print(f"{spacing} spacing, 12 samples a period: warned in {rate:.1%}")
    assert rate <= 0.02


def test_a_silent_fit_has_a_band_that_holds():
    """Between too few and enough, either the band is right or the warning comes."""
    wrong, seeds = 0, 60
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        x = np.arange(80) / 80
        truth = np.sin(2 * np.pi * (80 / rng.uniform(2.2, 12) * x + rng.random()))
        fit, y = SplineInterpolator(), truth + 0.1 * rng.normal(size=80)
        if warned(UndersampledWarning, fit.fit, x, y):
            continue
        lower, upper = fit.band(x)
        wrong += np.mean((lower <= truth) & (truth <= upper)) < 0.6
    print(f"silent and wrong: {wrong / seeds:.1%}")
    assert wrong <= 0.03 * seeds


def test_noise_free_oscillations_and_plain_noise_are_silent():
    x = np.linspace(0, 1, 120)
    for seed in range(8):
        rng = np.random.default_rng(seed)
        for y in (np.sin(2 * np.pi * 120 / 8 * x + seed), rng.normal(size=120), 0 * x, 3 - x):
            assert not warned(UndersampledWarning, SplineInterpolator().fit, x, y)


# outside the data

X = np.linspace(-1, 2, 60)
METHODS = {
    "spline": SplineInterpolator(),
    "interpolating": SplineInterpolator(0),
    "robust": SplineInterpolator(robust=True),
    "lowess": LowessInterpolator(),
    "lla": LlaInterpolator(),
    "network": NeuralNetworkInterpolator(members=1, hidden=(4,)),
}


def questions(fit, start):
    asked = [fit, fit.differentiate(1)]
    if not isinstance(fit, NeuralNetworkInterpolator):
        asked += [fit.std, fit.band, fit.differentiate(1).std, fit.differentiate(2).band]
    if isinstance(fit, SplineInterpolator):
        asked += [lambda points: fit.integrate(start, points)]
    return asked


@pytest.mark.parametrize("offset", [0.0, 1.7e9], ids=["near 0", "timestamps"])
@pytest.mark.parametrize("method", METHODS)
def test_extrapolation_is_announced_and_interpolation_silent(method, offset):
    x = X + offset
    fit = METHODS[method].fit(x, np.sin(X))
    inside = [x, x[0], x[-1], offset + np.linspace(-1, 2, 777), np.array([]), x.reshape(6, 10)]
    for ask in questions(fit, x[0]):
        for points in inside:
            assert not warned(ExtrapolationWarning, ask, np.clip(points, x[0], x[-1]))
        for points in (offset - 1.01, [offset, offset + 2.01], x + 1):
            assert warned(ExtrapolationWarning, ask, points)


@pytest.mark.parametrize("method", [SplineInterpolator, LowessInterpolator, LlaInterpolator])
def test_extrapolation_in_several_variables_is_announced(method):
    rng = np.random.default_rng(0)
    points = rng.uniform(-1, 1, (60, 2))
    fit = MultivariateDerivatives(method).fit(points, points[:, 0] - points[:, 1] ** 2)
    corner = points.max(axis=0)
    for ask in (fit, fit.std, fit.gradient(), fit.hessian().std, fit.laplacian().band):
        for inside in (points, corner[None], points[:0]):
            assert not warned(ExtrapolationWarning, ask, inside)
        for axis in (0, 1):
            assert warned(ExtrapolationWarning, ask, (corner + 0.01 * np.eye(2)[axis])[None])


def test_the_warning_counts_the_points_and_tells_what_happens_there():
    fit = METHODS["lowess"].fit(X, X)
    with pytest.warns(ExtrapolationWarning, match=r"2 of 4 query points lie outside.*continues"):
        fit([[-2.0, 0.0], [1.0, 5.0]])
