"""Charts: what is drawn, under which name and color, and what is refused."""

import numpy as np
import pytest

from calcbook import charts, style

X = np.linspace(0, 1, 11)


def by_name(figure):
    return {trace.name: trace for trace in figure.data}


def test_roles_keep_their_color_and_others_take_the_next():
    drawn = by_name(charts.curves({"truth": (X, X), "fit": (X, X), "naive": (X, X)}))
    assert drawn["truth"].line.color == style.INK
    assert drawn["fit"].line.color == style.BLUE
    assert drawn["naive"].line.color == style.VERMILION


def test_a_chosen_color_is_not_given_to_another_series():
    drawn = by_name(charts.curves({"a": (X, X), "b": (X, X)}, colors={"b": style.BLUE}))
    assert drawn["b"].line.color == style.BLUE
    assert drawn["a"].line.color != style.BLUE


def test_a_band_takes_the_color_of_its_line():
    lines = {"truth": (X, X), "spline": (X, X), "network": (X, X)}
    bands = {"network band": (X, X - 1, X + 1), "95% band": (X, X - 1, X + 1)}
    drawn = by_name(charts.curves(lines, bands=bands))
    assert drawn["network band"].fillcolor == style.translucent(drawn["network"].line.color)
    assert drawn["95% band"].fillcolor == style.translucent(drawn["spline"].line.color)


def test_a_band_leaves_out_what_is_not_known():
    lower = np.where(X > 0.5, np.nan, X - 1)
    band = charts.curves(bands={"band": (X, lower, X + 1)}).data[0]
    assert np.isfinite(np.asarray(band.y, dtype=float)).all()
    assert len(band.x) == 12


def test_points_named_like_a_line_share_its_color_and_entry():
    first, second = charts.curves({"loss": (X, X)}, points={"loss": (X, X, 0.1 * X)}).data
    assert first.marker.color == second.line.color
    assert first.showlegend is False
    assert first.error_y.array[10] == pytest.approx(0.1)


def test_marks_stand_at_their_value_also_on_log_axes():
    figure = charts.curves({"a": (X + 0.1, X)}, x_type="log", vlines={"best h": 0.5}, hlines=[0.2])
    across, along = figure.layout.shapes
    assert (across.x0, across.x1, across.yref) == (0.5, 0.5, "y domain")
    assert (along.y0, along.xref) == (0.2, "x domain")
    assert figure.layout.annotations[0].x == pytest.approx(np.log10(0.5))


def test_stacked_charts_share_their_horizontal_axis_and_legend():
    top = charts.curves({"loss": (X, X)}, x="step", y="loss", vlines={"here": 0.5})
    bottom = charts.curves({"loss": (X, X), "slope": (X, X)}, x="step", y="slope", hlines=[0])
    figure = charts.stack([top, bottom], heights=[2, 1])
    assert figure.layout.xaxis.matches == "x2"
    assert figure.layout.xaxis.title.text is None
    assert figure.layout.xaxis2.title.text == "step"
    assert [trace.showlegend for trace in figure.data] == [None, False, None]
    low, high = figure.layout.yaxis.domain
    assert high - low == pytest.approx(2 * np.diff(figure.layout.yaxis2.domain)[0])
    assert [shape.xref for shape in figure.layout.shapes] == ["x", "x2 domain"]
    assert [shape.yref for shape in figure.layout.shapes] == ["y domain", "y2"]


def test_contours_have_about_the_wanted_number_of_round_levels():
    z = np.add.outer(X, X)
    trace = charts.contours(X, X, z, levels=10).data[0]
    assert trace.contours.size == pytest.approx(0.2)
    assert trace.contours.start > z.min()
    assert trace.contours.end < z.max()


def test_log_contours_are_labeled_in_powers_of_ten():
    z = np.add.outer(10.0 ** np.linspace(-2, 3, 11), X)
    trace = charts.contours(X, X, z, z_type="log", z_label="loss").data[0]
    assert trace.zmin == pytest.approx(-2)
    assert "10<sup>2</sup>" in trace.colorbar.ticktext


def test_a_diverging_scale_is_neutral_at_zero():
    trace = charts.heat(X, X, np.add.outer(X, X) - 0.5, diverging=True).data[0]
    assert trace.zmin == -trace.zmax == -1.5


def test_arrows_end_where_their_vector_points():
    field = ([0, 0.5], [0, 0.5], [1, 0], [0, -0.25])
    arrows = charts.contours(X, X, np.add.outer(X, X), arrows={"gradient": field}).data[1]
    assert np.nan_to_num(np.asarray(arrows.x)).tolist() == [0, 1, 0, 0.5, 0.5, 0]
    assert np.asarray(arrows.y)[4] == 0.25
    assert arrows.marker.angleref == "previous"


def test_horizontal_bars_read_from_the_top():
    figure = charts.bars(["first", "second"], {"error": [1, 2]}, horizontal=True, y="error")
    assert figure.layout.yaxis.autorange == "reversed"
    assert figure.layout.xaxis.title.text == "error"


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: charts.curves({"fit": (X, X[:5])}), "'fit': x has 11 values and y has 5"),
        (lambda: charts.curves({"fit": (X, np.eye(11))}), "y of 'fit' must be one-dimensional"),
        (lambda: charts.curves(bands={"b": (X, X)}), r"\(x, lower, upper\)"),
        (lambda: charts.curves(y_type="log", y_range=(0, 1)), "y_range .* positive"),
        (lambda: charts.contours(X, X[:5], np.ones((11, 5))), r"must be \(5, 11\)"),
        (lambda: charts.contours(X, X, np.zeros((11, 11)), z_type="log"), "z must be positive"),
        (lambda: charts.heat(X, X, np.full((11, 11), np.nan)), "no finite value"),
        (lambda: charts.bars(["a", "b"], {"s": [1, 2, 3]}), "3 heights for 2 labels"),
        (lambda: charts.stack([]), "at least one figure"),
        (lambda: charts.stack([charts.curves()], heights=[1, 2]), "one positive number for each"),
    ],
)
def test_what_does_not_fit_is_named(draw, said):
    with pytest.raises(ValueError, match=said):
        draw()
