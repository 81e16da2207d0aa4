"""Drawing for discovered laws: the rollout over time that the law has not seen."""

from __future__ import annotations

import re
import textwrap

import plotly.graph_objects as go

from calcbook.charts.lines import curves
from calcbook.sparse_laws import HELD_OUT, SYSTEMS, discover, record

PHONE = 46  # characters that stand beside each other on a phone


def rollout(system: str, noise: float, threshold: float) -> go.Figure:
    """Draw the first state's readings, truth and rollout, with the law that was found above."""
    readings = record(system, noise)
    law = discover(system, readings, threshold)
    late = readings.t >= HELD_OUT
    state = SYSTEMS[system].states[0]
    t, seen = readings.t[::6], readings.t[::10] < HELD_OUT
    figure = curves(
        {
            "truth": (t, readings.truth[::6, 0]),
            "law found": (readings.t[late][::5], law.rollout(readings.t[late])[::5, 0]),
        },
        points={"readings used": (readings.t[::10][seen], readings.u[::10, 0][seen])},
        dashes={"law found": "dash"},
        vlines={"end of data": HELD_OUT},
        x="time",
        y=state,
        y_range=(-3, 3) if system == "pendulum" else (-1, 9),
    )
    lines = [line for words in law.words() for line in _broken_before_signs(words)]
    # plotly lifts a title of several lines by one, hence the padding.
    title = {"text": "<br>".join(lines), "font": {"size": 13}, "pad": {"t": 24}}
    figure.update_layout(title=title, margin={"t": 90})
    return figure


def _broken_before_signs(words: str) -> list[str]:
    space = "\N{NO-BREAK SPACE}"
    terms = re.sub(" (?![+−])", space, words)
    return [line.replace(space, " ") for line in textwrap.wrap(terms, PHONE)]
