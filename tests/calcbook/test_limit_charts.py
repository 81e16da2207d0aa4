"""The figures on functions and limits show what is computed, in all their states."""

import numpy as np
import pytest

from calcbook import data, rounding, storm_models, temperature, zoom_lens
from calcbook import twins as two
from calcbook.approach import APPROACHES
from calcbook.charts import approach, contract, storm, transformer_cost, twins
from calcbook.charts import rounding as rounding_charts
from calcbook.charts import temperature as temperature_charts
from calcbook.charts import zoom_lens as lens_charts
from tests.calcbook.figures import assert_publishable

RECORDS = data.wind_records()
MODELS = storm_models.fit_models(RECORDS)


def trace(figure, name, panel=0):
    return [each for each in figure.data if each.name == name][panel]


def words(figure):
    return " | ".join(note.text for note in figure.layout.annotations)


FIGURES = {
    "storm": (
        lambda reach, turbine: storm.outside(MODELS, RECORDS, reach, turbine),
        {"reach": [12, 30], "turbine": ["hidden", "shown"]},
    ),
    "twins": (
        twins.sampled,
        {"rate": [4, 96], "spacing": list(two.SPACING), "truth": list(two.TWINS)},
    ),
    "approach": (approach.approach, {"name": list(APPROACHES), "h": [1, 0.001]}),
    "lens": (lens_charts.lens, {"name": list(zoom_lens.VIEWS), "zoom": [1, 1000]}),
    "contract": (contract.contract, {"model": list(contract.MODELS), "tolerance": [0.5, 0.01]}),
    "disk": (contract.around, {"point": list(contract.POINTS), "tolerance": [0.3, 0.05]}),
    "rounding": (
        rounding_charts.errors,
        {
            "expression": list(rounding.EXPRESSIONS),
            "precision": list(rounding.PRECISIONS),
            "forms": ["as written", "both"],
        },
    ),
    "temperature": (
        temperature_charts.softmax_at,
        {"scores": list(temperature.SCORES), "temperature": [100, 1, 0.01]},
    ),
    "growth": (transformer_cost.growth, {"n": [128, 131072], "d": [64, 4096]}),
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_state_can_be_published(name):
    assert_publishable(name, *FIGURES[name], points=310)


def test_the_storm_tells_what_each_model_says_at_the_edge():
    figure = storm.outside(MODELS, RECORDS, 20, "hidden")
    assert np.all(np.isnan(trace(figure, "truth").y))
    assert f"at 20 m/s: {float(MODELS['cubic'](20)):.1f}, " in words(figure)
    shown = trace(storm.outside(MODELS, RECORDS, 30, "shown"), "truth")
    assert (shown.y[-1], max(shown.y)) == (0, 2)
    with pytest.raises(ValueError, match="`turbine`"):
        storm.outside(MODELS, RECORDS, 30, "seen")


def test_twins_show_the_samples_of_the_one_that_was_asked_for():
    figure = twins.sampled(64, "even", "fast")
    samples = trace(figure, "data")
    assert np.std(samples.y - two.twin("fast", samples.x)) < 0.2
    assert "differ by 0.00" in words(twins.sampled(8, "even", "fast"))
    assert "differ by 0.00" not in words(twins.sampled(8, "uneven", "fast"))


def test_the_walk_ends_at_the_two_points():
    figure = approach.approach("|x|/x", 0.01)
    assert list(trace(figure, "left").y) == [-1]
    assert list(trace(figure, "right").y) == [1]
    assert trace(figure, "from the right").x[-1] == pytest.approx(0.01)
    assert "from the left, f = −1.00000" in words(figure)


def test_the_lens_shows_the_frame_and_what_it_holds():
    figure = lens_charts.lens("sigmoid", 10)
    frame = trace(figure, "frame")
    assert np.ptp(frame.x) == pytest.approx(np.ptp(trace(figure, "seen", 1).x))
    assert "samples on" in words(lens_charts.lens("a sensor’s samples", 100))


def test_the_contract_draws_the_largest_safe_radius():
    figure = contract.contract("sigmoid", 0.1)
    radius = max(trace(figure, "δ").x)
    assert 1 / (1 + np.exp(-radius)) - 0.5 == pytest.approx(0.1, abs=1e-3)
    assert "no δ above 0 is safe" in words(contract.contract("threshold", 0.5))


def test_the_disk_touches_where_the_contract_breaks_first():
    from calcbook.moons import probability

    figure = contract.around("near the border", 0.2)
    way = trace(figure, "worst direction")
    ends = probability(np.column_stack([way.x, way.y]))
    assert abs(ends[1] - ends[0]) == pytest.approx(0.2, abs=0.01)


def test_the_stable_form_is_hidden_until_it_is_asked_for():
    hidden = rounding_charts.errors("log(1 + h)/h", "float64", "as written")
    assert np.all(np.isnan(trace(hidden, "stable").y))
    assert "log1p" not in words(hidden)
    both = rounding_charts.errors("log(1 + h)/h", "float64", "both")
    assert max(trace(both, "stable").y) < 1e-15
    assert "log1p" in words(both)


def test_growth_tells_share_and_power():
    text = words(transformer_cost.growth(6 * 256, 256))
    assert "n² takes 50% of the work" in text
    assert "power 1.50" in text
