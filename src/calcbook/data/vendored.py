"""Data files that come with the book, from ``book/data``."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np


class TrainingLog(NamedTuple):
    """A training run, one entry a step.

    Attributes
    ----------
    step : ndarray of int, shape (n,)
    loss : ndarray, shape (n,)
        Mean cross-entropy of the step's mini-batch, in nats.
    learning_rate : ndarray, shape (n,)
    """

    step: np.ndarray
    loss: np.ndarray
    learning_rate: np.ndarray


class Track(NamedTuple):
    """Positions of something that moves, on a plane. All arrays have shape (n,).

    Attributes
    ----------
    time : ndarray
        Seconds since the first position, increasing.
    east, north : ndarray
        Meters from the first position.
    """

    time: np.ndarray
    east: np.ndarray
    north: np.ndarray


def track() -> Track:
    """Return five minutes of a real bicycle ride, from one traffic light to the next.

    A phone recorded about one position a second, and left some out.

    Raises
    ------
    FileNotFoundError
        If the file is in none of the folders that `data_file` looks into.
    """
    return Track(*np.loadtxt(data_file("track.csv"), delimiter=",", skiprows=1, unpack=True))


def training_log() -> TrainingLog:
    """Return the log of a real training run that learns, stalls, breaks and half recovers.

    Raises
    ------
    FileNotFoundError
        If the file is in none of the folders that `data_file` looks into.
    """
    table = np.loadtxt(data_file("training-log.csv"), delimiter=",", skiprows=1, unpack=True)
    return TrainingLog(table[0].astype(int), table[1], table[2])


def data_file(name: str) -> Path:
    """Return the path of a data file.

    A source checkout holds it above the package, whatever the working folder; an installed package
    brings a copy inside (`setup.py`); a page run in the browser has its data beside it.
    """
    here = Path(__file__).resolve()
    folders = [here.parents[3] / "book" / "data", here.parent / "files", Path.cwd() / "data"]
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    searched = " and ".join(str(folder) for folder in folders)
    raise FileNotFoundError(
        f"data file {name!r} was not found in {searched}; "
        "run from a clone of the book, install it anew, or put the file into a folder `data` "
        "beside the page."
    )
