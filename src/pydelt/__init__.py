"""Derivatives, gradients and integrals from noisy samples, with error bands and nothing to tune.

>>> import numpy as np
>>> from pydelt import SplineInterpolator
>>> t = np.linspace(0, 2 * np.pi, 200)
>>> noisy = np.sin(t) + 0.05 * np.random.default_rng(0).normal(size=t.size)
>>> slope = SplineInterpolator().fit(t, noisy).differentiate(order=1)
>>> bool(np.max(np.abs(slope(t) - np.cos(t))) < 0.2)
True
"""

from __future__ import annotations

import os
import sys
import warnings
from glob import escape as glob_escape
from glob import glob
from typing import TYPE_CHECKING, Any

from ._estimate import Estimate, NumberEstimate
from ._validation import ExtrapolationWarning, NotFittedError, UndersampledWarning
from .integrals import integrate_derivative, integrate_derivative_with_error
from .interpolation import (
    LlaInterpolator,
    LowessInterpolator,
    NeuralNetworkInterpolator,
    SplineInterpolator,
)

if TYPE_CHECKING:
    from .multivariate import MultivariateDerivatives

__all__ = [
    "Estimate",
    "ExtrapolationWarning",
    "LlaInterpolator",
    "LowessInterpolator",
    "MultivariateDerivatives",
    "NeuralNetworkInterpolator",
    "NotFittedError",
    "NumberEstimate",
    "SplineInterpolator",
    "UndersampledWarning",
    "integrate_derivative",
    "integrate_derivative_with_error",
]

_DISTRIBUTION = "calculus-from-data"


def __getattr__(name: str) -> Any:
    """Load what not everybody needs when it is asked for: it would slow every import."""
    if name == "MultivariateDerivatives":
        from .multivariate import MultivariateDerivatives

        return MultivariateDerivatives
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:  # used from a source folder that was never installed
        return "0+unknown"


def _warn_of_namesake() -> None:
    """Warn when another distribution has installed a package of this name too."""
    for folder in sys.path:
        for found in glob(os.path.join(glob_escape(folder), "pydelt-*.dist-info")):
            other = os.path.basename(found).split("-")[1].removesuffix(".dist")
            warnings.warn(
                f"Two packages are called pydelt here: this one, part of {_DISTRIBUTION}, and the "
                f"distribution pydelt {other}. They are unrelated, and which one an import finds "
                "depends on the search path. Remove the other: pip uninstall pydelt.",
                RuntimeWarning,
                stacklevel=3,
            )


_warn_of_namesake()
