"""How near an answer must come, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Tolerance:
    """Room for an answer: ``relative`` to the right value, or ``absolute`` in a ``unit``.

    For several values, ``relative`` counts from the largest of them (a derivative may be zero
    somewhere), or from each by itself if ``each`` is true.
    """

    relative: float = 0.0
    absolute: float = 0.0
    unit: str = ""
    each: bool = False

    def __post_init__(self) -> None:
        """Refuse a tolerance that holds nothing, or one in two forms."""
        if (self.relative > 0) == (self.absolute > 0):
            raise ValueError("a tolerance is either `relative` or `absolute`, and above zero")

    def error(self, values: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return the errors of flat ``values``, in units of what is allowed."""
        size = np.abs(right)
        room = self.absolute or self.relative * (size if self.each else size.max(initial=0.0))
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            off = np.abs(values - right)
            return np.where(off == 0, 0.0, off / np.where(room == 0, 1e-300, room))

    def holds(self, values: np.ndarray, right: np.ndarray) -> bool:
        """Tell whether every value is near enough (NaN never is)."""
        return values.shape == right.shape and bool(np.all(self.error(values, right) <= 1))

    def words(self, *, several: bool = False) -> str:
        """Return the tolerance in words, such as ``"to 1%"``."""
        if self.absolute:
            return f"to within {self.absolute:g} {self.unit}".rstrip()
        of = (" each" if self.each else " of the largest value") if several else ""
        return f"to {100 * self.relative:g}%{of}"


def percent(size: float, *, each: bool = False) -> Tolerance:
    """Return a tolerance of so many percent."""
    return Tolerance(relative=size / 100, each=each)


def within(size: float, unit: str = "") -> Tolerance:
    """Return an absolute tolerance."""
    return Tolerance(absolute=size, unit=unit)
