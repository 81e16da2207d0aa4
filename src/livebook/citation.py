"""The directive `citation`: BibTeX entries of the book or of its chapters, made from CITATION.cff.

So the title, the authors and the version stand in one file, which citation managers read as well.
"""

import re
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import clean_astext

from livebook.lessons import lessons


class citation_entries(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes in lower case
    """The place of the entries in a page; attribute `subject`, `book` or `chapters`."""


class Citation(SphinxDirective):
    """``{citation} book`` or ``{citation} chapters``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Mark the place; the chapters' titles are known when all pages are read."""
        subject = self.arguments[0]
        if subject not in ("book", "chapters"):
            raise self.error(f"`citation` is of `book` or of `chapters`, not of {subject!r}.")
        self.env.note_dependency(str(citation_file(self.env)))
        place = citation_entries(subject=subject)
        self.set_source_info(place)
        return [place]


def citation_file(env: BuildEnvironment) -> Path:
    """Return the path of CITATION.cff, which stands in the sources' root."""
    return Path(env.srcdir) / "CITATION.cff"


def key_of(title: str) -> str:
    """Return a title as the key of an entry."""
    return nodes.make_id(title.partition(":")[0])


def entry(kind: str, key: str, fields: dict[str, str]) -> str:
    """Return a BibTeX entry."""
    lines = (f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}"


def common_fields(env: BuildEnvironment, record: dict[str, Any]) -> dict[str, str]:
    """Return what the entries of the book and of its chapters share.

    Raises
    ------
    ExtensionError
        If the configuration's `copyright` names no year.
    """
    people = (
        f"{{{person['name']}}}"
        if "name" in person
        else f"{person['family-names']}, {person['given-names']}"
        for person in record["authors"]
    )
    years = re.findall(r"\d{4}", env.config.copyright)
    if not years:
        raise ExtensionError("citation: `copyright` in the configuration must name a year")
    fields = {"author": " and ".join(people), "year": years[-1]}
    address = env.config.html_theme_options.get("repository_url", "")
    return {**fields, "version": str(record["version"]), **({"url": address} if address else {})}


def entries(env: BuildEnvironment, subject: str) -> str:
    """Return the entry of the book, or those of all its chapters."""
    record = yaml.safe_load(citation_file(env).read_text(encoding="utf-8"))
    common, book = common_fields(env, record), key_of(record["title"])
    if subject == "book":
        return entry("book", book, {"title": record["title"], **common})
    titles = [clean_astext(env.titles[lesson.docname]) for lesson in lessons(env)]
    return "\n\n".join(
        entry(
            "incollection",
            f"{book}:{key_of(title)}",
            {"title": title, "booktitle": record["title"], **common},
        )
        for title in titles
    )


class WriteCitations(SphinxPostTransform):
    """Put the entries in their places."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Replace each place by its entries."""
        for place in list(self.document.findall(citation_entries)):
            text = entries(self.env, place["subject"])
            place.replace_self(nodes.literal_block(text, text, language="bibtex"))


def setup(app: Sphinx) -> None:
    """Register the directive and what writes the entries."""
    app.add_node(citation_entries)
    app.add_directive("citation", Citation)
    app.add_post_transform(WriteCitations)
