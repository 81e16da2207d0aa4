"""A launched notebook as its reader has it: JupyterLab in Chromium, Run All, a slider moved."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

START_SECONDS = 60
RUN_SECONDS = 240
NOTEBOOK = "jupyterapp.shell.currentWidget.content.model.toJSON()"
FIGURE = ".jp-OutputArea-executeResult:has(.noUi-handle)"
HANDLE = ".noUi-handle"
PICTURE = ".js-plotly-plot .main-svg"


@dataclass
class Session:
    """What a reader saw after Run All.

    Attributes
    ----------
    cells : list of dict
        The notebook's cells, with outputs, as JupyterLab holds them.
    seconds : float
        From the press of Run All to the last cell's end.
    moved : bool
        Whether a figure's picture changed when its slider did.
    """

    cells: list[dict[str, Any]]
    seconds: float
    moved: bool

    @property
    def errors(self) -> list[str]:
        """Return the cells' errors, and the cells that were not run."""
        found = [
            f"{output['ename']}: {output['evalue']}"
            for cell in self.cells
            for output in cell.get("outputs", [])
            if output["output_type"] == "error"
        ]
        never = [_source(cell) for cell in _code(self.cells) if not cell.get("execution_count")]
        return found + [f"not run: {code[:80]}" for code in never]

    @property
    def text(self) -> str:
        """Return what all cells say and print."""
        return "\n".join(f"{_source(cell)}\n{cell.get('outputs', '')}" for cell in self.cells)


def _source(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _code(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [cell for cell in cells if cell["cell_type"] == "code" and _source(cell).strip()]


@contextmanager
def jupyter_lab(python: Path, folder: Path, home: Path, **env: str) -> Iterator[str]:
    """Start JupyterLab of an environment in a folder; yield its address.

    Parameters
    ----------
    python : Path
        The environment's interpreter.
    folder : Path
        What it shows, and where it is started.
    home : Path
        An empty home, so that nobody's settings take part.
    **env : str
        Environment variables besides those of this process.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(python), "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
    command += ["--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True"]
    home.mkdir(parents=True, exist_ok=True)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("JUPYTER")}
    surroundings = {**kept, "HOME": str(home), **env}
    surroundings.pop("LIVEBOOK_STATIC", None)
    with (home / "lab.log").open("w") as log:
        lab = subprocess.Popen(command, cwd=folder, env=surroundings, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api", lab, home / "lab.log")
            yield address
        finally:
            lab.terminate()
            lab.wait(30)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5)
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start in {START_SECONDS} s\n{log.read_text()}")


def run_all(browser: Browser, address: str, move: bool = True) -> Session:
    """Open a notebook at an address, run all its cells from the menu, and move a slider.

    Parameters
    ----------
    browser : Browser
    address : str
        JupyterLab's own address of the notebook, `http://.../lab/tree/folder/name.ipynb`.
    move : bool
        Whether the notebook has a figure with a slider, to be moved.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(60_000)
    try:
        page.goto(f"{address}?reset")  # without the notebooks of an earlier visit
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
        page.wait_for_function("jupyterapp.shell.currentWidget?.context?.isReady")
        page.wait_for_function(
            "jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
        )
        start = time.monotonic()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        page.wait_for_function(
            f"""() => {{
                const code = {NOTEBOOK}.cells.filter(
                    cell => cell.cell_type === 'code' && String(cell.source).trim());
                return code.every(cell => cell.execution_count)
                    || code.some(cell => cell.outputs.some(o => o.output_type === 'error'));
            }}""",
            timeout=RUN_SECONDS * 1000,
            polling=500,
        )
        seconds = time.monotonic() - start
        cells = page.evaluate(f"{NOTEBOOK}.cells")
        session = Session(cells, seconds, move and _move_a_slider(page))
        page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        return session
    finally:
        page.close()


def _move_a_slider(page: Page) -> bool:
    """Press arrow keys on the first figure's slider; tell whether its picture changed."""
    figure = page.locator(FIGURE).first
    handle, picture = figure.locator(HANDLE).first, figure.locator(PICTURE).first
    handle.scroll_into_view_if_needed()
    picture.wait_for()
    before = picture.inner_html()
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft"):  # it may stand at either end
        handle.focus()
        handle.press(key)
        for _ in range(20):
            page.wait_for_timeout(250)
            if picture.count() and picture.inner_html() != before:
                return True
    return False
