"""A small network that learns three waves, from the plain input or from Fourier features of it.

References
----------
Rahaman et al. (2019), "On the spectral bias of neural networks", ICML, PMLR 97.
Tancik et al. (2020), "Fourier features let networks learn high frequency functions in low
dimensional domains", NeurIPS 33.
"""

from __future__ import annotations

import functools
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
PERIODS = (1, 4, 10)  # of the three waves, over the interval
INPUTS = ("x", "Fourier features")
STEPS = (0, 10, 30, 100, 200, 300, 450, 600, 800, 1000, 1500)
_POINTS, _HIDDEN, _FEATURES, _RATE = 96, 32, 16, 0.005


class Run(NamedTuple):
    """What networks had learned after each of `STEPS` up to the last, one network for each seed.

    Attributes
    ----------
    x, target : ndarray, shape (n,)
    fits : ndarray, shape (steps, seeds, n)
    learned : ndarray, shape (steps, seeds, 3)
        Share of each wave that a fit holds.
    """

    x: Array
    target: Array
    fits: Array
    learned: Array


def encode(x: Array, inputs: str, seed: int = 0) -> Array:
    """Return what the network is given, shape (n, d): x itself, or sines and cosines of it."""
    if inputs not in INPUTS:
        raise ValueError(f"`inputs` is {inputs!r}; choose 'x' or 'Fourier features'.")
    if inputs == "x":
        return 2 * x[:, None] - 1
    omega = 2 * np.pi * 6 * np.random.default_rng(1000 + seed).normal(size=_FEATURES)
    return np.concatenate([np.cos(x[:, None] * omega), np.sin(x[:, None] * omega)], axis=1)


def _initial(sizes: list[int], seed: int) -> list[Array]:
    """Return the weights (m, d) and then the biases (m, 1) of a network's layers."""
    rng = np.random.default_rng(seed)
    layers = list(pairwise(sizes))
    weights = [rng.normal(size=(m, d)) / np.sqrt(d) for d, m in layers]
    return [*weights, *(np.zeros((m, 1)) for _, m in layers)]


@functools.cache
def train(inputs: str, seeds: int = 1, last: int = STEPS[-1]) -> Run:
    """Train networks with two layers of tanh by Adam on the mean squared error.

    Parameters
    ----------
    inputs : {"x", "Fourier features"}
    seeds : int
        How many networks, of the seeds 0, 1, ...: of initial weights and of the features.
    last : int
        The step after which training ends, one of `STEPS`.
    """
    if last not in STEPS:
        raise ValueError(f"`last` is {last}; choose one of {', '.join(map(str, STEPS))}.")
    x = (np.arange(_POINTS) + 0.5) / _POINTS
    waves = np.sin(2 * np.pi * np.outer(PERIODS, x))
    target = waves.sum(0)
    given = np.stack([encode(x, inputs, seed).T for seed in range(seeds)])  # (seeds, d, n)
    sizes = [given.shape[1], _HIDDEN, _HIDDEN, 1]
    parameters = [
        np.stack(p) for p in zip(*(_initial(sizes, s) for s in range(seeds)), strict=True)
    ]
    weights, biases = parameters[:3], parameters[3:]
    first, second = ([np.zeros_like(p) for p in parameters] for _ in range(2))
    fits = []
    for step in range(last + 1):
        one = np.tanh(weights[0] @ given + biases[0])
        two = np.tanh(weights[1] @ one + biases[1])
        fit = weights[2] @ two + biases[2]
        if step in STEPS:
            fits.append(fit[:, 0])
        out = 2 / _POINTS * (fit - target)
        back_two = (_turned(weights[2]) @ out) * (1 - two**2)
        back_one = (_turned(weights[1]) @ back_two) * (1 - one**2)
        deltas = [back_one, back_two, out]
        inner = zip(deltas, (given, one, two), strict=True)
        gradients = [delta @ _turned(layer) for delta, layer in inner]
        gradients += [delta.sum(2, keepdims=True) for delta in deltas]
        for p, g, m, v in zip(parameters, gradients, first, second, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g**2 - v)
            size = np.sqrt(v / (1 - 0.999 ** (step + 1)))
            p -= _RATE * m / (1 - 0.9 ** (step + 1)) / (size + 1e-8)
    return Run(x, target, np.array(fits), 2 / _POINTS * np.array(fits) @ waves.T)


def _turned(a: Array) -> Array:
    return np.swapaxes(a, -1, -2)
