"""Wheels whose modules are compiled already, kept from build to build."""

import hashlib
import json
import subprocess
import tempfile
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

    name: str
    content: bytes
    keep_source: bool = False
    strip_docs: bool = False

    @property
    def key(self) -> str:
        """Return a digest of the wheel and of everything that decides its compiled form."""
        digest = hashlib.sha256(self.content + WRITER.read_bytes())
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
    results = [folder / wheel.key / wheel.name for wheel in wheels]
    missing = [i for i, result in enumerate(results) if not result.exists()]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as work:  # another build may do the same
            _compile([wheels[i] for i in missing], pyodide, Path(work))
            for place, i in enumerate(missing):
                results[i].parent.mkdir(exist_ok=True)
                (Path(work) / f"{place}-target").replace(results[i])
    return results


def _compile(wheels: list[Wheel], pyodide: Path, work: Path) -> None:
    """Write the compiled forms to `0-target`, `1-target` and so on in the folder `work`."""
    jobs = []
    for place, wheel in enumerate(wheels):
        (work / f"{place}-source").write_bytes(wheel.content)
        options = {"keep_source": wheel.keep_source, "strip_docs": wheel.strip_docs}
        jobs.append({"source": f"{place}-source", "target": f"{place}-target", **options})
    command = [find_node(), str(SCRIPT), str(pyodide.resolve()), str(WRITER), str(work)]
    done = subprocess.run([*command, json.dumps(jobs)], capture_output=True, text=True)
    if done.returncode != 0:
        raise ExtensionError(f"the wheels could not be compiled: {done.stderr.strip()[-2000:]}")
