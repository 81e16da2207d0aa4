"""An exercise as its checker knows it: kind of answer, right answer, mistakes, and the judging."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from calcbook.checks import forms
from calcbook.checks.kinds import Array, Choice, Function, Kind, Number, Order
from calcbook.checks.mistakes import Named, recognize
from calcbook.checks.verdict import Verdict


@dataclass(frozen=True)
class Mistake:
    """A mistake of one exercise, and what to say to who made it.

    Attributes
    ----------
    name : str
        Short and unique within the exercise.
    message : str
        One or two sentences: where to look, never the right answer.
    made : callable, optional
        Makes the mistake: returns the wrong answer that it leads to.
    when : callable, optional
        Tells from the answer whether the mistake was made. It is given the number as a float, the
        array, the values of a function at all hidden cases, the set of chosen names, or the list.
    """

    name: str
    message: str
    made: Callable[[], Any] | None = None
    when: Callable[[Any], bool] | None = None

    def __post_init__(self) -> None:
        """Refuse a mistake that could never be recognized."""
        if self.made is None and self.when is None:
            raise ValueError(f"mistake {self.name!r}: give `made` or `when`")


@dataclass(frozen=True)
class Exercise:
    """What the checker of an exercise needs.

    Attributes
    ----------
    kind : Number, Array, Function, Choice or Order
    right : callable
        Computes the right answer; it is called once, with nothing.
    hint : str
        Said to a wrong answer in which no mistake is recognized. Never the answer.
    mistakes : sequence of Mistake
        Looked for in this order, before those that are made in any exercise.
    instead : mapping from str to callable
        Other quantities that are taken for the one asked for, such as ``"the value of f"``.
    wrong : sequence of (callable, str)
        More wrong answers, each with the name of the mistake that is to be recognized in it.
    n : int, optional
        Number of samples, by which one forgets to divide.
    then : str
        Said to a right answer: what it means, or a question to go on with.
    """

    kind: Kind
    right: Callable[[], Any]
    hint: str
    mistakes: Sequence[Mistake] = ()
    instead: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    wrong: Sequence[tuple[Callable[[], Any], str]] = ()
    n: int | None = None
    then: str = ""

    @functools.cached_property
    def _right(self) -> Any:
        return self.kind.read(self.right())

    def judge(self, number: str, answer: Any) -> Verdict:
        """Return the verdict on an answer to this exercise, which has the given number."""
        try:
            forms.refuse_blanks(answer)
            values: Any = self.kind.read(answer, self._right)
        except forms.NothingYetError:
            return Verdict(
                number, False, "put your answer in place of the dots.", "nothing yet", False
            )
        except forms.UnfitError as problem:
            return Verdict(number, False, str(problem), "wrong form")
        if self.kind.agrees(values, self._right):
            said = f"right, {self.kind.words}." if self.kind.words else "right."
            return Verdict(number, True, f"{said} {self.then}".strip())
        found = self._own_mistake(values) or self._general_mistake(values)
        if found is not None:
            return Verdict(number, False, f"not yet. {found.message}", found.name)
        looked = f" (looked at {self.kind.words})" if self.kind.words else ""
        return Verdict(number, False, f"not yet{looked}. {self._partly(values)}{self.hint}")

    def wrong_answers(self) -> Iterator[tuple[Any, str]]:
        """Yield wrong answers, each with the name of the mistake that it shows."""
        for mistake in self.mistakes:
            if mistake.made is not None:
                yield mistake.made(), mistake.name
        for name, other in self.instead.items():
            yield other(), f"instead: {name}"
        for answer, name in self.wrong:
            yield answer(), name

    def _own_mistake(self, values: Any) -> Named | None:
        shown = float(values[0]) if isinstance(self.kind, Number) else values
        for mistake in self.mistakes:
            if mistake.when is not None and mistake.when(shown):
                return Named(mistake.name, mistake.message)
        made = {
            Named(mistake.name, mistake.message): mistake.made
            for mistake in self.mistakes
            if mistake.made is not None
        }
        for name, other in self.instead.items():
            made[Named(f"instead: {name}", f"This is {name}; asked is something else.")] = other
        near = {named: self._distance(values, make()) for named, make in made.items()}
        best = min(near, key=lambda named: near[named], default=None)
        return best if best is not None and near[best] <= 1 else None

    def _distance(self, values: Any, wrong: Any) -> float:
        """Return how far an answer is from a wrong one, in units of what is allowed."""
        wrong = self.kind.read(wrong)
        if isinstance(self.kind, Choice | Order):
            return 0.0 if values == wrong else np.inf
        if values.shape != wrong.shape:
            return np.inf
        return float(self.kind.tolerance.error(values.ravel(), wrong.ravel()).max())

    def _general_mistake(self, values: Any) -> Named | None:
        if isinstance(self.kind, Choice):
            return _of_choice(values, self._right) if self.kind.several else None
        if isinstance(self.kind, Order):
            reversed_order = Named("reversed order", "It is exactly the other way round.")
            return reversed_order if values == self._right[::-1] else None
        in_degrees = self.kind.in_degrees(self.right()) if isinstance(self.kind, Function) else ()
        axes = self.kind.axes if isinstance(self.kind, Array) else ()
        return recognize(
            values, self._right, self.kind.tolerance, n=self.n, in_degrees=in_degrees, axes=axes
        )

    def _partly(self, values: Any) -> str:
        """Say how much of an array or an order is right already."""
        if isinstance(self.kind, Order):
            placed = sum(mine == right for mine, right in zip(values, self._right, strict=True))
            return f"{placed} of {len(values)} stand in their places. " if placed else ""
        if not isinstance(self.kind, Array) or values.shape != self._right.shape:
            return ""
        error = self.kind.tolerance.error(values.ravel(), self._right.ravel())
        off = np.flatnonzero(~(error <= 1))
        if off.size == error.size:
            return ""
        first = self.kind.names[off[0]] if self.kind.names else f"that at index {off[0]}"
        rest = f"{error.size - off.size} of {error.size} values are right"
        return f"{rest}; the first that is not: {first}. "


def _of_choice(chosen: frozenset[str], right: frozenset[str]) -> Named | None:
    if chosen < right:
        return Named("incomplete", "All that you chose belongs there, and something is missing.")
    if chosen > right:
        return Named("too many", "All that belongs there is chosen, and something too many.")
    return None
