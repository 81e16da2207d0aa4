"""Checkers of the exercises: `check("2.3", answer)` says right, or names the likely mistake.

A module ``chapter_N`` holds the exercises of a chapter as a dictionary ``EXERCISES`` from number to
`Exercise`. Right answers are computed there from the statement of the exercise, and never shown.

Examples
--------
>>> check("2.1", ...)
2.1: put your answer in place of the dots.
"""

from calcbook.checks.catalog import all_numbers, check
from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Choice, Function, Number, Order
from calcbook.checks.tolerance import Tolerance, percent, within
from calcbook.checks.verdict import Verdict

__all__ = [
    "Array",
    "Choice",
    "Exercise",
    "Function",
    "Mistake",
    "Number",
    "Order",
    "Tolerance",
    "Verdict",
    "all_numbers",
    "check",
    "percent",
    "within",
]
