"""The figures on integration show what is computed, in all their states."""

import numpy as np
import pytest

from calcbook.charts import accumulation, expectations, quadrature, tails
from calcbook.dead_reckoning import drive, missed_by
from calcbook.divergences import both
from calcbook.quadrature_rules import INTEGRANDS, RULES, composite, error
from tests.calcbook.figures import assert_publishable

FIGURES = {
    "robot": (accumulation.lost_robot, {"noise": [0, 2], "bias": [0, 0.5]}),
    "strips": (
        accumulation.strips,
        {"rule": list(accumulation.STRIP_RULES), "pieces": [3, 48]},
    ),
    "area so far": (accumulation.area_so_far, {"upper": [0, 3, 6], "strip": [0.1, 1]}),
    "round trip": (
        accumulation.round_trip,
        {"way": list(accumulation.TRIPS), "start": [-1, 0]},
    ),
    "tail": (tails.tail, {"p": tails.POWERS, "b": tails.LIMITS}),
    "drifts": (accumulation.drifts, {"noise": [0, 1], "bias": [0, 0.2]}),
    "orders": (quadrature.orders, {"integrand": list(INTEGRANDS), "noise": [0, 0.01]}),
    "race": (quadrature.race, {"dimension": [1, 10]}),
    "ranked": (expectations.ranked, {"separation": [0, 2], "threshold": [-1, 1]}),
    "divergence": (expectations.divergence, {"mean": [-2, 1], "width": [0.4, 2]}),
    "gradients": (expectations.gradients, {"dimension": [1, 30], "samples": [2, 50]}),
}


def trace(figure, name):
    return next(each for each in figure.data if each.name == name)


def words(figure):
    return " | ".join(note.text for note in figure.layout.annotations)


@pytest.mark.parametrize("name", FIGURES)
def test_every_state_can_be_published(name):
    assert_publishable(name, *FIGURES[name])


def test_the_robot_ends_where_its_words_say():
    figure = accumulation.lost_robot(0, 0.2)
    path = drive(0, 0.2)
    end = trace(figure, "reckoned end")
    assert np.hypot(*end.x, *end.y) == pytest.approx(missed_by(path))
    assert f"reckoned end: {missed_by(path):.0f} m and 60° off" in words(figure)


@pytest.mark.parametrize("rule", accumulation.STRIP_RULES)
def test_the_strips_have_the_area_that_is_told(rule):
    figure = accumulation.strips(rule, 4)
    x, y = (np.reshape(part, (4, 6))[:, :5] for part in (figure.data[0].x, figure.data[0].y))
    area = np.sum(x[:, :-1] * y[:, 1:] - x[:, 1:] * y[:, :-1]) / -2
    assert f"strips: {area:.2f} m" in words(figure)
    assert "true distance 200 m" in words(figure)


def test_the_secant_of_the_total_has_the_slope_of_the_mean_rate():
    secant = trace(accumulation.area_so_far(2, 0.5), "secant")
    x = np.linspace(2, 2.5, 2001)
    mean = np.trapezoid(accumulation.hilly(x), x) / 0.5
    assert np.diff(secant.y)[0] / 0.5 == pytest.approx(mean, abs=1e-6)


def test_a_round_trip_by_differences_misses_only_by_the_constant():
    way = accumulation.TRIPS[0]
    figure = accumulation.round_trip(way, 0.0)
    gap = np.subtract(trace(figure, "data").y, trace(figure, "integrated back").y)
    assert np.ptp(gap) == pytest.approx(0, abs=1e-12)
    assert f"misses the samples by {abs(gap[0]):.3f}" in words(figure)


@pytest.mark.parametrize("p", tails.POWERS)
def test_the_filled_area_is_the_one_that_is_told(p):
    figure = tails.tail(p, 100)
    edge = trace(figure, "x f(x)")
    s = np.linspace(0, np.log(100), 4001)
    area = np.trapezoid(np.interp(s, np.log(edge.x), edge.y), s)
    assert area == pytest.approx(tails.tail_area(p, 100), rel=5e-3)
    assert f"area {trace(figure, 'here').y[0]:.2f}" in words(figure)
    assert trace(figure, "here").y[0] == pytest.approx(area, rel=5e-3)


def test_a_tail_settles_only_above_the_power_one():
    assert "it passes every level" in words(tails.tail(1.0, 1000))
    assert "area 6.02 of 10.00; missing 4" in words(tails.tail(1.1, 10_000))
    assert tails.total(0.9) == np.inf
    assert tails.tail_area(2.0, 1e9) == pytest.approx(tails.total(2.0))


def test_errors_are_those_of_the_rules():
    figure = quadrature.orders("smooth: exp(x)", 0)
    for rule in RULES:
        line = trace(figure, rule)
        assert line.x[2] == composite(rule, 4).nodes.size
        assert line.y[2] == pytest.approx(error(rule, "smooth: exp(x)", 4))


def test_the_divergences_are_told():
    forward, reverse = both(1.0, 0.8)
    said = words(expectations.divergence(1.0, 0.8))
    assert f"KL(p ‖ q) = {forward:.2f}" in said
    assert f"KL(q ‖ p) = {reverse:.2f}" in said


def test_the_peak_that_is_dragged_is_the_highest_point_of_q():
    figure = expectations.divergence(1.0, 0.8)
    (x,), (y,) = trace(figure, "peak of q").x, trace(figure, "peak of q").y
    q = trace(figure, "q")
    assert (x, y) == pytest.approx(expectations.peak(1.0, 0.8))
    assert max(q.y) == pytest.approx(y, rel=0.01)
    assert q.x[np.argmax(q.y)] == pytest.approx(x, abs=0.07)
