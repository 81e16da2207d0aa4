"""Drawing for growth: which term of a cost wins, and from where on."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves
from calcbook.transformer_cost import local_power, per_pair, per_token, total

_TOKENS = 2.0 ** np.linspace(5, 20, 61)
_POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def growth(n: int, d: int) -> go.Figure:
    """Draw the two terms of a layer's cost and their sum over the number of tokens.

    Parameters
    ----------
    n : int
        Number of tokens where the share is read off.
    d : int
        Numbers per token.
    """
    figure = curves(
        {
            "12 n d²": (_TOKENS, per_token(_TOKENS, d)),
            "2 n² d": (_TOKENS, per_pair(_TOKENS, d)),
            "sum": (_TOKENS, total(_TOKENS, d)),
        },
        points={"here": ([float(n)], [float(total(n, d))])},
        x="tokens n",
        y="multiplications",
        x_type="log",
        y_type="log",
        x_range=(32, 2**20),
        y_range=(1e6, 1e17),
        colors={
            "12 n d²": style.BLUE,
            "2 n² d": style.VERMILION,
            "sum": style.INK,
            "here": style.INK,
        },
        dashes={"12 n d²": "dash", "2 n² d": "dot"},
        marker_size=10,
    )
    figure.update_xaxes(
        tickvals=[100, 1e3, 1e4, 1e5, 1e6], ticktext=["100", "1000", "10⁴", "10⁵", "10⁶"]
    )
    powers = (6, 9, 12, 15)
    figure.update_yaxes(
        tickvals=[10.0**k for k in powers],
        ticktext=[f"10{str(k).translate(_POWERS)}" for k in powers],
    )
    share = float(per_pair(n, d) / total(n, d))
    say(figure, f"n² takes {100 * share:.0f}% of the work", style.VERMILION, inside=True)
    grows = f"grows like n to the power {local_power(n, d):.2f}"
    return say(figure, grows).update_layout(legend={"y": 1.08}, margin_t=60)
