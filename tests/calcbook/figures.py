"""What tests of figures share: one of every kind that the chapters draw, and what is read off."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from calcbook import charts, data, moving_figure
from calcbook.charts._base import say

X = np.linspace(-2, 2, 40)
Y = np.linspace(-1, 3, 41)
ROSENBROCK = (1 - X) ** 2 + 10 * (Y[:, None] - X**2) ** 2
H = np.logspace(-16, 0, 60)
SINE = data.noisy_sine(200)


def examples() -> dict[str, go.Figure]:
    """Return the figures by name."""
    log = data.training_log()
    told = charts.curves({"a": ([0, 1, 2], [0, 1, 4])}, x="x", y="y")
    say(say(told, "below"), "above", lift=18).update_layout(showlegend=False, margin_t=46)
    step, loss, rate = log.step[::10], log.loss[::10], log.learning_rate[::10]
    return {
        "curves": charts.curves(
            {"truth": (SINE.t, SINE.truth), "fit": (SINE.t, SINE.truth + 0.03)},
            points={"data": (SINE.t, SINE.u)},
            bands={"95% band": (SINE.t, SINE.truth - 0.1, SINE.truth + 0.1)},
            x="time (s)",
            y="u",
            vlines={"here": 2.0},
        ),
        "logarithmic": charts.curves(
            {"forward": (H, H + 1e-16 / H), "central": (H, H**2 + 1e-16 / H)},
            x="step h",
            y="error",
            x_type="log",
            y_type="log",
            dashes={"central": "dash"},
        ),
        "contours": charts.contours(
            X,
            Y,
            ROSENBROCK + 0.1,
            paths={"descent": ([-1.5, -0.5, 0, 1], [2.5, 1, 0.2, 1])},
            arrows={"gradient": ([0], [0], [0.5], [0.3])},
            z_label="loss",
            z_type="log",
            labels=("x₁", "x₂"),
        ),
        "heat": charts.heat(
            np.arange(1, 21), np.linspace(0.5, 2, 16), np.outer(np.arange(16) - 8, np.arange(20)),
            labels=("depth", "scale"), z_label="log norm", diverging=True,
        ),
        "bars": charts.bars(
            ["spline", "LOWESS", "naive"],
            {"value": [1, 2, 3.2], "derivative": [2, 3, 7]},
            errors={"value": [0.1, 0.2, 0.3]},
            x="method",
            y="error",
        ),
        "horizontal": charts.bars(
            ["a method with a long name", "another"], {"time": [1e-3, 30]},
            y="seconds", horizontal=True, y_type="log",
        ),
        "stack": charts.stack(
            [
                charts.curves({"loss": (step, loss)}, x="step", y="loss", y_type="log"),
                charts.curves({"rate": (step, rate)}, x="step", y="learning rate"),
            ]
        ),
        "equal": charts.heat(
            np.arange(8), np.arange(6), np.outer(np.arange(6), np.arange(8)), equal=True
        ),
        "few decades": charts.curves(
            {"a": ([8, 120], [1, 2])}, x="x", y="y", x_type="log", y_type="log"
        ),
        "told": told,
        "large": charts.curves({"price": ([0, 1, 2], [1, 31000, 2])}, x="t", y="price"),
    }  # fmt: skip


def assert_publishable(
    name: str,
    draw: Callable[..., go.Figure],
    controls: Mapping[str, Sequence[object]],
    *,
    points: int = 520,
) -> None:
    """Fail unless a figure has a frame for each of its states, light curves and titled axes."""
    bundle = moving_figure(draw, alt=name, **controls).bundle()
    assert len(bundle["frames"]) == np.prod([len(values) for values in controls.values()])
    assert all(len(each["x"]) <= points for each in bundle["data"] if "x" in each)
    titled = [a for k, a in bundle["layout"].items() if "axis" in k and a.get("showticklabels", 1)]
    assert all(axis["title"]["text"] for axis in titled)


def trace(figure: go.Figure, name: str) -> Any:
    """Return the first trace of a name."""
    return next(each for each in figure.data if each.name == name)


def words(figure: go.Figure) -> str:
    """Return all that is written into a figure."""
    return " | ".join(note.text for note in figure.layout.annotations if note.text)
