"""While a method is being developed: variants of pydelt side by side on development signals.

Run ``python -m benchmarks.develop --seeds 2 --variant penalty_order=3 --variant penalty_order=5``.
"""

from __future__ import annotations

import argparse
import os

from .cells import Record, cells, measure_all
from .methods import Method, parse_variant, pydelt_spline
from .signals import DEVELOPMENT
from .summary import geometric_mean, mean_coverage, of_method, worst_cell


def main() -> None:
    """Measure pydelt and its variants, and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--signals", nargs="+", choices=list(DEVELOPMENT), default=DEVELOPMENT)
    parser.add_argument("--variant", action="append", default=[], help="penalty_order=3")
    parser.add_argument("--by-signal", action="store_true")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    methods: dict[str, Method] = {"pydelt": pydelt_spline()}
    methods |= dict(map(parse_variant, arguments.variant))
    chosen = cells(arguments.signals, arguments.sizes, arguments.seeds)
    records = measure_all(methods, chosen, arguments.processes)
    for n in arguments.sizes:
        print(
            f"\nn = {n}: error / oracle of f, f', f'', f' at the edge; worst cell of f'; coverage"
        )
        for name in methods:
            own = [r for r in of_method(records, name) if r.cell.n == n]
            print(f"{line(own)}  {name}")
            if arguments.by_signal:
                for signal in arguments.signals:
                    print(f"{line([r for r in own if r.cell.signal == signal])}    {signal}")


def line(records: list[Record]) -> str:
    """Summarize records of one method."""
    ratios = [geometric_mean(r.errors[d] for r in records) for d in range(3)]
    ratios.append(geometric_mean(r.edge for r in records))
    worst, cell = worst_cell(records, lambda r: r.errors[1])
    where = f"{cell.signal} {cell.spacing} {cell.noise:.0%}" if cell else ""
    covered = [sum(by.values()) / len(by) for by in (mean_coverage(records, d) for d in range(3))]
    took = geometric_mean(r.seconds for r in records)
    numbers = " ".join(f"{ratio:6.2f}" for ratio in ratios)
    bands = " ".join(f"{share:.3f}" for share in covered)
    failed = sum(bool(r.trouble) for r in records)
    return f"{numbers}  {worst:6.2f} ({where:<25})  {bands}  {took * 1e3:6.1f} ms  {failed} failed"


if __name__ == "__main__":
    main()
