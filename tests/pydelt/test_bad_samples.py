"""Bad samples: every function that takes them names the argument, what is wrong and the mend."""

import datetime

import numpy as np
import pytest

from pydelt import integrate_derivative, integrate_derivative_with_error
from pydelt._validation import check_points
from pydelt.interpolation import (
    LlaInterpolator,
    LowessInterpolator,
    NeuralNetworkInterpolator,
    SplineInterpolator,
)
from pydelt.multivariate import MultivariateDerivatives

T = np.linspace(0, 1, 30)
Y = np.cos(3 * T)
HOLES = np.where(np.isin(np.arange(30), [17, 20, 25]), np.nan, Y)
MASKED = np.ma.masked_invalid(HOLES)
ONE_VARIABLE = [
    SplineInterpolator,
    LowessInterpolator,
    LlaInterpolator,
    NeuralNetworkInterpolator,
]
TAKERS = {method.__name__: lambda x, y, m=method: m().fit(x, y) for method in ONE_VARIABLE} | {
    "integrate_derivative": integrate_derivative,
    "integrate_derivative_with_error": integrate_derivative_with_error,
}


def objects(*entries):
    array = np.empty(30, dtype=object)
    array[:] = (entries * 30)[:30]
    return array


# x, y, error, message; $x and $y stand for the arguments' names
BAD = {
    "nan in y": (T, HOLES, ValueError, r"$y has 3 NaN \(first at index 17\).*nan='drop'"),
    "inf in y": (T, np.r_[Y[:-1], np.inf], ValueError, "$y has 1 infinite.*index 29.*rop"),
    "both": (T, np.r_[np.nan, -np.inf, Y[2:]], ValueError, "$y has 1 NaN and 1 infinite.*rop"),
    "inf in x": (np.r_[T[:-1], np.inf], Y, ValueError, "$x has 1 infinite.*index 29.*rop"),
    "nan in x": (np.r_[T[:-1], np.nan], Y, ValueError, "$x has 1 NaN.*index 29.*rop"),
    "masked": (T, MASKED, ValueError, "$y has 3 NaN.*nan='drop'"),
    "masked counts": (T, np.ma.masked_equal(np.arange(30), 4), ValueError, "$y has 1 NaN.*index 4"),
    "None in y": (T, objects(1.0, 2.0, None), ValueError, "$y has 10 NaN.*index 2.*nan='drop'"),
    "no y": (T, None, TypeError, r"$y is None. Give numbers"),
    "no x": (None, Y, TypeError, r"$x is None. Give numbers"),
    "complex": (T, Y + 1j, TypeError, r"$y is complex.*$y\.real and $y\.imag separately"),
    "complex object": (T, objects(1.0, 1j), TypeError, r"$y is complex.*$y\.real"),
    "masked complex": (T, MASKED + 1j, TypeError, r"$y is complex.*$y\.real"),
    "text": (T.astype(str), Y, TypeError, r"$x holds text.*$x\.astype\(float\)"),
    "bytes": (T, Y.astype("S"), TypeError, r"$y holds text.*$y\.astype\(float\)"),
    "text objects": (T, objects(1.0, "2"), TypeError, r"$y holds text.*$y\.astype\(float\)"),
    "objects": (T, [object()] * 30, TypeError, "$y must hold real.*type object.*to float first"),
    "missing objects": (T, objects(1.0, Ellipsis), TypeError, "$y must hold.*ellipsis.*NaN for"),
    "mapping": ({0.0: 1.0}, Y, TypeError, "$x must hold real numbers.*type dict.*to float first"),
    "records": (T, np.zeros(30, [("a", float)]), TypeError, r"$y holds records.*$y\['field'\]"),
    "dates": (np.arange(30).astype("M8[s]"), Y, TypeError, r"$x holds dates.*timedelta64\(1, 's'"),
    "durations": (np.arange(30).astype("m8[s]"), Y, TypeError, "$x holds dates.*timedelta64"),
    "date objects": (objects(datetime.datetime(2020, 1, 1)), Y, TypeError, "$x holds dates.*numb"),
    "huge integers": (T, [10**400] * 30, ValueError, "$y holds integers too large.*Rescale"),
    "huge": (T, 1e200 * Y, ValueError, r"$y reaches 1e\+200: too large.*larger unit"),
    "huge x": (1e200 * T, Y, ValueError, r"$x reaches 1e\+200: too large.*larger unit"),
    "tiny": (T, 1e-200 * Y, ValueError, "$y varies by only 2e-200.*smaller unit"),
    "tiny x": (1e-200 * T, Y, ValueError, "$x varies by only 1e-200.*smaller unit"),
    "ragged": (T, [[1, 2], [3]], ValueError, "$y is ragged: give every row the same length"),
    "lengths": (
        T,
        Y[:-1],
        ValueError,
        "$x and $y must.*same length, got 30 and 29. Give one value",
    ),
    "transposed": (T, np.ones((2, 30)), ValueError, r"same length.*Did you mean $y\.T"),
    "column x": (T[:, None], np.c_[Y], ValueError, r"$x must be one-dimensional.*$x\.ravel\(\)"),
    "two-column x": (
        np.c_[T, T],
        np.c_[Y],
        ValueError,
        "$x must be one-d.*MultivariateDerivatives",
    ),
    "cube x": (
        np.ones((30, 2, 2)),
        Y,
        ValueError,
        r"$x must be one-dimensional, got shape \(30, 2",
    ),
    "scalar x": (1.0, Y, ValueError, r"$x must be one-dim.*\(\). Give one position for every"),
    "scalar y": (T, 1.0, ValueError, r"$y must have shape \(n,\).*\(\). Put the samples on the f"),
    "cube y": (
        T,
        np.ones((30, 2, 2)),
        ValueError,
        r"$y must have shape \(n,\) or.*Put the samples",
    ),
    "no series": (T, np.ones((30, 0)), ValueError, r"$y must have shape.*k >= 1.*Put the samples"),
    "constant x": (
        np.ones(30),
        Y,
        ValueError,
        "$x has 1 distinct value,.*needs at le.*Add samples",
    ),
    "one sample": ([1.0], [2.0], ValueError, "$x has 1 distinct value, but.*Add samples at other"),
    "empty": ([], [], ValueError, "$x has 0 distinct values, but.*needs at least.*Add samples"),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("taker", TAKERS)
def test_bad_samples(taker, case):
    x, y, kind, message = BAD[case]
    names = ("time", "derivative") if "integrate" in taker else ("x", "y")
    for place, name in zip(("$x", "$y"), names, strict=True):
        message = message.replace(place, name)
    with pytest.raises(kind, match=message):
        TAKERS[taker](x, y)


@pytest.mark.parametrize(
    ("method", "least"),
    [
        (lambda: SplineInterpolator(penalty_order=4), 5),
        (lambda: SplineInterpolator(penalty_order=2), 3),
        (lambda: LowessInterpolator(), 4),
        (lambda: LlaInterpolator(degree=3), 5),
        (lambda: NeuralNetworkInterpolator(), 4),
    ],
)
def test_too_few_samples_are_counted_by_distinct_positions(method, least):
    x, y = np.repeat(T[: least - 1], 5), np.repeat(Y[: least - 1], 5)
    name = type(method()).__name__
    with pytest.raises(
        ValueError, match=f"x has {least - 1} dis.*but {name} needs at least {least}"
    ):
        method().fit(x, y)


X = np.random.default_rng(0).uniform(-1, 1, (30, 2))
BAD_POINTS = {
    "no X": (None, Y, TypeError, "X is None. Give numbers"),
    "no y": (X, None, TypeError, "y is None. Give numbers"),
    "scalar X": (1.0, 1.0, ValueError, r"X must have shape \(n, d\).*got \(\)"),
    "single column": (T, Y, ValueError, r"X must have shape \(n, d\).*X\.reshape\(-1, 1\)"),
    "cube X": (np.ones((30, 2, 2)), Y, ValueError, r"X must have shape \(n, d\), one row a sample"),
    "no columns": (np.ones((30, 0)), Y, ValueError, r"X must have shape \(n, d\)"),
    "no rows": (np.ones((0, 2)), [], ValueError, "X has 0 rows, but.*Add samples"),
    "ragged": ([[1.0, 2.0], [3.0]], [1.0, 2.0], ValueError, "X is ragged: give every row the same"),
    "transposed": (X.T, Y, ValueError, r"same length, got 2 and 30.*Did you mean X\.T"),
    "transposed y": (X, np.ones((3, 30)), ValueError, r"same length, got 30 and 3.*y\.T"),
    "text": (X.astype(str), Y, TypeError, r"X holds text.*X\.astype\(float\)"),
    "dates": (X.astype("M8[s]"), Y, TypeError, "X holds dates"),
    "complex": (X + 1j, Y, TypeError, r"X is complex.*X\.real"),
    "inf": (np.where(X > 0.9, np.inf, X), Y, ValueError, r"X has . infinite \(first at index \("),
    "masked": (np.ma.masked_greater(X, 0.9), Y, ValueError, "X has . NaN.*nan='drop'"),
    "constant": (np.c_[X, T * 0], Y, ValueError, "same value in every row of column 2.*Leave"),
    "huge": (X * 1e200, Y, ValueError, r"X reaches 1e\+200.*larger unit"),
    "tiny": (X, Y * 1e-200, ValueError, "y varies by only 2e-200.*smaller unit"),
}


@pytest.mark.parametrize("case", BAD_POINTS)
@pytest.mark.parametrize("method", ONE_VARIABLE)
def test_bad_samples_of_several_variables(method, case):
    x, y, kind, message = BAD_POINTS[case]
    with pytest.raises(kind, match=message):
        MultivariateDerivatives(method).fit(x, y)


# what looks bad and is welcome


class Labeled:
    """Like a data frame's column: an array whose square brackets mean labels, not places."""

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype=dtype)

    def __len__(self):
        return len(self.values)

    def __getitem__(self, label):
        raise KeyError(label)


def slope_at_samples(x, y, method=SplineInterpolator):
    return method().fit(x, y).differentiate(1)(np.asarray(T))


@pytest.mark.parametrize("method", [SplineInterpolator, LowessInterpolator, LlaInterpolator])
def test_any_container_of_numbers_is_as_good_as_an_array(method):
    expected = slope_at_samples(T, Y, method)
    descending = slice(None, None, -1)
    for x, y in [
        (list(T), tuple(Y)),
        (Labeled(T), Labeled(Y)),
        (T.astype(object), Y.astype(object)),
        (np.ma.masked_array(T), np.ma.masked_array(Y)),
        (T[descending], Y[descending]),
        (np.repeat(T, 2)[::2], np.asfortranarray(np.c_[Y, Y])[:, 0]),
    ]:
        np.testing.assert_allclose(slope_at_samples(x, y, method), expected, rtol=1e-9)


@pytest.mark.parametrize("dtype", ["i1", "u1", "i2", "u2", "u8", "?", "f2", "f4", "g"])
def test_every_type_of_number_is_computed_in_double_precision(dtype):
    x = np.arange(30).astype(dtype if dtype != "?" else "u1")
    y = (np.arange(30)[::-1] > 12 if dtype == "?" else np.arange(30)[::-1] * 8).astype(dtype)
    for method in (SplineInterpolator, LowessInterpolator, LlaInterpolator):
        single = method().fit(x, y)
        double = method().fit(x.astype(float), y.astype(float))
        for fits in ((single, double), (single.differentiate(1), double.differentiate(1))):
            one, other = (fit(x[:5]) for fit in fits)
            assert one.dtype == np.float64
            np.testing.assert_array_equal(one, other)


def test_points_of_any_type_become_float64():
    kept, y = check_points((X * 9).astype("u1"), np.arange(30, dtype="u1")[::-1])
    assert kept.dtype == y.dtype == np.float64


@pytest.mark.parametrize("method", [SplineInterpolator, LowessInterpolator, LlaInterpolator])
def test_dropping_equals_leaving_the_rows_out(method):
    kept = np.isfinite(HOLES)
    expected = method().fit(T[kept], Y[kept])(T)
    for y in (HOLES, MASKED, np.where(kept, Y, np.inf)):
        np.testing.assert_array_equal(method(nan="drop").fit(T, y)(T), expected)
    several = method(nan="drop").fit(T, np.c_[Y, HOLES])
    np.testing.assert_array_equal(several(T), method().fit(T[kept], np.c_[Y, Y][kept])(T))
