"""No solution, hidden test or hint is in anything that is given away."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tasks.execute import ROOT
from tasks.grading.build import Assignment
from tasks.grading.leaks import leaks, secret_lines
from tasks.grading.masters import Master

Built = dict[str, tuple[Master, Assignment]]
PACKAGED = ("src", "book/data", "pyproject.toml", "setup.py", "README.md", "LICENSE")
SECRET = "others = frequency + rate * k"


@pytest.fixture(scope="module")
def secret(built: Built) -> set[str]:
    """The secret lines of all masters."""
    return {line for master, _ in built.values() for line in secret_lines(master)}


def tracked(*paths: str) -> list[Path]:
    """Return the files that git holds, or would, at some paths of the checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *paths]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [Path(name) for name in done.stdout.splitlines() if (ROOT / name).is_file()]


def copy(names: list[Path], folder: Path) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())


def test_there_is_something_to_hide(secret: set[str]) -> None:
    assert len(secret) > 200
    assert SECRET in secret


def test_students_get_none_of_any_assignment(built: Built, secret: set[str]) -> None:
    for _, assignment in built.values():
        assert leaks(assignment.student.parent, secret) == []
        assert leaks(assignment.solution.parent, secret)  # what is there is found


def test_pages_and_packages_hold_none(secret: set[str], tmp_path: Path) -> None:
    copy(tracked("book", "src"), tmp_path)
    assert leaks(tmp_path, secret) == []


def test_the_wheel_holds_none(secret: set[str], tmp_path: Path) -> None:
    copy(tracked(*PACKAGED), tmp_path / "source")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel"]
    options = ["--no-deps", "--no-build-isolation", "-w", tmp_path / "wheel"]
    subprocess.run([*pip, *options, tmp_path / "source"], check=True)
    (wheel,) = (tmp_path / "wheel").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        files = archive.namelist()
    assert "calcbook/coursework/chapter_8.py" in files
    assert leaks(wheel.parent, secret) == []


@pytest.mark.parametrize("name", ["page.html", "cell.ipynb", "cells.zip", "text.js"])
def test_a_leak_is_found_wherever_it_is(name: str, tmp_path: Path) -> None:
    line = 'said = "a < b" if a < b else "no"'
    path = tmp_path / name
    match path.suffix:
        case ".html":
            path.write_text(
                "<span>said</span> = &quot;a &lt; b&quot; if a &lt; b else <i>&quot;no&quot;</i>"
            )
        case ".zip":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("deep/cells.ipynb", json.dumps([line]))
        case _:
            path.write_text(json.dumps({"source": [line]}))
    (found,) = leaks(tmp_path, {line})
    assert found.startswith(name)
    assert leaks(tmp_path, {"another line, not there"}) == []
