"""What the figures of the reference pages show."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from calcbook.charts import method_choice, spline_choices, spline_parts
from calcbook.charts.spline_parts import wave
from calcbook.dense_spline import DenseSpline

T = np.linspace(0, 1, 60)
U = wave(T) + 0.2 * np.random.default_rng(0).normal(size=60)
SHARES = [0, 0.01, 0.2]
ERRORS = {name: np.array([1e-7, 0.1, 0.2]) for name in method_choice.COLORS}


def draw_errors(share: float, n: int) -> go.Figure:
    return method_choice.errors_over_noise(ERRORS, SHARES, share, n)


def draw_posterior(seen: int) -> go.Figure:
    return spline_parts.posterior(T, U, seen, penalty=1e-8, noise=0.2)


def draw_coverage(first: bool) -> go.Figure:
    inside = np.array([[True, first], [True, False]])
    return spline_choices.coverage([0, 1], inside, [1, 2], 3, "slope")


STATES: list[tuple[Callable[..., go.Figure], tuple[Any, ...], tuple[Any, ...]]] = [
    (draw_errors, (0, 40), (0.2, 60)),
    (lambda penalty: spline_parts.trade(T, U, penalty), (1e-12,), (1e-3,)),
    (spline_parts.basis_sum, (1, 0), (7, 14)),
    (lambda m, k: spline_parts.orders(T, U, m, k), (2, 0), (5, 3)),
    (draw_posterior, (0,), (60,)),
    (lambda s, i: spline_choices.scores(T, wave(T), s, i), (0.1, 0), (1.0, 3)),
    (draw_coverage, (True,), (False,)),
    (lambda count: spline_choices.knots(T, U, wave, count), (4,), (32,)),
    (lambda height: spline_choices.outlier(T, U, 20, height), (0,), (5,)),
]


@pytest.mark.parametrize(("draw", "one", "other"), STATES)
def test_states_differ_in_their_data_alone(
    draw: Callable[..., go.Figure], one: tuple[Any, ...], other: tuple[Any, ...]
) -> None:
    first, second = draw(*one), draw(*other)
    assert [trace.name for trace in first.data] == [trace.name for trace in second.data]
    assert first.to_json() != second.to_json()
    assert all(len(trace.x) <= 310 for trace in first.data)


def trace(figure: go.Figure, name: str) -> Any:
    return next(each for each in figure.data if each.name == name)


@pytest.mark.parametrize("derivative", [1, 2, 3])
def test_the_waves_derivatives(derivative: int) -> None:
    t = np.linspace(0, 1, 20_001)
    below = np.gradient(wave(t, derivative - 1), t)[1:-1]
    size = np.max(np.abs(wave(t, derivative)))
    assert below == pytest.approx(wave(t, derivative)[1:-1], abs=1e-5 * size)


@pytest.mark.parametrize("degree", [1, 3, 7])
def test_all_functions_add_up_to_the_curve_and_few_to_less(degree: int) -> None:
    figure = spline_parts.basis_sum(degree, 14)
    whole = trace(figure, "all of them").y
    assert trace(figure, "sum so far").y == pytest.approx(whole)
    assert trace(spline_parts.basis_sum(degree, 2), "sum so far").y[-1] == 0


def test_more_samples_narrow_the_posterior() -> None:
    def height(seen: int) -> float:
        band = np.array(trace(draw_posterior(seen), "mean slope band").y)
        return float(np.mean(band[: band.size // 2] - band[: band.size // 2 - 1 : -1]))

    assert height(0) > height(10) > 3 * height(60)


def test_a_smaller_penalty_moves_the_point_up_the_wall() -> None:
    rough, calm = (trace(spline_parts.trade(T, U, p), "this penalty") for p in (1e-12, 1e-3))
    assert rough.x[0] < calm.x[0]
    assert rough.y[0] > calm.y[0]


def test_both_scores_start_at_their_least() -> None:
    figure = spline_choices.scores(T, wave(T), 0.2, 0)
    for name in ("REML", "GCV"):
        line, least = trace(figure, name), trace(figure, f"least of {name}")
        assert min(line.y) == 0
        assert line.x[int(np.argmin(line.y))] == least.x[0]


def test_every_chosen_penalty_is_counted() -> None:
    chosen = {"REML": 10.0 ** np.array([-8.2, -8.0, -7.6]), "GCV": 10.0 ** np.array([-3.0] * 3)}
    bars = spline_choices.chosen_penalties(chosen, -10, 0)
    assert list(trace(bars, "REML").y) == [0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0]
    assert trace(bars, "GCV").y[7] == 3


def test_coverage_is_counted_at_each_time() -> None:
    assert list(trace(draw_coverage(True), "held").y) == [100, 50]


def test_few_knots_leave_a_trend_and_enough_do_not() -> None:
    def ratio(count: int) -> float:
        text = spline_choices.knots(T, U, wave, count).layout.annotations[0].text
        return float(re.search(r"ratio ([\d.]+)", text)[1])

    fast = np.sin(40 * T)
    little = spline_choices.knots(T, fast, lambda t: np.sin(40 * t), 4).layout.annotations[0].text
    assert float(re.search(r"ratio ([\d.]+)", little)[1]) < 1
    assert ratio(16) == pytest.approx(2, abs=0.6)


def test_an_outlier_bends_the_plain_slope_only() -> None:
    calm, bent = (spline_choices.outlier(T, U, 30, height) for height in (0, 6))

    def moved(name: str) -> float:
        slopes = [[each for each in f.data if each.name == name][1].y for f in (calm, bent)]
        return float(np.max(np.abs(np.subtract(*slopes))))

    assert moved("plain") > 3 * moved("robust")


def test_noise_levels_stand_evenly_and_small_errors_on_the_floor() -> None:
    figure = draw_errors(0.01, 40)
    line = trace(figure, "LOWESS")
    assert list(line.x) == [0, 1, 2]
    assert min(line.y) == method_choice.ERROR_RANGE[0]
    assert list(figure.layout.xaxis2.ticktext) == ["0%", "1%", "20%"]
    dashed = [shape for shape in figure.layout.shapes if shape.x0 == shape.x1]
    assert [shape.x0 for shape in dashed] == [1]


def test_sites_shown_are_the_splines() -> None:
    figure = spline_choices.knots(T, U, wave, 8)
    dashed = [shape.x0 for shape in figure.layout.shapes if shape.x0 == shape.x1]
    assert dashed == pytest.approx(list(DenseSpline(np.linspace(0, 1, 8)).sites[1:-1]))
