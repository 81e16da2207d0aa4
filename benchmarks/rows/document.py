"""Three experiments of the book, over 20 seeds, and the rates at which errors fall."""

from __future__ import annotations

import warnings

import numpy as np

from pydelt import MultivariateDerivatives, SplineInterpolator

from ..methods import UnsuitableError
from ..namesake import Namesake
from ..signals import Array, sample
from . import Row, Table

SEEDS = 20


def rows(seeds: int = SEEDS) -> list[Row]:
    """Return the rows of the experiments."""
    return [sensitivity(seeds), rosenbrock(), *decay(seeds)]


def sensitivity(seeds: int = SEEDS) -> Row:
    """Gradient of 2 a + 0.5 b - c at 0 from 500 normal samples with noise 0.1; smoothing=0.5."""
    row = Row("sensitivity", {}, peer="pydelt 0.8.0")
    ours, public = [], []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        X = rng.standard_normal((500, 3))
        y = X @ [2, 0.5, -1] + 0.1 * rng.standard_normal(500)
        found, theirs = _gradients(X, y, np.zeros((1, 3)), 0.5)
        ours.append(np.abs(found - [2, 0.5, -1]).max())
        public.append(np.abs(theirs - [2, 0.5, -1]).max())
        row.note = row.note or f"pydelt 0.8.0 finds {np.array2string(theirs, precision=1)} first"
    row.measured["all"], row.peer_value = float(np.max(ours)), float(np.max(public))
    return row


def rosenbrock() -> Row:
    """Gradient of (1 - x)^2 + 10 (y - x^2)^2 at (0, 0) from a 50 x 50 grid; smoothing=0.1."""
    axes = np.linspace(-2, 2, 50), np.linspace(-1, 3, 50)
    X = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    y = (1 - X[:, 0]) ** 2 + 10 * (X[:, 1] - X[:, 0] ** 2) ** 2
    found, theirs = _gradients(X, y, np.zeros((1, 2)), 0.1)
    away = [float(np.abs(gradient - [-2, 0]).max()) for gradient in (found, theirs)]
    note = f"pydelt 0.8.0 finds {np.array2string(theirs, precision=1)}"
    return Row("rosenbrock", {"all": away[0]}, "pydelt 0.8.0", away[1], note)


def _gradients(X: Array, y: Array, point: Array, smoothing: float) -> tuple[Array, Array]:
    """The gradient at the point, by this package and by the public one (NaN where it fails)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        fields = MultivariateDerivatives(SplineInterpolator, smoothing=smoothing).fit(X, y)
    try:
        theirs = np.ravel(Namesake(smoothing).gradient(X, y, point))
    except (RuntimeError, UnsuitableError):
        theirs = np.full(X.shape[1], np.nan)
    return fields.gradient()(point)[0], theirs


def decay(seeds: int = SEEDS) -> list[Row]:
    """Mean |du/dt + u| for u = exp(-t) on [0, 5], 100 samples, noise 0.05; smoothing=0.5."""
    t = np.linspace(0, 5, 100)
    missed, public = [], []
    for seed in range(seeds):
        u = np.exp(-t) + 0.05 * np.random.default_rng(seed).standard_normal(t.size)
        fit = SplineInterpolator(smoothing=0.5).fit(t, u)
        missed.append(np.mean(np.abs(fit.differentiate(order=1)(t) + fit(t))))
        try:
            value, first, _ = Namesake.ask("curve", t, u, t, 0.5)
            public.append(np.mean(np.abs(first + value)))
        except (RuntimeError, UnsuitableError):
            public.append(np.nan)
    name = "pydelt 0.8.0"
    return [
        Row("decay-median", {"all": float(np.median(missed))}, name, float(np.median(public))),
        Row("decay-worst", {"all": float(np.max(missed))}, name, float(np.max(public))),
    ]


def slopes(seeds: int = 10, sizes: tuple[int, ...] = (500, 2000, 8000, 32000)) -> tuple[Row, Table]:
    """Slope of log error of f' against log n for a sine with 5% noise, order by order."""
    table = Table("slopes", "Convergence of f' by penalty order", ["m", "slope", "expected"])
    distances = []
    for m in (2, 3, 4, 5):
        means = []
        for n in sizes:
            errors = [_sine_error(m, n, seed) for seed in range(seeds)]
            means.append(np.mean(np.log(errors)))
        slope = float(np.polyfit(np.log(sizes), means, 1)[0])
        expected = -(m - 1) / (2 * m + 1)
        table.lines.append([m, slope, expected])
        distances.append(abs(slope - expected))
    return Row("slopes", {"all": max(distances)}), table


def _sine_error(m: int, n: int, seed: int) -> float:
    data = sample("sine", "even", 0.05, n, seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        fit = SplineInterpolator(penalty_order=m).fit(data.x, data.y)
    missed = (fit.differentiate(1)(data.grid) - data.truth[1])[data.interior]
    return float(np.sqrt(np.mean(missed**2)))
