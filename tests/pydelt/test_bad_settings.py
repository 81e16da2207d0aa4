"""Bad settings and questions: the error names the argument, what is wrong and the mend."""

import numpy as np
import pytest

from pydelt import NotFittedError, integrate_derivative
from pydelt.interpolation import (
    LlaInterpolator,
    LowessInterpolator,
    NeuralNetworkInterpolator,
    SplineInterpolator,
)
from pydelt.multivariate import MultivariateDerivatives

T = np.linspace(0, 1, 30)
Y = T**2
X = np.random.default_rng(0).uniform(-1, 1, (30, 2))
SPLINE = SplineInterpolator().fit(T, Y)
METHODS = {
    "spline": SplineInterpolator,
    "lowess": LowessInterpolator,
    "lla": LlaInterpolator,
    "network": NeuralNetworkInterpolator,
    "several variables": MultivariateDerivatives,
}

FOR_ALL = {
    "negative": ({"smoothing": -1}, ValueError, "smoothing must be finite and >= 0, got -1.*10 is"),
    "nan": ({"smoothing": np.nan}, ValueError, "smoothing must be finite.*got nan.*1 keeps it"),
    "infinite": ({"smoothing": np.inf}, ValueError, "smoothing must be finite.*got inf"),
    "text": ({"smoothing": "much"}, TypeError, "smoothing must be a number or None, got 'much'"),
    "flag": ({"smoothing": True}, TypeError, "smoothing must be a number or None, got True"),
    "list": ({"smoothing": [1.0]}, TypeError, "smoothing must be a number or None"),
    "nan option": ({"nan": "skip"}, ValueError, "nan must be 'raise' or 'drop', got 'skip'"),
    "nan flag": ({"nan": None}, ValueError, "nan must be 'raise' or 'drop', got None"),
}


@pytest.mark.parametrize("case", FOR_ALL)
@pytest.mark.parametrize("method", METHODS)
def test_bad_settings_of_every_method(method, case):
    settings, kind, message = FOR_ALL[case]
    with pytest.raises(kind, match=message):
        METHODS[method](**settings)


FOR_SOME = [
    (SplineInterpolator, "penalty_order", 9, ValueError, r"a whole number from 2 to \d, got 9"),
    (SplineInterpolator, "penalty_order", 1, ValueError, r"a whole number from 2 to \d, got 1"),
    (SplineInterpolator, "penalty_order", 2.5, TypeError, r"a whole number from 2 to \d, got 2.5"),
    (SplineInterpolator, "penalty_order", 3.0, TypeError, r"a whole number from 2 to \d, got 3.0"),
    (SplineInterpolator, "robust", "yes", TypeError, "True or False, got 'yes'"),
    (SplineInterpolator, "robust", 1, TypeError, "True or False, got 1"),
    (LowessInterpolator, "smoothing", 0, ValueError, "> 0 here: a neighborhood.*Use 1"),
    (LlaInterpolator, "smoothing", 0.0, ValueError, "> 0 here: a neighborhood.*Use 1"),
    (LowessInterpolator, "span", 1.5, ValueError, "above 0 and at most 1, got 1.5"),
    (LowessInterpolator, "span", 0, ValueError, "above 0 and at most 1, got 0"),
    (LowessInterpolator, "span", np.nan, ValueError, "above 0 and at most 1, got nan"),
    (LowessInterpolator, "span", "wide", TypeError, "a number above 0.*got 'wide'"),
    (LowessInterpolator, "span", True, TypeError, "a number above 0.*got True"),
    (LowessInterpolator, "degree", 4, ValueError, "a whole number from 1 to 3, got 4"),
    (LowessInterpolator, "degree", 0, ValueError, "a whole number from 1 to 3, got 0"),
    (LlaInterpolator, "degree", 2.0, TypeError, "a whole number from 1 to 3, got 2.0"),
    (
        LowessInterpolator,
        "robust_iterations",
        -1,
        ValueError,
        "a whole number from 0 to 20, got -1",
    ),
    (
        LowessInterpolator,
        "robust_iterations",
        1.5,
        TypeError,
        "a whole number from 0 to 20, got 1.5",
    ),
    (LlaInterpolator, "window", 3, ValueError, "a whole number >= 4.*degree=2.*got 3"),
    (LlaInterpolator, "window", 5.5, TypeError, "a whole number >= 4.*got 5.5"),
    (NeuralNetworkInterpolator, "members", 0, ValueError, "a whole number >= 1, got 0"),
    (
        NeuralNetworkInterpolator,
        "hidden",
        (8, 0),
        ValueError,
        r"a sequence of whole numbers >= 1, such as",
    ),
    (NeuralNetworkInterpolator, "hidden", 8, TypeError, r"a sequence.*such as \(24, 24\), got 8"),
    (NeuralNetworkInterpolator, "hidden", "88", TypeError, r"a sequence.*\(24, 24\), got '88'"),
    (
        NeuralNetworkInterpolator,
        "hidden",
        [8.0],
        TypeError,
        r"a sequence of whole numbers.*got \[8.0\]",
    ),
    (NeuralNetworkInterpolator, "seed", -1, ValueError, "a whole number from 0 to.*got -1"),
    (NeuralNetworkInterpolator, "seed", 2**33, ValueError, "a whole number from 0 to 2147483647"),
    (NeuralNetworkInterpolator, "seed", None, TypeError, "a whole number from 0 to.*got None"),
]


@pytest.mark.parametrize(("method", "argument", "value", "kind", "message"), FOR_SOME)
def test_bad_settings_of_one_method(method, argument, value, kind, message):
    with pytest.raises(kind, match=f"^{argument} must be {message}"):
        method(**{argument: value})


def test_window_wider_than_the_data():
    with pytest.raises(ValueError, match=r"window is 31, but x has only 30.*smaller window"):
        LlaInterpolator(window=31).fit(T, Y)


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        *((order, ValueError) for order in (-1, 0, 99)),
        *((order, TypeError) for order in (1.0, "1", None, True, [1])),
    ],
)
def test_bad_derivative_order(order, kind):
    message = (
        r"order must be a whole number from 1 to \d+ "
        r"\(the spline has degree \d+; a higher penalty_order gives more\), got"
    )
    with pytest.raises(kind, match=message):
        SPLINE.differentiate(order)


@pytest.mark.parametrize(
    ("method", "highest", "reason"),
    [
        (SplineInterpolator(penalty_order=2), 2, "the spline has degree 3"),
        (LowessInterpolator(degree=1), 1, "degree=1"),
        (LlaInterpolator(degree=3), 3, "degree=3"),
        (NeuralNetworkInterpolator(members=1, hidden=(2,)), 2, "chain rule.*second order"),
    ],
)
def test_each_method_says_why_its_derivatives_end(method, highest, reason):
    method.fit(T, Y).differentiate(highest)
    with pytest.raises(ValueError, match=f"from 1 to {highest} .*{reason}.*got {highest + 1}"):
        method.differentiate(highest + 1)


@pytest.mark.parametrize("method", METHODS)
def test_not_fitted(method):
    fit = METHODS[method]()
    questions = [fit, fit.std, fit.band]
    if method == "several variables":
        questions += [lambda _: fit.gradient(), lambda _: fit.hessian(), fit.spread]
    else:
        questions += [lambda _: fit.differentiate()]
    if method == "spline":
        questions += [lambda _: fit.integrate(0, 1)]
    if method == "network":
        questions += [fit.spread]
    for ask in questions:
        with pytest.raises(NotFittedError, match=r"has seen no data yet: call fit\(.*, y\) first"):
            ask(T)


BAD_QUERIES = {
    "nan": (np.nan, ValueError, "points has 1 NaN. Ask only at finite positions"),
    "inf": ([0.5, np.inf], ValueError, r"points has 1 infinite \(first at index 1\). Ask only"),
    "masked": (np.ma.masked_equal([0.5, 1.0], 1.0), ValueError, "points has 1 NaN.*index 1"),
    "none": (None, TypeError, "points is None. Give numbers"),
    "text": (["a"], TypeError, r"points holds text.*points\.astype\(float\)"),
    "complex": ([1j], TypeError, r"points is complex.*points\.real"),
    "dates": (np.array(["2020"], "M8[s]"), TypeError, "points holds dates.*timedelta64"),
    "ragged": ([[0.1, 0.2], [0.3]], ValueError, "points is ragged: give every row the same"),
}


@pytest.mark.parametrize("case", BAD_QUERIES)
@pytest.mark.parametrize(
    "ask",
    [SPLINE, SPLINE.band, SPLINE.differentiate(1), SPLINE.differentiate(2).std],
    ids=["value", "band", "derivative", "std"],
)
def test_bad_query(ask, case):
    points, kind, message = BAD_QUERIES[case]
    with pytest.raises(kind, match=message):
        ask(points)


@pytest.mark.parametrize(
    ("points", "kind", "message"),
    [
        (None, TypeError, "points is None"),
        (0.5, ValueError, r"points must have shape \(q, 2\) like the data of fit, got \(\)"),
        (np.zeros(2), ValueError, r"one point needs its own row: use points\.reshape\(1, 2\)"),
        (np.zeros((4, 3)), ValueError, r"points must have shape \(q, 2\).*got \(4, 3\)"),
        (np.zeros((2, 2, 2)), ValueError, r"points must have shape \(q, 2\).*got \(2, 2, 2\)"),
        ([[0.1, np.inf]], ValueError, r"points has 1 infinite \(first at index \(0, 1\)\)"),
        ([["a", "b"]], TypeError, "points holds text"),
    ],
)
def test_bad_query_in_several_variables(points, kind, message):
    fit = MultivariateDerivatives(LowessInterpolator).fit(X, Y)
    for ask in (fit, fit.band, fit.gradient(), fit.gradient().std, fit.hessian().band):
        with pytest.raises(kind, match=message):
            ask(points)


@pytest.mark.parametrize(
    ("level", "kind"),
    [
        *((level, ValueError) for level in (0, 1, -0.5, 95, np.nan, np.inf)),
        *((level, TypeError) for level in ("95%", None, True, [0.9])),
    ],
)
@pytest.mark.parametrize(
    "band",
    [
        lambda level: SPLINE.band(T, level),
        lambda level: SPLINE.differentiate(1).band(T, level=level),
        lambda level: SPLINE.integrate(0, 1).band(level),
    ],
    ids=["value", "derivative", "integral"],
)
def test_bad_level(band, level, kind):
    with pytest.raises(kind, match=r"^level must.*between 0 and 1, got"):
        band(level)


@pytest.mark.parametrize(
    ("a", "b", "kind", "message"),
    [
        (None, 1, TypeError, "a is None"),
        (0, np.nan, ValueError, "b has 1 NaN. Ask only at finite positions"),
        (0, "1", TypeError, "b holds text"),
        (1j, 1, TypeError, "a is complex"),
        ([0, 1], [0, 1, 2], ValueError, r"a and b must broadcast, got.*\(2,\) and \(3,\). Give eq"),
    ],
)
def test_bad_limits_of_an_integral(a, b, kind, message):
    with pytest.raises(kind, match=message):
        SPLINE.integrate(a, b)


@pytest.mark.parametrize("samples", [2, 30])
def test_settings_of_the_running_integral_are_checked_however_few_samples(samples):
    with pytest.raises(ValueError, match="smoothing must be finite and >= 0, got -1"):
        integrate_derivative(T[:samples], Y[:samples], smoothing=-1)
    with pytest.raises(ValueError, match="nan must be 'raise' or 'drop'"):
        integrate_derivative(T[:samples], Y[:samples], nan="skip")
