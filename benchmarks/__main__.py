"""The full run, with every peer: ``python -m benchmarks``, best by ``make audit``."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from pathlib import Path

from . import fields, signals
from .cells import Record, cells, measure_all
from .field_peers import field_peers
from .methods import pydelt_spline
from .peers import all_peers, robust_peers, slow_peers
from .report import RESULTS, print_rows, save
from .rows import Row, Table, document, gradients, hard_data, noise_free, quality, speed


def main() -> None:
    """Measure, print, and write the results that the book shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--development-only", action="store_true", help="nothing set aside")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 200, 1000, 10000])
    parser.add_argument("--peer-sizes", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--output", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    start = time.perf_counter()
    shares = ("development",) if arguments.development_only else ("development", "set aside")
    rows, tables = timings()
    found = statistics(
        shares, arguments.seeds, arguments.sizes, arguments.peer_sizes, arguments.processes
    )
    rows, tables = [*found[0], *rows], [*found[1], *tables]
    print_rows(rows)
    save(rows, tables, (time.perf_counter() - start) / 60, arguments.output)


def timings() -> tuple[list[Row], list[Table]]:
    """Return what needs the machine for itself, so it comes first and alone."""
    return [*speed.rows(), gradients.timing()], []


def statistics(
    shares: Sequence[str],
    seeds: int,
    sizes: Sequence[int],
    peer_sizes: Sequence[int],
    processes: int,
) -> tuple[list[Row], list[Table]]:
    """Return everything else."""
    names = dict(zip(shares, (list(signals.DEVELOPMENT), list(signals.SET_ASIDE)), strict=False))
    functions = dict(zip(shares, (list(fields.DEVELOPMENT), list(fields.SET_ASIDE)), strict=False))
    ours = {quality.OURS: pydelt_spline()}
    sets: dict[str, list[Record]] = {}
    for share, group in names.items():
        plan = [
            ("pydelt", ours, cells(group, sizes, seeds)),
            ("peers", all_peers(), cells(group, peer_sizes, 1)),
            ("slow peers", slow_peers(), cells(group, [100, 1000], 1, noises=[0.05])),
        ]
        sets[share] = []
        for title, methods, chosen in plan:
            sets[share] += measure_all(methods, chosen, processes, f"{title}, {share}")
    rows, tables = quality.rows(sets), quality.tables(sets)
    rows += noise_free.rows(names)
    rows.append(hard_data.outliers(names, robust_peers(), seeds=3))
    found, table = hard_data.awkward(all_peers())
    rows.append(found)
    tables.append(table)
    more = gradients.rows(functions, field_peers(), processes=processes)
    rows += [*more[0], *document.rows()]
    tables += [*more[1], gradients.false_curvature()]
    found, table = document.slopes()
    return [*rows, found], [*tables, table]


if __name__ == "__main__":
    main()
