"""Archived copies of the site survive each deploy: tried with a stand-in for GitHub's `gh`."""

import os
import stat
import subprocess
import tarfile
from pathlib import Path

import pytest

from tasks.archived_sites import add_archived_sites

# Answers the four calls that are made, from a folder with one folder of assets a release.
FAKE_GH = r"""#!/usr/bin/env python3
import json, os, pathlib, shutil, sys
releases = pathlib.Path(os.environ["RELEASES"])
match sys.argv[1:]:
    case ["release", "list", *_]:
        names = sorted(path.name for path in releases.iterdir())
        print(json.dumps([{"tagName": n, "isDraft": n.endswith("draft")} for n in names]))
    case ["release", "view", tag, *_]:
        print(json.dumps({"assets": [{"name": p.name} for p in (releases / tag).iterdir()]}))
    case ["release", "download", tag, "--pattern", name, "--dir", folder]:
        shutil.copy(releases / tag / name, folder)
    case other:
        sys.exit(f"unexpected: {other}")
"""


@pytest.fixture
def releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    tools, folder = tmp_path / "bin", tmp_path / "releases"
    tools.mkdir()
    folder.mkdir()
    gh = tools / "gh"
    gh.write_text(FAKE_GH)
    gh.chmod(gh.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("RELEASES", str(folder))
    return folder


def site(folder: Path, text: str) -> Path:
    (folder / "book").mkdir(parents=True)
    (folder / "index.html").write_text(text)
    (folder / "book" / "page.html").write_text(text)
    return folder


def release(releases: Path, tag: str, text: str | None) -> None:
    """Publish a release, with the site packed as the workflow packs it unless text is None."""
    (releases / tag).mkdir()
    if text is not None:
        packed = site(releases.parent / f"packed-{tag}", text)
        command = ["tar", "--create", "--gzip", "--file", str(releases / tag / "site.tar.gz")]
        subprocess.run([*command, "--directory", str(packed), "."], check=True)


def test_every_deploy_carries_all_archived_sites(releases: Path, tmp_path: Path) -> None:
    release(releases, "v0.1.0", "first")
    release(releases, "v0.2.0", "second")
    for deploy in ("one", "two"):  # no deploy needs the one before it
        fresh = site(tmp_path / deploy, deploy)
        assert add_archived_sites(fresh) == ["v0.1.0", "v0.2.0"]
        assert (fresh / "index.html").read_text() == deploy
        assert (fresh / "v0.1.0" / "book" / "page.html").read_text() == "first"
        assert (fresh / "v0.2.0" / "index.html").read_text() == "second"


def test_what_is_no_archived_release_is_left_out(releases: Path, tmp_path: Path) -> None:
    release(releases, "v0.3.0-draft", "not published")
    release(releases, "v0.4.0", None)
    release(releases, "book", "would cover the chapters")
    fresh = site(tmp_path / "site", "main")
    assert add_archived_sites(fresh) == []
    assert sorted(path.name for path in fresh.iterdir()) == ["book", "index.html"]


def test_an_archive_cannot_write_outside_its_folder(releases: Path, tmp_path: Path) -> None:
    fresh = site(tmp_path / "site", "main")
    (releases / "v1.0.0").mkdir()
    with tarfile.open(releases / "v1.0.0" / "site.tar.gz", "w:gz") as archive:
        archive.add(fresh / "index.html", arcname="../index.html")
    with pytest.raises(tarfile.OutsideDestinationError):
        add_archived_sites(fresh)


def test_an_empty_site_is_refused(releases: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="build the site into it first"):
        add_archived_sites(tmp_path / "nothing")
