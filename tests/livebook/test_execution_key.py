"""The key over what the notebook cache does not see, and the warning when it does not fit."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from livebook.execution import KEY_FILE, execution_key


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with a module and a data file."""
    (tmp_path / "src/inner").mkdir(parents=True)
    (tmp_path / "src/inner/model.py").write_text("rate = 1")
    (tmp_path / "data.csv").write_text("1,2")
    return tmp_path


PATTERNS = ["src/**/*.py", "data.csv"]


def test_key_changes_with_contents_names_and_new_files(sources: Path) -> None:
    keys = [execution_key(sources, PATTERNS)]
    (sources / "src/inner/model.py").write_text("rate = 2")
    keys.append(execution_key(sources, PATTERNS))
    (sources / "src/inner/model.py").rename(sources / "src/model.py")
    keys.append(execution_key(sources, PATTERNS))
    (sources / "src/other.py").write_text("")
    keys.append(execution_key(sources, PATTERNS))
    assert len(set(keys)) == 4


def test_key_does_not_depend_on_order_time_or_other_files(sources: Path) -> None:
    key = execution_key(sources, PATTERNS)
    os.utime(sources / "data.csv", (0, 0))
    (sources / "notes.txt").write_text("unseen")
    assert execution_key(sources, PATTERNS[::-1]) == key


def test_pattern_without_files_is_an_error(sources: Path) -> None:
    with pytest.raises(ValueError, match=r"'scr/\*\.py' matches no file"):
        execution_key(sources, ["scr/*.py"])


@pytest.mark.parametrize("stale", [True, False])
def test_stale_cache_warns(build: Callable, tmp_path: Path, stale: bool) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    page = "# T\n"
    (tmp_path / "source").mkdir()
    (tmp_path / "source/index.md").write_text(page)
    key = execution_key(tmp_path / "source", ["*.md"])
    (cache / KEY_FILE).write_text("another" if stale else key)
    site = build(
        {"index.md": page},
        livebook_execution_inputs=["*.md"],
        nb_execution_cache_path=str(cache),
    )
    assert ("made with other sources" in site.warnings) == stale
    assert ("make serve" in site.warnings) == stale


def test_pages_executed_by_the_build_give_static_figures(
    build: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LIVEBOOK_STATIC", raising=False)
    build({"index.md": "# T\n"})
    assert os.environ["LIVEBOOK_STATIC"] == "1"
