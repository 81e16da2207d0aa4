"""A cloud of points under a smooth map of the plane: areas and densities follow |det J|."""

from __future__ import annotations

import numpy as np


def warp(points: np.ndarray, strength: float) -> np.ndarray:
    """Return (x + s sin y, y e^(s x)) at points (n, 2), with s the strength, shape (n, 2)."""
    x, y = points[:, 0], points[:, 1]
    return np.stack([x + strength * np.sin(y), y * np.exp(strength * x)], axis=1)


def jacobian(points: np.ndarray, strength: float) -> np.ndarray:
    """Return J[i, j], the derivative of output i by input j, shape (n, 2, 2)."""
    x, y = points[:, 0], points[:, 1]
    stretched = np.exp(strength * x)
    rows = [[np.ones_like(x), strength * np.cos(y)], [strength * y * stretched, stretched]]
    return np.moveaxis(np.array(rows), -1, 0)


def warped_density(density: np.ndarray, jacobians: np.ndarray) -> np.ndarray:
    """Return the density at the images of points, from the density (n,) at the points.

    Parameters
    ----------
    density : array of shape (n,)
    jacobians : array of shape (n, d, d)

    Raises
    ------
    ValueError
        If a Jacobian is singular: there the formula does not hold.
    """
    area = np.abs(np.linalg.det(jacobians))
    if np.any(area == 0):
        raise ValueError("jacobians: one is singular, so the map can't be undone there")
    return density / area
