"""Drawing for contour integrals: a circle, the poles it may hold, and what adds up along it."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.charts.plane import plane
from calcbook.circle_integral import circle, lorentz_wave, residues

_N = 240
_SHOWN = 4  # every fourth point is drawn


def lap(center_at: float, radius: float) -> go.Figure:
    """Draw a circle around ``i center_at`` and the integral that adds up on the way around.

    Parameters
    ----------
    center_at : float
        Imaginary part of the center.
    radius : float
    """
    center = 1j * center_at
    z, dz = circle(center, radius, _N)
    sums = np.append(0, np.cumsum(lorentz_wave(z) * dz))[::_SHOWN]
    inside = [r for p, r in residues().items() if abs(p - center) < radius]
    expected = 2j * np.pi * sum(inside)
    poles = np.array(list(residues()))
    above = plane(
        {"way": np.append(z, z[:1])[::_SHOWN]},
        points={"poles": poles},
        x_range=(-3.4, 3.4),
        y_range=(-3.4, 3.4),
        colors={"way": style.BLUE, "poles": style.VERMILION},
        marker_size=10,
    )
    below = curves(
        {
            "real part of the sum": (np.linspace(0, 1, sums.size), np.round(sums.real, 4)),
            "imaginary part": (np.linspace(0, 1, sums.size), np.round(sums.imag, 4)),
        },
        x="share of the way around",
        y="integral so far",
        x_range=(0, 1),
        y_range=(-9, 4),
        colors={"real part of the sum": style.GREEN, "imaginary part": style.PURPLE},
        dashes={"imaginary part": "dash"},
    )
    say(above, f"sum {_signed(sums[-1])}, 2πi·residues {_signed(expected)}")
    figure = stack([above, below], heights=[1.6, 1], shared_x=False, gap=0.2)
    return figure.update_layout(margin_t=50, legend_y=1.06)


def _signed(value: complex) -> str:
    return f"{np.real(value) + 0.0:.3f}".replace("-0.000", "0.000").replace("-", "−")
