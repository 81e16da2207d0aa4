"""What is measured: a method takes samples and gives curves on a grid."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pydelt import SplineInterpolator

from .signals import Array


@dataclass(frozen=True)
class Curves:
    """Estimates of f, f', f'' on a grid, and half widths of their 95% bands where there are any.

    Attributes
    ----------
    values : tuple of (ndarray or None)
        f, f' and f''; None for what the method does not give.
    bands : tuple of (ndarray, ndarray), or None
        (lower, upper) of f, f' and f''.
    """

    values: tuple[Array | None, ...]
    bands: tuple[tuple[Array, Array], ...] | None = None


Method = Callable[[Array, Array, Array], Curves]
"""Maps (x, y, grid) to `Curves`; raises `UnsuitableError` for data it was not made for."""


class UnsuitableError(Exception):
    """The method does not take such data; the message says why."""


def pydelt_spline(**options: Any) -> Method:
    """Return the method `SplineInterpolator` with these arguments."""

    def method(x: Array, y: Array, grid: Array) -> Curves:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            fit = SplineInterpolator(**options).fit(x, y)
            estimates = fit, fit.differentiate(1), fit.differentiate(2)
            values = tuple(estimate(grid) for estimate in estimates)
            bands = tuple(estimate.band(grid) for estimate in estimates)
        return Curves(values, bands)

    return method


def parse_variant(text: str) -> tuple[str, Method]:
    """Turn ``"penalty_order=3, robust=True"`` into a method of that name."""
    options = eval(f"dict({text})", {"dict": dict, "np": np})
    return f"pydelt({text})", pydelt_spline(**options)
