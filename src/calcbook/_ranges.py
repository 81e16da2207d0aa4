"""The range of every axis, computed here and not by plotly.

A moving figure needs one range for all its states, or its axes would jump under the reader's hand;
and the poster, which stands in for plotly's drawing, must have the same one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

Span = tuple[float, float]

_PAD = 0.05


def axis_key(reference: str) -> str:
    """Return the layout's name of an axis: ``xaxis2`` for ``x2``."""
    return reference[0] + "axis" + reference[1:]


def data_span(data: list[dict[str, Any]], layout: dict[str, Any], key: str) -> Span | None:
    """Return the range of an axis, in axis units (decades on a log axis), or None.

    None stands for "leave it to the reader of the figure": the axis has a range of its own, shows
    categories or dates, or has nothing to show.
    """
    axis = layout.get(key, {})
    if "range" in axis or axis.get("type") in ("category", "date"):
        return None
    log = axis.get("type") == "log"
    letter = key[0]
    spans: list[Span] = []
    for trace in data:
        if axis_key(trace.get(f"{letter}axis", letter)) != key:
            continue
        values = numbers(trace.get(letter, ()))
        if values is None:
            return None
        spans.extend(_trace_spans(trace, letter, values, log, layout))
    spans = [span for span in spans if all(map(math.isfinite, span))]
    if not spans:
        return None
    low, high = min(s[0] for s in spans), max(s[1] for s in spans)
    if axis.get("rangemode") == "tozero" and not log:
        low, high = min(low, 0.0), max(high, 0.0)
    return (low - 0.5, high + 0.5) if low == high else (low, high)


def union(spans: Iterable[Span | None]) -> Span | None:
    """Return the smallest range that holds all those given."""
    known = [span for span in spans if span is not None]
    return (min(s[0] for s in known), max(s[1] for s in known)) if known else None


def numbers(values: Any) -> np.ndarray | None:
    """Return a flat float array, or None where the values are not numbers."""
    array = np.asarray(values)
    if array.dtype.kind in "OU":
        if any(isinstance(item, str) for item in array.ravel()):
            return None
        array = np.array([np.nan if v is None else v for v in array.ravel()], dtype=float)
    return array.astype(float).ravel() if array.dtype.kind in "bifu" else None


def _trace_spans(
    trace: dict[str, Any], letter: str, values: np.ndarray, log: bool, layout: dict[str, Any]
) -> Iterator[Span]:
    kind = trace.get("type", "scatter")
    if kind == "bar":
        if letter == ("y" if trace.get("orientation", "v") == "v" else "x"):
            yield from _bar_spans(trace, letter, values, log, layout)
        elif values.size:
            half = 0.5 * (float(np.min(np.diff(np.unique(values)))) if values.size > 1 else 1.0)
            yield float(values.min()) - half, float(values.max()) + half
        return
    ends = [values]
    error = numbers(trace.get(f"error_{letter}", {}).get("array", ()))
    if error is not None and error.size == values.size:
        ends += [values - error, values + error]
    shown = np.concatenate(ends)
    if log:
        shown = np.log10(shown[shown > 0])
    shown = shown[np.isfinite(shown)]
    if not shown.size:
        return
    low, high = float(shown.min()), float(shown.max())
    if kind == "heatmap":
        half = 0.5 * (high - low) / max(np.unique(shown).size - 1, 1) or 0.5
        yield low - half, high + half
    elif kind == "contour":
        yield low, high
    else:
        tight = letter == "x" and "markers" not in trace.get("mode", "lines")
        pad = 0.0 if tight else _PAD * (high - low)
        yield low - pad, high + pad


def _bar_spans(
    trace: dict[str, Any], letter: str, values: np.ndarray, log: bool, layout: dict[str, Any]
) -> Iterator[Span]:
    error = numbers(trace.get(f"error_{letter}", {}).get("array", ()))
    top = values + error if error is not None and error.size == values.size else values
    if log:
        positive = values[values > 0]
        if positive.size:
            yield math.floor(np.log10(positive.min()) - 0.1), np.log10(np.nanmax(top)) + 0.1
        return
    low, high = min(0.0, float(np.nanmin(values))), max(0.0, float(np.nanmax(top)))
    yield low + _PAD * low, high + _PAD * high
