"""Chapter 8's exercises: a module for each of its pages, found by being there."""

import importlib
import pkgutil

from calcbook.checks.exercise import Exercise

EXERCISES: dict[str, Exercise] = {}
for _page in pkgutil.iter_modules(__path__):
    EXERCISES |= importlib.import_module(f"{__name__}.{_page.name}").EXERCISES
