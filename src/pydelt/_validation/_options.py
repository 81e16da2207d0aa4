"""Checks of the settings of methods and questions."""

from __future__ import annotations

from typing import Any

import numpy as np

_REAL = (int, float, np.integer, np.floating)


def check_nan_option(nan: str) -> None:
    """Raise unless `nan` is ``'raise'`` or ``'drop'``."""
    if nan not in ("raise", "drop"):
        raise ValueError(f"nan must be 'raise' or 'drop', got {nan!r}.")


def check_smoothing(smoothing: float | None, *, zero_means: str | None = None) -> float:
    """Return the multiplier of the automatic choice; ``None`` is 1.

    `zero_means` says what a method would do at 0 that it cannot; given, 0 is an error.
    """
    if smoothing is None:
        return 1.0
    if not _is_real(smoothing):
        raise TypeError(f"smoothing must be a number or None, got {smoothing!r}.")
    factor = float(smoothing)
    if not (np.isfinite(factor) and factor >= 0):
        raise ValueError(
            f"smoothing must be finite and >= 0, got {factor:g}. It multiplies the automatic "
            "choice: 1 keeps it, 10 is smoother."
        )
    if factor == 0 and zero_means is not None:
        raise ValueError(
            f"smoothing must be > 0 here: {zero_means}. Use 1 for the automatic choice."
        )
    return factor


def check_integer(
    name: str, value: Any, low: int, high: int | None = None, *, why: str = ""
) -> int:
    """Return `value` as int; raise unless it is a whole number in ``low..high``."""
    span = f"a whole number >= {low}" if high is None else f"a whole number from {low} to {high}"
    reason = f" ({why})" if why else ""
    if not _is_whole(value):
        raise TypeError(f"{name} must be {span}{reason}, got {value!r}.")
    if value < low or (high is not None and value > high):
        raise ValueError(f"{name} must be {span}{reason}, got {value}.")
    return int(value)


def check_integers(name: str, values: Any, low: int) -> tuple[int, ...]:
    """Return `values` as a tuple; raise unless they are a sequence of whole numbers >= `low`."""
    wanted = f"{name} must be a sequence of whole numbers >= {low}, such as (24, 24)"
    if isinstance(values, str) or not np.iterable(values):
        raise TypeError(f"{wanted}, got {values!r}.")
    entries = tuple(values)
    if not all(_is_whole(entry) for entry in entries):
        raise TypeError(f"{wanted}, got {values!r}.")
    if any(entry < low for entry in entries):
        raise ValueError(f"{wanted}, got {values!r}.")
    return tuple(int(entry) for entry in entries)


def check_fraction(name: str, value: Any) -> float:
    """Return `value` as float; raise unless ``0 < value <= 1``."""
    if not _is_real(value):
        raise TypeError(f"{name} must be a number above 0 and at most 1, got {value!r}.")
    if not 0 < value <= 1:
        raise ValueError(f"{name} must be above 0 and at most 1, got {float(value):g}.")
    return float(value)


def check_level(level: float) -> float:
    """Return the confidence level; raise unless ``0 < level < 1``."""
    if not _is_real(level):
        raise TypeError(f"level must be a number between 0 and 1, got {level!r}.")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, got {level:g}; 95% is level=0.95.")
    return float(level)


def check_flag(name: str, value: Any) -> bool:
    """Return `value` as bool; raise unless it is one."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, got {value!r}.")
    return bool(value)


def _is_real(value: Any) -> bool:
    return isinstance(value, _REAL) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)
