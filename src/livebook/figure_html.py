"""A moving figure in the site: its HTML and the plotly.js that draws it."""

from docutils import nodes
from sphinx.builders import Builder
from sphinx.writers.html import HTMLTranslator

from livebook.assets import copy_new, package_folder, package_version, static_folder
from livebook.figure_markup import figure_html


def library(builder: Builder, bundle: str) -> str:
    """Put plotly.js into the site and return its file name, which carries its version."""
    folder = package_folder(builder.config, f"plotly.js-{bundle}-dist-min")
    name = f"plotly-{bundle}-{package_version(folder)}.min.js"
    copy_new(folder / f"plotly-{bundle}.min.js", static_folder(builder.outdir) / name)
    return name


def visit_html(self: HTMLTranslator, node: nodes.Element) -> None:
    """Write the figure and put the plotly.js that it needs into the site."""
    bundle = node["bundle"]
    name = library(self.builder, bundle["bundle"])
    self.body.append(figure_html(bundle, node["ids"][0], name))
    raise nodes.SkipNode
