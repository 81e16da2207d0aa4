"""Estimates: shapes of answers, bands, and the reason where there is none."""

import numpy as np
import pytest

from pydelt import Estimate, NumberEstimate
from pydelt._estimate import band_factor


def line(**options):
    return Estimate(lambda t: 2 * t, lambda t: 0 * t + 0.1, name="line", method="hand", **options)


def test_call_std_and_band():
    estimate = line()
    points = np.array([[0.0, 1.0], [2.0, 3.0]])
    np.testing.assert_allclose(estimate(points), 2 * points)
    np.testing.assert_allclose(estimate.std(points), 0.1)
    lower, upper = estimate.band(points, level=0.95)
    np.testing.assert_allclose(upper - estimate(points), 0.1 * 1.959964, rtol=1e-6)
    np.testing.assert_allclose(upper + lower, 2 * estimate(points))


def test_few_degrees_of_freedom_widen_the_band():
    assert band_factor(0.95) == pytest.approx(1.959964)
    assert band_factor(0.95, 5) == pytest.approx(2.570582)
    lower, upper = line(degrees_of_freedom=5).band([0.0])
    assert upper - lower == pytest.approx(0.2 * 2.570582)


def test_no_std_says_why():
    silent = Estimate(lambda t: t, name="line", method="hand", no_std="nobody measured")
    for question in (silent.std, silent.band):
        with pytest.raises(NotImplementedError, match=r"line by hand has no std.*nobody measured"):
            question([1.0])
    assert ".band" in repr(line())
    assert ".band" not in repr(silent)


def test_check_sees_every_query_once():
    seen = []

    def check(points):
        seen.append(points)
        return np.asarray(points)

    line(check=check).band([1.0])
    assert len(seen) == 1


def test_number_estimate():
    number = NumberEstimate(2.0, 0.5)
    assert float(number) == 2.0
    assert number.band() == pytest.approx((2 - 0.979982, 2 + 0.979982))
    lower, upper = NumberEstimate(np.array([1.0, 2.0]), np.array([0.1, 0.2])).band(0.5)
    np.testing.assert_allclose(upper - lower, [0.13490, 0.26980], rtol=1e-4)
