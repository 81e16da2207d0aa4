"""What forward and reverse mode cost: multiplications, counted while a Jacobian is computed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
MODES = ("forward", "reverse")


class Cost(NamedTuple):
    """A Jacobian, and the multiplications that it took.

    Attributes
    ----------
    jacobian : ndarray, shape (outputs, inputs)
    multiplications : int
        For the derivatives alone.
    function : int
        For one evaluation of the function.
    """

    jacobian: Array
    multiplications: int
    function: int


class _Counter:
    """Multiplies, and counts how often."""

    def __init__(self) -> None:
        self.count = 0

    def matrices(self, a: Array, b: Array) -> Array:
        self.count += a.shape[0] * a.shape[1] * b.shape[1]
        return a @ b

    def entries(self, a: Array, b: Array) -> Array:
        product = a * b
        self.count += product.size
        return product


def jacobian(widths: Sequence[int], mode: str, seed: int = 0) -> Cost:
    """Differentiate a tanh network with random weights, and count.

    Parameters
    ----------
    widths : sequence of int
        Numbers of inputs, of units in each hidden layer, and of outputs.
    mode : {"forward", "reverse"}
        Forward: derivatives with respect to all inputs are carried along from layer to layer.
        Reverse: derivatives of all outputs are carried back, from the last layer to the first.
    seed : int
        Of the weights and of the input.

    Returns
    -------
    Cost

    Raises
    ------
    ValueError
        If the mode is none of the two, or there are fewer than two widths.
    """
    if mode not in MODES:
        raise ValueError(f"mode is {mode!r}: choose one of {', '.join(MODES)}.")
    if len(widths) < 2 or min(widths) < 1:
        raise ValueError(f"widths {list(widths)}: give two positive numbers or more.")
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=(m, n)) / np.sqrt(n) for n, m in pairwise(widths)]
    function, h, slopes = _Counter(), rng.normal(size=(widths[0], 1)), []
    for weight in weights:
        h = np.tanh(function.matrices(weight, h))
        slopes.append(1 - h**2)
    counter = _Counter()
    if mode == "forward":
        carried = np.eye(widths[0])
        for weight, slope in zip(weights, slopes, strict=True):
            carried = counter.entries(slope, counter.matrices(weight, carried))
    else:
        carried = np.eye(widths[-1])
        for weight, slope in zip(reversed(weights), reversed(slopes), strict=True):
            carried = counter.matrices(counter.entries(carried, slope.T), weight)
    return Cost(carried, counter.count, function.count)
