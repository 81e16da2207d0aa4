"""Troubled data: each trouble is what it is called, and each method meets it as the book says."""

import numpy as np
import pytest

from calcbook.troubled_data import (
    METHODS,
    NOISE,
    QUERY,
    TROUBLES,
    error,
    held,
    read,
    recover,
    residual_reading,
    troubled,
)

SEEDS = range(20)


def noise_of(trouble, seed=0):
    samples = troubled(trouble, seed)
    return samples.u - samples.signal(samples.t)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_samples_are_seeded_and_carry_their_truth(trouble):
    one, again, other = (troubled(trouble, seed) for seed in (0, 0, 1))
    assert np.array_equal(one.u, again.u)
    assert not np.array_equal(one.u, other.u)
    assert np.all(np.diff(one.t) > 0)
    x = QUERY[np.abs(QUERY - 5) > 0.2]  # away from the kink
    central = (one.signal(x + 1e-5) - one.signal(x - 1e-5)) / 2e-5
    assert central == pytest.approx(one.slope(x), abs=1e-8)


def test_each_trouble_is_there():
    usual = np.std(np.concatenate([noise_of("none", seed) for seed in SEEDS]))
    assert usual == pytest.approx(NOISE, rel=0.05)
    assert np.sum(np.abs(noise_of("outliers")) > 6 * NOISE) == 12
    assert np.max(np.diff(troubled("gap").t)) == pytest.approx(2, abs=0.15)
    steps = np.diff(troubled("uneven sampling").t)
    assert np.max(steps) > 100 * np.min(steps)
    kinked = troubled("kink")
    assert list(kinked.slope([4.9, 5.1])) == [-1, 1]
    correlated = [noise_of("correlated noise", seed) for seed in SEEDS]
    assert np.std(np.concatenate(correlated)) == pytest.approx(NOISE, rel=0.15)
    assert np.mean([read(each).autocorrelation for each in correlated]) > 0.75


@pytest.mark.parametrize("method", METHODS)
def test_methods_answer_everywhere(method):
    found = recover(troubled("gap"), method)
    assert found.fit.shape == troubled("gap").t.shape
    assert found.curve.shape == found.slope.shape == found.lower.shape == QUERY.shape
    assert np.all(np.isfinite(found.slope))


@pytest.mark.parametrize(
    ("trouble", "liar", "better"),
    [
        ("outliers", "spline", "robust spline"),
        ("gap", "Savitzky-Golay", "spline"),
        ("uneven sampling", "Savitzky-Golay", "spline"),
        ("uneven sampling", "differences", "Savitzky-Golay"),
        ("none", "differences", "spline"),
    ],
)
def test_who_lies_and_who_does_not(trouble, liar, better):
    worse = [error(trouble, liar, seed) / error(trouble, better, seed) for seed in SEEDS]
    assert np.median(worse) > 2
    assert np.mean(np.array(worse) > 1) >= 0.9


def test_bands_hold_without_trouble_and_lie_under_correlated_noise():
    assert np.mean([held("none", "spline", seed) for seed in SEEDS]) > 0.9
    assert np.mean([held("correlated noise", "spline", seed) for seed in SEEDS]) < 0.7
    assert np.isnan(held("none", "differences"))


def test_residuals_give_outliers_away():
    assert residual_reading("outliers", "robust spline").largest > 10
    assert residual_reading("none", "robust spline").largest < 6
    assert np.isnan(residual_reading("none", "differences").size)


def test_the_reading_of_known_residuals():
    rng = np.random.default_rng(0)
    white = read(2 * rng.normal(size=20_000))
    assert white.size == pytest.approx(2, rel=0.03)
    assert white.autocorrelation == pytest.approx(0, abs=0.03)
    assert read(np.cumsum(rng.normal(size=2000))).autocorrelation > 0.95
    struck = rng.normal(size=200)
    struck[50] = 40
    assert read(struck).largest == pytest.approx(40 / read(struck).size)


def test_bad_names_are_named():
    with pytest.raises(ValueError, match="`trouble` is 'rain'; choose one of none, kink"):
        troubled("rain")
    with pytest.raises(ValueError, match="`method` is 'magic'; choose one of differences"):
        recover(troubled("none"), "magic")
