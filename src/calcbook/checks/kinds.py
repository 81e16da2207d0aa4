"""The kinds of answers: a number, an array, a function, a choice, an order.

Each reads an answer into the form it compares and tells whether that agrees with the right one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from calcbook.checks import forms
from calcbook.checks.forms import UnfitError
from calcbook.checks.tolerance import Tolerance


@dataclass(frozen=True)
class Number:
    """One real number."""

    tolerance: Tolerance

    def read(self, answer: Any, like: Any = None) -> np.ndarray:
        """Return the number as an array of shape ``(1,)``."""
        return forms.number(answer)

    def agrees(self, values: np.ndarray, right: np.ndarray) -> bool:
        """Tell whether the answer is right."""
        return self.tolerance.holds(values, right)

    @property
    def words(self) -> str:
        """How near the answer must come."""
        return self.tolerance.words()


@dataclass(frozen=True)
class Array:
    """Several numbers of a given shape.

    Attributes
    ----------
    tolerance : Tolerance
    names : sequence of str
        What the entries of a short array are called; then each is held against its own size.
    axes : sequence of str
        What the axes of a longer array stand for, such as ``("sample", "input")``.
    """

    tolerance: Tolerance
    names: Sequence[str] = ()
    axes: Sequence[str] = ()

    def read(self, answer: Any, like: np.ndarray | None = None) -> np.ndarray:
        """Return the array, of the shape of ``like`` or, as a mistake can be that, transposed."""
        if self.names and isinstance(answer, dict):
            raise UnfitError(f"a list is wanted, in this order: {', '.join(self.names)}.")
        array = forms.numbers(answer, "an array")
        if like is None or array.shape in (like.shape, like.shape[::-1]):
            return array
        raise UnfitError(self._about_shape(array.shape, like.shape))

    def _about_shape(self, given: tuple[int, ...], wanted: tuple[int, ...]) -> str:
        meaning = f" ({' × '.join(self.axes)})" if self.axes else ""
        if self.names:
            meaning = f" ({', '.join(self.names)})"
        said = f"an array of shape {wanted}{meaning} is wanted, and yours has shape {given}"
        if given == ():
            return f"{said}: it is a single number."
        if len(wanted) == 1 and np.prod(given) == wanted[0]:
            return f"{said}: flatten it with `.ravel()`."
        if len(given) == len(wanted) == 1 and abs(given[0] - wanted[0]) == 1:
            return f"{said}: one entry too {'many' if given[0] > wanted[0] else 'few'}, at an end?"
        return f"{said}."

    def agrees(self, values: np.ndarray, right: np.ndarray) -> bool:
        """Tell whether the answer is right."""
        return values.shape == right.shape and self.tolerance.holds(values.ravel(), right.ravel())

    @property
    def words(self) -> str:
        """How near the answer must come."""
        return self.tolerance.words(several=True)


@dataclass(frozen=True)
class Function:
    """A function, compared at hidden arguments.

    Attributes
    ----------
    tolerance : Tolerance
        Of its values over all cases together.
    cases : callable
        Returns the hidden cases: a tuple of arguments for each call.
    arrays : bool
        Whether its arguments are numbers and it must also take arrays of them.
    """

    tolerance: Tolerance
    cases: Callable[[], Sequence[tuple[Any, ...]]]
    arrays: bool = False

    def read(self, answer: Any, like: np.ndarray | None = None) -> np.ndarray:
        """Return the values of the function at all cases, one after the other."""
        if not callable(answer):
            raise UnfitError(
                "a function is wanted, and this is its value or something else: hand over the "
                "function itself, without parentheses behind its name."
            )
        cases = self.cases()
        values = [self._value(answer, arguments) for arguments in cases]
        flat = np.concatenate([value.ravel() for value in values])
        if like is not None and flat.size != like.size:
            raise UnfitError(
                f"your function returned {flat.size} values over all hidden cases, and {like.size} "
                "are wanted: does each result have the shape that the exercise asks for?"
            )
        if self.arrays:
            self._try_arrays(answer, cases, flat)
        return flat

    @staticmethod
    def _value(function: Callable[..., Any], arguments: tuple[Any, ...]) -> np.ndarray:
        result = forms.call(function, *arguments)
        if result is None:
            raise UnfitError("your function returns None: end it with `return`.")
        try:
            return forms.numbers(result, "a function of numbers")
        except UnfitError as problem:
            raise UnfitError(f"for a hidden argument, {problem}") from None

    @staticmethod
    def _try_arrays(
        function: Callable[..., Any], cases: Sequence[tuple[Any, ...]], flat: np.ndarray
    ) -> None:
        columns = [np.array(column, dtype=float) for column in zip(*cases, strict=True)]
        try:
            together = np.asarray(forms.call(function, *columns), dtype=float)
            fits = together.shape == flat.shape and np.allclose(together, flat, equal_nan=True)
        except (UnfitError, TypeError, ValueError):
            fits = False
        if not fits:
            raise UnfitError(
                "your function works for single numbers, and not for an array of them: use NumPy's "
                "functions instead of `math`, and `np.where` instead of `if`."
            )

    def in_degrees(self, right: Callable[..., Any]) -> list[np.ndarray]:
        """Return what the right function gives if its angles are taken for degrees, or back."""
        if not self.arrays:
            return []
        turned = (
            [tuple(turn(value) for value in case) for case in self.cases()]
            for turn in (np.radians, np.degrees)
        )
        with np.errstate(all="ignore"):
            return [np.array([float(right(*case)) for case in cases]) for cases in turned]

    def agrees(self, values: np.ndarray, right: np.ndarray) -> bool:
        """Tell whether the answer is right."""
        return self.tolerance.holds(values, right)

    @property
    def words(self) -> str:
        """How near the answer must come."""
        return self.tolerance.words(several=True)


def _names(answer: Any, among: Sequence[str]) -> list[str]:
    """Return the chosen names as they are spelled in ``among``; capitals do not matter."""
    chosen = [answer] if isinstance(answer, str | bool | np.bool_) else answer
    if not isinstance(chosen, list | tuple | set | frozenset | np.ndarray):
        raise UnfitError(f"a name is wanted, in quotes: one of {', '.join(among)}.")
    spelled = {name.casefold(): name for name in among}
    spelled |= {"true": spelled.get("yes", ""), "false": spelled.get("no", "")}
    found = []
    for name in chosen:
        key = str(name).strip().casefold()
        if not spelled.get(key):
            raise UnfitError(f"{str(name)!r} is none of the names: {', '.join(among)}.")
        found.append(spelled[key])
    return found


@dataclass(frozen=True)
class Choice:
    """One of the names, or a set of them if ``several``; True and False stand for yes and no."""

    among: Sequence[str]
    several: bool = False

    def read(self, answer: Any, like: Any = None) -> frozenset[str]:
        """Return the chosen names."""
        chosen = frozenset(_names(answer, self.among))
        if not self.several and len(chosen) != 1:
            raise UnfitError(f"one name is wanted, and yours are {len(chosen)}.")
        if not chosen:
            raise UnfitError(f"nothing is chosen; the names are {', '.join(self.among)}.")
        return chosen

    def agrees(self, values: frozenset[str], right: frozenset[str]) -> bool:
        """Tell whether the answer is right."""
        return values == right

    words = ""


@dataclass(frozen=True)
class Order:
    """All the names, in order."""

    items: Sequence[str]

    def read(self, answer: Any, like: Any = None) -> list[str]:
        """Return the names in the order given."""
        if isinstance(answer, set | frozenset):
            raise UnfitError("a set has no order: give the names as a list.")
        names = _names(answer, self.items)
        if sorted(names) != sorted(self.items):
            raise UnfitError(f"a list of each name once is wanted: {', '.join(self.items)}.")
        return names

    def agrees(self, values: list[str], right: list[str]) -> bool:
        """Tell whether the answer is right."""
        return values == right

    words = ""


Kind = Number | Array | Function | Choice | Order
