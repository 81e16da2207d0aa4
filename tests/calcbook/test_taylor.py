"""Taylor polynomials with their bounds, from formulas, from data, along rays of a model."""

import numpy as np
import pytest
from scipy.special import expit

from calcbook import taylor, taylor_suspects, trust
from calcbook import taylor_from_data as from_data

NAMES = list(taylor.FUNCTIONS)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("k", range(1, 13))
def test_each_coefficient_is_the_derivative_of_the_one_before(name, k):
    f, a, h = taylor.FUNCTIONS[name], np.array([-1.3, 0.2, 2.1]), 1e-4
    slope = (f.coefficient(a + h, k - 1) - f.coefficient(a - h, k - 1)) / (2 * h)
    assert f.coefficient(a, k) * k == pytest.approx(slope, rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("name", NAMES)
def test_the_first_coefficient_is_the_value(name):
    f, a = taylor.FUNCTIONS[name], np.linspace(-2, 2, 5)
    assert f.coefficient(a, 0) == pytest.approx(f.value(a))


def test_the_sigmoid_keeps_its_digits_at_high_orders():
    sigmoid = taylor.FUNCTIONS["sigmoid"]
    # sigma(x) = 1/2 + tanh(x/2)/2, whose nearest poles give 2 (-1)^m / pi^(k + 1) for odd k.
    for k in (21, 41):
        assert abs(float(sigmoid.coefficient(0.0, k))) * np.pi ** (k + 1) == pytest.approx(2)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("order", [0, 1, 2, 5])
def test_the_error_is_of_its_order_and_within_the_bound(name, order):
    f, a = taylor.FUNCTIONS[name], 0.7
    h = np.array([0.02, 0.04])
    error = np.abs(f.value(a + h) - taylor.polynomial(f, a, order)(a + h))
    if error[0] > 1e-12:
        assert np.log2(error[1] / error[0]) == pytest.approx(order + 1, abs=0.1)
    far = np.linspace(-3, 3, 61)
    missed = np.abs(f.value(far) - taylor.polynomial(f, a, order)(far))
    bound = taylor.lagrange_bound(f, a, order, far)
    assert np.all(missed <= bound * (1 + 1e-3) + 1e-15)
    assert np.median((missed / bound)[np.abs(far - a) > 0.1]) > 0.05  # it is no idle bound


@pytest.mark.parametrize("name", ["sigmoid", "1/(1 + x²)"])
def test_the_series_turns_at_the_radius(name):
    f, a = taylor.FUNCTIONS[name], 1.0
    radius = f.radius(a)

    def error(share, order):
        x = a + share * radius
        return abs(float(f.value(x) - taylor.polynomial(f, a, order)(x)))

    assert error(0.9, 40) < error(0.9, 20)
    assert error(1.1, 40) > error(1.1, 20)


def test_bad_orders_are_named():
    with pytest.raises(ValueError, match="`order` is -1: give 0 for the value"):
        taylor.polynomial(taylor.FUNCTIONS["sin x"], 0, -1)


def test_derivatives_from_samples_without_noise():
    values, _ = from_data.estimated_derivatives(from_data.series(0.0), 2.0)
    assert values == pytest.approx(from_data.true_coefficients(2.0), abs=1e-3)


def test_a_forecast_of_a_polynomial_is_exact():
    derivatives = np.array([1.0, -2.0, 6.0, 12.0])  # of 1 - 2t + 3t² + 2t³
    ahead = np.array([0.5, 2.0])
    assert from_data.forecast(derivatives, 3, ahead) == pytest.approx([1.0, 25.0])
    assert from_data.forecast(derivatives, 1, ahead) == pytest.approx([0.0, -3.0])
    assert from_data.forecast(derivatives, 0, ahead) == pytest.approx([1.0, 1.0])


def test_noise_lowers_the_best_order():
    best = [from_data.forecast_errors(noise)[:, 19].argmin() for noise in (0, 0.01, 0.05)]
    assert best == [3, 2, 1]


class Wave:
    """sin(a) e^b, as a model with derivatives."""

    def __call__(self, X, /):
        a, b = np.asarray(X, dtype=float).T
        return np.sin(a) * np.exp(b)

    def gradient(self, X, /):
        a, b = np.asarray(X, dtype=float).T
        return np.column_stack([np.cos(a), np.sin(a)]) * np.exp(b)[:, None]

    def hessian(self, X, /):
        a, b = np.asarray(X, dtype=float).T
        s, c = np.sin(a), np.cos(a)
        return np.exp(b)[:, None, None] * np.array([[[-s[0], c[0]], [c[0], s[0]]]])


def test_orders_along_a_ray():
    ray = trust.along(Wave(), [0.3, 0.1], [0.6, -0.8])
    s = np.array([0.01, 0.02])
    for order in trust.ORDERS:
        error = np.abs(ray.value(s) - ray.taylor(order, s))
        assert np.log2(error[1] / error[0]) == pytest.approx(order + 1, abs=0.05)


def test_the_radius_of_trust_is_where_the_error_first_exceeds_the_tolerance():
    ray = trust.along(Wave(), [0.0, 0.0], [1.0, 0.0])  # sin s, tangent s
    radius = trust.radius_of_trust(ray, 1, 0.01, 2.0, points=20_001)
    assert radius - np.sin(radius) == pytest.approx(0.01, rel=1e-3)
    assert trust.radius_of_trust(ray, 1, 0.01, 0.1) == 0.1
    with pytest.raises(ValueError, match="`tolerance` must be above 0"):
        trust.radius_of_trust(ray, 1, 0.0, 1.0)
    with pytest.raises(ValueError, match="`point` and `direction` must both have shape"):
        trust.along(Wave(), [0.0, 0.0], [1.0])


def test_each_suspect_has_its_fault_and_no_other():
    aslant, axis = np.array([1.0, 1.0, -0.5]), np.array([1.0, 0.0, 0.0])

    def power(polynomial, direction):
        errors = [
            abs(
                polynomial(h * direction)
                - taylor_suspects.f(taylor_suspects.CENTER + h * direction)
            )
            for h in (0.01, 0.005)
        ]
        return round(np.log2(errors[0] / errors[1]))

    expected = {
        "nothing": (3, 3),
        "value of another point": (0, 0),
        "gradient of another point": (1, 1),
        "half forgotten": (2, 2),
        "mixed derivatives forgotten": (2, 3),
    }
    for fault, polynomial in zip(
        taylor_suspects.faults(), taylor_suspects.polynomials().values(), strict=True
    ):
        assert (power(polynomial, aslant), power(polynomial, axis)) == expected[fault]


def test_the_largest_bend_of_the_sigmoid_is_as_the_exercise_says():
    x = np.linspace(-5, 5, 100_001)
    bend = 2 * taylor.FUNCTIONS["sigmoid"].coefficient(x, 2)
    assert bend.max() == pytest.approx(1 / (6 * np.sqrt(3)), rel=1e-6)
    assert expit(0.79) < 0.5 + 0.79 / 4  # and the tangent lies above
