"""The figures on derivatives show what is computed, in all their states."""

import numpy as np
import pytest

from calcbook import bias_variance, data, derivative_contest, still_figure
from calcbook.activations import ACTIVATIONS
from calcbook.charts import bake_off, motion, slopes, step_size, troubles
from calcbook.track_motion import METHODS as FITS
from calcbook.track_motion import STANDARD_GRAVITY, differences, fit
from calcbook.troubled_data import METHODS, TROUBLES, residual_reading
from tests.calcbook.figures import assert_publishable

TRACK, PULSE = data.track(), bias_variance.pulse()
TRADE, RIDE = bias_variance.trade(PULSE, 0.1), motion.Ride(data.track())


def trace(figure, name, panel=0):
    return [each for each in figure.data if each.name == name][panel]


def words(figure):
    return " | ".join(note.text for note in figure.layout.annotations)


FIGURES = {
    "secant": (
        lambda x, h: slopes.secant(slopes.RIDE, x, h),
        {"x": [0, 20, 60], "h": [20, 0.1, -10]},
    ),
    "walking point": (lambda x: slopes.walking_point(slopes.RIDE, x), {"x": [0, 30, 60]}),
    "activation": (slopes.activation, {"name": list(ACTIVATIONS), "x": [-4, 0, 1]}),
    "stand-in": (slopes.stand_in, {"sharpness": [1, 30]}),
    "u-curve": (step_size.u_curve, {"noise": [0, 1e-6, 0.05]}),
    "orders": (step_size.orders, {"noise": [0, 0.05]}),
    "estimate": (
        bake_off.estimate,
        {"method": list(derivative_contest.METHODS), "noise": [0.01, 0.1]},
    ),
    "smoothing": (
        lambda window: bake_off.smoothing(PULSE, TRADE, window),
        {"window": [3, 17, 97]},
    ),
    "differenced": (
        lambda times, apart: motion.differenced(TRACK, times, apart),
        {"times": [0, 1, 2], "apart": [1, 10]},
    ),
    "ride": (
        RIDE,
        {"method": list(FITS), "smoothing": [1, 10], "window": list(motion.WINDOWS)},
    ),
    "trouble": (troubles.trouble, {"trouble": list(TROUBLES), "method": list(METHODS)}),
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_state_can_be_published(name):
    assert_publishable(name, *FIGURES[name], points=310)


def test_secant_joins_its_points_and_its_slope_is_told():
    figure = slopes.secant(slopes.RIDE, 20, 10)
    points, line = trace(figure, "two points"), trace(figure, "secant")
    assert list(points.x) == [20, 30]
    assert np.interp(points.x, line.x, line.y) == pytest.approx(points.y)
    assert points.y == pytest.approx(slopes.RIDE.value(points.x))
    steep = (points.y[1] - points.y[0]) / 10
    assert f"{points.y[1] - points.y[0]:.0f} m in 10 s = {steep:.2f} m/s" in words(figure)


def test_the_tangent_is_the_secant_of_a_small_step():
    figure = slopes.secant(slopes.RIDE, 20, 1e-6)
    assert trace(figure, "tangent").y == pytest.approx(trace(figure, "secant").y, abs=1e-3)


def test_a_point_beyond_the_end_is_moved_to_it():
    assert list(trace(slopes.secant(slopes.RIDE, 50, 20), "two points").x) == [50, 60]
    assert list(trace(slopes.secant(slopes.RIDE, 60, 20), "two points").x) == [60, 40]
    with pytest.raises(ValueError, match="`h` is 0"):
        slopes.secant(slopes.RIDE, 20, 0)


def test_the_ride_is_400_m_in_60_s_and_its_derivatives_are_its_own():
    t = np.linspace(0, 60, 601)
    ride = slopes.RIDE
    assert np.gradient(ride.value(t), t)[1:-1] == pytest.approx(ride.slope(t)[1:-1], abs=1e-3)
    assert np.gradient(ride.slope(t), t)[1:-1] == pytest.approx(ride.curvature(t)[1:-1], abs=1e-3)
    assert ride.value([0, 60]) == pytest.approx([0, 400])
    assert ride.slope([0, 60]) == pytest.approx([0, 0])


def test_the_slope_has_been_drawn_as_far_as_the_point_walked():
    figure = slopes.walking_point(slopes.RIDE, 30)
    assert max(trace(figure, "speed").x) == 30
    assert "speed 12.50 m/s" in words(figure)
    assert "acceleration 0.00 m/s²" in words(figure)


def test_a_kink_is_said_to_have_no_derivative():
    assert "f′(x) does not exist" in words(slopes.activation("ReLU", 0))
    assert "f′(x) = 1.000" in words(slopes.activation("ReLU", 0.5))


def test_the_stand_in_says_how_far_it_is_and_how_bent():
    assert "largest distance 0.139 | largest curvature 1.25" in words(slopes.stand_in(5))


def test_marks_stand_at_the_bottom_of_the_curves():
    figure = step_size.u_curve(1e-3)
    for rule in ("forward", "central"):
        line, mark = trace(figure, rule), trace(figure, f"{rule}, predicted best")
        errors = np.array(line.y, dtype=float)
        assert mark.x[0] == pytest.approx(line.x[np.nanargmin(errors)], rel=0.4)
        assert mark.y[0] == pytest.approx(np.nanmin(errors), rel=0.15)
    assert "forward: h* = 0.058, error 0.034" in words(figure)


def test_tiny_numbers_are_written_as_powers():
    assert "forward: h* = 1.0×10⁻⁸" in words(step_size.u_curve(0))


def test_an_estimate_says_how_far_it_is_off():
    error = derivative_contest.errors(noise=0.05, seeds=[0])["spline"][0]
    figure = bake_off.estimate("spline", 0.05)
    assert f"off by {100 * error:.0f}%" in words(figure)
    assert trace(figure, "truth", 1).y == pytest.approx(data.noisy_decay().derivative)


def test_every_data_set_has_a_dot_and_every_method_its_median():
    scores = {"LLA": np.array([0.1, 0.2, 0.4]), "spline": np.array([0.1, 0.1, 0.3])}
    figure = bake_off.scores(scores)
    assert list(trace(figure, "LLA").x) == [0.1, 0.2, 0.4]
    assert list(trace(figure, "LLA, median").x) == [0.2, 0.2]
    assert trace(figure, "spline").y[0] < trace(figure, "LLA").y[0]
    assert list(figure.layout.yaxis.ticktext) == ["LLA", "spline"]
    assert "<svg" in still_figure(figure, alt="scores").bundle()["poster"]


def test_the_diamonds_stand_at_the_best_windows():
    figure = bake_off.smoothing(PULSE, TRADE, 17)
    for which in ("value", "derivative"):
        line, mark = trace(figure, f"total of the {which}"), trace(figure, f"best for the {which}")
        assert mark.x[0] == TRADE.best(which)
        assert mark.y[0] == min(line.y)
    slope = 100 * np.sqrt(TRADE.derivative.total[bias_variance.WINDOWS.index(17)])
    assert f"slope off by {slope:.0f}%" in words(figure)


def test_differences_of_the_ride_are_told_in_g():
    figure = motion.differenced(TRACK, 2, 1)
    when, value = differences(TRACK, 2, 1)
    assert trace(figure, "positions").x == pytest.approx(when)
    assert trace(figure, "positions").y == pytest.approx(value / STANDARD_GRAVITY)
    assert f"up to {np.max(np.abs(value)) / STANDARD_GRAVITY:.2f} g" in words(figure)
    fitted = trace(motion.differenced(TRACK, 2, 1, fit(TRACK)), "fit")
    assert np.max(np.abs(fitted.y)) < 0.2


def test_the_ride_shows_its_fit_and_only_the_window():
    figure = RIDE("spline", 1, "second minute")
    assert min(trace(figure, "speed").x) == 60
    assert max(trace(figure, "speed by differences").x) <= 120
    at = np.asarray(trace(figure, "speed").x)
    assert trace(figure, "speed").y == pytest.approx(fit(TRACK, "spline", 1).speed(at))
    assert max(trace(RIDE("spline", 1, "whole ride"), "speed").x) == TRACK.time[-1]


def test_more_smoothing_leaves_a_calmer_acceleration():
    calm, rough = (trace(RIDE("spline", s, "whole ride"), "acceleration").y for s in (10, 1))
    assert np.std(calm) < np.std(rough)


def test_the_residuals_reading_is_told():
    reading = residual_reading("outliers", "robust spline")
    told = words(troubles.trouble("outliers", "robust spline"))
    assert f"size {reading.size:.2f}" in told
    assert f"largest {reading.largest:.0f}×" in told
    assert "no residuals" in words(troubles.trouble("outliers", "differences"))
    assert "band" not in words(troubles.trouble("gap", "Savitzky-Golay"))
