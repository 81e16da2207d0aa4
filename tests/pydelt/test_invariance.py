"""What must not matter: units, origins, the order of samples, what company a series keeps."""

import numpy as np
import pytest

from pydelt import integrate_derivative_with_error
from pydelt.finite_difference import finite_difference
from pydelt.interpolation import (
    LlaInterpolator,
    LowessInterpolator,
    NeuralNetworkInterpolator,
    SplineInterpolator,
)
from pydelt.multivariate import MultivariateDerivatives

RNG = np.random.default_rng(0)
N = 150
X = np.sort(RNG.uniform(0, 2, N))
Y = np.sin(4 * X) + 0.05 * RNG.normal(size=N)
QUERY = np.linspace(X[0], X[-1], 41)[1:-1]
METHODS = {
    "spline": SplineInterpolator,
    "spline of order 3": lambda: SplineInterpolator(penalty_order=3),
    "rough": lambda: SplineInterpolator(0.1),
    "interpolating": lambda: SplineInterpolator(0),
    "robust": lambda: SplineInterpolator(robust=True),
    "lowess": LowessInterpolator,
    "lla": LlaInterpolator,
}
ORDERS = (0, 1, 2)


# an interpolant magnifies rounding where samples crowd
TOLERANCE = {"interpolating": 1e-4}


@pytest.fixture(params=METHODS)
def name(request):
    return request.param


@pytest.fixture
def method(name):
    return METHODS[name]


@pytest.fixture
def rtol(name):
    return TOLERANCE.get(name, 1e-6)


def answers(fit, points):
    """Values and deviations (where the method has them) of all orders: rows (order, points)."""
    estimates = [fit, *(fit.differentiate(order) for order in ORDERS[1:])]
    values = np.array([estimate(points) for estimate in estimates])
    return values, np.array([estimate.std(points) for estimate in estimates])


def assert_same(one, other, rtol):
    for a, b in zip(one, other, strict=True):
        scale = np.abs(b).max(axis=1, keepdims=True)
        np.testing.assert_allclose(a / scale, b / scale, atol=rtol)


@pytest.mark.parametrize(
    ("a", "b"),
    [(1e-9, 0), (1e9, 0), (-1, 0), (-3e-4, 7), (1e9, 1.7e9), (86400, 1.7e9), (1e-3, 1)],
)
def test_unit_and_origin_of_x_do_not_matter(method, a, b, rtol):
    values, deviations = answers(method().fit(X, Y), QUERY)
    x = a * X + b
    lost = np.spacing(abs(b)) / np.ptp(x)  # what the origin costs in digits of x
    got = answers(method().fit(x, Y), np.clip(a * QUERY + b, x.min(), x.max()))
    units = float(a) ** np.array(ORDERS)[:, None]
    tolerance = max(rtol, 1e4 * lost)
    assert_same((got[0] * units, got[1] * np.abs(units)), (values, deviations), tolerance)


@pytest.mark.parametrize(("c", "d"), [(1e-9, 0), (1e9, 0), (-2, 0), (5, 1e6), (1e-3, -7e3)])
def test_unit_and_origin_of_y_do_not_matter(method, c, d, rtol):
    values, deviations = answers(method().fit(X, Y), QUERY)
    got = answers(method().fit(X, c * Y + d), QUERY)
    values = c * values
    values[0] += d
    tolerance = max(rtol, 1e5 * np.spacing(abs(d)) / abs(c))
    assert_same((got[0][1:], got[1]), (values[1:], abs(c) * deviations), tolerance)
    np.testing.assert_allclose(got[0][0] - d, values[0] - d, atol=2 * tolerance * abs(c))


def test_order_of_the_samples_does_not_matter(method):
    shuffled = np.random.default_rng(1).permutation(N)
    one, other = (answers(method().fit(X[o], Y[o]), QUERY) for o in (np.arange(N), shuffled))
    assert_same(one, other, 1e-12)


def test_order_of_samples_at_the_same_place_does_not_matter():
    x = np.repeat(X[::3], 3)
    for name in ("spline", "lowess", "lla"):
        fits = [METHODS[name]().fit(x[o], Y[o]) for o in (np.arange(N), np.arange(N)[::-1])]
        assert_same(*(answers(fit, QUERY) for fit in fits), 1e-7)


@pytest.mark.parametrize("name", ["spline", "spline of order 3", "rough", "interpolating"])
def test_a_polynomial_below_the_penalized_derivative_is_added_exactly(name):
    plain = METHODS[name]().fit(X, Y)
    order = 3 if name == "spline of order 3" else 4
    for degree in range(order):
        added = np.polynomial.Polynomial([0.3, -1.0, 0.5, 2.0][: degree + 1])
        fit = METHODS[name]().fit(X, Y + added(X))
        values, deviations = answers(plain, QUERY)
        for each in ORDERS:
            values[each] += added.deriv(each)(QUERY) if each else added(QUERY)
        assert_same(answers(fit, QUERY), (values, deviations), 1e-5)
        assert fit.edf_ == pytest.approx(plain.edf_, rel=1e-5)


@pytest.mark.parametrize("method_of_degree", [LowessInterpolator, LlaInterpolator])
@pytest.mark.parametrize("degree", [1, 2, 3])
def test_local_polynomials_add_a_polynomial_of_their_degree_exactly(method_of_degree, degree):
    added = np.polynomial.Polynomial([0.3, -1.0, 0.5, 2.0][: degree + 1])
    options = {"degree": degree} | (
        {"span": 0.3, "robust_iterations": 0}
        if method_of_degree is LowessInterpolator
        else {"window": 31}
    )
    plain = method_of_degree(**options).fit(X, Y)
    fit = method_of_degree(**options).fit(X, Y + added(X))
    for order in range(1, degree + 1):
        expected = plain.differentiate(order)(QUERY) + added.deriv(order)(QUERY)
        np.testing.assert_allclose(fit.differentiate(order)(QUERY), expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", ["spline", "rough", "interpolating", "lowess", "lla"])
def test_equal_series_fitted_at_once_are_each_fitted_alone(name):
    one, many = METHODS[name]().fit(X, Y), METHODS[name]().fit(X, np.c_[Y, Y, -10 * Y])
    values, deviations = answers(one, QUERY)
    together, spread = answers(many, QUERY)
    for series, factor in enumerate((1, 1, -10)):
        got = together[..., series], spread[..., series]
        assert_same(got, (factor * values, abs(factor) * deviations), 1e-6)
    np.testing.assert_allclose(many.noise_, one.noise_ * np.array([1, 1, 10]), rtol=1e-6)


def test_several_variables_do_not_depend_on_origins_or_rows():
    points = RNG.uniform(-1, 1, (80, 2))
    y = np.sin(2 * points[:, 0]) * points[:, 1] + 0.05 * RNG.normal(size=80)
    order = RNG.permutation(80)
    scale, shift = np.array([1e-6, 1e4]), np.array([3.0, 1.7e9])
    for kind in (SplineInterpolator, LowessInterpolator, LlaInterpolator):
        plain = MultivariateDerivatives(kind).fit(points, y).gradient()(points / 2)
        moved = MultivariateDerivatives(kind).fit((points * scale + shift)[order], y[order])
        got = moved.gradient()(points / 2 * scale + shift) * scale
        np.testing.assert_allclose(got, plain, atol=0.02 * np.abs(plain).max())


def test_a_network_does_not_know_units():
    """Powers of two, so that not even rounding differs: training would follow it elsewhere."""
    network = NeuralNetworkInterpolator(members=2, hidden=(6,))
    plain = [fit(QUERY) for fit in (network.fit(X, Y), network.differentiate(1))]
    a, c = 2.0**-30, 2.0**20
    scaled = [fit(a * QUERY) for fit in (network.fit(a * X, c * Y), network.differentiate(1))]
    np.testing.assert_allclose(scaled[0], c * plain[0], rtol=1e-9)
    np.testing.assert_allclose(scaled[1], c / a * plain[1], rtol=1e-9)


@pytest.mark.parametrize(("a", "b"), [(1e-9, 0), (1e9, 1.7e9), (-1e4, 3)])
def test_differences_and_running_integrals_keep_their_units(a, b):
    x = a * X + b
    # an origin far away costs digits of the spacing, the smallest spacing the most
    tolerance = 1e-6 + 1e3 * np.spacing(abs(b)) / np.abs(np.diff(x)).min()
    slope = finite_difference(Y, X)
    np.testing.assert_allclose(a * finite_difference(Y, x), slope, atol=tolerance * np.ptp(slope))
    (one, error), (other, spread) = (integrate_derivative_with_error(t, Y) for t in (X, x))
    if a < 0:  # the integral then starts at the other end
        other = other - other[0]
    else:
        np.testing.assert_allclose(spread / a, error, atol=1e-5 * error.max())
    np.testing.assert_allclose(other / a, one, atol=1e-5 * np.ptp(one))
