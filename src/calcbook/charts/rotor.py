"""Drawing for the rotor's network: advice followed, its Taylor polynomials, local surrogates."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calcbook import rotor, style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.local_surrogate import explain
from calcbook.trust import ORDERS, along, radius_of_trust

# The settings that the chapter explains: pitch in degrees, tip speed ratio.
HERE = (8.0, 5.0)
POINTS = {
    "slow rotor": HERE,
    "near its best": (8.0, 7.5),
    "flat blades": (2.0, 9.0),
}
DIRECTIONS = {"faster": (0.0, 1.0), "flatter blades": (-1.0, 0.0), "both": (-1.0, 1.0)}
REACH = 7.0
BETZ = 16 / 27  # no rotor can take a larger share
MODEL, LINE, TRUTH = style.BLUE, style.VERMILION, style.INK
ORDER_COLORS = (style.GRAY, style.VERMILION, style.GREEN)


def advice(moved: float) -> go.Figure:
    """Draw what an explanation promises for a faster rotor, and what comes of it.

    Parameters
    ----------
    moved : float
        By how much the tip speed ratio is raised.
    """
    model, point = rotor.model(), np.array(HERE)
    slope = model.gradient(point[None])[0][1]
    steps = np.linspace(0, moved, 2 + int(8 * moved))
    walked = point + np.outer(steps, [0, 1])
    speed = walked[:, 1]
    promise = model(point[None])[0] + slope * steps
    came = rotor.true_share(walked)
    figure = curves(
        {
            "promised by the explanation": (speed, promise),
            "model": (speed, model(walked)),
            "truth": (speed, came),
        },
        points={"now": ([speed[-1]], [came[-1]])},
        x="tip speed ratio",
        y="share of the wind's power",
        x_range=(4.5, 13.2),
        y_range=(0, 0.75),
        hlines={"most that physics allows": BETZ},
        colors={"promised by the explanation": LINE, "model": MODEL, "now": TRUTH},
        dashes={"promised by the explanation": "dash", "truth": "dot"},
        marker_size=10,
    )
    figure.update_annotations(x=0.015, xanchor="left")  # the promise crosses it at the right
    words = f"promised {promise[-1]:.0%}, came {came[-1]:.0%}"
    return say(figure, words, inside=True)


def lens(point: str, direction: str, tolerance: float) -> go.Figure:
    """Draw the model along a ray with its Taylor polynomials, and below their errors.

    Parameters
    ----------
    point : str
        One of `POINTS`.
    direction : str
        One of `DIRECTIONS`.
    tolerance : float
        The error up to which a polynomial is trusted.
    """
    ray = along(rotor.model(), POINTS[point], DIRECTIONS[direction])
    s = np.linspace(0, REACH, 71)
    truth = ray.value(s)
    names = [f"order {order}" for order in ORDERS]
    lines = {name: (s, ray.taylor(order, s)) for name, order in zip(names, ORDERS, strict=True)}
    colors = dict(zip(names, ORDER_COLORS, strict=True)) | {"model": MODEL}
    dashes = {"order 0": "dot", "order 1": "dash", "order 2": "dashdot"}
    shared: dict[str, Any] = {
        "x": "distance along the direction",
        "x_range": (0, REACH),
        "colors": colors,
    }
    top = curves(
        {"model": (s, truth)} | lines,
        y="predicted share",
        y_range=(-0.05, 0.95),
        dashes=dashes,
        **shared,
    )
    radii = [radius_of_trust(ray, order, tolerance, REACH) for order in ORDERS]
    bottom = curves(
        {name: (s, np.abs(line[1] - truth)) for name, line in lines.items()},
        points={
            f"trusted up to here, {name}": ([radius], [tolerance])
            for name, radius in zip(names, radii, strict=True)
        },
        y="error",
        y_range=(0, 0.1),
        hlines=[tolerance],
        dashes=dashes,
        marker_size=10,
        **shared | {"colors": colors | {f"trusted up to here, {n}": colors[n] for n in names}},
    )
    for trace in bottom.data:
        if trace.mode == "markers":
            trace.showlegend = False
    figure = stack([top, bottom], heights=[1.2, 1], gap=0.07)
    said = ", ".join(f"{radius:.2f}" for radius in radii)
    return say(figure, f"orders trusted up to {said}", inside=True)


def surrogate(point: str, width: float) -> go.Figure:
    """Draw the model over the tip speed ratio with its tangent and a local surrogate.

    Parameters
    ----------
    point : str
        One of `POINTS`.
    width : float
        Standard deviation of the surrogate's samples, as a share of each input's standard
        deviation in the data.
    """
    model, center = rotor.model(), np.array(POINTS[point])
    fitted = explain(model, center, width * rotor.measured().settings.std(axis=0))
    speed = np.linspace(*rotor.RATIO, 101)
    settings = np.column_stack([np.full(speed.size, center[0]), speed])
    tangent = model(center[None])[0] + model.gradient(center[None])[0][1] * (speed - center[1])
    line = fitted.intercept + fitted.slopes[1] * (speed - center[1])
    drawn = np.random.default_rng(0).normal(size=(1000, 2))[:80]
    asked = center + width * rotor.measured().settings.std(axis=0) * drawn
    figure = curves(
        {
            "model": (speed, model(settings)),
            "tangent": (speed, tangent),
            "surrogate": (speed, line),
        },
        points={
            "samples of the model": (asked[:, 1], model(asked)),
            "explained": ([center[1]], model(center[None])),
        },
        x="tip speed ratio",
        y="predicted share",
        x_range=rotor.RATIO,
        y_range=(-0.15, 0.9),
        colors={
            "model": MODEL,
            "tangent": style.GREEN,
            "surrogate": LINE,
            "samples of the model": style.GRAY,
            "explained": TRUTH,
        },
        dashes={"tangent": "dash"},
    )
    figure.data[0].marker.opacity = 0.6
    figure.data[1].marker.size = 11
    pitch, ratio = (f"{slope:+.3f}".replace("-", "−") for slope in fitted.slopes)
    say(figure, f"slopes: speed {ratio}, pitch {pitch}", LINE, inside=True)
    return say(figure, f"R² = {fitted.fidelity:.2f}", LINE, inside=True, lift=-18)
