r"""The rotor of a wind turbine: its share of the wind's power, and a network that learned it.

The share, the *power coefficient*, depends on two settings: the pitch angle β of the blades, and
the tip speed ratio λ, how many times faster than the wind the blades' tips move. The truth here is
the usual empirical formula

.. math::
    C_p = 0.5176 \Bigl(\frac{116}{\lambda_i} - 0.4 \beta - 5\Bigr) e^{-21/\lambda_i}
          + 0.0068 \lambda, \qquad
    \frac1{\lambda_i} = \frac1{\lambda + 0.08 \beta} - \frac{0.035}{\beta^3 + 1}.

References
----------
Heier (2014), *Grid Integration of Wind Energy*, 3rd ed., section 2.1.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calcbook.tanh_network import TanhNetwork, fit_tanh_network

Array = NDArray[np.float64]

FEATURES = ("pitch", "tip speed ratio")
PITCH, RATIO = (0.0, 14.0), (3.0, 13.0)  # degrees, and a number
NOISE = 0.01  # standard deviation of a measured share
_CENTER, _SCALE = np.array([7.0, 8.0]), np.array([4.0, 3.0])


class Measured(NamedTuple):
    """Settings of a rotor and the share that was measured at each.

    Attributes
    ----------
    settings : ndarray, shape (n, 2)
        Pitch in degrees, tip speed ratio.
    share : ndarray, shape (n,)
        Share of the wind's power, with noise.
    """

    settings: Array
    share: Array


def true_share(settings: ArrayLike) -> Array:
    """Return the power coefficient at settings of shape (..., 2)."""
    beta, ratio = np.moveaxis(np.asarray(settings, dtype=float), -1, 0)
    inverse = 1 / (ratio + 0.08 * beta) - 0.035 / (beta**3 + 1)
    share = 0.5176 * (116 * inverse - 0.4 * beta - 5) * np.exp(-21 * inverse) + 0.0068 * ratio
    return np.asarray(share)


def measured(n: int = 400, seed: int = 0) -> Measured:
    """Return shares measured at random settings, with noise of standard deviation `NOISE`."""
    rng = np.random.default_rng(seed)
    settings = rng.uniform((PITCH[0], RATIO[0]), (PITCH[1], RATIO[1]), (n, 2))
    return Measured(settings, true_share(settings) + NOISE * rng.normal(size=n))


@dataclass(frozen=True)
class RotorModel:
    """A network that takes settings in their own units."""

    network: TanhNetwork

    def __call__(self, settings: ArrayLike) -> Array:
        """Return the predicted shares, shape (n,), of settings of shape (n, 2)."""
        return self.network(_scaled(settings))

    def gradient(self, settings: ArrayLike) -> Array:
        """Return the gradient at each row, shape (n, 2): share per degree, share per unit."""
        return self.network.gradient(_scaled(settings)) / _SCALE

    def hessian(self, settings: ArrayLike) -> Array:
        """Return the Hessian at each row, shape (n, 2, 2)."""
        return self.network.hessian(_scaled(settings)) / np.outer(_SCALE, _SCALE)


@functools.cache
def model(seed: int = 0) -> RotorModel:
    """Return a network with 12 hidden neurons, trained on measurements with the same seed."""
    data = measured(seed=seed)
    network = fit_tanh_network(
        _scaled(data.settings), data.share, hidden=12, penalty=1e-6, iterations=150, seed=seed
    )
    return RotorModel(network)


def _scaled(settings: ArrayLike) -> Array:
    return (np.asarray(settings, dtype=float) - _CENTER) / _SCALE
