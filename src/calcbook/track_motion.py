r"""Speed and acceleration along a track, from fits to its coordinates or from differences.

East and north are fitted as two series over time, which gives velocity V and acceleration A with
a standard deviation for each component. Speed is :math:`v = |V|`, and acceleration along the track
is :math:`a = A \cdot u` with the direction :math:`u = V / v`: positive when speeding up, negative
when braking.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calcbook.data import Track
from pydelt import Estimate
from pydelt.interpolation import Interpolator, LowessInterpolator, SplineInterpolator

Array = NDArray[np.float64]
STANDARD_GRAVITY = 9.80665  # m/s², what acceleration in g is counted in

_LEAST_SPEED = 1e-9  # m/s; below it a direction is the direction of rounding errors


def _spline(smoothing: float | None, robust: bool) -> SplineInterpolator:
    """Return a spline that penalizes jerk, the third derivative, equally at all times.

    This is the prior of someone who accelerates smoothly. Its band was checked on simulated rides;
    that of a penalty which adapts to calm stretches is too narrow there.
    """
    return SplineInterpolator(smoothing, penalty_order=3, robust=robust, adaptive=False)


METHODS: dict[str, Callable[[float | None], Interpolator]] = {
    "LOWESS": lambda smoothing: LowessInterpolator(smoothing),
    "spline": lambda smoothing: _spline(smoothing, robust=False),
    "robust spline": lambda smoothing: _spline(smoothing, robust=True),
}


class Motion:
    r"""Position, speed and acceleration of a fitted track, with bands. Made by `fit`.

    Parameters
    ----------
    track : Track
    model : Interpolator
        Not fitted yet.

    Attributes
    ----------
    noise : float
        Standard deviation of a recorded coordinate about the fit, in meters: root mean square of
        both.

    Notes
    -----
    Bands follow by linearization (the delta method) from those of the components,

    .. math:: \operatorname{var} v = \sum_i u_i^2 \operatorname{var} V_i, \qquad
        \operatorname{var} a = \sum_i u_i^2 \operatorname{var} A_i
        + \sum_i (A_i - a u_i)^2 \operatorname{var} V_i / v^2.

    The second sum says that where the track turns, an error in the direction matters. Neglected
    is how errors of V and A go together within one coordinate; those of east and north are taken
    as independent. Close to standstill the direction is unknown, and the bands are only a guess.
    """

    def __init__(self, track: Track, model: Interpolator) -> None:
        model.fit(track.time, np.column_stack([track.east, track.north]))
        self._model = model
        self._velocity, self._acceleration = model.differentiate(1), model.differentiate(2)
        self.noise = float(np.sqrt(np.mean(np.square(model.noise_))))

    def position(self, time: ArrayLike) -> Array:
        """Return east and north in meters at times of shape (q,): shape (q, 2)."""
        return np.asarray(self._model(time))

    def speed(self, time: ArrayLike) -> Array:
        """Return the speed in m/s at times of shape (q,)."""
        return np.asarray(np.linalg.norm(self._velocity(time), axis=-1))

    def acceleration(self, time: ArrayLike) -> Array:
        """Return the acceleration along the track in m/s² at times of shape (q,)."""
        return np.asarray(np.sum(self._acceleration(time) * self._direction(time), axis=-1))

    def speed_band(self, time: ArrayLike, level: float = 0.95) -> tuple[Array, Array]:
        """Return lower and upper end of the speed's band; no speed is below 0."""
        half = self._half_width(self._direction(time), self._velocity, time, level)
        speed = self.speed(time)
        return np.maximum(speed - half, 0), speed + half

    def acceleration_band(self, time: ArrayLike, level: float = 0.95) -> tuple[Array, Array]:
        """Return lower and upper end of the band of the acceleration along the track."""
        direction, along = self._direction(time), self.acceleration(time)
        across = np.asarray(self._acceleration(time)) - along[..., None] * direction
        turning = across / np.maximum(self.speed(time), _LEAST_SPEED)[..., None]
        half = np.hypot(
            self._half_width(direction, self._acceleration, time, level),
            self._half_width(turning, self._velocity, time, level),
        )
        return along - half, along + half

    def _direction(self, time: ArrayLike) -> Array:
        speed = np.maximum(self.speed(time), _LEAST_SPEED)
        return np.asarray(self._velocity(time)) / speed[..., None]

    @staticmethod
    def _half_width(weights: Array, estimate: Estimate, time: ArrayLike, level: float) -> Array:
        """Return half the band of a weighted sum of two independent components."""
        lower, upper = estimate.band(time, level=level)
        return np.asarray(np.linalg.norm(weights * (upper - lower) / 2, axis=-1))


def fit(track: Track, method: str = "robust spline", smoothing: float | None = None) -> Motion:
    """Fit a track.

    Parameters
    ----------
    track : Track
    method : {"LOWESS", "spline", "robust spline"}
    smoothing : float, optional
        Multiplies the automatic smoothing: 10 is smoother, 0.1 rougher.

    Returns
    -------
    Motion
    """
    if method not in METHODS:
        raise ValueError(f"`method` is {method!r}; choose one of {', '.join(map(repr, METHODS))}.")
    return Motion(track, METHODS[method](smoothing))


def simulate(motion: Motion, time: ArrayLike, noise: float | None = None, seed: int = 0) -> Track:
    """Record a fitted motion anew: its positions with fresh white noise, and the truth known.

    Parameters
    ----------
    motion : Motion
        The truth.
    time : array_like, shape (n,)
    noise : float, optional
        Standard deviation in meters; by default that of the motion.
    seed : int

    Returns
    -------
    Track
    """
    time = np.asarray(time, dtype=float)
    size = motion.noise if noise is None else noise
    errors = size * np.random.default_rng(seed).normal(size=(time.size, 2))
    east, north = (motion.position(time) + errors).T
    return Track(time, east, north)


def distance(track: Track) -> Array:
    """Return how far the recorded positions have moved by each time, in meters: shape (n,)."""
    steps = np.hypot(np.diff(track.east), np.diff(track.north))
    return np.concatenate([[0.0], np.cumsum(steps)])


def differences(track: Track, times: int, apart: float = 1.0) -> tuple[Array, Array]:
    """Return when, and the speed or acceleration between, from positions some seconds apart.

    Speed is the distance of two positions over the time between them, acceleration the
    difference of two such speeds that follow each other. Where a position is missing, so are they.

    Parameters
    ----------
    track : Track
    times : {1, 2}
        How often to take differences: once for speed in m/s, twice for acceleration in m/s².
    apart : float
        Seconds between two positions that are compared.

    Returns
    -------
    time, value : ndarray, shape (k,)
    """
    if times not in (1, 2):
        raise ValueError(f"`times` must be 1 for speed or 2 for acceleration, got {times}.")
    place = np.column_stack([track.east, track.north])
    later = np.searchsorted(track.time, track.time + apart)
    known = later < track.time.size
    known[known] = track.time[later[known]] == track.time[known] + apart
    speed = np.full(track.time.size, np.nan)
    speed[known] = np.linalg.norm(place[later[known]] - place[known], axis=1) / apart
    if times == 1:
        when, value = track.time + apart / 2, speed
    else:
        value = np.full(track.time.size, np.nan)
        value[known] = (speed[later[known]] - speed[known]) / apart
        when = track.time + apart
    kept = np.isfinite(value)
    return when[kept], value[kept]
