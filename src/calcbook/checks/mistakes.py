"""Mistakes that are made in any exercise, recognized by what they do to the right values.

Numbers, arrays and functions are compared as flat arrays of values, the last at hidden arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from calcbook.checks.tolerance import Tolerance


class Named(NamedTuple):
    """A mistake: its short name and the sentence that a student reads."""

    name: str
    message: str


def recognize(
    values: np.ndarray,
    right: np.ndarray,
    tolerance: Tolerance,
    *,
    n: int | None = None,
    in_degrees: Sequence[np.ndarray] = (),
    axes: Sequence[str] = (),
) -> Named | None:
    """Return the first mistake that turns the right values into these, or None.

    Parameters
    ----------
    values, right : ndarray
        Of one shape, or ``values`` of the reversed one.
    tolerance : Tolerance
    n : int, optional
        Number of samples, by which one forgets to divide. Default: the length of an array.
    in_degrees : sequence of ndarray
        Right values for angles taken in another unit.
    axes : sequence of str
        What the axes of an array stand for.
    """
    if not np.any(right):
        return None
    if values.shape != right.shape or values.ndim > 1:
        if _holds(tolerance, values.T, right):
            return _transposed(axes)
        if values.shape != right.shape:
            return Named("wrong axis", _shape_words(axes))
    values, right = values.ravel(), right.ravel()
    n = n or (right.size if right.size > 2 else None)
    with np.errstate(all="ignore"):
        for found in (
            *_of_order(values, right, tolerance),
            *_of_size(values, right, tolerance, n),
            *_of_units(values, right, tolerance, in_degrees),
            *_of_form(values, right, tolerance),
        ):
            return found
    return None


def _holds(tolerance: Tolerance, values: np.ndarray, right: np.ndarray) -> bool:
    return values.shape == right.shape and tolerance.holds(values.ravel(), right.ravel())


def _transposed(axes: Sequence[str]) -> Named:
    order = f" The axes are wanted in this order: {', '.join(axes)}." if axes else ""
    return Named("transposed", f"The values are right, rows and columns are exchanged.{order}")


def _shape_words(axes: Sequence[str]) -> str:
    order = f": {', '.join(axes)}" if axes else ""
    return f"The axes stand in the wrong order, and the values differ too. Wanted{order}."


def _of_order(values: np.ndarray, right: np.ndarray, tolerance: Tolerance) -> Iterator[Named]:
    if tolerance.holds(-values, right):
        yield Named(
            "wrong sign",
            "The size is right, the sign is not. Which way does it change, and what is subtracted "
            "from what?",
        )
    if values.size > 1 and tolerance.holds(values[::-1], right):
        yield Named("reversed order", "The values are right, and stand in reversed order.")
    if values.size > 3:
        for place, (mine, wanted) in {
            "too late": (values[1:], right[:-1]),
            "too early": (values[:-1], right[1:]),
        }.items():
            if tolerance.holds(mine, wanted):
                yield Named(
                    "shifted by one",
                    f"The values are right, and each stands one place {place}: an index is off by "
                    "one.",
                )


def _of_size(
    values: np.ndarray, right: np.ndarray, tolerance: Tolerance, n: int | None
) -> Iterator[Named]:
    factors: dict[float, Named] = {
        2: Named(
            "factor 2",
            "Twice as much as it should be. Look for a 2 that is missing below a fraction, such as "
            "the one in 2h.",
        ),
        1 / 2: Named("factor 1/2", "Half of what it should be. Look for a 2 too many or too few."),
        100: Named("percent", "A hundred times too much: is yours in percent?"),
        1 / 100: Named("percent", "A hundred times too little: is yours to be in percent?"),
    }
    for exponent in (1, 3, 4, 5, 6, 9):
        for factor, words in ((10.0**exponent, "much"), (10.0**-exponent, "little")):
            size = f"{10**exponent:,}".replace(",", " ")
            factors[factor] = Named(
                "power of ten",
                f"Too {words} by a factor of {size}: check units and the power of ten.",
            )
    if n is not None and n > 2:
        factors.setdefault(
            float(n), Named("factor n", f"Too much by the factor {n}: a sum in place of a mean?")
        )
        factors.setdefault(
            1 / n,
            Named("factor 1/n", f"Too little by the factor {n}: is something divided by n twice?"),
        )
    for factor, named in factors.items():
        if tolerance.holds(values / factor, right):
            yield named


def _of_units(
    values: np.ndarray, right: np.ndarray, tolerance: Tolerance, in_degrees: Sequence[np.ndarray]
) -> Iterator[Named]:
    turn = 180 / np.pi
    scaled = [values, values * turn, values / turn]
    if any(tolerance.holds(mine, right) for mine in scaled[1:]) or any(
        tolerance.holds(mine, turned) for mine in scaled for turned in in_degrees
    ):
        yield Named(
            "degrees for radians",
            "Degrees and radians are mixed up: the derivative of sin is cos only in radians.",
        )
    for base, name in ((10.0, "log10"), (2.0, "log2")):
        if any(tolerance.holds(values * f, right) for f in (np.log(base), 1 / np.log(base))):
            yield Named(
                f"{name} for ln", f"Off by the factor ln {base:g}: `{name}` where `np.log` belongs?"
            )


def _of_form(values: np.ndarray, right: np.ndarray, tolerance: Tolerance) -> Iterator[Named]:
    forms: dict[Named, Callable[[np.ndarray], np.ndarray]] = {
        Named("reciprocal", "Your answer is the reciprocal, 1 over the right one."): lambda v: (
            1 / v
        ),
        Named("squared", "Your answer is squared: a root is missing."): lambda v: (
            np.sqrt(np.abs(v)) * np.sign(right)
        ),
        Named("root", "Your answer is the root of the right one: a square is missing."): lambda v: (
            v**2
        ),
    }
    for named, undo in forms.items():
        if tolerance.holds(undo(values), right):
            yield named
    several = right.size > 1
    if np.all(tolerance.error(values, right) <= 10):
        yield Named(
            "too few digits",
            f"Close, and not yet {tolerance.words(several=several)}. Carry more digits, or look "
            "for a small term that is missing.",
        )
    if right.size > 2 and np.ptp(right) > 0:
        constant = np.full_like(right, np.mean(values - right))
        if tolerance.holds(values - constant, right):
            yield Named(
                "off by a constant",
                "Right up to a constant: the same number is added everywhere.",
            )
