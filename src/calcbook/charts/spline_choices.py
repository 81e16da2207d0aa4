"""Drawing for what a penalized spline chooses: penalty, knots, weights; and whether bands hold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from calcbook import style
from calcbook.charts.bars import bars
from calcbook.charts.lines import curves, stack
from calcbook.charts.spline_parts import FIT, QUERY, SLOPE, TOTAL, wave
from calcbook.dense_spline import DenseSpline, Smoother
from pydelt.interpolation import SplineInterpolator

Array = NDArray[np.float64]
PENALTIES = 10.0 ** np.linspace(-16, 0, 129)


def scores(t: ArrayLike, signal: ArrayLike, noise: float, seed: int) -> go.Figure:
    """Draw the scores of REML and of cross-validation over the penalty, and the slopes they take.

    Parameters
    ----------
    t, signal : array_like, shape (n,)
        Positions on [0, 1], and the signal `wave` without noise.
    noise : float
        Standard deviation of the noise.
    seed : int
    """
    t, signal = np.asarray(t, dtype=float), np.asarray(signal, dtype=float)
    u = signal + noise * np.random.default_rng(seed).normal(size=t.size)
    spline = DenseSpline(np.linspace(0, 1, 24))
    smoother = Smoother(spline, t)
    criteria = {
        "REML": smoother.reml(u, PENALTIES),
        "GCV": t.size * np.log(smoother.gcv(u, PENALTIES)),
    }
    best = {name: PENALTIES[int(np.argmin(score))] for name, score in criteria.items()}
    colors = {"REML": FIT, "GCV": SLOPE}
    top = curves(
        {
            name: (PENALTIES, np.minimum(score - score.min(), 60))
            for name, score in criteria.items()
        },
        points={f"least of {name}": ([best[name]], [0]) for name in best},
        x="penalty λ",
        y="score above its least",
        x_type="log",
        x_range=(1e-16, 1),
        y_range=(-2, 40),
        colors=colors | {f"least of {name}": color for name, color in colors.items()},
        marker_size=9,
    ).update_traces(showlegend=False, selector={"mode": "markers"})
    slopes = {
        name: spline.functions(QUERY, 1) @ smoother.coefficients(u, float(best[name]))
        for name in best
    }
    bottom = curves(
        {"truth": (QUERY, wave(QUERY, 1)), **{name: (QUERY, slopes[name]) for name in slopes}},
        x="time",
        y="slope",
        y_range=(-30, 30),
        colors=colors,
        dashes={"truth": "dash"},
    )
    return stack([top, bottom], gap=0.2, shared_x=False)


def chosen_penalties(chosen: dict[str, Array], low: int = -16, high: int = 0) -> go.Figure:
    """Draw how often each power of ten was chosen as the penalty.

    Parameters
    ----------
    chosen : dict of str to ndarray, shape (data sets,)
        The penalties that each criterion chose.
    low, high : int
        Exponents of the ends of the axis.
    """
    powers = np.arange(low, high + 1)
    counts = {
        name: np.array([np.sum(np.round(np.log10(values)) == power) for power in powers])
        for name, values in chosen.items()
    }
    labels = [f"{power}".replace("-", "−") for power in powers]
    figure = bars(
        labels,
        counts,
        x="log₁₀ of the chosen penalty",
        y="data sets",
        y_range=(0, max(len(values) for values in chosen.values())),
        colors={"REML": FIT, "GCV": SLOPE},
    )
    return figure


def coverage(
    t: ArrayLike, inside: ArrayLike, truth: ArrayLike, size: float, name: str
) -> go.Figure:
    """Draw how often a band held the truth at each time, over the truth itself.

    Parameters
    ----------
    t : array_like, shape (q,)
    inside : array_like of bool, shape (data sets, q)
        Whether the band held the truth.
    truth : array_like, shape (q,)
    size : float
        Half the height of the truth's axis.
    name : str
        Title of the truth's axis.
    """
    share = 100 * np.mean(np.asarray(inside, dtype=float), axis=0)
    top = curves({"truth": (t, truth)}, x="time", y=name, y_range=(-size, size))
    bottom = curves(
        {"held": (t, share)},
        x="time",
        y="held (% of data sets)",
        y_range=(0, 102),
        hlines={"95%": 95},
        colors={"held": TOTAL},
    )
    return stack([top, bottom], heights=[0.8, 1], gap=0.09).update_layout(showlegend=False)


def knots(t: ArrayLike, u: ArrayLike, truth: Callable[[Array], Array], count: int) -> go.Figure:
    """Draw a fit with some number of knots, its residuals, and their von Neumann ratio.

    Parameters
    ----------
    t, u : array_like, shape (n,)
        Samples on [0, 1].
    truth : callable
        The signal as a function of time.
    count : int
        Number of knots.
    """
    u, spline = np.asarray(u, dtype=float), DenseSpline(np.linspace(0, 1, count))
    smoother = Smoother(spline, t)
    c = smoother.coefficients(u, float(PENALTIES[np.argmin(smoother.reml(u, PENALTIES))]))
    residual = u - smoother.design @ c
    ratio = np.sum(np.diff(residual) ** 2) / np.sum(residual**2)
    place = np.linspace(0, 1, 250)
    top = curves(
        {"truth": (place, truth(place)), "fit": (place, spline.functions(place) @ c)},
        y="signal",
        y_range=(-1.6, 1.6),
        vlines=list(spline.sites[1:-1]) if count <= 24 else None,
        colors={"fit": FIT},
        dashes={"truth": "dash"},
    )
    bottom = curves(
        points={"residuals": (t, residual)},
        x="time",
        y="residual",
        y_range=(-1.2, 1.2),
        hlines=[0],
        colors={"residuals": style.GRAY},
        marker_size=4,
    )
    place_of_text = {"xref": "x domain", "yref": "y domain", "x": 0, "y": 1}
    bottom.add_annotation(
        text=f"von Neumann ratio {ratio:.2f} (white noise: 2)",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        **place_of_text,
    )
    return stack([top, bottom], gap=0.14).update_layout(showlegend=False)


def outlier(t: ArrayLike, u: ArrayLike, index: int, height: float) -> go.Figure:
    """Draw the plain and the robust slope when one sample is moved up.

    Parameters
    ----------
    t, u : array_like, shape (n,)
        Samples of `wave` on [0, 1].
    index : int
        Which sample is moved.
    height : float
        By how much.
    """
    t, u = np.asarray(t, dtype=float), np.array(u, dtype=float)
    u[index] += height
    fits = {
        name: SplineInterpolator(penalty_order=4, robust=robust, adaptive=False).fit(t, u)
        for name, robust in (("plain", False), ("robust", True))
    }
    colors = {"plain": SLOPE, "robust": FIT}
    panels = []
    for derivative, title, limits in ((0, "signal", (-2.5, 7)), (1, "slope", (-45, 45))):
        lines = {
            name: (QUERY, fit.differentiate()(QUERY) if derivative else fit(QUERY))
            for name, fit in fits.items()
        }
        panels.append(
            curves(
                {"truth": (QUERY, wave(QUERY, derivative)), **lines},
                points={} if derivative else {"data": (t, u)},
                x="time",
                y=title,
                y_range=limits,
                colors=colors,
                dashes={"truth": "dash"},
                marker_size=4,
            )
        )
    return stack(panels, gap=0.09)
