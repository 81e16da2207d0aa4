"""The figures on derivatives show what is computed, in all their states."""

import numpy as np
import pytest

from calcbook import moving_figure
from calcbook.activations import ACTIVATIONS
from calcbook.charts import slopes, step_size


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
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_state_can_be_published(name):
    draw, controls = FIGURES[name]
    bundle = moving_figure(draw, alt=name, **controls).bundle()
    assert len(bundle["frames"]) == np.prod([len(values) for values in controls.values()])
    assert all(len(each["x"]) <= 300 for each in bundle["data"])
    titled = [a for k, a in bundle["layout"].items() if "axis" in k and a.get("showticklabels", 1)]
    assert all(axis["title"]["text"] for axis in titled)


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
