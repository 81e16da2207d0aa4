"""README, CONTRIBUTING, CHANGELOG and CITATION say what is true."""

import contextlib
import io
import re
import tomllib
from pathlib import Path

import pytest
import yaml

PAPERS = ("README.md", "CONTRIBUTING.md", "book/README.md", "CHANGELOG.md", "LICENSE-TEXT.md")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def version(root: Path) -> str:
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]


@pytest.mark.parametrize("name", PAPERS)
def test_relative_links_resolve(root: Path, name: str) -> None:
    text = FENCE.sub("", (root / name).read_text())
    targets = re.findall(r"\]\(([^)#]+)", text)
    local = [target for target in targets if not target.startswith("https://")]
    assert [target for target in local if not (root / target).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "book/README.md"])
def test_named_targets_and_paths_exist(root: Path, name: str) -> None:
    text = (root / name).read_text()
    targets = re.findall(r"^(\w+):", (root / "Makefile").read_text(), re.M)
    assert set(re.findall(r"^make ([a-z]+)", _code(text), re.M)) <= set(targets)
    paths = re.findall(r"(?<![\w/.])(?:book|src|tests|tasks)/[\w./-]*", text)
    real = [path for path in paths if not path.startswith(("book/name", "book/page"))]
    assert real
    assert [path for path in real if not (root / path).exists()] == []


def _code(text: str) -> str:
    """Return what stands in code spans and fences, one a line."""
    return "\n".join(re.findall(r"`([^`]+)`", text) + [body for _, body in FENCE.findall(text)])


def test_readme_example_prints_what_the_readme_says(root: Path) -> None:
    fences = FENCE.findall((root / "README.md").read_text())
    (example,) = [body for language, body in fences if language == "python"]
    (shown,) = [body for language, body in fences if language == "text"]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(example, "README.md", "exec"), {})
    assert shown
    assert printed.getvalue() == shown


def test_readme_picture_is_real_and_light(root: Path) -> None:
    picture = (root / "book" / "_static" / "screenshot.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert width >= 800
    assert height >= 400
    assert len(picture) < 200_000


def test_contributing_fits_on_one_screen(root: Path) -> None:
    assert len((root / "CONTRIBUTING.md").read_text().splitlines()) <= 60


def test_one_version_everywhere(root: Path) -> None:
    citation = yaml.safe_load((root / "CITATION.cff").read_text())
    newest = re.findall(r"^## (\S+)", (root / "CHANGELOG.md").read_text(), re.M)[0]
    assert citation["version"] == newest == version(root)


def test_citation_has_what_its_format_demands(root: Path) -> None:
    citation = yaml.safe_load((root / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert citation["authors"]
    assert all(set(author) & {"name", "family-names"} for author in citation["authors"])
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert citation["license"] == project["license"]
    assert (root / "LICENSE").read_text().startswith("BSD 3-Clause License")
