"""The branch of notebooks: pushed from a built site, and pulled by students who worked in it."""

import subprocess
from pathlib import Path

import nbformat
import pytest

from tasks.notebook_branch import BRANCH, push_notebooks


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Clone a bare repository of one commit."""
    bare, clone = tmp_path / "ours.git", tmp_path / "clone"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    git(tmp_path, "clone", "--quiet", str(bare), str(clone))
    (clone / "README.md").write_text("The book.")
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "-m", "Start")
    git(clone, "push", "--quiet", "origin", "HEAD:main")
    return clone


def written(folder: Path, text: str, name: str = "02-two.ipynb") -> Path:
    cells = [nbformat.v4.new_markdown_cell(text, id="a")]
    folder.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / name)
    return folder


def test_branch_holds_the_notebooks_and_nothing_else(checkout: Path, tmp_path: Path) -> None:
    assert push_notebooks(written(tmp_path / "site", "One."), checkout)
    assert git(tmp_path / "ours.git", "ls-tree", "-r", "--name-only", BRANCH) == "02-two.ipynb"
    assert git(checkout, "status", "--porcelain") == ""


def test_same_notebooks_make_no_commit(checkout: Path, tmp_path: Path) -> None:
    site = written(tmp_path / "site", "One.")
    assert [push_notebooks(site, checkout) for _ in range(2)] == [True, False]
    assert git(tmp_path / "ours.git", "rev-list", "--count", BRANCH) == "1"


def test_site_without_notebooks_does_not_empty_the_branch(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    with pytest.raises(FileNotFoundError, match="the branch is left as it is"):
        push_notebooks(tmp_path / "site", checkout)


def test_branch_merges_into_the_work_of_who_pulled_it_before(
    checkout: Path, tmp_path: Path
) -> None:
    """What nbgitpuller does: a shallow clone, then commit, fetch and merge with own work first."""
    site = written(tmp_path / "site", "One.")
    push_notebooks(written(site, "Before.", "03-three.ipynb"), checkout)
    bare = (tmp_path / "ours.git").as_uri()
    git(tmp_path, "clone", "--quiet", "--depth=1", f"--branch={BRANCH}", bare, "student")
    student = written(tmp_path / "student", "My answer.")
    push_notebooks(written(site, "After.", "03-three.ipynb"), checkout)
    git(student, "commit", "--quiet", "--all", "-m", "Work")
    git(student, "fetch", "--quiet")
    git(student, "merge", "--quiet", "-Xours", f"origin/{BRANCH}")
    texts = [path.read_text() for path in sorted(student.glob("*.ipynb"))]
    assert "My answer." in texts[0]
    assert "After." in texts[1]
