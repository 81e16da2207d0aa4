"""What a student's data come as."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Log(NamedTuple):
    """Readings and where, or when, they were taken."""

    at: Array
    value: Array
