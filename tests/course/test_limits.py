"""A command that needs too much is stopped, with all that it has started."""

import sys
import time
from pathlib import Path

import psutil
import pytest

from tasks.grading.limits import limited_environment, run_limited


def run(code: str, folder: Path, seconds: float = 30, gigabytes: float = 1):
    environment = limited_environment(folder, [])
    return run_limited([sys.executable, "-c", code], folder, seconds, gigabytes, environment)


def test_a_short_command_ends_by_itself(tmp_path: Path) -> None:
    ended = run("print('done'); raise SystemExit(3)", tmp_path)
    assert (ended.stopped, ended.code, ended.output.strip()) == ("", 3, "done")


def test_a_long_one_is_stopped_with_its_children(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time, pathlib\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],\n"
        "                         start_new_session=True)\n"
        "pathlib.Path('child').write_text(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    start = time.monotonic()
    ended = run(code, tmp_path, seconds=2)
    assert ended.stopped == "it ran longer than 2 s"
    assert time.monotonic() - start < 10
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 5
    while psutil.pid_exists(child) and time.monotonic() < deadline:
        if psutil.Process(child).status() == psutil.STATUS_ZOMBIE:
            break
        time.sleep(0.05)
    else:
        assert not psutil.pid_exists(child)


def test_one_that_hoards_memory_is_stopped(tmp_path: Path) -> None:
    code = "x = []\nwhile True: x.append(bytearray(10**7))"
    ended = run(code, tmp_path, gigabytes=0.3)
    assert ended.stopped == "it took more than 0.3 GB of memory"


def test_it_sees_nothing_of_the_teachers_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_TOKEN", "secret")
    ended = run("import os; print(sorted(os.environ)); print(os.environ['HOME'])", tmp_path)
    assert "COURSE_TOKEN" not in ended.output
    assert str(tmp_path) in ended.output
