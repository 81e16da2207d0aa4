"""Drawing for position encodings: how a score depends on where two words stand."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts.lines import curves
from calcbook.rotary import added, score, turned

PAIRS = 16
_DISTANCES = np.arange(0, 129)


def by_distance(position: int) -> go.Figure:
    """Draw the score of a query and a key over their distance, for two encodings.

    Parameters
    ----------
    position : int
        Where the query stands; the key stands so much later as the horizontal axis says.
    """
    rng = np.random.default_rng(0)
    query, key = (
        (rng.normal(size=PAIRS) + 1j * rng.normal(size=PAIRS)).astype(np.complex128)
        for _ in range(2)
    )
    key = 0.7 * query + 0.3 * key  # two words that have something to do with each other
    behind = position + _DISTANCES
    keys = np.tile(key, (behind.size, 1))
    rotary = score(turned(query, position), turned(keys, behind))
    plain = score(added(query, position), added(keys, behind))
    return curves(
        {
            "turned (rotary)": (_DISTANCES, np.round(rotary, 3)),
            "waves added": (_DISTANCES, np.round(plain, 3)),
        },
        x="distance of the key from the query",
        y="score",
        x_range=(0, 128),
        colors={"turned (rotary)": style.VERMILION, "waves added": style.BLUE},
        dashes={"waves added": "dash"},
    )
