r"""A local surrogate explanation: a line fitted to a model's own answers around an input.

The inputs are sampled around the one to explain, the model answers, and a linear model is fitted
by least squares. Sampled from a normal distribution of standard deviation w, the slope tends to
:math:`E[f'(x + w Z)]`, the model's slope averaged over the neighborhood.

References
----------
Ribeiro, Singh & Guestrin (2016), doi:10.1145/2939672.2939778.
Garreau & von Luxburg (2020), AISTATS, PMLR 108.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


class Surrogate(NamedTuple):
    """A line in place of a model.

    Attributes
    ----------
    intercept : float
        Its value at the input that is explained.
    slopes : ndarray, shape (d,)
        The explanation: output per unit of each input.
    fidelity : float
        R²: which share of the variance of the model's answers the line explains.
    """

    intercept: float
    slopes: Array
    fidelity: float


def explain(
    model: Callable[[Array], Array],
    point: ArrayLike,
    width: ArrayLike,
    *,
    samples: int = 1000,
    seed: int = 0,
) -> Surrogate:
    """Fit a line to a model's answers around a point.

    Parameters
    ----------
    model : callable
        Takes inputs of shape (n, d), returns outputs of shape (n,).
    point : array_like, shape (d,)
    width : array_like, shape (d,)
        Standard deviation of the sampled neighborhood in each input, in its unit.
    samples, seed : int
        How many inputs are asked, and the seed of the draw.

    Raises
    ------
    ValueError
        If a width is not above 0 or the shapes differ.
    """
    center, widths = np.asarray(point, dtype=float), np.asarray(width, dtype=float)
    if center.ndim != 1 or widths.shape != center.shape:
        raise ValueError(
            f"`width` needs one entry for each entry of `point`, got shapes {widths.shape} and "
            f"{center.shape}."
        )
    if np.any(widths <= 0):
        raise ValueError("every `width` must be above 0: the gradient is the limit, see the model.")
    z = np.random.default_rng(seed).normal(size=(samples, center.size))
    answers = np.asarray(model(center + widths * z))
    design = np.column_stack([np.ones(samples), z])
    # The columns are nearly orthogonal, so the normal equations lose no digits.
    fitted = np.linalg.solve(design.T @ design, design.T @ answers)
    left = np.var(answers - design @ fitted) / max(float(np.var(answers)), 1e-300)
    return Surrogate(float(fitted[0]), fitted[1:] / widths, float(1 - left))
