"""The Sphinx extension behind the site: math, figures, quizzes, exercises, live cells, links.

Each module brings one of them and connects itself to Sphinx in a `setup` of its own. None knows
what the chapters are about.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PARTS = (
    "site_address",
    "assets",
    "formulas",
    "titles",
    "descriptions",
    "figures",
    "social_cards",
    "images",
    "chapters",
    "chapter_numbers",
    "book_map",
    "page",
    "accessible_names",
    "decisions",
    "exercises",
    "progress",
    "outcomes",
    "claims_table",
    "used_later",
    "section_minutes",
    "quizzes",
    "diagnostic",
    "citation",
    "launch",
    "book_pdf",
    "feedback",
    "first_address",
    "not_found",
    "short_names",
    "cells",
    "execution",
    "search",
    "light_pages",
    "light_layout",
)


def setup(app: "Sphinx") -> dict[str, Any]:
    """Connect every part of the extension, in this order, to a Sphinx application."""
    for part in PARTS:
        import_module(f"livebook.{part}").setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
