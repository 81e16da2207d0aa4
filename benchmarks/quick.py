"""The quick mode, which the tests run: development data, few seeds, no peers but SciPy and csaps.

Run ``python -m benchmarks.quick`` to see the rows; the tests hold them against ``targets.toml``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from . import fields, signals
from .cells import Record, cells, measure_all
from .field_peers import least_squares_plane, rbf_interpolator
from .methods import Method, pydelt_spline
from .report import TARGETS, print_rows, targets
from .rows import Row, document, gradients, hard_data, noise_free, quality, speed

DEVELOPMENT = {"development": list(signals.DEVELOPMENT)}


def quality_rows(method: Method | None = None) -> list[Row]:
    """Return the rows of errors and bands; `method` takes the place of pydelt's default."""
    methods = {quality.OURS: method or pydelt_spline()}
    chosen = cells(signals.DEVELOPMENT, [100], seeds=1)
    chosen += cells(signals.DEVELOPMENT, [1000], seeds=2, noises=[0.05])
    records: list[Record] = measure_all(methods, chosen, title="quality")
    return quality.rows({"development": records})


def gradient_rows() -> list[Row]:
    """Return error and bands of gradients, against SciPy and a plane."""
    peers = {"scipy": rbf_interpolator("thin_plate_spline"), "plane": least_squares_plane}
    names = {"development": list(fields.DEVELOPMENT)}
    return gradients.rows(names, peers, sizes=[200], seeds=1)[0]


def experiment_rows() -> list[Row]:
    """Return the rows of the book's experiments and of the convergence rates."""
    return [*document.rows(seeds=8), document.slopes(seeds=4)[0]]


def hard_rows() -> list[Row]:
    """Return the rows of exact, spoiled and awkward data."""
    rows = noise_free.rows(DEVELOPMENT, peers=False)
    return [*rows, hard_data.outliers(DEVELOPMENT, {}, seeds=1), hard_data.awkward({}, seeds=1)[0]]


def timing_rows() -> list[Row]:
    """Return the rows of time that take seconds, not minutes."""
    return [
        speed.against_scipy(1000, 3),
        speed.against_scipy(10000, 1),
        speed.against_csaps(100_000, 2),
        gradients.timing(2),
    ]


GROUPS: tuple[Callable[[], list[Row]], ...] = (
    timing_rows, quality_rows, gradient_rows, experiment_rows, hard_rows,
)  # fmt: skip


def complaint(row: Row) -> str:
    """Say by how much a row misses its target and what was last measured; "" when it does not."""
    target, (value,) = targets()[row.key], row.measured.values()
    if not target.missed_by_more_than_noise(value):
        return ""
    reviewed = "never reviewed" if target.quick is None else f"last reviewed at {target.quick:.4g}"
    return f"{target.what}: {value:.4g}; the target is {target.text()}, {reviewed}. {row.note}"


def review(rows: list[Row]) -> None:
    """Write what was measured into ``targets.toml``."""
    text = TARGETS.read_text()
    for row in rows:
        (value,) = row.measured.values()
        head, mark, rest = text.partition(f"[{row.key}]\n")
        entry, *others = rest.split("\n\n", 1)
        lines = [line for line in entry.splitlines() if not line.startswith("quick")]
        entry = "\n".join([*lines, f"quick = {value:.4g}"])
        text = head + mark + "\n\n".join([entry, *others])
    TARGETS.write_text(text.rstrip("\n") + "\n")


def main() -> None:
    """Print the rows, then what is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--review", action="store_true", help="write the numbers to targets.toml")
    arguments = parser.parse_args()
    rows = [row for group in GROUPS for row in group()]
    print_rows(rows)
    print(*filter(None, map(complaint, rows)), sep="\n")
    if arguments.review:
        review(rows)


if __name__ == "__main__":
    main()
