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


@pytest.mark.parametrize("dtype", ["i1", "u1", "u8", "f2", "f4", "?"])
def test_every_type_of_number_is_computed_in_double_precision(dtype):
    y = np.array([1, 0, 1, 1, 0]).astype(dtype)
    slope = finite_difference(y, np.array(1).astype(dtype))
    assert slope.dtype == np.float64
    np.testing.assert_array_equal(slope, finite_difference(y.astype(float)))


Y = np.cos(np.arange(6.0))
BAD = {
    "none": ((None,), {}, TypeError, "y is None. Give numbers"),
    "nan": ((np.r_[np.nan, Y], 1.0), {}, ValueError, "y has 1 NaN.*Fill or drop them"),
    "inf": ((np.r_[Y, np.inf], 1.0), {}, ValueError, "y has 1 infinite.*index 6.*Fill or drop"),
    "masked": ((np.ma.masked_greater(Y, 0.9),), {}, ValueError, "y has 1 NaN"),
    "text": ((["a", "b"],), {}, TypeError, r"y holds text.*astype\(float\)"),
    "complex": ((Y + 1j,), {}, TypeError, r"y is complex.*y\.real"),
    "ragged": (([[1, 2], [3]],), {}, ValueError, "y is ragged: give every row the same length"),
    "scalar": ((1.0,), {}, ValueError, r"y must have shape \(n,\).*got \(\). Put the samples"),
    "cube": ((np.ones((3, 3, 3)),), {}, ValueError, r"y must have shape \(n,\).*Put the samples"),
    "no series": ((np.ones((6, 0)),), {}, ValueError, r"y must have shape \(n,\).*k >= 1"),
    "empty": (([],), {}, ValueError, "y has 0 samples.*needs at least 3. Add samples"),
    "few": ((Y,), {"order": 4, "accuracy": 4}, ValueError, "y has 6 samples.*at least 8. Add"),
    "no x": ((Y, None), {}, TypeError, "x is None. Give numbers"),
    "zero spacing": ((Y, 0), {}, ValueError, "x, the spacing, is 0. Give the distance"),
    "spacing nan": ((Y, np.nan), {}, ValueError, "x has 1 NaN. Give finite positions"),
    "length": ((Y, Y[:-1]), {}, ValueError, r"x must be the spacing or have shape \(6,\)"),
    "column": ((Y, Y[:, None]), {}, ValueError, r"x must be the spacing.*got \(6, 1\)"),
    "dates": ((Y, np.arange(6).astype("M8[s]")), {}, TypeError, "x holds dates.*timedelta64"),
    "duplicates": ((Y, [0, 1, 1, 2, 3, 4]), {}, ValueError, "x repeats.*Sort x.*merge duplicates"),
    "turns": ((Y, [0, 1, 3, 2, 4, 5]), {}, ValueError, "x repeats or turns back. Sort x and y"),
    "swapped": ((np.arange(6.0), Y), {}, ValueError, r"x turns.*swapped. Call it with \(y, x\)"),
    "order 0": ((Y,), {"order": 0}, ValueError, "order must be a whole number >= 1, got 0"),
    "half order": ((Y,), {"order": 1.5}, TypeError, "order must be a whole number >= 1, got 1.5"),
    "accuracy": ((Y,), {"accuracy": 1.5}, TypeError, "accuracy must be a whole number >= 1"),
    "accuracy 0": ((Y,), {"accuracy": 0}, ValueError, "accuracy must be a whole number >= 1"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input(case):
    arguments, settings, kind, message = BAD[case]
    with pytest.raises(kind, match=message):
        finite_difference(*arguments, **settings)


BAD_NODES = {
    "few": ([0, 1], 0.0, 2, ValueError, "nodes has 2 entries; a derivative of order 2.*Add nodes"),
    "none": ([], 0.0, 1, ValueError, "nodes has 0 entries.*at least 2. Add nodes"),
    "scalar": (1.0, 0.0, 1, ValueError, "nodes has 1 entries.*at least 2. Add nodes"),
    "duplicates": ([0, 1, 0], 0.0, 1, ValueError, "nodes has duplicate.*Leave the duplicates out"),
    "inf": ([0, 1, np.inf], 0.0, 1, ValueError, "nodes has 1 infinite.*Give finite positions"),
    "point": ([0, 1, 2], np.nan, 1, ValueError, "point has 1 NaN. Give a finite position"),
    "shapes": ([[0, 1], [0, 2], [0, 3]], [0, 1], 1, ValueError, r"nodes and point do not.*\(3,\)"),
    "order": ([0, 1, 2], 0.0, -1, ValueError, "order must be a whole number >= 0, got -1"),
    "order type": ([0, 1, 2], 0.0, 1.0, TypeError, "order must be a whole number >= 0, got 1.0"),
}


@pytest.mark.parametrize("case", BAD_NODES)
def test_bad_nodes(case):
    nodes, point, order, kind, message = BAD_NODES[case]
    with pytest.raises(kind, match=message):
        finite_difference_weights(nodes, point, order)
