"""The site's Python in Node, for the tests of all pages."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from pages_in_pyodide import SitePython

from tasks.execute import ROOT
from tests.sharing import BUILDING


@pytest.fixture(scope="session")
def site_python(say: Callable[[str], None]) -> SitePython:
    """Assemble what the site's pages run, from the site's own settings."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    say("Putting Pyodide together for the pages")
    with BUILDING:
        python = SitePython(settings["sphinx"]["config"], ROOT / "_build" / "parity")
    if python.elsewhere:
        why = f"Pyodide's packages cannot be had: {python.elsewhere['why']}"
        if os.environ.get("CI") == "true":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    return python


collect_ignore = [str(Path(__file__).with_name("run_page.mjs"))]
