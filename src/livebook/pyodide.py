"""Pyodide's files for the site: the core from npm, packages from a mirror, each one checked.

The npm package carries Pyodide's core and its lock file, which names the sha256 of every package;
the packages themselves come from the folder or address in `PYODIDE_MIRROR`, else from a folder
beside the checkout, else from Pyodide's own CDN. Where none can be had, the pages are told to ask
the CDN.
"""

import hashlib
import json
import os
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError

CORE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm")
LIBRARY = "python_stdlib.zip"
CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"
SECONDS = 20  # without a byte, and a mirror counts as out of reach


class OutOfReachError(OSError):
    """A file of Pyodide's cannot be had; the message says where it was sought."""


@dataclass(frozen=True)
class Pyodide:
    """The npm package `pyodide` in a folder: its version and what its lock file says."""

    folder: Path
    version: str
    lock: dict[str, Any]

    @classmethod
    def at(cls, folder: Path) -> "Pyodide":
        """Read the installed npm package."""
        lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
        return cls(folder, lock["info"]["version"], lock)

    @property
    def cdn(self) -> str:
        """Return the address of Pyodide's own files on the net."""
        return CDN.format(version=self.version)

    @property
    def packages(self) -> dict[str, dict[str, Any]]:
        """Return the lock's entries by name."""
        return self.lock["packages"]

    def providers(self) -> dict[str, str]:
        """Return which package provides each name that can be imported."""
        return {name: key for key, entry in self.packages.items() for name in entry["imports"]}

    def closure(self, names: set[str]) -> list[str]:
        """Return the packages and all that they depend on, sorted."""
        found: set[str] = set()
        waiting = sorted(names)
        while waiting:
            name = waiting.pop().replace("_", "-")  # the lock spells some names either way
            if name not in found:
                found.add(name)
                waiting += self.packages[name]["depends"]
        return sorted(found)


def mirror_of(pyodide: Pyodide, beside: Path) -> str:
    """Return the folder or address that has the packages: see the module's text."""
    if given := os.environ.get("PYODIDE_MIRROR"):
        return given
    sibling = beside.parent / "shared" / f"pyodide-{pyodide.version}"
    return str(sibling) if sibling.is_dir() else pyodide.cdn


def obtain(entry: dict[str, Any], mirror: str, cache: Path) -> Path:
    """Return the path of a package's file, checked against the lock.

    Parameters
    ----------
    entry : dict
        The lock's entry, with `file_name` and `sha256`.
    mirror : str
        Folder or address to take it from.
    cache : Path
        Folder that keeps what was downloaded.

    Raises
    ------
    OutOfReachError
        If the mirror does not have it or does not answer.
    ExtensionError
        If the file is not the one that the lock names.
    """
    name = entry["file_name"]
    remote = mirror.startswith(("http://", "https://"))
    path = cache / name if remote else Path(mirror).expanduser() / name
    if remote and not path.exists():
        content = _download(mirror.rstrip("/") + "/" + name)
        check(content, entry, mirror)
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(content)
        unfinished.rename(path)
    if not path.is_file():
        raise OutOfReachError(f"{path} does not exist")
    check(path.read_bytes(), entry, mirror)
    return path


def check(content: bytes, entry: dict[str, Any], mirror: str) -> None:
    """Stop the build if a package's file is not the one that the lock names."""
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise ExtensionError(
            f"{entry['file_name']} from {mirror} is not the file that Pyodide's lock names (its "
            "sha256 differs), so it is not published; get it from another place and name that in "
            "PYODIDE_MIRROR"
        )


def _download(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as answer:
            return answer.read()
    except OSError as error:
        raise OutOfReachError(f"{address} cannot be had ({error})") from error
