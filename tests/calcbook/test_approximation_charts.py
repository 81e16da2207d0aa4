"""The figures on approximation show what is computed, in all their states."""

import numpy as np
import pytest

from calcbook import descent, rotor, sharpness, taylor, taylor_from_data
from calcbook import interpolation_race as race
from calcbook.charts import approximators, descent_models, interpolation
from calcbook.charts import rotor as rotor_charts
from calcbook.charts import taylor as taylor_charts
from tests.calcbook.figures import assert_publishable

FIGURES = {
    "advice": (rotor_charts.advice, {"moved": [0, 2, 8]}),
    "order": (
        taylor_charts.order,
        {"name": list(taylor.FUNCTIONS), "center": [-1, 2], "order": [0, 12]},
    ),
    "convergence": (
        taylor_charts.convergence,
        {"name": ["sigmoid", "1/(1 + x²)"], "center": [0, 2], "share": [0.5, 1.2]},
    ),
    "forecast": (taylor_charts.forecast, {"noise": [0, 0.2], "order": [0, 3]}),
    "lens": (
        rotor_charts.lens,
        {
            "point": list(rotor_charts.POINTS),
            "direction": list(rotor_charts.DIRECTIONS),
            "tolerance": [0.005, 0.05],
        },
    ),
    "surrogate": (rotor_charts.surrogate, {"point": list(rotor_charts.POINTS), "width": [0.02, 1]}),
    "decrease": (descent_models.decrease, {"steps": [0, 100]}),
    "stability": (
        descent_models.stability,
        {"loss": list(descent.LOSSES), "factor": [0.5, 1.6], "start": [0.1, 1.5]},
    ),
    "edge": (descent_models.edge, {"rate": [2, 8]}),
    "through": (
        interpolation.through,
        {"method": list(interpolation.THROUGH), "n": [5, 33], "noise": [0, 0.01]},
    ),
    "bending": (interpolation.bending, {"share": [-1, 0, 1]}),
    "race": (
        interpolation.race,
        {
            "target": [race.RUNGE],
            "quantity": list(interpolation.QUANTITIES),
        },
    ),
    "rates": (approximators.rates, {"quantity": list(approximators.QUANTITIES), "noise": [0.2]}),
    "universal": (
        approximators.universal,
        {"maker": list(approximators.MAKERS), "hidden": [4, 8]},
    ),
}


def trace(figure, name, panel=0):
    return [each for each in figure.data if each.name == name][panel]


def words(figure):
    return " | ".join(note.text for note in figure.layout.annotations)


@pytest.mark.parametrize("name", FIGURES)
def test_every_state_can_be_published(name):
    assert_publishable(name, *FIGURES[name])


def test_the_advice_says_what_came():
    figure = rotor_charts.advice(8)
    came = rotor.true_share(np.add(rotor_charts.HERE, (0, 8)))
    assert f"came {came:.0%}" in words(figure)
    promise = trace(figure, "promised by the explanation")
    assert np.ptp(np.diff(promise.y)) == pytest.approx(0, abs=1e-12)
    assert max(promise.y) > rotor_charts.BETZ


def test_the_error_shown_is_that_of_the_polynomial():
    figure = taylor_charts.order("sin x", 2, 3)
    error, bound = trace(figure, "true error"), trace(figure, "Lagrange's bound")
    x = np.array(error.x)
    missed = np.abs(np.sin(x) - taylor.polynomial(taylor.FUNCTIONS["sin x"], 2, 3)(x))
    assert error.y == pytest.approx(np.maximum(missed, taylor_charts.SMALLEST))
    assert np.all(np.array(error.y) <= np.array(bound.y) * (1 + 1e-6))


def test_the_forecast_s_errors_are_those_of_its_orders():
    figure = taylor_charts.forecast(0.05, 1)
    assert trace(figure, "order 2").y == pytest.approx(taylor_from_data.forecast_errors(0.05)[2])


def test_a_radius_of_trust_lies_where_the_error_meets_the_tolerance():
    figure = rotor_charts.lens("near its best", "faster", 0.02)
    dot, error = trace(figure, "trusted up to here, order 1"), trace(figure, "order 1", 1)
    assert np.interp(dot.x[0], error.x, error.y) == pytest.approx(0.02, abs=1e-3)
    assert f"{dot.x[0]:.2f}" in words(figure)


def test_a_narrow_surrogate_is_the_tangent():
    figure = rotor_charts.surrogate("slow rotor", 0.02)
    assert trace(figure, "surrogate").y == pytest.approx(trace(figure, "tangent").y, abs=2e-3)


def test_changes_are_shares_of_the_best_promise():
    figure = descent_models.decrease(5)
    assert min(trace(figure, "order 2").y) == pytest.approx(-1, abs=0.01)
    assert f"loss {sharpness.loss(descent_models.trained(5)):.3f}" in words(figure)


def test_the_spline_bends_least():
    totals = [
        float(words(interpolation.bending(share)).split("bending in all: ")[1].split(" ")[0])
        for share in (-1, -0.5, 0, 0.5, 1)
    ]
    assert min(totals) == totals[2]
    assert f"least possible: {totals[2]:.1f}" in words(interpolation.bending(1))
    for share in (-1, 1):
        curve = trace(interpolation.bending(share), "curve")
        heights = np.interp(interpolation.KNOTS, curve.x, curve.y)
        assert heights == pytest.approx(interpolation.HEIGHTS, abs=0.02)


def test_the_networks_shown_are_the_best_and_the_median():
    def error(maker):
        return float(
            words(approximators.universal(maker, 8)).split("largest error ")[1].split(" ")[0]
        )

    written, best, median = (error(maker) for maker in approximators.MAKERS)
    assert written < median
    assert best < median


def test_every_curve_of_the_race_is_named_once():
    figure = interpolation.race("|x − 0.1|³", "value")
    named = [each.name for each in figure.data if each.showlegend is not False]
    assert named == list(race.METHODS)
