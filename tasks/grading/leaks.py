"""What of a master nobody may read, and where it is to be read all the same."""

import html
import io
import json
import re
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from tasks.grading.masters import Master

# Lines that many write, and that stand in the book's own pages and code.
COMMON = frozenset(
    (
        "fit = SplineInterpolator().fit(t, u)",
        "rng = np.random.default_rng(0)",
        "rng = np.random.default_rng(1)",
    )
)
SHORTEST = 13  # characters of a line that says something
PLAIN = ("#", "import ", "from ")
ARCHIVES = (".zip", ".whl")
BEGINNING = 8192  # bytes, one of which is zero in a binary file
TAG = re.compile(r"<[^>]*>")


def secret_lines(master: Master) -> list[str]:
    """Return the lines of solutions, hidden tests and hints.

    What anybody writes is left out: short lines, comments, imports, and those in `COMMON`.
    """
    lines: list[str] = []
    for question in master.questions:
        inside = False
        for line in question.answer.splitlines():
            inside = (inside or "# BEGIN SOLUTION" in line) and "# END SOLUTION" not in line
            if inside or "# SOLUTION" in line:
                lines.append(line.partition("# SOLUTION")[0].strip())
        for test in question.tests:
            if test.hidden:
                lines += [line.strip() for line in test.source.splitlines()] + [test.hint]
    said = [line for line in lines if len(line) >= SHORTEST and not line.startswith(PLAIN)]
    return [line for line in said if line not in COMMON]


def leaks(folder: Path, secret: Collection[str]) -> list[str]:
    """Return which secret lines are found in which files below a folder, in archives too.

    Code in a web page is found although its words are colored one by one. Binary files hold no
    lines, and are left out.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [
        f"{place}: {line}"
        for path in files
        for place, text in _texts(path.relative_to(folder).as_posix(), path.read_bytes())
        for line in secret
        if line in text or json.dumps(line)[1:-1] in text
    ]


def _texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    if name.endswith(ARCHIVES) and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from _texts(f"{name}: {inner}", archive.read(inner))
        return
    if b"\0" in content[:BEGINNING]:
        return
    text = content.decode("utf-8", errors="ignore")
    yield name, html.unescape(TAG.sub("", text)) if name.endswith(".html") else text
