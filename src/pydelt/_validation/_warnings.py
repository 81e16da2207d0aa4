"""What the package warns of, and the error of asking before fitting."""

from __future__ import annotations

import sys
import warnings


class ExtrapolationWarning(UserWarning):
    """A query lies outside the data, where only the method's assumptions speak."""


class UndersampledWarning(UserWarning):
    """The samples are too few per oscillation for the error band to be believed."""


class NotFittedError(ValueError, AttributeError):
    """A method was asked for a result before ``fit``."""


def warn_caller(message: str, category: type[Warning]) -> None:
    """Warn, pointing at the line outside this package that led here."""
    level, frame = 2, sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").split(".")[0] == "pydelt":
        level, frame = level + 1, frame.f_back
    warnings.warn(message, category, stacklevel=level)
