"""Surfaces and points in space, seen from plotly's usual corner, as SVG."""

from __future__ import annotations

from typing import Any

import numpy as np

from calcbook.poster._scales import Scale
from calcbook.poster._svg import fill, polyline, stretched, stroke, text

MOST_FACES = 18  # along a side; finer surfaces are thinned


def space(
    data: list[dict[str, Any]], layout: dict[str, Any], height: float
) -> tuple[str, dict[str, str]]:
    """Return all traces of a scene, far parts first, in an outline of their box."""
    bounds = [_bounds(data, layout, letter) for letter in "xyz"]
    eye = layout.get("scene", {}).get("camera", {}).get("eye", {})
    view = np.array([eye.get(k, 1.25) for k in "xyz"], dtype=float)
    view /= np.linalg.norm(view)
    right = np.cross([0.0, 0.0, 1.0], view)
    right /= np.linalg.norm(right)
    up = np.cross(view, right)

    def seen(points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        spans = [(low, high - low) for low, high in bounds]
        cube = np.stack([(points[..., i] - a) / b - 0.5 for i, (a, b) in enumerate(spans)], -1)
        return 0.5 + cube @ right / 2.2, 0.5 + cube @ up / 1.7, cube @ view

    twins: dict[str, str] = {}
    drawn = _box(bounds, seen, layout["font"]["color"])
    for trace in data:
        if trace["type"] == "surface":
            scale = Scale(trace["colorscale"], trace.get("cmin"), trace.get("cmax"), trace["z"])
            drawn += _surface(trace, scale, seen)
            twins |= scale.twins
    for trace in data:
        if trace["type"] == "scatter3d":
            x, y, _ = seen(np.stack([_floats(trace[k]) for k in "xyz"], -1))
            mode = trace.get("mode", "lines+markers")
            if "lines" in mode:
                drawn += stroke(polyline(x, y), trace["line"]["color"], 3)
            if "markers" in mode:
                marks = "".join(polyline(x[i : i + 1], y[i : i + 1]) for i in range(x.size))
                mark = stroke(marks, trace["marker"]["color"], trace["marker"].get("size", 6))
                drawn += mark.replace("linejoin:round", "linecap:round")
    names = _axis_names(layout)
    corners = np.array(
        [[sum(bounds[0]) / 2, bounds[1][1], bounds[2][0]],
         [bounds[0][1], sum(bounds[1]) / 2, bounds[2][0]],
         [bounds[0][1], bounds[1][0], sum(bounds[2]) / 2]]
    )  # fmt: skip
    x, y, _ = seen(corners)
    words = "".join(
        text(name, f"{100 * a:.4g}%", f"{100 * (1 - b):.4g}%", anchor="middle", shift="1.2em")
        for name, a, b in zip(names, x, y, strict=True)
    )
    return stretched(drawn) + words, twins


def _floats(values: Any) -> np.ndarray:
    return np.array(
        [np.nan if v is None else v for v in np.ravel(np.asarray(values, object))], float
    )


def _coordinates(trace: dict[str, Any]) -> dict[str, np.ndarray]:
    if trace["type"] == "scatter3d":
        return {k: _floats(trace[k]) for k in "xyz"}
    z = np.array([[np.nan if v is None else v for v in row] for row in trace["z"]], dtype=float)
    x, y = _floats(trace["x"]), _floats(trace["y"])
    if x.size != z.size:
        x, y = (a.ravel() for a in np.meshgrid(x, y))
    return {"x": x.reshape(z.shape), "y": y.reshape(z.shape), "z": z}


def _bounds(data: list[dict[str, Any]], layout: dict[str, Any], letter: str) -> tuple[float, float]:
    given = layout.get("scene", {}).get(f"{letter}axis", {}).get("range")
    if given:
        return float(given[0]), float(given[1])
    values = np.concatenate([_coordinates(trace)[letter].ravel() for trace in data])
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _axis_names(layout: dict[str, Any]) -> list[str]:
    scene = layout.get("scene", {})
    return [scene.get(f"{k}axis", {}).get("title", {}).get("text", k) for k in "xyz"]


def _box(bounds: list[tuple[float, float]], seen: Any, color: str) -> str:
    (x0, x1), (y0, y1), (z0, z1) = bounds
    floor = [[x0, y1, z0], [x1, y1, z0], [x1, y0, z0], [x1, y0, z1], [x0, y0, z1], [x0, y1, z1]]
    outline = [*floor, [x0, y1, z0], [x0, y0, z0], [x1, y0, z0], [x0, y0, z0], [x0, y0, z1]]
    x, y, _ = seen(np.array(outline, dtype=float))
    return stroke(polyline(x, y), color, 1, opacity=0.4)


def _surface(trace: dict[str, Any], scale: Scale, seen: Any) -> str:
    grid = _coordinates(trace)
    rows, columns = grid["z"].shape
    keep = np.ix_(
        np.unique(np.linspace(0, rows - 1, min(rows, MOST_FACES)).astype(int)),
        np.unique(np.linspace(0, columns - 1, min(columns, MOST_FACES)).astype(int)),
    )
    points = np.stack([grid[k][keep] for k in "xyz"], -1)
    x, y, depth = seen(points)
    faces = []
    for i in range(points.shape[0] - 1):
        for j in range(points.shape[1] - 1):
            ring = ([i, i, i + 1, i + 1], [j, j + 1, j + 1, j])
            height = float(points[..., 2][ring].mean())
            if np.isfinite(height):
                faces.append(
                    (float(depth[ring].mean()), height, polyline(x[ring], y[ring], close=True))
                )
    return "".join(fill(path, scale.color(height)) for _, height, path in sorted(faces))
