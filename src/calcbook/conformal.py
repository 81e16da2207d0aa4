"""Maps of the plane, and what they do to a small square: complex derivatives, or none.

References
----------
Needham (1997), *Visual Complex Analysis*, Oxford University Press.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Complex = NDArray[np.complex128]
Map = Callable[[Complex], Complex]


class PlaneMap(NamedTuple):
    """A map of the plane.

    Attributes
    ----------
    value : callable
    slope : callable or None
        Its complex derivative; None where there is none.
    """

    value: Map
    slope: Map | None


MAPS = {
    "z²": PlaneMap(lambda z: z**2, lambda z: 2 * z),
    "exp z": PlaneMap(np.exp, np.exp),
    "1/z": PlaneMap(lambda z: 1 / z, lambda z: -1 / z**2),
    "z + 1/z": PlaneMap(lambda z: z + 1 / z, lambda z: 1 - 1 / z**2),
    "conjugate of z": PlaneMap(np.conj, None),
    "2 Re z + i Im z": PlaneMap(lambda z: 2 * z.real + 1j * z.imag, None),
}


def jacobian(f: Map, z: complex, h: float = 1e-5) -> NDArray[np.float64]:
    """Return the real Jacobian of a map of the plane by central differences.

    Parameters
    ----------
    f : callable
        Takes a complex array and returns one.
    z : complex
        The point.
    h : float
        Half the distance of the samples.

    Returns
    -------
    ndarray, shape (2, 2)
        ``J[i, j]``, derivative of (Re f, Im f)[i] with respect to (Re z, Im z)[j].
    """
    columns = [(f(z + step) - f(z - step)) / (2 * h) for step in np.array([h, 1j * h])]
    return np.array([np.real(columns), np.imag(columns)])


def riemann_gap(j: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far a Jacobian is from a rotation with scaling, as a share of its size.

    Parameters
    ----------
    j : ndarray, shape (..., 2, 2)

    Returns
    -------
    ndarray, shape (...)
        0 where the equations of Cauchy and Riemann hold, 1 for a reflection.
    """
    j = np.asarray(j, dtype=float)
    if j.shape[-2:] != (2, 2):
        raise ValueError(f"`j` must have shape (..., 2, 2), got {j.shape}.")
    against = np.hypot(j[..., 0, 0] - j[..., 1, 1], j[..., 0, 1] + j[..., 1, 0])
    size = np.sqrt(2) * np.linalg.norm(j, axis=(-2, -1))
    return against / size


def grid_lines(lines: int = 7, points: int = 41) -> tuple[list[Complex], list[Complex]]:
    """Return the vertical and the horizontal lines of a grid over part of the plane."""
    x, y = np.linspace(0.3, 1.5, lines), np.linspace(-0.6, 0.6, lines)
    along = np.linspace(0, 1, points)
    vertical = [one + 1j * (y[0] + (y[-1] - y[0]) * along) for one in x]
    horizontal = [x[0] + (x[-1] - x[0]) * along + 1j * one for one in y]
    return vertical, horizontal


def square(center: complex, side: float = 0.2, points: int = 9) -> Complex:
    """Return a closed square around a point, from its lower left corner counterclockwise."""
    edge = np.linspace(0, 1, points)[:-1]
    sides = np.r_[edge, 1 + 1j * edge, 1 + 1j - edge, 1j - 1j * edge, 0]
    return np.asarray(center + side * (sides - 0.5 - 0.5j), dtype=np.complex128)
