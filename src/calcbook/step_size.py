r"""How far from the derivative a difference quotient is, as its step h goes from tiny to large.

The function is sin near 1. A quotient errs twice: its truncation error grows with a power of h,
and errors of size :math:`\sigma` in the values it subtracts are divided by h. With
:math:`f^{(p+1)}` the derivative in the leading truncation term, the mean square error is about

.. math:: c^2 h^{2p} (f^{(p+1)})^2 + v \sigma^2 / h^2,

where forward differences have p = 1, c = 1/2, v = 2 and central ones p = 2, c = 1/6, v = 1/2.
Setting its derivative to zero gives the best step,
:math:`h^{2p+2} = v \sigma^2 / (p c^2 (f^{(p+1)})^2)`. Rounding counts as noise here.

References
----------
Press, Teukolsky, Vetterling & Flannery, Numerical Recipes, 3rd ed. (2007), section 5.7.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pydelt.finite_difference import finite_difference_weights

Array = NDArray[np.float64]

# Values between 1/2 and 1 are rounded to multiples of 2⁻⁵³: an error spread evenly over one
# spacing, whose standard deviation is the spacing divided by √12.
ROUNDING = 2.0**-53 / np.sqrt(12)
CENTER, HALF_WIDTH = 1.0, 0.1
STEPS = 10.0 ** np.linspace(-13, 0.5, 217)
_SPACING = 2.0**-52  # of the numbers between 1 and 2
ACCURACIES = (1, 2, 4, 6)


class _Rule(NamedTuple):
    """Nodes in steps, and the numbers of the formula above."""

    nodes: tuple[int, ...]
    power: int
    truncation: float
    variance: float


_RULES = {
    "forward": _Rule((0, 1), 1, 1 / 2, 2.0),
    "central": _Rule((-1, 1), 2, 1 / 6, 1 / 2),
}
RULES = tuple(_RULES)


def rms_error(
    rule: str, steps: ArrayLike, noise: float = 0.0, seed: int = 0, points: int = 400
) -> Array:
    """Return the root mean square error of a rule over points near 1, as it was measured.

    Parameters
    ----------
    rule : {"forward", "central"}
    steps : array_like, shape (k,)
        Steps h.
    noise : float
        Standard deviation of what is added to every value of the function. With 0, rounding is
        all that disturbs them.
    seed : int
        Of the noise.
    points : int
        How many points between 0.9 and 1.1 the mean is taken over.

    Returns
    -------
    ndarray, shape (k,)
    """
    return _measured(np.array(_rule(rule).nodes), steps, noise, seed, points)


def accuracy_error(
    accuracy: int, steps: ArrayLike, noise: float = 0.0, seed: int = 0, points: int = 400
) -> Array:
    """Return the same for a rule of some accuracy: forward for 1, central for even ones.

    Parameters
    ----------
    accuracy : int
        Power of h with which the truncation error shrinks: 1, or an even number.
    steps, noise, seed, points
        As for `rms_error`.
    """
    return _measured(_nodes_of(accuracy), steps, noise, seed, points)


def measured_order(accuracy: int) -> float:
    """Return the slope of log error over log h, where truncation is nearly all of the error."""
    steps = np.array([0.1, 0.2])
    error = accuracy_error(accuracy, steps)
    return float(np.diff(np.log(error))[0] / np.diff(np.log(steps))[0])


def best_step(rule: str, noise: float = 0.0) -> float:
    """Return the step of least measured error: the median over 20 draws of the noise."""
    errors = [rms_error(rule, STEPS, noise, seed) for seed in range(20 if noise else 1)]
    return float(STEPS[int(np.argmin(np.median(errors, axis=0)))])


def predicted_step(rule: str, noise: float = 0.0) -> float:
    """Return the best step by the formula; rounding adds to the noise."""
    parts = _rule(rule)
    bend = _mean_square_derivative(parts.power + 1)
    ratio = parts.variance * _disturbance(noise) ** 2 / (parts.power * parts.truncation**2 * bend)
    return float(ratio ** (1 / (2 * parts.power + 2)))


def predicted_error(rule: str, noise: float = 0.0, step: float | None = None) -> float:
    """Return the root mean square error by the formula, at a step or at the best one."""
    parts = _rule(rule)
    h = predicted_step(rule, noise) if step is None else step
    bend = _mean_square_derivative(parts.power + 1)
    truncated = parts.truncation**2 * h ** (2 * parts.power) * bend
    return float(np.sqrt(truncated + parts.variance * _disturbance(noise) ** 2 / h**2))


def _rule(name: str) -> _Rule:
    if name not in _RULES:
        raise ValueError(f"`rule` is {name!r}; choose one of {', '.join(map(repr, RULES))}.")
    return _RULES[name]


def _nodes_of(accuracy: int) -> Array:
    if accuracy != 1 and (accuracy < 1 or accuracy % 2):
        raise ValueError(f"`accuracy` must be 1 or an even number, got {accuracy}.")
    half = accuracy // 2
    return np.array([0.0, 1.0]) if accuracy == 1 else np.arange(-half, half + 1.0)


def _measured(nodes: Array, steps: ArrayLike, noise: float, seed: int, points: int) -> Array:
    steps = np.atleast_1d(np.asarray(steps, dtype=float))
    if np.any(steps < _SPACING):
        raise ValueError(f"`steps` must be at least {_SPACING:.2g}, or x + h is x.")
    # On this lattice x + h is exact, so that only the function's values are rounded.
    steps = _SPACING * np.round(steps / _SPACING)
    x = np.linspace(CENTER - HALF_WIDTH, CENTER + HALF_WIDTH, points)
    x = _SPACING * np.round(x / _SPACING)
    weights = finite_difference_weights(nodes)
    values = np.sin(x[:, None] + steps[:, None, None] * nodes)
    values += noise * np.random.default_rng(seed).normal(size=values.shape)
    error = values @ weights / steps[:, None] - np.cos(x)
    return np.asarray(np.sqrt(np.mean(error**2, axis=1)))


def _disturbance(noise: float) -> float:
    return float(np.hypot(noise, ROUNDING))


def _mean_square_derivative(order: int) -> float:
    x = np.linspace(CENTER - HALF_WIDTH, CENTER + HALF_WIDTH, 400)
    return float(np.mean(np.sin(x + order * np.pi / 2) ** 2))
