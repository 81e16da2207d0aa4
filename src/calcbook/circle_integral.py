"""Integrals of complex functions around a circle, and the residues that they count.

References
----------
Trefethen & Weideman (2014), "The exponentially convergent trapezoidal rule",
doi:10.1137/130932132.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Complex = NDArray[np.complex128]


def circle(center: complex, radius: float, n: int) -> tuple[Complex, Complex]:
    """Return ``n`` points of a circle and the step that each stands for.

    Returns
    -------
    z, dz : complex ndarray, shape (n,)
        ``sum(f(z) * dz)`` is the trapezoid rule for the integral once around, counterclockwise.
    """
    if radius <= 0:
        raise ValueError(f"`radius` must be positive, got {radius}.")
    turn = np.exp(2j * np.pi * np.arange(n) / n)
    return center + radius * turn, 2j * np.pi / n * radius * turn


def around(
    f: Callable[[Complex], Complex], center: complex, radius: float, n: int = 400
) -> complex:
    """Return the integral of ``f`` once around a circle by the trapezoid rule with ``n`` points."""
    z, dz = circle(center, radius, n)
    return complex(np.sum(f(z) * dz))


def lorentz_wave(z: Complex, omega: float = 1.0) -> Complex:
    """Return exp(i omega z) / (1 + z²), which has poles at i and -i."""
    return np.exp(1j * omega * z) / (1 + z**2)


def residues(omega: float = 1.0) -> dict[complex, complex]:
    """Return the residue of `lorentz_wave` at each of its poles."""
    return {1j: np.exp(-omega) / 2j, -1j: -np.exp(omega) / 2j}
