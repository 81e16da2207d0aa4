"""The Sphinx extension behind the site: prerendered maths, moving figures, live cells, own links.

Each module brings one of them and connects itself to Sphinx in a `setup` of its own. None knows
what the chapters are about.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: "Sphinx") -> dict[str, Any]:
    """Connect every part of the extension to a Sphinx application."""
    from livebook import (
        assets,
        book_map,
        cells,
        chapters,
        decisions,
        descriptions,
        execution,
        figures,
        images,
        maths,
        page,
        short_names,
        titles,
    )

    parts = (assets, maths, titles, descriptions, figures, images, chapters, book_map, page)
    for part in (*parts, decisions, short_names, cells, execution):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
