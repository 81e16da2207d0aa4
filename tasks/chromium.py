"""Find a Chromium for the browser tests and a font that it draws Arial in, or install them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
MEND = (
    "The browser tests need Chromium, and none could be found or installed. "
    f"Install it so that one of {', '.join(NAMES)} is on PATH, then run `make test` again."
)
# Figures ask for Arial; posters reckon with its widths, which these share.
ARIAL = ("Arial", "Liberation Sans", "Arimo")
MEND_FONT = (
    "The browser tests need a font with the widths of Arial, and none could be found or "
    "installed. On Debian and Ubuntu: apt-get install fonts-liberation."
)


def find() -> str | None:
    """Return the path of a usable Chromium: one on PATH, else the one Playwright installed."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find_arial() -> str | None:
    """Return the font that stands for Arial here, if its letters are as wide."""
    if not shutil.which("fc-match"):
        return None
    command = ["fc-match", "--format", "%{family}", "Arial"]
    family = subprocess.run(command, capture_output=True, text=True).stdout
    return family if any(name in family for name in ARIAL) else None


def by_playwright(browser: str) -> list[list[str]]:
    """Return the commands that install Playwright's browser."""
    return [[sys.executable, "-m", "playwright", "install", browser]]


def by_apt(package: str) -> list[list[str]]:
    """Return the commands that install a package of Debian's; none for who may not."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return []
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", package]
    return [["apt-get", "update", "--quiet"], install]


def found_or_installed(
    find: Callable[[], str | None], attempts: Sequence[list[list[str]]], mend: str
) -> str:
    """Return what `find` finds, before or after one of the attempts to install it."""
    for commands in ([], *attempts):
        if commands:
            print(f"  trying `{' '.join(commands[-1][-3:])}`", flush=True)
        try:
            for command in commands:
                subprocess.run(
                    command,
                    check=True,
                    timeout=600,
                    capture_output=True,
                    env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            continue
        if found := find():
            return found
    raise SystemExit(mend)


def install() -> str:
    """Return the path of a Chromium, installing it by Playwright or else by apt as root."""
    return found_or_installed(find, [by_playwright("chromium"), by_apt("chromium")], MEND)


def install_font() -> str:
    """Return the font that stands for Arial, installing it by apt as root."""
    return found_or_installed(find_arial, [by_apt("fonts-liberation")], MEND_FONT)


if __name__ == "__main__":
    print(f"  Chromium: {install()}")
    print(f"  Arial: {install_font()}")
