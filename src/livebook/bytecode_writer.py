"""Compile the modules inside a wheel; runs in Pyodide, whose Python alone writes its bytecode.

More than half the time of an import in the browser goes into compiling source that is the same on
every visit. Standard library only: `bytecode` runs this file in Node.
"""

from __future__ import annotations

import importlib.util
import marshal
import zipfile
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)  # equal contents give equal wheels
# What no running Python reads: sources of compiled parts, types, and the pictures of scipy.misc.
UNREAD = (".c", ".dat", ".h", ".pxd", ".pyi", ".pyx")
UNCHECKED = 0b01  # the flag of bytecode that is never compared with its source


def bytecode(source: bytes, name: str, optimize: int) -> bytes:
    """Return the contents of the .pyc of one module."""
    code = compile(source, name, "exec", dont_inherit=True, optimize=optimize)
    head = importlib.util.MAGIC_NUMBER + UNCHECKED.to_bytes(4, "little")
    return head + importlib.util.source_hash(source) + marshal.dumps(code)


def compiled_place(name: str, *, keep_source: bool) -> str:
    """Return where a module's bytecode stands in the wheel: beside its source, or in its place."""
    path = Path(name)
    if not keep_source:
        return path.with_suffix(".pyc").as_posix()
    return (path.parent / "__pycache__" / f"{path.stem}.cpython-312.pyc").as_posix()


def write_compiled(source: str, target: str, *, keep_source: bool, strip_docs: bool) -> None:
    """Write a copy of the wheel `source` with its modules compiled and all of it compressed.

    Parameters
    ----------
    source, target : str
        Paths of the wheels.
    keep_source : bool
        Keep the modules' text too, for tracebacks that show lines.
    strip_docs : bool
        Leave docstrings and assertions out of the bytecode.
    """
    with (
        zipfile.ZipFile(source) as wheel,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as result,
    ):
        for name in sorted(wheel.namelist()):
            content = wheel.read(name)
            if name.endswith(("/", *UNREAD)):
                continue
            if name.endswith(".py"):
                try:
                    made = bytecode(content, name, 2 if strip_docs else 0)
                except SyntaxError:  # a template, no module
                    made = None
                if made is not None:
                    place = compiled_place(name, keep_source=keep_source)
                    result.writestr(zipfile.ZipInfo(place, EPOCH), made, zipfile.ZIP_DEFLATED)
                if made is not None and not keep_source:
                    continue
            result.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
