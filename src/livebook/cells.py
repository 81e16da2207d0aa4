"""Live cells: what a page with code cells adds, so that its reader can run them in the page.

Nothing of it stands in the page's text. A small script adds the buttons, and runs a cell together
with those above that it needs. Python is put into the site when the build ends (`live_python`) and
loaded when a reader first runs a cell. A cell that no browser can run is marked here: it imports
what is not there, uses a name from such a cell, or has the tag `no-browser`.
"""

import json
from pathlib import Path
from typing import Any

import jupytext
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from livebook.assets import OURS, add_style, package_folder, static_folder
from livebook.bundling import bundle_scripts
from livebook.cell_names import PageNames
from livebook.figure_html import library
from livebook.figures import BUNDLES
from livebook.formulas import copy_katex_styles
from livebook.imports import Blocked, imported_modules, top_levels
from livebook.live_python import LivePython
from livebook.offline import write_service_worker
from livebook.pyodide import Pyodide

UNSEEN = {"remove-input", "remove_input", "remove-cell", "remove_cell"}
REFUSED = {"no-browser": "a Python of its own"}


def is_on(config: Config) -> bool:
    """Tell whether the site has live cells."""
    return bool(config.livebook_live_packages)


def live_python(app: Sphinx) -> LivePython:
    """Return what the configuration asks for."""
    root, config = Path(app.confdir or app.srcdir), app.config
    packages = [root / name for name in config.livebook_live_packages]
    for folder in packages:
        if not (folder / "__init__.py").is_file():
            raise ExtensionError(
                f"livebook_live_packages: {folder} is no package, for it has no __init__.py; name "
                "the folders of the packages that pages import, relative to the configuration's"
            )
    data = config.livebook_live_data
    return LivePython(
        root=root,
        pyodide=Pyodide.at(package_folder(config, "pyodide")),
        packages=packages,
        distributions=config.livebook_live_distributions,
        extras=config.livebook_live_extras,
        data=root / data if data else None,
        cache=root / config.livebook_live_cache,
    )


def code_cells(app: Sphinx, docname: str) -> list[Any]:
    """Return the code cells of a page's source, in order."""
    path = Path(app.env.doc2path(docname))
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        notebook = jupytext.reads(text, fmt="ipynb")
    elif "{code-cell}" in text:
        notebook = jupytext.reads(text, fmt="md:myst")
    else:
        return []
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def page_settings(app: Sphinx, docname: str) -> dict[str, Any]:
    """Return what the page's script reads: an entry for each code cell.

    `code` is the text of a cell that is not shown, `lacks` what a cell needs and a browser lacks;
    `binds`, `touches` and `uses` are the names that tell which cells above it needs.
    """
    cells = code_cells(app, docname)
    refused = {
        number: words
        for number, cell in enumerate(cells)
        for tag, words in REFUSED.items()
        if tag in cell.metadata.get("tags", ())
    }
    python = live_python(app)
    blocked = Blocked(python.importable(), python.packages)
    lacking = blocked.cells([cell.source for cell in cells], refused)
    names = PageNames()
    entries: list[dict[str, Any]] = [names.cell(cell.source).listed() for cell in cells]
    for number, cell in enumerate(cells):
        if UNSEEN & set(cell.metadata.get("tags", ())):
            entries[number]["code"] = cell.source
        if number in lacking:
            entries[number]["lacks"] = " and ".join(sorted(lacking[number]))
    return {"cells": entries}


def add_page_assets(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Load the script and style in the pages that show code cells."""
    if not is_on(app.config) or 'class="cell_input' not in context.get("body", ""):
        return
    settings = json.dumps(page_settings(app, pagename)).replace("<", "\\u003c")
    element = f'\n<script type="application/json" id="live-cells">{settings}</script>'
    context["metatags"] = context.get("metatags", "") + element
    add_style(app, "cells.css")
    app.add_js_file(f"livebook/live/{app.livebook_scripts['start']}", type="module")  # type: ignore[attr-defined]


def bundle_page_scripts(app: Sphinx) -> None:
    """Bundle the scripts before any page is written."""
    if is_on(app.config) and app.builder.format == "html":
        entries = [OURS / "live" / name for name in ("start.js", "worker.js")]
        app.livebook_scripts = bundle_scripts(  # type: ignore[attr-defined]
            entries, Path(app.config.livebook_node_modules), static_folder(app.outdir) / "live"
        )


def put_python_into_site(app: Sphinx, exception: Exception | None) -> None:
    """Assemble the Python for all pages, and the service worker that keeps the site."""
    if exception or not is_on(app.config) or app.builder.format != "html":
        return
    imported = set(app.config.livebook_live_offered)
    for docname in app.env.found_docs:
        for cell in code_cells(app, docname):
            imported |= top_levels(imported_modules(cell.source))
    copy_katex_styles(app)  # for values that are formulas
    libraries = {name: library(app.builder, name) for name in BUNDLES}
    worker = app.livebook_scripts["worker"]  # type: ignore[attr-defined]
    folder = static_folder(app.outdir) / "python"
    live_python(app).assemble(imported, folder, {"libraries": libraries, "worker": worker})
    write_service_worker(Path(app.outdir))


def setup(app: Sphinx) -> None:
    """Define the settings and connect to the build."""
    for name, default in (
        ("livebook_live_packages", []),
        ("livebook_live_distributions", []),
        ("livebook_live_extras", []),
        ("livebook_live_offered", []),  # names that readers may import although no page does
        ("livebook_live_data", ""),
        ("livebook_live_cache", "_build/live-python"),
    ):
        app.add_config_value(name, default, "html", types=frozenset({type(default)}))
    app.connect("builder-inited", bundle_page_scripts)
    app.connect("html-page-context", add_page_assets)
    app.connect("build-finished", put_python_into_site, priority=900)  # it lists all files
