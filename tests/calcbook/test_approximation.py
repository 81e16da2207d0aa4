"""What stands in for a function: interpolants, networks, splines; and surrogates of a model."""

import numpy as np
import pytest

from calcbook import interpolation_race as race
from calcbook import relu_networks, rotor, smoothing_rates, tape
from calcbook.local_surrogate import explain
from calcbook.tanh_network import TanhNetwork, fit_tanh_network

RNG = np.random.default_rng(0)


def test_a_polynomial_is_reproduced_with_its_derivatives():
    p = np.polynomial.Polynomial([1, -2, 0.5, 3])
    x = np.array([-1.0, -0.2, 0.4, 0.9, 1.3])
    through = race.PolynomialThrough(x, p(x))
    at = np.linspace(-1, 1.3, 11)
    assert through(at) == pytest.approx(p(at))
    assert through(x) == pytest.approx(p(x), abs=0)
    assert through.derivative()(at) == pytest.approx(p.deriv()(at))
    assert through.derivative().derivative()(at) == pytest.approx(p.deriv(2)(at))


def test_many_even_nodes_are_evaluated_stably():
    # The Lebesgue constant of 40 even nodes is about 2e9: the second barycentric form would lose
    # nine digits of a polynomial of low degree.
    x = race.even_nodes(40)
    at = np.linspace(-1, 1, 301)
    assert race.PolynomialThrough(x, x**3)(at) == pytest.approx(at**3, abs=1e-4)


def test_bad_nodes_are_named():
    with pytest.raises(ValueError, match="two entries of `x` are equal"):
        race.PolynomialThrough([0.0, 1.0, 1.0], [1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="`x` and `u` must both have shape"):
        race.PolynomialThrough([0.0, 1.0], [1.0])
    with pytest.raises(ValueError, match="`n` is 1: give at least 2 nodes"):
        race.even_nodes(1)
    with pytest.raises(ValueError, match="`method` 'guess' is none of"):
        race.through("guess", race.TARGETS[race.RUNGE], 5)


@pytest.mark.parametrize("name", race.TARGETS)
def test_slopes_of_the_targets(name):
    target, x, h = race.TARGETS[name], np.linspace(-0.95, 0.95, 40), 1e-6
    numeric = (target.value(x + h) - target.value(x - h)) / (2 * h)
    assert target.slope(x) == pytest.approx(numeric, abs=1e-5)


def test_chebyshev_converges_where_even_nodes_diverge():
    runge = race.TARGETS[race.RUNGE]
    even = [race.errors(race.EVEN, runge, n)[0] for n in (17, 33)]
    chebyshev = [race.errors(race.CHEBYSHEV, runge, n)[0] for n in (17, 33)]
    assert even[1] > 100 * even[0]
    assert chebyshev[1] / chebyshev[0] == pytest.approx((0.2 + np.sqrt(1.04)) ** -16, rel=0.1)


def test_the_spline_has_its_orders():
    smooth = race.TARGETS["sin(3x) eˣ"]
    errors = np.array([race.errors(race.SPLINE, smooth, n) for n in (65, 129)])
    assert np.log2(errors[0] / errors[1]) == pytest.approx([4, 3], abs=0.15)


def test_lebesgue_constants():
    assert race.lebesgue_constant(race.even_nodes(3)) == pytest.approx(1.25, abs=1e-3)
    # Tabulated for even nodes; for Chebyshev's they are below 1 + 2/pi log n for degree n.
    assert race.lebesgue_constant(race.even_nodes(21)) == pytest.approx(10986.53, rel=1e-4)
    assert race.lebesgue_constant(race.chebyshev_nodes(21)) < 1 + 2 / np.pi * np.log(20)


NETWORK = TanhNetwork(RNG.normal(size=3 * 4 + 1 + 4), 2, 4)
X = RNG.normal(size=(6, 2))


def test_derivatives_of_a_tanh_network_by_the_tape():
    W, b, v, c = NETWORK._unpack()
    inputs = tape.Node(X)
    nodes = [tape.Node(part) for part in (W, b, v, c)]
    output = tape.tanh(inputs @ nodes[0] + nodes[1]) @ nodes[2] + nodes[3]
    assert output.value == pytest.approx(NETWORK(X))
    (by_input,) = tape.gradients(output.sum(), [inputs])
    assert NETWORK.gradient(X) == pytest.approx(by_input)
    by_parameters = tape.gradients(output.sum(), nodes)
    flat = np.concatenate([part.ravel() for part in by_parameters])
    assert NETWORK.parameter_jacobian(X).sum(axis=0) == pytest.approx(flat)


def test_hessian_of_a_tanh_network_by_differences():
    h = 1e-5
    columns = [
        (NETWORK.gradient(X + h * e) - NETWORK.gradient(X - h * e)) / (2 * h) for e in np.eye(2)
    ]
    assert NETWORK.hessian(X) == pytest.approx(np.stack(columns, axis=2), abs=1e-8)


def test_a_tanh_network_learns_what_it_can_express():
    inputs = RNG.normal(size=(100, 2))
    learned = fit_tanh_network(inputs, NETWORK(inputs), hidden=6, iterations=200, seed=1)
    off = learned(inputs) - NETWORK(inputs)
    assert np.sqrt(np.mean(off**2)) < 0.02 * np.std(NETWORK(inputs))


def test_bad_training_data_are_named():
    with pytest.raises(ValueError, match=r"`X` must have shape \(n, d\), got \(3,\)"):
        fit_tanh_network([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match=r"`y` must have shape \(2,\)"):
        fit_tanh_network([[1.0], [2.0]], [1.0])
    with pytest.raises(ValueError, match=r"`X` must have shape \(n, 2\), got \(2,\)"):
        NETWORK([1.0, 2.0])


def test_the_rotor():
    # The known optimum of the formula: a share of 0.48 at a pitch of 0 and a ratio of 8.1.
    assert rotor.true_share([0.0, 8.1]) == pytest.approx(0.48, abs=1e-3)
    model, at = rotor.model(), np.array([[8.0, 5.0]])
    assert model(at) == pytest.approx(rotor.true_share(at), abs=0.02)
    h = 1e-5
    slopes = [(model(at + h * e) - model(at - h * e)).item() / (2 * h) for e in np.eye(2)]
    assert model.gradient(at)[0] == pytest.approx(slopes, abs=1e-7)
    bends = [
        (model.gradient(at + h * e) - model.gradient(at - h * e))[0] / 2 / h for e in np.eye(2)
    ]
    assert model.hessian(at)[0] == pytest.approx(np.array(bends), abs=1e-6)


def test_a_surrogate_of_a_line_is_the_line():
    found = explain(lambda x: 3 + x @ [2.0, -1.0], [1.0, 1.0], [0.5, 2.0])
    assert found.intercept == pytest.approx(4.0)
    assert found.slopes == pytest.approx([2.0, -1.0])
    assert found.fidelity == pytest.approx(1.0)


def test_a_surrogate_is_the_averaged_gradient():
    width = 0.4
    slopes = [
        explain(lambda x: np.sin(3 * x[:, 0]), [0.0], [width], samples=5000, seed=seed).slopes[0]
        for seed in range(20)
    ]
    assert np.mean(slopes) == pytest.approx(3 * np.exp(-((3 * width) ** 2) / 2), rel=0.02)


def test_bad_neighborhoods_are_named():
    with pytest.raises(ValueError, match="every `width` must be above 0"):
        explain(lambda x: x[:, 0], [0.0], [0.0])
    with pytest.raises(ValueError, match="`width` needs one entry for each entry of `point`"):
        explain(lambda x: x[:, 0], [0.0], [1.0, 1.0])


def test_the_network_that_is_written_down_joins_the_points():
    network = relu_networks.written_down(np.cos, 8)
    corners = np.linspace(0, 1, 9)
    assert network(corners) == pytest.approx(np.cos(corners))
    middles = (corners[1:] + corners[:-1]) / 2
    assert network(middles) == pytest.approx((np.cos(corners[1:]) + np.cos(corners[:-1])) / 2)
    assert network.slope(middles) == pytest.approx(np.diff(np.cos(corners)) * 8)
    with pytest.raises(ValueError, match="`hidden` is 0: give at least one neuron"):
        relu_networks.written_down(np.cos, 0)


def test_training_lowers_the_loss_of_every_network():
    x = np.linspace(0, 1, 65)
    before, after = [
        np.mean((relu_networks.trained(np.cos, 6, seeds=4, steps=n)(x) - np.cos(x)) ** 2, axis=1)
        for n in (1, 300)
    ]
    assert np.all(after < 0.05 * before)


def test_stone_s_exponents_and_the_slope_of_a_power():
    assert smoothing_rates.expected_rate(2) == pytest.approx([-2 / 5, -1 / 5])
    n = np.array(smoothing_rates.COUNTS)
    errors = np.column_stack([3 * n**-0.4, n**-0.2])
    assert smoothing_rates.rate(errors) == pytest.approx([-0.4, -0.2])
    t, h = np.linspace(0.1, 0.9, 9), 1e-6
    slope = (smoothing_rates.truth(t + h) - smoothing_rates.truth(t - h)) / (2 * h)
    assert smoothing_rates.true_slope(t) == pytest.approx(slope, abs=1e-6)
