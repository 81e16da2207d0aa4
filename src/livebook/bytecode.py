"""Wheels whose modules are compiled already, kept from build to build."""

import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from sphinx.errors import ExtensionError

from livebook.assets import OURS
from livebook.katex import find_node

SCRIPT = OURS / "live" / "compile-wheels.mjs"
WRITER = Path(__file__).with_name("bytecode_writer.py")


@dataclass(frozen=True)
class Wheel:
    """A wheel to compile: its file, and what becomes of its modules' text and docstrings."""

    path: Path
    keep_source: bool = False
    strip_docs: bool = False

    @property
    def key(self) -> str:
        """Return a digest of the wheel and of everything that decides its compiled form."""
        digest = hashlib.sha256(self.path.read_bytes() + WRITER.read_bytes())
        digest.update(f"{self.keep_source} {self.strip_docs}".encode())
        return digest.hexdigest()[:16]


def compile_wheels(wheels: list[Wheel], pyodide: Path, folder: Path) -> list[Path]:
    """Return the compiled forms of the wheels, in the same order.

    Parameters
    ----------
    wheels : list of Wheel
    pyodide : Path
        The npm package, whose Python compiles.
    folder : Path
        Keeps what was compiled.

    Raises
    ------
    ExtensionError
        If Node or Pyodide fails; its last words stand in the message.
    """
    results = [folder / wheel.key / wheel.path.name for wheel in wheels]
    jobs = []
    for wheel, result in zip(wheels, results, strict=True):
        if result.exists():
            continue
        result.parent.mkdir(parents=True, exist_ok=True)
        place = result.parent.name
        (folder / place / "source").write_bytes(wheel.path.read_bytes())
        options = {"keep_source": wheel.keep_source, "strip_docs": wheel.strip_docs}
        jobs.append({"source": f"{place}/source", "target": f"{place}/target", **options})
    if jobs:
        command = [find_node(), str(SCRIPT), str(pyodide.resolve()), str(WRITER), str(folder)]
        done = subprocess.run([*command, json.dumps(jobs)], capture_output=True, text=True)
        if done.returncode != 0:
            raise ExtensionError(f"the wheels could not be compiled: {done.stderr.strip()[-2000:]}")
        for result in results:
            if not result.exists():
                result.with_name("source").unlink()
                result.with_name("target").rename(result)
    return results
