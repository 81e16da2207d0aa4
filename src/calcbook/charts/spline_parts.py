"""Drawing for what a penalized spline is made of: the trade, the basis, the order, the prior."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import BSpline

from calcbook import style
from calcbook.charts.lines import curves, stack
from calcbook.dense_spline import DenseSpline, Smoother

Array = NDArray[np.float64]
QUERY = np.linspace(0, 1, 150)
PENALTIES = 10.0 ** np.linspace(-15, 1, 97)
FIT, SLOPE, TOTAL = style.BLUE, style.VERMILION, style.GREEN


def wave(t: ArrayLike, derivative: int = 0) -> Array:
    """Return a signal of two waves on [0, 1], or a derivative of it."""
    angle, quarter = 2 * np.pi * np.asarray(t, dtype=float), np.pi / 2 * derivative
    one, two = np.sin(angle + quarter), np.sin(2 * angle + quarter)
    return np.asarray((2 * np.pi) ** derivative * (one + 0.5 * 2**derivative * two))


def trade(t: ArrayLike, u: ArrayLike, penalty: float, count: int = 24) -> go.Figure:
    """Draw the fit at a penalty, its derivative, and where it stands between misfit and roughness.

    Parameters
    ----------
    t, u : array_like, shape (n,)
        Samples of `wave` on [0, 1].
    penalty : float
        Above 0.
    count : int
        Number of knots.
    """
    u, spline = np.asarray(u, dtype=float), DenseSpline(np.linspace(0, 1, count))
    smoother = Smoother(spline, t)
    c = smoother.coefficients(u, penalty)
    misfit, roughness = smoother.terms(u, np.append(PENALTIES, penalty))
    top = curves(
        {"truth": (QUERY, wave(QUERY)), "fit": (QUERY, spline.functions(QUERY) @ c)},
        points={"data": (t, u)},
        y="signal",
        y_range=(-2.3, 2.3),
        colors={"fit": FIT},
        dashes={"truth": "dash"},
        marker_size=4,
    )
    middle = curves(
        {
            "truth": (QUERY, wave(QUERY, 1)),
            "slope of the fit": (QUERY, spline.functions(QUERY, 1) @ c),
        },
        x="time",
        y="slope",
        y_range=(-30, 30),
        colors={"slope of the fit": SLOPE},
        dashes={"truth": "dash"},
    )
    bottom = curves(
        {"all penalties": (misfit[:-1], roughness[:-1])},
        points={"this penalty": (misfit[-1:], roughness[-1:])},
        x="misfit: sum of squared residuals",
        y="roughness",
        y_type="log",
        x_range=(0.9 * float(misfit[0]), 1.05 * float(misfit[-2])),
        y_range=(1, 1e14),
        colors={"all penalties": TOTAL, "this penalty": style.INK},
        marker_size=10,
    )
    bottom.update_yaxes(tickvals=[1, 1e4, 1e8, 1e12], ticktext=["1", "10⁴", "10⁸", "10¹²"])
    return stack([top, middle, bottom], heights=[1, 1, 0.9], gap=0.13, shared_x=False)


def basis_sum(degree: int, added: int) -> go.Figure:
    """Draw B-splines scaled by their coefficients, and the sum of the first few of them.

    Parameters
    ----------
    degree : int
        Of the pieces.
    added : int
        How many functions, from the left, are added up.
    """
    sites = np.linspace(0, 1, 8)
    knots = np.r_[[0.0] * degree, sites, [1.0] * degree]
    size = knots.size - degree - 1
    functions = BSpline(knots, np.eye(size), degree)
    values = functions(QUERY)
    c = np.linalg.lstsq(values, wave(QUERY) + 2.2, rcond=None)[0]
    single = []
    for j in range(size):  # each over the few intervals on which it is not zero
        support = np.linspace(knots[j], knots[j + degree + 1], 20)
        single += [np.stack([support, c[j] * functions(support)[:, j]]), np.full((2, 1), np.nan)]
    count = min(added, size)
    return curves(
        {
            "all of them": (QUERY, values @ c),
            "single functions": tuple(np.hstack(single)),
            "sum so far": (QUERY, values[:, :count] @ c[:count]),
        },
        x="time",
        y="height",
        y_range=(-1, 5),
        vlines=list(sites[1:-1]),
        colors={"all of them": style.GRAY, "single functions": FIT, "sum so far": SLOPE},
        dashes={"all of them": "dash"},
    )


def orders(t: ArrayLike, u: ArrayLike, order: int, derivative: int) -> go.Figure:
    """Draw a derivative of the fit with a penalty of some order, chosen by REML.

    Parameters
    ----------
    t, u : array_like, shape (n,)
        Samples of `wave` on [0, 1].
    order : int
        m, the derivative that is penalized.
    derivative : int
        Which derivative to draw.
    """
    u, spline = np.asarray(u, dtype=float), DenseSpline(np.linspace(0, 1, 24), order)
    smoother = Smoother(spline, t)
    c = smoother.coefficients(u, float(PENALTIES[np.argmin(smoother.reml(u, PENALTIES))]))
    size = 1.6 * float(np.max(np.abs(wave(QUERY, derivative))))
    names = ("signal", "slope u′", "second derivative u″", "third derivative u‴")
    return curves(
        {
            "truth": (QUERY, wave(QUERY, derivative)),
            "fit": (QUERY, spline.functions(QUERY, derivative) @ c),
        },
        x="time",
        y=names[derivative],
        y_range=(-size, size),
        colors={"fit": FIT if derivative == 0 else SLOPE},
        dashes={"truth": "dash"},
    )


def posterior(
    t: ArrayLike, u: ArrayLike, seen: int, *, penalty: float, noise: float, draws: int = 6
) -> go.Figure:
    """Draw curves from the posterior after some of the samples, and below their slopes.

    A weak prior of standard deviation 3 on all coefficients stands in where the samples do not
    yet determine the polynomial that the penalty leaves free.

    Parameters
    ----------
    t, u : array_like, shape (n,)
        Samples of `wave` on [0, 1], in the order in which they are seen.
    seen : int
        How many of them are used.
    penalty, noise : float
        The fixed penalty, and the noise's standard deviation.
    draws : int
        Number of curves.
    """
    t, u = np.asarray(t, dtype=float)[:seen], np.asarray(u, dtype=float)[:seen]
    spline = DenseSpline(np.linspace(0, 1, 24))
    design = spline.functions(t)
    precision = (design.T @ design + penalty * spline.roughness) / noise**2
    covariance = np.linalg.inv(precision + np.eye(spline.size) / 9)
    mean = covariance @ design.T @ u / noise**2
    root = np.linalg.cholesky(covariance)
    normal = np.random.default_rng(0).normal(size=(spline.size, draws))
    panels = []
    for derivative, color, limit in ((0, FIT, 4.5), (1, SLOPE, 45)):
        rows = spline.functions(QUERY, derivative)
        center, half = rows @ mean, 2 * np.sqrt(np.sum(rows @ covariance * rows, axis=1))
        curve = rows @ (mean[:, None] + root @ normal)
        gap = np.full((1, draws), np.nan)
        thin = np.vstack([curve[::4], gap]).T.ravel()
        names = ("mean", "draws") if derivative == 0 else ("mean slope", "slopes of the draws")
        panels.append(
            curves(
                {
                    "truth": (QUERY, wave(QUERY, derivative)),
                    names[1]: (np.tile(np.append(QUERY[::4], np.nan), draws), thin),
                    names[0]: (QUERY, center),
                },
                points={"data": (t, u)} if derivative == 0 else {},
                bands={f"{names[0]} band": (QUERY, center - half, center + half)},
                x="time",
                y="signal" if derivative == 0 else "slope",
                y_range=(-limit, limit),
                colors={names[0]: color, names[1]: style.AXIS},
                dashes={"truth": "dash"},
            )
        )
    return stack(panels, gap=0.09).update_layout(showlegend=False)
