"""Ways to a gradient from scattered samples, compared on data sets of several dimensions."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from calcbook import scattered_gradients as scattered

ONE, QUADRATIC, FIELD = "one axis at a time", "local quadratic", "joint field"


class Contest(NamedTuple):
    """Relative errors (dimensions, seeds) of each way, and how often the field's band held."""

    errors: dict[str, np.ndarray]
    held: np.ndarray


def relative_error(found: np.ndarray, truth: np.ndarray) -> float:
    """Return the root mean square error over the root mean square of the truth."""
    return float(np.sqrt(np.mean((found - truth) ** 2) / np.mean(truth**2)))


def inner_places(samples: scattered.Logged, count: int = 20) -> np.ndarray:
    """Return the ``count`` settings nearest to the middle of the data, shape (count, d)."""
    return samples.x[np.argsort(np.linalg.norm(samples.x, axis=1))[:count]]


@functools.cache
def contest(
    dimensions: tuple[int, ...], seeds: int, correlation: float = 0.8, n: int = 120
) -> Contest:
    """Return errors of all ways in each dimension, and the band's coverage at 95 %.

    Parameters
    ----------
    dimensions : tuple of int
        Each 2 or more.
    seeds : int
        Data sets in each dimension.
    correlation : float
        Of any two variables.
    n : int
        Samples in a data set.
    """
    errors = {way: np.empty((len(dimensions), seeds)) for way in (ONE, QUADRATIC, FIELD)}
    held = np.empty((len(dimensions), seeds))
    for row, d in enumerate(dimensions):
        for seed in range(seeds):
            samples = scattered.logged(d, seed, n=n, correlation=correlation)
            at = inner_places(samples)
            truth = scattered.gradient(at)
            field, lower, upper = scattered.joint_field(samples, at)
            for way, found in (
                (ONE, scattered.one_axis_at_a_time(samples, at)),
                (QUADRATIC, scattered.local_quadratic(samples, at)),
                (FIELD, field),
            ):
                errors[way][row, seed] = relative_error(found, truth)
            held[row, seed] = np.mean((lower <= truth) & (truth <= upper))
    return Contest(errors, held)


def lone_errors(d: int, correlation: float, seeds: Sequence[int], n: int = 120) -> np.ndarray:
    """Return the errors of one-axis fits on several data sets, shape (seeds,)."""
    found = []
    for seed in seeds:
        samples = scattered.logged(d, seed, n=n, correlation=correlation)
        at = inner_places(samples)
        truth = scattered.gradient(at)
        found.append(relative_error(scattered.one_axis_at_a_time(samples, at), truth))
    return np.array(found)
