"""Moving figures: the bundle of the static page, and clear errors."""

import json
import math

import numpy as np
import plotly.graph_objects as go
import pytest

from calcbook import Control, Handle, charts, moving_figure, still_figure
from calcbook._bundle import MIME
from calcbook._plain import plain
from calcbook._states import FigureError

X = np.linspace(0.0, 1.0, 20)
ALT = "A power of x."


def power(exponent, kind="line"):
    figure = charts.curves({"power": (X, X**exponent)}, x="x", y="y")
    return figure if kind == "line" else figure.update_traces(mode="markers")


def test_frames_are_row_major_and_the_last_control_is_fastest():
    figure = moving_figure(power, alt=ALT, exponent=[1, 2, 3], kind=["line", "points"])
    frames = figure.bundle()["frames"]
    assert len(frames) == 6
    assert frames[0] == {}
    assert "mode" in frames[1]["data"]["0"]
    assert "y" not in frames[1]["data"]["0"]
    assert frames[4]["data"]["0"]["y"][10] == pytest.approx(X[10] ** 3, rel=1e-4)


def test_frames_hold_only_what_differs_from_the_start_state():
    figure = moving_figure(power, alt=ALT, exponent=Control([1, 2, 3], start=1))
    bundle = figure.bundle()
    assert bundle["frames"][1] == {}
    assert bundle["data"][0]["y"][10] == pytest.approx(X[10] ** 2, rel=1e-4)
    assert [set(frame["data"]["0"]) for frame in bundle["frames"][::2]] == [{"y"}, {"y"}]
    assert all("layout" not in frame for frame in bundle["frames"])


def test_every_frame_applied_to_the_start_gives_the_state_drawn_directly():
    figure = moving_figure(power, alt=ALT, exponent=[1, 2, 3], kind=["line", "points"])
    bundle = figure.bundle()
    index = 0
    for exponent in (1, 2, 3):
        for kind in ("line", "points"):
            alone = moving_figure(power, alt=ALT, exponent=[exponent], kind=[kind]).bundle()
            change = bundle["frames"][index].get("data", {}).get("0", {})
            shown = {k: v for k, v in (bundle["data"][0] | change).items() if v is not None}
            assert shown == alone["data"][0]
            index += 1


def test_axes_hold_all_states_unless_they_are_set_free():
    def wave(top):
        return charts.curves({"wave": (X, top * X)})

    still = moving_figure(wave, alt=ALT, top=[1, 10]).bundle()
    low, high = still["layout"]["yaxis"]["range"]
    assert low <= 0
    assert high >= 10
    free = moving_figure(wave, alt=ALT, top=[1, 10], fixed_axes=False).bundle()
    assert free["layout"]["yaxis"]["range"][1] < 2
    assert free["frames"][1]["layout"]["yaxis"]["range"][1] > 10


def test_a_range_that_the_drawing_sets_is_kept():
    figure = still_figure(charts.curves({"a": (X, X)}, y_range=(-3, 3)), alt=ALT)
    assert figure.bundle()["layout"]["yaxis"]["range"] == [-3, 3]


def test_nan_becomes_null_and_arrays_become_short_numbers():
    y = np.array([np.pi * 1e-9, np.nan, np.inf, 1e5 / 3])
    bundle = still_figure(go.Figure(go.Scatter(x=[0, 1, 2, 3], y=y)), alt=ALT).bundle()
    assert bundle["data"][0]["y"] == [3.1416e-09, None, None, 33333]
    json.dumps(bundle, allow_nan=False)


def test_values_with_a_large_offset_do_not_collapse():
    times = 1.7e9 + np.linspace(0, 1, 11)
    assert len(set(plain(times))) == 11
    assert max(abs(np.array(plain(times)) - times)) < 1e-4


def test_matrices_become_lists_of_rows():
    figure = charts.heat([0, 1, 2], [0, 1], np.arange(6.0).reshape(2, 3))
    assert still_figure(figure, alt=ALT).bundle()["data"][0]["z"] == [[0, 1, 2], [3, 4, 5]]


def test_the_kernel_chooses_the_face(monkeypatch):
    monkeypatch.setenv("LIVEBOOK_STATIC", "1")
    shown = moving_figure(power, alt=f"  {ALT}\n ", exponent=[1, 2])._repr_mimebundle_()
    assert set(shown) == {MIME, "text/plain"}
    assert shown["text/plain"] == shown[MIME]["alt"] == ALT
    monkeypatch.delenv("LIVEBOOK_STATIC")
    assert MIME not in moving_figure(power, alt=ALT, exponent=[1, 2])._repr_mimebundle_()


def test_controls_carry_what_the_reader_sees():
    figure = moving_figure(
        lambda h, robust, method: power(1),
        alt=ALT,
        h=Control([1e-5, 0.5], label="step h", start=-1),
        robust=[False, True],
        method=["spline", "LOWESS"],
    )
    first, second, third = figure.bundle()["controls"]
    assert first["labels"] == ["10⁻⁵", "0.5"]
    assert (first["label"], first["kind"], first["start"]) == ("step h", "range", 1)
    assert (second["kind"], second["labels"]) == ("select", ["no", "yes"])
    assert (third["label"], third["kind"]) == ("method", "select")


def test_colors_have_dark_twins_and_the_poster_is_there():
    bundle = still_figure(power(2), alt=ALT).bundle()
    assert bundle["dark"]["#0072b2"] == "#56b4e9"
    assert bundle["poster"].startswith("<svg")
    assert bundle["bundle"] == "cartesian"


@pytest.mark.parametrize("alt", ["", "  \n", None])
def test_a_blank_alt_text_is_refused(alt):
    with pytest.raises(ValueError, match="alt"):
        still_figure(power(1), alt=alt)


def test_a_figure_needs_a_control_with_values():
    with pytest.raises(ValueError, match="still_figure"):
        moving_figure(power, alt=ALT)
    with pytest.raises(ValueError, match="'exponent' has no values"):
        moving_figure(power, alt=ALT, exponent=[])


def test_labels_that_cannot_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="finer format"):
        moving_figure(power, alt=ALT, exponent=Control([1.01, 1.02], format="{:.1f}"))


def test_a_start_outside_the_values_is_refused():
    with pytest.raises(ValueError, match="start 2"):
        moving_figure(power, alt=ALT, exponent=Control([1, 2], start=2))


def test_a_drawing_that_returns_no_figure_is_named_with_its_values():
    with pytest.raises(FigureError, match=r"draw\(n=3\) returned NoneType"):
        moving_figure(lambda n: None, alt=ALT, n=[3]).bundle()


def test_states_with_other_traces_are_refused_with_their_values():
    def draw(n):
        return charts.curves({str(i): (X, X) for i in range(n)})

    with pytest.raises(FigureError, match=r"draw\(n=2\) has traces .* draw\(n=1\)"):
        moving_figure(draw, alt=ALT, n=[1, 2]).bundle()


def test_too_many_states_and_too_many_bytes_are_refused():
    many = moving_figure(lambda a, b: power(1), alt=ALT, a=list(range(20)), b=list(range(10)))
    with pytest.raises(FigureError, match=r"a: 20 × b: 10 makes 200 states"):
        many.bundle()

    def heavy(n):
        return charts.curves({"noise": (np.arange(20000), np.random.default_rng(n).random(20000))})

    with pytest.raises(FigureError, match="fewer points"):
        moving_figure(heavy, alt=ALT, n=list(range(20))).bundle()


def test_a_trace_the_book_cannot_draw_is_refused():
    with pytest.raises(FigureError, match="'pie'"):
        still_figure(go.Figure(go.Pie(values=[1, 2])), alt=ALT).bundle()


def test_log_axes_count_in_decades():
    figure = charts.curves({"a": (X + 0.1, np.exp(X))}, y_type="log", y_range=(0.1, 1000))
    assert still_figure(figure, alt=ALT).bundle()["layout"]["yaxis"]["range"] == [-1, 3]
    free = charts.curves({"a": (X, np.array([0.0, *np.logspace(-3, 0, 19)]))}, y_type="log")
    low, high = still_figure(free, alt=ALT).bundle()["layout"]["yaxis"]["range"]
    assert math.isclose(low, -3.15, abs_tol=0.01)
    assert math.isclose(high, 0.15, abs_tol=0.01)


def test_a_handle_has_a_place_for_every_state_in_their_order():
    tip = Handle(lambda exponent, x: (x, x**exponent), moves=["x"], axes=("x2", "y2"))
    figure = moving_figure(
        lambda exponent, x: power(exponent), alt=ALT, drag=[tip], exponent=[1, 2], x=[0, 0.5]
    )
    (handle,) = figure.bundle()["handles"]
    assert handle["moves"] == [1]
    assert handle["axes"] == ["xaxis2", "yaxis2"]
    assert handle["places"] == [[0, 0], [0.5, 0.5], [0, 0], [0.5, 0.25]]
    assert figure._livebook_frames_().at(3)["handles"] == [handle]


def test_a_handle_is_nowhere_where_its_place_is_not_finite():
    figure = moving_figure(
        power, alt=ALT, drag=[Handle(lambda exponent: (1, np.nan))], exponent=[1]
    )
    assert figure.bundle()["handles"][0]["places"] == [None]


@pytest.mark.parametrize(
    ("handle", "words"),
    [
        (Handle(lambda angle: (0, angle)), "'angle', and the controls are exponent, kind"),
        (Handle(lambda exponent: (0, 0), moves=["kind"]), "moves 'kind', but"),
    ],
)
def test_a_handle_that_cannot_move_its_controls_is_refused(handle, words):
    with pytest.raises(ValueError, match=words):
        moving_figure(power, alt=ALT, drag=[handle], exponent=[1], kind=["line"])


def test_a_figure_that_is_dragged_may_have_more_states():
    drag = [Handle(lambda a, b: (a, b))]
    shape = {"a": list(range(20)), "b": list(range(10))}
    bundle = moving_figure(lambda a, b: power(1), alt=ALT, drag=drag, **shape).bundle()
    assert len(bundle["frames"]) == 200
    with pytest.raises(FigureError, match=r"makes 800 states, and 700"):
        moving_figure(
            lambda a, b: power(1), alt=ALT, drag=drag, a=list(range(80)), b=list(range(10))
        ).bundle()
