"""A small network that learns three waves, from the plain input or from Fourier features of it.

References
----------
Rahaman et al. (2019), "On the spectral bias of neural networks", ICML, PMLR 97.
Tancik et al. (2020), "Fourier features let networks learn high frequency functions in low
dimensional domains", NeurIPS 33.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
PERIODS = (1, 4, 10)  # of the three waves, over the interval
INPUTS = ("x", "Fourier features")
STEPS = (0, 10, 30, 100, 300, 1000, 2000)
_POINTS, _HIDDEN, _FEATURES = 128, 64, 16


class Run(NamedTuple):
    """What a network had learned after each of `STEPS`.

    Attributes
    ----------
    x, target : ndarray, shape (n,)
    fits : ndarray, shape (steps, n)
    learned : ndarray, shape (steps, 3)
        Share of each wave that the fit holds.
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


@functools.cache
def train(inputs: str, seed: int = 0, learning_rate: float = 0.003) -> Run:
    """Train a network with two layers of tanh by Adam on the mean squared error.

    Parameters
    ----------
    inputs : {"x", "Fourier features"}
    seed : int
        Of the initial weights and the features' frequencies.
    learning_rate : float
    """
    x = (np.arange(_POINTS) + 0.5) / _POINTS
    waves = np.sin(2 * np.pi * np.outer(PERIODS, x))
    target, given = waves.sum(0), encode(x, inputs, seed)
    rng = np.random.default_rng(seed)
    sizes = [given.shape[1], _HIDDEN, _HIDDEN, 1]
    weights = [
        rng.normal(size=(m, d)) / np.sqrt(d) for d, m in zip(sizes[:-1], sizes[1:], strict=True)
    ]
    biases = [np.zeros(m) for m in sizes[1:]]
    parameters = [*weights, *biases]
    first = [np.zeros_like(p) for p in parameters]
    second = [np.zeros_like(p) for p in parameters]
    fits = []
    for step in range(STEPS[-1] + 1):
        one = np.tanh(given @ weights[0].T + biases[0])
        two = np.tanh(one @ weights[1].T + biases[1])
        fit = (two @ weights[2].T + biases[2])[:, 0]
        if step in STEPS:
            fits.append(fit)
        out = 2 / _POINTS * (fit - target)[:, None]
        back_two = (out @ weights[2]) * (1 - two**2)
        back_one = (back_two @ weights[1]) * (1 - one**2)
        gradients = [
            back_one.T @ given, back_two.T @ one, out.T @ two,
            back_one.sum(0), back_two.sum(0), out.sum(0),
        ]  # fmt: skip
        for p, g, m, v in zip(parameters, gradients, first, second, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g**2 - v)
            size = np.sqrt(v / (1 - 0.999 ** (step + 1)))
            p -= learning_rate * m / (1 - 0.9 ** (step + 1)) / (size + 1e-8)
    learned = 2 / _POINTS * np.array(fits) @ waves.T
    return Run(x, target, np.array(fits), learned)
