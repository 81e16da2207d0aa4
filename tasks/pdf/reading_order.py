"""The pages of the book in the order of its table of contents."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Page:
    """A page: its name as in `_toc.yml`, its depth, its part's caption and its number if any."""

    name: str
    depth: int = 0
    part: str = ""
    number: str = ""

    @property
    def slug(self) -> str:
        """The page's id in the one document; those of its elements begin with it."""
        return self.name.removeprefix("book/").replace("/", "-")


def pages_of(toc: dict[str, Any]) -> Iterator[Page]:
    """Yield the pages; the root is the front page, and the first part's chapters begin at 0."""
    first, *others = toc.get("parts") or [{"chapters": toc.get("chapters", [])}]
    caption = first.get("caption", "")
    yield Page(toc["root"])
    for number, entry in enumerate(first["chapters"]):
        yield from _with_sections(entry, caption, str(number))
    for part in others:
        for entry in part["chapters"]:
            yield from _with_sections(entry, part["caption"], "")


def _with_sections(entry: dict[str, Any], part: str, number: str) -> Iterator[Page]:
    yield Page(entry["file"], 0, part, number)
    for place, section in enumerate(entry.get("sections", []), 1):
        yield Page(section["file"], 1, part, f"{number}.{place}" if number else "")


def read_order(root: Path) -> list[Page]:
    """Return the pages of the book below a folder."""
    return list(pages_of(yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))))
