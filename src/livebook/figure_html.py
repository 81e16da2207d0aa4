"""A moving figure in the site: its HTML, its data, and the plotly.js that draws it."""

import hashlib
import json

from docutils import nodes
from sphinx.builders import Builder
from sphinx.writers.html import HTMLTranslator

from livebook.assets import copy_new, package_folder, package_version, static_folder
from livebook.figure_markup import drawn_data, figure_html


def library(builder: Builder, bundle: str) -> str:
    """Put plotly.js into the site and return its file name, which carries its version."""
    folder = package_folder(builder.config, f"plotly.js-{bundle}-dist-min")
    name = f"plotly-{bundle}-{package_version(folder)}.min.js"
    copy_new(folder / f"plotly-{bundle}.min.js", static_folder(builder.outdir) / name)
    return name


def write_data(builder: Builder, uid: str, data: str) -> str:
    """Put a figure's data into the site, in place of earlier ones; return the file's path.

    A script, and not JSON, so that a page opened as a file can load it too.
    """
    folder = static_folder(builder.outdir) / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    text = f"(window.livebookFigures ??= {{}})[{json.dumps(uid)}] = {data};\n"
    name = f"{uid}.{hashlib.sha256(text.encode()).hexdigest()[:10]}.js"
    for old in folder.glob(f"{uid}.*.js"):
        if old.name != name:
            old.unlink()
    (folder / name).write_text(text, encoding="utf-8")
    return f"figures/{name}"


def visit_html(self: HTMLTranslator, node: nodes.Element) -> None:
    """Write the figure, and put its data and the plotly.js that it needs into the site."""
    bundle, uid = node["bundle"], node["ids"][0]
    data = drawn_data(bundle, library(self.builder, bundle["bundle"]))
    self.body.append(figure_html(bundle, uid, file=write_data(self.builder, uid, data)))
    raise nodes.SkipNode
