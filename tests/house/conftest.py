"""What the tests of the repository's papers share: the tree that belongs to the project."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "node_modules", "_build", "__pycache__", ".ipynb_checkpoints"}


def _walk(folder: Path) -> list[Path]:
    files: list[Path] = []
    for path in sorted(folder.iterdir()):
        made_by_tools = path.name.endswith(("_cache", ".egg-info")) or path.name == ".hypothesis"
        if path.name in NOT_OURS or made_by_tools:
            continue
        files += _walk(path) if path.is_dir() else [path]
    return files


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def project_texts() -> dict[str, str]:
    """Every text file of the project (not what tools made): path from the root -> content."""
    texts = {}
    for path in _walk(ROOT):
        try:
            texts[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures
    assert "pyproject.toml" in texts
    return texts
