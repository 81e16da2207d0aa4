"""Finding an exercise by its number: each chapter's module is imported when it is asked for."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from typing import Any

import calcbook.checks
from calcbook.checks.exercise import Exercise
from calcbook.checks.verdict import Verdict


def check(number: str, answer: Any) -> Verdict:
    """Judge an answer to an exercise.

    Parameters
    ----------
    number : str
        Number of the exercise, such as ``"2.3"``.
    answer : object
        What the exercise asks for: a number, an array, a function, a name, a list of names.

    Returns
    -------
    Verdict
        Displays itself as a sentence; ``.right`` is True for a right answer.

    Raises
    ------
    ValueError
        If there is no such exercise; the nearest numbers are named.
    TypeError
        If the number is not text.
    """
    return exercise(number).judge(number, answer)


def exercise(number: str) -> Exercise:
    """Return the exercise with a number."""
    if not isinstance(number, str):
        raise TypeError(f'`number` must be text such as "2.3", with quotes, got {number!r}.')
    chapter = number.split(".")[0]
    found = _of_chapter(chapter).get(number) if chapter.isdecimal() else None
    if found is None:
        near = difflib.get_close_matches(number, all_numbers(), n=3, cutoff=0.0)
        raise ValueError(f"there is no exercise {number!r}; the nearest are {', '.join(near)}.")
    return found


def all_numbers() -> list[str]:
    """Return the numbers of all exercises, in the book's order."""
    numbers = [number for chapter in _chapters() for number in _of_chapter(chapter)]
    return sorted(numbers, key=lambda number: tuple(map(int, number.split("."))))


def _chapters() -> list[str]:
    names = [module.name for module in pkgutil.iter_modules(calcbook.checks.__path__)]
    return [name.removeprefix("chapter_") for name in names if name.startswith("chapter_")]


def _of_chapter(chapter: str) -> dict[str, Exercise]:
    if chapter not in _chapters():
        return {}
    return importlib.import_module(f"calcbook.checks.chapter_{chapter}").EXERCISES
