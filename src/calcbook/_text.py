"""Numbers written as a printed book writes them."""

from __future__ import annotations

import re

_PLAIN_NUMBER = re.compile(r"[-+]?[\d.,]+(e[-+]?\d+)?")
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power_of_ten(exponent: int) -> str:
    """Return ``10⁻⁵`` for -5."""
    return "10" + str(exponent).translate(_SUPERSCRIPT)


def typeset(text: str) -> str:
    """Write a lone number with a real minus sign, and 3.2e-05 as 3.2 × 10⁻⁵; leave other text."""
    if not _PLAIN_NUMBER.fullmatch(text):
        return text
    mantissa, _, exponent = text.partition("e")
    if exponent:
        power = power_of_ten(int(exponent))
        sign, digits = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
        mantissa = sign + power if float(digits) == 1 else f"{mantissa} × {power}"
    return mantissa.replace("-", "\N{MINUS SIGN}", 1) if mantissa[:1] == "-" else mantissa
