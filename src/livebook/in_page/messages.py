"""Messages to the page: what a cell prints and shows, in the order it does."""

import io
import json
import logging
import time
from collections.abc import Callable
from typing import Any

AT_ONCE = 50  # messages a second; a cell that prints faster has its text gathered

_send: Callable[[str], Any] = print
libraries: dict[str, str] = {}
quiet = False  # whether errors alone are told


def connect(send: Callable[[str], Any], plotly: str) -> None:
    """Say where messages go, and the file names of plotly.js by what they draw, as JSON."""
    global _send
    _send = send
    libraries.update(json.loads(plotly))
    # It tells of its search for fonts, which is no matter of the reader's.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)


def emit(kind: str, **content: Any) -> None:
    """Send one message."""
    if not quiet or kind == "error":
        _send(json.dumps({"kind": kind, **content}))


class Stream(io.TextIOBase):
    """Standard output or error: sends text as it comes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._waiting: list[str] = []
        self._second = 0
        self._sent = 0

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str) -> int:
        """Send the text, or keep it for a moment if much has just been sent."""
        self._waiting.append(text)
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._sent = second, 0
        if self._sent < AT_ONCE:
            self._sent += 1
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what waits."""
        if self._waiting:
            text = "".join(self._waiting)
            self._waiting.clear()
            emit("stream", name=self.name, text=text)
