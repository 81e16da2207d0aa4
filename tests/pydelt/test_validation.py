"""One test per kind of bad input: the error names the argument and says the mend."""

import numpy as np
import pytest

from pydelt._validation import check_points, check_query_points
from pydelt.interpolation import (
    LlaInterpolator,
    LowessInterpolator,
    NeuralNetworkInterpolator,
    SplineInterpolator,
)

T = np.linspace(0, 1, 30)
Y = T**2
HOLES = np.where(np.isin(np.arange(30), [17, 20, 25]), np.nan, Y)

BAD_SAMPLES = {
    "nan in y": (T, HOLES, ValueError, r"y has 3 NaN \(first at index 17\).*nan='drop'"),
    "inf in x": (np.r_[T[:-1], np.inf], Y, ValueError, "x has 1 infinite.*index 29"),
    "complex": (T, Y + 1j, TypeError, r"y is complex.*y\.real"),
    "text": (T.astype(str), Y, TypeError, r"x holds text.*astype\(float\)"),
    "objects": (T, [object()] * 30, TypeError, "y must hold real numbers"),
    "dates": (np.arange(30).astype("datetime64[s]"), Y, TypeError, "x holds dates.*timedelta64"),
    "ragged": (T, [[1, 2], [3]], ValueError, "y is ragged"),
    "lengths": (T, Y[:-1], ValueError, "same length, got 30 and 29"),
    "transposed": (T, np.ones((2, 30)), ValueError, r"Did you mean y\.T"),
    "column x": (T[:, None], Y, ValueError, r"x must be one-dimensional.*x\.ravel\(\)"),
    "two-column x": (np.c_[T, T], Y, ValueError, "MultivariateDerivatives"),
    "cube y": (T, np.ones((30, 2, 2)), ValueError, r"y must have shape \(n,\) or \(n, k\)"),
    "no series": (T, np.ones((30, 0)), ValueError, r"y must have shape"),
    "constant x": (np.ones(30), Y, ValueError, "x has 1 distinct value,.*at least 5"),
    "few": (T[:4], Y[:4], ValueError, "x has 4 distinct values.*SplineInterpolator needs.*least 5"),
    "empty": ([], [], ValueError, "x has 0 distinct values"),
}


@pytest.mark.parametrize("case", BAD_SAMPLES)
def test_bad_samples(case):
    x, y, kind, message = BAD_SAMPLES[case]
    with pytest.raises(kind, match=message):
        SplineInterpolator().fit(x, y)


BAD_SETTINGS = {
    "negative": (SplineInterpolator, {"smoothing": -1}, ValueError, "smoothing must be.*>= 0"),
    "nan": (SplineInterpolator, {"smoothing": np.nan}, ValueError, "smoothing must be finite"),
    "text": (SplineInterpolator, {"smoothing": "much"}, TypeError, "smoothing must be a number"),
    "order": (SplineInterpolator, {"penalty_order": 9}, ValueError, "penalty_order.*from 2 to 5"),
    "half order": (SplineInterpolator, {"penalty_order": 2.5}, TypeError, "penalty_order"),
    "robust": (SplineInterpolator, {"robust": "yes"}, TypeError, "robust must be True or False"),
    "nan option": (
        SplineInterpolator,
        {"nan": "skip"},
        ValueError,
        "nan must be 'raise' or 'drop'",
    ),
    "zero": (LowessInterpolator, {"smoothing": 0}, ValueError, "smoothing must be > 0 here"),
    "zero lla": (LlaInterpolator, {"smoothing": 0}, ValueError, "smoothing must be > 0 here"),
    "span": (LowessInterpolator, {"span": 1.5}, ValueError, "span must be above 0 and at most 1"),
    "span 0": (LowessInterpolator, {"span": 0}, ValueError, "span must be above 0"),
    "span text": (LowessInterpolator, {"span": "wide"}, TypeError, "span must be a number"),
    "degree": (LowessInterpolator, {"degree": 4}, ValueError, "degree.*from 1 to 3"),
    "rounds": (LowessInterpolator, {"robust_iterations": -1}, ValueError, "robust_iterations"),
    "window": (LlaInterpolator, {"window": 2}, ValueError, "window must be.*>= 3"),
    "members": (NeuralNetworkInterpolator, {"members": 0}, ValueError, "members must be"),
    "hidden": (NeuralNetworkInterpolator, {"hidden": (8, 0)}, ValueError, "hidden must be"),
}


@pytest.mark.parametrize("case", BAD_SETTINGS)
def test_bad_settings(case):
    method, settings, kind, message = BAD_SETTINGS[case]
    with pytest.raises(kind, match=message):
        method(**settings)


def test_window_wider_than_the_data():
    with pytest.raises(ValueError, match="window is 31, but x has only 30"):
        LlaInterpolator(window=31).fit(T, Y)


@pytest.mark.parametrize(
    ("order", "kind"), [(0, ValueError), (7, ValueError), (1.0, TypeError), (True, TypeError)]
)
def test_bad_derivative_order(order, kind):
    with pytest.raises(kind, match=r"order must be a whole number from 1 to 6 \(the spline"):
        SplineInterpolator().fit(T, Y).differentiate(order)


def test_local_methods_differentiate_up_to_their_degree():
    fit = LowessInterpolator(degree=1).fit(T, Y)
    with pytest.raises(ValueError, match=r"order must be.*degree=1"):
        fit.differentiate(2)


@pytest.mark.parametrize("ask", ["call", "band", "differentiate", "integrate"])
def test_not_fitted(ask):
    fit = SplineInterpolator()
    questions = {
        "call": lambda: fit(T),
        "band": lambda: fit.band(T),
        "differentiate": lambda: fit.differentiate(),
        "integrate": lambda: fit.integrate(0, 1),
    }
    with pytest.raises(ValueError, match=r"has seen no data yet: call fit"):
        questions[ask]()


@pytest.mark.parametrize("points", [[np.nan], ["a"], [1j]])
def test_bad_query(points):
    with pytest.raises((TypeError, ValueError), match="points"):
        SplineInterpolator().fit(T, Y)(points)


@pytest.mark.parametrize("level", [0, 1, 95, "95 %"])
def test_bad_level(level):
    with pytest.raises((TypeError, ValueError), match="level"):
        SplineInterpolator().fit(T, Y).band(T, level)


def test_nan_drop_equals_leaving_the_rows_out():
    kept = np.isfinite(HOLES)
    dropped = SplineInterpolator(nan="drop").fit(T, HOLES)
    np.testing.assert_array_equal(dropped(T), SplineInterpolator().fit(T[kept], Y[kept])(T))


def test_masked_entries_count_as_missing():
    masked = np.ma.masked_array(Y, mask=~np.isfinite(HOLES))
    with pytest.raises(ValueError, match="y has 3 NaN"):
        SplineInterpolator().fit(T, masked)


def test_points_of_several_variables():
    X = np.random.default_rng(0).normal(size=(20, 2))
    kept, y = check_points(X.astype(int), np.arange(20))
    assert kept.dtype == y.dtype == np.float64
    with pytest.raises(ValueError, match="same value in every row of column 1"):
        check_points(np.c_[X[:, 0], np.ones(20)], np.arange(20))
    with pytest.raises(ValueError, match=r"X\.reshape\(-1, 1\)"):
        check_points(X[:, 0], np.arange(20))
    with pytest.raises(ValueError, match="X has 20 rows, but fit needs at least 30"):
        check_points(X, np.arange(20), minimum=30)


def test_query_points_of_several_variables():
    with pytest.raises(ValueError, match=r"points\.reshape\(1, 2\)"):
        check_query_points(np.zeros(2), 2)
    with pytest.raises(ValueError, match=r"shape \(q, 2\).*got \(5, 3\)"):
        check_query_points(np.zeros((5, 3)), 2)
