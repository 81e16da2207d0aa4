"""Small loss landscapes in two parameters, with their exact gradients and Hessians."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import curve_fit


@dataclass(frozen=True)
class Landscape:
    """A loss in two parameters.

    Attributes
    ----------
    name : str
    loss : callable
        ``(..., 2) -> (...)``.
    gradient : callable
        ``(..., 2) -> (..., 2)``.
    hessian : callable
        ``(..., 2) -> (..., 2, 2)``.
    start : tuple of float
        Where a descent starts.
    lowest : float
        The least loss there is.
    window : tuple of float
        ``(x_min, x_max, y_min, y_max)`` of a picture that shows start and minimum.
    """

    name: str
    loss: Callable[[NDArray], NDArray]
    gradient: Callable[[NDArray], NDArray]
    hessian: Callable[[NDArray], NDArray]
    start: tuple[float, float]
    lowest: float
    window: tuple[float, float, float, float]

    def loss_and_gradient(self, theta: NDArray) -> tuple[float, NDArray]:
        """Loss and gradient ``(2,)`` at one point ``(2,)``."""
        return float(self.loss(theta)), self.gradient(theta)

    def grid(self, points: int = 41) -> tuple[NDArray, NDArray, NDArray]:
        """Axes ``x (points,)``, ``y (points,)`` and the loss ``(points, points)``, rows along y."""
        x = np.linspace(*self.window[:2], points)
        y = np.linspace(*self.window[2:], points)
        return x, y, self.loss(np.stack(np.meshgrid(x, y), axis=-1))


def rosenbrock(steepness: float = 10.0) -> Landscape:
    """Return the curved valley ``(x - 1)^2 + steepness (y - x^2)^2`` with its minimum at (1, 1).

    References
    ----------
    Rosenbrock, H. H. (1960). An automatic method for finding the greatest or least value of a
    function. The Computer Journal 3(3), 175-184. https://doi.org/10.1093/comjnl/3.3.175
    """

    def loss(theta: NDArray) -> NDArray:
        x, y = _parts(theta)
        return (x - 1) ** 2 + steepness * (y - x**2) ** 2

    def gradient(theta: NDArray) -> NDArray:
        x, y = _parts(theta)
        across = 2 * steepness * (y - x**2)
        return np.stack([2 * (x - 1) - 2 * x * across, across], axis=-1)

    def hessian(theta: NDArray) -> NDArray:
        x, y = _parts(theta)
        xx = 2 + steepness * (12 * x**2 - 4 * y)
        xy = -4 * steepness * x
        return _symmetric(xx, xy, np.full_like(x, 2 * steepness))

    return Landscape("Rosenbrock", loss, gradient, hessian, (-1.2, 2.4), 0.0, (-2, 2, -1, 3))


def quadratic(condition: float = 20.0, steepest: float = 1.0) -> Landscape:
    """Return the bowl ``steepest (x^2 / condition + y^2) / 2``.

    Its Hessian has the eigenvalues ``steepest / condition`` and ``steepest`` everywhere.
    """
    curvature = steepest * np.array([1 / condition, 1.0])

    def loss(theta: NDArray) -> NDArray:
        return 0.5 * np.sum(curvature * np.asarray(theta) ** 2, axis=-1)

    def gradient(theta: NDArray) -> NDArray:
        return curvature * np.asarray(theta, float)

    def hessian(theta: NDArray) -> NDArray:
        return np.broadcast_to(np.diag(curvature), (*np.shape(theta), 2)).copy()

    return Landscape("quadratic", loss, gradient, hessian, (-1.8, 1.2), 0.0, (-2, 2, -2, 2))


def saddle() -> Landscape:
    """Return ``(x^2 - y^2) / 2 + y^4 / 4``: a saddle at the origin, minima at (0, 1) and (0, -1).

    The start lies so close to the ridge that the gradient leads to the saddle first.
    """

    def loss(theta: NDArray) -> NDArray:
        x, y = _parts(theta)
        return (x**2 - y**2) / 2 + y**4 / 4

    def gradient(theta: NDArray) -> NDArray:
        x, y = _parts(theta)
        return np.stack([x, y**3 - y], axis=-1)

    def hessian(theta: NDArray) -> NDArray:
        x, y = _parts(theta)
        return _symmetric(np.ones_like(x), np.zeros_like(x), 3 * y**2 - 1)

    return Landscape("saddle", loss, gradient, hessian, (1.5, 1e-3), -0.25, (-2, 2, -2, 2))


def decay_fit(t: NDArray, u: NDArray) -> Landscape:
    """Return the mean squared error of ``theta_0 exp(-theta_1 t)`` against samples of a decay.

    Parameters
    ----------
    t, u : ndarray, shape (n,)
        Sampling times, in the units of ``1 / theta_1``, and measured values, in those of
        ``theta_0``.
    """
    t, u = np.asarray(t, float), np.asarray(u, float)

    def terms(theta: NDArray) -> tuple[NDArray, NDArray, NDArray]:
        amplitude, rate = (part[..., None] for part in _parts(theta))
        decay = np.exp(-rate * t)
        return amplitude, decay, amplitude * decay - u

    def loss(theta: NDArray) -> NDArray:
        return np.mean(terms(theta)[2] ** 2, axis=-1)

    def gradient(theta: NDArray) -> NDArray:
        amplitude, decay, residual = terms(theta)
        sides = (residual * decay, -residual * amplitude * t * decay)
        return 2 * np.stack([side.mean(axis=-1) for side in sides], axis=-1)

    def hessian(theta: NDArray) -> NDArray:
        amplitude, decay, residual = terms(theta)
        fitted = amplitude * decay
        entries = (decay**2, -t * decay * (fitted + residual), t**2 * fitted * (fitted + residual))
        return 2 * _symmetric(*(entry.mean(axis=-1) for entry in entries))

    start = (0.2, 2.5)
    best, _ = curve_fit(lambda t, amplitude, rate: amplitude * np.exp(-rate * t), t, u, start)
    return Landscape("decay", loss, gradient, hessian, start, float(loss(best)), (0, 2, 0, 3))


class Minibatches:
    """Fit of a straight line ``u = theta_0 + theta_1 t`` to noisy samples, seen a batch at a time.

    Parameters
    ----------
    n : int
        Number of samples; ``t`` is uniform on (0, 2), so the two parameters are correlated.
    noise : float
        Standard deviation of the noise in ``u``, in the units of ``u``.
    batch : int
        Samples in one batch, drawn anew for every gradient.
    seed : int

    Attributes
    ----------
    landscape : Landscape
        Half the mean squared error over all samples: what the batches estimate.
    """

    def __init__(self, n: int = 1000, noise: float = 0.5, batch: int = 10, seed: int = 0) -> None:
        if not 2 <= batch <= n:
            raise ValueError(f"batch must lie between 2 and n = {n}, not {batch!r}.")
        self._rng = np.random.default_rng(seed)
        t = self._rng.uniform(0, 2, size=n)
        self._inputs = np.stack([np.ones(n), t], axis=1)
        self._outputs = 0.5 + 1.0 * t + noise * self._rng.normal(size=n)
        self._batch = batch
        self._drawn = np.arange(n)
        self.landscape = self._all_samples()

    def loss_and_gradient(self, theta: NDArray) -> tuple[float, NDArray]:
        """Half the mean squared error of a new batch, and its gradient ``(2,)``."""
        self._drawn = self._rng.choice(len(self._outputs), self._batch, replace=False)
        inputs = self._inputs[self._drawn]
        residual = inputs @ theta - self._outputs[self._drawn]
        return 0.5 * float(np.mean(residual**2)), inputs.T @ residual / self._batch

    def hessian(self, theta: NDArray) -> NDArray:
        """Hessian ``(2, 2)`` of the batch that the last gradient came from."""
        inputs = self._inputs[self._drawn]
        return inputs.T @ inputs / self._batch

    def _all_samples(self) -> Landscape:
        best = np.linalg.lstsq(self._inputs, self._outputs)[0]
        curvature = self._inputs.T @ self._inputs / len(self._outputs)
        lowest = 0.5 * float(np.mean((self._inputs @ best - self._outputs) ** 2))

        def loss(theta: NDArray) -> NDArray:
            away = np.asarray(theta) - best
            return lowest + 0.5 * np.einsum("...i,ij,...j->...", away, curvature, away)

        return Landscape(
            "noisy batches",
            loss,
            lambda theta: (np.asarray(theta) - best) @ curvature,
            lambda theta: np.broadcast_to(curvature, (*np.shape(theta), 2)).copy(),
            (-1.5, -1.5),
            lowest,
            (-2, 2, -2, 2),
        )


def _parts(theta: NDArray) -> tuple[NDArray, NDArray]:
    theta = np.asarray(theta, float)
    if theta.shape[-1:] != (2,):
        raise ValueError(f"theta has shape {theta.shape}: its last axis must hold 2 parameters.")
    return theta[..., 0], theta[..., 1]


def _symmetric(xx: NDArray, xy: NDArray, yy: NDArray) -> NDArray:
    return np.stack([np.stack([xx, xy], axis=-1), np.stack([xy, yy], axis=-1)], axis=-2)
