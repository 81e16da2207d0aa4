"""The role `chapter`: a link to a page once that page stands in the table of contents.

Until then the same words stand there as plain text, so that pages can speak of chapters that are
still to be written.
"""

from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

from livebook.toc import is_listed, pages_in_order

logger = logging.getLogger(__name__)


class chapter_reference(nodes.inline):  # noqa: N801 - docutils names its nodes in lower case
    """A chapter spoken of; attributes `target` (its page) and `titled` (has words of its own)."""


def link_to_page(docname: str, *words: nodes.Node, origin: str) -> pending_xref:
    """Return a reference to a page that Sphinx resolves, and warns of if there is none.

    Without words of its own it shows the page's title.
    """
    return pending_xref(
        "",
        nodes.inline("", "", *words, classes=["std", "std-doc"]),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{docname}",
        refexplicit=bool(words),
        refwarn=True,
        refdoc=origin,
    )


class ChapterRole(ReferenceRole):
    """``{chapter}`words <path/of/page>``` with the path as in the table of contents."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Note the reference; whether it is a link is known when all pages are read."""
        words = self.title if self.has_explicit_title else ""
        reference = chapter_reference(
            self.rawtext, words, target=self.target.strip("/"), titled=self.has_explicit_title
        )
        self.set_source_info(reference)
        return [reference], []


class ResolveChapters(SphinxPostTransform):
    """Turn each chapter reference into a link or into text."""

    default_priority = 5  # before Sphinx resolves references

    def run(self, **kwargs: Any) -> None:
        """Resolve all references of the page."""
        for reference in list(self.document.findall(chapter_reference)):
            reference.replace_self(self._resolved(reference))

    def _resolved(self, reference: chapter_reference) -> nodes.Node:
        target, words = reference["target"], reference.astext()
        if is_listed(self.env, target):
            children = [nodes.Text(words)] if words else []
            return link_to_page(target, *children, origin=self.env.docname)
        if not reference["titled"]:
            logger.warning(
                "the page %r is not in the table of contents, so the role needs words to show: "
                "{chapter}`words <%s>`",
                target,
                target,
                location=reference,
                type="livebook",
                subtype="chapter",
            )
        return nodes.inline("", words or target, classes=["unwritten"])


def rewrite_on_new_contents(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have every page written again when the table of contents has changed."""
    contents = list(pages_in_order(env))
    before = getattr(env, "livebook_contents", contents)
    env.livebook_contents = contents  # type: ignore[attr-defined]
    return [] if before == contents else [page for page, _ in contents]


def setup(app: Sphinx) -> None:
    """Register the role and what resolves it."""
    app.add_node(chapter_reference)
    app.add_role("chapter", ChapterRole())
    app.add_post_transform(ResolveChapters)
    app.connect("env-updated", rewrite_on_new_contents)
