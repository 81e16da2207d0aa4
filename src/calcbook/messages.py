"""What a call says when something is amiss, caught so that a page can show it."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from textwrap import fill
from typing import Any


class Messages(list[str]):
    """Messages, one of a warning or an error each; displays itself as wrapped text."""

    def __repr__(self) -> str:
        """Return the messages, each wrapped, or say that there were none."""
        if not self:
            return "(no warning)"
        return "\n".join(fill(text, 72, subsequent_indent="    ") for text in self)


def messages(call: Callable[[], Any]) -> Messages:
    """Run ``call`` and return its warnings and, if it failed, its error.

    Parameters
    ----------
    call : callable
        Takes nothing; what it returns is dropped.

    Returns
    -------
    Messages
        A list of texts such as ``"ValueError: x has 3 samples ..."``, the error last.

    Examples
    --------
    >>> messages(lambda: 1 / 0)
    ZeroDivisionError: division by zero
    >>> messages(lambda: 1 / 1)
    (no warning)
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            call()
        except Exception as error:
            failed = [f"{type(error).__name__}: {error}"]
        else:
            failed = []
    return Messages([f"{w.category.__name__}: {w.message}" for w in caught] + failed)
