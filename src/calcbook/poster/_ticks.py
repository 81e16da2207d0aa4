"""Where plotly puts its ticks and what it writes there, so that a poster says the same."""

from __future__ import annotations

import math
from typing import Any, NamedTuple


class Tick(NamedTuple):
    """Position in axis units (decades on a log axis), label, and relative size of the label."""

    place: float
    label: str
    size: float = 1.0


def ticks(axis: dict[str, Any], length: float, horizontal: bool) -> list[Tick]:
    """Return every tick of an axis.

    Parameters
    ----------
    axis : dict
        The axis of a plotly layout, with its ``range``.
    length : float
        Length of the axis in pixels.
    horizontal : bool
        Whether it is an x axis, which has fewer ticks for its length.
    """
    if "tickvals" in axis:
        return _given(axis)
    low, high = sorted(axis["range"])
    # plotly's own rule of thumb, as its figures are to be matched.
    count = axis.get("nticks") or min(max(length / (80 if horizontal else 40), 4), 9) + 1
    rough = (high - low) / count
    step = axis.get("dtick", "")
    step = None if isinstance(step, str) else step
    if axis.get("type") == "log":
        return _log(low, high, step or rough)
    return _every(low, high, step or round_up(rough), axis.get("tickformat"))


def round_up(rough: float) -> float:
    """Return the next step of the form 1, 2, 5 times a power of ten."""
    base = 10.0 ** math.floor(math.log10(rough))
    return next(m for m in (1, 2, 5, 10) if m * base >= rough * (1 - 1e-9)) * base


def _given(axis: dict[str, Any]) -> list[Tick]:
    log = axis.get("type") == "log"
    values = axis["tickvals"]
    labels = axis.get("ticktext") or [number(value, 0) for value in values]
    places = [math.log10(value) if log else value for value in values]
    return [Tick(place, str(label)) for place, label in zip(places, labels, strict=True)]


def _every(low: float, high: float, step: float, tickformat: str | None) -> list[Tick]:
    first, last = math.ceil(low / step - 1e-6), math.floor(high / step + 1e-6)
    biggest = max(abs(low), abs(high))
    exponent = math.floor(math.log10(biggest) + 0.01) if biggest else 0
    exponent = exponent if abs(exponent) > 3 else 0
    decimals = max(0, -math.floor(math.log10(step) + 1e-9) + exponent)
    result = []
    for index in range(first, last + 1):
        value = index * step
        if tickformat:
            label = _formatted(value, tickformat)
        elif value == 0 or not exponent:
            label = number(value, decimals)
        else:
            label = f"{number(value / 10**exponent, decimals)}×10<sup>{minus(exponent)}</sup>"
        result.append(Tick(value, label))
    return result


def _formatted(value: float, tickformat: str) -> str:
    """Return a number in one of d3's formats, which for these few are Python's."""
    try:
        return minus(format(value, tickformat.replace("~", "")))
    except ValueError as error:
        raise ValueError(f"tickformat {tickformat!r} is not understood by the poster.") from error


def _log(low: float, high: float, rough: float) -> list[Tick]:
    if rough > 0.7:
        decades = math.ceil(rough)
        powers = range(math.ceil(low), math.floor(high) + 1)
        return [Tick(power, decade(power), 1.25) for power in powers if power % decades == 0]
    if high - low < 1:
        count = 1.5 * (high - low) / rough
        step = round_up((10**high - 10**low) / count)
        linear = _every(10**low, 10**high, step, None)
        return [Tick(math.log10(tick.place), tick.label) for tick in linear if tick.place > 0]
    digits = (1, 2, 5) if rough > 0.3 else range(1, 10)
    result = []
    for power in range(math.floor(low), math.ceil(high) + 1):
        for digit in digits:
            place = power + math.log10(digit)
            if low <= place <= high:
                whole = digit == 1
                label, size = (decade(power), 1.25) if whole else (str(digit), 0.75)
                result.append(Tick(place, label, size))
    return result


def decade(exponent: int) -> str:
    """Return a power of ten as plotly writes it."""
    return {0: "1", 1: "10"}.get(exponent, f"10<sup>{minus(exponent)}</sup>")


def number(value: float, decimals: int) -> str:
    """Return a number without needless zeros; ``decimals`` 0 keeps what the value has."""
    return minus(f"{value:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{value:.10g}")


def minus(value: object) -> str:
    """Return the text of ``value`` with a real minus sign."""
    return str(value).replace("-", "\N{MINUS SIGN}")
