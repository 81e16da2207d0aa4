"""Running integrals: right, with an error that is one, and safe against swapped arguments."""

import numpy as np
import pytest

from pydelt.integrals import integrate_derivative, integrate_derivative_with_error

T = np.linspace(0, 10, 200)


def test_noise_free_integral_beats_the_trapezoid_rule():
    coarse = np.linspace(0, 10, 60)
    error = np.abs(integrate_derivative(coarse, np.cos(coarse)) - np.sin(coarse))
    steps = np.diff(coarse) * 0.5 * (np.cos(coarse[1:]) + np.cos(coarse[:-1]))
    trapezoid = np.abs(np.r_[0, np.cumsum(steps)] - np.sin(coarse))
    assert error.max() < 1e-5
    assert error.max() < 1e-2 * trapezoid.max()


def test_error_is_the_standard_deviation():
    z = []
    for seed in range(40):
        rate = np.cos(T) + 0.1 * np.random.default_rng(seed).normal(size=T.size)
        integral, error = integrate_derivative_with_error(time=T, derivative=rate)
        assert error[0] == pytest.approx(0, abs=1e-9)
        z.append((integral - np.sin(T))[1:] / error[1:])
    assert 0.85 < np.std(z) < 1.15
    assert 0.91 < np.mean(np.abs(z) < 1.96) < 0.98


def test_initial_value_and_series():
    rates = np.c_[np.cos(T), np.ones_like(T)]
    integral = integrate_derivative(T, rates, initial_value=[1, -1])
    np.testing.assert_allclose(integral, np.c_[1 + np.sin(T), T - 1], atol=1e-6)
    np.testing.assert_allclose(integrate_derivative(T, rates[:, 0], 3), 3 + np.sin(T), atol=1e-6)


def test_unsorted_times_come_back_in_their_order():
    shuffled = np.random.default_rng(0).permutation(T.size)
    got = integrate_derivative(T[shuffled] + 3, np.cos(T)[shuffled])
    np.testing.assert_allclose(got, np.sin(T)[shuffled], atol=1e-6)


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_few_samples(n):
    time = np.arange(n)
    np.testing.assert_allclose(integrate_derivative(time, time), time**2 / 2, atol=1e-9)


def test_smoothing_is_passed_on():
    rate = np.cos(T) + 0.3 * np.random.default_rng(0).normal(size=T.size)
    one, other = integrate_derivative(T, rate), integrate_derivative(T, rate, smoothing=1e6)
    assert np.max(np.abs(one - other)) > 0.05


def test_dropped_samples_still_get_their_integral():
    rate = np.cos(T)
    rate[40:45] = np.nan
    with pytest.raises(ValueError, match=r"derivative has 5 NaN \(first at index 40\)"):
        integrate_derivative(T, rate)
    np.testing.assert_allclose(integrate_derivative(T, rate, nan="drop"), np.sin(T), atol=1e-5)


def test_swapped_arguments_are_caught():
    for time, rate in ((np.sin(T), T), (np.sin(T), T[::-1]), (np.c_[T, T], T)):
        with pytest.raises(ValueError, match=r"swapped. Call it with \(time, derivative\)"):
            integrate_derivative(time, rate)
    integrate_derivative(T[::-1], T)  # both one way: nothing to catch


BAD_STARTS = {
    "too many": ([1, 2], ValueError, r"initial_value must be a number or have shape \(\)"),
    "nan": (np.nan, ValueError, "initial_value has 1 NaN. Give the value at the start"),
    "none": (None, TypeError, "initial_value is None. Give numbers"),
    "text": ("0", TypeError, "initial_value holds text"),
    "complex": (1j, TypeError, "initial_value is complex"),
}


@pytest.mark.parametrize("case", BAD_STARTS)
def test_bad_initial_value(case):
    start, kind, message = BAD_STARTS[case]
    with pytest.raises(kind, match=message):
        integrate_derivative(T, np.cos(T), start)
