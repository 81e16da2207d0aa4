"""Every method on every data set, beside the oracle: the measurements that the rows summarize."""

from __future__ import annotations

import hashlib
import itertools
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from . import oracle, signals
from .methods import Curves, Method, UnsuitableError
from .signals import NOISES, SPACINGS, Array, Samples, sample

CACHE = Path(__file__).parents[1] / "_build" / "benchmarks"


@dataclass(frozen=True)
class Cell:
    """One data set."""

    signal: str
    spacing: str
    noise: float
    n: int
    seed: int

    def samples(self) -> Samples:
        """Draw the data."""
        return sample(**asdict(self))


@dataclass(frozen=True)
class Record:
    """What one method made of one data set.

    Attributes
    ----------
    method : str
    cell : Cell
    errors : tuple of three floats
        RMSE of f, f', f'' over the interior, divided by the oracle's; NaN where not given.
    edge : float
        RMSE of f' in the outer 5% on either side, divided by the oracle's there
        (see `oracle.oracle_with_edge`).
    coverage : tuple of three floats
        Share of the interior where the 95% band of f, f', f'' holds the truth.
    seconds : float
        Time for all three curves with their bands.
    trouble : str
        Why there is no result.
    """

    method: str
    cell: Cell
    errors: tuple[float, ...] = (np.nan,) * 3
    edge: float = np.nan
    coverage: tuple[float, ...] = (np.nan,) * 3
    seconds: float = np.nan
    trouble: str = ""


def cells(
    names: Iterable[str],
    sizes: Iterable[int],
    seeds: int,
    spacings: Iterable[str] = SPACINGS,
    noises: Iterable[float] = NOISES,
) -> list[Cell]:
    """Return all combinations, the large data sets first."""
    combinations = itertools.product(names, spacings, noises, sizes, range(seeds))
    return sorted(itertools.starmap(Cell, combinations), key=lambda cell: -cell.n)


def measure(methods: Mapping[str, Method], cell: Cell) -> list[Record]:
    """Run the methods on one data set."""
    samples = cell.samples()
    best = _oracle(cell)
    records = []
    for name, method in methods.items():
        start = time.perf_counter()
        try:
            curves = method(samples.x, samples.y, samples.grid)
        except UnsuitableError as reason:
            records.append(Record(name, cell, trouble=str(reason)))
        except Exception as error:  # a peer that fails is a result, not the end of the run
            records.append(Record(name, cell, trouble=f"{type(error).__name__}: {error}"))
        else:
            seconds = time.perf_counter() - start
            records.append(_record(name, cell, samples, curves, best, seconds))
    return records


def _record(
    name: str, cell: Cell, samples: Samples, curves: Curves, best: Array, took: float
) -> Record:
    where = samples.interior
    errors, coverage, at_edge = [], [], np.nan
    for order, (estimate, truth) in enumerate(zip(curves.values, samples.truth, strict=True)):
        if estimate is None:
            errors.append(np.nan)
            continue
        squares = (estimate - truth) ** 2
        errors.append(float(np.sqrt(squares[where].mean()) / best[order]))
        if order == 1:
            at_edge = float(np.sqrt(squares[~where].mean()) / best[3])
    for (lower, upper), truth in zip(curves.bands or (), samples.truth, strict=False):
        coverage.append(float(np.mean(((lower <= truth) & (truth <= upper))[where])))
    coverage += [np.nan] * (3 - len(coverage))
    return Record(name, cell, tuple(errors), at_edge, tuple(coverage), took)


def _oracle(cell: Cell) -> Array:
    """Errors of the oracle: f, f', f'' inside, f' at the edge; kept on disk, for it is slow."""
    key = "-".join(map(str, asdict(cell).values()))
    path = CACHE / f"oracle-{_oracle_version()}" / f"{key}.npy"
    if not path.exists():
        samples = cell.samples()
        errors = oracle.oracle_with_edge(samples)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}.npy")
        np.save(temporary, errors)
        temporary.replace(path)
    return np.load(path)


@cache
def _oracle_version() -> str:
    sources = [Path(module.__file__ or "").read_bytes() for module in (oracle, signals)]
    return hashlib.sha256(b"".join(sources)).hexdigest()[:12]


def measure_all(
    methods: Mapping[str, Method], cells: Sequence[Cell], processes: int = 1, title: str = "cells"
) -> list[Record]:
    """Run all methods on all data sets."""
    found = in_parallel(lambda cell: measure(methods, cell), cells, processes, title)
    return list(itertools.chain.from_iterable(found))


_function: Callable[[Any], Any]


def in_parallel(
    function: Callable[[Any], Any], tasks: Sequence[Any], processes: int, title: str
) -> list[Any]:
    """Map the function over the tasks, in forked processes, with a line of progress.

    What the processes inherit need not be picklable: methods are closures.
    """
    global _function
    _function = function
    if processes == 1:
        return list(_progress(map(function, tasks), len(tasks), title))
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        numbers = pool.imap_unordered(_call, enumerate(tasks))
        return [result for _, result in sorted(_progress(numbers, len(tasks), title), key=_first)]


def _call(task: tuple[int, Any]) -> tuple[int, Any]:
    return task[0], _function(task[1])


def _first(pair: tuple[int, Any]) -> int:
    return pair[0]


def _progress(results: Iterable[Any], total: int, title: str) -> Iterable[Any]:
    """Pass the results through and count them on the terminal."""
    start, live = time.perf_counter(), sys.stderr.isatty()
    for done, result in enumerate(results, 1):
        yield result
        if live or done % max(1, total // 10) == 0 or done == total:
            took = time.perf_counter() - start
            end = "\r" if live and done < total else "\n"
            print(f"{title}: {done}/{total}, {took:.0f} s", end=end, file=sys.stderr, flush=True)
