"""A project to build for each test, one with cells that run for a module, one KaTeX for all."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from live_pages import build_live, served
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


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site whose cells run from the module's `PAGES`; return its folder."""
    site = build_live(tmp_path_factory.mktemp("live"), request.module.PAGES)
    assert site.warnings == ""
    return site.folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Serve that site; return its address."""
    with served(folder) as server:
        yield f"http://127.0.0.1:{server.server_port}"
