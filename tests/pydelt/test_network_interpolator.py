"""The network: exact derivatives of itself, and a fair fit."""

import sys

import numpy as np
import pytest

from pydelt._network import NetworkEnsemble
from pydelt.interpolation import NeuralNetworkInterpolator

T = np.linspace(-2, 2, 120)


@pytest.fixture(scope="module")
def sine():
    u = np.sin(2 * T) + 0.02 * np.random.default_rng(0).normal(size=T.size)
    return NeuralNetworkInterpolator(members=3, hidden=(16, 16)).fit(T, u)


def test_fit_and_derivatives_are_near_the_truth(sine):
    inside = np.abs(T) < 1.8
    assert np.max(np.abs(sine(T) - np.sin(2 * T))) < 0.05
    assert np.max(np.abs(sine.differentiate(1)(T) - 2 * np.cos(2 * T))[inside]) < 0.2


def test_derivatives_are_those_of_the_network(sine):
    h = 1e-4
    slope = (sine(T[1:-1] + h) - sine(T[1:-1] - h)) / (2 * h)
    np.testing.assert_allclose(sine.differentiate(1)(T[1:-1]), slope, atol=1e-5)
    first = sine.differentiate(1)
    bend = (first(T[1:-1] + h) - first(T[1:-1] - h)) / (2 * h)
    np.testing.assert_allclose(sine.differentiate(2)(T[1:-1]), bend, atol=1e-4)


def test_derivatives_in_two_variables_and_two_outputs():
    X = np.random.default_rng(1).normal(size=(150, 2)) * [1, 5]
    y = np.c_[np.sin(X[:, 0]) * X[:, 1], 100 * X[:, 0]]
    net = NetworkEnsemble(hidden=(12,), members=2).fit(X, y)
    points, h = X[:6], 1e-4
    gradient, hessian = net.derivatives(points, 1)[0], net.derivatives(points, 2)[0]
    assert gradient.shape == (6, 2, 2)
    assert hessian.shape == (6, 2, 2, 2)
    for j in range(2):
        step = h * np.eye(2)[j]
        up, down = points + step, points - step
        slope = (net.derivatives(up, 0)[0] - net.derivatives(down, 0)[0]) / (2 * h)
        bend = (net.derivatives(up, 1)[0] - net.derivatives(down, 1)[0]) / (2 * h)
        np.testing.assert_allclose(gradient[..., j], slope, rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(hessian[..., j], bend, rtol=1e-3, atol=1e-3)


def test_every_parameter_has_an_effect():
    u = np.sin(2 * T)
    settings = [
        {},
        {"smoothing": 1e5},
        {"hidden": (4,)},
        {"members": 1},
        {"seed": 7},
    ]
    fits = [
        NeuralNetworkInterpolator(**{"members": 2, "hidden": (8,), **extra}).fit(T, u)(T)
        for extra in settings
    ]
    for i, one in enumerate(fits):
        for other in fits[:i]:
            assert np.max(np.abs(one - other)) > 1e-6
    assert np.std(fits[1]) < 0.5 * np.std(fits[0])  # much weight decay flattens


def test_same_seed_same_fit():
    fits = [NeuralNetworkInterpolator(members=2, hidden=(8,)).fit(T, T**2)(T) for _ in range(2)]
    np.testing.assert_array_equal(*fits)


def test_spread_is_offered_and_a_band_refused(sine):
    spread = sine.spread(T, order=1)
    assert spread.shape == T.shape
    assert np.all(spread >= 0)
    assert spread.max() > 0
    with pytest.raises(NotImplementedError, match=r"no band.*spread"):
        sine.differentiate(1).band(T)
    with pytest.raises(ValueError, match=r"order must be.*from 1 to 2"):
        sine.differentiate(3)


def test_missing_scikit_learn_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.neural_network", None)
    with pytest.raises(ImportError, match="pip install scikit-learn"):
        NeuralNetworkInterpolator().fit(T, T)


def test_several_series():
    fit = NeuralNetworkInterpolator(members=1, hidden=(8,)).fit(T, np.c_[T, T**2])
    assert fit(T.reshape(12, 10)).shape == (12, 10, 2)
    assert fit.differentiate(1)(0.5).shape == (2,)
