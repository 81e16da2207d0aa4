"""Ways to a gradient from scattered samples, compared on data sets of several dimensions."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from calcbook import scattered_gradients as scattered

WAYS = ONE, QUADRATIC, FIELD = "one axis at a time", "local quadratic", "joint field"


class Bout(NamedTuple):
    """What each way finds at some places (q, d) of one data set, and the field's band there."""

    truth: np.ndarray
    found: dict[str, np.ndarray]
    lower: np.ndarray
    upper: np.ndarray

    def held(self) -> np.ndarray:
        """Return where the field's band holds the truth, shape (q, d)."""
        return (self.lower <= self.truth) & (self.truth <= self.upper)


def relative_error(found: np.ndarray, truth: np.ndarray) -> float:
    """Return the root mean square error over the root mean square of the truth."""
    return float(np.sqrt(np.mean((found - truth) ** 2) / np.mean(truth**2)))


def inner_places(samples: scattered.Logged, count: int = 20) -> np.ndarray:
    """Return the ``count`` settings nearest to the middle of the data, shape (count, d)."""
    return samples.x[np.argsort(np.linalg.norm(samples.x, axis=1))[:count]]


@functools.cache
def bout(
    d: int, seed: int, correlation: float = 0.8, n: int = 120, ways: tuple[str, ...] = WAYS
) -> Bout:
    """Return what each of the ways finds in one data set, with the field's band at 95%.

    Parameters
    ----------
    d : int
        Number of variables, 2 or more.
    seed : int
        Of the data set.
    correlation : float
        Of any two variables.
    n : int
        Samples in the data set.
    ways : tuple of str
        Some of `WAYS`; the joint field is always fitted.
    """
    samples = scattered.logged(d, seed, n=n, correlation=correlation)
    at = inner_places(samples)
    field, lower, upper = scattered.joint_field(samples, at)
    others = {ONE: scattered.one_axis_at_a_time, QUADRATIC: scattered.local_quadratic}
    found = {way: others[way](samples, at) for way in ways if way != FIELD} | {FIELD: field}
    return Bout(scattered.gradient(at), found, lower, upper)


def contest(dimensions: Sequence[int], seeds: int, n: int = 120) -> dict[str, np.ndarray]:
    """Return the relative errors of each way in each dimension, of shape (dimensions, seeds)."""
    bouts = [[bout(d, seed, n=n) for seed in range(seeds)] for d in dimensions]
    return {
        way: np.array([[relative_error(b.found[way], b.truth) for b in row] for row in bouts])
        for way in WAYS
    }


def coverage(dimensions: Sequence[int], seeds: int) -> np.ndarray:
    """Return the share of entries that the field's band holds, of shape (dimensions, seeds)."""
    return np.array(
        [[bout(d, seed, ways=(FIELD,)).held().mean() for seed in range(seeds)] for d in dimensions]
    )


def lone_errors(d: int, correlation: float, seeds: Sequence[int], n: int = 120) -> np.ndarray:
    """Return the errors of one-axis fits on several data sets, shape (seeds,)."""
    found = []
    for seed in seeds:
        samples = scattered.logged(d, seed, n=n, correlation=correlation)
        at = inner_places(samples)
        truth = scattered.gradient(at)
        found.append(relative_error(scattered.one_axis_at_a_time(samples, at), truth))
    return np.array(found)
