"""The stacked trainings: each member trained as if alone, slopes exact, the law really used."""

import numpy as np
import pytest

from calcbook.gradient_check import check_gradient
from calcbook.pinn import losses_and_gradient, train_decay_networks

T = np.linspace(0, 2, 25)
POINTS = np.linspace(0, 5, 25)
READINGS = np.exp(-T) + 0.05 * np.random.default_rng(0).standard_normal(25)


def train(**options):
    settings = {"penalty": [1.0], "rate": [1.0], "steps": 300} | options
    return train_decay_networks(T, settings.pop("u", READINGS), POINTS, **settings)


def test_derivative_is_that_of_the_value():
    networks = train(penalty=[0.0, 1.0], rate=1.0)
    t, h = np.linspace(0.5, 4.5, 9), 0.01
    slope = (networks(t + h) - networks(t - h)) / (2 * h)
    assert networks(t).shape == (2, 9)
    assert networks.derivative(t) == pytest.approx(slope, abs=1e-3)


def test_gradient_is_that_of_the_weighted_losses():
    rng, member, penalty = np.random.default_rng(0), np.array([0.7]), np.array([3.0])
    theta = rng.normal(size=(1, 13))

    def found(point):
        return losses_and_gradient(
            point[None, :-1], T, READINGS[None], POINTS, penalty=penalty, rate=point[-1:]
        )

    def loss(point):
        return (found(point).data + 3.0 * found(point).physics)[0]

    def gradient(point):
        return np.append(found(point).theta[0], found(point).rate)

    assert check_gradient(loss, gradient, np.append(theta[0], member))


def test_members_do_not_influence_each_other():
    # Both ensembles draw the same initial weights and differ in the second member's task alone.
    beside = train(penalty=[1.0, 0.0], rate=[1.0, 1.0])
    other = train(penalty=[1.0, 10.0], rate=[1.0, 1.3])
    assert beside(POINTS)[0] == pytest.approx(other(POINTS)[0], abs=1e-5)
    assert np.abs(beside(POINTS)[1] - other(POINTS)[1]).max() > 0.05


def test_a_heavy_law_is_obeyed_and_a_wrong_one_biases():
    networks = train(penalty=[10.0, 10.0], rate=[1.0, 1.5], steps=800)
    residual = networks.derivative(POINTS) + np.array([[1.0], [1.5]]) * networks(POINTS)
    assert np.sqrt(np.mean(residual**2, axis=1)).max() < 0.1
    error = np.abs(networks(POINTS) - np.exp(-POINTS)).max(axis=1)
    assert error[0] < 0.1
    assert error[1] > 0.15


def test_the_rate_can_be_learned():
    repeated = np.exp(-T) + 0.02 * np.random.default_rng(1).standard_normal((4, 25))
    networks = train(
        u=repeated, penalty=np.ones(4), rate=np.full(4, 0.5), learn_rate=True, steps=1000
    )
    assert networks.rate.mean() == pytest.approx(1.0, abs=0.08)
    assert train(rate=[0.7]).rate == pytest.approx([0.7])


def test_same_seed_same_network():
    assert np.array_equal(train(steps=20)(T), train(steps=20)(T))
    assert not np.array_equal(train(steps=20)(T), train(steps=20, seed=1)(T))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"u": READINGS[:-1]}, "u must have shape"),
        ({"penalty": [-1.0]}, "penalty must not"),
        ({"penalty": np.ones((2, 2))}, "one axis"),
    ],
)
def test_bad_input_is_named(options, message):
    with pytest.raises(ValueError, match=message):
        train(**options)
