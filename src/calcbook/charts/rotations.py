"""Drawing for complex numbers: multiplication as turning and scaling, and roots of unity."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.plane import arrow, plane, unit_circle

# A letter that looks different when it is turned or reflected.
_LETTER = np.array([1, 1 + 1j, 1.6 + 1j, 1.6 + 0.8j, 1.2 + 0.8j, 1.2 + 0.6j, 1.5 + 0.6j])
_LETTER = np.append(_LETTER, [1.5 + 0.4j, 1.2 + 0.4j, 1.2, 1])
_MULTIPLIED, _FACTOR = style.VERMILION, style.BLUE


def multiplied(length: float, degrees: float) -> go.Figure:
    """Draw a letter before and after it is multiplied by a complex number.

    Parameters
    ----------
    length, degrees : float
        Length and angle of the factor.
    """
    factor = length * np.exp(1j * np.radians(degrees))
    figure = plane(
        {"unit circle": unit_circle(), "letter": _LETTER, "letter times w": factor * _LETTER},
        x_range=(-3, 3),
        y_range=(-2.9, 2.9),
        colors={"unit circle": style.AXIS, "letter": style.GRAY, "letter times w": _MULTIPLIED},
        dashes={"unit circle": "dot"},
    )
    arrow(figure, "w", factor, _FACTOR)
    sign = "+" if factor.imag > -5e-4 else "−"
    real = f"{factor.real:.2f}".replace("-", "−").replace("−0.00", "0.00")
    say(figure, f"w = {real} {sign} {abs(factor.imag):.2f} i", _FACTOR)
    return figure.update_layout(margin_t=50, legend_y=1.06)


def roots(n: int, power: int) -> go.Figure:
    """Draw the ``n``-th roots of unity and the way through their powers.

    Parameters
    ----------
    n : int
        How many roots.
    power : int
        The way goes from 1 to the root that lies so many places on, and so forth.
    """
    root = np.exp(2j * np.pi * np.arange(n) / n)
    way = root[(power * np.arange(n + 1)) % n]
    visited = len({*((power * np.arange(n)) % n).tolist()})
    total = n if power % n == 0 else 0
    figure = plane(
        {"unit circle": unit_circle(), "way": way},
        points={"roots of unity": root},
        x_range=(-1.35, 1.35),
        y_range=(-1.3, 1.3),
        colors={"unit circle": style.AXIS, "way": _MULTIPLIED, "roots of unity": _FACTOR},
        dashes={"unit circle": "dot"},
        marker_size=11,
    )
    say(figure, f"visits {visited} of {n}; the {n} stops add up to {total}")
    return figure.update_layout(margin_t=50, legend_y=1.06)
