"""Set up .venv with everything the book needs; run by the system's Python, standard library only.

usage: python3 tasks/environment.py book|course|test

Each step is done once and again only when what it depends on has changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
SUPPORTED = ((3, 11), (3, 12), (3, 13))


def choose_python() -> str:
    """Return a Python that the pinned versions support: this one, else one on PATH."""
    if sys.version_info[:2] in SUPPORTED:
        return sys.executable
    for major, minor in reversed(SUPPORTED):
        if path := shutil.which(f"python{major}.{minor}"):
            probe = [path, "-c", "import sys; print(*sys.version_info[:2])"]
            done = subprocess.run(probe, capture_output=True, text=True)
            if done.stdout.split() == [str(major), str(minor)]:
                return path
    here = ".".join(map(str, sys.version_info[:2]))
    raise SystemExit(
        f"The book needs Python 3.11, 3.12 or 3.13; this is {here} and none of them is on PATH. "
        "Install one, or name it: make serve PYTHON=/path/to/python3.12"
    )


def digest(*files: str) -> str:
    """Return a fingerprint of the interpreter's version and the named files' contents."""
    sha = hashlib.sha256(sys.version.encode())
    for name in files:
        sha.update((ROOT / name).read_bytes())
    return sha.hexdigest()


def run(title: str, command: Sequence[str | Path], mend: str) -> None:
    """Run a command quietly, showing that it is alive; on failure print its output and the mend."""
    start = time.monotonic()
    finished = threading.Event()

    def heartbeat() -> None:
        while not finished.wait(20):
            print(f"    ... {time.monotonic() - start:.0f} s", flush=True)

    print(f"  {title}", flush=True)
    threading.Thread(target=heartbeat, daemon=True).start()
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    # Node's own list of certificates lacks a network's own authority; the system's list has it.
    environment = {**os.environ, "PATH": path, "NODE_USE_SYSTEM_CA": "1"}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    finished.set()
    if done.returncode != 0:
        lines = [
            line for line in done.stdout.splitlines() if "is ignored: it is neither" not in line
        ]
        print("\n".join(lines[-40:]))
        raise SystemExit(f"{title}: failed. {mend}")
    print(
        "".join(f"  {line}\n" for line in done.stdout.splitlines() if line.startswith("  ")), end=""
    )
    print(f"    done in {time.monotonic() - start:.0f} s", flush=True)


def once(name: str, key: str, step: Callable[[], None]) -> None:
    """Do a step unless it was done before with the same key."""
    stamp = VENV / f".done-{name}"
    if stamp.exists() and stamp.read_text() == key:
        return
    step()
    stamp.write_text(key)


def set_up(purpose: str) -> None:
    """Bring .venv up to date for reading the book, for its assignments, or for all its tests.

    Parameters
    ----------
    purpose : str
        ``book``, ``course`` or ``test``.
    """
    python = VENV / "bin" / "python"
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    network = "Check the network connection, then run the same command again."

    def create() -> None:
        shutil.rmtree(VENV, ignore_errors=True)
        missing = "On Debian and Ubuntu: apt-get install python3-venv."
        run("creating .venv", [choose_python(), "-m", "venv", VENV], missing)

    if not python.exists():
        print("Setting up .venv; the first time takes about 3 minutes and 2 GB of disk,")
        print("or 6 GB where PyTorch's CPU index can't be reached.")
        create()
    once(
        "requirements",
        digest("requirements.txt"),
        lambda: run("installing requirements.txt", [*pip, "-r", "requirements.txt"], network),
    )
    once(
        "torch",
        digest("tasks/torch_cpu.py"),
        lambda: run("installing PyTorch (CPU)", [python, "tasks/torch_cpu.py"], network),
    )
    once(
        "packages",
        digest("pyproject.toml"),
        lambda: run(
            "installing the book's own packages", [*pip, "--no-deps", "--editable", "."], network
        ),
    )
    once(
        "javascript",
        digest("package-lock.json"),
        lambda: run(
            "installing the site's JavaScript parts", [VENV / "bin" / "npm", "ci"], network
        ),
    )
    if purpose == "course":
        once(
            "requirements-course",
            digest("requirements.txt", "requirements-course.txt"),
            lambda: run(
                "installing requirements-course.txt",
                [*pip, "-r", "requirements-course.txt"],
                network,
            ),
        )
    if purpose == "test":
        once(
            "requirements-dev",
            digest("requirements.txt", "requirements-course.txt", "requirements-dev.txt"),
            lambda: run(
                "installing requirements-dev.txt", [*pip, "-r", "requirements-dev.txt"], network
            ),
        )
        once(
            "chromium",
            digest("tasks/chromium.py"),
            lambda: run("looking for Chromium", [python, "-m", "tasks.chromium"], ""),
        )


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("book", "course", "test"):
        raise SystemExit(__doc__)
    set_up(sys.argv[1])
