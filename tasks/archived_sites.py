"""Unpack the archived site of every release beside a freshly built one: SITE/v1.2.3/.

usage: python3 -m tasks.archived_sites SITE

Each release keeps its site as an asset, so a deploy needs no memory of the deploys before it.
Needs GitHub's command-line tool `gh` with access to the repository.
"""

import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ASSET = "site.tar.gz"
RELEASE_TAG = re.compile(r"v\d[\w.+-]*")


def gh(*arguments: str) -> str:
    """Return what `gh` prints; its own message stands on stderr if it fails."""
    return subprocess.run(["gh", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def archived_tags() -> list[str]:
    """Return the tags of the releases that carry a site, drafts left out."""
    listing = gh("release", "list", "--limit", "1000", "--json", "tagName,isDraft")
    tags = [release["tagName"] for release in json.loads(listing) if not release["isDraft"]]

    def has_site(tag: str) -> bool:
        assets = json.loads(gh("release", "view", tag, "--json", "assets"))["assets"]
        return any(asset["name"] == ASSET for asset in assets)

    # A tag becomes a folder of the site: nothing but a version may.
    return [tag for tag in tags if RELEASE_TAG.fullmatch(tag) and has_site(tag)]


def add_archived_sites(site: Path) -> list[str]:
    """Unpack every release's site into a folder of `site` named by its tag.

    Returns
    -------
    list of str
        The tags, as `gh` lists them.

    Raises
    ------
    FileNotFoundError
        If `site` holds no built site, since a deploy would then take the book off the web.
    """
    if not (site / "index.html").exists():
        raise FileNotFoundError(f"{site} holds no index.html: build the site into it first")
    tags = archived_tags()
    for tag in tags:
        with tempfile.TemporaryDirectory() as folder:
            gh("release", "download", tag, "--pattern", ASSET, "--dir", folder)
            with tarfile.open(Path(folder, ASSET)) as archive:
                archive.extractall(site / tag, filter="data")
    return tags


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    print("Archived sites:", *add_archived_sites(Path(sys.argv[1])))
