"""Random functions whose critical points can be found and counted: sums of random waves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class RandomWaves:
    """f(x) = sqrt(2 / waves) * sum of cos(w_k · x + phase_k), close to a Gaussian random field.

    The wave vectors are standard normal and the phases uniform, so that f is stationary, isotropic,
    and for many waves has the covariance exp(-|x - y|² / 2).

    Attributes
    ----------
    vectors : array of shape (waves, d)
    phases : array of shape (waves,)
    """

    vectors: np.ndarray
    phases: np.ndarray

    @classmethod
    def drawn(cls, d: int, seed: int, waves: int = 100) -> RandomWaves:
        """Return a function of ``d`` variables."""
        if d < 1 or waves < 1:
            raise ValueError("d and waves: give whole numbers above zero")
        rng = np.random.default_rng(seed)
        return cls(rng.normal(size=(waves, d)), rng.uniform(0, 2 * np.pi, waves))

    def _angles(self, x: np.ndarray) -> np.ndarray:
        return x @ self.vectors.T + self.phases

    @property
    def _scale(self) -> float:
        return float(np.sqrt(2 / self.phases.size))

    def value(self, x: np.ndarray) -> np.ndarray:
        """Return f at a batch ``x`` of shape (n, d), shape (n,)."""
        return self._scale * np.cos(self._angles(x)).sum(axis=-1)

    def gradient(self, x: np.ndarray) -> np.ndarray:
        """Return the gradient at a batch of shape (n, d), shape (n, d)."""
        return -self._scale * np.sin(self._angles(x)) @ self.vectors

    def hessian(self, x: np.ndarray) -> np.ndarray:
        """Return the Hessian at a batch of shape (n, d), shape (n, d, d)."""
        weighted = np.cos(self._angles(x))[..., None] * self.vectors
        return -self._scale * np.swapaxes(weighted, -1, -2) @ self.vectors


def critical_points(
    f: RandomWaves, *, side: float = 4.0, starts: int = 200, seed: int = 0
) -> np.ndarray:
    """Return different critical points of f in a cube, found by Newton's method.

    Newton's method runs toward any point where the gradient is zero, minimum, maximum or saddle.
    Its steps are limited to a length of 0.5, which keeps most of them near their start. The points
    that it finds are a sample, weighted by the size of their basins, and not all that there are.

    Parameters
    ----------
    f : RandomWaves
    side : float
        Edge of the cube around 0 from which starts are drawn and outside of which none is kept.
    starts : int
    seed : int

    Returns
    -------
    array of shape (found, d)
    """
    d = f.vectors.shape[1]
    x = np.random.default_rng(seed).uniform(-side / 2, side / 2, (starts, d))
    for _ in range(60):
        step = np.linalg.solve(f.hessian(x), -f.gradient(x)[..., None])[..., 0]
        length = np.linalg.norm(step, axis=-1, keepdims=True)
        x = x + step * np.minimum(1, 0.5 / np.maximum(length, 1e-300))
    settled = np.linalg.norm(f.gradient(x), axis=-1) < 1e-9
    inside = np.all(np.abs(x) <= side / 2, axis=-1)
    different: list[np.ndarray] = []
    for point in x[settled & inside]:
        if all(np.linalg.norm(point - other) > 1e-6 for other in different):
            different.append(point)
    return np.array(different).reshape(-1, d)


def saddle_share(f: RandomWaves, points: np.ndarray) -> float:
    """Return which share of critical points has Hessian eigenvalues of both signs."""
    if len(points) == 0:
        raise ValueError("points: give at least one critical point")
    eigenvalues = np.linalg.eigvalsh(f.hessian(points))
    return float(np.mean((eigenvalues[:, 0] < 0) & (eigenvalues[:, -1] > 0)))
