"""The directive `claims`: every claim that the pages assert, measured value, bound and place.

It is made of what the executed cells have published, so there is nothing in it to keep up to date.
A claim in a folded solution keeps its numbers there, for they would give the answer away.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from livebook import published_claims
from livebook.assets import add_style
from livebook.chapters import link_to_page
from livebook.published_claims import Claim, claims_by_page
from livebook.toc import pages_in_order

EXPONENT = re.compile(r"(?:1)?e([-+]\d+)$")
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
WIDTHS = (26, 16, 22, 36)
logger = logging.getLogger(__name__)


class claims_listing(nodes.General, nodes.Element):  # noqa: N801 - docutils' way of names
    """The place of the tables in a page."""


class Claims(SphinxDirective):
    """Put the tables of all claims here."""

    def run(self) -> list[nodes.Node]:
        """Mark the place; the tables are made when all pages are read."""
        place = claims_listing()
        self.set_source_info(place)
        self.env.metadata[self.env.docname]["livebook_lists_claims"] = True
        return [place]


def written(number: Any) -> str:
    """Return a number as a printed book writes it: 10⁻⁶ and a real minus sign."""
    if isinstance(number, list):
        return ", ".join(map(written, number))
    digits = f"{number:g}" if isinstance(number, int | float) else str(number)
    if exponent := EXPONENT.search(digits):
        mantissa = digits[: exponent.start()]
        power = "10" + str(int(exponent[1])).translate(SUPERSCRIPT)
        digits = f"{mantissa} × {power}" if mantissa.strip("-") else mantissa + power
    return re.sub(r"^-", "\N{MINUS SIGN}", digits)


def bound_in_words(claim: Claim) -> str:
    """Return the bound of a claim, in percent where its value is written so."""
    unit, factor = "", 1.0
    if claim.text.endswith("%") and isinstance(claim.value, int | float):
        shown = float(claim.text.rstrip(" %").replace("\N{MINUS SIGN}", "-"))
        if abs(shown - 100 * claim.value) < abs(shown - claim.value):
            unit, factor = "%", 100.0

    def said(bound: Any) -> str:
        if isinstance(bound, list):
            return ", ".join(map(said, bound))
        return written(factor * bound if unit else bound) + unit

    bounds = claim.bounds
    if "near" in bounds:
        return f"within {said(bounds['within'])} of {said(bounds['near'])}"
    words = (("at_least", "at least"), ("at_most", "at most"))
    return " and ".join(f"{word} {said(bounds[key])}" for key, word in words if key in bounds)


class ListClaims(SphinxPostTransform):
    """Make the tables in their place."""

    default_priority = 5  # before Sphinx resolves the links in them

    def run(self, **kwargs: Any) -> None:
        """Replace each place by the counts, and a heading and a table for every page."""
        for place in list(self.document.findall(claims_listing)):
            noted = claims_by_page(self.env)
            found = {page: noted[page] for page, _ in pages_in_order(self.env) if page in noted}
            if not found:
                logger.warning(
                    "there is nothing to list: no page has published a claim; are the pages "
                    "executed? `make serve` does it",
                    location=place,
                    type="livebook",
                    subtype="claims",
                )
                words = "No page has been executed for this site, so there are no claims to show."
                place.replace_self(nodes.paragraph("", words))
                continue
            made: list[nodes.Node] = [self._counts(found), self._contents(found)]
            for page, claims in found.items():
                made += [self._heading(page), self._table(page, claims)]
            place.replace_self(made)

    def _counts(self, found: dict[str, list[Claim]]) -> nodes.paragraph:
        claims = [claim for of_page in found.values() for claim in of_page]
        silent = sum(claim.silent for claim in claims)
        words = (
            f"This build has asserted {len(claims)} claims on {len(found)} pages. The text quotes "
            f"the measured value of {len(claims) - silent}; the other {silent} stand behind "
            "sentences without a number."
        )
        return nodes.paragraph("", words, classes=["claims-count"])

    def _contents(self, found: dict[str, list[Claim]]) -> nodes.table:
        rows = [
            _row(
                nodes.reference("", "", *self._title(page), refid=_anchor(page), internal=True),
                nodes.Text(str(len(claims))),
                nodes.Text(str(sum(not claim.silent for claim in claims))),
            )
            for page, claims in found.items()
        ]
        return _table(("Page", "claims", "quoted in the text"), (60, 20, 20), rows)

    def _title(self, page: str) -> list[nodes.Node]:
        return self.env.titles[page].deepcopy().children

    def _heading(self, page: str) -> nodes.rubric:
        link = link_to_page(page, *self._title(page), origin=self.env.docname)
        return nodes.rubric("", "", link, ids=[_anchor(page)], level=2)

    def _table(self, page: str, claims: list[Claim]) -> nodes.table:
        head = ("Claim", "measured", "must be", "where")
        return _table(head, WIDTHS, [self._row(page, claim) for claim in claims])

    def _row(self, page: str, claim: Claim) -> nodes.row:
        name = nodes.literal("", claim.name)
        if claim.solution:
            folded = self._link(page, claim.solution, "in the solution")
            return _row(name, nodes.Text("folded"), nodes.Text("folded"), folded)
        place = self._link(page, claim.anchor, claim.section or "this page")
        return _row(name, nodes.Text(claim.text), nodes.Text(bound_in_words(claim)), place)

    def _link(self, page: str, anchor: str, words: str) -> nodes.Node:
        assert self.app.builder is not None
        return make_refnode(
            self.app.builder, self.env.docname, page, anchor, nodes.inline("", words)
        )


def _anchor(page: str) -> str:
    return "claims-of-" + re.sub(r"\W+", "-", page.removeprefix("book/"))


def _row(*cells: nodes.Node) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def _table(head: tuple[str, ...], widths: tuple[int, ...], rows: list[nodes.row]) -> nodes.table:
    """Return a table; the first cell of each row is its head, which a screen reader repeats."""
    group = nodes.tgroup("", cols=len(head))
    group += [
        nodes.colspec("", colwidth=width, stub=int(not place)) for place, width in enumerate(widths)
    ]
    group += [
        nodes.thead("", _row(*map(nodes.Text, head))),
        nodes.tbody("", *rows),
    ]
    return nodes.table("", group, classes=["claims"])


def write_listings_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the pages with tables written again when any page claims something else."""
    now = {page: list(claims) for page, claims in claims_by_page(env).items()}
    before = getattr(env, "livebook_claims_listed", now)
    env.livebook_claims_listed = now  # type: ignore[attr-defined]
    lists = [page for page, meta in env.metadata.items() if "livebook_lists_claims" in meta]
    return [] if now == before else lists


def add_page_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the tables' style in the pages that hold them."""
    if 'class="claims' in context.get("body", ""):
        add_style(app, "claims.css")


def setup(app: Sphinx) -> None:
    """Register the directive and what makes the tables."""
    published_claims.setup(app)
    app.add_node(claims_listing)
    app.add_directive("claims", Claims)
    app.add_post_transform(ListClaims)
    app.connect("env-updated", write_listings_again)
    app.connect("html-page-context", add_page_assets)
