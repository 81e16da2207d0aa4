"""Numbers that stand for many records: geometric means, worst cells, coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

import numpy as np

from .cells import Cell, Record


def of_method(records: Iterable[Record], name: str) -> list[Record]:
    """Return the records of one method."""
    return [record for record in records if record.method == name]


def geometric_mean(values: Iterable[float]) -> float:
    """Geometric mean of what is finite; NaN of nothing."""
    array = np.array(list(values), dtype=float)
    array = array[np.isfinite(array)]
    return float(np.exp(np.log(np.maximum(array, 1e-300)).mean())) if array.size else float("nan")


def worst_cell(
    records: Iterable[Record], value: Callable[[Record], float]
) -> tuple[float, Cell | None]:
    """Largest geometric mean over seeds, and the data set (its first seed) where it stands."""
    groups = defaultdict(list)
    for record in records:
        cell = record.cell
        groups[cell.signal, cell.spacing, cell.noise, cell.n].append(record)
    means = [(geometric_mean(map(value, group)), group[0].cell) for group in groups.values()]
    means = [mean for mean in means if np.isfinite(mean[0])]
    return max(means, key=lambda mean: mean[0]) if means else (float("nan"), None)


def mean_coverage(records: Iterable[Record], order: int) -> dict[str, float]:
    """Coverage of the band of one derivative, by signal."""
    groups = defaultdict(list)
    for record in records:
        groups[record.cell.signal].append(record.coverage[order])
    return {signal: float(np.mean(values)) for signal, values in sorted(groups.items())}
