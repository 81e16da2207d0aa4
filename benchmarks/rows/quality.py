"""Errors of f' and f'' against the oracle, also at the edge and at worst; coverage of bands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from ..cells import Record
from ..summary import geometric_mean, mean_coverage, of_method, worst_cell
from . import Row, Table

OURS = "pydelt"
Sets = dict[str, list[Record]]
"""Name of a share of the signals to its records, of all methods."""


def rows(sets: Sets) -> list[Row]:
    """Return the rows that summarize the records."""
    first, second, edge = (lambda r: r.errors[1]), (lambda r: r.errors[2]), (lambda r: r.edge)
    return [
        _row("first-100", sets, first, {100}),
        _row("first-1000", sets, first, {1000, 10000}),
        _row("second", sets, second, {1000, 10000}),
        _row("edge", sets, edge, {1000, 10000}),
        _worst(sets),
        *(_coverage(sets, order) for order in range(3)),
    ]


def _row(key: str, sets: Sets, value: Callable[[Record], float], sizes: set[int]) -> Row:
    sets = {name: [r for r in records if r.cell.n in sizes] for name, records in sets.items()}
    row = Row(key, {name: geometric_mean(map(value, _own(r))) for name, r in sets.items()})
    row.peer, row.peer_value = _best_peer([r for records in sets.values() for r in records], value)
    return row


def _own(records: Iterable[Record]) -> list[Record]:
    return of_method(records, OURS)


def _best_peer(records: Sequence[Record], value: Callable[[Record], float]) -> tuple[str, float]:
    """The peer with the least mean among those that took every data set that peers were given."""
    names = {r.method for r in records if not r.method.startswith(OURS)}
    values = {name: np.array([value(r) for r in of_method(records, name)]) for name in names}
    taken = {name: int(np.isfinite(each).sum()) for name, each in values.items()}
    given = max(taken.values(), default=0)
    means = {name: geometric_mean(values[name]) for name in names if taken[name] == given > 0}
    best = min(means, key=lambda name: means[name], default="")
    return best, means.get(best, float("nan"))


def _worst(sets: Sets) -> Row:
    measured, notes = {}, []
    for name, records in sets.items():
        measured[name], cell = worst_cell(_own(records), lambda r: r.errors[1])
        if cell:
            notes.append(f"{cell.signal}, {cell.spacing}, noise {cell.noise:.0%}, n = {cell.n}")
    return Row("worst", measured, note="; ".join(notes))


def _coverage(sets: Sets, order: int) -> Row:
    measured, lowest = {}, []
    for name, records in sets.items():
        shares = mean_coverage([r for r in _own(records) if r.cell.n >= 200], order)
        measured[name] = float(np.mean(list(shares.values()))) if shares else float("nan")
        lowest += [(share, signal) for signal, share in shares.items()]
    note = "least: {1} {0:.3f}".format(*min(lowest)) if lowest else ""
    return Row(("coverage-value", "coverage-first", "coverage-second")[order], measured, note=note)


def tables(sets: Sets) -> list[Table]:
    """Return who reaches what at each n, where pydelt is weak, and how far its bands hold."""
    return [_methods(sets), _signals(sets), _coverages(sets), _bundled(sets)]


def _methods(sets: Sets) -> Table:
    columns = ["method", "n", "data sets", "f", "f′", "f″", "f′ at the edge", "seconds", "trouble"]
    table = Table("methods", "Error / oracle, all signals, by method", columns)
    records = [r for records in sets.values() for r in records]
    for n in sorted({r.cell.n for r in records}):
        for name in dict.fromkeys(r.method for r in records):
            own = [r for r in of_method(records, name) if r.cell.n == n]
            done = [r for r in own if not r.trouble]
            trouble = "; ".join(sorted({r.trouble.partition("\n")[0][:80] for r in own} - {""}))
            numbers = [geometric_mean(r.errors[d] for r in done) for d in range(3)]
            numbers.append(geometric_mean(r.edge for r in done))
            numbers.append(geometric_mean(r.seconds for r in done))
            if own:
                table.lines.append([name, n, f"{len(done)}/{len(own)}", *numbers, trouble])
    return table


def _signals(sets: Sets) -> Table:
    columns = ["signals", "signal", "n", "f′ / oracle", "worst", "f′ coverage"]
    table = Table("signals", "pydelt by signal: error of f' / oracle", columns)
    for name, records in sets.items():
        for signal in dict.fromkeys(r.cell.signal for r in records):
            for n in sorted({r.cell.n for r in records}):
                own = [r for r in _own(records) if (r.cell.signal, r.cell.n) == (signal, n)]
                worst, _ = worst_cell(own, lambda r: r.errors[1])
                covered = float(np.mean([r.coverage[1] for r in own]))
                mean = geometric_mean(r.errors[1] for r in own)
                table.lines.append([name, signal, n, mean, worst, covered])
    return table


def _coverages(sets: Sets) -> Table:
    columns = ["signals", "signal", "f", "f′", "f″"]
    table = Table("coverage", "Share of 95% bands that hold the truth, n >= 200", columns)
    for name, records in sets.items():
        own = [r for r in _own(records) if r.cell.n >= 200]
        shares = [mean_coverage(own, order) for order in range(3)]
        for signal in shares[0]:
            table.lines.append([name, signal, *(share[signal] for share in shares)])
    return table


def _bundled(sets: Sets) -> Table:
    """By method, signal, noise and n: what the figure in the book is drawn from."""
    columns = ["method", "signal", "noise", "n", "f′"]
    table = Table("figure", "Error of f' / oracle by method, signal, noise and n", columns)
    groups: dict[tuple[str, str, float, int], list[float]] = {}
    for records in sets.values():
        for r in records:
            key = r.method, r.cell.signal, r.cell.noise, r.cell.n
            groups.setdefault(key, []).append(r.errors[1])
    for key, values in groups.items():
        mean = geometric_mean(values)
        if np.isfinite(mean):
            table.lines.append([*key, mean])
    return table
