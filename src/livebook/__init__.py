"""The Sphinx extension behind the site: maths, moving figures, quizzes, exercises, own links.

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
        chapters,
        citation,
        decisions,
        descriptions,
        diagnostic,
        execution,
        exercises,
        figures,
        images,
        launch,
        maths,
        page,
        quizzes,
        short_names,
        titles,
    )

    parts = (assets, maths, titles, descriptions, figures, images, chapters, book_map, page)
    extras = decisions, quizzes, diagnostic, exercises, launch, citation, short_names, execution
    for part in (*parts, *extras):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
