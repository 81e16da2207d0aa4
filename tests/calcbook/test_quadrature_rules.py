"""Rules of integration: their orders, their errors through noise, and the race of dimensions."""

import numpy as np
import pytest
from scipy.integrate import quad

from calcbook import dimension_race as race
from calcbook.quadrature_rules import (
    INTEGRANDS,
    RULES,
    composite,
    error,
    measured_order,
    noisy_error,
)

ORDERS = {"left end": 1, "trapezoid": 2, "Simpson": 4, "Gauss, 3 points": 6}


@pytest.mark.parametrize("name", INTEGRANDS)
def test_exact_integrals(name):
    value, integral = INTEGRANDS[name]
    assert integral == pytest.approx(quad(value, 0, 1, points=[1 / np.pi, 0.5])[0], abs=1e-9)


@pytest.mark.parametrize("rule", RULES)
def test_order_is_measured(rule):
    assert measured_order(rule) == pytest.approx(ORDERS[rule], abs=0.05)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_exact_below_its_order_and_not_at_it(rule):
    nodes, weights = composite(rule, 3)
    order = ORDERS[rule]
    assert weights @ nodes ** (order - 1) == pytest.approx(1 / order, rel=1e-12)
    assert abs(weights @ nodes**order - 1 / (order + 1)) > 1e-7


def test_shared_ends_are_listed_once():
    nodes, weights = composite("Simpson", 2)
    assert nodes == pytest.approx([0, 0.25, 0.5, 0.75, 1])
    assert weights == pytest.approx(np.array([1, 4, 2, 4, 1]) / 12)
    assert composite("trapezoid", 4).weights == pytest.approx([1 / 8, 1 / 4, 1 / 4, 1 / 4, 1 / 8])


def test_noise_adds_what_the_weights_say():
    nodes, weights = composite("Simpson", 8)
    value, integral = INTEGRANDS["smooth: exp(x)"]
    noise = 0.1 * np.random.default_rng(0).standard_normal((4000, nodes.size))
    measured = np.sqrt(np.mean(((value(nodes) + noise) @ weights - integral) ** 2))
    assert noisy_error("Simpson", "smooth: exp(x)", 8, 0.1) == pytest.approx(measured, rel=0.05)
    assert noisy_error("Simpson", "smooth: exp(x)", 8, 0) == error("Simpson", "smooth: exp(x)", 8)


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="`rule` is 'midpoint'; choose one of 'left end'"):
        composite("midpoint", 4)
    with pytest.raises(ValueError, match="`pieces` must be at least 1, got 0"):
        composite("trapezoid", 0)


def test_the_integral_over_the_cube_is_one():
    assert quad(race.factor, 0, 1)[0] == pytest.approx(1)
    assert race.integrand([[0.1, 0.7], [0.4, 0.4]]) == pytest.approx(
        [race.factor(0.1) * race.factor(0.7), race.factor(0.4) ** 2]
    )


@pytest.mark.parametrize("rule", race.GRID_RULES)
def test_the_power_of_a_sum_is_the_sum_over_the_grid(rule):
    counts, errors = race.grid_errors(rule, 2, most=100)
    pieces = int(np.sqrt(counts[-1]) - 1) // (1 if rule == "trapezoid" else 2)
    nodes, weights = composite(rule, pieces)
    points = np.stack(np.meshgrid(nodes, nodes), axis=-1)
    by_sum = np.sum(np.outer(weights, weights) * race.integrand(points))
    assert abs(by_sum - 1) == pytest.approx(errors[-1])


@pytest.mark.parametrize("dimension", [1, 3, 10])
def test_slopes_of_grids_are_the_order_over_the_dimension(dimension):
    assert race.grid_slope("trapezoid", dimension) == pytest.approx(-2 / dimension, rel=0.02)
    assert race.grid_slope("Simpson", dimension) == pytest.approx(-4 / dimension, rel=0.02)


def test_chance_has_the_slope_of_the_square_root_and_spreading_evenly_a_steeper_one():
    sizes = 2 ** np.arange(4, 11)
    for dimension in (2, 5):
        chance = race.slope(*race.random_errors("Monte Carlo", dimension, sizes))
        spread = race.slope(*race.random_errors("quasi-Monte Carlo", dimension, sizes))
        assert chance == pytest.approx(-0.5, abs=0.12)
        assert spread < -0.7


def test_too_fine_a_grid_is_left_out():
    counts, errors = race.grid_errors("Simpson", 10)
    assert counts.size == errors.size == 0
