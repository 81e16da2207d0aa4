"""Links by a documented name's last part: `Estimate` finds `pydelt.Estimate` from any page.

Docstrings name what they speak of as their readers import it, without its module. Sphinx looks
such a name up in the docstring's own module only.
"""

from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode


def resolve_short_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, words: nodes.TextElement
) -> nodes.Element | None:
    """Return a link where the last part of exactly one documented name fits, else nothing."""
    if node.get("refdomain") != "py":
        return None
    ending = "." + node["reftarget"].lstrip(".")
    objects: dict[str, Any] = env.domaindata["py"]["objects"]
    found = [e for name, e in objects.items() if name.endswith(ending) and not e.aliased]
    if len(found) != 1:
        return None
    page, anchor = found[0].docname, found[0].node_id
    return make_refnode(app.builder, node["refdoc"], page, anchor, words, node["reftarget"])


def setup(app: Sphinx) -> None:
    """Resolve what Sphinx's own search of names leaves open."""
    app.connect("missing-reference", resolve_short_name)
