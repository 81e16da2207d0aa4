"""Signals with known derivatives, sampled evenly or at random, with noise.

`DEVELOPMENT` signals may be looked at while a method is tuned. `SET_ASIDE` signals may not: they
tell whether what was tuned on the first holds on others.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

Array = NDArray[np.float64]
Signal = Callable[[Array], tuple[Array, Array, Array]]
"""Maps x in [0, 1] to (f, f', f'')."""

SPACINGS = ("even", "random")
NOISES = (0.01, 0.05, 0.10)


@dataclass(frozen=True)
class Samples:
    """One noisy data set and the truth behind it.

    Attributes
    ----------
    x, y : ndarray, shape (n,)
        Ascending positions in [0, 1], the ends included, and noisy values.
    sigma : float
        Standard deviation of the noise, a share of that of the signal.
    grid : ndarray, shape (400,)
        Where errors are measured.
    truth : tuple of three ndarrays, each of shape (400,)
        f, f' and f'' on the grid.
    """

    x: Array
    y: Array
    sigma: float
    grid: Array
    truth: tuple[Array, Array, Array]

    @property
    def interior(self) -> NDArray[np.bool_]:
        """The grid without its outer 5% on either side."""
        return (self.grid >= 0.05) & (self.grid <= 0.95)


def sample(
    signal: str, spacing: str = "even", noise: float = 0.05, n: int = 1000, seed: int = 0
) -> Samples:
    """Draw a data set; equal arguments give equal data."""
    function = {**DEVELOPMENT, **SET_ASIDE}[signal]
    rng = np.random.default_rng([zlib.crc32(signal.encode()), n, seed])
    x = np.linspace(0, 1, n)
    if spacing == "random":
        x = np.sort(np.r_[0.0, 1.0, rng.uniform(size=n - 2)])
    grid = np.linspace(0, 1, 400)
    truth = function(grid)
    sigma = noise * float(np.std(truth[0]))
    return Samples(x, function(x)[0] + sigma * rng.standard_normal(n), sigma, grid, truth)


def sine(x: Array) -> tuple[Array, Array, Array]:
    """Two periods of a sine."""
    w = 4 * np.pi
    return np.sin(w * x), w * np.cos(w * x), -(w**2) * np.sin(w * x)


def decay(x: Array) -> tuple[Array, Array, Array]:
    """Exponential decay over five time constants."""
    f = np.exp(-5 * x)
    return f, -5 * f, 25 * f


def logistic(x: Array) -> tuple[Array, Array, Array]:
    """A step softened over a tenth of the range."""
    a = 30.0
    f = 1 / (1 + np.exp(-a * (x - 0.5)))
    return f, a * f * (1 - f), a**2 * f * (1 - f) * (1 - 2 * f)


def bump(x: Array) -> tuple[Array, Array, Array]:
    """A narrow bump on a slow wave."""
    z = (x - 0.6) / 0.03
    g = 1.5 * np.exp(-(z**2) / 2)
    w = 2 * np.pi
    return (
        np.sin(w * x) + g,
        w * np.cos(w * x) - z * g / 0.03,
        -(w**2) * np.sin(w * x) + (z**2 - 1) * g / 0.03**2,
    )


def chirp(x: Array) -> tuple[Array, Array, Array]:
    """A sine whose frequency rises from 1 to 13 periods per unit."""
    phase = 2 * np.pi * (x + 6 * x**2)
    rate, change = 2 * np.pi * (1 + 12 * x), 24 * np.pi
    return (
        np.sin(phase),
        rate * np.cos(phase),
        change * np.cos(phase) - rate**2 * np.sin(phase),
    )


def ringing(x: Array) -> tuple[Array, Array, Array]:
    """A damped oscillation of eight periods."""
    s = complex(-4, 16 * np.pi)
    f = np.exp(s * x)
    return f.real, (s * f).real, (s**2 * f).real


def trend_and_season(x: Array) -> tuple[Array, Array, Array]:
    """A parabola plus a small oscillation of ten periods."""
    w = 20 * np.pi
    return (
        3 * x**2 + 0.2 * np.sin(w * x),
        6 * x + 0.2 * w * np.cos(w * x),
        6 - 0.2 * w**2 * np.sin(w * x),
    )


@cache
def _lorenz_solution() -> tuple[Callable[[Array], Array], float]:
    def system(_: float, s: Array) -> list[float]:
        return [10 * (s[1] - s[0]), s[0] * (28 - s[2]) - s[1], s[0] * s[1] - 8 / 3 * s[2]]

    span = 4.0
    start = [-8.0, 8.0, 27.0]
    solution = solve_ivp(system, (0, span), start, method="DOP853", rtol=1e-11, atol=1e-11,
                         dense_output=True)  # fmt: skip
    return solution.sol, span


def lorenz(x: Array) -> tuple[Array, Array, Array]:
    """First coordinate of the Lorenz system over four units of time."""
    solution, span = _lorenz_solution()
    a, b, c = solution(span * x)
    da, db = 10 * (b - a), a * (28 - c) - b
    return a, span * da, span**2 * 10 * (db - da)


def runge(x: Array) -> tuple[Array, Array, Array]:
    """Runge's function on [-1, 1]."""
    z = 2 * x - 1
    f = 1 / (1 + 25 * z**2)
    return f, 2 * (-50 * z * f**2), 4 * (-50 * f**2 + 5000 * z**2 * f**3)


def beat(x: Array) -> tuple[Array, Array, Array]:
    """Two tones close in frequency, which swell and fade."""
    a, b = 12 * np.pi, 15 * np.pi
    return (
        np.sin(a * x) + np.sin(b * x),
        a * np.cos(a * x) + b * np.cos(b * x),
        -(a**2) * np.sin(a * x) - b**2 * np.sin(b * x),
    )


def gompertz(x: Array) -> tuple[Array, Array, Array]:
    """Growth that starts fast and saturates."""
    b, c = 6.0, 8.0
    e = b * np.exp(-c * x)
    f = np.exp(-e)
    return f, c * e * f, c**2 * e * f * (e - 1)


def wave_packet(x: Array) -> tuple[Array, Array, Array]:
    """A burst of oscillation between stretches of silence."""
    width, w = 0.12, 18 * np.pi
    z = x - 0.45
    s = -z / width**2 + 1j * w
    f = np.exp(-(z**2) / (2 * width**2) + 1j * w * z)
    return f.real, (s * f).real, ((s**2 - 1 / width**2) * f).real


def three_peaks(x: Array) -> tuple[Array, Array, Array]:
    """Peaks of different widths, as in a spectrum."""
    total = np.zeros((3, x.size))
    for center, width, height in ((0.2, 0.08, 1.0), (0.5, 0.04, 1.4), (0.8, 0.06, 0.8)):
        z = (x - center) / width
        g = height * np.exp(-(z**2) / 2)
        total += np.array([g, -z * g / width, (z**2 - 1) * g / width**2])
    return total[0], total[1], total[2]


def soft_corner(x: Array) -> tuple[Array, Array, Array]:
    """A bend between two straight lines, sharp on the scale of the range."""
    a = 25.0
    s = 1 / (1 + np.exp(-a * (x - 0.4)))
    return np.logaddexp(0, a * (x - 0.4)) / a - 0.3 * x, s - 0.3, a * s * (1 - s)


@cache
def _predator_prey_solution() -> tuple[Callable[[Array], Array], float]:
    span = 15.0
    solution = solve_ivp(
        lambda _, s: [s[0] * (1 - s[1]), s[1] * (s[0] - 1)],
        (0, span), [2.0, 0.6], method="DOP853", rtol=1e-11, atol=1e-11, dense_output=True,
    )  # fmt: skip
    return solution.sol, span


def predator_prey(x: Array) -> tuple[Array, Array, Array]:
    """Prey of the Lotka-Volterra system over two cycles."""
    solution, span = _predator_prey_solution()
    a, b = solution(span * x)
    da, db = a * (1 - b), b * (a - 1)
    return a, span * da, span**2 * (da * (1 - b) - a * db)


def warped_sine(x: Array) -> tuple[Array, Array, Array]:
    """A sine that runs slower and slower."""
    root = np.sqrt(x + 0.05)
    w = 10 * np.pi
    rate, change = w / (2 * root), -w / (4 * root**3)
    return (
        np.sin(w * root),
        rate * np.cos(w * root),
        change * np.cos(w * root) - rate**2 * np.sin(w * root),
    )


DEVELOPMENT: dict[str, Signal] = {
    f.__name__: f
    for f in (sine, decay, logistic, lorenz, bump, chirp, ringing, trend_and_season)
}  # fmt: skip
SET_ASIDE: dict[str, Signal] = {
    f.__name__: f
    for f in (
        runge, beat, gompertz, wave_packet, three_peaks, soft_corner, predator_prey, warped_sine,
    )
}  # fmt: skip
