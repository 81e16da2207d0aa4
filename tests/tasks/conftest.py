"""A tiny book of two pages, for what must go wrong loudly."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tasks import build, execute

ROOT = Path(__file__).resolve().parents[2]
HEADER = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3, language: python}
description: A page to break.
---
# A page

"""


@pytest.fixture
def small_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Return a function that writes the page's text and makes the tasks work on that book."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text())
    settings = config["sphinx"]["config"]
    settings["livebook_execution_inputs"] = ["helper.py"]
    settings["livebook_node_modules"] = str(ROOT / "node_modules")
    settings["html_static_path"] = []
    settings["livebook_live_packages"] = []
    config["bibtex_bibfiles"] = ["references.bib"]
    for key in ("logo", "launch_buttons"):
        del config[key]
    del config["html"]["favicon"]
    (tmp_path / "_config.yml").write_text(yaml.safe_dump(config))
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: page\nchapters:\n- file: other\n")
    (tmp_path / "references.bib").touch()
    (tmp_path / "book").mkdir()
    (tmp_path / "other.md").write_text("# Another page\n\nText.\n")
    (tmp_path / "helper.py").write_text("VALUE = 1\n")
    monkeypatch.setattr(execute, "ROOT", tmp_path)
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "SITE_INPUTS", ("_config.yml", "_toc.yml"))

    def write(text: str) -> Path:
        (tmp_path / "page.md").write_text(HEADER + text)
        return tmp_path

    return write
