"""The service worker that keeps a visited book readable, and runnable, with no network.

It stands at the site's root, for its scope is the folder it comes from. Its text carries the list
of the site's files with their digests, so a new deploy is a new worker.
"""

import hashlib
import json
from pathlib import Path

from livebook.assets import OURS

SCRIPT = OURS / "live" / "sw.js"
NAME = "sw.js"
LEFT_OUT = (
    "_sources/",
    "_static/livebook/cards/",  # for crawlers
    "_static/livebook/python/",
    "_static/styles/",  # of which the pages' own sheet is made
    "_static/vendor/",
    "objects.inv",
    NAME,
)
KEPT_WHEN_USED = "_static/livebook/python/"


def site_files(site: Path) -> dict[str, str]:
    """Return a digest of each file that a reader's visits can ask for, by its path."""
    found: dict[str, str] = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith((*LEFT_OUT, ".")) and not name.endswith(".map"):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return found


def write_service_worker(site: Path) -> None:
    """Write `sw.js` into the site's root."""
    files = site_files(site)
    version = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]
    settings = {"version": version, "files": files, "used": KEPT_WHEN_USED}
    text = f"const SITE = {json.dumps(settings)};\n{SCRIPT.read_text(encoding='utf-8')}"
    (site / NAME).write_text(text, encoding="utf-8")
