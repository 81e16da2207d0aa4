"""The quick mode: no target is missed by more than its noise, and a wrong fit would be noticed."""

from collections.abc import Callable

import pytest

from benchmarks import quick
from benchmarks.cells import cells, measure_all
from benchmarks.methods import pydelt_spline
from benchmarks.rows import Row, quality
from benchmarks.signals import DEVELOPMENT

GROUPS = [
    pytest.param(
        group, id=group.__name__, marks=pytest.mark.alone if "timing" in group.__name__ else ()
    )
    for group in quick.GROUPS
]


@pytest.mark.parametrize("group", GROUPS)
def test_targets_hold(group: Callable[[], list[Row]]) -> None:
    complaints = [text for row in group() if (text := quick.complaint(row))]
    if complaints and group is quick.timing_rows:  # once more: another program may have run
        complaints = [text for row in group() if (text := quick.complaint(row))]
    assert complaints == [], "\n".join(complaints)


def test_a_wrong_penalty_is_noticed() -> None:
    rows = quick.quality_rows(pydelt_spline(smoothing=30))
    missed = {row.key for row in rows if quick.complaint(row)}
    assert {"first-100", "first-1000", "second"} <= missed


def test_narrow_bands_are_noticed() -> None:
    chosen = cells(["sine", "decay", "lorenz"], [200], seeds=1)
    records = measure_all({"pydelt": pydelt_spline()}, chosen)
    rows = {row.key: row for row in quality.rows({"development": records})}
    row = rows["coverage-first"]
    row.measured["development"] *= 0.88  # what bands of 0.8 times the width cover
    assert quick.complaint(row)


def test_quick_mode_leaves_the_set_aside_data_alone() -> None:
    assert set(quick.DEVELOPMENT["development"]) == set(DEVELOPMENT)
