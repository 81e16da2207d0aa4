"""Gradient descent as Taylor sees it: limits of the learning rate, predicted changes, sharpness."""

import numpy as np
import pytest

from calcbook import descent, sharpness


@pytest.mark.parametrize("name", descent.LOSSES)
def test_slopes_and_the_common_curvature(name):
    loss, h = descent.LOSSES[name], 1e-5
    x = np.array([-2.0, 0.3, 1.7])
    assert loss.slope(x) == pytest.approx((loss.value(x + h) - loss.value(x - h)) / (2 * h))
    assert (loss.slope(h) - loss.slope(-h)) / (2 * h) == pytest.approx(1)
    assert loss.value(np.array(0.0)) == pytest.approx(0)


def test_the_limit_on_the_parabola():
    below, above = [
        abs(descent.descend(descent.SAME, share * descent.LIMIT, 1.0, 600)[-1])
        for share in (0.98, 1.02)
    ]
    assert below < 1e-8
    assert above > 1e5 or np.isnan(above)


def test_a_cycle_where_the_loss_gets_flatter():
    path = descent.descend(descent.FLATTER, 1.2 * descent.LIMIT, 1.5, 400)
    assert path[-1] == pytest.approx(-path[-2])
    assert abs(path[-1]) == pytest.approx(0.5 * 1.2 * descent.LIMIT * np.tanh(abs(path[-1])))


def test_the_start_decides_where_the_loss_gets_steeper():
    rate = 0.9 * descent.LIMIT
    edge = np.sqrt(2 / rate - 1)  # where x - rate (x + x³) = -x
    inside, outside = [
        descent.descend(descent.STEEPER, rate, share * edge, 400)[-1] for share in (0.99, 1.01)
    ]
    assert abs(inside) < 1e-6
    assert np.isnan(outside)


NETWORK = sharpness.untrained(3)


def test_the_hessian_is_the_second_derivative_along_a_direction():
    u = np.random.default_rng(0).normal(size=NETWORK.theta.size)
    h = 1e-4
    ahead, behind = (sharpness.loss(NETWORK.moved(s * h * u)) for s in (1, -1))
    second = (ahead - 2 * sharpness.loss(NETWORK) + behind) / h**2
    assert u @ sharpness.hessian(NETWORK) @ u == pytest.approx(second, rel=1e-4)
    assert sharpness.sharpness(NETWORK) >= second / (u @ u)


def test_many_gradients_at_once_are_those_of_each_network():
    networks = [sharpness.untrained(seed) for seed in range(3)]
    found = sharpness.gradients(np.array([network.theta for network in networks]))
    assert found == pytest.approx(np.array([sharpness.gradient(each) for each in networks]))


def test_predicted_changes_are_of_their_orders():
    found = sharpness.changes(NETWORK, [0.01, 0.02])
    first, second = np.abs(found.first - found.actual), np.abs(found.second - found.actual)
    assert np.log2(first[1] / first[0]) == pytest.approx(2, abs=0.1)
    assert np.log2(second[1] / second[0]) == pytest.approx(3, abs=0.2)


def test_a_history_is_that_of_the_run():
    seen = sharpness.histories(1.0, seeds=4, steps=40, every=20)[3]
    assert seen.steps == pytest.approx([0, 20, 40])
    later = sharpness.descended(NETWORK, 1.0, 40)
    assert seen.losses[[0, 2]] == pytest.approx([sharpness.loss(NETWORK), sharpness.loss(later)])
    assert seen.sharpness[2] == pytest.approx(sharpness.sharpness(later))
