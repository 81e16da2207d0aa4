"""Choosing the lengths of an anisotropic Gaussian kernel by restricted maximum likelihood.

Damped Newton steps go down the likelihood (`pydelt._kernel_likelihood`) from several starts on a
few samples, and from the best of these on more. Its curvature there says how precisely the samples
determine the parameters, and how small a share of all lengths suits them.

References
----------
Dennis, J. E., Gay, D. M. and Welsch, R. E. (1981). An adaptive nonlinear least-squares algorithm.
ACM Transactions on Mathematical Software 7(3), 348-368. doi:10.1145/355958.355965
(a known part of the curvature, the rest by secant updates)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ._kernel_likelihood import RestrictedLikelihood, reml_of_lengths
from ._repeats import RepeatedSamples
from ._validation import FloatArray

LOWEST_RATIO = 1e-12  # of noise to field variance; below, the kernel matrix is not definite
_SEARCH = 200  # positions on which all starts run: the likelihood's cost grows with their cube
_POLISH = 500  # positions on which the best of them is run on
_FIRST_STEPS = 8  # after which all starts but the best are given up
_STEPS = 40
_START_LENGTHS = (0.1, 0.25, 0.7, 2.0)  # in standard deviations of the inputs, times sqrt(d)
_START_RATIO = 0.01
_LOG_LENGTHS = (-3.0, 10.0)  # ranges of the search
_LOG_RATIOS = (float(np.log(LOWEST_RATIO)), 3.0)
_LONGEST_STEP = 2.0  # change of one parameter at a time
_GAIN = 1e-3  # expected drop of the score that is not worth a step


def still_felt(size: int, log_ratio: float) -> float:
    """Log length beyond which the likelihood is too flat to come back from.

    Along an input of unit variance the field's curvature has variance :math:`\\ell^{-4}` and the
    noise hides what is below :math:`\\gamma / n`.
    """
    return max(0.25 * (float(np.log(size)) - log_ratio), 0.0)


class Descent:
    """Damped Newton steps down the restricted likelihood, within the ranges of the search.

    What the average information misses of the curvature is learned from how the slope changed, by
    symmetric rank-one updates; the steps then converge faster than linearly.
    """

    def __init__(self, start: FloatArray, samples: RepeatedSamples, rounding: float) -> None:
        d = samples.points.shape[1]
        self._low, self._high = np.array([_LOG_LENGTHS] * d + [_LOG_RATIOS]).T
        self._samples, self._rounding = samples, rounding
        self.theta = np.clip(start, self._low, self._high)
        self.here = reml_of_lengths(self.theta, samples, rounding)
        self._missed = np.zeros((d + 1, d + 1))
        self._damping = 1.0

    def run(self, steps: int) -> Descent:
        """Take at most so many steps, fewer when the next would gain nothing."""
        fresh = False  # whether damping and curvature were forgotten here before
        for _ in range(steps):
            step, gain = self._step()
            if gain < _GAIN and not fresh:  # what was learned elsewhere may hold the steps back
                fresh, self._damping, self._missed = True, 0.01, np.zeros_like(self._missed)
                step, gain = self._step()
            if gain < _GAIN:
                break
            there = reml_of_lengths(self.theta + step, self._samples, self._rounding)
            if np.isfinite(there.score):
                self._learn(step, there)
            if there.score < self.here.score:
                self.theta, self.here = self.theta + step, there
                fresh, self._damping = False, max(self._damping / 5.0, 1e-6)
            else:
                self._damping *= 5.0
        return self

    def _step(self) -> tuple[FloatArray, float]:
        """Return the next step, and the drop of the score to expect of it."""
        slope, theta = self.here.slope, self.theta
        lowest = np.maximum(self._low - theta, -_LONGEST_STEP)
        highest = np.minimum(self._high - theta, _LONGEST_STEP)
        blocked = (lowest == 0.0) & (slope > 0.0) | (highest == 0.0) & (slope < 0.0)
        while True:
            step = self._newton_step(np.flatnonzero(~blocked))
            outward = (lowest == 0.0) & (step < 0.0) | (highest == 0.0) & (step > 0.0)
            if not outward.any():
                break
            blocked |= outward
        shortened = np.clip(step, lowest, highest)
        if shortened @ slope > 0.5 * (step @ slope):  # the direction has suffered
            moving = step != 0.0
            shortened = step * np.min((shortened[moving] / step[moving]), initial=1.0)
        return shortened, -0.5 * float(shortened @ slope)

    def _newton_step(self, free: NDArray[np.intp]) -> FloatArray:
        """Return the damped Newton step in the free parameters, zero in the others."""
        curvature, axes = np.linalg.eigh((self.here.information + self._missed)[np.ix_(free, free)])
        step = np.zeros_like(self.theta)
        along = axes.T @ self.here.slope[free]
        step[free] = -axes @ (along / (np.abs(curvature) + self._damping))
        return step

    def _learn(self, step: FloatArray, there: RestrictedLikelihood) -> None:
        """Update what the information at the end of a step misses of the change of the slope."""
        surprise = there.slope - self.here.slope - (there.information + self._missed) @ step
        overlap = surprise @ step
        if abs(overlap) > 1e-8 * np.linalg.norm(surprise) * np.linalg.norm(step):
            self._missed = self._missed + np.outer(surprise, surprise) / overlap


def choose_lengths(samples: RepeatedSamples, rounding: float) -> Descent:
    """Return where lengths and noise have the greatest restricted likelihood, from several starts.

    Parameters
    ----------
    samples : RepeatedSamples
        With inputs of unit variance; a fixed random subset is used where there are many.
    rounding : float
        See `reml_of_lengths`.
    """
    size, d = samples.points.shape
    rows = np.random.default_rng(0).permutation(size)
    few, many = samples[rows[:_SEARCH]], samples[rows[:_POLISH]]
    tried = [
        Descent(np.log([*[length * np.sqrt(d)] * d, _START_RATIO]), few, rounding)
        for length in _START_LENGTHS
    ]
    best = min([each.run(_FIRST_STEPS) for each in tried], key=lambda each: each.here.score)
    best.run(_STEPS)
    if size > _SEARCH:
        start = best.theta.copy()
        start[:d] = np.minimum(start[:d], still_felt(size, float(start[d])))
        best = Descent(start, many, rounding).run(_STEPS)
    return best


def parameter_precision(information: FloatArray) -> FloatArray:
    """Return the inverse covariance of log lengths and log ratio, shape (d + 1, d + 1).

    The information counts twice the log-likelihood's curvature; the ranges of the search are a
    uniform prior, of variance width^2 / 12.
    """
    return 0.5 * information + np.diag(12.0 / _widths(len(information)) ** 2)


def log_share(information: FloatArray) -> float:
    """Return the logarithm of the share of the search's ranges that suits the samples.

    The mean of the likelihood over the ranges is its maximum times this share (Laplace's
    approximation of the volume beneath it).
    """
    k = len(information)
    _, logdet = np.linalg.slogdet(parameter_precision(information) / (2.0 * np.pi))
    return min(float(-0.5 * logdet - np.sum(np.log(_widths(k)))), 0.0)


def _widths(k: int) -> FloatArray:
    return np.array([np.ptp(_LOG_LENGTHS)] * (k - 1) + [np.ptp(_LOG_RATIOS)])
