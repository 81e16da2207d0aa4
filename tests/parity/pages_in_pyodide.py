"""Run a page's cells in the site's Python, and compare what they publish with the executed page."""

import hashlib
import json
import os
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jupytext
import numpy as np
from differing import DIFFERING, MEASURED
from jupyter_cache import get_cache

from livebook.imports import Blocked, imported_modules, top_levels
from livebook.katex import find_node
from livebook.live_python import LivePython
from livebook.pyodide import Pyodide
from tasks.execute import ROOT, cache_folder, executable_pages

SCRIPT = Path(__file__).with_name("run_page.mjs")
RUNNER = ROOT / "src" / "livebook" / "assets" / "live" / "python.js"
CLOSE = 1e-6  # relative
SECONDS = 900

Published = dict[str, tuple[str, Any]]


@dataclass(frozen=True)
class Comparison:
    """How one page fared: counts of cells and numbers, and what differs that should not."""

    page: str
    cells: int
    blocked: int
    numbers: int
    equal: int
    listed: int
    seconds: float
    failures: list[str]
    differences: list[str]

    @property
    def line(self) -> tuple[str | float, ...]:
        """Return what the summary shows of it, with the page first and the seconds last."""
        counts = (self.cells, self.blocked, self.numbers, self.equal, self.listed)
        return (self.page, *counts, self.seconds)


def code_cells(page: str) -> list[str]:
    """Return the code of a page's cells."""
    text = (ROOT / f"{page}.md").read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="md:myst")
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


class SitePython:
    """The Python of the site, assembled in a folder, and the runs of pages in it.

    Parameters
    ----------
    settings : dict
        The site's configuration of `livebook`.
    folder : Path
        Receives the Python, and keeps what pages gave until anything they depend on changes.
    """

    def __init__(self, settings: dict[str, Any], folder: Path) -> None:
        self.folder = folder
        # Each process that runs tests fills a folder of its own, which nobody else sweeps.
        self.home = folder / os.environ.get("PYTEST_XDIST_WORKER", "python")
        self.python = LivePython(
            root=ROOT,
            pyodide=Pyodide.at(ROOT / "node_modules" / "pyodide"),
            packages=[ROOT / name for name in settings["livebook_live_packages"]],
            distributions=settings["livebook_live_distributions"],
            extras=settings["livebook_live_extras"],
            data=ROOT / settings["livebook_live_data"],
            cache=ROOT / "_build" / "live-python",
        )
        pages = [cell for page in executable_pages() for cell in code_cells(page)]
        imported = {name for cell in pages for name in top_levels(imported_modules(cell))}
        self.elsewhere = self.python.assemble(imported, self.home, {})["elsewhere"]

    @cached_property
    def _key(self) -> bytes:
        lock = next(self.home.glob("lock-*.json")).name
        files = next(self.home.glob("files-*.zip")).name
        scripts = SCRIPT.read_bytes() + RUNNER.read_bytes()
        return f"{lock} {files}".encode() + scripts

    def run(self, page: str) -> tuple[dict[str, Any], int]:
        """Return (what the page's runnable cells gave, how many of its cells cannot run)."""
        cells = code_cells(page)
        blocked = Blocked(self.python.importable(), self.python.packages).cells(cells, {})
        runnable = [(n + 1, code) for n, code in enumerate(cells) if n not in blocked]
        question = json.dumps(runnable)
        key = hashlib.sha256(self._key + question.encode()).hexdigest()[:16]
        kept = self.folder / f"{page.replace('/', '-')}-{key}.json"
        if not kept.exists():
            command = [find_node(), str(SCRIPT), str(self.home), question]
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
            assert done.returncode == 0, f"{page}: Node failed\n{done.stderr[-3000:]}"
            for old in self.folder.glob(f"{page.replace('/', '-')}-*.json"):
                old.unlink()
            kept.write_text(done.stdout.splitlines()[-1])
        return json.loads(kept.read_text()), len(blocked)

    def compare(self, page: str, expected: Published) -> Comparison:
        """Run a page and compare its numbers with those of the executed page."""
        given, blocked = self.run(page)
        published: Published = {name: tuple(pair) for name, pair in given["published"].items()}
        rules = DIFFERING.get(page, {})
        equal = listed = 0
        differences = []
        for name in published.keys() & expected.keys():
            if name in MEASURED.get(page, ()):
                listed += 1
            elif agree(published[name], expected[name], CLOSE):
                equal += 1
            elif name in rules and agree(published[name], expected[name], *rules[name]):
                listed += 1
            else:
                differences.append(f"{name}: {published[name]}, not {expected[name]}")
        failed = [cell for cell in given["cells"] if not cell["ok"]]
        return Comparison(
            page=page,
            cells=len(given["cells"]),
            blocked=blocked,
            numbers=len(published),
            equal=equal,
            listed=listed,
            seconds=sum(cell["seconds"] for cell in given["cells"]),
            failures=[f"cell {cell['number']}: {cell['error']}" for cell in failed],
            differences=differences,
        )


def agree(
    found: tuple[str, Any], wanted: tuple[str, Any], relative: float, absolute: float = 0.0
) -> bool:
    """Tell whether two published values agree: numbers within a tolerance, others in their text."""
    numbers = [np.asarray(pair[1]) for pair in (found, wanted)]
    if any(array.dtype.kind not in "biuf" for array in numbers):
        return found[0] == wanted[0]
    given, right = (array.astype(float) for array in numbers)
    return given.shape == right.shape and np.allclose(given, right, rtol=relative, atol=absolute)


def published_when_executed(page: str, output: Path = ROOT) -> Published:
    """Return what an executed page published: name -> (text, value in full)."""
    cache = get_cache(cache_folder(output))
    record = cache.get_cached_project_nb(str(ROOT / f"{page}.md"))
    notebook = cache.get_cache_bundle(record.pk).nb
    found: Published = {}
    for cell in notebook.cells:
        for output_ in cell.get("outputs", []):
            metadata = output_.get("metadata", {})
            if "scrapbook" in metadata:
                (text,) = output_["data"].values()
                number = metadata.get("calcbook", {}).get("value")
                found[metadata["scrapbook"]["name"]] = (text, number)
    return found
