"""Reading a series less often: snapshots, means, and the slow wave that was never there.

References
----------
Shannon (1949), "Communication in the presence of noise", doi:10.1109/JRPROC.1949.232969.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calcbook.data.load import Load

Array = NDArray[np.float64]
KEEPING = ("one value", "mean of all")


def folded(frequency: ArrayLike, rate: float) -> Array:
    """Return the frequency as which a wave appears when it is sampled.

    Parameters
    ----------
    frequency : array_like, any shape
        True frequencies.
    rate : float
        Samples per unit of time, in the unit of ``frequency``.

    Returns
    -------
    ndarray
        Between 0 and half the rate: the distance to the nearest multiple of the rate.
    """
    if rate <= 0:
        raise ValueError(f"`rate` must be positive, got {rate}: give samples per unit of time.")
    frequency = np.asarray(frequency, dtype=float)
    return np.abs(frequency - rate * np.round(frequency / rate))


def read_every(load: Load, hours: int, keep: str = "one value") -> Load:
    """Keep one number for every so many hours of a load.

    Parameters
    ----------
    load : Load
        Hourly values.
    hours : int
        Hours between two readings.
    keep : {"one value", "mean of all"}
        The load at the moment of the reading, or the mean of all hours since the last reading.

    Returns
    -------
    Load
        Means stand at the middle of their hours.
    """
    if keep not in KEEPING:
        raise ValueError(f"`keep` is {keep!r}; choose 'one value' or 'mean of all'.")
    if not 1 <= hours <= load.t.size:
        raise ValueError(f"`hours` must be from 1 to {load.t.size}, got {hours}.")
    blocks = load.t.size // hours
    t, u = (values[: blocks * hours].reshape(blocks, hours) for values in load)
    return Load(t[:, 0], u[:, 0]) if keep == "one value" else Load(t.mean(1), u.mean(1))
