"""How large a gradient arrives at each layer of a deep random network, for five designs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DESIGNS = ("plain", "skip", "scaled skip", "normalized", "skip + normalized")


class Layer(NamedTuple):
    """What the backward pass needs from the forward pass of one layer; batches stand in front."""

    weight: NDArray  # (width, width)
    preactivation: NDArray  # (batch, width)
    norm_input: NDArray | None  # (batch, width), where the design normalizes


def gradient_norms(
    design: str, depth: int, scale: float, *, width: int = 64, batch: int = 16, seed: int = 0
) -> NDArray:
    """Size of the gradient at every layer, relative to its size at the last one.

    Parameters
    ----------
    design : str
        ``plain``: ``relu(W h)``. ``skip``: ``h + relu(W h)``. ``scaled skip``:
        ``h + relu(W h) / sqrt(depth)``. ``normalized``: ``relu(N(W h))``.
        ``skip + normalized``: ``h + relu(W N(h))``. ``N`` is layer normalization.
    depth : int
        Number of layers.
    scale : float
        The weights are normal with standard deviation ``scale * sqrt(2 / width)``; 1 is the
        initialization of He et al. (2015).
    width, batch, seed : int

    Returns
    -------
    ndarray, shape (depth + 1,)
        Root mean square of ``dL/dh_l`` over units and batch, from the input (l = 0) to the last
        layer, whose value is 1: there the gradient is standard normal noise.

    Raises
    ------
    ValueError
        The design is unknown, or depth or scale is not positive.
    """
    if design not in DESIGNS:
        raise ValueError(f"design is {design!r}: choose one of {', '.join(DESIGNS)}.")
    if depth < 1 or not scale > 0:
        raise ValueError(f"depth and scale must be positive, not {depth!r} and {scale!r}.")
    rng = np.random.default_rng(seed)
    h = rng.normal(size=(batch, width))
    weights = scale * np.sqrt(2 / width) * rng.normal(size=(depth, width, width))
    _, layers = forward(design, h, weights)
    last = rng.normal(size=(batch, width))
    sizes = [np.sqrt(np.mean(gradient**2)) for gradient in backward(design, layers, last)]
    return np.array(sizes) / sizes[-1]


def forward(design: str, h: NDArray, weights: NDArray) -> tuple[NDArray, list[Layer]]:
    """Run a batch ``(b, width)`` through all layers; return the output and what each one saw."""
    layers = []
    for weight in weights:
        norm_input = h if design == "skip + normalized" else None
        z = (h if norm_input is None else normalize(h)) @ weight.T
        if design == "normalized":
            norm_input, z = z, normalize(z)
        layers.append(Layer(weight, z, norm_input))
        branch = np.maximum(z, 0) * _branch_scale(design, len(weights))
        h = h + branch if "skip" in design else branch
    return h, layers


def backward(design: str, layers: list[Layer], gradient: NDArray) -> list[NDArray]:
    """Pull ``dL/dh`` of the last layer, ``(b, width)``, back to every layer, the input first."""
    gradients = [gradient]
    for layer in reversed(layers):
        dz = gradient * (layer.preactivation > 0) * _branch_scale(design, len(layers))
        if design == "normalized":
            dz = pull_back_normalize(layer.norm_input, dz)
        branch = dz @ layer.weight
        if design == "skip + normalized":
            branch = pull_back_normalize(layer.norm_input, branch)
        gradient = gradient + branch if "skip" in design else branch
        gradients.append(gradient)
    return gradients[::-1]


def normalize(z: NDArray) -> NDArray:
    """Layer normalization without gain and bias: each row gets mean 0 and variance 1."""
    centered = z - z.mean(axis=-1, keepdims=True)
    return centered / np.sqrt(np.mean(centered**2, axis=-1, keepdims=True))


def pull_back_normalize(z: NDArray | None, gradient: NDArray) -> NDArray:
    """Multiply by the Jacobian of `normalize` at z: project out mean and scale, divide by the std.

    The Jacobian of one row of n units is ``(I - 1 1'/n - u u'/n) / std`` with ``u = normalize(z)``;
    it is symmetric.
    """
    if z is None:
        raise ValueError("z is None: this layer kept no input of its normalization.")
    u = normalize(z)
    mean = gradient.mean(axis=-1, keepdims=True)
    along_u = u * np.mean(gradient * u, axis=-1, keepdims=True)
    return (gradient - mean - along_u) / z.std(axis=-1, keepdims=True)


def _branch_scale(design: str, depth: int) -> float:
    return depth**-0.5 if design == "scaled skip" else 1.0
