"""Data of one's own for every student: a seed that follows from a name."""

from __future__ import annotations

import hashlib

import numpy as np


def student_seed(name: str) -> int:
    """Turn a student's name into the seed of their data.

    Names that differ only in case or in spaces give the same seed; other names give other seeds,
    but for one chance in four billion.

    Parameters
    ----------
    name : str
        The name as it stands in the course's list.

    Returns
    -------
    int
        From 0 to 2**32 - 1.

    Raises
    ------
    TypeError
        If the name is not text.
    ValueError
        If it is blank.
    """
    if not isinstance(name, str):
        raise TypeError(f'`student` must be text such as "Ada Lovelace", got {name!r}.')
    letters = "".join(name.split()).casefold()
    if not letters:
        raise ValueError(
            "`student` is blank: write your name, as the course's list has it, between its quotes "
            "in the first cell, and run that cell."
        )
    return int.from_bytes(hashlib.sha256(letters.encode()).digest()[:4], "big")


def generator(name: str, question: str) -> np.random.Generator:
    """Return the random numbers of one student's data in one question.

    Each question has numbers of its own, so that what a student draws elsewhere changes none.

    Parameters
    ----------
    name, question : str
        The student's name; a name for the data, such as ``"heater"``.

    Raises
    ------
    TypeError, ValueError
        As :func:`student_seed`.
    """
    return np.random.default_rng([student_seed(name), *question.encode()])
