r"""What one layer of a transformer costs, counted in multiplications.

With n tokens of d numbers each: four projections take :math:`4 n d^2`, two layers of the usual
fourfold width :math:`8 n d^2`, the scores of all pairs and the weighted sums :math:`2 n^2 d`.

References
----------
Vaswani et al. (2017), "Attention is all you need", arXiv:1706.03762.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def per_token(n: ArrayLike, d: int) -> Array:
    """Return the multiplications that grow with the number of tokens: projections and MLP."""
    return np.asarray(12 * np.asarray(n, dtype=float) * d**2)


def per_pair(n: ArrayLike, d: int) -> Array:
    """Return those that grow with its square: what each token does with each other one."""
    return np.asarray(2 * np.asarray(n, dtype=float) ** 2 * d)


def total(n: ArrayLike, d: int) -> Array:
    """Return all multiplications of a layer."""
    return per_token(n, d) + per_pair(n, d)


def local_power(n: float, d: int) -> float:
    """Return by which power of n the cost grows there: the slope on log axes."""
    linear, square = float(per_token(n, d)), float(per_pair(n, d))
    return (linear + 2 * square) / (linear + square)


def counted(n: int, d: int) -> float:
    """Return the multiplications that PyTorch counts in a layer of its own, with no data.

    Parameters
    ----------
    n, d : int
        Number of tokens, and of numbers in each; d a multiple of 4.
    """
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    layer = torch.nn.TransformerEncoderLayer(d, 4, 4 * d, batch_first=True, device="meta")
    with FlopCounterMode(display=False) as counter:
        layer(torch.empty(1, n, d, device="meta"))
    return counter.get_total_flops() / 2  # an addition goes with each multiplication
