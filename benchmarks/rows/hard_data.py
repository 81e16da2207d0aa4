"""Outliers, and samples that lie awkwardly."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..methods import Method, pydelt_spline
from ..signals import DEVELOPMENT, SET_ASIDE, Array, sample
from ..summary import geometric_mean
from . import Row, Table

FUNCTIONS = DEVELOPMENT | SET_ASIDE


def _error(method: Method, x: Array, y: Array, grid: Array, truth: Array) -> float:
    first = method(x, y, grid).values[1]
    assert first is not None
    return float(np.sqrt(np.mean((first - truth) ** 2)))


def outliers(
    sets: Mapping[str, list[str]], peers: Mapping[str, Method], seeds: int, n: int = 1000
) -> Row:
    """One sample in twenty is off by 5 to 25 standard deviations of the noise, either way.

    The number is the error of f' by the robust option over that of the automatic fit to the same
    data without outliers; a peer's too is divided by the latter.
    """
    robust, plain = pydelt_spline(robust=True), pydelt_spline()
    measured: dict[str, float] = {}
    theirs: dict[str, list[float]] = {name: [] for name in peers}
    for share, signals in sets.items():
        ratios = []
        for name in signals:
            for seed in range(seeds):
                data = sample(name, "random", 0.05, n, seed)
                spoiled = _spoiled(data.y, data.sigma, seed)
                grid, truth = data.grid[data.interior], data.truth[1][data.interior]
                clean = _error(plain, data.x, data.y, grid, truth)
                ratios.append(_error(robust, data.x, spoiled, grid, truth) / clean)
                for peer, method in peers.items():
                    theirs[peer].append(_error(method, data.x, spoiled, grid, truth) / clean)
        measured[share] = geometric_mean(ratios)
    row = Row("outliers", measured)
    if peers:
        means = {name: geometric_mean(values) for name, values in theirs.items()}
        row.peer = min(means, key=lambda name: means[name])
        row.peer_value = means[row.peer]
    return row


def _spoiled(y: Array, sigma: float, seed: int) -> Array:
    rng = np.random.default_rng([7, seed])
    chosen = rng.choice(y.size, y.size // 20, replace=False)
    spoiled = y.copy()
    spoiled[chosen] += sigma * rng.uniform(5, 25, chosen.size) * rng.choice([-1, 1], chosen.size)
    return spoiled


def positions(kind: str, rng: np.random.Generator, n: int = 1000) -> Array:
    """Return awkward positions in [0, 1], ascending."""
    match kind:
        case "clusters 1e-6 wide":
            x = rng.uniform(size=100)[:, None] + 1e-6 * rng.uniform(size=(100, n // 100))
        case "half in 1% of the range":
            x = np.r_[rng.uniform(size=n // 2), 0.3 + 0.01 * rng.uniform(size=n // 2)]
        case "gap of 40%":
            x = rng.uniform(size=n) * 0.6
            x[x > 0.3] += 0.4
        case "duplicates":
            x = np.repeat(rng.uniform(size=n // 5), 5)
        case _:
            x = rng.uniform(size=n)
    x = np.sort(np.clip(x.ravel(), 0, 1))
    x[0], x[-1] = 0.0, 1.0
    return x


KINDS = (
    "clusters 1e-6 wide",
    "half in 1% of the range",
    "gap of 40%",
    "offset 1.7e9",
    "duplicates",
)


def awkward(peers: Mapping[str, Method], seeds: int = 3) -> tuple[Row, Table]:
    """Relative RMSE of f' of a sine with 1% noise, outside the gap; the worst kind counts."""
    methods = {"pydelt": pydelt_spline(), **peers}
    table = Table("awkward", "Relative error of f' on awkward samples", ["method", *KINDS])
    worst = {}
    for name, method in methods.items():
        line = [_awkward_error(method, kind, seeds) for kind in KINDS]
        table.lines.append([name, *line])
        numbers = [np.inf if isinstance(cell, str) else cell for cell in line]
        worst[name] = max(numbers)
    row = Row("awkward", {"all": worst.pop("pydelt")})
    row.note = ", ".join(f"{k}: {v:.3g}" for k, v in zip(KINDS, table.lines[0][1:], strict=True))
    if worst:
        row.peer = min(worst, key=lambda name: worst[name])
        row.peer_value = worst[row.peer]
    return row, table


def _awkward_error(method: Method, kind: str, seeds: int) -> float | str:
    """Mean over the seeds, or the kind of failure."""
    errors = []
    for seed in range(seeds):
        rng = np.random.default_rng([11, seed])
        x = positions(kind, rng)
        offset = 1.7e9 if kind.startswith("offset") else 0.0
        y = FUNCTIONS["sine"](x)[0] + 0.01 * rng.standard_normal(x.size) / np.sqrt(2)
        grid = np.linspace(0.05, 0.95, 361)
        if kind.startswith("gap"):
            grid = grid[(grid < 0.3) | (grid > 0.7)]
        truth = FUNCTIONS["sine"](grid)[1]
        try:
            error = _error(method, x + offset, y, grid + offset, truth)
        except Exception as failure:  # which is what this row is about
            return type(failure).__name__
        errors.append(error / np.sqrt(np.mean(truth**2)))
    return float(np.mean(errors))
