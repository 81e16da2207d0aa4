"""The opening chapter's figures say what the data and the fits say."""

import numpy as np
import pytest

from calcbook import data
from calcbook.charts import why_calculus
from pydelt.interpolation import SplineInterpolator


def made_log():
    """Return a log of two stretches, each a parabola with no noise."""
    step = np.arange(200)
    loss = np.where(step < 100, 3 - step / 50, 1 + ((step - 100) / 100) ** 2)
    return data.TrainingLog(step, loss, np.where(step < 100, 0.1, 1.0))


@pytest.fixture(scope="module")
def marked():
    log = made_log()
    fits = [
        SplineInterpolator().fit(log.step[rows], log.loss[rows])
        for rows in (slice(100), slice(100, 200))
    ]
    return why_calculus.MarkedLog(log, fits)


def test_marker_reads_value_and_slope_of_its_stretch(marked):
    loss, slope, _, _ = marked.read(50)
    assert (loss, slope) == pytest.approx((2.0, -2.0), abs=1e-6)
    loss, slope, _, _ = marked.read(150)
    assert (loss, slope) == pytest.approx((1.25, 1.0), abs=1e-6)


def test_what_added_up_goes_on_across_the_change(marked):
    totals = [marked.read(step)[3] for step in (0, 99, 100, 199)]
    exact_first, exact_second = 99 * 3 - 99**2 / 100, 99 + 99**3 / 3e4
    at_change = 3 - 99 / 50
    assert totals[0] == pytest.approx(0, abs=1e-9)
    assert totals[1] == pytest.approx(exact_first, rel=1e-6)
    assert totals[2] == pytest.approx(exact_first + at_change, rel=1e-6)
    assert totals[3] == pytest.approx(exact_first + at_change + exact_second, rel=1e-6)


def test_all_positions_of_the_marker_have_the_same_traces(marked):
    names = [[trace.name for trace in marked(step).data] for step in (0, 99, 100, 199)]
    assert all(one == names[0] for one in names)


def test_curves_have_a_gap_where_the_learning_rate_changed(marked):
    line = next(trace for trace in marked(50).data if trace.name == "smoothed loss")
    gap = np.flatnonzero(np.isnan(line.y))
    assert gap.size == 1
    assert line.x[gap[0] - 1] == 99
    assert line.x[gap[0] + 1] == 100


def test_number_of_fits_is_checked():
    with pytest.raises(ValueError, match=r"`fits` holds 0 fits.*2 stretches"):
        why_calculus.MarkedLog(made_log(), [])


def test_differences_are_slopes_per_hundred_steps():
    step = np.arange(100)
    fit = SplineInterpolator().fit(step, 5 - 0.02 * step)
    figure = why_calculus.differences(step, 5 - 0.02 * step, fit, 7)
    dots = next(trace for trace in figure.data if trace.name == "differences")
    assert np.allclose(dots.y, -2)
    assert dots.x[0] == 3.5
    with pytest.raises(ValueError, match="between 1 and 99, got 100"):
        why_calculus.differences(step, step, fit, 100)


@pytest.mark.parametrize("cause", ["exploding gradient", "vanishing gradient"])
def test_failing_runs_are_drawn_on_log_axes_with_whole_powers(cause):
    figure = why_calculus.failing_run(data.failing_runs()[cause])
    assert figure.layout.yaxis.type == figure.layout.yaxis2.type == "log"
    assert 1 <= len(figure.layout.yaxis2.tickvals) <= 8
    assert np.allclose(np.log10(figure.layout.yaxis2.tickvals) % 1, 0)


def test_the_sine_figure_tells_the_coverage_of_its_band():
    samples = data.noisy_sine(n=200, noise=0.1, seed=1)
    fit = SplineInterpolator().fit(samples.t, samples.u)
    lower, upper = fit.differentiate().band(samples.t)
    held = np.mean((lower <= samples.derivative) & (samples.derivative <= upper))
    texts = [note.text for note in why_calculus.sine(samples, fit).layout.annotations]
    assert any(f"{held:.0%}" in text for text in texts)
