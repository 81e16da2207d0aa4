"""How exact f' is when there is no noise."""

from __future__ import annotations

import itertools

import numpy as np

from ..methods import Method, pydelt_spline
from ..peers import findiff_order
from ..signals import DEVELOPMENT, SET_ASIDE, SPACINGS, sample
from ..summary import geometric_mean
from . import Row

FUNCTIONS = DEVELOPMENT | SET_ASIDE
NUMERICAL = {"lorenz", "predator_prey"}  # solved numerically: their own truth ends at 1e-10


def rows(sets: dict[str, list[str]], peers: bool = True) -> list[Row]:
    """Return the relative RMSE of f' at the samples, geometric mean over signals and spacings."""
    sets = {name: [s for s in signals if s not in NUMERICAL] for name, signals in sets.items()}
    ours = {name: _all_errors(pydelt_spline(), signals) for name, signals in sets.items()}
    row = Row("noise-free", {name: geometric_mean(e.values()) for name, e in ours.items()})
    every = sorted((error, cell) for errors in ours.values() for cell, error in errors.items())
    row.note = "worst: {1} {0:.1e}, least: {3} {2:.1e}".format(*every[-1], *every[0])
    if peers:
        signals = [signal for names in sets.values() for signal in names]
        means = {
            f"findiff, accuracy {order}": geometric_mean(
                _all_errors(findiff_order(order), signals).values()
            )
            for order in (4, 6, 8, 10)
        }
        row.peer = min(means, key=lambda name: means[name])
        row.peer_value = means[row.peer]
    return [row]


def _all_errors(method: Method, signals: list[str]) -> dict[str, float]:
    cells = itertools.product(signals, SPACINGS)
    return {", ".join(cell): _error(method, *cell) for cell in cells}


def _error(method: Method, signal: str, spacing: str) -> float:
    data = sample(signal, spacing, 0.0, 1000)
    where = (data.x >= 0.05) & (data.x <= 0.95)
    truth = FUNCTIONS[signal](data.x)[1]
    first = method(data.x, data.y, data.x).values[1]
    assert first is not None
    return float(np.sqrt(np.mean((first - truth)[where] ** 2) / np.mean(truth[where] ** 2)))
