"""Find a Chromium for the browser tests, or install one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
MEND = (
    "The browser tests need Chromium, and none could be found or installed. "
    f"Install it so that one of {', '.join(NAMES)} is on PATH, then run `make test` again."
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


def install() -> str:
    """Return the path of a Chromium, installing it by Playwright or else by apt as root."""
    if path := find():
        return path
    apt = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"]
    attempts = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        attempts.append([["apt-get", "update", "--quiet"], apt])
    for commands in attempts:
        print(f"  no Chromium on PATH: trying `{' '.join(commands[-1][-3:])}`", flush=True)
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
        if path := find():
            return path
    raise SystemExit(MEND)


if __name__ == "__main__":
    print(f"  Chromium: {install()}")
