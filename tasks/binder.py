"""Start the book as Binder does, and run chapters there as a reader would.

usage: python -m tasks.binder [--keep] [PAGE ...]

The environment is made of `runtime.txt`, `requirements.txt` and `postBuild` alone, in a clone of
the last commit, below `_build/binder`. JupyterLab then opens each page at the address of its button
in the built site; all cells are run, and a slider is moved. Takes minutes, most of them to install.
"""

import argparse
import os
import re
import shutil
import subprocess
import time
from html import unescape
from pathlib import Path

from playwright.sync_api import sync_playwright

from tasks import chromium
from tasks.execute import ROOT
from tasks.lab_session import Session, jupyter_lab, run_all
from tasks.solutions import solution_lines

FOLDER = ROOT / "_build" / "binder"
PAGES = ("book/01-functions-and-limits", "book/02-derivatives", "book/04-integration")


def button_path(site: Path, page: str) -> str:
    """Return the path that a page's Binder button opens, such as `lab/tree/notebooks/name.ipynb`.

    Raises
    ------
    LookupError
        If the page has no such button.
    """
    html = unescape((site / f"{page}.html").read_text(encoding="utf-8"))
    found = re.search(r'href="https://[^"]+/v2/gh/[^"]+\?urlpath=([^"&]+)"', html)
    if found is None:
        raise LookupError(f"{page}.html has no button to Binder")
    return found[1]


def make_environment(folder: Path) -> None:
    """Clone the last commit and do with it what Binder does."""
    shutil.rmtree(folder, ignore_errors=True)
    checkout, venv, home = folder / "checkout", folder / "venv", folder / "home"
    home.mkdir(parents=True)
    subprocess.run(["git", "clone", "--quiet", "--depth=1", ROOT.as_uri(), checkout], check=True)
    name = (checkout / "runtime.txt").read_text().strip().replace("-", "")
    subprocess.run([name, "-m", "venv", venv], check=True)
    python = str(venv / "bin" / "python")
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    # repo2docker also installs what has a setup.py; postBuild then installs the checkout instead.
    requirements, packages = [*install, "-r", "requirements.txt"], [*install, "."]
    steps = ([python, *requirements], [python, *packages], ["bash", "postBuild"])
    env = {**env, "HOME": str(home), "PATH": f"{venv / 'bin'}:{env['PATH']}"}
    for command in steps:
        start = time.monotonic()
        subprocess.run(command, cwd=checkout, env=env, check=True)
        print(f"  {command[-1]}: {time.monotonic() - start:.0f} s", flush=True)


def findings(session: Session, page: str) -> list[str]:
    """Return what a reader of the launched page would stumble over."""
    found = session.errors
    found += [] if session.moved else ["no picture changed when its slider moved"]
    lines = {line.strip() for line in session.text.splitlines()}
    shown = solution_lines((ROOT / f"{page}.md").read_text()) & lines
    return found + [f"a solution is visible: {line}" for line in sorted(shown)]


def main() -> None:
    """Make the environment, run the pages, and fail if one of them has a finding."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", nargs="*", default=PAGES, help="pages as in _toc.yml")
    parser.add_argument("--keep", action="store_true", help="use the environment made last time")
    arguments = parser.parse_args()
    pages = arguments.pages
    paths = {page: button_path(ROOT / "_build" / "html", page) for page in pages}
    python, failed = FOLDER / "venv" / "bin" / "python", False
    if not arguments.keep:
        make_environment(FOLDER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        with jupyter_lab(python, FOLDER / "checkout", FOLDER / "home") as address:
            for page, path in paths.items():
                session = run_all(browser, f"{address}/{path}")
                found = findings(session, page)
                failed = failed or bool(found)
                print(f"  {path}: {len(session.cells)} cells in {session.seconds:.0f} s", *found)
    if failed:
        raise SystemExit("A launched page does not work as its reader expects")


if __name__ == "__main__":
    main()
