"""Search that reads code: the lines of the pages' cells, with their sections, for the search page.

Sphinx's own index cuts names at their dots and knows no lines. This one holds the shown code as it
stands, and the search page alone loads it. Solutions are left out.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from livebook.assets import add_script, add_style, static_folder
from livebook.exercises import folded_solution
from livebook.toc import pages_in_order

FILE = "code-lines.json"
LANGUAGES = ("python", "ipython")


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield what holds a node, going outwards."""
    while node.parent is not None:
        node = node.parent
        yield node


def section_of(block: nodes.Node) -> tuple[str, str]:
    """Return the anchor and the title of the section that holds a block of code."""
    for holder in ancestors(block):
        if isinstance(holder, nodes.section):
            title = holder.next_node(nodes.title)
            return holder["ids"][0], title.astext() if title is not None else ""
    return "", ""


def code_of(doctree: nodes.document) -> list[tuple[str, str, str]]:
    """Return a page's code by section, in order: its anchor, its title, and the lines."""
    found: dict[tuple[str, str], list[str]] = {}
    for block in doctree.findall(nodes.literal_block):
        if not block.get("language", "").startswith(LANGUAGES):
            continue
        if any(isinstance(holder, folded_solution) for holder in ancestors(block)):
            continue
        lines = (line.strip() for line in block.astext().splitlines())
        found.setdefault(section_of(block), []).extend(line for line in lines if line)
    return [(anchor, title, "\n".join(lines)) for (anchor, title), lines in found.items()]


def write_lines(app: Sphinx, failure: Exception | None) -> None:
    """Put the code of all pages into the finished site."""
    if failure is not None or app.builder.name != "html":
        return
    pages = [
        (app.builder.get_target_uri(page), app.env.titles[page].astext(), code)
        for page, _ in pages_in_order(app.env)
        if (code := code_of(app.env.get_doctree(page)))
    ]
    text = json.dumps(pages, ensure_ascii=False, separators=(",", ":"))
    path = Path(static_folder(app.outdir)) / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def add_search(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the script that reads the lines in the search page."""
    if pagename == "search":
        add_style(app, "code-search.css")
        add_script(app, "code-search.js")


def setup(app: Sphinx) -> None:
    """Write the lines when the site is finished."""
    app.connect("html-page-context", add_search)
    app.connect("build-finished", write_lines)
