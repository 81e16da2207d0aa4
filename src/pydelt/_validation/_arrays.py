"""Anything array-like becomes float64, or an error that says why it is no array of real numbers."""

from __future__ import annotations

import datetime

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

# kinds of NumPy's types, and what Python's own objects would be among them
_KINDS = {"U": "text", "S": "text", "m": "dates", "M": "dates", "c": "complex", "V": "records"}
_OBJECTS = {
    "text": (str, bytes),
    "dates": (datetime.date, datetime.timedelta, np.datetime64, np.timedelta64),
    "complex": (complex, np.complexfloating),
}
_MENDS = {
    "text": "{0} holds text. Convert it first, e.g. {0}.astype(float).",
    "dates": "{0} holds dates. Convert them to numbers first, "
    "e.g. ({0} - {0}[0]) / np.timedelta64(1, 's').",
    "complex": "{0} is complex. Use {0}.real and {0}.imag separately.",
    "records": "{0} holds records of several fields. Choose one, e.g. {0}['field'].",
}


def as_real_array(name: str, values: ArrayLike) -> FloatArray:
    """Turn `values` into a float64 array, or say why they are not real numbers.

    Booleans count as 0 and 1. Masked entries become NaN, so that they meet the caller's ``nan``
    option instead of vanishing.

    Raises
    ------
    TypeError
        For None, text, dates, complex numbers, records, and objects that are no numbers.
    ValueError
        For ragged nested lists, and for integers beyond the range of float64.
    """
    if values is None:
        raise TypeError(f"{name} is None. Give numbers.")
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} is ragged: give every row the same length.") from error
    kinds = {type(entry) for entry in array.flat} if array.dtype.kind == "O" else set()
    wrong = _KINDS.get(array.dtype.kind) or next(
        (what for what, types in _OBJECTS.items() if any(issubclass(k, types) for k in kinds)), None
    )
    if wrong:
        raise TypeError(_MENDS[wrong].format(name))
    try:
        real = array.astype(np.float64)
    except OverflowError as error:
        raise ValueError(f"{name} holds integers too large for float64. Rescale them.") from error
    except (TypeError, ValueError) as error:
        found = ", ".join(sorted(kind.__name__ for kind in kinds))
        raise TypeError(
            f"{name} must hold real numbers, got objects of type {found}. "
            "Convert them to float first, with NaN for what is missing."
        ) from error
    if isinstance(values, np.ma.MaskedArray):
        real[np.ma.getmaskarray(values)] = np.nan
    return real


def check_finite(name: str, array: FloatArray, mend: str) -> None:
    """Raise when `array` has NaN or infinite entries; say how many, where, and the `mend`."""
    bad = ~np.isfinite(array)
    if not bad.any():
        return
    missing = int(np.isnan(array).sum())
    infinite = int(bad.sum()) - missing
    counts = [f"{missing} NaN"] * (missing > 0) + [f"{infinite} infinite"] * (infinite > 0)
    first = np.unravel_index(int(np.argmax(bad)), array.shape)
    where = int(first[0]) if len(first) == 1 else tuple(int(i) for i in first)
    place = f" (first at index {where})" if array.ndim else ""
    raise ValueError(f"{name} has {' and '.join(counts)}{place}. {mend}")
