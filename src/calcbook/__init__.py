"""What the chapters share: moving figures, charts, style, claims, checkers of exercises, data.

Examples
--------
>>> import calcbook
>>> calcbook.claim("pi, roughly", 22 / 7, near=3.14159, within=0.01)
3.142857142857143
"""

from calcbook.checks import check
from calcbook.claims import ClaimError, claim, number
from calcbook.figures import Control, Handle, MovingFigure, moving_figure, still_figure

__all__ = [
    "ClaimError",
    "Control",
    "Handle",
    "MovingFigure",
    "check",
    "claim",
    "moving_figure",
    "number",
    "still_figure",
]
