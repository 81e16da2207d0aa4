"""What a checker says of an answer, as text, as HTML, and to the build."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

# Each is seen on a white and on a dark page; the sign and the words say the same without color.
_LOOKS = {True: ("✓", "#1a7f37"), False: ("✗", "#bf5700"), None: ("…", "#6e7681")}


@dataclass(frozen=True, repr=False)
class Verdict:
    """The verdict on one answer.

    Attributes
    ----------
    number : str
        Number of the exercise, such as ``"2.3"``.
    right : bool
        Whether the answer is right.
    message : str
        The sentence for the student.
    mistake : str or None
        Name of the mistake that was recognized.
    answered : bool
        False while the answer is still the dots of the starter cell.
    """

    number: str
    right: bool
    message: str
    mistake: str | None = None
    answered: bool = True

    def __repr__(self) -> str:
        """Return the verdict as a line of text."""
        return f"{self.number}: {self.message}"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, str], dict[str, Any]]:
        """Return text and HTML for a notebook, and what the book's build reads from the output."""
        sign, color = _LOOKS[self.right if self.answered else None]
        kind = "verdict verdict-right" if self.right else "verdict"
        html = (
            f'<div class="{kind}" style="border-left: 0.25rem solid {color}; '
            f'padding: 0.2rem 0.8rem; color: inherit">'
            f'<span aria-hidden="true" style="font-weight: bold">{sign}</span> '
            f"<strong>{escape(self.number)}</strong>: {escape(self.message)}</div>"
        )
        seen_by_build = {"calcbook_verdict": {"exercise": self.number, "right": self.right}}
        return {"text/plain": repr(self), "text/html": html}, seen_by_build
