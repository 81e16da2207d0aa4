"""Properties that hold for any data: shapes, types, finiteness, linearity, bands, additivity."""

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from pydelt import ExtrapolationWarning, UndersampledWarning
from pydelt.finite_difference import finite_difference, finite_difference_weights
from pydelt.interpolation import LlaInterpolator, LowessInterpolator, SplineInterpolator
from pydelt.multivariate import MultivariateDerivatives

# the same examples in every run, so that a red test stays red until it is mended
few = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
pytestmark = [
    pytest.mark.filterwarnings(f"ignore::pydelt.{kind.__name__}")
    for kind in (ExtrapolationWarning, UndersampledWarning)
]

numbers = st.floats(-1e6, 1e6).map(lambda value: round(value, 6))
seeds = st.integers(0, 2**16)
METHODS = st.sampled_from([SplineInterpolator, LowessInterpolator, LlaInterpolator])


@st.composite
def samples(draw, most_series=3):
    """Positions with ties, gaps and clusters in any order, and values of one or several series."""
    count = draw(st.integers(8, 40))
    x = draw(npst.arrays(float, count, elements=st.integers(-300, 300).map(lambda k: k / 16)))
    assume(len(np.unique(x)) >= 8)
    shape = draw(st.sampled_from([(count,), *((count, k) for k in range(1, most_series + 1))]))
    return x, draw(npst.arrays(float, shape, elements=numbers))


@few
@given(samples(), METHODS, npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4), seeds)
def test_answers_are_finite_float64_of_the_shape_of_points_and_series(data, method, shape, seed):
    x, y = data
    fit = method().fit(x, y)
    points = np.random.default_rng(seed).uniform(x.min() - 1, x.max() + 1, shape)
    for order in (0, 1, 2):
        estimate = fit.differentiate(order) if order else fit
        value, std, (lower, upper) = (
            ask(points) for ask in (estimate, estimate.std, estimate.band)
        )
        for answer in (value, std, lower, upper):
            assert np.shape(answer) == shape + y.shape[1:]
            assert np.asarray(answer).dtype == np.float64
            assert np.all(np.isfinite(answer))
        assert np.all(std >= 0)
        assert np.all((lower <= value) & (value <= upper))


@few
@given(samples(), METHODS, st.floats(0.01, 0.9), st.floats(0.01, 0.09))
def test_a_wider_level_holds_the_narrower_band(data, method, level, more):
    x, y = data
    slope = method().fit(x, y).differentiate(1)
    lower, upper = slope.band(x, level)
    wider_lower, wider_upper = slope.band(x, level + more)
    assert np.all((wider_lower <= lower) & (upper <= wider_upper))


@few
@given(samples(), METHODS)
def test_findings_after_fit_make_sense(data, method):
    x, y = data
    fit = method().fit(x, y)
    assert np.shape(fit.noise_) == y.shape[1:]
    assert np.all(np.asarray(fit.noise_) >= 0)
    assert 0 < fit.edf_ <= len(np.unique(x)) * (1 + 1e-9)
    assert fit.smoothing_ > 0
    assert "fitted" in repr(fit)


def fixed(method):
    """The same linear map of the values whatever they are: nothing is chosen from them."""
    if method is LowessInterpolator:
        return LowessInterpolator(span=0.6, robust_iterations=0)
    if method is LlaInterpolator:
        return LlaInterpolator(window=7)
    return SplineInterpolator(0)


@few
@given(samples(1), METHODS, seeds, st.floats(0.5, 3), st.floats(-3, -0.5))
def test_at_a_fixed_smoothing_fit_and_slope_are_linear_in_the_values(data, method, seed, a, b):
    x, y = data
    rng = np.random.default_rng(seed)
    one, other = rng.normal(size=(2, *y.shape))
    points = rng.uniform(x.min(), x.max(), 20)
    # Between close samples a curve through all of them may swing far, and rounding with it.
    sites = np.unique(x)
    between = [sites[:-1] + share * np.diff(sites) for share in (0.2, 0.5, 0.8)]
    points = np.concatenate([points, *between])
    for order in (0, 1):

        def answer(values, order=order):
            fit = fixed(method).fit(x, values)
            return (fit.differentiate(order) if order else fit)(points)

        mixed, parts = answer(a * one + b * other), (a * answer(one), b * answer(other))
        scale = 1 + max(np.abs(part).max() for part in parts)
        np.testing.assert_allclose(mixed / scale, sum(parts) / scale, atol=1e-5)


@few
@given(samples(), st.tuples(numbers, numbers, numbers))
def test_integrals_add_up_change_sign_and_differentiate_back(data, limits):
    x, y = data
    fit = SplineInterpolator().fit(x, y)
    a, b, c = (np.interp(limit, [-1e6, 1e6], [x.min(), x.max()]) for limit in limits)
    scale = (1 + np.abs(y).max()) * np.ptp(x)
    whole, first, second = fit.integrate(a, c), fit.integrate(a, b), fit.integrate(b, c)
    total = np.asarray(first.value) + second.value
    np.testing.assert_allclose(np.asarray(whole.value) / scale, total / scale, atol=1e-9)
    back = np.asarray(fit.integrate(c, a).value)
    np.testing.assert_allclose(back / scale, -np.asarray(whole.value) / scale, atol=1e-9)
    np.testing.assert_allclose(fit.integrate(b, b).std / scale, 0, atol=1e-6)
    assert np.all(np.asarray(whole.std) >= 0)
    assert np.all(whole.std <= np.asarray(first.std) + second.std + 1e-7 * scale)
    nodes, weights = np.polynomial.legendre.leggauss(4)
    edges = np.linspace(a, c, 400)
    half = np.diff(edges)[:, None] / 2
    values = fit(edges[:-1, None] + half * (nodes + 1))
    area = np.einsum("ij,ij...->...", half * weights, values)
    np.testing.assert_allclose(area / scale, np.asarray(whole.value) / scale, atol=1e-5)


@few
@given(samples(1), st.integers(1, 3))
def test_a_derivative_integrates_back_to_the_differences_of_the_fit(data, order):
    x, y = data
    fit = SplineInterpolator().fit(x, y.ravel())
    upper, lower = fit.differentiate(order), fit.differentiate(order - 1) if order > 1 else fit
    nodes, weights = np.polynomial.legendre.leggauss(8)
    edges = np.linspace(x.min(), x.max(), 300)
    half = np.diff(edges)[:, None] / 2
    steps = np.sum(half * weights * upper(edges[:-1, None] + half * (nodes + 1)), axis=1)
    values = lower(edges)
    scale = 1e-300 + np.abs(values).max()
    np.testing.assert_allclose(np.diff(values) / scale, steps / scale, atol=1e-5)


@few
@given(st.integers(2, 9), st.integers(0, 4), seeds)
def test_difference_weights_sum_to_the_derivative_of_one_and_follow_the_units(size, order, seed):
    assume(order < size)
    rng = np.random.default_rng(seed)
    nodes = np.cumsum(0.5 + rng.random(size)) - 2
    weights = finite_difference_weights(nodes, order=order)
    assert weights.shape == (size,)
    scale = np.abs(weights).max()
    assert weights.sum() == pytest.approx(1.0 if order == 0 else 0.0, abs=1e-9 * scale)
    assert weights @ nodes == pytest.approx(1.0 if order == 1 else 0.0, abs=1e-8 * scale)
    scaled = finite_difference_weights(1e3 * nodes + 5, 5, order)
    np.testing.assert_allclose(scaled * 1e3**order, weights, atol=1e-8 * scale)


@few
@given(st.integers(1, 3), st.integers(1, 4), st.integers(1, 3), seeds)
def test_differences_are_linear_and_keep_the_shape(order, accuracy, series, seed):
    rng = np.random.default_rng(seed)
    x = np.cumsum(0.1 + rng.random(20))
    one, other = rng.normal(size=(2, 20, series))

    def differences(y):
        return finite_difference(y, x, order=order, accuracy=accuracy)

    mixed, parts = differences(2 * one - 3 * other), 2 * differences(one) - 3 * differences(other)
    assert mixed.shape == one.shape
    np.testing.assert_allclose(mixed, parts, atol=1e-9 * np.abs(parts).max())


@settings(few, max_examples=12)
@given(
    st.integers(1, 3),
    st.integers(0, 3),
    st.integers(0, 5),
    METHODS,
    seeds,
)
def test_shapes_and_finiteness_in_several_variables(dimension, outputs, queries, method, seed):
    rng = np.random.default_rng(seed)
    points = np.round(rng.normal(size=(40, dimension)), 2)
    y = rng.normal(size=(40, outputs) if outputs else 40)
    fit = MultivariateDerivatives(method).fit(points, y)
    asked = 0.5 * points[:queries]
    axes = (dimension,)
    shape = (queries, *y.shape[1:])
    for estimate, expected in [
        (fit, shape),
        (fit.gradient(), shape + axes),
        (fit.hessian(), shape + axes * 2),
        (fit.laplacian(), shape),
        (fit.jacobian(), (queries, outputs or 1, dimension)),
    ]:
        value, std, (lower, upper) = (ask(asked) for ask in (estimate, estimate.std, estimate.band))
        assert value.shape == std.shape == expected
        assert np.all(np.isfinite(value))
        assert np.all(std >= 0)
        assert np.all((lower <= value) & (value <= upper))
