"""Run a command within limits of time and memory, together with all that it starts."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

GIGABYTE = 2**30
LOOK = 0.2  # seconds between two looks at the memory


@dataclass(frozen=True)
class Ended:
    """How a limited command ended; `stopped` says why it was stopped, if it was."""

    stopped: str
    code: int
    output: str
    seconds: float


def run_limited(
    command: Sequence[str],
    folder: Path,
    seconds: float,
    gigabytes: float,
    environment: Mapping[str, str],
) -> Ended:
    """Run a command; stop it, and every process it started, where it needs more than it may.

    Parameters
    ----------
    command : sequence of str
    folder : Path
        Where it runs, and where its output is kept.
    seconds, gigabytes : float
        The limits: wall-clock time, and the resident memory of all processes together.
    environment : mapping
        The whole environment of the command.
    """
    start, stopped = time.monotonic(), ""
    family: dict[int, psutil.Process] = {}
    log = folder / "output.txt"
    with log.open("wb") as stream:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            while child.poll() is None and not stopped:
                used = _memory(child.pid, family)
                if time.monotonic() - start > seconds:
                    stopped = f"it ran longer than {seconds:g} s"
                elif used > gigabytes * GIGABYTE:
                    stopped = f"it took more than {gigabytes:g} GB of memory"
                else:
                    time.sleep(LOOK)
        finally:
            _stop(child, family)
    text = log.read_bytes()[-4000:].decode(errors="replace")
    return Ended(stopped, child.returncode, text, time.monotonic() - start)


def limited_environment(folder: Path, path: Sequence[Path]) -> dict[str, str]:
    """Return an environment without the teacher's: a home of its own, one thread, no secrets."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(map(str, path)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MPLBACKEND": "agg",
        "JUPYTER_PLATFORM_DIRS": "1",
    }


def _memory(pid: int, family: dict[int, psutil.Process]) -> int:
    """Return the memory of a process and its descendants, all of which are noted in `family`."""
    try:
        root = psutil.Process(pid)
        members = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    used = 0
    for member in members:
        family[member.pid] = member
        try:
            used += member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return used


def _stop(child: subprocess.Popen[bytes], family: Mapping[int, psutil.Process]) -> None:
    for member in family.values():
        try:
            member.kill()  # psutil knows a process by its start, so no number is reused
        except psutil.NoSuchProcess:
            continue
    if child.poll() is None:
        child.kill()
    child.wait()
