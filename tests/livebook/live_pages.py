"""A small site with live cells of every kind, for the browser's tests."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect
from small_sites import ROOT, Site, build_site

from livebook.pyodide import Pyodide, mirror_of
from tests.sharing import BUILDING

HEAD = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3
  language: python
---
# Page

"""
LIVE: dict[str, Any] = {
    "livebook_live_packages": [str(ROOT / "src/pydelt"), str(ROOT / "src/calcbook")],
    "livebook_live_distributions": ["plotly", "narwhals", "markdown-it-py", "mdurl"],
    "livebook_live_extras": ["network"],
    "livebook_live_data": str(ROOT / "book/data"),
    "livebook_live_cache": str(ROOT / "_build/live-python"),
}
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
READY = 90_000  # ms until Python has started and run a cell, on a busy machine


def page(*cells: str, tags: dict[int, str] | None = None) -> str:
    """Return a page with these code cells; `tags` gives the tag of a cell by its number from 1."""
    parts = [HEAD]
    for number, code in enumerate(cells, 1):
        tag = (tags or {}).get(number)
        options = f"---\ntags: [{tag}]\n---\n" if tag else ""
        parts.append(f"Words.\n\n```{{code-cell}} ipython3\n{options}{code}\n```\n")
    return "\n".join(parts)


def build_live(folder: Path, pages: dict[str, str], **config: Any) -> Site:
    """Build a site of these pages, the first its index, with Pyodide from where the book has it."""
    os.environ.setdefault(
        "PYODIDE_MIRROR", mirror_of(Pyodide.at(ROOT / "node_modules" / "pyodide"), ROOT)
    )
    first, *others = pages
    toc = "\n```{toctree}\n" + "\n".join(others) + "\n```\n" if others else ""
    files = {f"{name}.md": text for name, text in pages.items()}
    files[f"{first}.md"] += toc
    files["pyproject.toml"] = PROJECT
    with BUILDING:  # downloads and compiled packages are kept for all
        return build_site(folder, files, **{**LIVE, **config})


class Handler(SimpleHTTPRequestHandler):
    """Serve files without a word, with headers that a test may add."""

    extra: dict[str, str] = {}  # noqa: RUF012 - replaced as a whole

    def do_GET(self) -> None:
        """Answer, and have an icon for the browser, which asks for one."""
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Add the headers."""
        for name, value in self.extra.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *words: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path, port: int = 0, **extra: str) -> Iterator[ThreadingHTTPServer]:
    """Serve a folder; its address is `http://127.0.0.1:{server.server_port}`."""
    handler = type("Handler", (Handler,), {"extra": extra})
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def opened(
    browser: Browser, address: str, script: str = "", *, expect_errors: bool = False, **options: Any
) -> Iterator[Page]:
    """Open an address in a context of its own; no error may have reached the console.

    `script` runs before any of the page's; failing requests are errors, which a test may expect.
    """
    context = browser.new_context(viewport={"width": 1000, "height": 800}, **options)
    context.add_init_script(script)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    try:
        page.goto(address)
        yield page
        assert expect_errors or errors == [], "\n".join(errors)
    finally:
        context.close()


def cell(page: Page, number: int) -> Locator:
    """Return a code cell by its number from 1."""
    return page.locator("div.cell").nth(number - 1)


def button(page: Page, number: int, label: str) -> Locator:
    """Return a button of a cell."""
    return cell(page, number).get_by_role("button", name=f"{label}: cell {number}", exact=True)


def says(page: Page, number: int, words: Any) -> None:
    """Wait until a cell's status says these words."""
    status = cell(page, number).locator(".live-bar").get_by_role("status")
    expect(status).to_contain_text(words, timeout=READY)


def run(page: Page, number: int, words: Any = "Ran in") -> None:
    """Run a cell and wait until its status says how it went."""
    button(page, number, "Run").click()
    says(page, number, words)


def shows(page: Page, number: int) -> Locator:
    """Return what a cell shows after it has run."""
    return cell(page, number).locator(".live-output")


def edit(page: Page, number: int, code: str) -> None:
    """Replace a cell's code in its editor."""
    button(page, number, "Edit").click()
    expect(cell(page, number).get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(code)
