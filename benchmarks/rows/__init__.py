"""What the table says, row by row: each module measures some of its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Row:
    """One measured row.

    Attributes
    ----------
    key : str
        Entry of ``targets.toml``.
    measured : dict
        Name of the share of data ("development", "set aside", or "all") to the number.
    peer : str
        The best peer, and `peer_value` what it reaches on the same row.
    note : str
        What else the reader has to know.
    """

    key: str
    measured: dict[str, float]
    peer: str = ""
    peer_value: float = float("nan")
    note: str = ""


@dataclass
class Table:
    """A table beside the rows: what lies behind a number.

    Attributes
    ----------
    key : str
    title : str
    columns : list of str
    lines : list of lists
        Text or numbers, one for each column.
    """

    key: str
    title: str
    columns: list[str]
    lines: list[list[Any]] = field(default_factory=list)
