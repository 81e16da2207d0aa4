"""Bias and variance: the exact ones are those that many data sets show."""

import numpy as np
import pytest

from calcbook.bias_variance import WINDOWS, pulse, smoothers, trade
from calcbook.data import noisy_decay
from pydelt.interpolation import LlaInterpolator

NOISE = 0.1


@pytest.fixture(scope="module")
def costs():
    return trade(pulse(), NOISE)


def test_the_pulse_has_its_derivative():
    samples = pulse(n=2001, noise=0)
    assert np.gradient(samples.truth, samples.t)[1:-1] == pytest.approx(
        samples.derivative[1:-1], abs=1e-4
    )
    assert np.array_equal(samples.u, samples.truth)
    assert np.std(pulse(n=5000, noise=0.3).u - pulse(n=5000).truth) == pytest.approx(0.3, rel=0.05)


@pytest.mark.parametrize("window", [3, 17, 61])
def test_the_matrices_are_the_smoother(window):
    samples = pulse(n=80, seed=3)
    value, slope = smoothers(samples.t, window)
    fit = LlaInterpolator(window=window, degree=1).fit(samples.t, samples.u)
    assert value @ samples.u == pytest.approx(fit(samples.t))
    assert slope @ samples.u == pytest.approx(fit.differentiate()(samples.t))


@pytest.mark.parametrize("window", [9, 33])
def test_many_data_sets_show_the_same_errors(costs, window):
    here = WINDOWS.index(window)
    value, slope = smoothers(pulse().t, window)
    draws = np.array([pulse(noise=NOISE, seed=seed).u for seed in range(2000)]).T
    for matrix, truth, errors in (
        (value, pulse().truth, costs.value),
        (slope, pulse().derivative, costs.derivative),
    ):
        estimates, size = matrix @ draws, np.mean(truth**2)
        variance = np.mean(np.var(estimates, axis=1)) / size
        bias2 = np.mean((estimates.mean(axis=1) - truth) ** 2) / size
        assert variance == pytest.approx(errors.variance[here], rel=0.05)
        # The mean of the draws has an error of its own.
        assert bias2 - variance / 2000 == pytest.approx(errors.bias2[here], rel=0.1, abs=4e-5)
        total = np.mean((estimates - truth[:, None]) ** 2) / size
        assert total == pytest.approx(errors.total[here], rel=0.05)


def test_a_wider_window_has_more_bias_and_less_variance(costs):
    for errors in (costs.value, costs.derivative):
        assert np.all(np.diff(errors.bias2) > 0)
        assert np.all(np.diff(errors.variance) < 0)


def test_the_slope_wants_a_wider_window_than_the_value(costs):
    assert costs.best("value") < costs.best("derivative")
    at_value = costs.derivative.total[WINDOWS.index(costs.best("value"))]
    assert np.sqrt(at_value / np.min(costs.derivative.total)) > 1.5


def test_a_straight_signal_has_no_bias():
    samples = noisy_decay(n=30)._replace(truth=np.linspace(1, 2, 30), derivative=np.full(30, 0.2))
    line = samples._replace(t=np.linspace(0, 5, 30))
    parts = trade(line, 0.1, windows=(5, 11))
    assert parts.value.bias2 == pytest.approx(0, abs=1e-20)
    assert parts.derivative.bias2 == pytest.approx(0, abs=1e-20)
