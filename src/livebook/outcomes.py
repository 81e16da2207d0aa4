"""The directive `outcomes`: what readers can do after each chapter, where it is taught and tried.

It is drawn from the front matter of the pages, where each outcome names the section that teaches it
and the exercises that ask for it:

    outcomes:
    - can: say from where on a model's cost is quadratic
      section: who-wins
      exercises: ["1.3"]

An exercise may stand for several outcomes; one that stands for none is warned of, and so are a
section or an exercise that the page does not have. Numbers stand in quotes, for without them 1.10
would be 1.1.
"""

import json
from dataclasses import dataclass
from typing import Any, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from livebook.chapters import link_to_page
from livebook.progress import exercises_by_page
from livebook.toc import pages_in_order

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What a reader can do, the label of the section that teaches it, and exercises' numbers."""

    can: str
    section: str
    exercises: tuple[str, ...]


class outcomes(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes in lower case
    """The place of the table in a page."""


class Outcomes(SphinxDirective):
    """Put the table of outcomes here."""

    def run(self) -> list[nodes.Node]:
        """Mark the place; the table is made when all pages are read."""
        place = outcomes()
        self.set_source_info(place)
        return [place]


def warn(docname: str, message: str) -> None:
    """Warn of a page's outcomes."""
    logger.warning(message, location=docname, type="livebook", subtype="outcomes")


def read_outcomes(env: BuildEnvironment, docname: str) -> list[Outcome]:
    """Return the outcomes of a page; Sphinx keeps lists in front matter as JSON."""
    value = env.metadata[docname].get("outcomes", "[]")
    try:
        entries = json.loads(value) if isinstance(value, str) else value
        return [
            Outcome(
                str(entry["can"]).strip(),
                str(entry["section"]),
                _numbers(entry["exercises"]),
            )
            for entry in entries
        ]
    except (json.JSONDecodeError, KeyError, TypeError):
        warn(
            docname,
            "each of `outcomes` must have `can`, `section` and a list `exercises` of numbers in "
            'quotes, such as ["1.3"]',
        )
        return []


def _numbers(entries: Any) -> tuple[str, ...]:
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise TypeError("exercises are a list of text")
    return tuple(entries)


def check_outcomes(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of outcomes that do not fit their page, and of exercises that no outcome names."""
    labels = cast(StandardDomain, env.get_domain("std")).anonlabels
    of_page = exercises_by_page(env)
    for docname, _ in pages_in_order(env):
        found = read_outcomes(env, docname)
        for outcome in found:
            if labels.get(outcome.section, ("",))[0] != docname:
                warn(docname, f"the outcome {outcome.can!r} names no section {outcome.section!r}")
        named = {number for outcome in found for number in outcome.exercises}
        there = set(of_page.get(docname, []))
        if unknown := sorted(named - there):
            warn(docname, f"outcomes name exercises that the page lacks: {', '.join(unknown)}")
        if found and (unnamed := sorted(there - named)):
            warn(docname, f"no outcome names the exercises {', '.join(unnamed)}")


class ListOutcomes(SphinxPostTransform):
    """Make the tables in their place."""

    default_priority = 5  # before Sphinx resolves the links in them

    def run(self, **kwargs: Any) -> None:
        """Replace each place by a heading and a table for every page that has outcomes."""
        for place in list(self.document.findall(outcomes)):
            made: list[nodes.Node] = []
            for docname, _ in pages_in_order(self.env):
                if found := read_outcomes(self.env, docname):
                    made += [self._heading(docname), self._table(found)]
            if not made:
                warn(self.env.docname, "there is nothing to list: no page has `outcomes`")
            place.replace_self(made)

    def _heading(self, docname: str) -> nodes.rubric:
        title = self.env.titles[docname].deepcopy().children
        return nodes.rubric("", "", link_to_page(docname, *title, origin=self.env.docname))

    def _table(self, found: list[Outcome]) -> nodes.table:
        head = _row(nodes.Text("After it you can"), nodes.Text("taught in"), nodes.Text("tried in"))
        rows = [self._row(outcome) for outcome in found]
        group = nodes.tgroup("", cols=3)
        group += [nodes.colspec("", colwidth=width) for width in (50, 28, 22)]
        group += [nodes.thead("", head), nodes.tbody("", *rows)]
        return nodes.table("", group, classes=["outcomes"])

    def _row(self, outcome: Outcome) -> nodes.row:
        tried = nodes.inline()
        for place, number in enumerate(outcome.exercises):
            label = f"exercise-{number.replace('.', '-')}"
            tried += [nodes.Text(", ")] if place else []
            tried += self._link(label, number)
        return _row(nodes.Text(outcome.can), self._link(outcome.section), tried)

    def _link(self, label: str, words: str = "") -> pending_xref:
        return pending_xref(
            "",
            nodes.inline("", words, classes=["std", "std-ref"]),
            refdomain="std",
            reftype="ref",
            reftarget=label,
            refexplicit=bool(words),
            refwarn=True,
            refdoc=self.env.docname,
        )


def _row(*cells: nodes.Node) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def setup(app: Sphinx) -> None:
    """Register the directive, its checks and what makes the table."""
    app.add_node(outcomes)
    app.add_directive("outcomes", Outcomes)
    app.add_post_transform(ListOutcomes)
    app.connect("env-check-consistency", check_outcomes)
