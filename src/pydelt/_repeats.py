"""Samples at the same position: measured again, or copied.

Samples at one position say as much about a field as their mean, known with the weight of their
number; how they disagree says something about the noise alone. Rows that agree in position *and*
value are another matter: where values vary continuously they do not come about by measuring twice,
but by a row copied (joined tables, sampling with replacement), and a copy is no evidence. So such
rows count once, unless values agree by chance: when there are fewer than half as many different
values as different rows (counts, labels, readings of few digits), each row is a measurement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._validation import FloatArray


@dataclass(frozen=True)
class RepeatedSamples:
    """Samples gathered by position.

    Attributes
    ----------
    points : ndarray, shape (g, d)
        Different positions, in lexicographic order.
    means : ndarray, shape (g,)
        Mean value at each.
    counts : ndarray, shape (g,)
        Number of measurements at each.
    scatter : ndarray, shape (g,)
        Sum of squared deviations from the mean at each.
    """

    points: FloatArray
    means: FloatArray
    counts: FloatArray
    scatter: FloatArray

    @property
    def total(self) -> int:
        """Number of measurements."""
        return int(self.counts.sum())

    def standardized(
        self, center: FloatArray, scale: FloatArray, level: float, unit: float
    ) -> RepeatedSamples:
        """Return the samples with points and values shifted and scaled."""
        return RepeatedSamples(
            (self.points - center) / scale,
            (self.means - level) / unit,
            self.counts,
            self.scatter / unit**2,
        )

    def __getitem__(self, rows: NDArray[np.intp]) -> RepeatedSamples:
        """Return the samples of some of the positions."""
        return RepeatedSamples(
            self.points[rows], self.means[rows], self.counts[rows], self.scatter[rows]
        )


def gather_repeats(points: FloatArray, values: FloatArray) -> RepeatedSamples:
    """Gather samples (points (n, d), values (n,)) by position; the order of rows is forgotten."""
    rows = np.unique(np.column_stack([points, values]), axis=0)
    if 2 * len(np.unique(rows[:, -1])) < len(rows):
        ascending = np.lexsort(np.column_stack([values, points[:, ::-1]]).T)
        rows = np.column_stack([points, values])[ascending]
    fresh = np.concatenate([[True], np.any(np.diff(rows[:, :-1], axis=0) != 0, axis=1)])
    group = np.cumsum(fresh) - 1
    counts = np.bincount(group).astype(np.float64)
    means = np.bincount(group, rows[:, -1]) / counts
    scatter = np.bincount(group, np.square(rows[:, -1] - means[group])).astype(np.float64)
    return RepeatedSamples(rows[fresh, :-1], means, counts, scatter)
