"""Finite differences: the textbook weights, and the promised order of the error."""

import numpy as np
import pytest

from pydelt.finite_difference import finite_difference, finite_difference_weights


@pytest.mark.parametrize(
    ("nodes", "order", "weights"),
    [
        ([0, 1], 1, [-1, 1]),
        ([-1, 0, 1], 1, [-0.5, 0, 0.5]),
        ([-1, 0, 1], 2, [1, -2, 1]),
        ([0, 1, 2], 1, [-1.5, 2, -0.5]),
        ([-2, -1, 0, 1, 2], 1, [1 / 12, -2 / 3, 0, 2 / 3, -1 / 12]),
        ([-2, -1, 0, 1, 2], 4, [1, -4, 6, -4, 1]),
        ([-1, 1], 0, [0.5, 0.5]),
    ],
)
def test_textbook_weights(nodes, order, weights):
    np.testing.assert_allclose(finite_difference_weights(nodes, order=order), weights, atol=1e-14)


def test_weights_are_exact_for_polynomials_on_any_nodes():
    rng = np.random.default_rng(0)
    nodes, point = rng.normal(size=(7, 6)), rng.normal(size=7)
    truth = np.polynomial.Polynomial(rng.normal(size=6))
    for order in range(5):
        weights = finite_difference_weights(nodes, point, order)
        got = np.sum(weights * truth(nodes), axis=1)
        np.testing.assert_allclose(
            got, truth.deriv(order)(point) if order else truth(point), rtol=1e-6
        )


@pytest.mark.parametrize("even", [True, False], ids=["even", "uneven"])
@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize("accuracy", [1, 2, 3, 4])
def test_error_shrinks_with_the_promised_power(even, order, accuracy):
    errors = []
    for n in (40, 80, 160):
        x = np.linspace(0, 1, n)
        if not even:
            x = x + 0.05 * np.sin(2 * np.pi * x)
        truth = 3**order * np.sin(3 * x + order * np.pi / 2)
        errors.append(
            np.max(
                np.abs(finite_difference(np.sin(3 * x), x, order=order, accuracy=accuracy) - truth)
            )
        )
    slopes = np.log2(np.array(errors[:-1]) / errors[1:])
    assert np.all(slopes > accuracy - 0.2), slopes


def test_spacing_positions_and_descending_positions_agree():
    y = np.random.default_rng(0).normal(size=(30, 2))
    by_spacing = finite_difference(y, 0.5)
    x = 0.5 * np.arange(30)
    np.testing.assert_allclose(finite_difference(y, x + 1e6), by_spacing, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(finite_difference(y[::-1], x[::-1])[::-1], by_spacing, atol=1e-10)
    np.testing.assert_allclose(by_spacing[1:-1], (y[2:] - y[:-2]) / 1.0)
    np.testing.assert_allclose(by_spacing, np.gradient(y, 0.5, axis=0, edge_order=2))


def test_second_difference_is_the_usual_one_inside():
    y = np.random.default_rng(0).normal(size=12)
    np.testing.assert_allclose(finite_difference(y, order=2)[1:-1], np.diff(y, 2), atol=1e-12)


def test_integers_do_not_truncate():
    np.testing.assert_allclose(finite_difference([0, 1, 3], 2), [0.25, 0.75, 1.25])


Y = np.arange(6.0)
BAD = {
    "nan": ((np.r_[np.nan, Y], 1.0), {}, ValueError, "y has 1 NaN"),
    "zero spacing": ((Y, 0), {}, ValueError, "x, the spacing, is 0"),
    "shape": ((Y, Y[:-1]), {}, ValueError, r"x must be the spacing or have shape \(6,\)"),
    "duplicates": ((Y, [0, 1, 1, 2, 3, 4]), {}, ValueError, "x repeats or turns back"),
    "order 0": ((Y,), {"order": 0}, ValueError, "order must be"),
    "accuracy": ((Y,), {"accuracy": 1.5}, TypeError, "accuracy must be"),
    "few": ((Y,), {"order": 4, "accuracy": 4}, ValueError, "y has 6 samples.*needs at least 8"),
    "complex": ((Y + 1j,), {}, TypeError, "y is complex"),
    "cube": ((np.ones((3, 3, 3)),), {}, ValueError, r"y must have shape \(n,\)"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input(case):
    arguments, settings, kind, message = BAD[case]
    with pytest.raises(kind, match=message):
        finite_difference(*arguments, **settings)


def test_bad_nodes():
    with pytest.raises(ValueError, match="nodes has 2 entries; a derivative of order 2"):
        finite_difference_weights([0, 1], order=2)
    with pytest.raises(ValueError, match="nodes has duplicate positions"):
        finite_difference_weights([0, 1, 0])
