"""Smooth functions of one variable from noisy samples, and their derivatives.

Four methods behind one interface::

    fit = SplineInterpolator().fit(t, u)
    fit(t)                              # the smoothed values
    fit.differentiate(order=1)(t)       # the derivative
    fit.differentiate(order=1).band(t)  # and how far it can be trusted

============================  ================================================================
Method                        What it is
============================  ================================================================
`SplineInterpolator`          penalized spline; the default choice: derivatives, honest bands,
                              integrals
`LowessInterpolator`          local polynomial over a share of the data, robust to outliers
`LlaInterpolator`             local polynomial over a fixed count of samples, equal weights
`NeuralNetworkInterpolator`   ensemble of small networks, exact derivatives of the networks
============================  ================================================================
"""

from ._interpolator import Interpolator
from ._local_interpolators import LlaInterpolator, LowessInterpolator
from ._network_interpolator import NeuralNetworkInterpolator
from ._spline_interpolator import SplineInterpolator

__all__ = [
    "Interpolator",
    "LlaInterpolator",
    "LowessInterpolator",
    "NeuralNetworkInterpolator",
    "SplineInterpolator",
]
