"""Six ways to differentiate a noisy decay, judged over many draws of the noise."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from calcbook import method_comparison
from calcbook.data import noisy_decay

Array = NDArray[np.float64]

CONTESTANTS = (
    "central differences",
    "Savitzky-Golay, 11 points",
    "LOWESS",
    "LLA",
    "network",
    "spline",
)
METHODS = {name: method_comparison.METHODS[name] for name in CONTESTANTS}


def errors(noise: float = 0.05, seeds: Iterable[int] = range(20), n: int = 100) -> dict[str, Array]:
    """Return each method's error of the derivative of a noisy ``exp(-t)``.

    Parameters
    ----------
    noise : float
        Standard deviation of the noise; the decay starts at 1.
    seeds : iterable of int
        One data set for each.
    n : int
        Samples between t = 0 and 5.

    Returns
    -------
    dict of str to ndarray, shape (seeds,)
        Root mean square errors as shares of the derivative's own root mean square: a method that
        answers 0 everywhere scores 1.
    """
    samples = [noisy_decay(n=n, noise=noise, seed=seed) for seed in seeds]
    return {
        name: np.array(
            [method_comparison.relative_error(method(s.t, s.u), s.derivative) for s in samples]
        )
        for name, method in METHODS.items()
    }
