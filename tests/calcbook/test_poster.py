"""Posters: small, self-contained, in both themes, and like what plotly draws."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import numpy as np
import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, Page

from calcbook import charts, still_figure, style
from calcbook.poster._svg import UNITS, polyline, simplified
from calcbook.poster._ticks import ticks
from tests.calcbook.figures import examples

NAMES = list(examples())
PLOTLY = "node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js"
WIDTH = 700


@pytest.fixture(scope="module")
def bundles():
    return {k: still_figure(f, alt=k, height=420).bundle() for k, f in examples().items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_poster_is_small_well_formed_and_inert(bundles, name):
    poster = bundles[name]["poster"]
    assert len(poster) < 15_000
    root = ElementTree.fromstring(poster)
    tags = {element.tag.split("}")[-1] for element in root.iter()}
    assert tags <= {
        "svg", "g", "path", "text", "tspan", "line", "rect", "foreignObject", "div", "span",
    }  # fmt: skip
    assert not any("id" in element.attrib for element in root.iter())
    assert "http" not in poster.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("name", NAMES)
def test_every_color_of_a_poster_follows_the_theme(bundles, name):
    bundle = bundles[name]
    bare = re.sub(r"var\(--c[0-9a-f]+,#[0-9a-f]+\)", "", bundle["poster"])
    assert not re.search(r"#[0-9a-f]{3,8}\b", bare)
    for variable, color in re.findall(r"var\(--c([0-9a-f]+),#([0-9a-f]+)\)", bundle["poster"]):
        assert variable == color
        assert f"#{color}" in bundle["dark"]


@pytest.mark.parametrize(
    ("axis", "length", "labels"),
    [
        ({"range": [-0.3, 6.6]}, 630, ["0", "1", "2", "3", "4", "5", "6"]),
        ({"range": [0, 1]}, 630, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        ({"range": [-1e-4, 2e-4]}, 300, ["−1×10<sup>−4</sup>", "0", "1×10<sup>−4</sup>",
                                         "2×10<sup>−4</sup>"]),
        ({"range": [-16, 0], "type": "log"}, 630, [f"10<sup>−{k}</sup>" for k in range(16, 0, -2)]
         + ["1"]),
        ({"range": [0.9, 2.1], "type": "log"}, 200,
         [*"89", "10", *"23456789", "10<sup>2</sup>"]),
        ({"range": [0, 0.3], "type": "log"}, 200, ["1", "1.2", "1.4", "1.6", "1.8"]),
        ({"range": [0, 3], "tickvals": [1, 2], "ticktext": ["a", "b"]}, 630, ["a", "b"]),
        ({"range": [0, 10], "dtick": 5, "tickformat": ".1f"}, 630, ["0.0", "5.0", "10.0"]),
    ],
)  # fmt: skip
def test_ticks(axis, length, labels):
    assert [tick.label for tick in ticks(axis, length, horizontal=True)] == labels


def test_lines_are_thinned_without_a_visible_change():
    x = np.linspace(0, 1, 3000)
    points = np.round(np.column_stack([x, np.sin(9 * x)]) * UNITS)
    kept = simplified(points)
    assert len(kept) < 150
    redrawn = np.interp(points[:, 0], kept[:, 0], kept[:, 1])
    assert np.abs(redrawn - points[:, 1]).max() < 12  # of 2000: below 3 px at the steepest place
    there_and_back = np.array([[0, 0], [100, 0], [50, 0]])
    assert simplified(there_and_back).tolist() == there_and_back.tolist()


def test_gaps_part_a_line():
    y = np.array([0, 1, np.nan, 0.5, 0.7])
    path = polyline(np.linspace(0, 1, 5), y)
    assert path.count("M") == 2


def test_shapes_annotations_texts_and_symbols_are_drawn():
    figure = charts.curves({"a": ([0, 1, 2], [0, 1, 4])})
    figure.add_shape(type="rect", x0=0.5, x1=1, y0=0, y1=2, fillcolor=style.GOLD, opacity=0.3)
    figure.add_annotation(x=1, y=1, text="a <b>bold</b> peak", ax=40, ay=-20)
    figure.add_scatter(
        x=[0, 1, 2], y=[3, 3, 3], mode="markers+text", text=["p", "q<sup>2</sup>", "r & s"],
        marker={"symbol": ["x", "diamond", "star"], "color": [1, 2, 3], "size": [8, 9, 10],
                "colorscale": style.colorscale(style.SEQUENTIAL)},
    )  # fmt: skip
    bundle = still_figure(figure, alt="x").bundle()
    words = "".join(ElementTree.fromstring(bundle["poster"]).itertext())
    assert all(word in words for word in ("a bold peak", "q2", "r & s"))
    assert style.GOLD[1:] in bundle["poster"]


def test_surfaces_have_a_poster_too():
    z = np.outer(np.linspace(-1, 1, 40), np.linspace(-1, 1, 50))
    figure = go.Figure(go.Surface(z=z))
    figure.add_scatter3d(x=[0, 10], y=[0, 10], z=[0, 1], mode="lines")
    bundle = still_figure(figure, alt="x").bundle()
    assert bundle["bundle"] == "gl3d"
    assert bundle["poster"].count("<path") > 200


@pytest.mark.parametrize(
    ("trace", "said"),
    [
        (go.Scatter(x=[0, 1], y=[0, 1], mode="markers", marker={"symbol": "hexagon"}), "hexagon"),
        (go.Scatter(x=[0, 1], y=[0, 1], fill="tonextx"), "tonextx"),
        (go.Contour(z=np.eye(3)), "start, end and size"),
    ],
)
def test_what_a_poster_cannot_draw_is_named(trace, said):
    with pytest.raises(ValueError, match=said):
        still_figure(go.Figure(trace), alt="x").bundle()


@pytest.fixture(scope="module")
def drawn(bundles, browser: Browser) -> Iterator[Page]:
    """Show every poster beside plotly's drawing of the same bundle, at the same size."""
    page = browser.new_page(viewport={"width": 1500, "height": 900})
    boxes = "".join(
        f'<div style="position:relative;height:440px"><div id="{k}-poster" class="box">'
        f'{b["poster"]}</div><div id="{k}-plot" class="box" style="left:{WIDTH}px"></div></div>'
        for k, b in bundles.items()
    )
    look = "body{margin:0;font:16px Arial}"
    look += f".box{{position:absolute;width:{WIDTH}px;height:420px}}"
    page.set_content(f"<style>{look}</style>{boxes}")
    page.add_script_tag(path=PLOTLY)
    for name, b in bundles.items():
        page.evaluate(
            "([id, data, layout]) => Plotly.newPlot(id, data, layout)",
            [f"{name}-plot", b["data"], b["layout"] | {"height": b["height"]}],
        )
    yield page
    page.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_poster_says_what_plotly_says(drawn, name):
    """Tick labels, axis titles and legend entries are the same, at the same places."""
    read = """([id, selector]) => [...document.querySelectorAll(`#${id} ${selector}`)]
        .filter(e => e.textContent.replaceAll('\\u200b', ''))
        .map(e => { const a = document.getElementById(id).getBoundingClientRect(),
            b = e.getBoundingClientRect();
            return [e.textContent.replaceAll('\\u200b', ''), b.x + b.width / 2 - a.x,
                    b.y + b.height / 2 - a.y] })"""
    plotly = drawn.evaluate(read, [f"{name}-plot", "svg text"])
    poster = drawn.evaluate(read, [f"{name}-poster", ":is(svg text, span > span)"])
    said = [text for text, _, _ in poster]
    assert sorted(said) == sorted(text for text, _, _ in plotly)
    for text, x, y in plotly:
        distances = [abs(x - a) + abs(y - b) for t, a, b in poster if t == text]
        assert min(distances) < 15, (text, x, y, [p for p in poster if p[0] == text])


@pytest.mark.parametrize("name", NAMES)
def test_a_poster_has_its_plot_where_plotly_has_it(drawn, name):
    plotly = drawn.evaluate(
        "id => { const all = document.getElementById(id)._fullLayout, x = all.xaxis, y = all.yaxis;"
        "const low = all.yaxis2 ?? y;"
        "return [x._offset, y._offset, x._length, low._offset + low._length - y._offset] }",
        f"{name}-plot",
    )
    poster = drawn.evaluate(
        "id => { const e = document.getElementById(id), a = e.getBoundingClientRect(),"
        "b = e.firstElementChild.getBoundingClientRect();"
        "return [b.x - a.x, b.y - a.y, b.width, b.height] }",
        f"{name}-poster",
    )
    assert np.abs(np.subtract(poster, plotly)).max() < 6, (poster, plotly)
