"""Drawing for integrals of probability: a ROC curve, two divergences, estimates of a gradient."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from scipy.stats import norm

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.divergences import both, integrands, log_mixture
from calcbook.gradient_estimators import ESTIMATORS, START, estimates
from calcbook.ranking import area, roc, scores

NEGATIVE, POSITIVE = style.BLUE, style.VERMILION
P, Q = style.INK, style.VERMILION
FORWARD, REVERSE = style.BLUE, style.GREEN


def ranked(separation: float, threshold: float) -> go.Figure:
    """Draw scores of two classes with a threshold, and below the ROC curve with its area.

    Parameters
    ----------
    separation : float
        Distance of the classes' means.
    threshold : float
        Scores above it are called positive.
    """
    negatives, positives = scores(separation)
    height = np.random.default_rng(0).uniform(0.1, 0.9, negatives.size)
    rates = [float(np.mean(each > threshold)) for each in (negatives, positives)]
    top = curves(
        points={
            "positives": (positives[::2], 1 + height[::2]),
            "negatives": (negatives[::2], height[::2]),
        },
        x="score",
        x_range=(-3.5, 6),
        y_range=(0, 2),
        vlines=[threshold],
        colors={"negatives": NEGATIVE, "positives": POSITIVE},
        marker_size=4,
    )
    top.update_yaxes(
        tickvals=[0.5, 1.5], ticktext=["negatives", "positives"], showgrid=False, title_text="class"
    )
    false_rate, true_rate = roc(negatives, positives)
    steps = np.unique(np.linspace(0, false_rate.size - 1, 250).round().astype(int))
    bottom = curves(
        {"chance": ([0, 1], [0, 1]), "ROC": (false_rate[steps], true_rate[steps])},
        points={"threshold": ([rates[0]], [rates[1]])},
        bands={"area": (false_rate[steps], 0 * steps, true_rate[steps])},
        x="share of the negatives called positive",
        y="share of the positives found",
        x_range=(-0.01, 1.01),
        y_range=(0, 1.02),
        colors={
            "chance": style.GRAY,
            "ROC": style.GREEN,
            "threshold": style.INK,
            "area": style.GREEN,
        },
        dashes={"chance": "dot"},
        marker_size=10,
    )
    say(top, f"found {rates[1]:.0%}, false alarms {rates[0]:.0%}", style.INK)
    say(bottom, f"area {area(negatives, positives):.3f}", style.GREEN)
    figure = stack([top, bottom], heights=[1, 2], shared_x=False, gap=0.2)
    return figure.update_layout(showlegend=False, margin_t=28)


def peak(mean: float, width: float) -> tuple[float, float]:
    """Return the peak of the normal density q, which is the higher the narrower q."""
    return mean, norm.pdf(0, 0, width)


def divergence(mean: float, width: float) -> go.Figure:
    """Draw a mixture p and a normal density q, and below the integrands of both divergences.

    Parameters
    ----------
    mean, width : float
        Of q.
    """
    x = np.linspace(-6, 6, 100)
    forward, reverse = integrands(mean, width, x)
    kl = both(mean, width)
    top = curves(
        {"p": (x, np.exp(log_mixture(x))), "q": (x, norm.pdf(x, mean, width))},
        points={"peak of q": ([mean], [peak(mean, width)[1]])},
        y="density",
        y_range=(0, 1.05),
        x="x",
        x_range=(-6, 6),
        colors={"p": P, "q": Q, "peak of q": Q},
        dashes={"p": "dash"},
        marker_size=8,
    )
    panels = [say(top, "dashed: p, the mixture; solid: q")]
    named = (("p log(p/q)", forward, kl[0], FORWARD), ("q log(q/p)", reverse, kl[1], REVERSE))
    for name, values, total, color in named:
        shown = np.clip(values, -0.6, 2.2)
        panel = curves(
            {name: (x, shown)},
            bands={f"{name} band": (x, 0 * x, shown)},
            x="x",
            y=name,
            x_range=(-6, 6),
            y_range=(-0.6, 2.2),
            hlines=[0],
            colors={name: color},
        )
        direction = "KL(p ‖ q)" if name.startswith("p") else "KL(q ‖ p)"
        panels.append(say(panel, f"area {direction} = {total:.2f} nats", color))
    figure = stack(panels, heights=[1.2, 1, 1], gap=0.09)
    return figure.update_layout(showlegend=False, margin_t=28)


def gradients(dimension: int, samples: int) -> go.Figure:
    """Draw two hundred estimates of one entry of a gradient by each of the estimators.

    Parameters
    ----------
    dimension, samples : int
        As for `calcbook.gradient_estimators.estimates`.
    """
    rows = {name: -float(place) for place, name in enumerate(ESTIMATORS)}
    colors = dict(zip(ESTIMATORS, (style.GREEN, style.VERMILION, style.BLUE), strict=True))
    values = {name: estimates(name, dimension, samples) for name in ESTIMATORS}
    height = np.random.default_rng(1).uniform(-0.25, 0.15, 200)
    figure = curves(
        points={name: (np.clip(values[name], -22, 26), rows[name] + height) for name in ESTIMATORS},
        x="estimate of the first entry",
        y="estimator",
        x_range=(-22, 26),
        y_range=(-2.5, 0.6),
        vlines=[2 * START],
        colors=colors,
        marker_size=4,
    )
    names = ["reparameterized", "score", "score, baseline"]
    figure.update_yaxes(tickvals=list(rows.values()), ticktext=names, showgrid=False)
    for name, row in rows.items():
        figure.add_annotation(
            x=25.5,
            y=row + 0.33,
            xanchor="right",
            text=f"std {values[name].std():.2f}",
            showarrow=False,
            font={"size": 12, "color": colors[name]},
        )
    return figure.update_layout(showlegend=False, margin_t=14)
