"""The little classifier: both gradients against differences, training, errors."""

import numpy as np
import pytest

from calcbook.softmax_network import SoftmaxNetwork, train_softmax_network

RNG = np.random.default_rng(0)
X = RNG.standard_normal((40, 5))
Y = (X[:, 0] * X[:, 1] > 0).astype(int) + (X[:, 2] > 1)
SIZES = (5, 7, 3)
NETWORK = SoftmaxNetwork(RNG.standard_normal(5 * 7 + 7 + 7 * 3 + 3), SIZES)


def test_input_gradient_matches_differences():
    h = 1e-6
    expected = np.column_stack(
        [(NETWORK.losses(X + h * e, Y) - NETWORK.losses(X - h * e, Y)) / (2 * h) for e in np.eye(5)]
    )
    assert NETWORK.input_gradient(X, Y) == pytest.approx(expected, abs=1e-7)


def test_parameter_gradient_matches_differences():
    h = 1e-6
    steps = h * np.eye(len(NETWORK.theta))
    expected = [
        (NETWORK.moved(s).loss(X, Y) - NETWORK.moved(-s).loss(X, Y)) / (2 * h) for s in steps
    ]
    assert NETWORK.parameter_gradient(X, Y) == pytest.approx(np.array(expected), abs=1e-7)


def test_loss_of_zero_parameters_is_the_log_of_the_number_of_classes():
    silent = SoftmaxNetwork(np.zeros_like(NETWORK.theta), SIZES)
    assert silent.loss(X, Y) == pytest.approx(np.log(3))


def test_training_learns_a_rule_that_is_not_linear():
    inputs = np.random.default_rng(1).uniform(-1, 1, (600, 2))
    classes = (inputs[:, 0] * inputs[:, 1] > 0).astype(int)
    network = train_softmax_network(inputs[:400], classes[:400], weight_decay=1e-4, iterations=200)
    assert np.mean(network.predict(inputs[400:]) == classes[400:]) > 0.9


def test_weight_decay_shrinks_the_parameters():
    light, heavy = (train_softmax_network(X, Y, weight_decay=w) for w in (1e-4, 1e-1))
    assert np.linalg.norm(heavy.theta) < 0.5 * np.linalg.norm(light.theta)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"X must have shape \(n, 5\), got \(40, 4\)"):
        NETWORK.predict(X[:, :4])
    with pytest.raises(ValueError, match="y must hold one integer class"):
        train_softmax_network(X, Y[:-1])
    with pytest.raises(ValueError, match="y must hold one integer class"):
        train_softmax_network(X, Y.astype(float))
