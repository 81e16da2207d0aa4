"""A small ensemble of neural networks with exact derivatives.

The networks are scikit-learn's `MLPRegressor` (tanh, L-BFGS). Their derivatives with respect to
the inputs follow by the chain rule through the trained weights, layer by layer: no differences.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from ._validation import FloatArray

WEIGHT_DECAYS = (1e-4, 1e-2, 1.0)  # sklearn's alpha, per data set of unit variance
HELD_OUT = 0.25


class NetworkEnsemble:
    """Networks trained from different starting weights; their mean is the estimate.

    Parameters
    ----------
    hidden : tuple of int
        Widths of the hidden layers.
    members : int
        Networks in the ensemble.
    smoothing : float
        Multiplies the automatic weight decay, which is chosen on held-out samples.
    seed : int
        Of the starting weights; equal seeds give equal fits.

    Attributes
    ----------
    weight_decay_ : float
        Weight decay used (scikit-learn's ``alpha``).
    noise_ : ndarray, shape (outputs,)
        Root mean square residual of the ensemble's mean.
    """

    def __init__(
        self,
        hidden: tuple[int, ...] = (24, 24),
        members: int = 5,
        smoothing: float = 1.0,
        seed: int = 0,
    ) -> None:
        self.hidden, self.members, self.smoothing, self.seed = hidden, members, smoothing, seed

    def fit(self, X: FloatArray, y: FloatArray) -> NetworkEnsemble:
        """Train on `X` (n, d) and `y` (n, outputs)."""
        self._x0, self._dx = X.mean(axis=0), X.std(axis=0)
        spread = y.std(axis=0)
        self._y0, self._dy = y.mean(axis=0), np.where(spread > 0, spread, 1.0)
        Z, V = (X - self._x0) / self._dx, (y - self._y0) / self._dy
        self.weight_decay_ = self.smoothing * self._choose_weight_decay(Z, V)
        self._networks = [
            _train(Z, V, self.hidden, self.weight_decay_, self.seed + i)
            for i in range(self.members)
        ]
        residual = y - self.derivatives(X, 0)[0]
        self.noise_ = np.sqrt(np.mean(residual**2, axis=0))
        return self

    def _choose_weight_decay(self, Z: FloatArray, V: FloatArray) -> float:
        """Return the weight decay with the least error on a held-out quarter of the samples."""
        shuffled = np.random.default_rng(self.seed).permutation(len(Z))
        held = shuffled[: max(int(HELD_OUT * len(Z)), 1)]
        kept = shuffled[held.size :]
        errors = []
        for decay in WEIGHT_DECAYS:
            network = _train(Z[kept], V[kept], self.hidden, decay, self.seed)
            errors.append(np.mean((V[held] - _propagate(network, Z[held], 0)) ** 2))
        return WEIGHT_DECAYS[int(np.argmin(errors))]

    def derivatives(self, points: FloatArray, order: int) -> tuple[FloatArray, FloatArray]:
        """Return the value (order 0), gradient (1) or Hessian (2), and the ensemble's spread.

        Parameters
        ----------
        points : ndarray, shape (q, d)
        order : {0, 1, 2}

        Returns
        -------
        mean, spread : ndarray, shape (q, outputs) + (d,) * order
            Mean over the members, and their standard deviation: a measure of how far training
            alone leaves the answer open, not an error band.
        """
        Z = (points - self._x0) / self._dx
        answers = np.stack([_propagate(network, Z, order) for network in self._networks])
        units = np.ones(()), 1 / self._dx, 1 / np.outer(self._dx, self._dx)
        scale = np.multiply.outer(self._dy, units[order])
        mean = answers.mean(axis=0) * scale
        if order == 0:
            mean = mean + self._y0
        return mean, answers.std(axis=0) * scale


def _train(Z: FloatArray, V: FloatArray, hidden: tuple[int, ...], decay: float, seed: int) -> Any:
    """Return the weights and biases of one trained network."""
    try:
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.neural_network import MLPRegressor
    except ImportError as error:
        raise ImportError(
            "NeuralNetworkInterpolator needs scikit-learn: pip install scikit-learn."
        ) from error
    network = MLPRegressor(
        hidden_layer_sizes=hidden,
        activation="tanh",
        solver="lbfgs",
        alpha=decay,
        max_iter=500,
        random_state=seed,
    )
    with warnings.catch_warnings():
        # a fixed budget of steps is part of the method, not a failure
        warnings.simplefilter("ignore", ConvergenceWarning)
        network.fit(Z, V if V.shape[1] > 1 else V[:, 0])
    return list(zip(network.coefs_, network.intercepts_, strict=True))


def _propagate(network: Any, Z: FloatArray, order: int) -> FloatArray:
    """Push values, first and second derivatives through the layers together.

    For h = tanh(a): dh = (1 - h^2) da and d2h = (1 - h^2) (d2a - 2 h da da').
    Shapes: values (q, units), first (q, units, d), second (q, units, d, d).
    """
    q, d = Z.shape
    value = Z
    first = np.broadcast_to(np.eye(d), (q, d, d))
    second = np.zeros((q, d, d, d)) if order == 2 else np.zeros(0)
    for depth, (weights, bias) in enumerate(network, start=1):
        value = value @ weights + bias
        if order >= 1:
            first = np.einsum("hu,qhi->qui", weights, first)
        if order == 2:
            second = np.einsum("hu,qhij->quij", weights, second)
        if depth < len(network):
            value = np.tanh(value)
            slope = 1 - value**2
            if order == 2:
                bend = np.einsum("qu,qui,quj->quij", -2 * value, first, first)
                second = slope[..., None, None] * (second + bend)
            if order >= 1:
                first = slope[..., None] * first
    return (value, first, second)[order]
