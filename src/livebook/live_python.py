"""The Python that pages run in the browser, put together when the site is built.

One folder of the site receives Pyodide's core, the packages that the pages import, our own as a
wheel, the data files, a lock file that ties them together by hash, and `site.json`, which tells
the pages' script what there is and how large it is. All names but that one change with the
contents, so that browsers may keep the files.
"""

import hashlib
import importlib.metadata
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from livebook.assets import copy_new
from livebook.bytecode import Wheel, compile_wheels
from livebook.imports import package_imports
from livebook.pyodide import CORE, LIBRARY, OutOfReachError, Pyodide, mirror_of, obtain
from livebook.wheels import (
    distribution_files,
    make_wheel,
    make_zip,
    package_files,
    top_level_names,
    wheel_name,
)

RUNNER = "livebook"
MARKDOWN = "markdown-it-py"  # shows results that are Markdown, where the site has it
IN_PAGE = ("livebook/__init__.py", "livebook/figure_markup.py", "livebook/in_page/")
Entry = dict[str, Any]


@dataclass
class LivePython:
    """What to put together, and from where.

    Parameters
    ----------
    root : Path
        Folder of the project, with its `pyproject.toml`.
    pyodide : Pyodide
        The npm package.
    packages : list of Path
        Folders of our packages.
    distributions : list of str
        Pure packages installed here that Pyodide lacks.
    extras : list of str
        The project's optional dependencies that our packages may ask for while they run.
    data : Path, optional
        Folder whose files stand in `data/` of the pages' working folder.
    cache : Path
        Keeps what was downloaded and compiled from build to build.
    """

    root: Path
    pyodide: Pyodide
    packages: list[Path]
    distributions: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)
    data: Path | None = None
    cache: Path = Path()

    def importable(self) -> set[str]:
        """Return the top-level names that pages can import, the standard library's aside."""
        ours = {folder.name for folder in self.packages}
        return set(self.pyodide.providers()) | ours | set(self.distributions)

    @cached_property
    def project(self) -> dict[str, Any]:
        """Return the table `project` of the project's own description."""
        return tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def assemble(self, imported: set[str], target: Path, told: dict[str, Any]) -> dict[str, Any]:
        """Fill the folder `target` for pages that import these names.

        Parameters
        ----------
        imported : set of str
            Top-level names.
        target : Path
            Folder of the site.
        told : dict
            What else the pages' script is to read in `site.json`.

        Returns
        -------
        dict
            What `site.json` holds; its key `elsewhere` names the host that the pages must ask for
            packages that could not be had here, and why; None if there is none.

        Raises
        ------
        ExtensionError
            If a file of Pyodide's is not the one its lock names, or a wheel cannot be made.
        """
        target.mkdir(parents=True, exist_ok=True)
        for name in CORE:
            copy_new(self.pyodide.folder / name, target / name)
        library = self._standard_library(target)
        entries, elsewhere = self._foreign(self._needed(imported), target)
        for wheel, entry in self._own():
            entries[entry["name"]] = self._publish(wheel, entry, target)
        lock = {"info": self.pyodide.lock["info"], "packages": entries}
        site = {
            "version": self.pyodide.version,
            "core": {name: (target / name).stat().st_size for name in (*CORE, library)},
            "library": library,
            "lock": _write(target, "lock-{}.json", json.dumps(lock).encode()),
            "packages": {
                name: {key: entry[key] for key in ("file_name", "depends", "imports", "bytes")}
                for name, entry in entries.items()
            },
            "files": self._files(target),
            "elsewhere": elsewhere,
            **told,
        }
        (target / "site.json").write_text(json.dumps(site), encoding="utf-8")
        _sweep(target, {*CORE, library, "site.json", site["lock"], site["files"]}, entries)
        return site

    def _standard_library(self, target: Path) -> str:
        """Publish the standard library, compiled, for Pyodide's has sources; return its name."""
        wheel = Wheel(LIBRARY, (self.pyodide.folder / LIBRARY).read_bytes())
        (path,) = compile_wheels([wheel], self.pyodide.folder, self.cache / "compiled")
        return str(self._publish(path, {}, target)["file_name"])

    def _needed(self, imported: set[str]) -> list[str]:
        """Return Pyodide's packages for the pages, for ours, and for what ours can use."""
        names = set(imported)
        for folder in self.packages:
            names |= package_imports(folder, eager=True)
        providers = self.pyodide.providers()
        wanted = {providers[name] for name in names if name in providers}
        optional = self.project.get("optional-dependencies", {})
        extras = [line for extra in self.extras for line in optional.get(extra, ())]
        lines = [*self.project.get("dependencies", ()), *extras]
        wanted |= required(lines)
        for distribution in self.distributions:
            wanted |= required(importlib.metadata.requires(distribution) or [])
        wanted &= set(self.pyodide.packages) - set(self.distributions)
        return self.pyodide.closure(wanted)

    def _foreign(
        self, names: list[str], target: Path
    ) -> tuple[dict[str, Entry], dict[str, str] | None]:
        """Publish Pyodide's packages; where they cannot be had, point at its own host."""
        mirror = mirror_of(self.pyodide, self.root)
        originals = {name: dict(self.pyodide.packages[name]) for name in names}
        try:
            found = {
                name: obtain(entry, mirror, self.cache / "downloads")
                for name, entry in originals.items()
            }
        except OutOfReachError as error:
            for entry in originals.values():
                entry["file_name"] = self.pyodide.cdn + entry["file_name"]
                entry["bytes"] = 0
            return originals, {"host": self.pyodide.cdn.split("/")[2], "why": str(error)}
        wheels = [Wheel(found[name].name, found[name].read_bytes()) for name in names]
        compiled = compile_wheels(wheels, self.pyodide.folder, self.cache / "compiled")
        return {
            name: self._publish(path, originals[name], target)
            for name, path in zip(names, compiled, strict=True)
        }, None

    def _own(self) -> list[tuple[Path, Entry]]:
        """Return our wheels, compiled, with their entries for the lock."""
        wheels: list[Wheel] = []
        entries: list[Entry] = []

        def add(name: str, version: str, content: bytes, entry: Entry, **options: bool) -> None:
            wheels.append(Wheel(wheel_name(name, version), content, **options))
            fixed = {"install_dir": "site", "package_type": "package", "unvendored_tests": False}
            entries.append({"name": name, "version": version, **fixed, **entry})

        for name in self.distributions:
            version, files = distribution_files(name)
            content = make_wheel(name, version, files)
            entry = {
                "imports": top_level_names(files),
                "depends": self._known(required(importlib.metadata.requires(name) or [])),
            }
            add(name, version, content, entry, strip_docs=True)
        files = {}
        eager: set[str] = set()
        for package in self.packages:
            files |= package_files(package)
            eager |= package_imports(package, eager=True)
        providers = self.pyodide.providers()
        entry = {
            "imports": [package.name for package in self.packages],
            "depends": self._known({providers.get(name, name) for name in eager}),
        }
        name, version = self.project["name"], self.project["version"]
        add(name, version, make_wheel(name, version, files), entry, keep_source=True)
        runner = package_files(Path(__file__).parent, lambda file: file.startswith(IN_PAGE))
        entry = {"imports": [RUNNER], "depends": self._known({MARKDOWN})}
        add(RUNNER, version, make_wheel(RUNNER, version, runner), entry)
        compiled = compile_wheels(wheels, self.pyodide.folder, self.cache / "compiled")
        return list(zip(compiled, entries, strict=True))

    def _known(self, names: set[str]) -> list[str]:
        return sorted(names & (set(self.pyodide.packages) | set(self.distributions)))

    def _publish(self, path: Path, entry: Entry, target: Path) -> Entry:
        """Copy a package's file under a name that carries its digest; return its entry."""
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        name = with_digest(path.name, digest)
        if not (target / name).exists():
            (target / name).write_bytes(content)
        return {**entry, "file_name": name, "sha256": digest, "bytes": len(content)}

    def _files(self, target: Path) -> str | None:
        if self.data is None:
            return None
        files = {f"data/{path.name}": path.read_bytes() for path in sorted(self.data.iterdir())}
        return _write(target, "files-{}.zip", make_zip(files))


def with_digest(name: str, digest: str) -> str:
    """Return a package's file name with the digest in it; a wheel's is its build number."""
    if not name.endswith(".whl"):
        stem, dot, ending = name.rpartition(".")
        return f"{stem}-0{digest[:10]}{dot}{ending}"
    distribution, version, *tags = name.split("-")
    return "-".join([distribution, version, f"0{digest[:10]}", *tags[-3:]])


def required(lines: Iterable[str]) -> set[str]:
    """Return the names that requirements ask for, those of extras left out."""
    return {re.split(r"[^\w.-]", line)[0].lower() for line in lines if "extra ==" not in line}


def _write(target: Path, pattern: str, content: bytes) -> str:
    name = pattern.format(hashlib.sha256(content).hexdigest()[:10])
    (target / name).write_bytes(content)
    return name


def _sweep(target: Path, kept: set[str | None], entries: dict[str, Entry]) -> None:
    """Remove what earlier builds left in the folder."""
    kept |= {entry["file_name"] for entry in entries.values()}
    for path in target.iterdir():
        if path.name not in kept:
            path.unlink()
