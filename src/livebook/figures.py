"""Moving figures in the static page: from a notebook's output to a node of the document.

A figure arrives as one JSON bundle (`MIME`): the traces and layout at the start, its controls, and
for every position of the controls what differs. HTML builders show it alive (`figure_html`), all
others by its alternative text.
"""

import re
from math import prod
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx

from livebook.assets import add_script, add_style
from livebook.figure_html import visit_html

MIME = "application/vnd.livebook.figure+json"
VERSION = 1
BUNDLES = ("cartesian", "gl3d")
HEX_COLOR = re.compile("#[0-9a-f]{6}([0-9a-f]{2})?")
FIELDS: dict[str, type | tuple[type, ...]] = {
    "alt": str,
    "height": (int, float),
    "bundle": str,
    "controls": list,
    "data": list,
    "layout": dict,
    "frames": list,
    "dark": dict,
    "poster": str,
}


class moving_figure(nodes.General, nodes.Element):  # noqa: N801 - as docutils names nodes
    """A figure whose data follow its controls; attributes `bundle` (dict) and `ids`."""


def problem_with(bundle: Any) -> str | None:
    """Return what is wrong with a bundle, as the end of a sentence; None if nothing is."""
    if not isinstance(bundle, dict) or bundle.get("version") != VERSION:
        version = bundle.get("version") if isinstance(bundle, dict) else bundle
        return f"its version is {version!r} and {VERSION} is understood"
    for name, kind in FIELDS.items():
        if not isinstance(bundle.get(name), kind):
            return f"its field {name!r} is missing or of the wrong kind"
    if bundle["bundle"] not in BUNDLES:
        return f"its bundle {bundle['bundle']!r} is none of {', '.join(BUNDLES)}"
    for color in (*bundle["dark"], *bundle["dark"].values()):
        if not HEX_COLOR.fullmatch(color):
            return f"its color {color!r} is not written like #0072b2"
    for control in bundle["controls"]:
        labels = control.get("labels", [])
        if control.get("kind") not in ("range", "select") or not labels:
            return f"its control {control.get('name')!r} has no labels or an unknown kind"
        if not 0 <= control.get("start", -1) < len(labels):
            return f"its control {control.get('name')!r} starts outside its labels"
    expected = prod(len(control["labels"]) for control in bundle["controls"])
    for handle in bundle.get("handles", ()):
        if (count := len(handle["places"])) != expected:
            return f"a handle has {count} places and its controls have {expected} positions"
    if bundle["controls"] and len(bundle["frames"]) != expected:
        return f"it has {len(bundle['frames'])} frames and its controls have {expected} positions"
    return None


class FigureRenderer:
    """The renderer of the MIME type, found by MyST-NB through the distribution's entry point."""

    mime_priority_overrides: ClassVar = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """Return the figure's node, or None for other outputs; warn of a bad bundle."""
        if data.mime_type != MIME or inline:
            return None
        bundle: Any = data.content
        where = f"cell {(data.cell_index or 0) + 1}: the figure cannot be shown:"
        if problem := problem_with(bundle):
            renderer.logger.warning(f"{where} {problem}", line=data.line, subtype="figure")
            return []
        if not bundle["alt"].strip():
            renderer.logger.warning(
                f"{where} its alternative text is blank; say in `alt` what it shows",
                line=data.line,
                subtype="figure",
            )
            return []
        env = renderer.renderer.sphinx_env
        place = f"{env.docname if env else ''}-{data.cell_index}-{data.output_index}"
        return [moving_figure(bundle=bundle, ids=[nodes.make_id(f"moving-figure-{place}")])]


def say_figures(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the alternative text in a figure's place for builders other than HTML."""
    if app.builder.format != "html":
        for figure in list(doctree.findall(moving_figure)):
            figure.replace_self(nodes.paragraph("", figure["bundle"]["alt"]))


def head(bundles: list[dict[str, Any]]) -> str:
    """Return what a page with figures adds to its head: the posters' dark colors, and no controls
    where no script can move them."""
    twins = {light: dark for bundle in bundles for light, dark in bundle["dark"].items()}
    colors = "".join(f"--c{light[1:]}:{dark};" for light, dark in sorted(twins.items()))
    return (
        f"\n<style>html[data-theme=dark]{{{colors}}}</style>"
        "\n<noscript><style>.moving-figure-controls{display:none!important}</style></noscript>"
    )


def add_page_assets(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Load the figures' script and style in the pages that hold figures."""
    figures = list(doctree.findall(moving_figure)) if doctree is not None else []
    if figures:
        add_style(app, "figures.css")
        add_script(app, "figures.js")
        bundles = [figure["bundle"] for figure in figures]
        context["metatags"] = context.get("metatags", "") + head(bundles)


def setup(app: Sphinx) -> None:
    """Register the node and the pages' assets; the renderer itself is an entry point."""
    app.add_node(moving_figure, html=(visit_html, None))
    app.connect("doctree-resolved", say_figures)
    app.connect("html-page-context", add_page_assets)
