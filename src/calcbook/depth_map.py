"""How much of a gradient arrives at the input of a deep random network, over depth and scale."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calcbook.activations import ACTIVATIONS
from calcbook.deep_signals import normalize, pull_back_normalize

Array = NDArray[np.float64]

NAMES = ("sigmoid", "tanh", "ReLU", "GELU", "SiLU")
DESIGNS = ("plain", "skip", "normalized")
DEPTHS = (1, 2, 4, 8, 16, 32, 64)
SCALES = tuple(float(s) for s in np.round(2 ** np.linspace(-1, 2, 13), 2))


class DepthMap(NamedTuple):
    """Sizes of gradients at the input, relative to the last layer's.

    Attributes
    ----------
    depths, scales : tuple
    sizes : ndarray, shape (scales, depths)
        Root mean square over units and batch, the median over seeds.
    """

    depths: tuple[int, ...]
    scales: tuple[float, ...]
    sizes: Array


@cache
def depth_map(
    activation: str,
    design: str = "plain",
    *,
    depths: tuple[int, ...] = DEPTHS,
    scales: tuple[float, ...] = SCALES,
    width: int = 32,
    batch: int = 8,
    seeds: int = 3,
) -> DepthMap:
    """Measure how the gradient's size changes on its way from the last layer to the input.

    Parameters
    ----------
    activation : str
        f, one of `calcbook.activations.ACTIVATIONS`.
    design : {"plain", "skip", "normalized"}
        ``plain``: ``h = f(W h)``. ``skip``: ``h = h + f(W h) / sqrt(depth)``. ``normalized``:
        ``h = f(N(W h))`` with layer normalization N.
    depths : tuple of int
        Numbers of layers.
    scales : tuple of float
        The weights are normal with standard deviation ``scale / sqrt(width)``.
    width, batch, seeds : int
        Units in each layer, inputs, and networks to take the median over.

    Returns
    -------
    DepthMap

    Raises
    ------
    ValueError
        If activation or design is unknown.
    """
    if activation not in ACTIVATIONS:
        raise ValueError(f"activation {activation!r}: choose one of {', '.join(ACTIVATIONS)}.")
    if design not in DESIGNS:
        raise ValueError(f"design {design!r}: choose one of {', '.join(DESIGNS)}.")
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(seeds, batch, width))
    weights = rng.normal(size=(max(depths), seeds, width, width)) / np.sqrt(width)
    last = rng.normal(size=(seeds, batch, width))
    scale = np.asarray(scales)[:, None, None, None]
    sizes = [
        _at_input(activation, design, scale, inputs, weights[:depth], last) for depth in depths
    ]
    return DepthMap(depths, scales, np.stack(sizes, axis=1))


def _at_input(
    activation: str, design: str, scale: Array, inputs: Array, weights: Array, last: Array
) -> Array:
    """Return the relative size for each scale; all scales and seeds run side by side."""
    chosen = ACTIVATIONS[activation]
    branch = len(weights) ** -0.5 if design == "skip" else 1.0
    h, seen = inputs[None], []
    for weight in weights:
        raw = scale * (h @ np.swapaxes(weight, -1, -2))
        z = normalize(raw) if design == "normalized" else raw
        seen.append((raw, z))
        f = chosen.value(z)
        h = h + branch * f if design == "skip" else f
    g = np.broadcast_to(last, h.shape)
    for weight, (raw, z) in zip(reversed(weights), reversed(seen), strict=True):
        of_z = branch * g * chosen.slope(z)
        if design == "normalized":
            of_z = pull_back_normalize(raw, of_z)
        below = scale * (of_z @ weight)
        g = g + below if design == "skip" else below
    relative = np.sqrt(np.mean(g**2, axis=(-2, -1)) / np.mean(last**2, axis=(-2, -1)))
    return np.median(relative, axis=1)
