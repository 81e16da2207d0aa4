"""Expressions that are equal on paper and not on a computer, and how wrong each form is.

References
----------
Goldberg (1991), "What every computer scientist should know about floating-point arithmetic",
doi:10.1145/103162.103163.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

PRECISIONS: dict[str, Any] = {"float32": np.float32, "float64": np.float64}
DIGITS = 60  # of the exact values; the smallest arguments and their squares need about 45


class Expression(NamedTuple):
    """One expression in two forms.

    Attributes
    ----------
    naive, stable : callable
        Of arrays, computed in the precision of their argument.
    exact : callable
        Of a `Decimal`, with `DIGITS` digits.
    arguments : (float, float)
        Powers of ten between which it is tried.
    argument : str
        Title of the axis.
    forms : (str, str)
        Both forms in words.
    """

    naive: Callable[[Any], Any]
    stable: Callable[[Any], Any]
    exact: Callable[[Decimal], Decimal]
    arguments: tuple[float, float]
    argument: str
    forms: tuple[str, str]


def _exact_cosine_quotient(h: Decimal) -> Decimal:
    """Return (1 - cos h)/h² = 1/2! - h²/4! + h⁴/6! - ..."""
    total = term = Decimal(1) / 2
    k = 2
    while abs(term) > Decimal(10) ** (-DIGITS):
        term *= -h * h / ((k + 1) * (k + 2))
        total += term
        k += 2
    return total


EXPRESSIONS = {
    "(1 − cos h)/h²": Expression(
        lambda h: (1 - np.cos(h)) / h**2,
        lambda h: 2 * (np.sin(h / 2) / h) ** 2,
        _exact_cosine_quotient,
        (-16, 0),
        "h",
        ("(1 − cos h)/h²", "2 (sin(h/2)/h)²"),
    ),
    "log(1 + h)/h": Expression(
        lambda h: np.log(1 + h) / h,
        lambda h: np.log1p(h) / h,
        lambda h: (1 + h).ln() / h,
        (-16, 0),
        "h",
        ("log(1 + h)/h", "log1p(h)/h"),
    ),
    "(eʰ − 1)/h": Expression(
        lambda h: (np.exp(h) - 1) / h,
        lambda h: np.expm1(h) / h,
        lambda h: (h.exp() - 1) / h,
        (-16, 0),
        "h",
        ("(exp(h) − 1)/h", "expm1(h)/h"),
    ),
    "(√(1 + h) − 1)/h": Expression(
        lambda h: (np.sqrt(1 + h) - 1) / h,
        lambda h: 1 / (np.sqrt(1 + h) + 1),
        lambda h: ((1 + h).sqrt() - 1) / h,
        (-16, 0),
        "h",
        ("(√(1 + h) − 1)/h", "1/(√(1 + h) + 1)"),
    ),
    "log(eˢ + 1)": Expression(
        lambda s: np.log(np.exp(s) + 1),
        lambda s: s + np.log1p(np.exp(-s)),
        lambda s: (s.exp() + 1).ln(),
        (-1, 4),
        "s",
        ("log(exp(s) + 1)", "s + log1p(exp(−s))"),
    ),
}


def relative_error(expression: str, form: str, precision: str, n: int = 161) -> tuple[Array, Array]:
    """Return arguments and how wrong one form is at each, as a share of the exact value.

    Parameters
    ----------
    expression : str
        One of `EXPRESSIONS`.
    form : {"naive", "stable"}
    precision : {"float32", "float64"}
    n : int
        Number of arguments, evenly spread over their powers of ten.

    Returns
    -------
    arguments, errors : ndarray, shape (n,)
        An error is inf where the form overflows.
    """
    chosen, kind = EXPRESSIONS[expression], PRECISIONS[precision]
    arguments = np.logspace(*chosen.arguments, n).astype(kind)
    compute = {"naive": chosen.naive, "stable": chosen.stable}[form]
    with np.errstate(all="ignore"):
        computed = compute(arguments)
    assert computed.dtype == kind, "a form must not raise the precision"
    with decimal.localcontext() as context:
        context.prec = DIGITS
        exact = [chosen.exact(Decimal(float(h))) for h in arguments]
        off = [_off(float(c), e) for c, e in zip(computed, exact, strict=True)]
    return arguments.astype(float), np.array(off)


def _off(computed: float, exact: Decimal) -> float:
    if not np.isfinite(computed):
        return np.inf
    return float(abs(Decimal(computed) / exact - 1))
