"""At the end of each section: which later pages use it; at the end of a page: which build on it.

Both come from the front matter of those later pages:

    prerequisites: [book/limits]
    uses:
      book/limits: [one-sided, at-infinity]

The names in brackets are labels of sections. One that the earlier page does not have is warned of.
"""

import json
from collections import defaultdict
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from livebook.assets import add_style
from livebook.chapters import link_to_page
from livebook.lessons import is_written, lessons, warn
from livebook.toc import pages_in_order

IN_SECTION, ON_PAGE = "Used later in", "Pages that build on this one:"


def read_uses(env: BuildEnvironment, docname: str) -> dict[str, list[str]]:
    """Return the sections that a page uses, by their pages; Sphinx keeps them as JSON."""
    value = env.metadata[docname].get("uses", "{}")
    try:
        found = json.loads(value) if isinstance(value, str) else value
        return {str(page): [str(label) for label in labels] for page, labels in found.items()}
    except (json.JSONDecodeError, AttributeError, TypeError):
        warn(
            docname, f"uses must name sections by page, `book/page: [label, label]`, not {value!r}"
        )
        return {}


def users(env: BuildEnvironment) -> dict[str, dict[str, list[str]]]:
    """Return, for each page used later, the pages that use it, by the label of the section.

    Under the blank label stand the pages that have the whole page among their prerequisites.
    """
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for docname, _ in pages_in_order(env):
        for page, labels in read_uses(env, docname).items():
            for label in labels:
                found[page][label].append(docname)
    for lesson in lessons(env):
        for page in lesson.prerequisites:
            found[page][""].append(lesson.docname)
    return {page: dict(by_label) for page, by_label in found.items()}


def section_ids(env: BuildEnvironment, docname: str) -> dict[str, str]:
    """Return the labels of a page's sections, and the ids they stand for."""
    labels = cast(StandardDomain, env.get_domain("std")).labels
    return {label: entry[1] for label, entry in labels.items() if entry[0] == docname}


class SayUsedLater(SphinxPostTransform):
    """Add the lines to the page."""

    default_priority = 5  # before Sphinx resolves the links in them

    def run(self, **kwargs: Any) -> None:
        """Add one line to each section that is used later, and one to the page."""
        here = users(self.env).get(self.env.docname, {})
        ids = section_ids(self.env, self.env.docname) if here else {}
        sections = {
            name: part for part in self.document.findall(nodes.section) for name in part["ids"]
        }
        for label, pages in here.items():
            if label and (section := sections.get(ids.get(label, ""))) is not None:
                section += self._line(IN_SECTION, pages)
        top = next(self.document.findall(nodes.section), None)
        if top is not None and (pages := here.get("", [])):
            top += self._line(ON_PAGE, pages)

    def _line(self, words: str, pages: list[str]) -> nodes.paragraph:
        line = nodes.paragraph("", f"{words} ", classes=["used-later"])
        for place, page in enumerate(pages):
            title = self.env.titles[page].deepcopy().children
            line += [nodes.Text(" · ")] if place else []
            line += link_to_page(page, *title, origin=self.env.docname)
        return line


def check_uses(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of sections that are not there, and of those that come only later."""
    order = [docname for docname, _ in pages_in_order(env)]
    for docname in order:
        for page, labels in read_uses(env, docname).items():
            if page not in order:
                if not is_written(env, page):
                    warn(docname, f"it uses {page!r}, which is not a page of the book")
            elif order.index(page) >= order.index(docname):
                warn(docname, f"it uses {page!r}, which comes only after this page")
            elif unknown := sorted(set(labels) - set(section_ids(env, page))):
                warn(docname, f"it uses sections that {page!r} lacks: {', '.join(unknown)}")


def write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have those pages written again that other pages use now or used before."""
    now = {page: (by_label, [env.titles[p].astext() for pages in by_label.values() for p in pages])
           for page, by_label in users(env).items()}  # fmt: skip
    before = getattr(env, "livebook_users", now)
    env.livebook_users = now  # type: ignore[attr-defined]
    return [
        page
        for page in {*now, *before}
        if now.get(page) != before.get(page) and page in env.found_docs
    ]


def add_page_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the style of the lines in the pages that have them."""
    if 'class="used-later' in context.get("body", ""):
        add_style(app, "used-later.css")


def setup(app: Sphinx) -> None:
    """Check the front matter once all pages are read, and add the lines."""
    app.add_post_transform(SayUsedLater)
    app.connect("env-check-consistency", check_uses)
    app.connect("env-updated", write_again)
    app.connect("html-page-context", add_page_assets)
