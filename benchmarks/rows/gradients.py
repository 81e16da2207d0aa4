"""Gradients from scattered samples: error, bands, time, and curvature that is not there."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pydelt.multivariate import MultivariateDerivatives

from ..cells import in_parallel
from ..field_peers import GradientMethod, least_squares_plane
from ..fields import DEVELOPMENT, SET_ASIDE, Field
from ..summary import geometric_mean
from . import Row, Table

FIELDS = DEVELOPMENT | SET_ASIDE
NOISE = 0.05


@dataclass
class Result:
    """Gradient errors on one data set, of pydelt and of each peer; NaN where a peer gave none."""

    name: str
    n: int
    error: float
    coverage: float
    peers: dict[str, float] = field(default_factory=dict)


def measure(peers: Mapping[str, GradientMethod], name: str, n: int, seed: int) -> Result:
    """Run pydelt and the peers on one data set."""
    X, y, points, truth = FIELDS[name].sample(n, NOISE, seed)
    gradient = _fit(X, y).gradient()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        lower, upper = gradient.band(points)
    covered = float(np.mean((lower <= truth) & (truth <= upper)))
    result = Result(name, n, _rmse((lower + upper) / 2, truth), covered)
    for peer, method in peers.items():
        try:
            result.peers[peer] = _rmse(method(X, y, points), truth)
        except Exception:  # a peer that fails gives no number
            result.peers[peer] = np.nan
    return result


def _rmse(found: Any, truth: Any) -> float:
    return float(np.sqrt(np.mean((found - truth) ** 2)))


def _fit(X: Any, y: Any) -> MultivariateDerivatives:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return MultivariateDerivatives().fit(X, y)


def rows(
    sets: Mapping[str, Iterable[str]],
    peers: Mapping[str, GradientMethod],
    sizes: Iterable[int] = (100, 300, 1000),
    seeds: int = 2,
    processes: int = 1,
) -> tuple[list[Row], list[Table]]:
    """Return error over the best peer's, and the coverage of the bands."""
    groups = {share: list(names) for share, names in sets.items()}
    tasks = [
        (name, n, seed)
        for n in sorted(sizes, reverse=True)
        for names in groups.values()
        for name in names
        for seed in range(seeds)
    ]
    results = in_parallel(lambda task: measure(peers, *task), tasks, processes, "gradients")
    error = Row("gradient", {}, "the best of the peers, data set by data set", 1.0)
    bands = Row("gradient-coverage", {})
    notes = []
    for share, names in groups.items():
        own = [r for r in results if r.name in names]
        ratios = [r.error / np.nanmin(list(r.peers.values())) for r in own if r.peers]
        error.measured[share] = geometric_mean(ratios)
        shares = {
            name: float(np.mean([r.coverage for r in own if r.name == name and r.n >= 200]))
            for name in names
        }
        bands.measured[share] = float(np.mean(list(shares.values())))
        notes.append("least: {1} {0:.3f}".format(*min((v, k) for k, v in shares.items())))
    bands.note = "; ".join(notes)
    return [error, bands], [_table(groups, results, list(peers))]


def _table(groups: Mapping[str, list[str]], results: list[Result], peers: list[str]) -> Table:
    """Relative to pydelt's error, so that the columns can be compared."""
    table = Table(
        "gradients", "Gradient error / pydelt's, by function",
        ["functions", "function", "inputs", *peers, "pydelt's coverage"],
    )  # fmt: skip
    for share, names in groups.items():
        for name in names:
            own = [r for r in results if r.name == name]
            line: list[Any] = [share, name, FIELDS[name].inputs]
            line += [geometric_mean(r.peers[p] / r.error for r in own) for p in peers]
            table.lines.append([*line, float(np.mean([r.coverage for r in own if r.n >= 200]))])
    return table


def timing(repeats: int = 3) -> Row:
    """Processor seconds for 5000 samples: fit, and gradient at 1000 points; mean over functions."""
    spent = {}
    for name, each in DEVELOPMENT.items():
        X, y, points, _ = each.sample(5000, NOISE, 0)
        points = np.tile(points, (4, 1))[:1000]
        spent[name] = min(_processor_seconds(X, y, points) for _ in range(repeats))
    note = "slowest: {1} {0:.2f} s".format(*max((v, k) for k, v in spent.items()))
    return Row("gradient-time", {"all": float(np.mean(list(spent.values())))}, note=note)


def _processor_seconds(X: Any, y: Any, points: Any) -> float:
    start = time.process_time()
    _fit(X, y).gradient()(points)
    return time.process_time() - start


def false_curvature(seeds: int = 15, n: int = 200) -> Table:
    """Linear data: does a curve appear, and how far is the gradient off?"""
    plane = Field(3, lambda x: 2 * x[:, 0] + 0.5 * x[:, 1] - x[:, 2])
    found, ours, least_squares = 0, [], []
    for seed in range(seeds):
        X, y, points, truth = plane.sample(n, NOISE, seed)
        fields = _fit(X, y)
        found += bool(np.any(fields.hessian()(points) != 0))
        ours.append(np.abs(fields.gradient()(points) - truth).max())
        least_squares.append(np.abs(least_squares_plane(X, y, points) - truth).max())
    return Table(
        "false-curvature", "False curvature in linear data (3 inputs, 200 samples, 5% noise)",
        ["seeds", "with a Hessian that is not zero", "worst gradient error", "least squares"],
        [[seeds, found, float(max(ours)), float(max(least_squares))]],
    )  # fmt: skip
