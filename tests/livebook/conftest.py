"""A project to build for each test, and one KaTeX for all."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from small_sites import ROOT, Site, build_site

from livebook.katex import Katex


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Site]:
    """Build a project from a dictionary of its files."""

    def build_here(files: dict[str, str], builder: str = "html", **config: Any) -> Site:
        return build_site(tmp_path, files, builder, **config)

    return build_here


@pytest.fixture(scope="session")
def render() -> Iterator[Callable[[str], str]]:
    """Render a formula with KaTeX, as HTML with MathML inside."""
    katex = Katex(ROOT / "node_modules" / "katex", {})
    yield lambda tex: katex.render(tex, display=False)
    katex.close()
