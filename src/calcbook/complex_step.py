"""The complex step: a derivative with no difference in it, and functions that it gets wrong.

References
----------
Squire & Trapp (1998), "Using complex variables to estimate derivatives of real functions",
doi:10.1137/S003614459631241X.
Martins, Sturdza & Alonso (2003), "The complex-step derivative approximation",
doi:10.1145/838250.838251.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def complex_step(f: Callable[[Any], Any], x: Any, h: Any = 1e-200) -> Any:
    """Return Im f(x + ih) / h, the derivative of a real function that is analytic at x.

    Parameters
    ----------
    f : callable
        Takes a complex number or array, uses no modulus, conjugate or real part.
    x : float or ndarray
    h : float or ndarray
        Need not balance anything: the smaller, the better, down to the smallest floats.
    """
    return np.imag(f(x + 1j * h)) / h


class Suspect(NamedTuple):
    """A function of one real number, with its derivative."""

    f: Callable[[Any], Any]
    slope: Callable[[Any], Any]
    at: float


SMOOTH = {
    "sin x": Suspect(np.sin, np.cos, 1.0),
    "exp(x)/(1 + x²)": Suspect(
        lambda x: np.exp(x) / (1 + x**2),
        lambda x: np.exp(x) * (1 - x) ** 2 / (1 + x**2) ** 2,
        2.0,
    ),
    "log(1 + x⁴)": Suspect(lambda x: np.log(1 + x**4), lambda x: 4 * x**3 / (1 + x**4), 1.5),
    "|x|": Suspect(np.abs, np.sign, 1.0),
}

_KNOTS = np.array([0.0, 2.0])
SUSPECTS = {
    "sin(x)": Suspect(np.sin, np.cos, 1.0),
    "maximum(x, 0)": Suspect(lambda x: np.maximum(x, 0), lambda x: 1.0 * (x > 0), 1.0),
    "sqrt(x * x)": Suspect(lambda x: np.sqrt(x * x), np.sign, -1.0),
    "abs(x)": Suspect(np.abs, np.sign, 1.0),
    "x * conj(x)": Suspect(lambda x: x * np.conj(x), lambda x: 2 * x, 1.0),
    "norm([x, 2])": Suspect(
        lambda x: np.linalg.norm(np.array([x, 2])), lambda x: x / np.hypot(x, 2), 1.0
    ),
    "interp(x, …)": Suspect(lambda x: np.interp(x, _KNOTS, 2 * _KNOTS), lambda x: 2.0, 1.0),
    "x ** (1/3)": Suspect(lambda x: x ** (1 / 3), lambda x: 1 / (3 * np.cbrt(x) ** 2), -8.0),
    "arctan2(x, 2)": Suspect(lambda x: np.arctan2(x, 2), lambda x: 2 / (4 + x**2), 1.0),
}


def answer(name: str) -> float | str:
    """Return what the complex step makes of a suspect: a number, or the name of the error."""
    suspect = SUSPECTS[name]
    with warnings.catch_warnings():  # `interp` warns that it drops the imaginary part
        warnings.simplefilter("ignore")
        try:
            return float(complex_step(suspect.f, np.complex128(suspect.at)))
        except TypeError:
            return "TypeError"


def errors(name: str, h: Array) -> dict[str, Array]:
    """Return the relative errors of three rules for a function of `SMOOTH`, at each step.

    Parameters
    ----------
    name : str
    h : ndarray, shape (n,)

    Returns
    -------
    dict of str to ndarray, shape (n,)
        For "forward", "central" and "complex step".
    """
    f, slope, x = SMOOTH[name]
    truth = slope(x)
    found = {
        "forward": (f(x + h) - f(x)) / h,
        "central": (f(x + h) - f(x - h)) / (2 * h),
        "complex step": complex_step(f, x, h),
    }
    return {rule: np.abs(value / truth - 1) for rule, value in found.items()}
