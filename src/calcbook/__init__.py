"""What the chapters share: moving figures, charts, style, named claims, and data.

Examples
--------
>>> import calcbook
>>> calcbook.claim("pi, roughly", 22 / 7, near=3.14159, within=0.01)
3.142857142857143
"""

from calcbook.claims import ClaimError, claim, number
from calcbook.figures import Control, MovingFigure, moving_figure, still_figure

__all__ = [
    "ClaimError",
    "Control",
    "MovingFigure",
    "claim",
    "moving_figure",
    "number",
    "still_figure",
]
