r"""A regression network with one hidden layer, and its exact derivatives to the inputs.

.. math:: f(x) = c + \sum_j v_j \tanh(w_j \cdot x + b_j)

It is trained by the method of Levenberg and Marquardt: each step replaces the network by its
first-order Taylor polynomial *in the parameters*, solves the least-squares problem that is left,
and keeps the step only if the loss went down; otherwise the damping that holds steps short grows.

References
----------
Nocedal & Wright (2006), *Numerical Optimization*, 2nd ed., section 10.3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class TanhNetwork:
    """A network from d inputs to one output.

    Attributes
    ----------
    theta : ndarray, shape (hidden * (d + 2) + 1,)
        W (d, hidden), b (hidden,), v (hidden,) and c, flattened in this order.
    d, hidden : int
        Numbers of inputs and of hidden neurons.
    """

    theta: Array
    d: int
    hidden: int

    def __call__(self, X: ArrayLike) -> Array:
        """Return the outputs, shape (n,), of inputs of shape (n, d)."""
        _, _, v, c = self._unpack()
        return np.asarray(self._hidden(X) @ v + c)

    def gradient(self, X: ArrayLike) -> Array:
        """Return the gradient with respect to the inputs at each row, shape (n, d)."""
        W, _, v, _ = self._unpack()
        return np.asarray((v * (1 - self._hidden(X) ** 2)) @ W.T)

    def hessian(self, X: ArrayLike) -> Array:
        """Return the Hessian with respect to the inputs at each row, shape (n, d, d)."""
        W, _, v, _ = self._unpack()
        h = self._hidden(X)
        bend = v * -2 * h * (1 - h**2)
        return np.asarray(np.einsum("nh,ih,jh->nij", bend, W, W))

    def parameter_jacobian(self, X: ArrayLike) -> Array:
        """Return the derivatives of the outputs to all parameters, shape (n, p)."""
        inputs = _rows(X, self.d)
        v = self._unpack()[2]
        h = self._hidden(inputs)
        back = v * (1 - h**2)
        first = (inputs[:, :, None] * back[:, None, :]).reshape(len(inputs), -1)
        return np.hstack([first, back, h, np.ones((len(inputs), 1))])

    def _hidden(self, X: ArrayLike) -> Array:
        W, b, _, _ = self._unpack()
        return np.asarray(np.tanh(_rows(X, self.d) @ W + b))

    def _unpack(self) -> tuple[Array, Array, Array, float]:
        cuts = np.cumsum([self.d * self.hidden, self.hidden, self.hidden])
        W, b, v, c = np.split(self.theta, cuts)
        return W.reshape(self.d, self.hidden), b, v, float(c[0])


def fit_tanh_network(
    X: ArrayLike,
    y: ArrayLike,
    *,
    hidden: int = 10,
    penalty: float = 1e-6,
    spread: float = 1.0,
    iterations: int = 100,
    seed: int = 0,
) -> TanhNetwork:
    """Minimize the mean square error plus ``penalty * |theta|^2``.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Inputs, best of order one.
    y : array_like, shape (n,)
    hidden, penalty, iterations
        Width of the hidden layer, penalty on the parameters, steps that are tried.
    spread : float
        Standard deviation of the initial input weights and biases.
    seed : int
        Of the initial parameters.

    Raises
    ------
    ValueError
        If `X` is no matrix, or `y` does not hold one number for each row of it.
    """
    inputs = np.asarray(X, dtype=float)
    if inputs.ndim != 2:
        raise ValueError(f"`X` must have shape (n, d), got {inputs.shape}: one row for each input.")
    target = np.asarray(y, dtype=float)
    if target.shape != (len(inputs),):
        raise ValueError(
            f"`y` must have shape ({len(inputs)},) as `X` has rows, got {target.shape}"
        )
    rng = np.random.default_rng(seed)
    d = inputs.shape[1]
    start = [spread * rng.normal(size=(d + 1) * hidden), rng.normal(size=hidden) / hidden, [0.0]]
    network = TanhNetwork(np.concatenate(start), d, hidden)
    loss, damping = _loss(network, inputs, target, penalty), 1e-2
    downhill, bend = _local_model(network, inputs, target, penalty)
    for _ in range(iterations):
        normal = bend + (penalty + damping) * np.eye(network.theta.size)
        tried = TanhNetwork(network.theta + np.linalg.solve(normal, downhill), d, hidden)
        reached = _loss(tried, inputs, target, penalty)
        if reached < loss:
            network, loss, damping = tried, reached, max(damping / 3, 1e-12)
            downhill, bend = _local_model(network, inputs, target, penalty)
        else:
            damping *= 4
    return network


def _local_model(network: TanhNetwork, X: Array, y: Array, penalty: float) -> tuple[Array, Array]:
    """Return the way down (p,) and the Gauss-Newton curvature (p, p) without the penalty's."""
    J, gap = network.parameter_jacobian(X), y - network(X)
    return J.T @ gap / len(gap) - penalty * network.theta, J.T @ J / len(gap)


def _loss(network: TanhNetwork, X: Array, y: Array, penalty: float) -> float:
    return float(np.mean((network(X) - y) ** 2) + penalty * network.theta @ network.theta)


def _rows(X: ArrayLike, d: int) -> Array:
    inputs = np.asarray(X, dtype=float)
    if inputs.ndim != 2 or inputs.shape[1] != d:
        raise ValueError(f"`X` must have shape (n, {d}), got {inputs.shape}")
    return inputs
