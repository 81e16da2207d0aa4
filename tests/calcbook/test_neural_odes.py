"""Adjoints, fits and flows of the page on neural ODEs against closed forms and differences."""

import numpy as np
import pytest

from calcbook import adjoint, continuous_flow, neural_field, pendulum_fit, tape


def decay(u, theta):
    return -theta * (u + tape.Node(0))


def half_square(u):
    return (u * u).sum() * 0.5


@pytest.mark.parametrize("stored", [False, True])
def test_adjoint_of_decay_is_the_closed_form(stored):
    problem = (decay, np.array([0.5]), np.array([2.0]), 1.0, half_square)
    found = adjoint.by_adjoint(*problem, 1e-9, stored=stored)
    assert found.theta == pytest.approx([-4 * np.exp(-1)], rel=1e-7)
    assert found.start == pytest.approx([2 * np.exp(-1)], rel=1e-7)
    assert found.recovered == pytest.approx([2.0], rel=1e-7)


def test_backpropagation_is_exact_for_the_steps_taken():
    problem = (decay, np.array([0.5]), np.array([2.0]), 1.0, half_square)
    found = adjoint.by_backpropagation(*problem, 1e-9)
    assert found.theta == pytest.approx([-4 * np.exp(-1)], rel=1e-7)
    assert found.kept > adjoint.by_adjoint(*problem, 1e-9).kept


def test_only_backpropagation_keeps_more_for_a_tighter_tolerance():
    problem = (decay, np.array([0.5]), np.array([2.0]), 4.0, half_square)
    loose, tight = (adjoint.by_adjoint(*problem, tolerance).kept for tolerance in (1e-3, 1e-8))
    assert loose == tight
    loose, tight = (
        adjoint.by_backpropagation(*problem, tolerance).kept for tolerance in (1e-3, 1e-8)
    )
    assert tight > 2 * loose


@pytest.mark.parametrize(("duration", "tolerance"), [(0, 1e-3), (1, 0)])
def test_solver_names_what_must_be_positive(duration, tolerance):
    with pytest.raises(ValueError, match="must both be positive"):
        adjoint.solve(decay, np.array([0.5]), [1.0], duration, tolerance)


def test_gradient_of_the_pendulum_is_that_of_differences():
    angles = pendulum_fit.noisy_swing(n=401)
    parameters = np.array([0.4, 3.0, 1.8, 0.2])
    _, gradient = pendulum_fit.loss_and_gradient(parameters, angles)
    nudges = 1e-5 * np.eye(4)
    loss = [
        [pendulum_fit.loss_and_gradient(parameters + s * n, angles)[0] for s in (1, -1)]
        for n in nudges
    ]
    assert gradient == pytest.approx(np.subtract(*np.transpose(loss)) / 2e-5, rel=1e-5)


def test_both_fits_find_the_pendulum_without_noise():
    angles = pendulum_fit.noisy_swing(noise=0)
    slopes = pendulum_fit.match_slopes(angles)
    assert slopes[:2] == pytest.approx(pendulum_fit.TRUTH, rel=0.02)
    assert pendulum_fit.match_path(angles, slopes).parameters[:2] == pytest.approx(
        pendulum_fit.TRUTH, rel=1e-4
    )


def test_gradient_of_the_network_is_that_of_differences():
    _, states = neural_field.noisy_spiral()
    pieces = np.stack([states[i : 100 + i : 20] for i in range(5)])
    theta = neural_field.first_weights()
    _, gradient = neural_field.loss_and_gradient(theta, pieces, 0.05)
    for i in (0, 20, 40, 70):
        nudge = 1e-5 * np.eye(theta.size)[i]
        above, below = (
            neural_field.loss_and_gradient(theta + s * nudge, pieces, 0.05)[0] for s in (1, -1)
        )
        assert gradient[i] == pytest.approx((above - below) / 2e-5, rel=1e-5)


def test_network_is_differentiated_by_hand_as_by_the_tape():
    rng = np.random.default_rng(0)
    u, a, theta = rng.normal(size=(7, 2)), rng.normal(size=(7, 2)), neural_field.first_weights()
    states, weights = tape.Node(u), tape.Node(theta)
    inner = weights[: 2 * neural_field.HIDDEN].reshape(2, neural_field.HIDDEN)
    bias = weights[2 * neural_field.HIDDEN : 3 * neural_field.HIDDEN]
    outer = weights[3 * neural_field.HIDDEN :].reshape(neural_field.HIDDEN, 2)
    rate = tape.tanh(states @ inner + bias) @ outer
    by_tape = tape.gradients((rate * a).sum(), [states, weights])
    found, *by_hand = neural_field.pullback(u, theta, a)
    assert found == pytest.approx(rate.value, rel=1e-12)
    for ours, theirs in zip(by_hand, by_tape, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-10, abs=1e-12)


def test_spiral_obeys_its_law():
    t = np.linspace(0, 1, 1001)
    states = neural_field.spiral(t)
    rates = np.gradient(states, t, axis=0)[1:-1]
    assert rates == pytest.approx(states[1:-1] @ neural_field.TURN.T, abs=1e-4)


def test_flow_keeps_its_mass_up_to_the_tolerance():
    grid = continuous_flow.GRID
    off = [abs(continuous_flow.mass(continuous_flow.density(grid, t)[0]) - 1) for t in (1e-3, 1e-8)]
    assert off[1] < 1e-7 < off[0]


def test_exact_log_determinants_keep_the_mass_and_slopes_do_not():
    grid = continuous_flow.GRID
    exact, sloped = (
        continuous_flow.mass(continuous_flow.euler_density(grid, 16, exact=one)) - 1
        for one in (True, False)
    )
    assert abs(exact) < 1e-10 < 0.01 < sloped


def test_euler_wants_a_step():
    with pytest.raises(ValueError, match="`steps` is 0"):
        continuous_flow.euler_density([0.0], 0, exact=True)
