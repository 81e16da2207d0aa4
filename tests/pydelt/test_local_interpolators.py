"""LOWESS and LLA: exact on polynomials, each parameter with its effect."""

import numpy as np
import pytest
from scipy.signal import savgol_filter

from pydelt import ExtrapolationWarning
from pydelt._local_polynomial import LocalPolynomial, monomials
from pydelt.interpolation import LlaInterpolator, LowessInterpolator

T = np.linspace(0, 2 * np.pi, 200)
METHODS = [LowessInterpolator, LlaInterpolator]


def noisy_sine(seed, noise=0.05):
    return np.sin(T) + noise * np.random.default_rng(seed).normal(size=T.size)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("degree", [1, 2, 3])
def test_polynomials_of_the_degree_are_reproduced_with_all_derivatives(method, degree):
    x = np.sort(np.random.default_rng(0).uniform(-1, 2, 60))
    truth = np.polynomial.Polynomial([0.5, -1.0, 2.0, 0.7][: degree + 1])
    fit = method(degree=degree).fit(x, truth(x))
    grid = np.linspace(x[0], x[-1], 37)
    np.testing.assert_allclose(fit(grid), truth(grid), atol=1e-5)
    for order in range(1, degree + 1):
        got = fit.differentiate(order)(grid)
        np.testing.assert_allclose(got, truth.deriv(order)(grid), atol=1e-4)


def test_lla_is_savitzky_golay_on_even_spacing():
    u = noisy_sine(0)
    step = T[1] - T[0]
    fit = LlaInterpolator(window=11, degree=2).fit(T, u)
    inside = slice(5, -5)
    for order in (0, 1, 2):
        got = (fit.differentiate(order) if order else fit)(T)
        filtered = savgol_filter(u, 11, 2, deriv=order, delta=step)
        np.testing.assert_allclose(got[inside], filtered[inside], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_automatic_neighborhood_is_near_the_best(method):
    errors = {"automatic": [], "short": [], "long": []}
    for seed in range(10):
        u = noisy_sine(seed)
        for name, factor in (("automatic", 1), ("short", 0.2), ("long", 3)):
            errors[name].append(np.mean((method(factor).fit(T, u)(T) - np.sin(T)) ** 2))
    mean = {name: np.mean(values) for name, values in errors.items()}
    assert mean["automatic"] < 0.5 * mean["short"]
    assert mean["automatic"] < 0.5 * mean["long"]


def test_every_parameter_has_an_effect():
    u = noisy_sine(1)
    u[50] += 2

    def slope(fit):
        return fit.fit(T, u).differentiate(1)(T)

    lowess = [
        LowessInterpolator(span=0.2),
        LowessInterpolator(span=0.4),
        LowessInterpolator(span=0.2, degree=1),
        LowessInterpolator(span=0.2, degree=3),
        LowessInterpolator(span=0.2, robust_iterations=0),
        LowessInterpolator(3, span=0.2),
    ]
    lla = [
        LlaInterpolator(window=41),
        LlaInterpolator(window=61),
        LlaInterpolator(window=41, degree=3),
        LlaInterpolator(2, window=41),
    ]
    slopes = [slope(fit) for fit in lowess + lla]
    for i, one in enumerate(slopes):
        for other in slopes[:i]:
            assert np.max(np.abs(one - other)) > 1e-3


def test_span_and_window_are_shares_and_counts():
    u = noisy_sine(2)
    assert LowessInterpolator(span=0.25).fit(T, u).smoothing_ == pytest.approx(0.25)
    assert LlaInterpolator(window=50).fit(T, u).smoothing_ == pytest.approx(0.25)
    assert LowessInterpolator(2, span=0.25).fit(T, u).smoothing_ == pytest.approx(0.5)


def test_lowess_resists_outliers():
    robust, plain = [], []
    for seed in range(10):
        u = noisy_sine(seed)
        u[np.random.default_rng(seed + 50).choice(T.size, 10, replace=False)] += 3
        fit = LowessInterpolator(span=0.3).fit(T, u)
        robust.append(np.std(fit(T) - np.sin(T)))
        plain.append(
            np.std(LowessInterpolator(span=0.3, robust_iterations=0).fit(T, u)(T) - np.sin(T))
        )
        assert fit.noise_ == pytest.approx(0.05, rel=0.4)
    assert np.mean(robust) < 0.2 * np.mean(plain)


@pytest.mark.parametrize("method", METHODS)
def test_bands_hold_the_truth(method):
    hits = np.zeros(2)
    for seed in range(20):
        fit = method().fit(T, noisy_sine(seed))
        for order, (estimate, truth) in enumerate(
            [(fit, np.sin(T)), (fit.differentiate(1), np.cos(T))]
        ):
            lower, upper = estimate.band(T)
            hits[order] += np.mean((lower <= truth) & (truth <= upper)) / 20
    assert np.all((hits > 0.85) & (hits < 0.995)), hits


@pytest.mark.parametrize("method", METHODS)
def test_units_order_and_duplicates(method):
    t = np.sort(np.random.default_rng(1).uniform(0, 6, 200))
    noise = 0.05 * np.random.default_rng(2).normal(size=400)
    u = np.sin(t) + noise[:200]
    fit = method().fit(t, u)
    shuffled = np.random.default_rng(0).permutation(t.size)
    again = method().fit(1e-3 * t[shuffled] + 5, 10 * u[shuffled] - 2)
    got = again.differentiate(1)(1e-3 * t + 5)
    np.testing.assert_allclose(got, 1e4 * fit.differentiate(1)(t), rtol=1e-4, atol=1)
    twice = method().fit(np.r_[t, t], np.r_[u, np.sin(t) + noise[200:]])
    np.testing.assert_allclose(twice(t), np.sin(t), atol=0.08)


def test_duplicates_count_by_their_number():
    x = np.r_[0.0, 1.0, 2.0, 3.0, 3.0]
    y = np.r_[0.0, 1.0, 0.0, 2.0, 4.0]
    engine = LocalPolynomial(1, "uniform", neighbors=4).fit(x[:, None], y[:, None])
    line = np.polynomial.Polynomial.fit(x, y, 1)
    np.testing.assert_allclose(engine.derivatives(np.array([[1.0]]), 0)[0], line(1.0), rtol=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_several_series_share_a_neighborhood(method):
    u = noisy_sine(4)
    fit = method().fit(T, np.c_[u, 5 * u])
    slope = fit.differentiate(1)(T.reshape(20, 10))
    assert slope.shape == (20, 10, 2)
    np.testing.assert_allclose(slope[..., 1], 5 * slope[..., 0], rtol=1e-9, atol=1e-9)
    assert fit.noise_.shape == (2,)


def test_extrapolation_warns():
    fit = LlaInterpolator().fit(T, np.sin(T))
    with pytest.warns(ExtrapolationWarning, match="1 of 1"):
        fit(7.0)


def test_monomials_are_ordered_by_degree():
    assert monomials(2, 2).tolist() == [[0, 0], [1, 0], [0, 1], [2, 0], [1, 1], [0, 2]]


def test_gradient_and_hessian_in_three_variables():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 3)) * [1, 10, 0.1]
    y = 1 + 2 * X[:, 0] - X[:, 1] + 0.5 * X[:, 0] * X[:, 1] + 3 * X[:, 2] ** 2
    engine = LocalPolynomial(2).fit(X, np.c_[y, -y])
    points = X[:5]
    gradient, deviation = engine.derivatives(points, 1)
    truth = np.c_[2 + 0.5 * points[:, 1], -1 + 0.5 * points[:, 0], 6 * points[:, 2]]
    np.testing.assert_allclose(gradient[..., 0], truth, atol=1e-5)
    np.testing.assert_allclose(gradient[..., 1], -truth, atol=1e-5)
    assert deviation.shape == (5, 3, 2)
    hessian = engine.derivatives(points, 2)[0][..., 0]
    np.testing.assert_allclose(hessian, np.tile([0, 0.5, 0, 0, 0, 6], (5, 1)), atol=1e-3)


@pytest.mark.parametrize("method", METHODS)
def test_repr(method):
    fit = method()
    assert repr(fit).endswith("not fitted>")
    assert "edf" in repr(fit.fit(T, noisy_sine(0)))
