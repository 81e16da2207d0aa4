"""The exercises of chapter 2, Derivatives."""

from __future__ import annotations

import numpy as np

from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Number
from calcbook.checks.tolerance import percent

# 2.1: the tangent at 100 m² goes through these two points, in m² and in thousands of euros.
_AREA, _PRICE = np.array([80.0, 130.0]), np.array([250.0, 400.0])
_TANGENT = np.ptp(_PRICE) / np.ptp(_AREA)
_EXTRA_AREA = 3.0

# 2.3: noise of the samples, and the size (root mean square) of the third derivative of a sine.
_NOISE, _THIRD = 0.05, 1 / np.sqrt(2)


def _best_central_step(noise: float = _NOISE, factor: float = 3.0) -> float:
    """Return where noise² / (2 h²) + (h² f‴ / 6)² is least."""
    return (factor * noise / _THIRD) ** (1 / 3)


def _best_forward_step() -> float:
    """Return where 2 noise² / h² + (h f″ / 2)² is least; f″ of a sine is as large as f‴."""
    return np.sqrt(np.sqrt(8) * _NOISE / _THIRD)


EXERCISES = {
    "2.1": Exercise(
        Number(percent(1)),
        right=lambda: _TANGENT * _EXTRA_AREA,
        hint="Slope of the tangent first: rise over run, with its units. Then times the change.",
        then="A sensitivity times a small change of the input: that is all a linear model does.",
        mistakes=[
            Mistake(
                "slope alone",
                "That is the slope, the change for one square meter. Now for three of them.",
                made=lambda: _TANGENT,
            ),
            Mistake(
                "run over rise",
                "Run over rise: what does a square meter cost, not how many does a thousand buy.",
                made=lambda: _EXTRA_AREA / _TANGENT,
            ),
            Mistake(
                "price in place of change",
                "That is the new price. Asked is by how much it changes.",
                made=lambda: _PRICE[0] + _TANGENT * (100 + _EXTRA_AREA - _AREA[0]),
            ),
        ],
        wrong=[(lambda: -_TANGENT * _EXTRA_AREA, "wrong sign")],
    ),
    "2.3": Exercise(
        Number(percent(15)),
        right=_best_central_step,
        hint="Write the mean squared error of a central difference as noise plus bending, set its "
        "derivative with respect to h to zero, and solve for h.",
        then="The curve is flat around its minimum, so nobody needs h to three digits.",
        mistakes=[
            Mistake(
                "step of noise-free data",
                "That is a step for exact values. These samples carry noise, which is divided by "
                "h: look at the U-curve with its slider at 0.05.",
                when=lambda step: 0 < step < 1e-3,
            ),
            Mistake(
                "forward",
                "That is the best step of forward differences. Central ones err by h², not by h.",
                made=_best_forward_step,
            ),
            Mistake(
                "factor forgotten",
                "A factor got lost in the derivation: the third derivative is divided by 6, and "
                "two errors of a central difference by 2h.",
                made=lambda: _best_central_step(factor=1.0),
            ),
        ],
        wrong=[(lambda: 1e-12, "step of noise-free data")],
    ),
}
