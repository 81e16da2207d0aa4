"""The small networks of the page on Taylor's formula have the derivatives they say."""

import numpy as np
import pytest

from calcbook import neuron_loss, wide_network

NUDGES = 1e-5 * np.eye(6)


def central(function, theta):
    return np.array([(function(theta + n) - function(theta - n)) / 2e-5 for n in NUDGES])


def test_gradient_is_that_of_differences():
    theta = np.random.default_rng(0).normal(size=6)
    expected = central(neuron_loss.loss, theta)
    assert neuron_loss.gradient(theta) == pytest.approx(expected, rel=1e-6)


def test_hessian_at_the_saddle_is_the_closed_form():
    mixed = -np.mean(neuron_loss.X * neuron_loss.Y)
    assert neuron_loss.gradient([0, 0]) == pytest.approx([0, 0], abs=1e-15)
    assert neuron_loss.hessian([0, 0]) == pytest.approx(
        np.array([[0, mixed], [mixed, 0]]), abs=1e-8
    )


def test_descent_goes_down():
    path = neuron_loss.descend([0.5, 0.5], 50)
    losses = [neuron_loss.loss(theta) for theta in path]
    assert len(path) == 51
    assert np.all(np.diff(losses) < 0)


def test_jacobian_is_that_of_differences():
    theta = wide_network.first_parameters(2, seed=3)
    x = np.array([-1.0, 0.3, 2.0])
    expected = central(lambda one: wide_network.outputs(one, x), theta).T
    assert wide_network.jacobian(theta, x) == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_wide_networks_follow_their_linear_model_more_closely():
    x = np.linspace(-2, 2, 8)
    apart, moved = [], []
    for width in (16, 1024):
        trained = wide_network.train(width, x, np.sin(2 * x), steps=200)
        apart.append(np.abs(trained.network(x) - trained.linearized(x)).max())
        moved.append(trained.moved)
    assert apart[1] < apart[0] / 2
    assert moved[1] < moved[0] / 4


def test_a_network_has_a_neuron():
    with pytest.raises(ValueError, match="`width` is 0"):
        wide_network.first_parameters(0)
