"""Our ES modules and what they import from npm, bundled by esbuild into a few small files."""

import json
import os
import subprocess
from pathlib import Path

from sphinx.errors import ExtensionError

from livebook.assets import OURS
from livebook.katex import find_node

SCRIPT = OURS / "live" / "bundle.mjs"


def bundle_scripts(entries: list[Path], node_modules: Path, target: Path) -> dict[str, str]:
    """Bundle the modules into a folder; return the file name of each entry by its stem.

    The names carry a digest of the contents. What two entries share, and what is imported only when
    it is needed, becomes a file of its own.

    Raises
    ------
    ExtensionError
        If esbuild is missing or finds an error; its message names file and line.
    """
    question = {"entries": [str(entry) for entry in entries], "target": str(target)}
    command = [find_node(), str(SCRIPT), str(node_modules), json.dumps(question)]
    environment = {**os.environ, "NODE_PATH": str(node_modules)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        raise ExtensionError(f"the page's scripts could not be bundled: {done.stderr.strip()}")
    return json.loads(done.stdout)
