"""Many small physics-informed networks for ``du/dt = -k u``, trained side by side.

A study of a training method needs many trainings: penalties times physics times seeds. Networks of
one shape are stacked along a leading axis and trained by one optimizer. Their losses are summed,
so no gradient flows between them, and Adam updates every number on its own: each member is trained
exactly as it would be alone, and a hundred cost little more than one.

PyTorch is imported on the first call, so that the module itself is light.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    import torch

Array = NDArray[np.float64]


@dataclass(frozen=True)
class DecayNetworks:
    """Trained networks ``u(t)``, one for each member of the study.

    Attributes
    ----------
    weights : list of torch.Tensor
        Weight and bias of each layer in turn, every one with the members in front.
    rate : ndarray, shape (members,)
        The decay rate k of each member: as given, or as learned.
    """

    weights: list[torch.Tensor]
    rate: Array

    def __call__(self, t: ArrayLike) -> Array:
        """Values at the times `t`, shape (members, len(t))."""
        return self._evaluate(t)[0]

    def derivative(self, t: ArrayLike) -> Array:
        """Derivatives ``du/dt`` at the times `t`, shape (members, len(t)), exact."""
        return self._evaluate(t)[1]

    def _evaluate(self, t: ArrayLike) -> tuple[Array, Array]:
        import torch

        with torch.no_grad():
            times = torch.as_tensor(np.asarray(t), dtype=self.weights[0].dtype)
            members = self.weights[0].shape[0]
            u, du = _forward(self.weights, times[None, :, None].expand(members, -1, 1))
        return u[..., 0].double().numpy(), du[..., 0].double().numpy()


def train_decay_networks(
    t: ArrayLike,
    u: ArrayLike,
    collocation: ArrayLike,
    *,
    penalty: ArrayLike,
    rate: ArrayLike,
    learn_rate: bool = False,
    width: int = 16,
    steps: int = 1000,
    learning_rate: float = 0.01,
    seed: int = 0,
) -> DecayNetworks:
    """Train networks on ``mean (u(t_i) - u_i)^2 + penalty * mean (du/dt + rate * u)^2``.

    Parameters
    ----------
    t : array_like, shape (n,)
        Times of the measurements, the same for all members.
    u : array_like, shape (n,) or (members, n)
        Measurements, shared or one row for each member.
    collocation : array_like, shape (c,)
        Times at which the equation is asked for; no measurement is needed there.
    penalty, rate : array_like, shape (members,)
        Weight of the physics term and the decay rate k that it assumes, for each member.
    learn_rate : bool
        Train the rate along with the weights, starting from `rate` (an inverse problem).
    width : int
        Neurons in each of the two hidden layers (tanh).
    steps : int
        Full-batch steps of Adam; the learning rate falls from `learning_rate` to 0 as a cosine.
    learning_rate : float
        Learning rate of the first step.
    seed : int
        Seed of the initial weights; every member draws its own.

    Returns
    -------
    DecayNetworks
        A callable with ``derivative``.

    Raises
    ------
    ValueError
        If the shapes do not belong together or a penalty is negative.

    References
    ----------
    Raissi, M., Perdikaris, P. and Karniadakis, G. E. (2019). Physics-informed neural networks.
    Journal of Computational Physics 378, 686-707. doi:10.1016/j.jcp.2018.10.045
    """
    import torch

    times, points = np.asarray(t, dtype=float), np.asarray(collocation, dtype=float)
    penalties, rates = np.broadcast_arrays(np.atleast_1d(penalty), np.atleast_1d(rate))
    if penalties.ndim != 1:
        raise ValueError(f"penalty and rate must have one axis, got shape {penalties.shape}")
    if np.any(penalties < 0):
        raise ValueError(f"penalty must not be negative, got {penalties.min():g}")
    members = len(penalties)
    targets = np.asarray(u, dtype=float)
    if targets.shape not in ((len(times),), (members, len(times))):
        raise ValueError(
            f"u must have shape ({len(times)},) or ({members}, {len(times)}) to match t and "
            f"penalty, got {targets.shape}"
        )

    def column(values: ArrayLike) -> torch.Tensor:
        return torch.tensor(np.asarray(values), dtype=torch.float32)[..., None]

    weights = _initial_weights(members, width, seed)
    inputs = column(np.concatenate([times, points])).expand(members, -1, 1)
    measured = column(np.broadcast_to(targets, (members, len(times))))
    k, lam = column(rates)[:, None], column(penalties)[:, 0]
    trained = [*weights, k.requires_grad_()] if learn_rate else weights
    optimizer = torch.optim.Adam(trained, lr=learning_rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    n = len(times)
    for _ in range(steps):
        optimizer.zero_grad()
        values, slopes = _forward(weights, inputs)
        data = ((values[:, :n] - measured) ** 2).mean((1, 2))
        physics = ((slopes[:, n:] + k * values[:, n:]) ** 2).mean((1, 2))
        (data + lam * physics).sum().backward()
        optimizer.step()
        schedule.step()
    learned = k.detach().double().numpy()[:, 0, 0]
    return DecayNetworks([weight.detach() for weight in weights], learned)


def _initial_weights(members: int, width: int, seed: int) -> list[torch.Tensor]:
    """Uniform in ±1/sqrt(inputs), PyTorch's own default for a linear layer."""
    import torch

    generator = torch.Generator().manual_seed(seed)
    weights = []
    for inputs, outputs in ((1, width), (width, width), (width, 1)):
        for rows in (inputs, 1):
            uniform = torch.rand(members, rows, outputs, generator=generator) * 2 - 1
            weights.append((uniform / inputs**0.5).requires_grad_())
    return weights


def _forward(weights: list[torch.Tensor], t: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Value and time derivative together: the chain rule carried along in forward mode."""
    import torch

    value, slope = t, torch.ones_like(t)
    for layer in range(0, len(weights), 2):
        value = torch.baddbmm(weights[layer + 1], value, weights[layer])
        slope = torch.bmm(slope, weights[layer])
        if layer < len(weights) - 2:
            value = torch.tanh(value)
            slope = (1 - value**2) * slope
    return value, slope
