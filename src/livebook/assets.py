"""The site's own files: where they come from, and which page loads which.

Our scripts and styles lie beside this module. What others wrote (KaTeX, plotly.js) is installed by
npm from the lock file and copied from there, so that no page asks another host for anything.
"""

import json
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

OURS = Path(__file__).parent / "assets"
TEMPLATES = Path(__file__).parent / "templates"
FOLDER = "livebook"


def package_folder(config: Config, package: str) -> Path:
    """Return the folder of an installed npm package.

    Raises
    ------
    ExtensionError
        If the package is not installed.
    """
    folder = Path(config.livebook_node_modules) / package
    if not (folder / "package.json").is_file():
        raise ExtensionError(
            f"the npm package {package!r} is not installed in {folder.parent}; `make serve` "
            "installs it, and so does `npm ci` beside package.json"
        )
    return folder


def package_version(folder: Path) -> str:
    """Return the version of the npm package in a folder."""
    return json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]


def static_folder(outdir: str | Path) -> Path:
    """Return the folder that holds the extension's files in a site built at `outdir`."""
    return Path(outdir) / "_static" / FOLDER


def copy_new(source: Path, target: Path) -> None:
    """Copy a file unless its copy is there already and as new."""
    if target.exists() and target.stat().st_mtime_ns == source.stat().st_mtime_ns:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def copy_own_files(app: Sphinx) -> None:
    """Copy our scripts and styles before any page is written, so that Sphinx can digest them."""
    if app.builder.format == "html":
        for file in OURS.iterdir():
            if file.suffix in {".css", ".js"}:
                copy_new(file, static_folder(app.outdir) / file.name)


def add_style(app: Sphinx, name: str) -> None:
    """Link a stylesheet of ours from the page being written (in `html-page-context`)."""
    app.add_css_file(f"{FOLDER}/{name}")


def add_script(app: Sphinx, name: str) -> None:
    """Load a script of ours, deferred, in the page being written (in `html-page-context`)."""
    app.add_js_file(f"{FOLDER}/{name}", loading_method="defer")


def find_packages(app: Sphinx, config: Config) -> None:
    """Read the folder of npm's packages as relative to the folder of the configuration."""
    folder = Path(app.confdir or app.srcdir) / config.livebook_node_modules
    config.livebook_node_modules = str(folder)


def add_templates(app: Sphinx, config: Config) -> None:
    """Let pages and the theme's options name our templates."""
    config.templates_path = [*config.templates_path, str(TEMPLATES)]


def setup(app: Sphinx) -> None:
    """Say where npm's packages and our templates lie, and copy our own files."""
    app.add_config_value("livebook_node_modules", "node_modules", "html", types=frozenset({str}))
    app.connect("config-inited", find_packages)
    app.connect("config-inited", add_templates)
    app.connect("builder-inited", copy_own_files)
