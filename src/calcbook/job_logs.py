"""Logged jobs whose two settings move together: big inputs are given much memory."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

# Minutes saved by one more GB, and needed for one more million rows, in the simulated truth.
MEMORY_EFFECT, ROWS_EFFECT = -2.0, 3.0


class Jobs(NamedTuple):
    """Settings (n, 2), memory in GB and millions of rows, and run times (n,) in minutes."""

    settings: np.ndarray
    minutes: np.ndarray


def logged_jobs(correlation: float, seed: int = 0, n: int = 150) -> Jobs:
    """Return ``n`` jobs whose memory and rows have the given correlation.

    Raises
    ------
    ValueError
        If the correlation is not in [0, 1).
    """
    if not 0 <= correlation < 1:
        raise ValueError(f"correlation: give a number in [0, 1), not {correlation}")
    rng = np.random.default_rng(seed)
    memory, other, noise = rng.normal(size=(3, n))
    rows = correlation * memory + np.sqrt(1 - correlation**2) * other
    minutes = 30 + MEMORY_EFFECT * memory + ROWS_EFFECT * rows + noise
    return Jobs(np.stack([16 + memory, 10 + rows], axis=1), minutes)


def lone_slopes(jobs: Jobs) -> np.ndarray:
    """Return the slopes of lines fitted to the run time against each setting alone, shape (2,)."""
    return np.array([np.polyfit(x, jobs.minutes, 1)[0] for x in jobs.settings.T])


def joint_slopes(jobs: Jobs) -> np.ndarray:
    """Return the slopes of a plane fitted to both settings together, shape (2,)."""
    centered = jobs.settings - jobs.settings.mean(axis=0)
    return np.linalg.lstsq(centered, jobs.minutes - jobs.minutes.mean(), rcond=None)[0]
