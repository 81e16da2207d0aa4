"""One control of a moving figure: its values, and the words the reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from calcbook._text import typeset


@dataclass
class Control:
    """A list of values that the reader moves through.

    Parameters
    ----------
    values : sequence
        Numbers make a slider, strings or booleans a menu.
    label : str, optional
        What stands beside the control, with the unit; the parameter's name by default.
    start : int
        Index of the value the figure starts with; a negative index counts from the end.
    format : str
        How a number is written, such as ``"{:.0%}"``.
    """

    values: Sequence[Any]
    label: str = ""
    start: int = 0
    format: str = "{:g}"
    name: str = field(default="", init=False)

    def named(self, name: str) -> Control:
        """Check the control and tie it to the parameter ``name`` of the drawing function."""
        self.values = list(self.values)
        self.name = name
        self.label = self.label or name.replace("_", " ")
        if not self.values:
            raise ValueError(f"Control {name!r} has no values; give at least one.")
        if not -len(self.values) <= self.start < len(self.values):
            raise ValueError(
                f"Control {name!r}: start {self.start} is no index of {len(self.values)} values."
            )
        self.start %= len(self.values)
        repeated = [text for text in set(self.labels) if self.labels.count(text) > 1]
        if repeated:
            raise ValueError(
                f"Control {name!r} shows {repeated[0]!r} for two values; use a finer format."
            )
        return self

    @property
    def kind(self) -> str:
        """Return "range" for numbers and "select" for anything else."""
        numeric = all(isinstance(v, int | float) and not isinstance(v, bool) for v in self.values)
        return "range" if numeric else "select"

    @property
    def labels(self) -> list[str]:
        """Return what the reader sees for each value."""
        if self.kind == "range":
            return [typeset(self.format.format(value)) for value in self.values]
        words = {True: "yes", False: "no"}
        return [words[v] if isinstance(v, bool) else str(v) for v in self.values]

    def described(self) -> dict[str, Any]:
        """Return the control's entry in the bundle."""
        return {
            "name": self.name,
            "label": self.label,
            "kind": self.kind,
            "labels": self.labels,
            "start": self.start,
        }
