"""The spline: right on clean data, honest on noisy data, unmoved by units and order."""

import warnings

import numpy as np
import pytest
from scipy.interpolate import CubicSpline

from pydelt import ExtrapolationWarning, UndersampledWarning
from pydelt.interpolation import SplineInterpolator

T = np.linspace(0, 2 * np.pi, 200)
DECAY_TIME = np.linspace(0, 5, 100)


def noisy_sine(seed, n=200, noise=0.05):
    t = np.linspace(0, 2 * np.pi, n)
    return t, np.sin(t) + noise * np.random.default_rng(seed).normal(size=n)


def test_noise_free_derivatives_are_nearly_exact():
    t = np.linspace(0, 2 * np.pi, 1000)
    fit = SplineInterpolator().fit(t, np.sin(t))
    error = fit.differentiate(1)(t) - np.cos(t)
    assert np.sqrt(np.mean(error**2)) / np.std(np.cos(t)) < 1e-11
    assert np.max(np.abs(fit.differentiate(2)(t) + np.sin(t))) < 1e-8


@pytest.mark.parametrize("legacy", [True, False], ids=["RandomState", "default_rng"])
def test_decay_obeys_its_equation(legacy):
    residuals = []
    for seed in range(20):
        rng = np.random.RandomState(seed) if legacy else np.random.default_rng(seed)
        u = np.exp(-DECAY_TIME) + 0.05 * rng.normal(size=100)
        interp = SplineInterpolator(smoothing=0.5)
        interp.fit(DECAY_TIME, u)
        residual = interp.differentiate(order=1)(DECAY_TIME) + interp(DECAY_TIME)
        residuals.append(np.mean(np.abs(residual)))
    assert np.median(residuals) < 0.04
    assert max(residuals) < 0.12


def test_option_payoff_away_from_and_at_the_kink():
    prices = np.linspace(80, 120, 50)
    interp = SplineInterpolator(smoothing=0.1).fit(prices, np.maximum(prices - 100, 0) + 5)
    delta = interp.differentiate(order=1)(prices)
    gamma = interp.differentiate(order=2)(prices)
    far = np.abs(prices - 100) > 4
    np.testing.assert_allclose(delta[far], prices[far] > 100, atol=0.12)
    assert np.all(np.isfinite(delta))
    assert np.all(np.isfinite(gamma))
    assert 1 < delta.max() < 1.3  # a smooth curve around a kink overshoots


@pytest.mark.parametrize("n", [200, 1000])
@pytest.mark.parametrize("shape", ["sine", "bump", "decay"])
def test_bands_hold_the_truth_as_often_as_they_say(n, shape):
    x = np.linspace(0, 1, n)
    truths = {
        "sine": [np.sin(9 * x), 9 * np.cos(9 * x), -81 * np.sin(9 * x)],
        "decay": [np.exp(-5 * x), -5 * np.exp(-5 * x), 25 * np.exp(-5 * x)],
    }
    z = (x - 0.5) / 0.1
    bump = np.exp(-(z**2))
    truths["bump"] = [bump, -2 * z * bump / 0.1, (4 * z**2 - 2) * bump / 0.01]
    hits = np.zeros(3)
    for seed in range(20):
        noise = 0.05 * np.random.default_rng(seed).normal(size=n)
        fit = SplineInterpolator().fit(x, truths[shape][0] + noise)
        for order, truth in enumerate(truths[shape]):
            lower, upper = (fit.differentiate(order) if order else fit).band(x)
            hits[order] += np.mean((lower <= truth) & (truth <= upper)) / 20
    assert np.all(hits[:2] >= 0.90), hits
    assert hits[2] >= 0.85, hits
    assert np.all(hits[:2] <= 0.99), hits


def test_band_widens_with_level_and_matches_std():
    fit = SplineInterpolator().fit(*noisy_sine(0))
    slope = fit.differentiate(1)
    lower, upper = slope.band(T, level=0.5)
    wide_lower, wide_upper = slope.band(T, level=0.99)
    assert np.all((wide_lower < lower) & (upper < wide_upper))
    np.testing.assert_allclose(upper - lower, 2 * 0.6745 * slope.std(T), rtol=0.01)


def test_noise_and_effective_degrees():
    fits = [SplineInterpolator().fit(*noisy_sine(seed, 500)) for seed in range(20)]
    assert np.mean([fit.noise_ for fit in fits]) == pytest.approx(0.05, rel=0.05)
    assert 6 < np.median([fit.edf_ for fit in fits]) < 14


def test_units_do_not_matter():
    t, u = noisy_sine(1)
    fit = SplineInterpolator(smoothing=0.7).fit(t, u)
    scaled = SplineInterpolator(smoothing=0.7).fit(1e-6 * t + 3, 1e4 * u - 7e4)
    np.testing.assert_allclose(scaled(1e-6 * t + 3), 1e4 * fit(t) - 7e4, atol=1e-5)
    slope, scaled_slope = fit.differentiate(1), scaled.differentiate(1)
    np.testing.assert_allclose(scaled_slope(1e-6 * t + 3), 1e10 * slope(t), rtol=1e-4, atol=1e4)
    np.testing.assert_allclose(scaled_slope.std(1e-6 * t + 3), 1e10 * slope.std(t), rtol=1e-4)
    assert scaled.smoothing_ == pytest.approx(fit.smoothing_, rel=1e-4)
    assert scaled.edf_ == pytest.approx(fit.edf_, rel=1e-4)


def test_order_of_samples_does_not_matter():
    t, u = noisy_sine(2)
    shuffled = np.random.default_rng(0).permutation(t.size)
    one = SplineInterpolator().fit(t, u)
    other = SplineInterpolator().fit(t[shuffled], u[shuffled])
    np.testing.assert_array_equal(one(T), other(T))


def test_order_and_shape_of_queries_do_not_matter():
    fit = SplineInterpolator().fit(*noisy_sine(3))
    slope = fit.differentiate(1)
    grid = np.random.default_rng(0).uniform(0, 6, (4, 5))
    each = np.array([[slope(point) for point in row] for row in grid])
    np.testing.assert_allclose(slope(grid), each, rtol=1e-12)
    np.testing.assert_allclose(slope.std(grid)[2, 3], slope.std(grid[2, 3]), rtol=1e-9)
    assert slope(np.array([])).shape == (0,)
    assert fit(1.0).shape == ()


def test_duplicates_in_x_weigh_like_their_number():
    t, u = noisy_sine(4, 60)
    twice = SplineInterpolator().fit(np.r_[t, t], np.r_[u, u + 0.01])
    assert np.all(np.isfinite(twice.differentiate(1)(t)))
    assert np.max(np.abs(twice(t) - np.sin(t))) < 0.1


def test_integers_do_not_truncate():
    x = np.arange(20)
    fit = SplineInterpolator().fit(x, x**2)
    np.testing.assert_allclose(fit.differentiate(1)(np.array([0, 3])), [0, 6], atol=1e-6)
    np.testing.assert_allclose(fit(0.5), 0.25, atol=1e-6)


HARD_POSITIONS = {
    "offset 1.7e9": 1.7e9 + 100 * np.sort(np.random.default_rng(0).random(400)),
    "clusters 1e-6 wide": np.concatenate(
        [c + 1e-6 * np.random.default_rng(1).random(40) for c in np.linspace(0, 1, 10)]
    ),
    "half in 1%": np.r_[
        np.random.default_rng(2).random(200), 0.5 + 0.01 * np.random.default_rng(3).random(200)
    ],
    "40% gap": np.r_[
        0.3 * np.random.default_rng(4).random(200), 0.7 + 0.3 * np.random.default_rng(5).random(200)
    ],
    "duplicates": np.repeat(np.linspace(0, 1, 50), 8),
}


@pytest.mark.parametrize("positions", HARD_POSITIONS)
def test_hard_positions(positions):
    x = HARD_POSITIONS[positions]
    span = np.ptp(x)
    phase = 2 * np.pi * (x - x.min()) / span
    y = np.sin(phase) + 0.05 * np.random.default_rng(9).normal(size=x.size)
    slope = SplineInterpolator().fit(x, y).differentiate(1)(x) * span / (2 * np.pi)
    assert np.sqrt(np.mean((slope - np.cos(phase)) ** 2)) < 0.05


def test_inseparable_positions_are_refused():
    x = np.r_[1e-9 * np.arange(10), 1 + 1e-9 * np.arange(10)]
    with pytest.raises(ValueError, match=r"x is crowded into 2 places.*Average samples"):
        SplineInterpolator().fit(x, x)


@pytest.mark.parametrize("n", [7, 40, 300])
def test_zero_smoothing_interpolates(n):
    x = np.sort(np.random.default_rng(n).random(n))
    y = np.random.default_rng(1).normal(size=n)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndersampledWarning)
        fit = SplineInterpolator(smoothing=0).fit(x, y)
    np.testing.assert_allclose(fit(x), y, atol=1e-7)
    assert fit.edf_ == n


def test_zero_smoothing_of_order_two_is_the_natural_cubic_spline():
    x = np.sort(np.random.default_rng(0).random(30))
    y = np.sin(9 * x)
    fit = SplineInterpolator(smoothing=0, penalty_order=2).fit(x, y)
    natural = CubicSpline(x, y, bc_type="natural")
    grid = np.linspace(x[0], x[-1], 200)
    np.testing.assert_allclose(fit(grid), natural(grid), atol=1e-8)
    np.testing.assert_allclose(fit.differentiate(1)(grid), natural(grid, 1), atol=1e-5)


def test_smoothing_moves_from_interpolation_to_a_cubic():
    t, u = noisy_sine(5, 80)
    factors = [0, 1e-6, 1e-3, 0.1, 1, 10, 1e9]
    edf = [SplineInterpolator(smoothing=factor).fit(t, u).edf_ for factor in factors]
    assert np.all(np.diff(edf) < 0)
    assert edf[0] == 80
    assert edf[-1] == pytest.approx(4, abs=0.1)
    cubic = np.polynomial.Polynomial.fit(t, u, 3)
    stiff = SplineInterpolator(smoothing=1e9).fit(t, u)
    np.testing.assert_allclose(stiff(t), cubic(t), atol=1e-3)
    automatic = SplineInterpolator().fit(t, u)
    np.testing.assert_array_equal(automatic(t), SplineInterpolator(smoothing=1).fit(t, u)(t))


def test_smoothing_means_the_same_for_any_number_of_samples():
    for n in (200, 2000):
        t, u = noisy_sine(6, n)
        automatic, rough = (SplineInterpolator(s).fit(t, u) for s in (1, 0.01))
        assert 1.3 < rough.edf_ / automatic.edf_ < 2.2


def test_band_of_a_forced_smoothing_still_holds_the_truth():
    hits = []
    for seed in range(10):
        t, u = noisy_sine(seed, 100)
        for factor in (0, 0.01, 1000):
            lower, upper = SplineInterpolator(factor).fit(t, u).differentiate(1).band(t)
            hits.append(np.mean((lower <= np.cos(t)) & (np.cos(t) <= upper)))
    assert np.mean(hits) > 0.9


def test_penalty_order_has_its_effect():
    t, u = noisy_sine(7, 400)
    errors = {
        m: np.std(SplineInterpolator(penalty_order=m).fit(t, u).differentiate(1)(t) - np.cos(t))
        for m in (2, 3, 4, 5)
    }
    assert errors[4] < 0.6 * errors[2]
    assert len({round(error, 9) for error in errors.values()}) == 4


def test_robust_ignores_outliers():
    errors = []
    for seed in range(20):
        t, u = noisy_sine(seed, 300)
        wrong = np.random.default_rng(seed + 99).choice(300, 15, replace=False)
        spoiled = u.copy()
        spoiled[wrong] += 3
        spared = SplineInterpolator().fit(np.delete(t, wrong), np.delete(u, wrong))
        robust = SplineInterpolator(robust=True).fit(t, spoiled)
        plain = SplineInterpolator().fit(t, spoiled)
        inner = t[5:-5]
        slopes = [fit.differentiate(1)(inner) for fit in (spared, robust, plain)]
        errors.append([np.mean((slope - np.cos(inner)) ** 2) for slope in slopes])
        assert robust.noise_ == pytest.approx(0.05, rel=0.35)
    spared_error, robust_error, plain_error = np.sqrt(np.mean(errors, axis=0))
    assert robust_error < 1.1 * spared_error
    assert plain_error > 3 * spared_error


def test_several_series_at_once():
    t, u = noisy_sine(8)
    both = SplineInterpolator().fit(t, np.c_[u, 100 * u])
    assert both(t).shape == (200, 2)
    assert both.noise_.shape == (2,)
    np.testing.assert_allclose(both(t)[:, 1], 100 * both(t)[:, 0], rtol=1e-9, atol=1e-9)
    single = SplineInterpolator().fit(t, u)
    np.testing.assert_allclose(
        both.differentiate(1)(t)[:, 0], single.differentiate(1)(t), atol=0.01
    )
    assert both.differentiate(1).std(t).shape == (200, 2)
    assert both.differentiate(1)(np.zeros((3, 4))).shape == (3, 4, 2)
    assert both.integrate(0, t).value.shape == (200, 2)


def test_integral_and_its_band():
    truth = 1 - np.cos(T)
    z = []
    for seed in range(30):
        total = SplineInterpolator().fit(*noisy_sine(seed)).integrate(0, T[1:])
        z.append((total.value - truth[1:]) / total.std)
    assert 0.85 < np.std(z) < 1.15
    whole = SplineInterpolator().fit(T, np.sin(T)).integrate(0, np.pi)
    assert float(whole) == pytest.approx(2, abs=1e-9)
    assert isinstance(whole.value, float)
    lower, upper = SplineInterpolator().fit(*noisy_sine(0)).integrate(0, 1).band()
    assert lower < 1 - np.cos(1) < upper


def test_integral_is_additive_and_signed():
    fit = SplineInterpolator().fit(*noisy_sine(0))
    parts = fit.integrate(0, 2).value + fit.integrate(2, 5).value
    assert parts == pytest.approx(fit.integrate(0, 5).value)
    assert fit.integrate(5, 0).value == pytest.approx(-fit.integrate(0, 5).value)
    assert fit.integrate(1, 1).std == pytest.approx(0, abs=1e-9)


def test_extrapolation_warns_continues_smoothly_and_widens():
    fit = SplineInterpolator().fit(*noisy_sine(0))
    slope = fit.differentiate(1)
    end = T[-1]
    with pytest.warns(ExtrapolationWarning, match="2 of 3 query points lie outside"):
        values = slope([1.0, end + 0.1, end + 2])
    assert np.all(np.isfinite(values))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ExtrapolationWarning)
        np.testing.assert_allclose(fit(end + 1e-5), fit(end), atol=1e-4)
        np.testing.assert_allclose(slope(-1e-5), slope(0), atol=1e-3)
        np.testing.assert_allclose(fit.std(end + 1e-5), fit.std(end), rtol=1e-3)
        spread = slope.std(end + np.array([0, 0.5, 1, 2]))
        assert np.all(np.diff(spread) > 0)
        lower, upper = fit.band(end + 1)
        assert lower < np.sin(end + 1) < upper
        step = fit.integrate(end, end + 1e-3).value
        assert step == pytest.approx(1e-3 * fit(end), rel=0.01, abs=1e-5)


def test_warnings_point_at_the_line_that_asked():
    fit = SplineInterpolator().fit(*noisy_sine(0))
    slope = fit.differentiate(1)
    for ask in (fit, slope, fit.band, slope.std):
        with pytest.warns(ExtrapolationWarning) as caught:
            ask([7.0])
        assert caught[0].filename == __file__
    with pytest.warns(ExtrapolationWarning) as caught:
        fit.integrate(0, 7)
    assert caught[0].filename == __file__


def test_no_warning_inside_the_data():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fit = SplineInterpolator().fit(*noisy_sine(0))
        fit.differentiate(1).band(T)
        fit.integrate(T[0], T[-1])


@pytest.mark.parametrize("cycles", [18, 25])
def test_undersampled_oscillation_is_announced(cycles):
    x = np.linspace(0, 1, 80)
    y = np.sin(2 * np.pi * cycles * x) + 0.1 * np.random.default_rng(0).normal(size=80)
    with pytest.warns(UndersampledWarning, match="rhythm"):
        SplineInterpolator().fit(x, y)


def test_too_few_noisy_samples_are_announced():
    with pytest.warns(UndersampledWarning, match="8 samples"):
        SplineInterpolator().fit(*noisy_sine(0, 8))


def test_derivatives_without_a_band_say_why():
    fit = SplineInterpolator().fit(T, np.sin(T))
    third, fourth = fit.differentiate(3), fit.differentiate(4)
    assert np.all(np.isfinite(third.std(T)))
    np.testing.assert_allclose(fourth(T), np.sin(T), atol=1e-3)
    with pytest.raises(NotImplementedError, match=r"order 4.*no band.*penalty_order=4"):
        fourth.std(T)


def test_constant_data_have_zero_derivative():
    fit = SplineInterpolator().fit(T, np.full(200, 3.3))
    np.testing.assert_allclose(fit(T), 3.3)
    np.testing.assert_allclose(fit.differentiate(1)(T), 0, atol=1e-12)


def test_repr_tells_the_state():
    fit = SplineInterpolator(smoothing=0.5)
    assert repr(fit) == "<SplineInterpolator(smoothing=0.5), not fitted>"
    fit.fit(*noisy_sine(0))
    assert "fitted to 200 samples: edf" in repr(fit)
    assert "derivative of order 2 by SplineInterpolator" in repr(fit.differentiate(2))


def bump(x):
    """A narrow bump on a slow wave, and its derivative."""
    z = (x - 0.6) / 0.03
    g = 1.5 * np.exp(-(z**2) / 2)
    return np.sin(2 * np.pi * x) + g, 2 * np.pi * np.cos(2 * np.pi * x) - z * g / 0.03


def test_adaptive_penalty_serves_a_bump_on_a_calm_signal():
    x = np.linspace(0, 1, 400)
    value, slope = bump(x)
    errors, inside = [], []
    for seed in range(4):
        y = value + 0.05 * np.random.default_rng(seed).normal(size=x.size)
        fits = [SplineInterpolator(adaptive=adaptive).fit(x, y) for adaptive in (False, True)]
        errors.append([np.mean((fit.differentiate(1)(x) - slope) ** 2) for fit in fits])
        calm, busy = np.abs(x - 0.2) < 0.05, np.abs(x - 0.6) < 0.05
        deviation = fits[1].differentiate(1).std(x)
        assert deviation[busy].mean() > 3 * deviation[calm].mean()
        lower, upper = fits[1].differentiate(1).band(x)
        inside.append(np.mean((lower < slope) & (slope < upper)))
    assert np.mean(inside) > 0.9
    one, adaptive = np.sqrt(np.mean(errors, axis=0))
    assert adaptive < 0.75 * one


def test_adaptive_penalty_is_left_out_where_one_is_enough():
    t, u = noisy_sine(3)
    plain, adaptive = (SplineInterpolator(adaptive=flag).fit(t, u) for flag in (False, True))
    np.testing.assert_array_equal(adaptive(t), plain(t))


def test_order_follows_the_smoothness_of_the_data():
    t = np.linspace(0, 1, 400)
    noise = 0.02 * np.random.default_rng(0).normal(size=t.size)
    smooth = SplineInterpolator().fit(t, np.sin(30 * t) + noise)
    bent = SplineInterpolator().fit(t, np.abs(t - 0.5) + noise)
    assert smooth.penalty_order_ > bent.penalty_order_
    assert SplineInterpolator(penalty_order=5).fit(t, smooth(t)).penalty_order_ == 5


def test_order_is_low_where_the_data_do_not_tell():
    """Drowned in noise, a period of a sine looks like a cubic; the band must not believe it."""
    t = np.linspace(0, 1, 1000)
    slope = 2 * np.pi * np.cos(2 * np.pi * t)
    inside = []
    for seed in range(20):
        u = np.sin(2 * np.pi * t) + np.random.default_rng(seed).normal(size=t.size)
        lower, upper = SplineInterpolator().fit(t, u).differentiate(1).band(t)
        inside.append(np.mean((lower < slope) & (slope < upper)))
    assert np.mean(inside) > 0.9


@pytest.mark.parametrize("seed", range(4))
def test_residuals_that_oscillate_prove_a_polynomial_wrong(seed):
    """Likelihood alone takes this season for noise about a parabola."""
    t = np.linspace(0, 1, 100)
    season = 0.2 * np.sin(20 * np.pi * t)
    noise = 0.09 * np.random.default_rng(seed).normal(size=t.size)
    slope = 6 * t + 4 * np.pi * np.cos(20 * np.pi * t)
    fit = SplineInterpolator().fit(t, 3 * t**2 + season + noise)
    error = (fit.differentiate(1)(t) - slope)[5:-5]
    assert np.sqrt(np.mean(error**2)) < 0.5 * np.std(slope)
