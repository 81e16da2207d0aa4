"""The committed results of the benchmark, and tables of them for the page that shows them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from calcbook.data.vendored import data_file

SHARES = {"development": "seen", "set aside": "unseen", "all": "measured"}


@cache
def results() -> dict[str, Any]:
    """Return the results as they were written: date, machine, versions, rows and tables."""
    return json.loads(data_file("benchmarks.json").read_text(encoding="utf-8"))


def row(key: str) -> dict[str, Any]:
    """Return one row of the table of targets.

    Raises
    ------
    KeyError
        If there is no such row.
    """
    for each in results()["rows"]:
        if each["key"] == key:
            return each
    raise KeyError(f"The results hold no row {key!r}.")


def worst(key: str) -> float:
    """Return the larger number of a row, where development and set-aside data differ."""
    return max(row(key)["measured"].values())


def lines(table: str, **where: Any) -> list[dict[str, Any]]:
    """Return the lines of a table that agree with `where`, each as a dict by column."""
    columns = results()["tables"][table]["columns"]
    found = [dict(zip(columns, line, strict=True)) for line in results()["tables"][table]["lines"]]
    return [line for line in found if all(line[key] == value for key, value in where.items())]


class MarkdownTable:
    """A table that a notebook and the book render; the first column is text, the others numbers."""

    def __init__(self, head: Sequence[str], body: Iterable[Sequence[Any]]) -> None:
        self.head = head
        self.body = [[cell(each) for each in line] for line in body]

    def _repr_markdown_(self) -> str:
        marks = [":--", *["--:"] * (len(self.head) - 1)]
        return "\n".join("| " + " | ".join(line) + " |" for line in [self.head, marks, *self.body])

    def __repr__(self) -> str:
        """Show the Markdown, where nothing renders it."""
        return self._repr_markdown_()


def cell(value: Any) -> str:
    """Write a cell: three digits, a dash for what was not measured, no bars."""
    if value is None:
        return "–"
    if isinstance(value, float):
        if value and not 1e-3 <= abs(value) < 1e4:
            return scientific(value)
        return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return str(value).replace("|", "\\|")


def scientific(value: float) -> str:
    """Write a number as a power of ten."""
    digits, power = f"{value:.1e}".split("e")
    raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digits}·10{raised}"


def targets_table(*keys: str) -> MarkdownTable:
    """Return rows of the table of targets: what and best peer, target, each measured share."""
    rows = [row(key) for key in keys]
    shares = [share for share in SHARES if any(share in each["measured"] for each in rows)]
    body = [
        [_name(each), each["target"], *(_measured(each, share) for share in shares)]
        for each in rows
    ]
    return MarkdownTable(["what", "target", *(SHARES[share] for share in shares)], body)


def _name(each: dict[str, Any]) -> str:
    text = str(each["what"])
    if each["peer"] and each["peer_value"] is not None:
        text += f"<br>*best peer: {cell(each['peer_value'])}, {each['peer']}*"
    return text.replace("_", "\\_<wbr>")  # long names may break on a phone


def _measured(each: dict[str, Any], share: str) -> str:
    if share not in each["measured"]:
        return "–"
    return cell(each["measured"][share]) + ("" if each["met"][share] else " **missed**")


def unmet() -> list[str]:
    """Return what is missed, in words, with the numbers."""
    return [
        f"{each['what']}: {each['target']} was wanted, "
        + ", ".join(f"{cell(v)} {SHARES[share]}" for share, v in each["measured"].items())
        for each in results()["rows"]
        if not all(each["met"].values())
    ]
