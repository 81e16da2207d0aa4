"""The drawings of the pages on laws, options and sensitivities show what they are given."""

import numpy as np
import pytest

from calcbook import still_figure
from calcbook.charts import finance, physics, projects, robustness
from pydelt.interpolation import SplineInterpolator

T = np.linspace(0, 2, 20)
S = np.linspace(80, 120, 30)
DELTA = SplineInterpolator().fit(S, (S / 10) ** 2).differentiate(order=1)
GRID, CELLS = ([0, 1], [0, 1]), [[0.1, 0.2], [0.3, 0.4]]


def trace(figure, name):
    found = [entry for entry in figure.data if entry.name == name]
    assert len(found) == 1, f"{name!r} stands {len(found)} times in the figure"
    return found[0]


FIGURES = {
    "forecast": physics.forecast((T, T), (T, T), (T, T)),
    "losses": physics.losses({"data loss": np.ones(40)}, 0.1),
    "learned_rates": physics.learned_rates(np.ones((40, 3)), 1.0),
    "energies": physics.energies(T, {"a": T, "b": T}),
    "error_by_weight": physics.error_by_weight([0.1, 1], {"in": np.ones((2, 5))}, 2.0),
    "rivals": physics.rivals({"in": {"a": 0.1, "b": 0.2}, "out": {"a": np.nan, "b": 0.1}}),
    "slope_check": physics.slope_check(T, -T, -T, (-T - 1, -T + 1)),
    "slope_against_value": physics.slope_against_value(T, -T),
    "estimated_rates": physics.estimated_rates({"a": [1.2, 0.8], "b": [1.0, 1.1]}, 1.0),
    "quoted_delta": finance.quoted_delta(S, S, S / S, DELTA),
    "paths": finance.paths([0, 1], 100 * np.ones((6, 2))),
    "delta_and_gamma": finance.delta_and_gamma(S, S / 120, S / 400),
    "gamma_with_band": finance.gamma_with_band(S, S / 4000, DELTA, 0.9),
    "kink": finance.kink(S, S / 120, S / 100),
    "digit": robustness.digit(np.arange(64) / 64, "a 3"),
    "sensitivities": robustness.sensitivities(["a", "b"], [1, 2], [0.1, 0.1], [1, 1]),
    "losses_along": robustness.losses_along([0, 1], {"random": [1, 2]}, "length", 3),
    "winner": projects.winner([0.4, 0.5], [0.6, 0.3]),
    "boundary": projects.boundary(GRID, CELLS, [[0, 0], [1, 1]], [0, 1]),
    "settings": projects.settings(GRID, CELLS, [[0, 0], [1, 1]], {"winner": [1, 0]}),
    "forecasts": projects.forecasts(T, np.ones((20, 2)), np.ones((20, 2))),
    "certain_map": projects.certain_map([0, 1], [1, 2, 3, 4], [True, False, False, False]),
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_drawing_can_be_published(name):
    bundle = still_figure(FIGURES[name], alt=name).bundle()
    assert bundle["data"]
    assert "<svg" in bundle["poster"]


def test_middle_line_is_the_median_over_runs():
    errors = {"in": np.array([[1.0, 2.0, 30.0], [4.0, 5.0, 60.0]])}
    figure = physics.error_by_weight([0.1, 1], errors, 2.0)
    assert list(trace(figure, "in").y) == [2, 5]


def test_estimates_are_sorted_within_their_group():
    figure = FIGURES["estimated_rates"]
    assert list(trace(figure, "a").y) == [0.8, 1.2]
    assert np.max(trace(figure, "a").x) < np.min(trace(figure, "b").x)


def test_runs_are_broken_apart_in_their_one_trace():
    y = np.array(trace(FIGURES["learned_rates"], "each repetition").y, dtype=float)
    assert np.isnan(y).sum() == 3


def test_the_winner_has_the_least_measured_loss():
    assert list(trace(FIGURES["winner"], "winner").x) == [0.5]


def test_an_open_sign_is_a_hole():
    z = np.array(FIGURES["certain_map"].data[0].z, dtype=float)
    assert np.isnan(z[0, 0])
    assert z[1].tolist() == [3, 4]


def test_first_row_of_pixels_is_on_top():
    heat = FIGURES["digit"].data[0]
    assert np.asarray(heat.z)[-1, 0] == 0
    assert FIGURES["digit"].layout.xaxis.title.text == "a 3"


def test_average_and_median_are_taken_over_paths():
    prices = np.array([[100.0, 10.0], [100.0, 20.0], [100.0, 90.0]])
    figure = finance.paths([0, 1], prices, shown=2)
    assert list(trace(figure, "average").y) == [100, 40]
    assert list(trace(figure, "median").y) == [100, 20]
    assert len(figure.data) == 4


def test_differences_are_taken_over_the_stock_price():
    figure = finance.quoted_delta(S, 3 * S, S / S, DELTA)
    assert trace(figure, "differences").y == pytest.approx(np.full(30, 3.0))


def test_the_peak_of_gamma_is_written_into_the_figure():
    texts = [note.text for note in FIGURES["kink"].layout.annotations]
    assert texts == ["highest: 1.20"]
