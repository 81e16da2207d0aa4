"""The figures on complex numbers and waves show what is computed, in all their states."""

import re

import numpy as np
import pytest

from calcbook import (
    circle_integral,
    conformal,
    data,
    epicycles,
    filters,
    rotary,
    sampling,
    spectra,
    spectral,
    spectral_bias,
)
from calcbook.charts import complex_step as step_charts
from calcbook.charts import conformal as conformal_charts
from calcbook.charts import epicycles as epicycle_charts
from calcbook.charts import filters as filter_charts
from calcbook.charts import residues as residue_charts
from calcbook.charts import rotary as rotary_charts
from calcbook.charts import rotations
from calcbook.charts import sampling as sampling_charts
from calcbook.charts import spectra as spectrum_charts
from calcbook.charts import spectral as spectral_charts
from calcbook.charts import spectral_bias as bias_charts
from calcbook.complex_step import SMOOTH
from tests.calcbook.figures import assert_publishable, trace, words

FIGURES = {
    "readings": (
        sampling_charts.readings,
        {"hours": [6, 24, 36], "look": list(sampling_charts.LOOKS)},
    ),
    "fold": (sampling_charts.fold, {"hours": [6, 25, 48], "keep": list(sampling.KEEPING)}),
    "times w": (rotations.multiplied, {"length": [0.5, 1.5], "degrees": [0, 90, 330]}),
    "roots": (rotations.roots, {"n": [3, 12], "power": [1, 5, 12]}),
    "conformal": (
        conformal_charts.image,
        {"name": list(conformal.MAPS), "place": list(conformal_charts.PLACES), "side": [0.4, 0.2]},
    ),
    "complex step": (step_charts.against_step, {"name": list(SMOOTH)}),
    "lap": (residue_charts.lap, {"center_at": [-2, 0, 1.5], "radius": [0.3, 1.2]}),
    "pen": (
        epicycle_charts.pen,
        {"shape": list(epicycles.SHAPES), "k": [1, 9, 81], "phase": [0.125, 1]},
    ),
    "leakage": (
        spectrum_charts.leakage,
        {"days": [28, 100, 200], "window": list(spectra.WINDOWS)},
    ),
    "filters": (
        filter_charts.smoothed,
        {"name": list(filters.KERNELS), "width": [1, 7, 15]},
    ),
    "cut": (spectral_charts.cut, {"cutoff": [1, 5, 127], "noise": [0.001, 0.2]}),
    "learned": (
        bias_charts.learned,
        {"inputs": list(spectral_bias.INPUTS), "step": list(spectral_bias.STEPS)},
    ),
    "by distance": (rotary_charts.by_distance, {"position": [0, 1000]}),
}


def path(figure, name):
    return np.array(trace(figure, name).x) + 1j * np.array(trace(figure, name).y)


def crossings(u):
    return int(np.sum(np.diff(np.sign(u - np.mean(u))) != 0))


@pytest.mark.parametrize("name", FIGURES)
def test_every_state_can_be_published(name):
    assert_publishable(name, *FIGURES[name])


def test_readings_are_of_the_load_and_its_hours_are_shown_on_request():
    alone, hourly = (sampling_charts.readings(25, look) for look in sampling_charts.LOOKS)
    load = data.server_load()
    assert np.array(trace(alone, "log").y) == pytest.approx(
        load.u[::25][: len(load.u) // 25], abs=0.05
    )
    assert np.isnan(trace(alone, "hour by hour").x).all()
    assert crossings(np.array(trace(hourly, "hour by hour").y)) == 16  # two a day, for eight days
    with pytest.raises(ValueError, match="`look` is 'all'; choose one of"):
        sampling_charts.readings(25, "all")


@pytest.mark.parametrize(
    ("hours", "said"),
    [(6, "itself"), (23, "one of 23 days"), (24, "level"), (25, "one of 25 days")],
)
def test_the_mark_on_the_zigzag_is_what_the_readings_show(hours, said):
    figure = sampling_charts.fold(hours, "one value")
    assert f"the daily wave seems {said}" in words(figure)
    mark, zigzag = trace(figure, "daily wave"), trace(figure, "appears as")
    assert np.interp(1, zigzag.x, zigzag.y) == pytest.approx(mark.y[0], abs=1e-3)
    readings = np.array(trace(figure, "readings").y)
    waves = 60 * mark.y[0]
    if waves:  # a wave crosses its mean twice in a period; the noise adds some crossings
        power = np.abs(np.fft.rfft(readings - readings.mean()))
        assert power.argmax() == pytest.approx(waves, abs=1)


def test_the_letter_is_turned_and_scaled():
    figure = rotations.multiplied(1.5, 90)
    assert path(figure, "letter times w") == pytest.approx(1.5j * path(figure, "letter"), abs=1e-3)
    assert "w = 0.00 + 1.50 i" in words(figure)
    assert "w = 0.87 − 0.50 i" in words(rotations.multiplied(1, 330))


@pytest.mark.parametrize(("n", "power"), [(8, 3), (8, 6), (12, 12), (5, 10)])
def test_the_stops_add_up_to_what_is_told(n, power):
    figure = rotations.roots(n, power)
    stops = path(figure, "way")[:-1]
    visits, all_of, stopped, total = map(int, re.findall(r"\d+", words(figure)))
    assert (all_of, stopped) == (n, n)
    assert visits == len(set(np.round(stops, 3)))
    assert np.sum(stops) == pytest.approx(total, abs=1e-3)


@pytest.mark.parametrize("name", conformal.MAPS)
def test_small_squares_are_turned_and_scaled_where_there_is_a_slope(name):
    figure = conformal_charts.image(name, "right", 0.2)
    square, predicted = (
        path(figure, drawn) for drawn in ("image of the square", "turned and scaled by the slope")
    )
    off = np.abs(square - predicted).max() / np.abs(np.diff(predicted)).sum()
    conforms = conformal.MAPS[name].slope is not None
    assert bool(off < 0.04) is conforms
    assert ("away from turning and scaling: 0.00" in words(figure)) is conforms


def test_grids_and_squares_stay_within_their_frame():
    frame = conformal_charts.image("z²", "left", 0.4).layout
    for name in conformal.MAPS:
        for place in conformal_charts.PLACES:
            figure = conformal_charts.image(name, place, 0.4)
            for drawn in figure.data:
                assert np.nanmin(drawn.x) >= frame.xaxis.range[0], (name, drawn.name)
                assert np.nanmax(drawn.x) <= frame.xaxis.range[1], (name, drawn.name)
                assert np.nanmax(np.abs(np.array(drawn.y, float))) <= frame.yaxis.range[1], name


def test_only_the_modulus_defeats_the_complex_step():
    for name in SMOOTH:
        drawn = np.array(trace(step_charts.against_step(name), "complex step").y)
        assert np.all(drawn[:20] == 1 if name == "|x|" else drawn[:20] < 1e-14), name


@pytest.mark.parametrize(("center", "radius"), [(1.5, 0.7), (0, 1.2), (-1, 0.3), (2, 0.7)])
def test_a_lap_ends_at_the_residues_within(center, radius):
    figure = residue_charts.lap(center, radius)
    end = trace(figure, "real part of the sum").y[-1] + 1j * trace(figure, "imaginary part").y[-1]
    within = [r for p, r in circle_integral.residues().items() if abs(p - 1j * center) < radius]
    assert end == pytest.approx(2j * np.pi * sum(within), abs=1e-3)
    said = (2j * np.pi * sum(within)).real
    assert words(figure).startswith(f"sum {said:.3f}, 2πi·residues {said:.3f}".replace("-", "−"))
    below = figure.layout.yaxis2.range
    assert below[0] < min(trace(figure, "real part of the sum").y)
    assert max(trace(figure, "real part of the sum").y) < below[1]


def test_the_pen_draws_up_to_the_tip_of_the_arrows():
    for phase in (0.25, 0.75, 1):
        figure = epicycle_charts.pen("star", 9, phase)
        drawn, arrows = path(figure, "drawn so far"), path(figure, "arrows")
        assert drawn[-1] == pytest.approx(arrows[-1], abs=1e-3)
        assert arrows.size == 10
    assert "81 arrows: off by less than 0.001" in words(epicycle_charts.pen("leaf", 81, 1))
    assert "1 arrow: off by" in words(epicycle_charts.pen("leaf", 1, 1))


@pytest.mark.parametrize("shape", epicycles.SHAPES)
def test_the_fewest_arrows_shown_turn(shape):
    """The first arrow is the curve's mean and stands still, so the page begins with two."""
    start, later = (
        path(epicycle_charts.pen(shape, 2, phase), "arrows") for phase in (0.125, 0.625)
    )
    assert abs(later[-1] - start[-1]) > 0.1


def test_a_window_lets_the_weak_wave_stand_out():
    def highest_beyond_the_week(window):
        line = trace(spectrum_charts.leakage(100, window), "spectrum")
        frequency, height = np.array(line.x), np.array(line.y)
        fast = frequency > 1 / 5.2
        return frequency[fast][height[fast].argmax()]

    weak = trace(spectrum_charts.leakage(100, "none"), "waves that are there").x[1]
    assert highest_beyond_the_week("Hann") == pytest.approx(weak, abs=0.005)
    assert highest_beyond_the_week("none") != pytest.approx(weak, abs=0.02)
    assert "100 days are 14.3 weeks" in words(spectrum_charts.leakage(100, "none"))


def test_the_weekly_wave_is_multiplied_by_the_marked_factor():
    figure = filter_charts.smoothed("moving average", 11)
    factor = trace(figure, "weekly wave").y[0]
    data_points, smooth = (np.array(trace(figure, name).y) for name in ("data", "smoothed"))
    assert factor < -0.1
    assert np.polyfit(data_points, smooth, 1)[0] == pytest.approx(factor, abs=0.05)


def test_the_cut_is_told_and_its_error_marked():
    figure = spectral_charts.cut(5, 0.05)
    estimate = spectral.spectral_derivative(spectral.samples()[1], spectral.PERIOD, 5)
    assert np.array(trace(figure, "estimate").y) == pytest.approx(estimate, abs=6e-4)
    errors = [spectral.error(5, seed=seed) for seed in range(20)]
    assert trace(figure, "here").y[0] == pytest.approx(np.sqrt(np.mean(np.square(errors))))
    assert "keeps 5 of 127 waves" in words(figure)
    assert np.min(trace(figure, "error").y) == pytest.approx(trace(figure, "here").y[0])
    with pytest.raises(ValueError, match="`cutoff` is 7; choose one of"):
        spectral_charts.cut(7, 0.05)


def test_bars_are_the_shares_of_the_fit():
    figure = bias_charts.learned("x", 300)
    fit, x = np.array(trace(figure, "network").y), np.array(trace(figure, "network").x)
    for share, k in zip(trace(figure, "share learned").y, spectral_bias.PERIODS, strict=True):
        assert share == pytest.approx(2 * np.mean(fit * np.sin(2 * np.pi * k * x)), abs=2e-3)
    with pytest.raises(ValueError, match="`step` is 7; choose one of"):
        bias_charts.learned("x", 7)


def test_only_the_turned_curve_stays():
    near, far = (rotary_charts.by_distance(position) for position in (0, 1000))
    for name, most in {"turned (rotary)": 1e-3, "waves added": np.inf}.items():
        moved = np.abs(np.subtract(trace(near, name).y, trace(far, name).y)).max()
        assert moved <= most
    assert moved > 1
    assert rotary.score(np.ones(2), np.ones(2)) == 2
