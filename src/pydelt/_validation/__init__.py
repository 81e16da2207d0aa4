"""Checks of everything a user hands in; every message names the argument and the mend.

All arrays leave these modules as float64, so integers never truncate anywhere behind them.
"""

from ._arrays import FloatArray, as_real_array, check_finite
from ._options import (
    check_flag,
    check_fraction,
    check_integer,
    check_integers,
    check_level,
    check_nan_option,
    check_smoothing,
)
from ._queries import check_limits, check_query, check_query_points, query_checker
from ._samples import check_points, check_samples
from ._warnings import ExtrapolationWarning, NotFittedError, UndersampledWarning, warn_caller

__all__ = [
    "ExtrapolationWarning",
    "FloatArray",
    "NotFittedError",
    "UndersampledWarning",
    "as_real_array",
    "check_finite",
    "check_flag",
    "check_fraction",
    "check_integer",
    "check_integers",
    "check_level",
    "check_limits",
    "check_nan_option",
    "check_points",
    "check_query",
    "check_query_points",
    "check_samples",
    "check_smoothing",
    "query_checker",
    "warn_caller",
]
