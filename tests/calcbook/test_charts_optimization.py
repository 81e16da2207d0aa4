"""Pictures of descents show the path that was taken, inside the window, with few points."""

import numpy as np
import pytest

from calcbook import data, optimizers
from calcbook.charts.optimization import GRID_POINTS, MOST_POINTS, descent, fit_and_path, race
from calcbook.landscapes import decay_fit, quadratic, rosenbrock


def traced(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


def test_path_is_drawn_as_it_is():
    path = np.array([[-1.0, 1.0], [0.5, 0.5], [0.0, 0.0]])
    figure = descent(quadratic(), {"steps": path}, minimum=(0, 0))
    np.testing.assert_allclose(traced(figure, "steps").x, path[:, 0])
    np.testing.assert_allclose(traced(figure, "steps").y, path[:, 1])
    assert traced(figure, "minimum").x[0] == 0


def test_path_is_cut_one_point_after_it_leaves():
    path = np.array([[0.0, 0.0], [1.0, 1.0], [9.0, 0.0], [0.0, 0.0]])
    figure = descent(quadratic(), {"steps": path})
    np.testing.assert_allclose(traced(figure, "steps").x, [0, 1, 9])
    assert figure.layout.xaxis.range == (-2, 2)


def test_long_path_keeps_its_ends_and_its_first_steps():
    path = np.column_stack([np.linspace(-1, 1, 5000), np.zeros(5000)])
    shown = traced(descent(quadratic(), {"steps": path}), "steps").x
    assert len(shown) == MOST_POINTS
    np.testing.assert_allclose(shown[:20], path[:20, 0])
    assert shown[-1] == path[-1, 0]


def test_levels_are_those_of_the_loss():
    figure = descent(rosenbrock(), {})
    surface = figure.data[0]
    excess = rosenbrock().grid(GRID_POINTS)[2]
    high = excess > 2
    np.testing.assert_allclose(10 ** np.asarray(surface.z)[high], excess[high], rtol=0.012)


def test_race_shows_the_gap_against_the_bill():
    land = quadratic()
    trace = optimizers.run(
        optimizers.newton, land.loss_and_gradient, land.start, 6, hessian=land.hessian
    )
    line = traced(race(land, {"Newton": trace}, budget=6), "Newton")
    np.testing.assert_array_equal(line.x, [0, 3, 6])
    assert line.y[0] == pytest.approx(land.loss(np.array(land.start)))
    assert line.y[1] == 1e-12


def test_fit_is_the_curve_of_the_last_parameters():
    sample = data.noisy_decay(n=30)
    figure = fit_and_path(decay_fit(sample.t, sample.u), [[0.2, 2.5], [2.0, 0.5]], sample)
    np.testing.assert_allclose(traced(figure, "model").y, 2 * np.exp(-0.5 * sample.t))
    assert traced(figure, "parameters").yaxis == "y2"
