"""What the front matter of the pages says of them as lessons: minutes and prerequisites."""

import json
from dataclasses import dataclass
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from livebook.descriptions import front_matter
from livebook.toc import pages_in_order

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lesson:
    """A page of the table of contents whose front matter says how many minutes it takes."""

    docname: str
    depth: int
    minutes: int
    prerequisites: tuple[str, ...]
    description: str


def warn(docname: str, message: str) -> None:
    """Warn of a page's front matter."""
    logger.warning(message, location=docname, type="livebook", subtype="lesson")


def read_prerequisites(env: BuildEnvironment, docname: str) -> tuple[str, ...]:
    """Return the pages to read before this one; Sphinx keeps lists in front matter as JSON."""
    value = env.metadata[docname].get("prerequisites", "[]")
    try:
        names = json.loads(value) if isinstance(value, str) else value
    except json.JSONDecodeError:
        names = None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        warn(docname, f"prerequisites must be a list of pages such as [book/page], not {value!r}")
        return ()
    return tuple(names)


def read_minutes(env: BuildEnvironment, docname: str) -> int:
    """Return the minutes that a page takes; 0 if it does not say."""
    value = str(env.metadata[docname].get("minutes", "0"))
    if not value.isdecimal():
        warn(docname, f"minutes must be a whole number, not {value!r}")
        return 0
    return int(value)


def lessons(env: BuildEnvironment) -> list[Lesson]:
    """Return the lessons of the book in reading order."""
    return [
        Lesson(
            docname,
            depth,
            minutes,
            read_prerequisites(env, docname),
            front_matter(env.config, env.metadata[docname]),
        )
        for docname, depth in pages_in_order(env)
        if (minutes := read_minutes(env, docname))
    ]


def chapters(env: BuildEnvironment) -> list[Lesson]:
    """Return the lessons that are no part of another; the first is the introduction, number 0."""
    return [lesson for lesson in lessons(env) if not lesson.depth]


def is_written(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether a page has a source file, though this site may leave it out."""
    source = Path(env.srcdir) / docname
    return any(source.with_name(source.name + end).exists() for end in env.config.source_suffix)


def check_prerequisites(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of prerequisites that are no pages, and of those that come only later."""
    order = [docname for docname, _ in pages_in_order(env)]
    for lesson in lessons(env):
        for name in lesson.prerequisites:
            if name not in order:
                if not is_written(env, name):
                    warn(lesson.docname, f"the prerequisite {name!r} is not a page of the book")
            elif order.index(name) >= order.index(lesson.docname):
                warn(lesson.docname, f"the prerequisite {name!r} comes only after this page")


def setup(app: Sphinx) -> None:
    """Check the front matter once all pages are read."""
    app.connect("env-check-consistency", check_prerequisites)
