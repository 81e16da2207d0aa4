"""Heat flow u' = L u on a grid or a graph, exact in time through the Laplacian's eigenvectors."""

from __future__ import annotations

import numpy as np


def graph_laplacian(adjacency: np.ndarray) -> np.ndarray:
    """Return the Laplacian that diffuses: (L u)_i is the sum over neighbors j of u_j - u_i.

    Parameters
    ----------
    adjacency : array of shape (n, n)
        Symmetric, with the weight of the edge between i and j, and zeros on the diagonal.

    Returns
    -------
    array of shape (n, n)
        Adjacency minus degrees. Graph theory often calls its negative the Laplacian.

    Raises
    ------
    ValueError
        If the adjacency is not a symmetric square.
    """
    adjacency = np.asarray(adjacency, float)
    if adjacency.ndim != 2 or adjacency.shape[0] != adjacency.shape[1]:
        raise ValueError(f"adjacency: give a square array, not one of shape {adjacency.shape}")
    if not np.array_equal(adjacency, adjacency.T):
        raise ValueError("adjacency: make it symmetric, as (A + A.T) / 2; heat flows both ways")
    return adjacency - np.diag(adjacency.sum(axis=1))


def grid_laplacian(rows: int, columns: int, spacing: float = 1.0) -> np.ndarray:
    """Return the five-point Laplacian with insulated edges, shape (rows * columns,) twice.

    It is a graph's Laplacian too, over ``spacing**2``: each cell is joined to the cells beside,
    above and below it.
    """
    if min(rows, columns) < 1 or spacing <= 0:
        raise ValueError("rows, columns and spacing: give numbers above zero")
    path = [np.eye(n, k=1) + np.eye(n, k=-1) for n in (rows, columns)]
    joined = np.kron(path[0], np.eye(columns)) + np.kron(np.eye(rows), path[1])
    return graph_laplacian(joined) / spacing**2


def diffused(laplacian: np.ndarray, start: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return u(t) = exp(t L) u(0) at each time, shape (times, n).

    Parameters
    ----------
    laplacian : array of shape (n, n)
        Symmetric.
    start : array of shape (n,)
        The temperatures at time 0.
    times : array of shape (times,)
        Not negative: heat flow can't be run backwards stably.

    Raises
    ------
    ValueError
        If a time is negative.
    """
    times = np.atleast_1d(np.asarray(times, float))
    if times.min(initial=0) < 0:
        raise ValueError("times: give none below zero; backwards, every error grows exponentially")
    rates, modes = np.linalg.eigh(laplacian)
    return (np.exp(times[:, None] * rates) * (modes.T @ start)) @ modes.T


def explicit_steps(laplacian: np.ndarray, start: np.ndarray, step: float, steps: int) -> np.ndarray:
    """Return u after so many explicit Euler steps, which blow up where step > 2 / |rate|."""
    u = np.array(start, float)
    for _ in range(steps):
        u = u + step * (laplacian @ u)
    return u
