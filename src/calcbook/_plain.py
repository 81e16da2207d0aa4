"""Figures as plain JSON values: lists instead of arrays, short numbers, null for NaN."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np

DIGITS = 5


def plain(value: Any) -> Any:
    """Return ``value`` with arrays as lists, numbers rounded, and NaN and infinities as None.

    Numbers keep `DIGITS` significant digits. Arrays keep, beyond that, a resolution of
    ``10**-DIGITS`` of their spread, so that values with a large offset do not collapse.
    """
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray) and value.ndim:
        return _plain_array(value)
    if isinstance(value, list | tuple):
        numeric = value and all(_is_real(item) for item in value)
        return _plain_array(np.asarray(value)) if numeric else [plain(item) for item in value]
    if isinstance(value, np.generic | np.ndarray):
        value = value.item()
    if isinstance(value, date):
        return value.isoformat()
    return short(value) if isinstance(value, float) else value


def short(value: float, resolution: float = math.inf) -> float | int | None:
    """Round to `DIGITS` significant digits, or to ``resolution`` where that is finer."""
    if not math.isfinite(value):
        return None
    if value == 0:
        return 0
    grain = min(10.0 ** math.floor(math.log10(abs(value))), resolution)
    decimals = DIGITS - 1 - math.floor(math.log10(grain))
    rounded = round(value, decimals) if decimals < 300 else value
    return int(rounded) if rounded == int(rounded) and abs(rounded) < 1e15 else rounded


def _is_real(value: Any) -> bool:
    if isinstance(value, bool | np.bool_):
        return False
    return isinstance(value, int | float | np.integer | np.floating)


def _plain_array(values: np.ndarray) -> list[Any]:
    if values.ndim > 1:
        return [_plain_array(row) for row in values]
    if values.dtype.kind != "f":
        return [plain(item) for item in values.tolist()]
    finite = values[np.isfinite(values)]
    spread = float(np.ptp(finite)) if finite.size else 0.0
    resolution = 10.0 ** math.floor(math.log10(spread)) if spread > 0 else math.inf
    # A log axis also shows values far below the spread, so small ones keep their own digits.
    return [short(item, resolution) for item in values.tolist()]
