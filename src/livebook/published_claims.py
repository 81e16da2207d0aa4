"""What the executed cells of each page have claimed, noted while the page is read.

A claim is an output whose metadata say what was measured and the bounds that it keeps. MyST-NB
takes such outputs out of the page and writes them to a file, without the cell they came from; that
is found again by the name, which stands in the cell's code.
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from livebook.exercises import folded_solution

METADATA = "calcbook"


@dataclass(frozen=True)
class Claim:
    """A claim of a page.

    `text` is the measured value as the page writes it, `bounds` are by name (`at_most`, ...), and
    `silent` tells that the page quotes no number. `section` is the title above its cell, `anchor`
    the id of the cell, and `solution` that of the folded solution it stands in; each may be blank.
    """

    name: str
    text: str
    value: Any
    bounds: dict[str, Any]
    silent: bool
    section: str = ""
    anchor: str = ""
    solution: str = ""


def claims_by_page(env: BuildEnvironment) -> dict[str, list[Claim]]:
    """Return the claims of all pages read so far, pages without any left out."""
    kept: Any = env
    if not hasattr(kept, "livebook_claims"):
        kept.livebook_claims = {}
    return cast(dict[str, list[Claim]], kept.livebook_claims)


def named_in(source: str) -> re.Pattern[str] | None:
    """Return a pattern for all text that a cell's code can make: plain strings and f-strings."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    parts = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts.append("".join(map(_pattern, node.values)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            parts.append(_pattern(node))
    return re.compile("|".join(parts)) if parts else None


def _pattern(piece: ast.expr) -> str:
    """Return a pattern for a piece of text: itself, or anything where a value is put in."""
    return re.escape(str(piece.value)) if isinstance(piece, ast.Constant) else ".+"


def code_cells(doctree: nodes.document) -> Iterator[tuple[nodes.Element, str]]:
    """Yield each code cell of a page with its source."""
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") == "cell_code":
            source = next(cell.findall(nodes.literal_block), None)
            yield cell, "" if source is None else source.astext()


def ancestor(node: nodes.Node, kind: type[nodes.Element]) -> nodes.Element | None:
    """Return the nearest element of a kind around a node."""
    above = node.parent
    while above is not None and not isinstance(above, kind):
        above = above.parent
    return above


def published(env: BuildEnvironment, docname: str) -> dict[str, Any]:
    """Return the outputs that MyST-NB took out of the page, by their names, in their order."""
    names = env.nb_metadata.get(docname, {}).get("glue", [])  # type: ignore[attr-defined]
    if not names:
        return {}
    file = Path(env.mystnb_config.output_folder) / f"{docname}.glue.json"  # type: ignore[attr-defined]
    outputs = json.loads(file.read_text(encoding="utf-8"))
    return {name: outputs[name] for name in names}


def note_claims(app: Sphinx, doctree: nodes.document) -> None:
    """Note the claims of the page just read, and give their cells ids to link to."""
    env = app.env
    if not hasattr(env, "mystnb_config"):  # a site without notebooks
        return
    cells = [
        (number, cell, pattern)
        for number, (cell, source) in enumerate(code_cells(doctree), 1)
        if (pattern := named_in(source))
    ]
    found = []
    for name, output in published(env, env.docname).items():
        said = output["metadata"].get(METADATA, {})
        if said.get("kind") == "claim":
            place = next((cell for cell in cells if cell[2].fullmatch(name)), None)
            where = {} if place is None else _place(place[0], place[1])
            text, bounds = output["data"]["text/plain"], said["bounds"]
            found.append(Claim(name, text, said["value"], bounds, said["silent"], **where))
    if found:
        claims_by_page(env)[env.docname] = found


def _place(number: int, cell: nodes.Element) -> dict[str, str]:
    """Return where a cell stands; it gets its id on the way."""
    anchor = f"cell-{number}"
    if anchor not in cell["ids"]:
        cell["ids"].append(anchor)
    section, solution = ancestor(cell, nodes.section), ancestor(cell, folded_solution)
    title = None if section is None else section.next_node(nodes.title)
    return {
        "section": "" if title is None else title.astext(),
        "anchor": anchor,
        "solution": "" if solution is None else solution["ids"][0],
    }


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the claims of a page that is read again or gone."""
    claims_by_page(env).pop(docname, None)


def merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Take over what a parallel reader has noted."""
    theirs = claims_by_page(other)
    claims_by_page(env).update({name: theirs[name] for name in docnames if name in theirs})


def setup(app: Sphinx) -> None:
    """Note what each page claims."""
    app.connect("doctree-read", note_claims)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
