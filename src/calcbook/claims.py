"""Named numbers for the prose, and named statements that the build asserts.

A page never holds a typed number that a cell can compute: the cell publishes it under a name and
the prose quotes the name. What is published is the output that MyST-NB reads for ``{glue:text}``,
written with IPython alone, so that a page also runs where MyST-NB is not installed. The output's
metadata say what was published, claim or number, so that all of them can be collected.

In a live kernel the output is also seen, as ``name: value``. A notebook made where the book has not
been executed, as on Binder, quotes the names, and nothing can write values into prose while a
notebook runs. Where the prose has the build's values, whoever changes a cell sees what they become.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from calcbook._text import typeset

_HIDDEN = "application/papermill.record/"


class ClaimError(AssertionError):
    """A statement of the text does not hold for the value that was computed."""


def number(name: str, value: Any, text: str = "{:.3g}") -> None:
    """Publish ``value`` under ``name`` for the prose, with no condition attached.

    Parameters
    ----------
    name : str
        What the page quotes with the role ``glue:text``. Unique within a page.
    value : object
        A number, or anything that ``text`` can format.
    text : str
        Format string with one field, such as ``"{:.1f}%"``.

    Raises
    ------
    ValueError
        If ``name`` is blank, or ``text`` does not fit the value.
    """
    _publish(_checked_name(name), _formatted(name, value, text), value=value)


def claim(
    name: str,
    value: ArrayLike,
    *,
    at_least: float | None = None,
    at_most: float | None = None,
    near: ArrayLike | None = None,
    within: float | None = None,
    text: str = "{:.2g}",
    silent: bool = False,
) -> Any:
    """Assert a statement about ``value``, publish the value under ``name``, and return it.

    Parameters
    ----------
    name : str
        Name of the claim; the prose quotes the value by it.
    value : array_like
        A number, or an array of which every element must hold. Of an array the worst element,
        the one with the least room to its bound, is published. NaN never holds.
    at_least, at_most : float, optional
        Lower and upper bound, both allowed, alone or together.
    near, within : array_like and float, optional
        The value lies at most ``within`` from ``near``. Given together, and not with a bound.
    text : str
        Format string of the published number.
    silent : bool
        Whether the claim stands behind a sentence that quotes no number, such as "they agree".

    Returns
    -------
    object
        ``value``, unchanged.

    Raises
    ------
    ClaimError
        If the statement does not hold; names the claim, the worst value and the bound.
    ValueError
        If the bounds are not exactly one of the two forms.
    """
    _checked_name(name)
    if (near is None) != (within is None):
        raise ValueError(f"claim {name!r}: `near` and `within` belong together; give both.")
    bounded = at_least is not None or at_most is not None
    if bounded == (near is not None):
        raise ValueError(
            f"claim {name!r}: give either `at_least` and/or `at_most`, or `near` with `within`."
        )
    given = np.atleast_1d(np.asarray(value))
    values = given.astype(float)
    if values.size == 0:
        raise ValueError(f"claim {name!r}: `value` is empty, so there is nothing to assert.")
    if near is None:
        low = -np.inf if at_least is None else at_least
        high = np.inf if at_most is None else at_most
        room = np.minimum(values - low, high - values)
        wanted = " and ".join(
            f"{words} {bound:g}"
            for words, bound in (("at least", at_least), ("at most", at_most))
            if bound is not None
        )
    else:
        assert within is not None
        values, centers = np.broadcast_arrays(values, np.asarray(near, dtype=float))
        given = np.broadcast_to(given, values.shape)
        room = within - np.abs(values - centers)
        wanted = f"within {within:g} of {np.array2string(np.asarray(near), precision=6)}"
    room = np.where(np.isnan(room) | np.isnan(values), -np.inf, room)
    worst = given.flat[int(np.argmin(room))].item()  # as given: an integer stays one
    if not np.all(room >= 0):
        which = f" (worst of {values.size} values)" if values.size > 1 else ""
        raise ClaimError(f"claim {name!r} does not hold: {worst:.6g}{which} is not {wanted}.")
    bounds = {"at_least": at_least, "at_most": at_most, "near": near, "within": within}
    given_bounds = {word: _plain(bound) for word, bound in bounds.items() if bound is not None}
    statement = {"bounds": given_bounds, "statement": wanted, "silent": silent}
    _publish(name, _formatted(name, worst, text), value=worst, **statement)
    return value


def _checked_name(name: str) -> str:
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"`name` must be a non-blank string, got {name!r}.")
    return name


def _formatted(name: str, value: Any, text: str) -> str:
    try:
        formatted = text.format(value)
    except (ValueError, TypeError, IndexError, KeyError) as error:
        raise ValueError(f"{name!r}: `text` {text!r} cannot format {value!r} ({error}).") from error
    return typeset(formatted)


def _plain(value: Any) -> Any:
    """Return a number or nested lists of numbers as JSON has them, anything else as its text."""
    array = np.asarray(value)
    return array.tolist() if array.dtype.kind in "biuf" else str(value)


def _publish(name: str, text: str, *, value: Any, **statement: Any) -> None:
    """Send the output that MyST-NB collects; outside a kernel there is nobody to send to.

    Its metadata also hold the number in full, for who compares two runs of a page.
    """
    try:
        from IPython.core.interactiveshell import InteractiveShell
        from IPython.display import display
    except ImportError:
        return
    if InteractiveShell.initialized():
        kind = "claim" if statement else "number"
        metadata = {
            "scrapbook": {"name": name, "mime_prefix": _HIDDEN},
            "calcbook": {"kind": kind, "value": _plain(value), **statement},
        }
        hidden = statement.get("silent") or _page_shows_values()
        seen = {} if hidden else {"text/plain": f"{name}: {text}"}
        display({_HIDDEN + "text/plain": text, **seen}, raw=True, metadata=metadata)


def _page_shows_values() -> bool:
    """Tell whether the prose has the values: in the book's build, and in the page's own Python."""
    return os.environ.get("LIVEBOOK_STATIC") == "1" or sys.platform == "emscripten"
