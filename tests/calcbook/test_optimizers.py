"""The landscapes have the derivatives they claim, and the optimizers pay for what they ask."""

import numpy as np
import pytest

from calcbook import optimizers
from calcbook.gradient_check import check_gradient
from calcbook.landscapes import Minibatches, decay_fit, quadratic, rosenbrock, saddle

TIMES = np.linspace(0, 5, 30)
DECAY = decay_fit(TIMES, np.exp(-TIMES) + 0.05 * np.sin(17 * TIMES))
LANDSCAPES = [
    rosenbrock(),
    rosenbrock(100),
    quadratic(50, 7.0),
    saddle(),
    DECAY,
    Minibatches().landscape,
]


@pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda landscape: landscape.name)
def test_gradients_and_hessians_are_derivatives(landscape):
    rng = np.random.default_rng(0)
    for theta in rng.uniform(-2, 2, size=(5, 2)):
        assert check_gradient(landscape.loss, landscape.gradient, theta)
        for i in range(2):
            assert check_gradient(
                lambda p, i=i: landscape.gradient(p)[i],
                lambda p, i=i: landscape.hessian(p)[i],
                theta,
            )


@pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda landscape: landscape.name)
def test_batches_stand_in_front(landscape):
    thetas = np.random.default_rng(1).normal(size=(4, 3, 2))
    assert landscape.loss(thetas).shape == (4, 3)
    assert landscape.gradient(thetas).shape == (4, 3, 2)
    assert landscape.hessian(thetas).shape == (4, 3, 2, 2)
    np.testing.assert_allclose(landscape.hessian(thetas)[1, 2], landscape.hessian(thetas[1, 2]))


@pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda landscape: landscape.name)
def test_lowest_is_lowest(landscape):
    x, y, z = landscape.grid(81)
    assert z.shape == (y.size, x.size)
    assert z.min() >= landscape.lowest
    trace = optimizers.run(optimizers.lbfgs, landscape.loss_and_gradient, landscape.start, 200)
    assert landscape.loss(trace.path[-1]) == pytest.approx(landscape.lowest, abs=1e-10)


def test_batches_estimate_the_gradient_of_all_samples():
    batches = Minibatches(n=100, batch=10, seed=3)
    theta = np.array([0.3, -1.0])
    gradients = [batches.loss_and_gradient(theta)[1] for _ in range(4000)]
    spread = np.std(gradients, axis=0) / np.sqrt(len(gradients))
    error = np.mean(gradients, axis=0) - batches.landscape.gradient(theta)
    assert np.all(np.abs(error) < 4 * spread)
    assert np.all(np.std(gradients, axis=0) > 0.05)


def test_hessian_belongs_to_the_batch_of_the_last_gradient():
    batches = Minibatches(noise=0.0, batch=2)
    theta = np.array([3.0, -2.0])
    gradient = batches.loss_and_gradient(theta)[1]
    best = theta - np.linalg.solve(batches.hessian(theta), gradient)
    np.testing.assert_allclose(best, [0.5, 1.0])


def test_batch_larger_than_the_data_is_refused():
    with pytest.raises(ValueError, match="batch must lie between 2 and n = 5"):
        Minibatches(n=5, batch=6)


def test_wrong_number_of_parameters_is_named():
    with pytest.raises(ValueError, match="last axis must hold 2"):
        rosenbrock().loss(np.zeros(3))


@pytest.mark.parametrize(
    ("optimizer", "options", "price"),
    [
        (optimizers.gradient_descent, {"learning_rate": 0.1}, 1),
        (optimizers.momentum, {"learning_rate": 0.1, "beta": 0.5}, 1),
        (optimizers.adam, {"learning_rate": 0.1}, 1),
        (optimizers.newton, {}, 3),
    ],
)
def test_price_of_a_step(optimizer, options, price):
    calls = []

    def loss_and_gradient(theta):
        calls.append(theta)
        return quadratic().loss_and_gradient(theta)

    trace = optimizers.run(
        optimizer, loss_and_gradient, [1.0, 1.0], 31, hessian=quadratic().hessian, **options
    )
    np.testing.assert_array_equal(trace.spent, np.arange(31 // price + 1) * price)
    assert len(calls) <= 31


def test_line_search_pays_for_every_point():
    calls = []

    def loss_and_gradient(theta):
        calls.append(theta)
        return rosenbrock(100).loss_and_gradient(theta)

    trace = optimizers.run(optimizers.lbfgs, loss_and_gradient, [-1.2, 1.0], 30)
    assert len(calls) == 30
    assert trace.spent[-1] <= 30
    assert len(trace.path) < 30


def test_momentum_follows_its_recurrence():
    landscape = rosenbrock()
    trace = optimizers.run(
        optimizers.momentum,
        landscape.loss_and_gradient,
        [0.3, 0.2],
        5,
        learning_rate=0.01,
        beta=0.7,
    )
    theta, velocity = np.array([0.3, 0.2]), np.zeros(2)
    for visited in trace.path[1:]:
        velocity = 0.7 * velocity + landscape.gradient(theta)
        theta = theta - 0.01 * velocity
        np.testing.assert_allclose(visited, theta)


def test_first_step_of_adam_is_the_learning_rate():
    trace = optimizers.run(
        optimizers.adam, quadratic(1e6).loss_and_gradient, [1.0, 1.0], 1, learning_rate=0.1
    )
    np.testing.assert_allclose(trace.path[1], [0.9, 0.9], rtol=1e-2)


def test_newton_solves_a_quadratic_in_one_step_and_stops_at_a_saddle():
    trace = optimizers.run(
        optimizers.newton, quadratic().loss_and_gradient, [3.0, 1.0], 3, hessian=quadratic().hessian
    )
    np.testing.assert_allclose(trace.path[-1], 0, atol=1e-12)
    landscape = saddle()
    trace = optimizers.run(
        optimizers.newton,
        landscape.loss_and_gradient,
        landscape.start,
        30,
        hessian=landscape.hessian,
    )
    np.testing.assert_allclose(trace.path[-1], 0, atol=1e-12)


def test_diverging_run_ends_finite():
    trace = optimizers.run(
        optimizers.gradient_descent,
        rosenbrock().loss_and_gradient,
        [2.0, -1.0],
        500,
        learning_rate=1.0,
    )
    assert len(trace.path) < 10
    assert np.isfinite(trace.path).all()


def test_bad_input_is_named():
    landscape = quadratic()
    with pytest.raises(ValueError, match="budget must be at least 1"):
        optimizers.run(optimizers.lbfgs, landscape.loss_and_gradient, [1.0, 1.0], 0)
    with pytest.raises(ValueError, match="needs a hessian"):
        optimizers.run(optimizers.newton, landscape.loss_and_gradient, [1.0, 1.0], 10)
    with pytest.raises(ValueError, match="start has shape"):
        optimizers.run(optimizers.lbfgs, landscape.loss_and_gradient, [[1.0, 1.0]], 10)
