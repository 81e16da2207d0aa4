r"""Many small physics-informed networks for ``du/dt = -k u``, trained side by side.

A study of a training method needs many trainings: penalties times physics times seeds. Networks of
one shape,

.. math:: u(t) = c + \sum_j v_j \tanh(w_j t + b_j),

are stacked along a leading axis, and one optimizer trains them all. No gradient flows between them,
and Adam updates every number on its own: each member is trained exactly as it would be alone. The
gradients are written by hand, so all of it runs where NumPy does.

References
----------
Raissi, M., Perdikaris, P. and Karniadakis, G. E. (2019). Physics-informed neural networks.
Journal of Computational Physics 378, 686-707. doi:10.1016/j.jcp.2018.10.045
Kingma, D. P. and Ba, J. (2015). Adam: a method for stochastic optimization. ICLR.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class DecayNetworks:
    """Trained networks ``u(t)``, one for each member of the study.

    Attributes
    ----------
    theta : ndarray, shape (members, 3 * width + 1)
        w (width,), b (width,), v (width,) and c of each member, in this order.
    rate : ndarray, shape (members,)
        The decay rate k of each member: as given, or as learned.
    data_loss, physics_loss : ndarray, shape (steps, members)
        Both losses, without their weight, before each step.
    rates : ndarray, shape (steps, members)
        The decay rate before each step.
    """

    theta: Array
    rate: Array
    data_loss: Array
    physics_loss: Array
    rates: Array

    def __call__(self, t: ArrayLike) -> Array:
        """Values at the times `t`, shape (members, len(t))."""
        return _forward(self.theta, np.asarray(t, dtype=float))[0]

    def derivative(self, t: ArrayLike) -> Array:
        """Derivatives ``du/dt`` at the times `t`, shape (members, len(t)), exact."""
        return _forward(self.theta, np.asarray(t, dtype=float))[1]


@dataclass(frozen=True)
class Losses:
    """Both losses of each member, and the derivatives of their weighted sum.

    Attributes
    ----------
    data, physics : ndarray, shape (members,)
    theta : ndarray, shape (members, 3 * width + 1)
        Gradient of ``data + penalty * physics`` to the parameters.
    rate : ndarray, shape (members,)
        Its derivative to the decay rate.
    """

    data: Array
    physics: Array
    theta: Array
    rate: Array


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
    learning_rate: float = 0.03,
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
        Neurons in the hidden layer (tanh).
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
    """
    times, points = np.asarray(t, dtype=float), np.asarray(collocation, dtype=float)
    weight, k = _members(penalty, rate)
    targets = _targets(u, len(weight), len(times))
    theta = _initial_weights(len(weight), width, seed)
    everything = np.hstack([theta, k[:, None]])
    free = np.append(np.ones(theta.shape[1]), float(learn_rate))
    mean, square = np.zeros_like(everything), np.zeros_like(everything)
    data, physics, rates = np.empty((3, steps, len(weight)))
    for step in range(steps):
        theta, k = everything[:, :-1], everything[:, -1]
        found = losses_and_gradient(theta, times, targets, points, penalty=weight, rate=k)
        data[step], physics[step], rates[step] = found.data, found.physics, k
        gradient = np.hstack([found.theta, found.rate[:, None]])
        mean += 0.1 * (gradient - mean)
        square += 0.001 * (gradient**2 - square)
        size = np.sqrt(square / (1 - 0.999 ** (step + 1))) + 1e-8
        now = learning_rate * (1 + np.cos(np.pi * step / steps)) / 2
        everything = everything - now * free * mean / (1 - 0.9 ** (step + 1)) / size
    return DecayNetworks(everything[:, :-1], everything[:, -1], data, physics, rates)


def losses_and_gradient(
    theta: Array, t: Array, u: Array, collocation: Array, *, penalty: Array, rate: Array
) -> Losses:
    """Return both losses and the gradient of their sum: one pass forward, one back.

    Parameters
    ----------
    theta : ndarray, shape (members, 3 * width + 1)
    t, collocation : ndarray, shapes (n,) and (c,)
    u : ndarray, shape (members, n)
    penalty, rate : ndarray, shape (members,)
    """
    n, c = len(t), len(collocation)
    w, _, v, _ = _unpack(theta)
    value, slope, hidden = _forward(theta, np.concatenate([t, collocation]))
    misfit = value[:, :n] - u
    residual = slope[:, n:] + rate[:, None] * value[:, n:]
    to_residual = 2 / c * penalty[:, None] * residual
    to_value = np.hstack([2 / n * misfit, to_residual * rate[:, None]])
    late = hidden[:, n:]
    # slope = (1 - hidden^2) @ (v w), and hidden = tanh(w t + b)
    to_inner = to_value[:, :, None] * v * (1 - hidden**2)
    to_inner[:, n:] -= 2 * to_residual[:, :, None] * (v * w) * late * (1 - late**2)
    to_product = to_residual[:, None] @ (1 - late**2)
    places = np.concatenate([t, collocation])
    gradient = (
        (places @ to_inner)[:, None] + to_product * v,
        to_inner.sum(axis=1, keepdims=True),
        to_value[:, None] @ hidden + to_product * w,
        to_value.sum(axis=1)[:, None, None],
    )
    return Losses(
        data=np.mean(misfit**2, axis=1),
        physics=np.mean(residual**2, axis=1),
        theta=np.concatenate(gradient, axis=2)[:, 0],
        rate=np.sum(to_residual * value[:, n:], axis=1),
    )


def _forward(theta: Array, t: Array) -> tuple[Array, Array, Array]:
    """Values and slopes (members, n), and the hidden layer (members, n, width)."""
    w, b, v, c = _unpack(theta)
    hidden = np.tanh(t[:, None] * w + b)
    value = (hidden @ v.swapaxes(1, 2))[..., 0] + c[..., 0]
    slope = ((1 - hidden**2) @ (v * w).swapaxes(1, 2))[..., 0]
    return value, slope, hidden


def _unpack(theta: Array) -> list[Array]:
    """w, b, v of shape (members, 1, width), and c (members, 1, 1)."""
    width = (theta.shape[1] - 1) // 3
    return np.split(theta[:, None], [width, 2 * width, 3 * width], axis=2)


def _initial_weights(members: int, width: int, seed: int) -> Array:
    """Uniform in ±1/sqrt(inputs), PyTorch's own default for a linear layer."""
    uniform = np.random.default_rng(seed).uniform(-1, 1, (members, 3 * width + 1))
    uniform[:, 2 * width :] /= np.sqrt(width)
    return uniform


def _members(penalty: ArrayLike, rate: ArrayLike) -> tuple[Array, Array]:
    weight, k = np.broadcast_arrays(np.atleast_1d(penalty), np.atleast_1d(rate))
    if weight.ndim != 1:
        raise ValueError(f"penalty and rate must have one axis, got shape {weight.shape}")
    if np.any(weight < 0):
        raise ValueError(f"penalty must not be negative, got {weight.min():g}")
    return weight.astype(float), k.astype(float)


def _targets(u: ArrayLike, members: int, n: int) -> Array:
    targets = np.asarray(u, dtype=float)
    if targets.shape not in ((n,), (members, n)):
        raise ValueError(
            f"u must have shape ({n},) or ({members}, {n}) to match t and penalty, "
            f"got {targets.shape}"
        )
    return np.broadcast_to(targets, (members, n))
