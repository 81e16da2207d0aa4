"""Push a folder of notebooks as the branch `notebooks`, which Colab and JupyterHubs open.

usage: python -m tasks.notebook_branch FOLDER

Run in a checkout that may push to its `origin`. The folder becomes the whole content of a new
commit on top of the branch. The branch is never rewritten: nbgitpuller merges it into what students
have worked in, and cannot where two histories share no commit. A commit is made only for a change,
and notebooks hold no outputs, so that the branch stays small.
"""

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

BRANCH = "notebooks"
AUTHOR = {"NAME": "publish", "EMAIL": "publish@users.noreply.github.com"}


def git(repository: Path, *arguments: str | Path, **env: str) -> str:
    """Run git in a repository and return what it prints."""
    identity = {
        f"GIT_{who}_{key}": AUTHOR[key] for who in ("AUTHOR", "COMMITTER") for key in AUTHOR
    }
    done = subprocess.run(
        ["git", "-C", repository, *arguments],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **identity, **env},
    )
    return done.stdout.strip()


def tree_of(folder: Path, repository: Path) -> str:
    """Store a folder's content in a repository, beside its own index; return the tree's name."""
    with tempfile.TemporaryDirectory() as scratch:
        index = str(Path(scratch) / "index")
        work = f"--work-tree={folder.resolve()}"
        git(repository, work, "add", "--all", "--force", ".", GIT_INDEX_FILE=index)
        return git(repository, "write-tree", GIT_INDEX_FILE=index)


def push_notebooks(folder: Path, repository: Path) -> bool:
    """Push a folder as the branch's next commit; return whether there was anything new.

    Raises
    ------
    FileNotFoundError
        If the folder holds no notebook, which would empty the branch.
    """
    if not any(folder.rglob("*.ipynb")):
        raise FileNotFoundError(f"{folder} holds no notebook; the branch is left as it is")
    tree, parents, known = tree_of(folder, repository), [], ""
    if git(repository, "ls-remote", "--heads", "origin", f"refs/heads/{BRANCH}"):
        git(repository, "fetch", "--quiet", "--depth=1", "origin", f"refs/heads/{BRANCH}")
        parents = ["-p", git(repository, "rev-parse", "FETCH_HEAD")]
        known = git(repository, "rev-parse", "FETCH_HEAD^{tree}")
    if tree == known:
        return False
    source = git(repository, "rev-parse", "--short", "HEAD")
    commit = git(repository, "commit-tree", tree, *parents, "-m", f"The notebooks of {source}")
    git(repository, "push", "--quiet", "origin", f"{commit}:refs/heads/{BRANCH}")
    return True


def main() -> None:
    """Push the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    new = push_notebooks(parser.parse_args().folder, Path.cwd())
    print(f"The branch {BRANCH} {'has a new commit' if new else 'is up to date'}")


if __name__ == "__main__":
    main()
