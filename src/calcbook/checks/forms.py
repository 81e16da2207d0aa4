"""Reading answers: what has the wrong form gets a sentence with the mend, never a traceback."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import numpy as np


class NothingYetError(Exception):
    """The answer is still the dots of the starter cell."""


class UnfitError(Exception):
    """The answer cannot be compared; the text says why, and what to do."""


def refuse_blanks(answer: Any) -> None:
    """Raise if the answer is the starter's dots, ``None`` or a function without a body."""
    if answer is Ellipsis or is_empty_function(answer):
        raise NothingYetError
    if isinstance(answer, list | tuple) and any(item is Ellipsis for item in answer):
        raise NothingYetError
    if answer is None:
        raise UnfitError(
            "your answer is None. A function without `return` gives None, and so does a method "
            "that changes its object in place."
        )


def is_empty_function(answer: Any) -> bool:
    """Tell whether a function's body is nothing but dots (and perhaps a docstring)."""
    if not isinstance(answer, types.FunctionType) or answer.__name__ == "<lambda>":
        return False

    def empty() -> None: ...

    code = answer.__code__
    constants = [value for value in code.co_consts if value is not None]
    return (
        len(code.co_code) <= len(empty.__code__.co_code)
        and not code.co_names
        and constants in ([], [answer.__doc__], [Ellipsis])
    )


def name_of_type(answer: Any) -> str:
    """Return what a thing is, in words for a student."""
    names = {bool: "True or False", str: "a text", dict: "a dictionary", set: "a set"}
    return names.get(type(answer), f"of type {type(answer).__name__}")


def numbers(answer: Any, wanted: str) -> np.ndarray:
    """Return the answer as an array of floats of whatever shape.

    Parameters
    ----------
    answer : object
    wanted : str
        What the exercise asks for, such as ``"a number"``.

    Raises
    ------
    UnfitError
        If it is not made of finite real numbers.
    """
    if isinstance(answer, str):
        raise UnfitError(f"{wanted} is wanted, and {answer!r} is a text: leave out the quotes.")
    if callable(answer) and not hasattr(answer, "__array__"):
        name = getattr(answer, "__name__", "f")
        raise UnfitError(
            f"{wanted} is wanted, and this is the function `{name}` itself: call it, `{name}(...)`."
        )
    if isinstance(answer, bool | np.bool_ | dict | set):
        raise UnfitError(f"{wanted} is wanted, and this is {name_of_type(answer)}.")
    array = _as_array(answer, wanted)
    if array.dtype.kind == "c":
        raise UnfitError(f"{wanted} is wanted, and yours is complex: take its real part or size.")
    if array.dtype.kind not in "iuf":
        raise UnfitError(f"{wanted} is wanted; yours holds values that are no numbers.")
    bad = np.flatnonzero(~np.isfinite(array))
    if bad.size:
        what = "NaN" if np.isnan(array.flat[bad[0]]) else "infinite"
        where = f" at index {bad[0]}" if array.size > 1 else ""
        raise UnfitError(
            f"your answer is {what}{where}: look for a division by zero, the logarithm or root of "
            "a negative number, or an overflow."
        )
    return array.astype(float)


def _as_array(answer: Any, wanted: str) -> np.ndarray:
    try:
        return np.asarray(answer)
    except Exception as error:  # ragged lists, tensors that need a gradient, and what else comes
        raise UnfitError(
            f"{wanted} is wanted, and yours can't be turned into one ({short_error(error)})."
        ) from None


def number(answer: Any) -> np.ndarray:
    """Return a lone number as an array of shape ``(1,)``."""
    array = numbers(answer, "a number")
    if array.size != 1:
        raise UnfitError(
            f"one number is wanted, and yours are {array.size}, of shape {array.shape}: which of "
            "them, or which mean or sum of them, is asked for?"
        )
    return array.reshape(1)


def short_error(error: BaseException) -> str:
    """Return an exception as one short line."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:120]}" if text else type(error).__name__


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a student's function; if it raises, name its exception and its line.

    Raises
    ------
    UnfitError
        Without the arguments it was called with, which are hidden.
    """
    copies = [np.copy(item) if isinstance(item, np.ndarray) else item for item in arguments]
    try:
        return function(*copies)
    except Exception as error:
        said = f"your function raised {short_error(error)}{_line(function, error)}"
        raise UnfitError(said) from None


def _line(function: Callable[..., Any], error: Exception) -> str:
    """Return where in the student's own code the exception came from."""
    code = getattr(function, "__code__", None)
    place, trace = None, error.__traceback__
    while trace is not None:
        if code is not None and trace.tb_frame.f_code.co_filename == code.co_filename:
            place = trace.tb_lineno - code.co_firstlineno + 1
        trace = trace.tb_next
    if code is None or place is None:
        return ". Can it be called with the arguments that the exercise names, in their order?"
    return f", in line {place} of the function." if place > 0 else ", in a function that it calls."
