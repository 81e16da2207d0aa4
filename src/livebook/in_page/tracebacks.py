"""Tracebacks as the reader needs them: the line of the cell, and nothing of the machinery."""

import linecache
import re
import traceback
from typing import Any

CELL = re.compile(r"<cell (\d+)>")


def cell_file(number: int) -> str:
    """Return the file name under which a cell's code is compiled."""
    return f"<cell {number}>"


def remember(number: int, code: str) -> None:
    """Keep a cell's lines, for tracebacks that go through it."""
    name = cell_file(number)
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)


def describe(error: BaseException) -> dict[str, Any]:
    """Return `text`, the traceback from the first cell on, and `cell` and `line`, where it began.

    The numbers are those of the innermost line that stands in a cell, None if none does.
    """
    told = traceback.TracebackException.from_exception(error)
    place: tuple[int | None, int | None] = (None, None)
    for link in _chain(told):
        frames = list(link.stack)
        inside = [i for i, frame in enumerate(frames) if CELL.match(frame.filename)]
        link.stack = traceback.StackSummary.from_list(frames[inside[0] :] if inside else frames)
        if link is told and inside:
            last = frames[inside[-1]]
            place = int(CELL.match(last.filename)[1]), last.lineno  # type: ignore[index]
    if isinstance(error, SyntaxError) and (found := CELL.match(error.filename or "")):
        told.stack = traceback.StackSummary()
        place = int(found[1]), error.lineno
    text = "".join(told.format())
    text = re.sub(r'File "<cell (\d+)>", line (\d+)(, in <module>)?', r"Cell \1, line \2", text)
    text = re.sub(r'File "[^"]*/site-packages/', 'File "', text)
    return {"text": text.rstrip() + "\n", "cell": place[0], "line": place[1]}


def _chain(told: traceback.TracebackException) -> list[traceback.TracebackException]:
    links, waiting = [], [told]
    while waiting:
        link = waiting.pop()
        links.append(link)
        waiting += [next for next in (link.__cause__, link.__context__) if next is not None]
    return links
