"""The figures on several variables show what is computed, in all their states."""

import re

import numpy as np
import pytest

from calcbook import job_logs, landscapes
from calcbook.charts import constraints, diffusion, joint_settings, local_views, saddles, warped
from calcbook.gradient_contest import (
    FIELD,
    WAYS,
    contest,
    coverage,
    inner_places,
    relative_error,
)
from calcbook.heat_flow import graph_laplacian
from calcbook.scattered_gradients import logged
from tests.calcbook.figures import assert_publishable

VALLEY = landscapes.rosenbrock()


def two_steps(x, y):
    return local_views.two_steps(VALLEY, x, y, rate=0.01)


FIGURES = {
    "jobs": (joint_settings.jobs, {"correlation": [0, 0.95], "way": list(joint_settings.WAYS)}),
    "estimates": (joint_settings.estimates, {"way": list(WAYS), "seed": [0, 4]}),
    "direction": (local_views.direction, {"x": [-1, 1], "angle": [0, 140]}),
    "two steps": (two_steps, {"x": [-1, 0, 1], "y": [-0.5, 2.5]}),
    "critical": (
        local_views.critical,
        {"kind": list(local_views.CRITICAL), "angle": [0, 30]},
    ),
    "cloud": (warped.cloud, {"strength": [-0.6, 0, 0.8], "x": [0.6], "size": [0.6, 0.1]}),
    "saddles": (saddles.heights_and_shares, {"d": [1, 2, 4]}),
    "grid": (diffusion.heat_on_grid, {"shape": ["spot", "edge", "noise"], "t": [0, 100]}),
    "graph": (diffusion.heat_on_graph, {"node": ["0", "7"], "t": [0, 1]}),
    "circle": (constraints.on_circle, {"angle": [0, 180]}),
    "chord": (
        constraints.chord,
        {"function": list(constraints.FUNCTIONS), "start": [-1.25], "end": [0.25, 1.25]},
    ),
}


def words(figure):
    return " | ".join(note.text for note in figure.layout.annotations if note.text)


def numbers(figure):
    return [float(each.replace("−", "-")) for each in re.findall(r"[−-]?\d+\.\d+", words(figure))]


@pytest.mark.parametrize("name", FIGURES)
def test_every_state_can_be_published(name):
    assert_publishable(name, *FIGURES[name])


def test_the_line_for_memory_alone_turns_with_the_correlation():
    settled = [job_logs.lone_slopes(job_logs.logged_jobs(c, n=20000))[0] for c in (0, 0.9)]
    assert settled == pytest.approx([-2, -2 + 3 * 0.9], abs=0.1)
    joint = job_logs.joint_slopes(job_logs.logged_jobs(0.9, n=20000))
    assert joint == pytest.approx([job_logs.MEMORY_EFFECT, job_logs.ROWS_EFFECT], abs=0.1)
    with pytest.raises(ValueError, match="correlation: give a number"):
        job_logs.logged_jobs(1.0)


def test_slope_in_a_direction_is_the_differences():
    angle = 40
    way = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    point, h = np.array([0.5, 1.0]), 1e-5
    central = (local_views.hill(point + h * way) - local_views.hill(point - h * way)) / (2 * h)
    assert numbers(local_views.direction(0.5, angle))[0] == pytest.approx(central, abs=0.006)


def test_newton_from_the_floor_is_the_better_step():
    point = np.array([1.0, 0.5])
    before, gradient, newton = numbers(two_steps(*point))[-3:]
    assert before == pytest.approx(VALLEY.loss(point), abs=0.006)
    lower = VALLEY.loss(point - 0.01 * VALLEY.gradient(point))
    assert gradient == pytest.approx(lower, abs=0.006)
    assert newton < gradient < before


def test_the_tangent_meets_the_gradient_at_a_right_angle():
    for point in ((-1.0, 0.5), (0.5, 2.5), (1.5, -0.5)):
        (line,) = (t for t in two_steps(*point).data if t.name == "level tangent")
        way = np.array([line.x[1] - line.x[0], line.y[1] - line.y[0]])
        slope = VALLEY.gradient(np.array(point))
        assert way @ slope == pytest.approx(0, abs=0.005 * np.linalg.norm(slope))
        assert (np.mean(line.x), np.mean(line.y)) == pytest.approx(point, abs=1e-3)
    (none,) = (t for t in two_steps(1, 1).data if t.name == "level tangent")
    assert np.isnan(none.x).all()


def test_the_ellipse_is_left_out_where_an_eigenvalue_is_negative():
    ring = {y: two_steps(0, y).data[-2].x for y in (-0.5, 2.5)}
    assert np.isfinite(ring[-0.5]).all()
    assert np.isnan(ring[2.5]).all()


def test_eigenvalues_said_are_those_of_the_function():
    h = 1e-3
    for f, said in local_views.CRITICAL.values():
        xx = (f(h, 0.0) + f(-h, 0.0) - 2 * f(0.0, 0.0)) / h**2
        yy = (f(0.0, h) + f(0.0, -h) - 2 * f(0.0, 0.0)) / h**2
        told = [float(each) for each in said.replace("−", "-").split(",")]
        assert [xx, yy] == pytest.approx(told, abs=1e-4)


def test_areas_of_small_squares_are_the_determinant():
    ratio, stretch, density = numbers(warped.cloud(0.6, 0.6, 0.05))
    assert ratio == pytest.approx(stretch, rel=0.01)
    assert density == pytest.approx(1 / stretch, rel=0.01)


def test_saddles_become_the_rule():
    shares = [saddles.share(d) for d in (1, 2, 4)]
    assert shares[0] == 0
    assert shares == sorted(shares)


def test_heat_is_kept_and_only_known_starts_and_times_are_drawn():
    totals = diffusion.cooling("spot").sum(axis=1)
    assert totals == pytest.approx(np.full(len(diffusion.TIMES), 9.0))
    assert np.linalg.eigvalsh(graph_laplacian(diffusion.friends()))[-2] < -0.01  # one piece
    with pytest.raises(ValueError, match="shape is 'line'"):
        diffusion.first_heat("line")
    with pytest.raises(ValueError, match="t is 3; choose one of"):
        diffusion.heat_on_grid("spot", 3)


def test_on_the_circle_the_best_place_is_level():
    value, slope = numbers(constraints.on_circle(26.565))
    assert value == pytest.approx(np.sqrt(5), abs=0.006)
    assert slope == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("name", constraints.FUNCTIONS)
def test_only_the_two_wells_rise_above_a_chord(name):
    said = words(constraints.chord(name, -1.25, 1.25))
    assert ("never above" in said) == (name != "two wells")


def test_heat_is_told_without_a_sign():
    for node in "037":
        amounts = diffusion.heat_on_graph(node, 0.0).data[-1].text
        assert not [each for each in amounts if "-" in each or "−" in each]


def test_a_bowl_is_nowhere_below_its_floor():
    for kind in ("bowl", "flat bowl"):
        assert (np.asarray(local_views.critical(kind, 0).data[0].z) > 0).sum() == 21**2 - 1


def test_the_contest_measures_what_it_says():
    errors = contest((2,), seeds=2, n=80)
    assert {way: found.shape for way, found in errors.items()} == dict.fromkeys(WAYS, (1, 2))
    one, _, field = (found.mean() for found in errors.values())
    assert field < one / 3
    assert relative_error(np.zeros(3), np.ones(3)) == 1
    near = inner_places(logged(2, seed=0), count=5)
    assert near.shape == (5, 2)
    figure = joint_settings.gradient_errors(errors, (2,), "joint field")
    assert len(figure.data[0].x) == 2
    with pytest.raises(ValueError, match="shown is 'none'"):
        joint_settings.gradient_errors(errors, (2,), "none")


def test_bands_drawn_are_those_counted():
    figure = joint_settings.estimates(FIELD, 1)
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    inside = [np.abs(np.subtract(dot.y, dot.x)) <= dot.error_y.array for dot in dots]
    assert words(figure) == f"bands hold {np.sum(inside)} of 40 entries"
    assert coverage((2,), seeds=2)[0, 1] == np.mean(inside)
    assert all(dot.error_y.array is None for dot in joint_settings.estimates(WAYS[0], 1).data[:2])


def test_what_is_dragged_stands_where_it_is_drawn():
    (end,) = (t for t in local_views.direction(0.5, 30).data if t.name == "direction")
    assert (end.x[1], end.y[1]) == pytest.approx(local_views.tip(0.5, 30))
    point = two_steps(-1, 0.5).data[-1]
    assert (point.name, *point.x, *point.y) == ("point", -1, 0.5)
    arrow = next(t for t in constraints.on_circle(20).data if t.name == "gradient of f")
    assert (arrow.x[0], arrow.y[0]) == pytest.approx(constraints.place_at(20))
